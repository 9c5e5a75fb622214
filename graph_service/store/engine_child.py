"""The embedded engine's own process: takes one line of JSON on standard input, runs until that input closes.

engine.py starts it as a script in the engine's directory. It imports nothing of the service, so that it runs from
any installation, and ends however its owner ends: the operating system closes the input for it.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import shutil
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from filelock import FileLock

if TYPE_CHECKING:
    from types import TracebackType

MODULES: Final = {
    "arcadedb": ("arcadedb._build_info", "ENGINE_VERSION"),  # the native library, taken where it is installed
    "arcadedb_embedded": ("arcadedb_embedded._version", "__version__"),
}
"""The packages that carry the engine, the preferred one first, and where each says which engine it carries."""

READY: Final = b"ready\n"
LOCK: Final = "engine.lock"
LOCK_SECONDS: Final = 40
"""An earlier engine whose owner was killed closes its files first, and ends by itself after STOP_SECONDS."""
STOP_SECONDS: Final = 30
QUERIES_AT_ONCE: Final = 64
"""The engine's own default is four on a small machine: four long reads would keep every short one waiting."""
CONFIG: Final = "config"
LOG: Final = "../log"
VERSION_FILE: Final = "version.json"

LOGGING: Final = f"""handlers=java.util.logging.FileHandler
.level=WARNING
java.util.logging.FileHandler.pattern={LOG}/engine.log
java.util.logging.FileHandler.formatter=com.arcadedb.log.LogFormatter
java.util.logging.FileHandler.limit=10000000
java.util.logging.FileHandler.count=2
"""


def main() -> None:
    """Run the engine in the current directory from the first line of standard input to its end."""
    sys.excepthook = _end_with_error
    os.umask(0o077)
    order = json.loads(sys.stdin.buffer.readline())
    to_owner = os.dup(1)
    os.dup2(2, 1)  # whatever the engine prints belongs to its log; the owner reads one line
    owner_gone = threading.Event()
    threading.Thread(target=_watch_owner, args=(owner_gone,), daemon=True).start()
    with FileLock(LOCK, timeout=LOCK_SECONDS):
        module = _installed()
        version = _checked_version(module)
        _write_config(order)
        create_server = importlib.import_module(module).create_server
        server = create_server(str(Path.cwd().parent), order["password"], _server(order))
        server.start()
        server.create_database(order["database"])
        _replace(Path(VERSION_FILE), json.dumps({"engine": "ArcadeDB", "version": version}))
        os.write(to_owner, READY)
        owner_gone.wait()
        server.stop()
    os._exit(0)  # the engine's own threads would hold a normal exit back


def _watch_owner(owner_gone: threading.Event) -> None:
    sys.stdin.buffer.read()
    owner_gone.set()
    time.sleep(STOP_SECONDS)
    os._exit(1)


def _end_with_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def _refuse(line: str) -> NoReturn:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
    os._exit(1)


def _installed() -> str:
    for module in MODULES:
        if importlib.util.find_spec(module):
            return module
    _refuse("no embedded engine is installed: install arcadedb-embedded, or set NEO4J_URI")


def _checked_version(module: str) -> str:
    """Give the version of the installed engine; an older one than the data was last used with is refused."""
    place, name = MODULES[module]
    version: str = getattr(importlib.import_module(place), name)
    file = Path(VERSION_FILE)
    if file.is_file():
        last = json.loads(file.read_text(encoding="utf-8"))["version"]
        if _numbers(last) > _numbers(version):
            _refuse(
                f"the data was last used with ArcadeDB {last}, and {version} is installed, which is older: "
                f"install {last} or newer, or export the data there and seed a new directory from it"
            )
    return version


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def _write_config(order: dict[str, Any]) -> None:
    """Say where to log and how to keep data: these settings count only as properties of the Java system."""
    shutil.rmtree(CONFIG, ignore_errors=True)  # holds the users of the last start
    Path(CONFIG).mkdir()
    Path(CONFIG, "logging.properties").write_text(LOGGING, encoding="utf-8")
    properties = {
        "java.util.logging.config.file": f"{CONFIG}/logging.properties",
        "arcadedb.txWalFlush": 2,  # a commit is on the disk before it is acknowledged
        "arcadedb.command.timeout": order["statement_timeout_ms"],
        "arcadedb.queryMaxConcurrent": QUERIES_AT_ONCE,
        "arcadedb.support.autoRegister": "false",  # asks no other host for anything
        "arcadedb.dateTimeImplementation": "java.time.ZonedDateTime",
        "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
        "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
    }
    # No paths with spaces here: one of the packages splits this text at every space.
    java = " ".join([f"-Xmx{order['heap_megabytes']}m", *(f"-D{name}={value}" for name, value in properties.items())])
    os.environ["ARCADEDB_JVM_ARGS"] = os.environ["ARCADEDB_NATIVE_ISOLATE_ARGS"] = java
    os.environ["ARCADEDB_JVM_ERROR_FILE"] = f"{LOG}/crash-%p.log"
    os.environ["ARCADEDB_LOG_DIR"] = str(Path(LOG).resolve())
    os.environ["ARCADEDB_LOG_CONSOLE"] = "0"


def _server(order: dict[str, Any]) -> dict[str, Any]:
    here = Path.cwd()
    return {
        "mode": "development",  # in the production mode the text of every error is withheld; nothing else differs here
        "host": "127.0.0.1",
        "http_port": order["http_port"],  # cannot be switched off
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_host": "127.0.0.1",
        "bolt_port": order["bolt_port"],
        "bolt_defaultDatabase": order["database"],
        "server_databaseDirectory": str(here / "databases"),
        "server_configDirectory": str(here / CONFIG),
        "server_logsDirectory": str((here / LOG).resolve()),
        "server_backupDirectory": str(here / "backups"),
    }


def _replace(file: Path, text: str) -> None:
    new = file.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


if __name__ == "__main__":
    main()
