"""Needs: the requirements of one node as the kernel walks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_service.network.interning import Interned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from graph_service.network.tables import Requirements


class Need(NamedTuple):
    """Any `k` of `alternatives`; a tuple, since analyses unpack it once for each of a million edges.

    `switch_weeks` runs beside `alternatives`, 0 where it is not known.
    """

    k: int
    alternatives: tuple[int, ...]
    switch_weeks: tuple[float, ...]
    quantity: Decimal | None

    def among(self, kept: Sequence[int]) -> Need:
        """Leave out the alternatives at whose numbers `kept` is 0."""
        for node in self.alternatives:
            if not kept[node]:
                break
        else:
            return self
        left = [(node, weeks) for node, weeks in zip(self.alternatives, self.switch_weeks, strict=True) if kept[node]]
        return Need(self.k, tuple([node for node, _ in left]), tuple([weeks for _, weeks in left]), self.quantity)

    def renumbered(self, place: Mapping[int, int]) -> Need:
        """Give the alternatives other numbers."""
        k, alternatives, switch_weeks, quantity = self
        # what Need(...) does, without the call that names its fields: a formula makes a hundred thousand of these
        values = (k, tuple([place[node] for node in alternatives]), switch_weeks, quantity)
        return tuple.__new__(Need, values)  # pyright: ignore[reportUnknownMemberType] - of any tuple


def needs_of(node_count: int, requirements: Requirements) -> Sequence[Sequence[Need]]:
    """Give what each node needs, in the order of the requirements' ids."""
    needs: list[list[Need]] = [[] for _ in range(node_count)]
    known = Interned(_known)
    for of, k, alternatives, switch, quantity in zip(
        requirements.of,
        requirements.k,
        requirements.alternatives,
        requirements.switch_time_weeks,
        requirements.quantity,
        strict=True,
    ):
        needs[of].append(Need(k, alternatives, known[switch], quantity))
    return needs


def _known(switch: tuple[float | None, ...]) -> tuple[float, ...]:
    return tuple([weeks or 0.0 for weeks in switch])
