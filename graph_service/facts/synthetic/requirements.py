"""Synthetic requirements: layers of inputs with alternatives, k-of-n, and loops of things that need one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from graph_service.facts.rows import Alternative, Requirement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.facts.rows import Component, Deployment
    from graph_service.facts.synthetic.chance import Chance

COUNTS: Final = (1, 2, 2, 3, 3)
"""How many things a component needs, each as likely."""

CHOICES: Final = (1, 1, 2, 3, 3)
"""How many alternatives meet a requirement, each as likely."""

SYSTEMS: Final = (2, 3, 4, 6, 8)
"""How many systems a deployment needs, each as likely; the first needs up to four times the most."""

LOOPS_PER_COMPONENT: Final = 1 / 200
EFFICIENCIES: Final = (1.0, 1.0, 1.0, 0.9, 0.75)


@dataclass(frozen=True, slots=True)
class Needs:
    """Requirements and what meets them, while they are made."""

    chance: Chance
    source_count: int
    requirements: list[Requirement] = field(default_factory=list[Requirement])
    alternatives: list[Alternative] = field(default_factory=list[Alternative])
    count_of: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, of: str, met_by: Sequence[str]) -> None:
        """Let `of` need one or, now and then, two of these."""
        number = self.count_of.get(of, 0) + 1
        self.count_of[of] = number
        requirement = f"requirement:{of.partition(':')[2]}.{number}"
        chance = self.chance
        self.requirements.append(
            Requirement(
                id=requirement,
                of=of,
                k=2 if len(met_by) > 2 and chance.happens(0.2) else 1,
                quantity=chance.known(Decimal(1 + chance.among(40)) / 4, 0.8),
                unit="piece",
                optional=chance.happens(0.02),
                **chance.fact(self.source_count),
            )
        )
        self.alternatives.extend(
            Alternative(
                requirement=requirement,
                component=component,
                efficiency=chance.one(EFFICIENCIES) if place else 1.0,
                switch_time_weeks=chance.known(float(1 + chance.among(26)), 0.7) if place else 0.0,
            )
            for place, component in enumerate(met_by)
        )


def needs_of_components(needs: Needs, tiers: Sequence[Sequence[Component]]) -> None:
    """Let components need those of the next tier, or now and then of the one below it, and close some loops."""
    chance = needs.chance
    filled = [tier for tier in tiers if tier]
    for place, tier in enumerate(filled[:-1]):
        for component in tier:
            for _ in range(chance.one(COUNTS)):
                skips = place + 2 < len(filled) and chance.happens(0.2)
                below = filled[place + 2 if skips else place + 1]
                chosen = chance.hubs(len(below), chance.one(CHOICES))
                needs.add(component.id, [below[number].id for number in chosen])
    _close_loops(needs, sum(len(tier) for tier in tiers))


def needs_of_deployments(needs: Needs, deployments: Sequence[Deployment], tiers: Sequence[Sequence[Component]]) -> None:
    """Let deployments need systems; the first one needs many."""
    chance = needs.chance
    systems = next(tier for tier in tiers if tier)
    for place, deployment in enumerate(deployments):
        for _ in range(min(len(systems), chance.one(SYSTEMS) if place else 4 * SYSTEMS[-1])):
            chosen = chance.hubs(len(systems), chance.one(CHOICES))
            needs.add(deployment.id, [systems[number].id for number in chosen])


def _close_loops(needs: Needs, component_count: int) -> None:
    """Let some inputs need, among others, what they go into, as chips are in the tools that make chips."""
    chance = needs.chance
    user_by_requirement = {requirement.id: requirement.of for requirement in needs.requirements}
    for _ in range(round(component_count * LOOPS_PER_COMPONENT)):
        forward, other = chance.one(needs.alternatives), chance.one(needs.alternatives)
        user, spare = user_by_requirement[forward.requirement], other.component
        met_by = dict.fromkeys((user, spare) if spare != forward.component else (user,))
        needs.add(forward.component, list(met_by))
        user_by_requirement[needs.requirements[-1].id] = forward.component
