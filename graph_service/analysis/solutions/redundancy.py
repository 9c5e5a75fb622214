"""Redundancy: why an offer that a program chose can go, said so that it holds for other choices too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graph_service.analysis.solutions.formula import Formula


def redundant_together(formula: Formula, chosen: Collection[int], offer: int) -> Sequence[int]:
    """Give nodes, that of `offer` first, of which no minimal solution supplies all.

    `chosen` keeps the target of the reduced formula unfailed even without `offer`. Whatever then fails can be
    needed by nobody as long as some other nodes work: these are supported by themselves and by what works in
    every solution, and their own supplies are what is asked for.
    """
    works = formula.working([one for one in chosen if one != offer])
    first = next(node for node, supplies in enumerate(formula.supplies) if supplies and offer in supplies)
    met_otherwise: list[int] = []
    fails = {first}
    order = [first]
    for node in order:  # grows while it is walked
        for need in formula.users[node]:
            user = formula.owner[need]
            if sum([works[met] for met in formula.alternatives[need]]) >= formula.k[need]:
                met_otherwise.append(need)
            elif user not in fails:
                fails.add(user)
                order.append(user)
    return [first, *_supporters(formula, works, met_otherwise)]


def _supporters(formula: Formula, works: Sequence[int], needs: Sequence[int]) -> Sequence[int]:
    """Give nodes whose own supplies, with what works in every solution, meet these needs."""
    always = formula.needed_always()
    picked: dict[int, None] = {}
    order: list[int] = []

    def pick(k: int, alternatives: Sequence[int]) -> None:
        able = sorted([met for met in alternatives if works[met]], key=lambda met: (not always[met], met not in picked))
        for met in able[:k]:
            if not always[met] and met not in picked:
                picked[met] = None
                order.append(met)

    for need in needs:
        pick(formula.k[need], formula.alternatives[need])
    for node in order:  # grows while it is walked
        for need in formula.needs[node]:
            pick(need.k, need.alternatives)
    return [node for node in picked if formula.supplies[node] is not None]
