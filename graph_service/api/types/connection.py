"""Keyset connections after the Relay specification, with the total."""

from __future__ import annotations

from typing import Final, Generic, TypeVar

import strawberry

from graph_service.api.types.fields import field

T = TypeVar("T")
PAGE: Final = "A page of a list that stays stable while data changes."


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = field("Whether rows follow.")
    has_previous_page: bool = field("Whether rows come before.")
    start_cursor: str | None = field("The cursor of the first row; null on an empty page.")
    end_cursor: str | None = field("The cursor of the last row; null on an empty page.")


@strawberry.type(description="A row of a page.")
class Edge(Generic[T]):
    cursor: str = field("Stands for this row; give it as `after` to go on behind it.")
    node: T = field("The row itself.")


@strawberry.type(description=PAGE)
class Connection(Generic[T]):
    edges: list[Edge[T]] = field("The rows with their cursors.")
    nodes: list[T] = field("The rows.")
    page_info: PageInfo = field("Where the page stands.")
    total_count: int = field("How many rows the whole list has.")
