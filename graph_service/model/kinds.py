"""The words of the model: kinds of nodes, their labels and id prefixes, and every enumeration of the contract."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of node. The value is the prefix of its ids: `nation:twn`."""

    NATION = "nation"
    BLOC = "bloc"
    COMPANY = "company"
    COMPONENT = "component"
    OFFER = "offer"
    REQUIREMENT = "requirement"
    PARTNERSHIP = "partnership"
    DEPLOYMENT = "deployment"
    SOURCE = "source"

    @property
    def label(self) -> str:
        """The label of its nodes in the store, which is also its GraphQL type."""
        return self.value.capitalize()


class InputKind(StrEnum):
    """What sort of input a component is (docs/semantics.md 4, 5, 35)."""

    CONSUMABLE = "CONSUMABLE"
    CAPITAL = "CAPITAL"
    LICENCE = "LICENCE"
    SOFTWARE = "SOFTWARE"
    SERVICE = "SERVICE"
    ASSEMBLY = "ASSEMBLY"


class DeploymentMode(StrEnum):
    """Where a deployment runs."""

    ON_PREMISE = "ON_PREMISE"
    HYBRID = "HYBRID"
    CLOUD = "CLOUD"
    EDGE = "EDGE"


class GdprTransfer(StrEnum):
    """The basis of GDPR chapter V on which personal data may go to a nation."""

    EU_EEA = "EU_EEA"
    ADEQUATE = "ADEQUATE"
    SAFEGUARDS = "SAFEGUARDS"
    NONE = "NONE"


class Level(StrEnum):
    """What stands or falls as one element (docs/semantics.md 11)."""

    COMPANY = "COMPANY"
    OWNER_GROUP = "OWNER_GROUP"
    NATION = "NATION"
    BLOC = "BLOC"
    COMPONENT = "COMPONENT"


class Capital(StrEnum):
    """Whether inputs of kind CAPITAL count as required (docs/semantics.md 4)."""

    REQUIRED = "REQUIRED"
    INSTALLED = "INSTALLED"


class Suppliers(StrEnum):
    """Whether lists of suppliers are taken as complete (docs/semantics.md 44)."""

    RECORDED = "RECORDED"
    OPEN = "OPEN"


class Answer(StrEnum):
    """The answer to a question of feasibility (docs/semantics.md 10)."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


class Candidates(StrEnum):
    """Whose offers a recommendation may add (docs/semantics.md 45)."""

    ANY = "ANY"
    NEAR = "NEAR"


class Objective(StrEnum):
    """What makes one supply solution better than another (docs/semantics.md 17)."""

    OFFERS = "OFFERS"
    LEAD_TIME = "LEAD_TIME"
    COST = "COST"
    RISK = "RISK"
    CONFIDENCE = "CONFIDENCE"


class Exactness(StrEnum):
    """How exact an answer is."""

    EXACT = "EXACT"
    BOUNDED = "BOUNDED"
    HEURISTIC = "HEURISTIC"


class Reallocation(StrEnum):
    """How what is left of a component is shared among its users (docs/semantics.md 22)."""

    PRO_RATA = "PRO_RATA"
    PERFECT = "PERFECT"


class ImpactStatus(StrEnum):
    """What a disruption does to a component or deployment (docs/semantics.md 23)."""

    AVAILABLE = "AVAILABLE"
    AT_RISK = "AT_RISK"
    DEGRADED = "DEGRADED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"


class Band(StrEnum):
    """How concentrated supply is, by the merger guidelines of the United States, 2023 (docs/semantics.md 29)."""

    UNCONCENTRATED = "UNCONCENTRATED"
    MODERATE = "MODERATE"
    HIGH = "HIGH"


class ChangeKind(StrEnum):
    """What happened to a fact between two dates (docs/semantics.md 37)."""

    ADDED = "ADDED"
    REMOVED = "REMOVED"
    CHANGED = "CHANGED"


class Relation(StrEnum):
    """A relation between two entities; network/entity_graph.py says which way each is walked (docs/semantics.md 38)."""

    SUPPLIES = "SUPPLIES"
    REQUIRES = "REQUIRES"
    VARIANT_OF = "VARIANT_OF"
    OWNED_BY = "OWNED_BY"
    HEADQUARTERED_IN = "HEADQUARTERED_IN"
    MADE_IN = "MADE_IN"
    LOCATED_IN = "LOCATED_IN"
    OPERATED_BY = "OPERATED_BY"
    PARTY_TO = "PARTY_TO"
    COVERS = "COVERS"
    ENABLES = "ENABLES"
    MEMBER_OF = "MEMBER_OF"


class Direction(StrEnum):
    """Which way relations are walked (docs/semantics.md 38)."""

    UPSTREAM = "UPSTREAM"
    DOWNSTREAM = "DOWNSTREAM"
    BOTH = "BOTH"
