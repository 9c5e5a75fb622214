"""API keys: writes need one, reads where a setting says so, and a key is never shown."""

from collections.abc import Generator, Mapping
from typing import Any

import httpx
import pytest

from graph_service.api.access import Keys
from graph_service.errors import Misconfigured
from graph_service.settings import Settings, read_settings
from tests.service import served

KEY = "a-key-of-some-length"
OTHER = "another-key-of-a-length"
NEW = "application/graphql-response+json"
READ = {"query": '{ nation(iso: "TWN") { name } }'}
RETRACT = {"query": 'mutation { retract(id: "offer:none", on: "2026-01-01", reason: "r") { errors { code } } }'}
DRY_RUN = {"query": 'mutation { importBundle(files: [{ name: "offers.csv", content: "id,component" }]) { dryRun } }'}
WET_RUN = {"query": "mutation($dry: Boolean!) { importBundle(files: [], dryRun: $dry) { dryRun } }"}
BEARER = {"authorization": f"Bearer {KEY}"}


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Generator[httpx.Client]:
    """A service with two keys, whose reads need one, too; its log is in `keyed.log`."""
    directory = tmp_path_factory.mktemp("keyed")
    settings = {"GRAPH_SERVICE_API_KEYS": f"{OTHER}, {KEY}", "GRAPH_SERVICE_READS_NEED_KEY": "true"}
    with served(directory, settings) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client
    assert KEY not in (directory / "service.log").read_text(encoding="utf-8")


def post(client: httpx.Client, body: Mapping[str, Any], **headers: str) -> tuple[int, Any]:
    response = client.post(
        "/graphql", json=body, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )
    return response.status_code, response.json()


def code_of(answer: Any) -> str:
    (error,) = answer["errors"]
    return error["extensions"]["code"]


@pytest.mark.parametrize("accept", [NEW, "application/json"])
@pytest.mark.parametrize("body", [READ, RETRACT, DRY_RUN], ids=["read", "write", "dry run"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong-key-of-some-length"},
        {"authorization": f"Basic {KEY}"},
        {"x_api_key": KEY[:-1]},
    ],
    ids=["none", "wrong", "another scheme", "too short"],
)
def test_without_a_known_key_nothing_is_answered(
    keyed: httpx.Client, body: Mapping[str, Any], headers: dict[str, str], accept: str
) -> None:
    status, answer = post(keyed, body, accept=accept, **headers)
    assert (status, code_of(answer), "data" in answer) == (401, "UNAUTHENTICATED", False)
    assert KEY[:-1] not in str(answer)


def test_a_refusal_says_how_a_key_is_sent(keyed: httpx.Client) -> None:
    response = keyed.post("/graphql", json=READ)
    assert response.headers["www-authenticate"] == "Bearer"
    assert "Authorization: Bearer ..." in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "headers",
    [{"authorization": f"Bearer {KEY}"}, {"authorization": f"bearer  {OTHER}"}, {"x_api_key": KEY}],
    ids=["bearer", "the other", "X-API-Key"],
)
def test_with_any_key_reads_and_writes_are_answered(keyed: httpx.Client, headers: dict[str, str]) -> None:
    assert post(keyed, READ, **headers) == (200, {"data": {"nation": {"name": "Taiwan"}}})
    assert post(keyed, RETRACT, **headers) == (200, {"data": {"retract": {"errors": [{"code": "NOT_FOUND"}]}}})
    assert post(keyed, DRY_RUN, **headers)[0] == 200


def test_reads_by_get_need_the_key_and_writes_by_get_are_refused_even_with_it(keyed: httpx.Client) -> None:
    assert keyed.get("/graphql", params=READ).status_code == 401
    assert keyed.get("/graphql", params=READ, headers=BEARER).status_code == 200
    assert keyed.get("/graphql", params=RETRACT, headers=BEARER).status_code == 405


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/schema.graphql"])
def test_what_tells_nothing_of_the_facts_needs_no_key(keyed: httpx.Client, path: str) -> None:
    assert keyed.get(path).status_code == 200


def test_the_page_needs_no_key_since_its_headers_editor_sends_one(keyed: httpx.Client) -> None:
    assert keyed.get("/graphql", headers={"accept": "text/html"}).status_code == 200


def test_a_large_body_needs_a_key(keyed: httpx.Client, service_url: str) -> None:
    large = {**READ, "extensions": {"padding": "x" * 1_000_001}}
    assert post(keyed, large, **BEARER)[0] == 200
    with httpx.Client(base_url=service_url) as client:
        status, answer = post(client, large)
    assert (status, code_of(answer)) == (413, "LIMIT_EXCEEDED")


@pytest.mark.parametrize("headers", [{}, BEARER], ids=["without a key", "with some key"])
@pytest.mark.parametrize(
    "body", [RETRACT, {**WET_RUN, "variables": {"dry": False}}], ids=["retract", "import by a variable"]
)
def test_where_no_key_is_set_nobody_writes_and_is_told_the_setting(
    service_url: str, body: Mapping[str, Any], headers: dict[str, str]
) -> None:
    with httpx.Client(base_url=service_url) as client:
        status, answer = post(client, body, accept=NEW, **headers)
    assert (status, code_of(answer)) == (403, "FORBIDDEN")
    assert "GRAPH_SERVICE_API_KEYS" in answer["errors"][0]["message"]


def test_where_reads_are_open_so_are_dry_runs(service_url: str) -> None:
    with httpx.Client(base_url=service_url) as client:
        assert post(client, READ)[0] == 200
        assert post(client, {**WET_RUN, "variables": {"dry": True}}) == (
            200,
            {"data": {"importBundle": {"dryRun": True}}},
        )


def test_one_write_beside_a_dry_run_needs_the_key_for_both(service_url: str) -> None:
    both = "mutation { dry: importBundle(files: []) { dryRun } wet: importBundle(files: [], dryRun: false) { dryRun } }"
    with httpx.Client(base_url=service_url) as client:
        assert post(client, {"query": both})[0] == 403


def test_a_caller_is_known_by_any_key_in_either_header() -> None:
    keys = Keys(Settings.model_validate({"api_keys": f"{KEY},{OTHER}"}))
    for headers in ({"authorization": f"Bearer {KEY}"}, {"x-api-key": OTHER}):
        caller = keys.caller(headers)
        assert (caller.known, caller.read_refusal, caller.write_refusal) == (True, None, None)
    stranger = keys.caller({"x-api-key": "\udce9 nonsense"})
    assert (stranger.known, stranger.read_refusal) == (False, None)
    assert stranger.write_refusal is not None


def test_a_short_key_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_SERVICE_API_KEYS", f"{KEY},short-secret")
    with pytest.raises(Misconfigured, match="GRAPH_SERVICE_API_KEYS must be keys of at least 16 characters") as raised:
        read_settings()
    assert "secret" not in str(raised.value)


def test_reads_that_need_a_key_need_one_to_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_SERVICE_READS_NEED_KEY", "true")
    with pytest.raises(Misconfigured, match="GRAPH_SERVICE_API_KEYS must be set"):
        read_settings()


def test_keys_are_in_no_text_of_the_settings() -> None:
    assert KEY not in repr(Settings.model_validate({"api_keys": KEY}))
