"""GraphQL over HTTP against the running service: methods, media types, status codes, bodies of any kind."""

import json
from typing import Any

import httpx
import pytest

JSON = "application/json; charset=utf-8"
GRAPHQL = "application/graphql-response+json; charset=utf-8"
QUERY = '{ nation(iso: "TWN") { name } }'
ANSWER = {"data": {"nation": {"name": "Taiwan"}}}


@pytest.fixture(scope="module")
def client(service_url: str):
    with httpx.Client(base_url=service_url, timeout=60) as client:
        yield client


def test_post_answers_a_query(client: httpx.Client) -> None:
    response = client.post("/graphql", json={"query": QUERY})
    assert (response.status_code, response.headers["content-type"], response.json()) == (200, JSON, ANSWER)


def test_get_answers_a_query_with_variables(client: httpx.Client) -> None:
    parameters = {"query": "query($iso: String!) { nation(iso: $iso) { name } }", "variables": '{"iso": "twn"}'}
    response = client.get("/graphql", params=parameters, headers={"accept": "application/json"})
    assert (response.status_code, response.json()) == (200, ANSWER)


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/graphql-response+json", GRAPHQL),
        ("application/json", JSON),
        ("*/*", JSON),
        ("application/json;q=0.5, application/graphql-response+json", GRAPHQL),
        ("application/graphql-response+json;q=0, application/*", JSON),
        ("application/json;q=0, */*;q=0.1", GRAPHQL),
        ("application/graphql-response+json,application/json;q=0.9", GRAPHQL),
        ("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", GRAPHQL),
        ("multipart/mixed, text/event-stream, application/json;q=0.2", JSON),
        ("text/html;q=0.9, */*;q=0.8", JSON),
        ("APPLICATION/JSON", JSON),
        ("", JSON),
    ],
)
def test_the_media_type_is_the_one_the_client_likes_best(client: httpx.Client, accept: str, content_type: str) -> None:
    response = client.post("/graphql", json={"query": QUERY}, headers={"accept": accept})
    assert (response.headers["content-type"], response.json()) == (content_type, ANSWER)


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "application/json;q=x", "application/json;q=0"])
def test_a_client_that_accepts_no_json_gets_406(client: httpx.Client, accept: str) -> None:
    response = client.post("/graphql", json={"query": QUERY}, headers={"accept": accept})
    assert response.status_code == 406
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"null", 400),
        (b'"x"', 400),
        (b"1", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 100_000, 400),
        (b'{"query": "\\ud800"}', 400),
        (b'{"query": ""}', 400),
        ('{"query": "{ nations { totalCount } }"}'.encode("utf-16"), 400),
        (b'{"query": 1}', 400),
        (b'{"query": "{ nations { totalCount } }", "variables": []}', 400),
        (b'{"query": "{ nations { totalCount } }", "operationName": 1}', 400),
        (b'{"query": "' + b" " * 1_000_001 + b'"}', 413),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_body_that_is_no_request_is_refused_and_never_breaks_the_server(
    client: httpx.Client, body: bytes, status: int
) -> None:
    response = client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    assert response.json()["errors"][0]["extensions"]["code"] in {"BAD_USER_INPUT", "LIMIT_EXCEEDED"}
    assert "data" not in response.json()


@pytest.mark.parametrize(
    "query",
    [
        "{" * 100_000,
        "{a" * 2_000,
        "{nations(where:" + "{NOT:" * 1_000,
        "query($a:" + "[" * 2_000,
        "name " * 199_000,
        "{" + "name " * 30_000 + "}",
        "{ nations { nodes { " + "name " * 4_000 + "} } }",
        '{ nation(iso: "' + "x" * 150_000 + '") { name nothing } }',
        "{ nations(first: " + "9" * 10_000 + ") { totalCount } }",
        "\x00",
        "\ufeff",
        "type Query { a: Int }",
        "subscription { x }",
        "{ nations { totalCount } } { nations { totalCount } }",
    ],
    ids=lambda query: query[:30],
)
def test_a_document_that_is_no_query_is_refused_and_never_breaks_the_server(client: httpx.Client, query: str) -> None:
    response = client.post("/graphql", json={"query": query}, headers={"accept": "application/graphql-response+json"})
    assert response.status_code == 400
    assert {error["extensions"]["code"] for error in response.json()["errors"]} <= {
        "BAD_USER_INPUT",
        "GRAPHQL_PARSE_FAILED",
        "GRAPHQL_VALIDATION_FAILED",
        "LIMIT_EXCEEDED",
    }
    assert "data" not in response.json()


def nested(depth: int) -> dict[str, Any]:
    """A filter inside a filter inside a filter."""
    where: dict[str, Any] = {}
    for _ in range(depth):
        where = {"NOT": where}
    return where


@pytest.mark.parametrize(
    "variables",
    [{"where": nested(400)}, {"where": 1}, {"where": {"id": {"in": [None]}}}, {"first": 2**70}, {"first": 1e400}],
    ids=lambda variables: str(variables)[:40],
)
def test_a_value_that_no_variable_takes_is_bad_input(client: httpx.Client, variables: dict[str, Any]) -> None:
    query = "query($where: NationWhere, $first: Int) { nations(where: $where, first: $first) { totalCount } }"
    body = json.dumps({"query": query, "variables": variables}).encode()
    response = client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code in {200, 400}
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "data" not in response.json()


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/json; charset=iso-8859-1", 415),
        ("application/json; charset=utf-8", 200),
        ('application/json; charset="UTF-8"; x=y', 200),
        ("Application/JSON", 200),
    ],
)
def test_a_body_is_json_in_utf_8_or_refused(client: httpx.Client, content_type: str, status: int) -> None:
    body = json.dumps({"query": QUERY}).encode()
    response = client.post("/graphql", content=body, headers={"content-type": content_type})
    assert response.status_code == status


@pytest.mark.parametrize("query", ["mutation { x }", "query A { __typename } mutation B { x }", "subscription { x }"])
@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
def test_only_queries_are_executed_by_get(client: httpx.Client, query: str, accept: str) -> None:
    parameters = {"query": query, **({"operationName": "B"} if "B" in query else {})}
    response = client.get("/graphql", params=parameters, headers={"accept": accept})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "data" not in response.json()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/graphql", json={"query": QUERY})
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) >= {"GET", "POST"}


@pytest.mark.parametrize("variables", ["{", "[]", "1", "%", '"x"'])
def test_variables_of_a_url_are_one_object_of_json(client: httpx.Client, variables: str) -> None:
    response = client.get("/graphql", params={"query": QUERY, "variables": variables})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_two_operations_without_a_name_are_refused(client: httpx.Client) -> None:
    query = "query A { nations { totalCount } } query B { nations { totalCount } }"
    first = client.post("/graphql", json={"query": query}).json()["errors"][0]
    assert (first["extensions"]["code"], "A, B" in first["message"]) == ("BAD_USER_INPUT", True)
    assert "data" in client.post("/graphql", json={"query": query, "operationName": "B"}).json()


def test_a_refused_document_gets_400_in_the_new_media_type_and_200_in_json(client: httpx.Client) -> None:
    new = client.post("/graphql", json={"query": "{"}, headers={"accept": "application/graphql-response+json"})
    old = client.post("/graphql", json={"query": "{"}, headers={"accept": "application/json"})
    assert (new.status_code, old.status_code) == (400, 200)
    assert new.json() == old.json()
    assert "data" not in new.json()


def test_health_readiness_schema_and_metrics_are_served(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"alive": True}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert "type Query" in client.get("/schema.graphql").text
    assert "graph_service_requests_total" in client.get("/metrics").text


def test_a_browser_gets_graphiql_at_the_same_address(client: httpx.Client) -> None:
    response = client.get("/graphql", headers={"accept": "text/html,application/xhtml+xml"})
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert client.get("/").headers["location"].endswith("graphql")
