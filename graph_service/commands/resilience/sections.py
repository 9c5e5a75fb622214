"""Sections: a picture as titled lines and tables of text, the same for every form that is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_service.model.kinds import Answer, ImpactStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph_service.analysis.dependency_depth import DependencyDepth
    from graph_service.analysis.disruption import Impact
    from graph_service.analysis.picture import Picture
    from graph_service.analysis.primitives.meta import AnalysisMeta
    from graph_service.commands.resilience.named import Named

ROWS_MAX: Final = 20
"""Rows of one table; what is beyond is counted, and stands in the JSON."""

NAMES_MAX: Final = 5
"""Names in one cell."""


@dataclass(frozen=True, slots=True)
class Section:
    """A title, lines of `name: value`, and a table, whose `columns` are empty where there is none."""

    title: str
    lines: Sequence[tuple[str, str]]
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    more: int = 0


def sections(picture: Picture, named: Named) -> Sequence[Section]:
    """Write a picture section by section."""
    return [section for write in SECTIONS for section in write(picture, named)]


def _target(picture: Picture, named: Named) -> Iterator[Section]:
    meta = picture.dependency_depth.meta
    lines = [
        ("as of", meta.as_of.isoformat()),
        ("data version", meta.data_version),
        ("inputs of unknown supply", _some(meta.unknown_inputs, named)),
    ]
    if meta.importing is not None:
        lines.append(("an import is not whole yet", meta.importing))
    yield Section(named.text(picture.target), [*lines, *_partial(picture)])


def _partial(picture: Picture) -> Iterator[tuple[str, str]]:
    metas: dict[str, AnalysisMeta] = {
        "exposure": picture.exposure.meta,
        "alternatives": picture.alternatives.meta,
    }
    for name, meta in metas.items():
        if meta.partial_because is not None:
            yield f"{name} partial", meta.partial_because


def _depth(picture: Picture, named: Named) -> Iterator[Section]:
    depth = picture.dependency_depth
    yield Section(
        "Depth and lead time",
        [
            ("tiers", str(depth.depth)),
            (
                "behind it",
                _size(depth),
            ),
            (
                "critical lead time",
                "not known"
                if depth.critical_lead_time_weeks is None
                else f"at least {depth.critical_lead_time_weeks:g} weeks",
            ),
            ("critical path", named.texts(depth.critical_path, " > ")),
            ("lead time not known", f"{len(depth.lead_time_unknown):,} components"),
            ("loops", "; ".join(_some(loop, named) for loop in depth.cycles[:NAMES_MAX]) or "none"),
        ],
    )


def _size(depth: DependencyDepth) -> str:
    counts = {"components": depth.component_count, "companies": depth.company_count, "nations": depth.nation_count}
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())


def _single_points(picture: Picture, named: Named) -> Iterator[Section]:
    points = picture.single_points.points
    established = sum(point.established for point in points)
    yield _table(
        "Single points of failure",
        [("found", f"{len(points):,}, of which {established:,} also hold where lists of suppliers are incomplete")],
        ("level", "what alone stops it", "established", "why"),
        [
            (point.level, named.text(point.entity), _yes(point.established), " > ".join(map(named.name, point.why)))
            for point in points
        ],
    )


def _concentration(picture: Picture, named: Named) -> Iterator[Section]:
    yield _table(
        "Concentration of the target, its direct inputs, and the most concentrated others",
        [("HHI", "0 to 10,000, of known shares; above 1,800 is HIGH (US merger guidelines 2023)")],
        (
            "component",
            "tier",
            "suppliers",
            "HHI by company",
            "HHI by nation",
            "band by nation",
            "largest nation, %",
            "known shares, %",
        ),
        [
            (
                named.text(one.component),
                str(one.tier_min),
                str(one.by_company.supplier_count),
                _number(one.by_company.hhi),
                _number(one.by_nation.hhi),
                one.by_nation.band or "-",
                _number(one.by_nation.top_share_pct),
                _number(one.by_nation.share_sum_pct),
            )
            for one in picture.concentration
        ],
    )


def _exposure(picture: Picture, named: Named) -> Iterator[Section]:
    yield _table(
        "Exposure by nation",
        [("read", "what the target loses, in percent, if the nation stops; direct is what it supplies of it itself")],
        ("nation", "direct", "loss at least", "loss by estimate", "loss at most", "through"),
        [
            (
                named.text(row.group),
                _number(row.direct_share_pct),
                _number(row.loss_pct_lower),
                _number(row.loss_pct_estimate),
                _number(row.loss_pct_upper),
                _some(row.through, named),
            )
            for row in picture.exposure.rows
        ],
    )


def _stop(picture: Picture, named: Named) -> Iterator[Section]:
    if not picture.stops:
        yield Section("If a nation stops", [("loss", "no nation alone takes anything from it")])
        return
    (impact,) = picture.disruption.targets
    lines = [
        ("status", impact.status),
        (
            "loss",
            _loss(impact),
        ),
        ("cause", named.texts(impact.cause, " > ")),
    ]
    if picture.as_bad:
        lines.append(("as bad", _some(picture.as_bad, named)))
    hit = [node for node in picture.supply_map.nodes if node.status is not ImpactStatus.AVAILABLE]
    yield _table(
        f"If {named.texts(picture.stops, ' and ')} stops",
        lines,
        ("behind it", "status", "loss by estimate", "suppliers that stop", "suppliers that stay"),
        [
            (
                named.text(node.entity),
                node.status,
                f"{node.lost_fraction_estimate:.0%}",
                _some(node.stopping, named),
                _some(node.staying, named),
            )
            for node in hit
        ],
    )
    replaced = [need for need in picture.supply_map.needs if need.takes_over]
    if replaced:
        yield _table(
            "What takes over",
            [],
            ("needed by", "any", "of", "takes over"),
            [
                (
                    named.text(need.of),
                    str(need.k),
                    _some(need.alternatives, named),
                    _some(need.takes_over, named),
                )
                for need in replaced
            ],
        )


def _loss(impact: Impact) -> str:
    lower, upper = impact.lost_fraction_lower, impact.lost_fraction_upper
    return f"{impact.lost_fraction_estimate:.0%} by estimate, {lower:.0%} to {upper:.0%}"


def _alternatives(picture: Picture, named: Named) -> Iterator[Section]:
    supply = picture.alternatives
    title = f"Supply without {named.texts(picture.stops, ' and ')}" if picture.stops else "Supply"
    lines = [("possible", supply.feasible), ("established", _yes(supply.established))]
    if supply.feasible is Answer.NO:
        yield _table(
            title,
            [*lines, ("read", "if these had their supply back, the target would have its own")],
            ("what blocks it", "offers lost", "nearest candidates"),
            [
                (named.text(one.component), _some(one.lost_offers, named), _some(one.nearest_candidates, named))
                for one in supply.blockers
            ],
        )
        return
    yield _table(
        title,
        lines,
        ("solution", "offers", "companies", "nations", "lead time, weeks", "confidence"),
        [
            (
                str(number),
                str(len(one.offers)),
                _some(one.companies, named),
                _some(one.nations, named),
                _number(one.lead_time_weeks),
                str(one.confidence),
            )
            for number, one in enumerate(supply.solutions, start=1)
        ],
    )


SECTIONS: Final[Sequence[Callable[[Picture, Named], Iterator[Section]]]] = (
    _target,
    _depth,
    _single_points,
    _concentration,
    _exposure,
    _stop,
    _alternatives,
)


def _table(
    title: str, lines: Sequence[tuple[str, str]], columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> Section:
    return Section(title, lines, columns, rows[:ROWS_MAX], max(0, len(rows) - ROWS_MAX))


def _some(entities: Sequence[str], named: Named) -> str:
    """Write the names of the first few of several, and how many more there are."""
    more = len(entities) - NAMES_MAX
    shown = ", ".join(map(named.name, entities[:NAMES_MAX])) or "-"
    return f"{shown} and {more:,} more" if more > 0 else shown


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"
