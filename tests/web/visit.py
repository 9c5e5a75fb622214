"""One visit to the GraphiQL page, in a browser that can reach nothing but the service."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Route

    from graph_service.api.graphiql import Tab

TIMEOUT_MS: Final = 120_000  # two cores, shared with a database
CONFIG: Final = re.compile(r'(?<=<script type="application/json" id="graphiql-config">).*?(?=</script>)', re.DOTALL)
# GraphiQL writes to the browser's storage with a delay. A policy without 'unsafe-eval' rules out wait_for_function.
STORED: Final = """([key, text]) => new Promise(resolve => {
    const look = () => {
        const found = Object.entries(localStorage).find(([name, value]) => name.endsWith(key) && value.includes(text));
        found ? resolve(JSON.stringify(localStorage)) : setTimeout(look, 50);
    };
    look();
})"""

expect.set_options(timeout=TIMEOUT_MS)


@dataclass(slots=True)
class Visit:
    """The open page, what it asked of other hosts, and what the browser complained of."""

    page: Page
    url: str
    strangers: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])

    @property
    def editor(self) -> Locator:
        return self.page.locator(".graphiql-query-editor .monaco-editor")

    @property
    def tabs(self) -> Locator:
        return self.page.locator(".graphiql-tab-button")

    @property
    def tab_in_front(self) -> Locator:
        return self.page.locator(".graphiql-tab-active .graphiql-tab-button")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def region(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    async def arrive(self, **parameters: str) -> None:
        """Open the page and wait for its editor."""
        await self.page.goto(f"{self.url}?{urlencode(parameters)}")
        await expect(self.editor.locator(".view-line").first).to_be_visible()

    async def type_at_the_end(self, text: str) -> None:
        await self.editor.locator(".view-line").first.click()
        await self.page.keyboard.press("Control+End")
        await self.page.keyboard.type(text)

    async def config(self) -> dict[str, Any]:
        """Read what the service wrote into the page."""
        return json.loads(await self.page.locator("#graphiql-config").text_content() or "")

    async def stored(self, key: str, text: str) -> str:
        """Wait until the browser's storage holds `text` under GraphiQL's `key`, then give all that it holds."""
        async with asyncio.timeout(TIMEOUT_MS / 1000):
            return await self.page.evaluate(STORED, [f":{key}", text])

    async def ship(self, tabs: Sequence[Tab]) -> None:
        """Let the service ship these questions from the next arrival on, as another version of it would."""

        async def answer(route: Route) -> None:
            if route.request.resource_type != "document":
                await route.fallback()
                return
            response = await route.fetch()
            html = await response.text()
            [before] = CONFIG.findall(html)
            after = json.dumps({**json.loads(before), "tabs": [asdict(tab) for tab in tabs]})
            await route.fulfill(response=response, body=html.replace(before, after))

        await self.page.route(re.compile(re.escape(self.url)), answer)


@asynccontextmanager
async def first_visit(browser: Browser, service_url: str) -> AsyncIterator[Visit]:
    """Prepare a page without memory; other hosts are noted and refused, and complaints are kept."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(TIMEOUT_MS)
    page = await context.new_page()
    visit = Visit(page, f"{service_url.rstrip('/')}/graphql")
    host = urlsplit(service_url).netloc

    def is_strange(url: str) -> bool:
        return urlsplit(url).netloc not in {host, ""}

    def note(url: str) -> None:
        if is_strange(url):
            visit.strangers.append(url)

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visit.complaints.append(message.text)

    await context.route(is_strange, lambda route: route.abort())
    context.on("request", lambda request: note(request.url))
    page.on("websocket", lambda socket: note(socket.url))
    context.on("console", listen)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    await context.close()
