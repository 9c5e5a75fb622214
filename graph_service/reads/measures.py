"""What of the rows of a connection can be summed up, and by what they can be grouped.

Each is a property of the rows, or a pattern that leads to their groups: `{v}` is the row, `{m}` the node of the
group and `{r}` the relationship to it, as in reads/graph.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Scale(Enum):
    """What the values of a measure are: numbers, decimals of a stated unit, or texts that have an order only."""

    NUMBER = "number"
    DECIMAL = "decimal"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Measure:
    """A property that is summed up; `unit` is the property that says in what it is measured."""

    name: str
    scale: Scale = Scale.NUMBER
    unit: str | None = None

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions of Cypher that sum it up, in the order of their columns."""
        return FUNCTIONS[:3] if self.scale is Scale.TEXT else FUNCTIONS


FUNCTIONS: Final = ("count", "min", "max", "avg", "sum")


@dataclass(frozen=True, slots=True)
class Grouping:
    """What rows are grouped by: a node of one of these types, or else a property of the row or of a node.

    `meaning` describes it in the schema; `fact` says, as in reads/graph.py, which relationship must belong to the
    world.
    """

    meaning: str
    pattern: str | None = None
    types: tuple[str, ...] = ()
    name: str | None = None
    fact: str | None = None


def _numbers(*names: str) -> dict[str, Measure]:
    return {name: Measure(name) for name in names}


def _decimals(unit: str, *names: str) -> dict[str, Measure]:
    return {name: Measure(name, Scale.DECIMAL, unit) for name in names}


MEASURES: Final[Mapping[str, Mapping[str, Measure]]] = {
    "Nation": {},
    "Company": {},
    "Component": {},
    "Offer": {
        **_numbers("sharePct", "leadTimeWeeks", "timeToRecoverWeeks", "inventoryWeeks", "confidence"),
        **_decimals("capacityUnit", "capacity"),
        **_decimals("currency", "unitCost"),
    },
    "Partnership": {**_numbers("confidence"), "signedOn": Measure("signedOn", Scale.TEXT)},
    "Deployment": {
        **_numbers("tokensPerSecond", "confidence"),
        **_decimals("currency", "capex", "opexPerYear", "pricePerHour"),
    },
}
"""By type of rows and field of its aggregate, what is summed up; the number of rows always is."""

GROUPINGS: Final[Mapping[str, Mapping[str, Grouping]]] = {
    "Nation": {
        "REGION": Grouping("By part of the world.", name="region"),
        "GDPR_TRANSFER": Grouping("By transfer basis.", name="gdprTransfer"),
        "BLOC": Grouping(
            "By bloc; a nation counts in each of its own.",
            "({v})-[{r}:MEMBER_OF]->({m}:Bloc)",
            ("Bloc",),
            fact="{r}",
        ),
    },
    "Company": {
        "HEADQUARTERS": Grouping(
            "By nation of the headquarters.", "({v})-[:HEADQUARTERED_IN]->({m}:Nation)", ("Nation",)
        ),
        "KIND": Grouping("By kind.", name="kind"),
    },
    "Component": {
        "CATEGORY": Grouping("By category.", name="category"),
        "INPUT_KIND": Grouping("By what sort of input it is.", name="inputKind"),
    },
    "Offer": {
        "NATION": Grouping("By nation of manufacture.", "({v})-[:MADE_IN]->({m}:Nation)", ("Nation",)),
        "COMPANY": Grouping("By company, each alone.", "({v})<-[:OFFERS]-({m}:Company)", ("Company",)),
        "HEADQUARTERS": Grouping(
            "By nation of the company's headquarters.",
            "({v})<-[:OFFERS]-(:Company)-[:HEADQUARTERED_IN]->({m}:Nation)",
            ("Nation",),
        ),
        "COMPONENT": Grouping("By component.", "({v})-[:OF]->({m}:Component)", ("Component",)),
        "CATEGORY": Grouping("By category of the component.", "({v})-[:OF]->({m}:Component)", name="category"),
    },
    "Partnership": {
        "KIND": Grouping("By kind.", name="kind"),
        "STATUS": Grouping("By status.", name="status"),
        "PARTY": Grouping(
            "By party; a partnership counts in each of its own.",
            "({v})<-[:PARTY_TO]-({m})",
            ("Nation", "Company", "Bloc"),
        ),
        "NATION": Grouping(
            "By party that is a nation; a partnership counts in each of its own.",
            "({v})<-[:PARTY_TO]-({m}:Nation)",
            ("Nation",),
        ),
        "COMPONENT": Grouping(
            "By component covered; a partnership counts in each of its own.",
            "({v})-[:COVERS]->({m}:Component)",
            ("Component",),
        ),
    },
    "Deployment": {
        "MODE": Grouping("By where it runs.", name="mode"),
        "STATUS": Grouping("By status.", name="status"),
        "LOCATION": Grouping("By nation in which it stands.", "({v})-[:LOCATED_IN]->({m}:Nation)", ("Nation",)),
        "OPERATOR": Grouping("By company that runs it.", "({v})-[:OPERATED_BY]->({m}:Company)", ("Company",)),
    },
}
"""By type of rows and value of its enumeration, what they can be grouped by."""
