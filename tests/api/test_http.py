"""GraphQL over HTTP against the running service: methods, media types, status codes, bodies of any kind."""

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
    ],
)
def test_the_media_type_is_the_one_the_client_likes_best(client: httpx.Client, accept: str, content_type: str) -> None:
    response = client.post("/graphql", json={"query": QUERY}, headers={"accept": accept})
    assert (response.headers["content-type"], response.json()) == (content_type, ANSWER)


def test_a_client_that_accepts_no_json_gets_406(client: httpx.Client) -> None:
    response = client.post("/graphql", json={"query": QUERY}, headers={"accept": "image/png"})
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


def test_a_body_of_another_media_type_is_refused(client: httpx.Client) -> None:
    assert client.post("/graphql", content=QUERY, headers={"content-type": "text/plain"}).status_code == 415


def test_a_mutation_by_get_is_refused_with_405(client: httpx.Client) -> None:
    response = client.get("/graphql", params={"query": "mutation { x }"}, headers={"accept": "application/json"})
    assert response.status_code in {200, 405}
    assert "errors" in response.json()


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
