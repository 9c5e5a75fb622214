"""Addresses: where a store is, and who tells when that changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Engine(StrEnum):
    """Which database answers; statements may exist once more for the embedded one."""

    NEO4J = "neo4j"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Address:
    """A database behind Bolt, and as whom to use it."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str
    engine: Engine = Engine.NEO4J


class AddressSource(Protocol):
    """Tells the address that is valid now: an embedded engine that was started again has a new one."""

    engine: Engine

    async def address(self) -> Address:
        """Give the valid address; raises StoreUnavailable where there is none."""
        ...

    def lost(self, address: Address) -> None:
        """Hear that a connection to `address` was lost."""
        ...


class FixedAddress:
    """A server that stays where it is."""

    def __init__(self, address: Address) -> None:
        self.engine = address.engine
        self._address = address

    async def address(self) -> Address:
        """Give the one address."""
        return self._address

    def lost(self, address: Address) -> None:
        """Keep the address: the driver opens new connections by itself."""
