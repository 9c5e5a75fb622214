"""The scenario of a world: its arguments checked, and every added fact given an id (docs/semantics.md 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph_service.errors import BadInput, LimitExceeded
from graph_service.model.ids import default_offer_id, is_id, kind_of
from graph_service.model.kinds import Kind
from graph_service.model.scenario import (
    THINGS_MAX,
    AddedOffer,
    AddedPartnership,
    AddedRequirement,
    Scenario,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Given = Mapping[str, Any]


def scenario_of(given: Given) -> Scenario | None:
    """Read a scenario; None where it changes nothing.

    A requirement or partnership without an id is called by its place, such as `partnership:scenario-1`. Whether what
    it names is recorded, the network tells (network/scenario.py).
    """
    named = _things(given)
    if named > THINGS_MAX:
        raise LimitExceeded(f"a scenario must name at most {THINGS_MAX:,} ids, got {named:,}")
    scenario = Scenario(
        offers=tuple(_offer(offer) for offer in given.get("addOffers") or ()),
        requirements=tuple(
            _requirement(place, requirement) for place, requirement in enumerate(given.get("addRequirements") or (), 1)
        ),
        partnerships=tuple(
            _partnership(place, partnership) for place, partnership in enumerate(given.get("addPartnerships") or (), 1)
        ),
        remove=tuple(sorted({str(name) for name in given.get("remove") or ()})),
    )
    _refuse_repeated("addOffers and enables", [offer.id for offer in scenario.all_offers])
    _refuse_repeated("addRequirements", [requirement.id for requirement in scenario.requirements])
    _refuse_repeated("addPartnerships", [partnership.id for partnership in scenario.partnerships])
    return None if scenario == Scenario() else scenario


def _things(given: Given) -> int:
    """Count the facts and ids that a scenario names."""
    partnerships: Sequence[Given] = given.get("addPartnerships") or ()
    lists: list[Sequence[Any]] = [given.get("addOffers") or (), partnerships, given.get("remove") or ()]
    lists += [requirement["anyOf"] for requirement in given.get("addRequirements") or ()]
    lists += [partnership.get(part) or () for partnership in partnerships for part in ("parties", "covers", "enables")]
    return sum(map(len, lists))


def _offer(given: Given) -> AddedOffer:
    component, company, nation = given["component"], given.get("company"), given.get("nation")
    share, lead = given.get("sharePct"), given.get("leadTimeWeeks")
    for named in (component, company, nation):
        if named is not None:
            kind_of(named)
    name = _value(given, "id", default_offer_id(component, company, nation))
    if name is None:
        raise BadInput(f"an added offer without a company or a nation needs an id, got one of {component} without")
    if not is_id(name, Kind.OFFER):
        raise BadInput(f"the id of an added offer must be offer:slug, got {name!r}")
    if share is not None and not 0 <= share <= 100:
        raise BadInput(f"sharePct of {name} must be 0 to 100, got {share:g}")
    if lead is not None and lead < 0:
        raise BadInput(f"leadTimeWeeks of {name} must not be below 0, got {lead:g}")
    return AddedOffer(name, component, company, nation, share, lead)


def _requirement(place: int, given: Given) -> AddedRequirement:
    name = _value(given, "id", f"{Kind.REQUIREMENT}:scenario-{place}")
    any_of: Sequence[str] = given["anyOf"]
    k = _value(given, "k", 1)
    if not is_id(name, Kind.REQUIREMENT):
        raise BadInput(f"the id of an added requirement must be requirement:slug, got {name!r}")
    _refuse_repeated(f"anyOf of {name}", any_of)
    if not 1 <= k <= len(any_of):
        raise BadInput(f"k of {name} must be 1 to the {len(any_of)} components of anyOf, got {k}")
    return AddedRequirement(name, given["of"], tuple(sorted(any_of)), k)


def _partnership(place: int, given: Given) -> AddedPartnership:
    name = _value(given, "id", f"{Kind.PARTNERSHIP}:scenario-{place}")
    parties: Sequence[str] = given["parties"]
    if not is_id(name, Kind.PARTNERSHIP):
        raise BadInput(f"the id of an added partnership must be partnership:slug, got {name!r}")
    if not parties:
        raise BadInput(f"parties of {name} must name at least one nation, company or bloc, got none")
    _refuse_repeated(f"parties of {name}", parties)
    _refuse_repeated(f"covers of {name}", given.get("covers") or ())
    return AddedPartnership(
        id=name,
        name=_value(given, "name", f"Scenario {place}"),
        parties=tuple(sorted(parties)),
        covers=tuple(sorted(given.get("covers") or ())),
        enables=tuple(_offer(offer) for offer in given.get("enables") or ()),
    )


def _value(given: Given, key: str, default: Any) -> Any:
    return default if given.get(key) is None else given[key]


def _refuse_repeated(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadInput(f"{what} must name each id once, got {name} twice")
        seen.add(name)
