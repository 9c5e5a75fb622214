"""Mutations as tests ask them: an offer and a partnership that are accepted, and what is asked back."""

from typing import Any

from graph_service.api.context import Service
from tests.api.asking import data

OFFER = """mutation($input: OfferInput!) { upsertOffer(input: $input) {
  offer {
    id sharePct leadTimeWeeks capacity confidence validFrom validTo
    company { name } component { name } nation { name } sources { note source { id title publisher year } }
  }
  errors { code path message }
} }"""
PARTNERSHIP = """mutation($input: PartnershipInput!) { upsertPartnership(input: $input) {
  partnership {
    id name kind status signedOn goal aliases confidence
    parties { role party { ... on Node { id } } } covers { id } enables { id } sources { source { title } }
  }
  errors { code path message }
} }"""
RETRACT = """mutation($id: ID!, $on: Date!, $reason: String!) {
  retract(id: $id, on: $on, reason: $reason) { id errors { code path message } }
}"""
WAFERS: dict[str, Any] = {
    "company": "company:faba",
    "component": "component:gpu",
    "nation": "nation:kor",
    "sharePct": 12.5,
    "confidence": 70,
    "source": {"title": "Halbleiter-Überblick", "publisher": "Amt", "year": 2026},
}
PACT: dict[str, Any] = {
    "slug": "chip-pact",
    "name": "Chip Pact",
    "kind": "research",
    "status": "signed",
    "signedOn": "2026-05",
    "parties": ["nation:twn", "company:faba"],
    "covers": ["component:gpu"],
    "confidence": 80,
    "source": {"title": "Treaty text"},
}


async def upserted(service: Service, **changed: Any) -> dict[str, Any]:
    """State the offer, but for what is `changed`; give the payload."""
    return (await data(service, OFFER, input={**WAFERS, **changed}))["upsertOffer"]
