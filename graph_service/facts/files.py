"""Fact files: a folder of CSV files, or the same as texts by name, read into a bundle."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graph_service.errors import BadInput
from graph_service.facts.bundle import Bundle
from graph_service.facts.parse import Parsed, parse
from graph_service.facts.problem import Problem
from graph_service.facts.rows import ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from graph_service.facts.rows import Row

KIND_BY_FILE: Final[Mapping[str, type[Row]]] = {f"{kind.FILE}.csv": kind for kind in ROWS}


def read_folder(folder: Path) -> Bundle:
    """Read all fact files of a folder; names that start with a dot are left out.

    What is wrong with files and rows stands in the bundle's `problems`. Raises BadInput where there is no folder,
    or nothing in it.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder}: must be a folder of fact files, there is none")
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        names = [path.name if path.is_file() else f"{path.name}/" for path in paths]
        if not KIND_BY_FILE.keys() & set(names):
            raise BadInput(f"{folder}: no fact files; expected one or more of {', '.join(KIND_BY_FILE)}")
        return _bundle(names, lambda name: (folder / name).read_bytes())
    except OSError as error:
        raise BadInput(f"{error.filename}: cannot be read: {error.strerror}") from error


def read_files(files: Mapping[str, str | bytes]) -> Bundle:
    """Read fact files by name (`offers.csv`); what is wrong stands in the bundle's `problems`.

    Raises BadInput where there are no files at all.
    """
    if not files:
        raise BadInput(f"no fact files; expected one or more of {', '.join(KIND_BY_FILE)}")
    return _bundle(list(files), lambda name: files[name])


def _bundle(names: Sequence[str], content: Callable[[str], str | bytes]) -> Bundle:
    """Read the files of these names one after the other, so that the text of one alone is held at a time."""
    problems = [
        Problem(name, 0, None, None, f"unknown file; a fact file is one of {', '.join(KIND_BY_FILE)}")
        for name in names
        if name not in KIND_BY_FILE
    ]
    ids: dict[str, str] = {}
    parsed: dict[type[Row], Parsed] = {}
    for file, kind in KIND_BY_FILE.items():
        if file in names:
            text, broken = _decoded(kind, content(file))
            one = parse(kind, text, ids)
            parsed[kind] = replace(one, problems=[*broken, *one.problems])
    return Bundle(
        rows={kind: one.rows for kind, one in parsed.items()},
        lines={kind: one.lines for kind, one in parsed.items()},
        problems=[*problems, *(problem for one in parsed.values() for problem in one.problems)],
        claimed=frozenset(name for one in parsed.values() for name in one.claimed),
        unread=frozenset(kind for kind, one in parsed.items() if not one.read),
    )


def _decoded(kind: type[Row], content: str | bytes) -> tuple[str, Sequence[Problem]]:
    """Give the text of a file; its bytes are let go before it is parsed."""
    if isinstance(content, str):
        return content.removeprefix("\ufeff"), ()
    content = content.removeprefix(BOM_UTF8)
    try:
        return content.decode(), ()
    except UnicodeDecodeError:
        return content.decode(errors="replace"), list(_encoding_problems(kind, content))


def _encoding_problems(kind: type[Row], content: bytes) -> Iterator[Problem]:
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            rule = f"must be UTF-8, byte {error.start + 1} of the line is not"
            yield Problem(f"{kind.FILE}.csv", number, None, f"0x{line[error.start]:02X}", rule)
