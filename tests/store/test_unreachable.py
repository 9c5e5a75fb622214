"""Whatever stands at the address instead of a database, the answer is one line that names it, and in time."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from graph_service.errors import DeadlineExceeded, GraphServiceError, StoreUnavailable
from graph_service.store.address import Address
from graph_service.store.drivers import answers
from graph_service.store.limits import StoreLimits
from graph_service.store.store import Store

IMPATIENT = StoreLimits(read_timeout_s=5, write_timeout_s=5, connect_timeout_s=1)
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

BOLT_5_4 = b"\x00\x00\x04\x05"


@asynccontextmanager
async def stranger(talk: Talk) -> AsyncGenerator[Address]:
    """Something that listens on a port and talks its own way."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    try:
        yield somewhere(server.sockets[0].getsockname()[1])
    finally:
        server.close()


def somewhere(port: int) -> Address:
    return Address(f"bolt://127.0.0.1:{port}", "neo4j", "password", "neo4j")


async def failure(address: Address) -> GraphServiceError:
    """Give the error of a read at this address."""
    async with Store.open(address, IMPATIENT) as store:
        with pytest.raises(GraphServiceError) as raised:
            await store.data_version()
        return raised.value


async def write_failure(address: Address) -> GraphServiceError:
    """Give the error of a write at this address."""
    async with Store.open(address, IMPATIENT) as store:
        with pytest.raises(GraphServiceError) as raised:
            await store.end_import()
        return raised.value


async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def speaks_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await writer.drain()


async def leaves_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Close without a word."""


def answers_hello_with(message: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(20)
        writer.write(BOLT_5_4)
        await reader.read(1)
        writer.write(len(message).to_bytes(2, "big") + message + b"\x00\x00")
        await writer.drain()

    return talk


async def test_a_port_with_nothing_behind_it() -> None:
    error = await failure(somewhere(1))

    assert isinstance(error, StoreUnavailable)
    assert "bolt://127.0.0.1:1" in str(error)
    assert "\n" not in str(error)


async def test_a_name_that_no_host_has() -> None:
    error = await failure(Address("neo4j://nowhere.invalid:7687", "neo4j", "password", "neo4j"))

    assert isinstance(error, StoreUnavailable)
    assert "nowhere.invalid" in str(error)


@pytest.mark.parametrize("ask", [failure, write_failure])
async def test_a_server_that_accepts_and_says_nothing(ask: Callable[[Address], Awaitable[GraphServiceError]]) -> None:
    async with stranger(says_nothing) as address:
        assert isinstance(await ask(address), StoreUnavailable | DeadlineExceeded)
        assert not await answers(address, within_s=0.5)


@pytest.mark.parametrize(
    "talk",
    [
        speaks_http,
        leaves_at_once,
        answers_hello_with(b"\xb1\x70\x8f"),
        answers_hello_with(b"\xff\xff\xff"),
        answers_hello_with(b"\xb1\x70\xa1\x81a"),
        answers_hello_with(b"\xb1\x70\x91\x01"),
    ],
    ids=["http", "leaves", "cut short", "no message", "no value", "no map"],
)
@pytest.mark.parametrize("ask", [failure, write_failure])
async def test_something_that_does_not_speak_bolt(
    ask: Callable[[Address], Awaitable[GraphServiceError]], talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # so few repeats end long before the deadline, which would hide their error if it fell into one of them
    monkeypatch.setattr("graph_service.store.store.WRITE_REPEATS", 2)
    async with stranger(talk) as address:
        error = await ask(address)

        assert isinstance(error, StoreUnavailable)
        assert address.uri in str(error)
        assert not await answers(address, within_s=2)


async def test_a_wrong_password(address: Address) -> None:
    error = await failure(replace(address, password="not the password"))

    assert isinstance(error, StoreUnavailable)
    assert address.uri in str(error)
    assert f"refused the user name or password of '{address.username}'" in str(error)
    assert "not the password" not in str(error)


async def test_a_database_that_is_not_there(address: Address) -> None:
    error = await failure(replace(address, database="elsewhere"))

    assert isinstance(error, StoreUnavailable)
    assert "no database named 'elsewhere'" in str(error)


async def test_an_address_that_is_none() -> None:
    error = await failure(Address("ftp://127.0.0.1:7687", "neo4j", "password", "neo4j"))

    assert isinstance(error, StoreUnavailable)


async def test_a_password_is_in_no_text_of_an_address(address: Address) -> None:
    assert address.password not in repr(address)
