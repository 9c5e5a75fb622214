"""A Neo4j from its published jars: one process on loopback that ends with the tests."""

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from neo4j import GraphDatabase
from neo4j.exceptions import ServiceUnavailable, TransientError

from tests.servers import guard
from tests.servers.jars import jars_of
from tests.servers.java import java_for
from tests.servers.server import Neo4jServer, Release, Unreachable

START_SECONDS = 120
STOP_SECONDS = guard.GRACE_SECONDS + 5

# Without the last two a stop waits ten seconds for idle workers, and a fresh home takes 500 MB.
SETTINGS = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size={page_cache}
internal.server.bolt.thread_pool_shutdown_wait_time=0s
db.tx_log.preallocate=false
"""
JVM = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true",
)


@contextmanager
def server_on_java(release: Release) -> Generator[Neo4jServer]:
    """Run the release in a fresh home on a free port, about 6 s after its start and with about 500 MB.

    Raises `Unreachable` when the jars cannot be had, or when the server does not come up, with the end of its log.
    """
    jars = jars_of(release.version)
    with TemporaryDirectory(prefix="graph-service-neo4j-", ignore_cleanup_errors=True) as folder:
        home, port = Path(folder), _free_port()
        with _process(release, jars, home, port) as process:
            password = secrets.token_urlsafe(16)
            uri = f"bolt://127.0.0.1:{port}"
            _change_first_password(uri, password, process, home / "console.log")
            yield Neo4jServer(uri, "neo4j", password)


@contextmanager
def _process(release: Release, jars: Path, home: Path, port: int) -> Generator[subprocess.Popen[bytes]]:
    (home / "conf").mkdir()
    settings = SETTINGS.format(port=port, page_cache=release.page_cache) + "\n".join(release.settings) + "\n"
    (home / "conf" / "neo4j.conf").write_text(settings)
    java = java_for(release.java_oldest, release.java_newest)
    memory = f"-Xms{release.heap}", f"-Xmx{release.heap}", f"-XX:+Use{release.collector}GC"
    folders = f"--home-dir={home}", f"--config-dir={home / 'conf'}"
    server = [java, "-cp", jars / "*", *memory, *JVM, release.main_class, *folders]
    with (
        (home / "console.log").open("wb") as console,
        subprocess.Popen(
            [sys.executable, "-IS", guard.__file__, *server, "--console-mode"],
            stdin=subprocess.PIPE,
            stdout=console,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the tests, which then stop the server themselves
        ) as process,
    ):
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(STOP_SECONDS)


def _change_first_password(uri: str, password: str, process: subprocess.Popen[bytes], console: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with GraphDatabase.driver(uri, auth=("neo4j", "neo4j"), max_transaction_retry_time=0) as driver:
                driver.execute_query(
                    "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password", password=password, database_="system"
                )
                return
        except (ServiceUnavailable, TransientError) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                log = console.read_text(errors="replace")[-2000:]
                raise Unreachable(f"the server did not come up; the end of its log:\n{log}") from error
            time.sleep(0.2)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
