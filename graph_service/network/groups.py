"""Owner groups: which company stands at the top of each company (docs/semantics.md 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.network.tables import Ownerships

CONTROL_ABOVE_PCT: Final = 50.0


def group_roots(company_count: int, ownerships: Ownerships) -> Sequence[int]:
    """Give the root of each company's group, as company numbers.

    A root is found by following owners with more than 50 % (or an unknown percentage) upward, the largest
    share first, unknown after every known, then the least id. A cycle of owners ends at its least id.
    """
    controller = controllers(company_count, ownerships)
    root: list[int | None] = [None] * company_count
    for company in range(company_count):
        trail: list[int] = []
        place: dict[int, int] = {}
        current = company
        while root[current] is None and current not in place:
            place[current] = len(trail)
            trail.append(current)
            above = controller[current]
            if above is None:
                root[current] = current
                break
            current = above
        found = root[current]
        if found is None:
            found = min(trail[place[current] :])
        for member in trail:
            root[member] = found
    return [company if top is None else top for company, top in enumerate(root)]


def controlled_by(company: int, company_count: int, ownerships: Ownerships) -> Sequence[int]:
    """Give a company and all that it controls, through others as well."""
    held: list[list[int]] = [[] for _ in range(company_count)]
    for below, above in enumerate(controllers(company_count, ownerships)):
        if above is not None:
            held[above].append(below)
    found = {company}
    for above in (order := [company]):  # grows while it is walked
        order += [below for below in held[above] if below not in found]
        found.update(held[above])
    return order


def controllers(company_count: int, ownerships: Ownerships) -> Sequence[int | None]:
    """Give the owner who controls each company, None where nobody does."""
    best: list[tuple[float, int] | None] = [None] * company_count
    for company, owner, share in zip(ownerships.company, ownerships.owner, ownerships.share_pct, strict=True):
        if share is not None and share <= CONTROL_ABOVE_PCT:
            continue
        rank = (-share if share is not None else 0.0, owner)
        current = best[company]
        if current is None or rank < current:
            best[company] = rank
    return [None if rank is None else rank[1] for rank in best]
