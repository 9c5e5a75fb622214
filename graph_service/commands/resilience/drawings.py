"""Drawings of the chain behind a target, as DOT (Graphviz) and Mermaid: what stops in it and what takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from graph_service.model.kinds import ImpactStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TextIO

    from graph_service.analysis.picture import Picture
    from graph_service.analysis.supply_map import MapNeed, MapNode
    from graph_service.commands.resilience.named import Named

COLOURS: Final[Mapping[ImpactStatus, tuple[str, str]]] = {
    ImpactStatus.FAILED: ("#b2182b", "#ffffff"),
    ImpactStatus.DEGRADED: ("#ef8a62", "#000000"),
    ImpactStatus.AT_RISK: ("#fddbc7", "#000000"),
    ImpactStatus.UNKNOWN: ("#d9d9d9", "#000000"),
    ImpactStatus.AVAILABLE: ("#d1e5f0", "#000000"),
}
"""Fill and letters of each status; told apart by people who confuse red and green, and named in each label as well."""

TAKES_OVER: Final = "takes over"


class Edge(NamedTuple):
    """A line of a drawing, between numbers of its nodes or names of its choices."""

    start: str
    end: str
    label: str | None = None


def write_dot(picture: Picture, named: Named, out: TextIO) -> None:
    """Write a DOT graph: needs run from left to right, a diamond is a choice."""
    place = _places(picture)
    out.write(f"digraph {_quoted(picture.target)} {{\n  rankdir=LR;\n")
    out.write(f"  label={_quoted(_title(picture, named))};\n  node [shape=box, style=filled];\n")
    for node in picture.supply_map.nodes:
        fill, letters = COLOURS[node.status]
        label = "\n".join(_label(node, named))
        out.write(
            f'  {place[node.entity]} [label={_quoted(label)}, class="{node.status.lower()}", '
            f'fillcolor="{fill}", fontcolor="{letters}"];\n'
        )
    for choice, label in _choices(picture):
        out.write(f'  {choice} [shape=diamond, label={_quoted(label)}, fillcolor="#ffffff"];\n')
    for edge in _edges(picture, place):
        look = f' [label={_quoted(edge.label)}, color="#2166ac", penwidth=3]' if edge.label else ""
        out.write(f"  {edge.start} -> {edge.end}{look};\n")
    out.write("}\n")


def write_mermaid(picture: Picture, named: Named, out: TextIO) -> None:
    """Write a Mermaid flowchart: needs run from left to right, a rhombus is a choice."""
    place = _places(picture)
    out.write(f"---\ntitle: {_quoted(_title(picture, named))}\n---\nflowchart LR\n")
    for node in picture.supply_map.nodes:
        label = "<br/>".join(_escaped(line) for line in _label(node, named))
        out.write(f'  {place[node.entity]}["{label}"]:::{node.status.lower()}\n')
    for choice, label in _choices(picture):
        out.write(f'  {choice}{{"{_escaped(label)}"}}\n')
    out.writelines(f"  {edge.start} {_arrow(edge)} {edge.end}\n" for edge in _edges(picture, place))
    looks = COLOURS.items()
    out.writelines(f"  classDef {status.lower()} fill:{fill},color:{letters}\n" for status, (fill, letters) in looks)


def _places(picture: Picture) -> Mapping[str, str]:
    return {node.entity: f"n{number}" for number, node in enumerate(picture.supply_map.nodes)}


def _title(picture: Picture, named: Named) -> str:
    left_out = picture.supply_map.left_out
    what = f"if {named.texts(picture.stops, ' and ')} stops" if picture.stops else "nothing stops"
    more = f"; {left_out:,} more components behind it are not drawn" if left_out else ""
    return f"Behind {named.text(picture.target)}, {what}{more}"


def _label(node: MapNode, named: Named) -> Iterator[str]:
    yield named.name(node.entity)
    yield node.entity
    yield f"{node.status}, loses {node.lost_fraction_estimate:.0%}" if node.lost_fraction_estimate else node.status
    if node.stopping and node.staying:
        shown = ", ".join(named.name(one) for one in node.staying[:3])
        yield f"stays: {shown}" + (f" and {len(node.staying) - 3} more" if len(node.staying) > 3 else "")


def _choices(picture: Picture) -> Iterator[tuple[str, str]]:
    """Name every requirement that leaves a choice, with its label."""
    for number, need in enumerate(picture.supply_map.needs):
        if _leaves_choice(need):
            more = f", {need.more} not drawn" if need.more else ""
            yield f"c{number}", f"any {need.k} of {len(need.alternatives) + need.more}{more}"


def _edges(picture: Picture, place: Mapping[str, str]) -> Iterator[Edge]:
    for number, need in enumerate(picture.supply_map.needs):
        start = place[need.of]
        if _leaves_choice(need):
            yield Edge(start, f"c{number}")
            start = f"c{number}"
        for met in need.alternatives:
            yield Edge(start, place[met], TAKES_OVER if met in need.takes_over else None)


def _arrow(edge: Edge) -> str:
    return f"== {edge.label} ==>" if edge.label else "-->"


def _leaves_choice(need: MapNeed) -> bool:
    return bool(need.alternatives) and len(need.alternatives) + need.more > need.k


def _quoted(text: str) -> str:
    """Write a text as DOT and YAML quote it: both take these escapes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _escaped(text: str) -> str:
    """Write a text as Mermaid takes it inside quotes: what it would read as something else goes by its number."""
    one_line = " ".join(text.split())
    return "".join(f"#{ord(character)};" if character in '#";<>`&' else character for character in one_line)
