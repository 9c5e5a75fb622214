"""The enumerations of the model as GraphQL enumerations, each value with its meaning."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

import strawberry

from graph_service.model.kinds import (
    Answer,
    Band,
    Candidates,
    Capital,
    ChangeKind,
    DeploymentMode,
    Direction,
    Exactness,
    ImpactStatus,
    InputKind,
    Kind,
    Level,
    Objective,
    Reallocation,
    Relation,
    Suppliers,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = TypeVar("Words", bound=StrEnum)


def _describe(enumeration: type[Words], description: str, meanings: Mapping[str, str]) -> None:
    """Register an enumeration with Strawberry; every value needs its meaning."""
    strawberry.enum(enumeration, description=description)
    definition: Any = vars(enumeration)["__strawberry_definition__"]
    for value in definition.values:
        value.description = meanings[value.name]


MEANINGS: Final[Mapping[type[StrEnum], tuple[str, Mapping[str, str]]]] = {
    Answer: (
        "The answer to a question of feasibility.",
        {
            "YES": "It holds even if everything unknown fails.",
            "NO": "It fails even if everything unknown works.",
            "UNKNOWN": "It depends on what nobody has recorded.",
        },
    ),
    Kind: (
        "A kind of node; the prefix of its ids.",
        {
            "NATION": "A state or territory, by ISO 3166-1 alpha-3.",
            "BLOC": "A group of nations: EU, NATO, Quad, Pax Silica.",
            "COMPANY": "A company or other organisation.",
            "COMPONENT": "A part, material, machine, licence, piece of software, service or assembly.",
            "OFFER": "One company's supply of one component, made in one nation.",
            "REQUIREMENT": "One input that a component or deployment needs.",
            "PARTNERSHIP": "An agreement between nations, companies or blocs.",
            "DEPLOYMENT": "An installation that runs AI: on premise, hybrid, cloud or edge.",
            "SOURCE": "A document that states facts.",
        },
    ),
    Level: (
        "What stands or falls as one element.",
        {
            "COMPANY": "Each company alone.",
            "OWNER_GROUP": "Each company together with all that it controls.",
            "NATION": "All that is made in one nation.",
            "BLOC": "All that is made in the members of one bloc.",
            "COMPONENT": "Each component but the target.",
        },
    ),
    InputKind: (
        "What sort of input a component is.",
        {
            "CONSUMABLE": "Used up or built in with each unit.",
            "CAPITAL": "A machine: it stops growth, not today's output.",
            "LICENCE": "A right to use something.",
            "SOFTWARE": "A program.",
            "SERVICE": "Work done by others.",
            "ASSEMBLY": "Put together by its user out of its requirements.",
        },
    ),
    DeploymentMode: (
        "Where a deployment runs.",
        {
            "ON_PREMISE": "In the operator's own rooms.",
            "HYBRID": "Partly in own rooms, partly in a cloud.",
            "CLOUD": "In a provider's cloud.",
            "EDGE": "On devices in the field.",
        },
    ),
    Capital: (
        "Whether machines count as required.",
        {
            "REQUIRED": "Capital counts like any other input: the long run, with growth and replacement.",
            "INSTALLED": "Requirements met by capital alone are ignored: what is installed keeps running.",
        },
    ),
    Suppliers: (
        "Whether recorded lists of suppliers are taken as complete.",
        {
            "RECORDED": "Lists are taken as they stand.",
            "OPEN": "The own supply of a component with an incomplete list never fails.",
        },
    ),
    Candidates: (
        "Whose offers a recommendation may add.",
        {
            "ANY": "Those of any company, or of a new one, made in any nation but home.",
            "NEAR": "Those of a new company, or of one that makes a variant of the component or something else of its "
            "category, in nations where such things are made.",
        },
    ),
    Objective: (
        "What makes one supply solution better than another; smaller is better, ties go to fewer offers, then ids.",
        {
            "OFFERS": "The number of offers.",
            "LEAD_TIME": "Fewest components of unknown lead time, then the critical lead time in weeks.",
            "COST": "The sum of quantity times unit cost, in one currency; unknown costs last.",
            "RISK": "The chance that one of the distinct companies fails, each with probability 0.1.",
            "CONFIDENCE": "The weakest fact, greatest first.",
        },
    ),
    Reallocation: (
        "How what is left of a component is shared among its users.",
        {
            "PRO_RATA": "Everybody gets the same part of what they got before.",
            "PERFECT": "What is left goes where it is needed most.",
        },
    ),
    ImpactStatus: (
        "What a disruption does to a component or deployment.",
        {
            "AVAILABLE": "Nothing is lost.",
            "AT_RISK": "Something may be lost, depending on shares that nobody recorded.",
            "DEGRADED": "Something is lost for certain.",
            "FAILED": "Nothing is left.",
            "UNKNOWN": "It has no recorded supply to lose.",
        },
    ),
    Band: (
        "How concentrated supply is, by the merger guidelines of the United States, 2023.",
        {
            "UNCONCENTRATED": "An index below 1,000.",
            "MODERATE": "An index from 1,000 to 1,800.",
            "HIGH": "An index above 1,800.",
        },
    ),
    ChangeKind: (
        "What happened to a fact between two dates.",
        {
            "ADDED": "It holds at the second date only.",
            "REMOVED": "It held at the first date only.",
            "CHANGED": "Something holds at both dates, but not the same.",
        },
    ),
    Exactness: (
        "How exact an answer is.",
        {
            "EXACT": "Exactly the definition.",
            "BOUNDED": "A bound of the definition, or cut by a stated limit.",
            "HEURISTIC": "An estimate from incomplete facts.",
        },
    ),
    Relation: (
        "A relation between two entities, named as it is recorded: a company SUPPLIES a component.",
        {
            "SUPPLIES": "A company and a component: an offer.",
            "REQUIRES": "A component or deployment and a component that may meet one of its requirements.",
            "VARIANT_OF": "A component and the one that it is a variant of.",
            "OWNED_BY": "A company and its owner.",
            "HEADQUARTERED_IN": "A company and the nation of its headquarters.",
            "MADE_IN": "A component and a nation in which it is made: an offer.",
            "LOCATED_IN": "A deployment and the nation in which it stands.",
            "OPERATED_BY": "A deployment and the company that runs it.",
            "PARTY_TO": "A nation, company or bloc and a partnership.",
            "COVERS": "A partnership and a component that it is about.",
            "ENABLES": "A partnership and a component of which it makes an offer possible.",
            "MEMBER_OF": "A nation and a bloc.",
        },
    ),
    Direction: (
        "Which way relations are walked.",
        {
            "UPSTREAM": "From what needs to what supplies, and on to where and to whom that belongs.",
            "DOWNSTREAM": "The other way.",
            "BOTH": "Either way at each hop.",
        },
    ),
}

for _enumeration, (_description, _meanings) in MEANINGS.items():
    _describe(_enumeration, _description, _meanings)
