"""Terms: a formula of failure in few words, from which its decision diagram is small.

What a node needs without a choice fails it as its own supply does. So a head, the target or an alternative where
there is a choice, fails with any of its terms, each some elements that all fail, or with any of its choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graph_service.analysis.solutions.formula import Formula

Term = frozenset[int]


class Choice(NamedTuple):
    """Alternatives, by the places of their heads, of which as many as `losing` must not fail together."""

    losing: int
    heads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Something that fails with any of its terms or choices."""

    terms: Collection[Term]
    choices: Collection[Choice]


@dataclass(frozen=True, slots=True)
class Terms:
    """Heads, the target first, in variables; each variable stands for elements that only matter all together."""

    heads: Sequence[Head]
    variables: Sequence[tuple[int, ...]]


def terms_of(formula: Formula) -> Terms:
    """Put a formula into terms, without those that can only fail when the target has failed before."""
    heads = _heads(formula)
    certain = _least(heads[0].terms)
    others = [Head(_least(_beside(head.terms, certain)), head.choices) for head in heads[1:]]
    return _merged([Head(certain, heads[0].choices), *others])


def _heads(formula: Formula) -> Sequence[Head]:
    place = {0: 0}
    heads: list[Head] = []
    for start in (order := [0]):  # grows while it is walked
        terms: set[Term] = set()
        choices: set[Choice] = set()
        for node in _needed_by(formula, start):
            supplies = formula.supplies[node]
            if supplies is not None:
                terms.add(frozenset(supplies))
            for k, alternatives, _, _ in formula.needs[node]:
                if k < len(alternatives):
                    for met in alternatives:
                        if met not in place:
                            place[met] = len(order)
                            order.append(met)
                    choices.add(Choice(len(alternatives) - k + 1, tuple(sorted([place[met] for met in alternatives]))))
        heads.append(Head(sorted(terms, key=sorted), sorted(choices)))
    return heads


def _needed_by(formula: Formula, start: int) -> Sequence[int]:
    """Give a node and all that it needs without a choice."""
    found = {start}
    for node in (order := [start]):  # grows while it is walked
        for k, alternatives, _, _ in formula.needs[node]:
            if k == len(alternatives):
                order += [met for met in alternatives if met not in found]
                found.update(alternatives)
    return order


def _least(terms: Iterable[Term]) -> Sequence[Term]:
    """Leave out terms that hold another one: they fail only after it has."""
    kept: list[Term] = []
    for term in sorted(terms, key=lambda one: (len(one), sorted(one))):
        kept += _beside([term], kept)
    return kept


def _beside(terms: Iterable[Term], others: Collection[Term]) -> Sequence[Term]:
    return [term for term in terms if not any(other <= term for other in others)]


def _merged(heads: Sequence[Head]) -> Terms:
    """Make one variable of the elements that are in the same terms."""
    every = dict.fromkeys([term for head in heads for term in head.terms])
    terms_with: dict[int, list[int]] = {}
    for place, term in enumerate(every):
        for element in term:
            terms_with.setdefault(element, []).append(place)
    together: dict[tuple[int, ...], list[int]] = {}
    for element in sorted(terms_with):
        together.setdefault(tuple(terms_with[element]), []).append(element)
    variables = [tuple(elements) for elements in together.values()]
    variable_of = {element: number for number, elements in enumerate(variables) for element in elements}
    rewritten = {term: frozenset([variable_of[element] for element in term]) for term in every}
    return Terms([Head([rewritten[term] for term in head.terms], head.choices) for head in heads], variables)
