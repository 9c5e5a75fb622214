"""The inputs of a scenario: what is supposed for one analysis and never written."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import ID, UNSET


def _about(description: str, default: object = UNSET) -> Any:
    return strawberry.field(description=description, default=default)


def _list_of(description: str) -> Any:
    return strawberry.field(description=description, default_factory=list)


@strawberry.input(description="An offer that is supposed, with confidence 100 and no dates.")
class ScenarioOfferInput:
    id: ID | None = _about(
        "Its id, of company, component and nation unless given; one of the same id is replaced. Without a company or"
        " a nation it is needed."
    )
    company: ID | None = _about("Who supplies.")
    component: ID = strawberry.field(description="What is supplied.")
    nation: ID | None = _about("Where it is made.")
    share_pct: float | None = _about("Its share in percent, 0 to 100, of the basis that the component has.")
    lead_time_weeks: float | None = _about("Weeks from order to delivery.")


@strawberry.input(description="A requirement that is supposed, with confidence 100 and no dates.")
class ScenarioRequirementInput:
    id: ID | None = _about("Its id, requirement:scenario-1 and so on unless given; one of the same id is replaced.")
    of: ID = strawberry.field(description="The component or deployment that needs it.")
    any_of: list[ID] = strawberry.field(description="The components that meet it.")
    k: int | None = _about("How many of them are needed, 1 to all.", default=1)


@strawberry.input(description="A partnership that is supposed, with confidence 100 and no dates.")
class ScenarioPartnershipInput:
    id: ID | None = _about("Its id, partnership:scenario-1 and so on unless given; one of the same id is replaced.")
    name: str | None = _about("Its name; Scenario 1 and so on unless given.")
    parties: list[ID] = strawberry.field(description="Ids of nations, companies and blocs, at least one.")
    covers: list[ID] | None = _list_of("Ids of components that it is about.")
    enables: list[ScenarioOfferInput] | None = _list_of("Offers that it brings.")


@strawberry.input(description="Facts added to the world and taken out of it, for one analysis; never written.")
class ScenarioInput:
    add_offers: list[ScenarioOfferInput] | None = _list_of("Offers that are supposed.")
    add_requirements: list[ScenarioRequirementInput] | None = _list_of("Requirements that are supposed.")
    add_partnerships: list[ScenarioPartnershipInput] | None = _list_of("Partnerships that are supposed.")
    remove: list[ID] | None = _list_of(
        "Ids of offers, requirements, partnerships and deployments that are taken out of the record first. A removed"
        " partnership leaves the offers that it enables."
    )
