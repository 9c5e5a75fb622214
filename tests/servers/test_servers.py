"""The servers of the tests start, end, and say why when they cannot."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from tests.servers import guard
from tests.servers.chromium import chromium
from tests.servers.java import java_for
from tests.servers.needs import missing_packages
from tests.servers.neo4j_server import neo4j_server
from tests.servers.server import NEO4J_5, NEO4J_2026, Neo4jServer, Unreachable


def version_of(server: Neo4jServer) -> str:
    with GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        records, _, _ = driver.execute_query(
            "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version",
            database_=server.database,
        )
        return str(records[0]["version"])


def test_both_lines_of_neo4j_answer_at_once(neo4j_2026: Neo4jServer, neo4j_5: Neo4jServer) -> None:
    versions = (version_of(neo4j_2026), version_of(neo4j_5))

    assert [version.rpartition(".")[0] for version in versions] == ["2026.09", "5.26"]


def test_where_no_server_can_be_had_all_three_ways_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NEO4J_TEST_URI", raising=False)
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))

    with pytest.raises(Unreachable) as failure, neo4j_server(NEO4J_5):
        pass

    message = str(failure.value)
    assert "Neo4j 5.26" in message
    assert "1. NEO4J_TEST_URI" in message
    assert "2. Docker" in message
    assert "3. Maven" in message


def test_guarded_command_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    sleeper = f"import os, pathlib, time; pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid())); time.sleep(600)"
    owner_code = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-IS', {guard.__file__!r}, sys.executable, '-c', {sleeper!r}],"
        " stdin=subprocess.PIPE)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", owner_code]) as owner:
        pid = wait_for_pid(pid_file)

        owner.kill()

    wait_until_gone(pid)


def test_java_outside_the_wanted_range_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    (tmp_path / "release").write_text('IMPLEMENTOR="Somebody"\nJAVA_VERSION="11.0.2"\n')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    assert java_for(11, 11) == tmp_path / "bin" / "java"
    assert java_for(NEO4J_2026.java_oldest, NEO4J_2026.java_newest) != tmp_path / "bin" / "java"


def test_embedded_engine_lends_its_java_where_the_machine_has_none() -> None:
    java = java_for(oldest=1, newest=2)

    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True)
    assert 'version "25' in told.stderr


def test_a_machine_with_nothing_on_its_path_lacks_maven(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "maven" in missing_packages()


def test_a_browser_that_is_named_is_the_one_in_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "browser"))

    assert chromium() == tmp_path / "browser"


def wait_for_pid(file: Path) -> int:
    deadline = time.monotonic() + 30
    while not (file.exists() and file.read_text()):
        assert time.monotonic() < deadline, "the guarded command did not start"
        time.sleep(0.05)
    return int(file.read_text())


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            os.kill(pid, signal.SIG_DFL)
        except ProcessLookupError:
            return
        assert time.monotonic() < deadline, f"process {pid} outlived its owner"
        time.sleep(0.05)
