"""Changes: which facts two worlds of one record do not share (docs/semantics.md 37)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.model.kinds import ChangeKind
from graph_service.network.mask import valid_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from graph_service.model.world import World
    from graph_service.network.network import SupplyNetwork
    from graph_service.network.tables import Validity

BLOCS: Final = "blocs"
OWNER: Final = "owner"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that only one world holds, or a thing that reads differently in each.

    `before` and `after` stand with CHANGED only: ids joined by `;`, None for none. The entity of a change from some
    facts to others is the first of those after.
    """

    change: ChangeKind
    entity: str
    field: str | None = None
    before: str | None = None
    after: str | None = None


def changes_between(record: SupplyNetwork, before: World, after: World) -> tuple[Change, ...]:
    """Compare two worlds of the whole record, fact by fact; sorted by entity, then field. Linear in facts.

    A fact that both worlds hold is no change. Offers of the same company, component and nation, and requirements of
    the same thing for the same alternatives, are one change where either world holds some that the other lacks.
    """
    offers, requirements = record.offers, record.requirements
    nodes, count = record.nodes, record.nodes.component_count
    found = [
        *_of_facts(
            offers.id,
            _apart(offers.validity, before, after),
            lambda offer: (offers.company[offer], offers.component[offer], offers.nation[offer]),
        ),
        *_of_facts(
            requirements.id,
            _apart(requirements.validity, before, after),
            lambda requirement: (requirements.of[requirement], requirements.alternatives[requirement]),
        ),
        *_of_facts(record.partnerships.id, _apart(record.partnerships.validity, before, after), _itself),
        *_of_facts(
            nodes.id,
            [[node for node in side if node >= count] for side in _apart(nodes.validity, before, after)],
            _itself,
        ),
        *_of_memberships(record, before, after),
        *_of_ownerships(record, before, after),
    ]
    return tuple(sorted(found, key=lambda change: (change.entity, change.field or "")))


def _apart(validity: Validity, before: World, after: World) -> Sequence[Sequence[int]]:
    """Give the facts that only the world before holds, and those that only the world after does."""
    held, holds = set(valid_rows(validity, before)), set(valid_rows(validity, after))
    return sorted(held - holds), sorted(holds - held)


def _itself(fact: int) -> Hashable:
    return fact


def _of_facts(
    ids: Sequence[str], apart: Sequence[Sequence[int]], between: Callable[[int], Hashable]
) -> Iterator[Change]:
    """Pair what ended with what began; `between` tells what a fact stands between."""
    sides: defaultdict[Hashable, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, facts in enumerate(apart):
        for fact in facts:
            sides[between(fact)][side].append(ids[fact])
    for ended, begun in sides.values():
        if ended and begun:
            yield Change(ChangeKind.CHANGED, begun[0], before=";".join(ended), after=";".join(begun))
            continue
        yield from [Change(ChangeKind.REMOVED, name) for name in ended]
        yield from [Change(ChangeKind.ADDED, name) for name in begun]


def _of_memberships(record: SupplyNetwork, before: World, after: World) -> Iterator[Change]:
    belongs = record.memberships

    def blocs(world: World) -> dict[int, list[str]]:
        found: defaultdict[int, list[str]] = defaultdict(list)
        for row in valid_rows(belongs.validity, world):
            found[belongs.nation[row]].append(record.bloc_ids[belongs.bloc[row]])
        return {nation: sorted(names) for nation, names in found.items()}

    return _of_fields(BLOCS, record.nation_ids, blocs(before), blocs(after))


def _of_ownerships(record: SupplyNetwork, before: World, after: World) -> Iterator[Change]:
    owned = record.ownerships

    def owners(world: World) -> dict[int, list[str]]:
        """Give owners in the order of Company.owners: the largest share first, unknown ones last, then by id."""
        found: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
        for row in valid_rows(owned.validity, world):
            share = owned.share_pct[row]
            rank = 1.0 if share is None else -share
            found[owned.company[row]].append((rank, record.company_ids[owned.owner[row]]))
        return {company: [name for _, name in sorted(ranked)] for company, ranked in found.items()}

    return _of_fields(OWNER, record.company_ids, owners(before), owners(after))


def _of_fields(
    field: str, ids: Sequence[str], before: dict[int, list[str]], after: dict[int, list[str]]
) -> Iterator[Change]:
    for thing in {*before, *after}:
        held, holds = before.get(thing, []), after.get(thing, [])
        if held != holds:
            yield Change(ChangeKind.CHANGED, ids[thing], field, ";".join(held) or None, ";".join(holds) or None)
