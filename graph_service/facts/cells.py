"""How a cell of a fact file is written: one type for each sort of value (docs/semantics.md 43, 46)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, PlainValidator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from graph_service.model.ids import SLUG, is_id
from graph_service.model.kinds import DeploymentMode, GdprTransfer, InputKind, Kind

NUMBER: Final = r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"
PLAIN_NUMBER: Final = r"^[0-9]+(?:\.[0-9]+)?$"
DOTTED_KINDS: Final = (Kind.OFFER, Kind.REQUIREMENT)


class Written:
    """How a value is written: the pattern of its text, held before it is converted, and the rule in words."""

    def __init__(self, pattern: str, rule: str) -> None:
        self.pattern = pattern
        self.rule = rule

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.chain_schema([core_schema.str_schema(pattern=self.pattern), handler(source)])


class Names(Written):
    """The value is the whole id of a thing of one of these kinds; `own` where it is the id of the row itself."""

    def __init__(self, *kinds: Kind, own: bool = False) -> None:
        self.kinds = kinds
        self.own = own
        forms = [rf"{kind}:{SLUG}(?:\.{SLUG})*" if kind in DOTTED_KINDS else f"{kind}:{SLUG}" for kind in kinds]
        wanted = " or ".join(f"{kind}:slug" for kind in kinds)
        super().__init__(f"^(?:{'|'.join(forms)})$", f"must be {wanted}, a slug of lower-case letters, digits, hyphens")


class OneOf(Written):
    """The value is one of the words of an enumeration."""

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__(f"^(?:{'|'.join(words)})$", f"must be one of {', '.join(words)}")


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that states a fact, and what to look for in it."""

    source: str
    note: str | None = None


def _split(cell: object) -> list[str]:
    return [item for item in (part.strip() for part in str(cell).split(";")) if item]


def _aliases(cell: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_split(cell)))


@lru_cache(maxsize=10_000)
def _citations(cell: object) -> tuple[Citation, ...]:
    """Read the citations of a cell; many rows cite the same, so that they share one value."""
    return tuple(_citation(item) for item in _split(cell))


def _citation(item: str) -> Citation:
    source, _, note = item.partition("|")
    source = source.strip()
    if not is_id(source, Kind.SOURCE):
        rule = "must be source:slug or source:slug|note, {item} is not (a semicolon ends a note)"
        raise PydanticCustomError("citation", rule, {"item": repr(item)})
    return Citation(source, note.strip() or None)


def _existing_date(text: str) -> str:
    if len(text) == len("YYYY-MM-DD"):
        date.fromisoformat(text)
    return text


@lru_cache(maxsize=10_000)
def shared_text(text: str) -> str:
    """Give the object that stood for an equal text before: a million rows hold few different ones."""
    return text


@lru_cache(maxsize=10_000, typed=True)
def _shared(value: object) -> object:
    """Give the object that stood for an equal value of the same type before."""
    return value


_PARTIAL_DATE: Final = "^(?:19[0-9]{2}|20[0-9]{2}|2100)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$"

SourceId = Annotated[str, Names(Kind.SOURCE, own=True)]
NationId = Annotated[str, Names(Kind.NATION, own=True)]
BlocId = Annotated[str, Names(Kind.BLOC, own=True)]
CompanyId = Annotated[str, Names(Kind.COMPANY, own=True)]
ComponentId = Annotated[str, Names(Kind.COMPONENT, own=True)]
OfferId = Annotated[str, Names(Kind.OFFER, own=True)]
RequirementId = Annotated[str, Names(Kind.REQUIREMENT, own=True)]
PartnershipId = Annotated[str, Names(Kind.PARTNERSHIP, own=True)]
DeploymentId = Annotated[str, Names(Kind.DEPLOYMENT, own=True)]

ANation = Annotated[str, Names(Kind.NATION)]
ABloc = Annotated[str, Names(Kind.BLOC)]
ACompany = Annotated[str, Names(Kind.COMPANY)]
AComponent = Annotated[str, Names(Kind.COMPONENT)]
AnOffer = Annotated[str, Names(Kind.OFFER)]
ARequirement = Annotated[str, Names(Kind.REQUIREMENT)]
APartnership = Annotated[str, Names(Kind.PARTNERSHIP)]
AnOwner = Annotated[str, Names(Kind.COMPONENT, Kind.DEPLOYMENT)]
AParty = Annotated[str, Names(Kind.NATION, Kind.COMPANY, Kind.BLOC)]

SHARED: Final = AfterValidator(_shared)

Percent = Annotated[float, Field(ge=0, le=100), SHARED, Written(NUMBER, "must be 0 to 100")]
Confidence = Annotated[int, Field(ge=0, le=100), Written("^[0-9]{1,3}$", "must be a whole number from 0 to 100")]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False), SHARED, Written(NUMBER, "must be a number, 0 or more")]
Efficiency = Annotated[float, Field(gt=0, le=1), SHARED, Written(NUMBER, "must be above 0 and at most 1")]
Count = Annotated[int, Field(ge=1), Written("^[0-9]{1,9}$", "must be a whole number, 1 or more")]
Year = Annotated[int, Field(ge=1900, le=2100), SHARED, Written("^[0-9]{4}$", "must be a year from 1900 to 2100")]
Exact = Annotated[
    Decimal,
    Field(max_digits=15),
    SHARED,
    Written(PLAIN_NUMBER, "must be a decimal of at most 15 digits, 0 or more"),
]
Day = Annotated[
    date,
    Field(ge=date(1900, 1, 1), le=date(2100, 12, 31)),
    SHARED,
    Written("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "must be a date that exists, YYYY-MM-DD, from 1900 to 2100"),
]
PartialDay = Annotated[
    str,
    AfterValidator(_existing_date),
    Written(_PARTIAL_DATE, "must be YYYY, YYYY-MM or YYYY-MM-DD, from 1900 to 2100"),
]
Flag = Annotated[bool, Written("^(?:true|false)$", "must be true or false")]
Currency = Annotated[str, Written("^[A-Z]{3}$", "must be a currency of ISO 4217, such as EUR")]
Iso2 = Annotated[str, Written("^[A-Z]{2}$", "must be two capital letters of ISO 3166-1")]
Iso3 = Annotated[str, Written("^[A-Z]{3}$", "must be three capital letters of ISO 3166-1")]
Lei = Annotated[str, Written("^[A-Z0-9]{18}[0-9]{2}$", "must be a legal entity identifier of 20 characters")]
Url = Annotated[str, Written(r"^https?://[^\s/][^\s]*$", "must start with http:// or https:// and hold no space")]

GdprTransferWord = Annotated[GdprTransfer, OneOf(GdprTransfer)]
InputKindWord = Annotated[InputKind, OneOf(InputKind)]
ModeWord = Annotated[DeploymentMode, OneOf(DeploymentMode)]

Aliases = Annotated[tuple[str, ...], PlainValidator(_aliases)]
Citations = Annotated[tuple[Citation, ...], PlainValidator(_citations)]
