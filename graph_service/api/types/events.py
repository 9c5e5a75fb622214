"""What subscriptions tell. Each field is the attribute of the same name of an event in api/events.py."""

from __future__ import annotations

from datetime import datetime

import strawberry

from graph_service.api.types.answers import AnyEntity
from graph_service.api.types.fields import field
from graph_service.model.kinds import Kind


@strawberry.type(description="The facts have changed. Changes that come faster than they are taken are told as one.")
class GraphChange:
    data_version: str = field("The version of the data now.")
    changed: list[Kind] = field("The kinds of things that look different, among those asked for.")
    at: datetime = field("When the last of it was written, in UTC.")


@strawberry.type(description="A risk of a target has appeared, gone or changed.")
class RiskAlert:
    target: AnyEntity = field("The component or deployment that is watched.")
    rule: str = field("SINGLE_POINT_ADDED, SINGLE_POINT_REMOVED or HHI_BAND_CHANGED.")
    before: str | None = field(
        "How it stood: the id of the single point that is gone, or a component with its band; null where nothing was."
    )
    after: str | None = field(
        "How it stands: the id of the new single point, or a component with its band; null where nothing is."
    )
    data_version: str = field("The version of the data that it was found in.")
    at: datetime = field("When that was written, in UTC; or when a date came that a fact begins or ends on.")
