"""The command line `graph-service`: what can be asked of it, and what its exit status means.

0 done; 1 the answer is no (rejected facts, failed check); 2 wrong usage; 3 the store is unavailable. Commands
are imported when they run, so that `--help` costs no more than this file and typer.
"""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads annotations
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand

from graph_service.errors import DeadlineExceeded, GraphServiceError, RejectedFacts, StoreUnavailable

DONE: Final = 0
ANSWER_IS_NO: Final = 1
WRONG_USAGE: Final = 2
STORE_UNAVAILABLE: Final = 3

app = typer.Typer(
    name="graph-service",
    help="Questions about strategic technology alliances and the supply chains behind AI hardware.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; errors go to stderr, one line each."""
    try:
        app()
    except GraphServiceError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(exit_status(error))
    except KeyboardInterrupt:
        sys.exit(130)


def exit_status(error: GraphServiceError) -> int:
    """Give the exit status that an error stands for."""
    match error:
        case RejectedFacts():
            return ANSWER_IS_NO
        case StoreUnavailable() | DeadlineExceeded():
            return STORE_UNAVAILABLE
        case _:
            return WRONG_USAGE


class _ServeCommand(TyperCommand):
    """Adds the settings to the help of `serve`."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the options, then every setting with its unit and default."""
        super().format_help(ctx, formatter)
        from graph_service.commands.serve import print_settings

        print_settings()


@app.command(cls=_ServeCommand)
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.  [default: 127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for any free one.  [default: 8000]")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open GraphiQL in the browser.")] = False,
) -> None:
    """Start the service; an empty embedded store is filled with the shipped facts first."""
    from graph_service.commands.serve import serve as run

    run(host, port, open_page=open_page)


@app.command()
def seed(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder of fact files; the shipped ones unless given.")
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Check and compare, name the risks that would appear or go, write nothing."),
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="End the validity of facts that the folder no longer has.")
    ] = False,
) -> None:
    """Load a folder of fact files as one all-or-nothing upsert; safe to repeat."""
    from graph_service.commands.seed import seed as run

    run(directory, dry_run=dry_run, replace=replace)


@app.command()
def query(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A question of operations/, or a GraphQL file.")],
    variables: Annotated[
        list[str] | None, typer.Option("-v", "--variable", metavar="KEY=VALUE", help="A variable; JSON or text.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, json or csv.")] = "table",
) -> None:
    """Run a named question, or a GraphQL file, and print its answer."""
    from graph_service.commands.query import query as run

    raise typer.Exit(run(name, variables or [], form))


@app.command()
def check(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A folder of fact files; the store unless given.")
    ] = None,
) -> None:
    """Validate fact files, or the store: what is missing, unverified, contradictory."""
    from graph_service.commands.check import check as run

    raise typer.Exit(run(directory))


@app.command()
def schema() -> None:
    """Print the GraphQL schema (SDL)."""
    from graph_service.api.schema import schema as built

    sys.stdout.write(built().as_str() + "\n")


def _version(asked: Any) -> None:
    if asked:
        from graph_service import __version__

        sys.stdout.write(f"graph-service {__version__}\n")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Questions about strategic technology alliances and the supply chains behind AI hardware."""
