"""What an analysis says about itself: on which facts it was computed, how exactly, and what was missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from graph_service.model.kinds import Exactness

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph_service.network.network import SupplyNetwork


@dataclass(frozen=True, slots=True)
class AnalysisMeta:
    """What was computed, on which facts, how exactly, and what was missing.

    `unknown_inputs` are ids of components, sorted. `partial_because` says which limit cut the answer and
    what that leaves open; it stands exactly where `is_partial` is true.
    """

    data_version: str
    importing: str | None
    as_of: date
    semantics: str
    algorithm: str
    exactness: Exactness
    is_partial: bool
    partial_because: str | None
    elapsed_ms: float
    unknown_inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Runs from the start of an analysis, and writes its account at the end."""

    started: float = field(default_factory=perf_counter)

    @property
    def elapsed_ms(self) -> float:
        """Milliseconds since the start."""
        return (perf_counter() - self.started) * 1000

    def meta(
        self,
        network: SupplyNetwork,
        *,
        semantics: str,
        algorithm: str,
        exactness: Exactness = Exactness.EXACT,
        partial_because: str | None = None,
        unknown: Sequence[int] = (),
    ) -> AnalysisMeta:
        """Write the account; `unknown` are node numbers. Needs a masked network: a world with a date."""
        world = network.world
        assert world is not None
        assert world.as_of is not None
        ids = network.nodes.id
        return AnalysisMeta(
            data_version=network.data_version,
            importing=network.importing,
            as_of=world.as_of,
            semantics=semantics,
            algorithm=algorithm,
            exactness=exactness,
            is_partial=partial_because is not None,
            partial_because=partial_because,
            elapsed_ms=self.elapsed_ms,
            unknown_inputs=tuple([ids[node] for node in sorted(unknown)]),
        )
