"""A Java for Neo4j: one of the machine that the release is supported on, else the one of the embedded engine."""

import os
import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

HOMES = ("/usr/lib/jvm/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home")


def java_for(oldest: int, newest: int) -> Path:
    """Return a `java` whose major version lies in [oldest, newest], else the Java 25 of the embedded engine's wheel.

    Both lines of Neo4j that the tests use start and answer on that runtime, although 5.26 is supported up to Java 21.
    """
    for home in _homes():
        if (version := _major_version(home)) is not None and oldest <= version <= newest:
            return home / "bin" / "java"
    engine = find_spec("arcadedb_embedded")
    assert engine is not None
    assert engine.origin is not None
    return Path(engine.origin).parent / "jre" / "bin" / "java"


def _homes() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if java := shutil.which("java"):
        yield Path(java).resolve().parents[1]
    for pattern in HOMES:
        yield from sorted(Path("/").glob(pattern.removeprefix("/")))


def _major_version(home: Path) -> int | None:
    if not (home / "bin" / "java").is_file() or not (home / "release").is_file():
        return None
    version = re.search(r'^JAVA_VERSION="(\d+)', (home / "release").read_text(), re.MULTILINE)
    return int(version[1]) if version else None
