"""What all rows of a connection come to, and by what they are grouped. What it means: reads/measures.py."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry
from strawberry import UNSET

from graph_service.api.filters import SortDirection
from graph_service.api.scalars import PartialDateText
from graph_service.api.types.fields import argument, field
from graph_service.reads.measures import GROUPINGS

if TYPE_CHECKING:
    from graph_service.api.types.graph import Entity

AnyEntity = Annotated["Entity", strawberry.lazy("graph_service.api.types.graph")]

ROWS = "How many rows."
KNOWN = "How many rows have a known value."
LEAST = "The least known value; null where none is known."
GREATEST = "The greatest known value; null where none is known."
MEAN = "The mean of the known values; null where none is known."
SUM = "The sum of the known values; null where none is known."
ALL = "What all rows come to that `where` selects, not only those of the page."
OF_GROUP = "What the rows of the group come to."
GROUP = "The nation, company, component or other entity; null for rows without one, and for groups by a value."
VALUE = "The value, as text; null for rows without one, and for groups by an entity."
BY = "What the rows have in common."
ORDER_BY = "By which figures, the first one first; most rows first, unless given. Ties: by id or value."
GROUPS_FIRST = "How many groups, 0 to 1,000."
GROUPS = "The same rows in groups, and what each group comes to: who has the most?"
UNKNOWN_LAST = "One key of an order of groups; a figure that is not known comes last either way."


def groups(where_by: Any, order: Any) -> Any:
    """Declare the groups of a connection; rows serve them (reads/aggregates.py)."""

    def served(by: Any, order_by: Any = UNSET, first: Any = 20):
        raise AssertionError(f"groups {by, order_by, first} are served from rows, not by a resolver")

    served.__annotations__ = {
        "by": Annotated[where_by, argument(BY)],
        "order_by": Annotated[list[order] | None, argument(ORDER_BY)],
        "first": Annotated[int | None, argument(GROUPS_FIRST)],
    }
    return strawberry.field(resolver=cast("Any", served), description=GROUPS)


def _by(typename: str, plural: str) -> Any:
    """Make the enumeration of what rows of a type can be grouped by."""
    found: Any = Enum(f"{typename}Group", {name: name for name in GROUPINGS[typename]})
    made: Any = strawberry.enum(found, description=f"What groups of {plural} have in common.")
    for value in made.__strawberry_definition__.values:
        value.description = GROUPINGS[typename][value.name].meaning
    return made


NationGroup: Any = _by("Nation", "nations")
CompanyGroup: Any = _by("Company", "companies")
ComponentGroup: Any = _by("Component", "components")
OfferGroup: Any = _by("Offer", "offers")
PartnershipGroup: Any = _by("Partnership", "partnerships")
DeploymentGroup: Any = _by("Deployment", "deployments")


@strawberry.type(description="What whole numbers come to.")
class IntAggregate:
    count: int = field(KNOWN)
    min: int | None = field(LEAST)
    max: int | None = field(GREATEST)
    avg: float | None = field(MEAN)
    sum: int | None = field(SUM)


@strawberry.type(description="What numbers come to; mean and sum are rounded to 12 digits.")
class FloatAggregate:
    count: int = field(KNOWN)
    min: float | None = field(LEAST)
    max: float | None = field(GREATEST)
    avg: float | None = field(MEAN)
    sum: float | None = field(SUM)


@strawberry.type(
    description="What decimals come to; mean and sum are rounded to 12 digits. All but `count` is null where they are "
    "measured in different units."
)
class DecimalAggregate:
    count: int = field(KNOWN)
    unit: str | None = field("The unit or currency that they share; null where they differ or it is not known.")
    min: Decimal | None = field(LEAST)
    max: Decimal | None = field(GREATEST)
    avg: Decimal | None = field(MEAN)
    sum: Decimal | None = field(SUM)


@strawberry.type(description="What partial dates come to; compared as text, so 2024 comes before 2024-05.")
class PartialDateAggregate:
    count: int = field(KNOWN)
    min: PartialDateText | None = field("The earliest; null where none is known.")
    max: PartialDateText | None = field("The latest; null where none is known.")


@strawberry.type(description="What nations come to.")
class NationAggregate:
    count: int = field(ROWS)


@strawberry.type(description="What companies come to.")
class CompanyAggregate:
    count: int = field(ROWS)


@strawberry.type(description="What components come to.")
class ComponentAggregate:
    count: int = field(ROWS)


@strawberry.type(description="What offers come to.")
class OfferAggregate:
    count: int = field(ROWS)
    share_pct: FloatAggregate = field("Shares in percent; of several components or bases, they do not add up to 100.")
    lead_time_weeks: FloatAggregate = field("Lead times in weeks.")
    time_to_recover_weeks: FloatAggregate = field("Weeks until supply resumes after a stop.")
    inventory_weeks: FloatAggregate = field("Weeks that stocks last.")
    capacity: DecimalAggregate = field("Greatest outputs per week.")
    unit_cost: DecimalAggregate = field("Costs of one unit.")
    confidence: IntAggregate = field("How sure they are.")


@strawberry.type(description="What partnerships come to.")
class PartnershipAggregate:
    count: int = field(ROWS)
    confidence: IntAggregate = field("How sure they are.")
    signed_on: PartialDateAggregate = field("When they were signed.")


@strawberry.type(description="What deployments come to.")
class DeploymentAggregate:
    count: int = field(ROWS)
    tokens_per_second: FloatAggregate = field("Throughputs of inference.")
    capex: DecimalAggregate = field("Costs to build.")
    opex_per_year: DecimalAggregate = field("Costs to run, per year.")
    price_per_hour: DecimalAggregate = field("Prices of a cloud, per hour.")
    confidence: IntAggregate = field("How sure they are.")


@strawberry.type(description="Nations that have something in common.")
class NationGroupRow:
    group: AnyEntity | None = field(GROUP)
    value: str | None = field(VALUE)
    aggregate: NationAggregate = field(OF_GROUP)


@strawberry.type(description="Companies that have something in common.")
class CompanyGroupRow:
    group: AnyEntity | None = field(GROUP)
    value: str | None = field(VALUE)
    aggregate: CompanyAggregate = field(OF_GROUP)


@strawberry.type(description="Components that have something in common.")
class ComponentGroupRow:
    group: AnyEntity | None = field(GROUP)
    value: str | None = field(VALUE)
    aggregate: ComponentAggregate = field(OF_GROUP)


@strawberry.type(description="Offers that have something in common.")
class OfferGroupRow:
    group: AnyEntity | None = field(GROUP)
    value: str | None = field(VALUE)
    aggregate: OfferAggregate = field(OF_GROUP)


@strawberry.type(description="Partnerships that have something in common.")
class PartnershipGroupRow:
    group: AnyEntity | None = field(GROUP)
    value: str | None = field(VALUE)
    aggregate: PartnershipAggregate = field(OF_GROUP)


@strawberry.type(description="Deployments that have something in common.")
class DeploymentGroupRow:
    group: AnyEntity | None = field(GROUP)
    value: str | None = field(VALUE)
    aggregate: DeploymentAggregate = field(OF_GROUP)


def _figure(description: str) -> Any:
    return strawberry.field(description=description, default=UNSET)


@strawberry.input(one_of=True, description="The figure of a measure that orders groups.")
class FigureOrder:
    count: SortDirection | None = _figure("By how many values are known.")
    min: SortDirection | None = _figure("By the least.")
    max: SortDirection | None = _figure("By the greatest.")
    avg: SortDirection | None = _figure("By the mean.")
    sum: SortDirection | None = _figure("By the sum.")


@strawberry.input(one_of=True, description="The figure of dates that orders groups.")
class DateFigureOrder:
    count: SortDirection | None = _figure("By how many are known.")
    min: SortDirection | None = _figure("By the earliest.")
    max: SortDirection | None = _figure("By the latest.")


@strawberry.input(one_of=True, description=UNKNOWN_LAST)
class CountOrder:
    count: SortDirection | None = _figure("By the number of rows.")


@strawberry.input(one_of=True, description=UNKNOWN_LAST)
class OfferGroupOrder:
    count: SortDirection | None = _figure("By the number of offers.")
    share_pct: FigureOrder | None = _figure("By their shares.")
    lead_time_weeks: FigureOrder | None = _figure("By their lead times.")
    time_to_recover_weeks: FigureOrder | None = _figure("By how long they take to recover.")
    inventory_weeks: FigureOrder | None = _figure("By their stocks.")
    confidence: FigureOrder | None = _figure("By how sure they are.")


@strawberry.input(one_of=True, description=UNKNOWN_LAST)
class PartnershipGroupOrder:
    count: SortDirection | None = _figure("By the number of partnerships.")
    confidence: FigureOrder | None = _figure("By how sure they are.")
    signed_on: DateFigureOrder | None = _figure("By when they were signed.")


@strawberry.input(one_of=True, description=UNKNOWN_LAST)
class DeploymentGroupOrder:
    count: SortDirection | None = _figure("By the number of deployments.")
    tokens_per_second: FigureOrder | None = _figure("By their throughputs.")
    confidence: FigureOrder | None = _figure("By how sure they are.")
