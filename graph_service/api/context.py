"""What resolvers of one request reach: the service's parts and the operation under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_service.api.changes import Changes
    from graph_service.api.events import Watch
    from graph_service.facts.quality import Quality
    from graph_service.network.networks import Networks
    from graph_service.reads.names import Names
    from graph_service.reads.operation import Operation
    from graph_service.reads.serial import SerialOperation
    from graph_service.settings import Settings
    from graph_service.store.store import Store


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running service, made once."""

    settings: Settings
    store: Store
    networks: Networks
    names: Names
    quality: Quality
    changes: Changes
    watch: Watch


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One request: the service, and the operation under way."""

    service: Service
    operation: Operation | SerialOperation
