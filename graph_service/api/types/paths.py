"""The answer to paths. Each field is the attribute of the same name of the answer in analysis/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph_service.api.types.answers import GRAPH, AnalysisMeta, AnyEntity
from graph_service.api.types.fields import field
from graph_service.model.kinds import Relation

if TYPE_CHECKING:
    from graph_service.api.types.graph import Fact

AnyFact = Annotated["Fact", GRAPH]


@strawberry.type(
    description="One step of a path. `fact` is the evidence: an offer, a requirement, a partnership, or null for a "
    "plain relation."
)
class Hop:
    from_: AnyEntity = strawberry.field(name="from", description="Where the step starts, in the order of the path.")
    relation: Relation = field("The relation, as it is recorded.")
    to: AnyEntity = field("Where the step ends.")
    is_upstream: bool = field("Whether it goes from what needs to what supplies, or to where and whom that belongs.")
    confidence: int | None = field("How sure the relation is; 100 for one that states nothing.")
    fact: AnyFact | None = field("The surest evidence; null for a plain relation.")


@strawberry.type(description="A path that meets no entity twice.")
class GraphPath:
    hops: list[Hop] = field("Its steps, from the start on.")
    length: int = field("How many steps it has.")
    confidence: int = field("The least confidence of its steps.")


@strawberry.type(description="The shortest paths between two entities (docs/semantics.md 38).")
class PathResult:
    paths: list[GraphPath] = field("Shortest first, then by the ids of their entities; no two have the same entities.")
    meta: AnalysisMeta = field("What was computed, and how.")
