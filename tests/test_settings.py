"""Settings come from the environment and .env, and a wrong one is named with its rule."""

from pathlib import Path

import pytest

from graph_service.errors import Misconfigured
from graph_service.settings import Settings, read_settings, server_access, setting_name, setting_notes


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(setting_name(field), raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_anything_set_the_embedded_engine_serves_this_machine() -> None:
    settings = read_settings()

    assert server_access(settings) is None
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.data_dir.is_absolute()


def test_the_environment_wins_over_the_file_and_an_argument_over_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        "GRAPH_SERVICE_PORT=1\nGRAPH_SERVICE_HOST=file\nGRAPH_SERVICE_ALIASES_MAX=7\nANYTHING=else\n"
    )
    monkeypatch.setenv("GRAPH_SERVICE_PORT", "2")
    monkeypatch.setenv("GRAPH_SERVICE_HOST", "environment")

    settings = read_settings({"port": 3})

    assert (settings.port, settings.host, settings.aliases_max) == (3, "environment", 7)


def test_a_server_is_named_by_four_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "neo4j+s://graph.example:7687")
    monkeypatch.setenv("NEO4J_USERNAME", "reader")
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    monkeypatch.setenv("NEO4J_DATABASE", "alliances")

    settings = read_settings()

    assert server_access(settings) == ("neo4j+s://graph.example:7687", "reader", "secret", "alliances")
    assert "secret" not in repr(settings)


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "")
    monkeypatch.setenv("GRAPH_SERVICE_PORT", "")

    settings = read_settings()

    assert (settings.neo4j_uri, settings.port) == (None, 8000)


def test_a_data_directory_may_start_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GRAPH_SERVICE_DATA_DIR", "~/graph")

    assert read_settings().data_dir == tmp_path / "graph"


@pytest.mark.parametrize("missing", ["NEO4J_USERNAME", "NEO4J_PASSWORD"])
def test_a_server_needs_a_user_and_a_password(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name, value in {"NEO4J_URI": "bolt://graph", "NEO4J_USERNAME": "u", "NEO4J_PASSWORD": "p"}.items():
        monkeypatch.setenv(name, "" if name == missing else value)

    with pytest.raises(Misconfigured, match="NEO4J_USERNAME and NEO4J_PASSWORD must be set where NEO4J_URI is"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("GRAPH_SERVICE_PORT", "99999", "must be less than or equal to 65535"),
        ("GRAPH_SERVICE_PORT", "tcp://10.0.0.1:80", "must be a valid integer"),
        ("GRAPH_SERVICE_READ_TIMEOUT_SECONDS", "0", "must be greater than 0"),
        ("GRAPH_SERVICE_READ_TIMEOUT_SECONDS", "inf", "must be"),
        ("GRAPH_SERVICE_PAGE_SIZE_MAX", "-1", "must be greater than or equal to 1"),
        ("GRAPH_SERVICE_ENGINE_HEAP_MEGABYTES", "1", "must be greater than or equal to 128"),
        ("NEO4J_URI", "http://localhost:7474", "must be one of neo4j,"),
        ("NEO4J_URI", "localhost:7687", "must be one of neo4j,"),
    ],
)
def test_a_wrong_value_is_named_with_its_rule(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, rule: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(Misconfigured) as raised:
        read_settings()

    assert str(raised.value).startswith(f"{name} {rule}")
    assert str(raised.value).endswith(f"got {value!r}")


def test_a_password_in_an_address_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://user:secret@localhost")

    with pytest.raises(Misconfigured, match="must hold a scheme, a host and a port only") as raised:
        read_settings()

    assert "secret" not in str(raised.value)


def test_every_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_SERVICE_PORT", "x")
    monkeypatch.setenv("GRAPH_SERVICE_NODES_MAX", "y")

    with pytest.raises(Misconfigured) as raised:
        read_settings()

    assert len(str(raised.value).splitlines()) == 2


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"NEO4J_URI=\xff\xfe\n")

    with pytest.raises(Misconfigured, match=r"\.env must be a readable UTF-8 file"):
        read_settings()


def test_every_setting_is_listed_with_its_default_and_meaning() -> None:
    notes = {note.name: note for note in setting_notes()}

    assert notes["GRAPH_SERVICE_PORT"].default == "8000"
    assert notes["NEO4J_PASSWORD"].default == ""
    assert len(notes) == len(Settings.model_fields)
    assert all(note.description for note in notes.values())
