"""The answers about changes and about the quality of what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph_service.api.types import fields
from graph_service.api.types.answers import GRAPH, AnyEntity
from graph_service.model.kinds import ChangeKind

if TYPE_CHECKING:
    from graph_service.api.types.graph import Node

AnyNode = Annotated["Node", GRAPH]


@strawberry.type(description="A fact that one date has and the other has not, or a thing that reads differently.")
class Change:
    change: ChangeKind = fields.field("What happened.")
    entity: AnyNode = fields.field("The fact; of CHANGED facts the first one after; of a field, whose it is.")
    field: str | None = fields.field("The field that changed: `blocs` of a nation or `owner` of a company; else null.")
    before: str | None = fields.field("Of CHANGED: the ids before, joined by `;`; null for none.")
    after: str | None = fields.field("Of CHANGED: the ids after, joined by `;`; null for none.")


@strawberry.type(description="What changed between two dates (docs/semantics.md 37).")
class Diff:
    changes: list[Change] = fields.first_of("By id of the entity, then by field.", 100)
    total_count: int = fields.field("How many changes there are in all.")
    single_points_added: list[AnyEntity] = fields.field(
        "Companies and nations that stop the target alone since then, by id."
    )
    single_points_removed: list[AnyEntity] = fields.field("Companies and nations that no longer do, by id.")


@strawberry.type(description="What facts that break no rule leave to be desired.")
class QualityIssue:
    rule: str = fields.field("The rule, such as shares-above-100 or no-sources.")
    severity: str = fields.field("HIGH makes answers wrong, MEDIUM incomplete, LOW less sure.")
    entity: AnyNode | None = fields.field("What it is about; of a membership or ownership, whose it is.")
    message: str = fields.field("What is to be desired.")
