"""The root fields that the store serves, and how each look-up finds its node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph_service.errors import BadInput
from graph_service.model.ids import is_id, kind_of
from graph_service.model.kinds import Kind
from graph_service.reads.graph import BY_NAME, LookUp, LookUps, Root, RootList, RootPage

if TYPE_CHECKING:
    from collections.abc import Mapping

Found = tuple[str, str, str] | None


def _node(arguments: Mapping[str, Any]) -> Found:
    node_id: str = arguments["id"]
    return (kind_of(node_id).label, "id", node_id) if is_id(node_id) else None


def _nation(arguments: Mapping[str, Any]) -> Found:
    """Take iso2, iso3 or id, any case (docs/semantics.md 41)."""
    iso: str = arguments["iso"]
    if is_id(iso.lower(), Kind.NATION):
        return "Nation", "id", iso.lower()
    match len(iso):
        case 2:
            return "Nation", "iso2", iso.upper()
        case 3:
            return "Nation", "iso3", iso.upper()
        case _:
            return None


def _by(kind: Kind) -> LookUp:
    """Take the one key of `by`: an id, or another property of the same name."""

    def find(arguments: Mapping[str, Any]) -> Found:
        given = {key: value for key, value in arguments["by"].items() if value is not None}
        if len(given) != 1:
            raise BadInput(f"by takes exactly one key, got {sorted(given) or 'none'}")
        ((key, value),) = given.items()
        return kind.label, key, value

    return LookUp(find)


def _by_id(kind: Kind) -> LookUp:
    return LookUp(lambda arguments: (kind.label, "id", arguments["id"]))


ROOTS: Final[Mapping[str, Root]] = {
    "node": LookUp(_node),
    "nodes": LookUps(),
    "nation": LookUp(_nation),
    "company": _by(Kind.COMPANY),
    "component": _by(Kind.COMPONENT),
    "partnership": _by_id(Kind.PARTNERSHIP),
    "deployment": _by_id(Kind.DEPLOYMENT),
    "nations": RootPage("Nation", ("name",)),
    "blocs": RootList("Bloc", BY_NAME),
    "companies": RootPage("Company", ("name",)),
    "components": RootPage("Component", ("name",)),
    "offers": RootPage("Offer", (), fact="{m}"),
    "partnerships": RootPage("Partnership", ("name",), fact="{m}"),
    "deployments": RootPage("Deployment", ("name",), fact="{m}"),
}
"""Root fields of Query that the store serves; every other root field has a resolver of its own."""
