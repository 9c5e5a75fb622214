"""The tables of a network: one sequence per property, one entry per node, fact or relation.

Everything is addressed by small integers: nodes (components first, then deployments), companies, nations,
blocs, offers, requirements. Each numbering follows the order of ids, so sorted numbers are sorted ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from graph_service.model.kinds import DeploymentMode, GdprTransfer, InputKind

NONE = -1
"""Stands for "none" where a number is expected."""


@dataclass(frozen=True)
class Validity:
    """When facts hold and how sure they are; one entry per fact. Open ends are None."""

    confidence: Sequence[int]
    valid_from: Sequence[date | None]
    valid_to: Sequence[date | None]


@dataclass(frozen=True)
class Nodes:
    """Components, then deployments, each part sorted by id. A deployment has kind and category None."""

    id: Sequence[str]
    component_count: int
    input_kind: Sequence[InputKind | None]
    category: Sequence[str | None]
    offers_complete: Sequence[bool | None]
    needs_external_service: Sequence[bool | None]
    variant_of: Sequence[int]
    validity: Validity


@dataclass(frozen=True)
class Offers:
    """Offers, sorted by id. Weeks are calendar weeks; costs are in `currency`; shares in percent."""

    id: Sequence[str]
    component: Sequence[int]
    company: Sequence[int]
    nation: Sequence[int]
    share_pct: Sequence[float | None]
    share_basis: Sequence[str | None]
    share_year: Sequence[int | None]
    lead_time_weeks: Sequence[float | None]
    time_to_recover_weeks: Sequence[float | None]
    inventory_weeks: Sequence[float | None]
    capacity: Sequence[Decimal | None]
    unit_cost: Sequence[Decimal | None]
    currency: Sequence[str | None]
    validity: Validity


@dataclass(frozen=True)
class Requirements:
    """Requirements, sorted by id: `of` needs any `k` of `alternatives` (sorted node numbers).

    `efficiency` and `switch_time_weeks` run beside `alternatives`.
    """

    id: Sequence[str]
    of: Sequence[int]
    k: Sequence[int]
    quantity: Sequence[Decimal | None]
    optional: Sequence[bool]
    alternatives: Sequence[tuple[int, ...]]
    efficiency: Sequence[tuple[float, ...]]
    switch_time_weeks: Sequence[tuple[float | None, ...]]
    validity: Validity


@dataclass(frozen=True)
class Ownerships:
    """Who owns whom: company numbers and the percentage, None where it is not known."""

    company: Sequence[int]
    owner: Sequence[int]
    share_pct: Sequence[float | None]
    validity: Validity


@dataclass(frozen=True)
class Memberships:
    """Which nation belongs to which bloc, by number."""

    nation: Sequence[int]
    bloc: Sequence[int]
    validity: Validity


@dataclass(frozen=True)
class Partnerships:
    """Partnerships: the ids of their parties, sorted, the components they cover and the offers they enable."""

    id: Sequence[str]
    parties: Sequence[tuple[str, ...]]
    covers: Sequence[tuple[int, ...]]
    enables: Sequence[tuple[int, ...]]
    validity: Validity


@dataclass(frozen=True)
class Deployments:
    """What is known of deployments: the first entry is of the first node behind the components.

    `location` is a nation, `operator` a company. Costs are in `currency`, for all, for a year and for an hour.
    """

    location: Sequence[int]
    operator: Sequence[int]
    mode: Sequence[DeploymentMode]
    air_gapped: Sequence[bool | None]
    capex: Sequence[Decimal | None]
    opex_per_year: Sequence[Decimal | None]
    price_per_hour: Sequence[Decimal | None]
    currency: Sequence[str | None]
    tokens_per_second: Sequence[float | None]


@dataclass(frozen=True)
class Nations:
    """Nations, sorted by id, and the basis on which personal data may go there, with its dates where it has any."""

    id: Sequence[str]
    gdpr_transfer: Sequence[GdprTransfer]
    transfer_from: Sequence[date | None]
    transfer_to: Sequence[date | None]


@dataclass(frozen=True)
class Companies:
    """Companies, sorted by id, and the nation of each one's headquarters."""

    id: Sequence[str]
    headquarters: Sequence[int]
