"""Columns: what the statements of cypher/network give becomes columns of the tables, chunk by chunk."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np

from graph_service.model.kinds import DeploymentMode, GdprTransfer, InputKind
from graph_service.network.interning import Interned
from graph_service.network.tables import (
    NONE,
    Companies,
    Deployments,
    Memberships,
    Nations,
    Nodes,
    Offers,
    Ownerships,
    Partnerships,
    Requirements,
    Validity,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Columns = Sequence[Sequence[Any]]

Key: TypeAlias = int | str
"""What the statements of one load name a node by: its number in the database, its id where an engine tells none."""

Table = TypeVar("Table", Offers, Requirements, Validity)


class Numbers(dict[Any, int]):
    """The number of each id and of each key; NONE where none is stated, or where a writer adds it during the load."""

    def __init__(self, ids: Iterable[str], keys: Iterable[Key] = ()) -> None:
        super().__init__(zip(ids, count()))
        self.update(zip(keys, count()))

    def __missing__(self, name: Any) -> int:
        return NONE

    def of(self, names: Iterable[Any]) -> list[int]:
        """Give the number of each of these."""
        return list(map(self.__getitem__, names))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _decimal(value: float) -> Decimal | None:
    """Give a decimal back as it was stated: the store keeps at most 15 digits, which a float holds exactly."""
    return None if value < 0 else Decimal(repr(value))


def _measure(value: float) -> float | None:
    return None if value < 0 else value


def _year(value: int) -> int | None:
    return None if value < 0 else value


def _word(text: str) -> str | None:
    return text or None


def _truth(value: int) -> bool | None:
    return None if value < 0 else bool(value)


def _itself(value: tuple[Any, ...]) -> tuple[Any, ...]:
    return value


@dataclass(frozen=True, slots=True)
class Conversion:
    """Makes the tables of one load; equal values are one object in all its columns and chunks."""

    dates: Interned[str, date | None] = field(default_factory=lambda: Interned(_date))
    decimals: Interned[float, Decimal | None] = field(default_factory=lambda: Interned(_decimal))
    measures: Interned[float, float | None] = field(default_factory=lambda: Interned(_measure))
    years: Interned[int, int | None] = field(default_factory=lambda: Interned(_year))
    words: Interned[str, str | None] = field(default_factory=lambda: Interned(_word))
    tuples: Interned[tuple[Any, ...], tuple[Any, ...]] = field(default_factory=lambda: Interned(_itself))

    def nations(self, columns: Columns) -> Nations:
        """Make the nations; the record knows no dates of transfers."""
        ids, _, transfers = columns
        undated = [None] * len(ids)
        return Nations(ids, list(map(GdprTransfer, transfers)), undated, undated)

    def companies(self, columns: Columns, nation: Numbers) -> Companies:
        """Make the companies."""
        ids, _, headquarters = columns
        return Companies(ids, nation.of(headquarters))

    def nodes(self, components: Columns, deployments: Columns, variants: Columns) -> Nodes:
        """Make the nodes: components, which always hold, then deployments."""
        ids, _, kinds, categories, complete, external = components
        deployment_ids, _, *dated = deployments[:5]
        rest = [None] * len(deployment_ids)
        always, undated = [100] * len(ids), [None] * len(ids)
        confidence, valid_from, valid_to = dated
        variant_of = dict(zip(*variants, strict=True))
        return Nodes(
            id=[*ids, *deployment_ids],
            component_count=len(ids),
            input_kind=[*map(InputKind, kinds), *rest],
            category=[*self.words.of(categories), *rest],
            offers_complete=[*map(_truth, complete), *rest],
            needs_external_service=[*map(_truth, external), *rest],
            variant_of=[*Numbers(ids).of(map(variant_of.get, ids)), *[NONE] * len(rest)],
            validity=Validity(
                [*always, *confidence],
                [*undated, *self.dates.of(valid_from)],
                [*undated, *self.dates.of(valid_to)],
            ),
        )

    def deployments(self, columns: Columns, company: Numbers, nation: Numbers) -> Deployments:
        """Make what is known of deployments."""
        locations, operators, modes, air_gapped, capex, opex, prices, currencies, tokens = columns[5:]
        return Deployments(
            location=nation.of(locations),
            operator=company.of(operators),
            mode=list(map(DeploymentMode, modes)),
            air_gapped=list(map(_truth, air_gapped)),
            capex=self.decimals.of(capex),
            opex_per_year=self.decimals.of(opex),
            price_per_hour=self.decimals.of(prices),
            currency=self.words.of(currencies),
            tokens_per_second=self.measures.of(tokens),
        )

    def offers(self, columns: Columns, node: Numbers, company: Numbers, nation: Numbers) -> Offers:
        """Make one chunk of offers."""
        ids, components, companies, nations, shares, bases, years, leads, recovers, stocks, *rest = columns
        capacities, costs, currencies, *dated = rest
        return Offers(
            id=ids,
            component=node.of(components),
            company=company.of(companies),
            nation=nation.of(nations),
            share_pct=self.measures.of(shares),
            share_basis=self.words.of(bases),
            share_year=self.years.of(years),
            lead_time_weeks=self.measures.of(leads),
            time_to_recover_weeks=self.measures.of(recovers),
            inventory_weeks=self.measures.of(stocks),
            capacity=self.decimals.of(capacities),
            unit_cost=self.decimals.of(costs),
            currency=self.words.of(currencies),
            validity=self.validity(dated),
        )

    def requirements(self, columns: Columns, alternatives: Columns, node: Numbers) -> Requirements:
        """Make one chunk of requirements with their alternatives, which come in no order."""
        ids, owners, ks, quantities, optional, *dated = columns
        met, efficiency, weeks = self._grouped(alternatives, Numbers(ids), node)
        return Requirements(
            id=ids,
            of=node.of(owners),
            k=ks,
            quantity=self.decimals.of(quantities),
            optional=optional,
            alternatives=met,
            efficiency=efficiency,
            switch_time_weeks=weeks,
            validity=self.validity(dated),
        )

    def _grouped(self, columns: Columns, requirement: Numbers, node: Numbers) -> tuple[list[Any], list[Any], list[Any]]:
        """Give the alternatives of each requirement, by component, their efficiencies, and the weeks to switch."""
        requirements, components, efficiencies, weeks = columns
        of, met = np.array(requirement.of(requirements), np.intp), node.of(components)
        sorted_rows = np.lexsort([np.array(met, np.intp), of])
        order = sorted_rows.tolist()
        spans = list(pairwise(np.searchsorted(of[sorted_rows], np.arange(len(requirement) + 1)).tolist()))

        def cut(column: Sequence[Any]) -> list[tuple[Any, ...]]:
            ordered = tuple(map(column.__getitem__, order))
            return [ordered[start:end] for start, end in spans]

        return cut(met), self.tuples.of(cut(efficiencies)), self.tuples.of(cut(self.measures.of(weeks)))

    def ownerships(self, columns: Columns, company: Numbers) -> Ownerships:
        """Make the ownerships."""
        companies, owners, shares, *dated = columns
        return Ownerships(company.of(companies), company.of(owners), self.measures.of(shares), self.validity(dated))

    def memberships(self, columns: Columns, nation: Numbers, bloc: Numbers) -> Memberships:
        """Make the memberships."""
        nations, blocs, *dated = columns
        return Memberships(nation.of(nations), bloc.of(blocs), self.validity(dated))

    def partnerships(self, columns: Columns, node: Numbers, offer_ids: Sequence[str]) -> Partnerships:
        """Make the partnerships; few of many offers are enabled, so only those are numbered."""
        ids, parties, covers, enables, *dated = columns
        enabled = set(chain.from_iterable(enables))
        offer = {name: number for number, name in enumerate(offer_ids) if name in enabled}
        return Partnerships(
            id=ids,
            parties=[tuple(sorted(names)) for names in parties],
            covers=[tuple(node.of(names)) for names in covers],
            enables=[tuple(offer.get(name, NONE) for name in names) for names in enables],
            validity=self.validity(dated),
        )

    def validity(self, columns: Columns) -> Validity:
        """Make the dates of facts."""
        confidence, valid_from, valid_to = columns
        return Validity(confidence, self.dates.of(valid_from), self.dates.of(valid_to))


def joined(parts: Sequence[Table]) -> Table:
    """Join chunks of a table, column by column."""
    columns: dict[str, Any] = {}
    for one in fields(parts[0]):
        chunks = [getattr(part, one.name) for part in parts]
        columns[one.name] = joined(chunks) if one.name == "validity" else list(chain.from_iterable(chunks))
    return type(parts[0])(**columns)


def joined_columns(parts: Sequence[Columns]) -> Columns:
    """Join chunks of columns."""
    return [list(chain.from_iterable(column)) for column in zip(*parts, strict=True)]
