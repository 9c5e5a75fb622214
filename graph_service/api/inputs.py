"""The inputs of the contract: the world, exclusions and the keys of look-ups."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry
from strawberry import ID, UNSET

from graph_service.analysis.disrupted import stops
from graph_service.analysis.primitives import exclusions
from graph_service.api.scenario import ScenarioInput
from graph_service.model.kinds import Capital, Suppliers


def _about(description: str, default: object = UNSET) -> Any:
    return strawberry.field(description=description, default=default)


@strawberry.input(description="Which facts count. The same meaning for every read and every analysis.")
class WorldInput:
    as_of: date | None = _about("Facts with validFrom <= asOf < validTo; today (UTC) unless given.")
    all_dates: bool | None = _about("Drop the date filter; for reads only.", default=False)
    min_confidence: int | None = _about("Facts with at least this confidence, 0 to 100.", default=0)
    capital: Capital | None = _about("Whether machines count as required.", default=Capital.REQUIRED)
    suppliers: Suppliers | None = _about(
        "Whether lists of suppliers are taken as complete.", default=Suppliers.RECORDED
    )
    scenario: ScenarioInput | None = _about("Facts added and taken out; for analyses only.")


@strawberry.input(description="What a supply may not use: every offer made in, by or of these.")
class Exclusions:
    nations: list[ID] | None = strawberry.field(description="Ids of nations of manufacture.", default_factory=list)
    blocs: list[ID] | None = strawberry.field(description="Ids of blocs: all their members.", default_factory=list)
    companies: list[ID] | None = strawberry.field(description="Ids of companies, each alone.", default_factory=list)
    owner_groups: list[ID] | None = strawberry.field(
        description="Ids of companies: each with all that it controls.", default_factory=list
    )
    components: list[ID] | None = strawberry.field(
        description="Ids of components: their offers, and they themselves as alternatives.", default_factory=list
    )

    def to_exclusions(self) -> exclusions.Exclusions:
        """Give the analysis' own exclusions."""
        return exclusions.Exclusions(
            nations=tuple(self.nations or ()),
            blocs=tuple(self.blocs or ()),
            companies=tuple(self.companies or ()),
            owner_groups=tuple(self.owner_groups or ()),
            components=tuple(self.components or ()),
        )


@strawberry.input(description="A nation, bloc, company, component or offer that stops.")
class FailureInput:
    entity: ID = strawberry.field(description="Its id.")
    whole_group: bool | None = _about("With a company: all that it controls stops, too.", default=False)
    loss_pct: float | None = _about("The part that is lost, in percent, 0 to 100.", default=100.0)
    duration_weeks: float | None = _about("For how many weeks; stocks bridge some of them. For good unless given.")

    def to_stop(self) -> stops.Stop:
        """Give the analysis' own stop."""
        return stops.Stop(
            entity=str(self.entity),
            whole_group=bool(self.whole_group),
            loss_pct=100.0 if self.loss_pct is None else self.loss_pct,
            duration_weeks=None if self.duration_weeks is UNSET else self.duration_weeks,
        )


@strawberry.input(one_of=True, description="The key of a component: exactly one.")
class ComponentBy:
    id: ID | None = _about("Its id, such as component:hbm.")
    name: str | None = _about("Its exact name.")


@strawberry.input(one_of=True, description="The key of a company: exactly one.")
class CompanyBy:
    id: ID | None = _about("Its id, such as company:tsmc.")
    lei: str | None = _about("Its legal entity identifier (ISO 17442).")
    name: str | None = _about("Its exact name.")
