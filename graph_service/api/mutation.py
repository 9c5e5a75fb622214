"""The root fields of Mutation: each states something, makes one call, answers with what is recorded now."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry
from strawberry import ID, UNSET

from graph_service.api.risk import Context
from graph_service.api.types import writes as types
from graph_service.api.types.fields import argument
from graph_service.api.writes import (
    OFFER_FIELDS,
    PARTNERSHIP_FIELDS,
    RETRACT_FIELDS,
    ImportReport,
    OfferPayload,
    PartnershipPayload,
    RetractPayload,
    broken_rules,
    import_bundle,
)
from graph_service.facts.statements import (
    PartnershipStatement,
    offer_draft,
    offer_id,
    partnership_draft,
    retraction_draft,
)
from graph_service.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTNERSHIP_LISTS = ("parties", "covers", "enables")


@strawberry.type(
    description="All writes. Each is kept whole or not at all, and changes nothing when it is repeated. They run one"
    " after the other and need an API key; a dry run needs what a read needs."
)
class Mutation:
    @strawberry.mutation(
        graphql_type=types.ImportReport,
        description="Check fact files, tell what they would change and which risks would appear or go, and import them"
        " unless it is a dry run.",
    )
    async def import_bundle(
        self,
        info: Context,
        files: Annotated[list[types.BundleFile], argument("Fact files; they may name what is recorded already.")],
        dry_run: Annotated[bool, argument("Whether nothing is written.")] = True,
    ) -> ImportReport:
        texts = [(file.name, file.content) for file in files]
        return await import_bundle(info.context.service, texts, dry_run=dry_run)

    @strawberry.mutation(graphql_type=types.OfferPayload, description="Record an offer, new or with other values.")
    async def upsert_offer(
        self, info: Context, input: Annotated[types.OfferInput, argument("What is stated.")]
    ) -> OfferPayload:
        given = _given(input)
        source = _given(given.pop("source"))
        errors = await broken_rules(info.context.service, offer_draft(given, source), OFFER_FIELDS)
        return OfferPayload(None if errors else offer_id(given), errors)

    @strawberry.mutation(
        graphql_type=types.PartnershipPayload, description="Record a partnership, new or with other values."
    )
    async def upsert_partnership(
        self, info: Context, input: Annotated[types.PartnershipInput, argument("What is stated.")]
    ) -> PartnershipPayload:
        given = _given(input)
        source, slug = _given(given.pop("source")), given.pop("slug")
        lists = {name: given.pop(name, None) for name in PARTNERSHIP_LISTS}
        name = f"{Kind.PARTNERSHIP}:{slug}"
        draft = partnership_draft(PartnershipStatement({**given, "id": name}, **lists), source)
        errors = await broken_rules(info.context.service, draft, PARTNERSHIP_FIELDS)
        return PartnershipPayload(None if errors else name, errors)

    @strawberry.mutation(
        graphql_type=types.RetractPayload,
        description="End an offer, a requirement, a partnership or a deployment. It stays on record as it was until"
        " then; the reason is the note of the source that it cites last.",
    )
    async def retract(
        self,
        info: Context,
        id: Annotated[ID, argument("The id of the fact.")],
        on: Annotated[date, argument("The first day on which it no longer holds.")],
        reason: Annotated[str, argument("Why, in 1 to 1,000 characters without a semicolon.")],
    ) -> RetractPayload:
        draft = retraction_draft(str(id), on, reason)
        errors = await broken_rules(info.context.service, draft, RETRACT_FIELDS)
        return RetractPayload(None if errors else str(id), errors)


def _given(stated: object) -> dict[str, Any]:
    """Give the values of an input by their columns, without what was left out."""
    given: Mapping[str, Any] = vars(stated)
    return {
        name: tuple(cast("list[str]", value)) if isinstance(value, list) else value
        for name, value in given.items()
        if value is not UNSET
    }
