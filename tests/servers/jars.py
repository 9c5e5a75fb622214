"""The jars of one Neo4j release, fetched by Maven once and kept in the user's cache."""

import shutil
import subprocess
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from tests.servers.server import Unreachable

POM = Path(__file__).parent / "neo4j" / "pom.xml"
FETCH_SECONDS = 900


def jars_of(version: str) -> Path:
    """Return the folder that holds the jars; they take 120 to 160 MB and some 10 s the first time.

    The folder is whole when it exists: it gets its name after the last jar. A lock lets two test runs fetch in turn.
    Raises `Unreachable` when Maven is missing or cannot fetch.
    """
    cache = user_cache_path("graph-service-tests", appauthor=False) / "neo4j"
    cache.mkdir(parents=True, exist_ok=True)
    folder = cache / version
    with FileLock(cache / f"{version}.lock"):
        if not folder.is_dir():
            partial = cache / f"{version}.partial"
            shutil.rmtree(partial, ignore_errors=True)
            _fetch(version, partial)
            partial.rename(folder)
    return folder


def _fetch(version: str, folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Unreachable("there is no mvn on the PATH")
    fetched = subprocess.run(
        [
            *(maven, "--batch-mode", "--quiet", "--strict-checksums", "-Dstyle.color=never", f"--file={POM}"),
            *("dependency:copy-dependencies", "-DincludeScope=runtime"),
            *(f"-Dneo4j.version={version}", f"-DoutputDirectory={folder}"),
        ],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=FETCH_SECONDS,
    )
    if fetched.returncode != 0:
        raise Unreachable(f"Maven could not fetch them:\n{(fetched.stdout + fetched.stderr)[-2000:]}")
