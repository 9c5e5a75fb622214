"""Synthetic partnerships: their parties, what they cover, and the offers that some of them enable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graph_service.facts.rows import Coverage, Enabled, Partnership, Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_service.facts.rows import Bloc, Company, Component, Nation, Offer
    from graph_service.facts.synthetic.chance import Chance

KINDS: Final = ("agreement", "joint-development", "partnership", "investment")
STATUSES: Final = ("announced", "signed", "active")
ENABLING_SHARE: Final = 0.3


@dataclass(frozen=True, slots=True)
class Alliances:
    """Partnerships with all that belongs to them."""

    partnerships: list[Partnership] = field(default_factory=list[Partnership])
    parties: list[Party] = field(default_factory=list[Party])
    coverage: list[Coverage] = field(default_factory=list[Coverage])
    enables: list[Enabled] = field(default_factory=list[Enabled])


@dataclass(frozen=True, slots=True)
class Allies:
    """Who may be party to a partnership, and what it may be about."""

    nations: Sequence[Nation]
    companies: Sequence[Company]
    blocs: Sequence[Bloc]
    components: Sequence[Component]
    offers: Sequence[Offer]


def alliances(chance: Chance, allies: Allies, source_count: int) -> Alliances:
    """Make a partnership for every five hundred components, two at least."""
    made = Alliances()
    for number in range(max(2, len(allies.components) // 500)):
        name = f"partnership:alliance-{number + 1:04}"
        made.partnerships.append(
            Partnership(
                id=name,
                name=f"Alliance {number + 1}",
                kind=chance.one(KINDS),
                status=chance.one(STATUSES),
                signed_on=f"{2016 + chance.among(10)}-{1 + chance.among(12):02}",
                **chance.fact(source_count),
            )
        )
        made.parties.extend(Party(partnership=name, party=party) for party in _parties(chance, allies))
        covered = chance.hubs(len(allies.components), 1 + chance.among(4))
        made.coverage.extend(Coverage(partnership=name, component=allies.components[one].id) for one in covered)
        if allies.offers and chance.happens(ENABLING_SHARE):
            enabled = sorted({chance.among(len(allies.offers)) for _ in range(1 + chance.among(3))})
            made.enables.extend(Enabled(partnership=name, offer=allies.offers[one].id) for one in enabled)
    return made


def _parties(chance: Chance, allies: Allies) -> Sequence[str]:
    nations = chance.hubs(len(allies.nations), 2)
    companies = chance.hubs(len(allies.companies), chance.among(3))
    blocs = [chance.one(allies.blocs).id] if chance.happens(0.2) else []
    return [*[allies.nations[one].id for one in nations], *[allies.companies[one].id for one in companies], *blocs]
