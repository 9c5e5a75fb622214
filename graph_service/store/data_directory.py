"""The data directory: what lies where, for this user alone."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from graph_service.errors import EngineNotStarted
from graph_service.store.address import Address, Engine

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

PRIVATE_DIRECTORY: Final = 0o700
PRIVATE_FILE: Final = 0o600
USER: Final = "root"
DATABASE: Final = "graph"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the running engine of a directory answers, and which process owns it."""

    port: int
    password: str
    owner: int

    @property
    def address(self) -> Address:
        """The engine's address."""
        return engine_address(self.port, self.password)


def engine_address(port: int, password: str) -> Address:
    """Give the address of an engine on this machine."""
    return Address(f"bolt://127.0.0.1:{port}", USER, password, DATABASE, Engine.EMBEDDED)


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """A directory that holds one embedded engine: `engine/` with its data and locks, `log/`."""

    root: Path

    @property
    def engine(self) -> Path:
        """Where the engine runs."""
        return self.root / "engine"

    @property
    def log(self) -> Path:
        """Where the engine logs."""
        return self.root / "log"

    @property
    def owner_lock(self) -> Path:
        """The file that the process which runs the engine keeps locked."""
        return self.engine / "owner.lock"

    def make(self) -> None:
        """Make what is missing; raises EngineNotStarted where that is not possible."""
        with self.usable():
            self.root.mkdir(PRIVATE_DIRECTORY, parents=True, exist_ok=True)
            for part in (self.engine, self.log):
                part.mkdir(PRIVATE_DIRECTORY, exist_ok=True)
                part.chmod(PRIVATE_DIRECTORY)

    @contextmanager
    def usable(self) -> Generator[None]:
        """Turn an error of the file system inside into one line that names the directory and the rule."""
        try:
            yield
        except OSError as error:
            raise EngineNotStarted(
                f"the data directory {self.root} (GRAPH_SERVICE_DATA_DIR) must be one that this user can write to, "
                f"but {error.filename or self.root} says: {error.strerror or error}"
            ) from error

    def endpoint(self) -> Endpoint | None:
        """Read where the engine answers; None while nobody says so."""
        try:
            said = json.loads(self._endpoint.read_text(encoding="utf-8"))
            return Endpoint(int(said["port"]), str(said["password"]), int(said["owner"]))
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None

    def say_endpoint(self, endpoint: Endpoint) -> None:
        """Write where the engine answers, for this user alone, in one step."""
        said = {"port": endpoint.port, "password": endpoint.password, "owner": endpoint.owner}
        new = self._endpoint.with_suffix(".new")
        with self.usable():
            new.unlink(missing_ok=True)
            with open(new, "x", encoding="utf-8", opener=_privately) as file:
                json.dump(said, file)
            new.replace(self._endpoint)

    def unsay_endpoint(self) -> None:
        """Take away what an engine that ended has said."""
        with self.usable():
            self._endpoint.unlink(missing_ok=True)

    def open_output(self) -> IO[bytes]:
        """Open the file for what the engine prints; keeps the one of the start before."""
        with self.usable():
            if self._output.exists():
                self._output.replace(self._output.with_suffix(".previous.log"))
            return open(self._output, "xb", opener=_privately)

    def last_words(self) -> str:
        """Give the last line that the engine printed."""
        with self.usable():
            lines = self._output.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            free = shutil.disk_usage(self.log).free
        last = lines[-1].strip() if lines else f"it printed nothing, with {free:,} bytes free on the disk"
        return f"{last} ({self._output})"

    @property
    def _endpoint(self) -> Path:
        return self.engine / "endpoint.json"

    @property
    def _output(self) -> Path:
        return self.log / "engine-output.log"


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE_FILE)
