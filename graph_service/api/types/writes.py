"""What mutations take and give. The fields of payloads are the attributes of the answers in api/writes.py."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from strawberry import ID, UNSET

from graph_service.api.scalars import PartialDateText
from graph_service.api.types.answers import AnyEntity, AnyOffer, AnyPartnership
from graph_service.api.types.fields import field, first_of

STAYS = "; left out: as recorded"


def _stays(description: str) -> Any:
    """Declare a value that stays as it is recorded where it is left out, and that null makes not known."""
    return strawberry.field(description=description + STAYS, default=UNSET)


@strawberry.input(description="One fact file as text.")
class BundleFile:
    name: str = field("The name of the fact file, such as offers.csv.")
    content: str = field("Its text: CSV with a header row.")


@strawberry.input(
    description="A document that states a fact. The same title, publisher, year and URL are the same source."
)
class SourceInput:
    title: str = field("Its title.")
    publisher: str | None = strawberry.field(description="Who published it.", default=UNSET)
    year: int | None = strawberry.field(description="The year of publication, 1900 to 2100.", default=UNSET)
    url: str | None = strawberry.field(description="Where it was found; http or https.", default=UNSET)
    licence: str | None = _stays("The licence of its data")


@strawberry.input(
    description="One company's supply of one component, made in one nation: these three tell offers apart."
    " What is left out stays as it is recorded; null makes it not known."
)
class OfferInput:
    company: ID = field("The id of the company.")
    component: ID = field("The id of the component.")
    nation: ID = field("The id of the nation of manufacture.")
    share_pct: float | None = _stays("Its share of the supply in percent, 0 to 100")
    share_basis: str | None = _stays("What the share is measured in")
    share_year: int | None = _stays("The year of the share")
    lead_time_weeks: float | None = _stays("Weeks from order to delivery")
    time_to_recover_weeks: float | None = _stays("Weeks until supply is back after a stop")
    inventory_weeks: float | None = _stays("Weeks that stocks last")
    capacity: Decimal | None = _stays("Units a week")
    capacity_unit: str | None = _stays("The unit of the capacity")
    unit_cost: Decimal | None = _stays("Cost of one unit")
    currency: str | None = _stays("The currency of the cost, ISO 4217")
    confidence: int = field("How sure the statement is, 0 to 100.")
    valid_from: date | None = _stays("The first day on which it holds; null is open")
    valid_to: date | None = _stays("The first day on which it no longer holds; null is open, also after a retraction")
    source: SourceInput = field("Who says so; takes the place of the sources on record.")


@strawberry.input(
    description="An agreement, told apart by its slug. What is left out stays as it is recorded; null makes it"
    " not known."
)
class PartnershipInput:
    slug: str = field("Its id without `partnership:`; lower-case letters, digits, hyphens.")
    name: str = field("The usual name.")
    aliases: list[str] | None = _stays("Other names, none with a semicolon")
    kind: str = field("What sort of agreement.")
    status: str = field("How far it is, such as announced, signed, ended.")
    signed_on: PartialDateText | None = _stays("When it was signed, as exactly as is known")
    goal: str | None = _stays("What it is for")
    parties: list[ID] = field("The ids of its parties, all of them: nations, companies, blocs. Roles on record stay.")
    covers: list[ID] = field("The ids of the components that it is about, all of them.")
    enables: list[ID] | None = _stays("The ids of the offers that exist through it, all of them")
    confidence: int = field("How sure the statement is, 0 to 100.")
    valid_from: date | None = _stays("The first day on which it holds; null is open")
    valid_to: date | None = _stays("The first day on which it no longer holds; null is open, also after a retraction")
    source: SourceInput = field("Who says so; takes the place of the sources on record.")


@strawberry.type(description="A rule that the input of a write breaks. Nothing is written then.")
class UserError:
    code: str = field("BAD_USER_INPUT, or NOT_FOUND for the id of something that is not recorded.")
    path: list[str] = field("Where: names of arguments and fields; of files also the line (from 1) and the column.")
    message: str = field("The value and the rule.")


@strawberry.type(description="What an import did, or, as a dry run, would do.")
class ImportReport:
    dry_run: bool = field("Whether nothing was written because nothing was to be.")
    created: int = field("How many records are new.")
    updated: int = field("How many records differ from what was recorded.")
    unchanged: int = field("How many records are as recorded.")
    rejected: int = field("How many rows break rules; if any does, nothing is written.")
    errors: list[UserError] = first_of("The rules that are broken, in the order of the files.", 100)
    single_points_added: list[AnyEntity] = field(
        "Companies and nations that alone can stop one more deployment than before. One that only the import would"
        " record shows the fields of its row."
    )
    single_points_removed: list[AnyEntity] = field(
        "Companies and nations that alone could stop a deployment, and no longer can."
    )
    data_version: str | None = field("The version of the data afterwards; null where rows were rejected.")


@strawberry.type(description="The offer as it is recorded now, or the rules that the input breaks.")
class OfferPayload:
    offer: AnyOffer | None = field("The offer; null where nothing was written.")
    errors: list[UserError] = field("The rules that are broken.")


@strawberry.type(description="The partnership as it is recorded now, or the rules that the input breaks.")
class PartnershipPayload:
    partnership: AnyPartnership | None = field("The partnership; null where nothing was written.")
    errors: list[UserError] = field("The rules that are broken.")


@strawberry.type(description="What was retracted, or the rules that the arguments break.")
class RetractPayload:
    id: ID | None = field("The id of the fact that ends; null where nothing was written.")
    errors: list[UserError] = field("The rules that are broken.")
