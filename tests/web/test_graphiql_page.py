"""GraphiQL in a real browser works with nothing but the service, and sends nothing anywhere else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.async_api import async_playwright, expect
from starlette.requests import Request

from graph_service.api.graphiql import Tab, graphiql_page
from tests.servers.chromium import FLAGS, chromium
from tests.web.visit import CONFIG, first_visit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from tests.web.visit import Visit

OPERATION = re.compile(r"^\s*(?:query|mutation|subscription)\s+(\w+)", re.MULTILINE)


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if path is None:
        pytest.fail("The tests need Chromium. Run: sudo apt-get install --yes chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def visit(browser: Browser, service_url: str) -> AsyncIterator[Visit]:
    """A first visit; after each test, no other host was asked and the browser had nothing to complain of."""
    async with first_visit(browser, service_url) as visit:
        yield visit
    assert visit.strangers == []
    assert visit.complaints == []


async def test_first_visit_shows_the_shipped_questions_as_tabs(visit: Visit) -> None:
    await visit.arrive()
    config = await visit.config()
    await expect(visit.tabs).to_have_text([OPERATION.findall(tab["query"])[0] for tab in config["tabs"]])
    await expect(visit.page).to_have_title("Alliance graph")


async def test_first_tab_runs_as_it_is_and_shows_data(visit: Visit) -> None:
    await visit.arrive()
    await visit.button("Execute query (Ctrl-Enter)").click()
    await expect(visit.region("Result Window")).to_contain_text('"data"')
    await expect(visit.region("Result Window")).not_to_contain_text('"errors"')


async def test_question_of_the_panel_comes_to_the_front(visit: Visit) -> None:
    await visit.arrive()
    config = await visit.config()
    await visit.region("Questions").get_by_role("button").last.click()
    await expect(visit.tab_in_front).to_have_text(OPERATION.findall(config["tabs"][-1]["query"])[0])
    await expect(visit.tab_in_front).to_be_in_viewport()


async def test_documentation_shows_the_query_type(visit: Visit) -> None:
    await visit.arrive()
    await visit.button("Show Documentation Explorer").click()
    documentation = visit.region("Documentation Explorer")
    await documentation.get_by_role("link", name="Query", exact=True).click()
    await expect(documentation.get_by_role("link", name="companies", exact=True)).to_be_visible()


async def test_completion_offers_a_field(visit: Visit) -> None:
    await visit.arrive(query="query Offered { __typename ")
    await visit.button("Show Documentation Explorer").click()
    await expect(visit.page.get_by_role("link", name="Query", exact=True)).to_be_visible()  # the schema has arrived
    await visit.type_at_the_end("compan")
    await expect(visit.page.locator(".suggest-widget .monaco-list-row", has_text="companies").first).to_be_visible()


@pytest.mark.parametrize(("panel", "title"), [("GraphiQL Explorer", "Explorer"), ("History", "History")])
async def test_panel_opens(visit: Visit, panel: str, title: str) -> None:
    await visit.arrive()
    await visit.button(f"Show {panel}").click()
    await expect(visit.page.locator(".graphiql-plugin")).to_contain_text(title)


async def test_link_opens_its_own_query_and_variables(visit: Visit) -> None:
    query = "query Linked($first: Int!) { companies(first: $first) { __typename } }"
    await visit.arrive(query=query, variables='{"first": 7}')
    await expect(visit.tab_in_front).to_have_text("Linked")
    await expect(visit.region("Variables")).to_contain_text('"first": 7')


async def test_upgrade_brings_new_questions_and_keeps_what_the_visitor_wrote(visit: Visit) -> None:
    edited, kept, retired, changed = (
        Tab(f"query {name} {{ __typename }}") for name in ("Edited", "Kept", "Retired", "Changed")
    )
    await visit.ship([edited, kept, retired, changed])
    await visit.arrive()
    await visit.type_at_the_end(" # mine")
    await visit.stored("tabState", "# mine")
    await visit.ship([edited, kept, Tab("query Changed { now: __typename }"), Tab("query Added { __typename }")])
    await visit.arrive()
    await expect(visit.tabs).to_have_text(["Edited", "Kept", "Changed", "Added"])
    await expect(visit.editor).to_contain_text("# mine")


async def test_question_closed_once_stays_closed(visit: Visit) -> None:
    await visit.ship([Tab("query Kept { __typename }"), Tab("query Closed { __typename }")])
    await visit.arrive()
    await visit.tabs.last.click()
    await visit.button("Close Tab").last.click()
    await visit.type_at_the_end(" # later")
    await visit.stored("tabState", "# later")
    await visit.arrive()
    await expect(visit.tabs).to_have_text(["Kept"])


async def test_token_of_the_headers_editor_is_never_stored(visit: Visit) -> None:
    await visit.arrive()
    await visit.button("Headers").click()
    await visit.region("Headers").locator(".view-line:visible").first.click()
    await visit.page.keyboard.type('{"Authorization": "Bearer secret')
    async with visit.page.expect_request(lambda request: "authorization" in request.headers):
        await visit.button("Execute query (Ctrl-Enter)").click()
    assert "secret" not in await visit.stored("queries", "query")  # the history has been written


def test_page_allows_only_its_own_origin(service_url: str) -> None:
    response = httpx.get(f"{service_url}/graphql", headers={"Accept": "text/html"})
    policy = response.headers["content-security-policy"].split("; ")
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"


def test_question_cannot_end_the_script_element_it_stands_in() -> None:
    tab = Tab("query Trap { a } # </script><script>alert(1)</script>")
    page = graphiql_page(Request({"type": "http"}), endpoint="/graphql", assets="/static", tabs=[tab])
    [config] = CONFIG.findall(bytes(page.body).decode())
    assert json.loads(config)["tabs"] == [{"query": tab.query, "variables": ""}]


def test_page_behind_a_prefix_asks_below_it() -> None:
    request = Request({"type": "http", "root_path": "/prefix"})
    page = bytes(graphiql_page(request, endpoint="/graphql", assets="/static", tabs=[]).body).decode()
    assert json.loads(CONFIG.findall(page)[0])["endpoint"] == "/prefix/graphql"
    assert 'src="/prefix/static/assets/' in page
