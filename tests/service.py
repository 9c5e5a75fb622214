"""The service and its commands as people run them: in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

READY = "GraphiQL: "


def own_environment(directory: Path, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the environment of a command whose embedded data lies below `directory`, without settings of this run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "GRAPH_SERVICE_"))}
    return kept | {"GRAPH_SERVICE_DATA_DIR": str(directory / "data"), "COLUMNS": "200", **(environment or {})}


def command(
    *arguments: str, directory: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `graph-service` with these arguments to its end."""
    return subprocess.run(
        [sys.executable, "-m", "graph_service", *arguments],
        env=own_environment(directory, environment),
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@contextmanager
def served(
    directory: Path, environment: Mapping[str, str] | None = None, python: Path = Path(sys.executable)
) -> Generator[str]:
    """Start the service on a free port, with its data below `directory`; give its base URL, and stop it at the end."""
    log = directory / "service.log"
    with log.open("w+", encoding="utf-8") as written:
        process = subprocess.Popen(
            [python, "-m", "graph_service", "serve", "--port", "0"],
            env=own_environment(directory, environment),
            cwd=directory,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        try:
            for line in process.stderr:
                written.write(line)
                if line.startswith(READY):
                    break
            else:
                written.flush()
                raise AssertionError(f"the service ended with {process.wait()}: {log.read_text(encoding='utf-8')}")
            yield line.removeprefix(READY).strip().removesuffix("/graphql")
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stderr.close()
