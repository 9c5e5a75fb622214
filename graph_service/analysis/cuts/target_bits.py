"""Sweeping a formula: which bits, each one way in which elements fail, fail its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_service.analysis.primitives.sweep import sweep_in_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_service.analysis.solutions.formula import Formula, Supplies


def target_bits(formula: Formula, own: list[int]) -> int:
    """Give the bits that fail the target where these end the own supplies; none if the formula is empty.

    Uses up `own`: it holds what fails each node afterwards.
    """
    if not own:
        return 0
    sweep_in_place(formula.needs, formula.condensation, formula.condensation.groups, own)
    return own[0]


def bits_failing(formula: Formula, bits_of: Mapping[int, int]) -> int:
    """Give the bits that fail the target where each element fails with its own."""
    return target_bits(formula, [common_bits(bits_of, supplies) for supplies in formula.supplies])


def common_bits(bits_of: Mapping[int, int], supplies: Supplies) -> int:
    """Give the bits with which all elements of an own supply fail."""
    if supplies is None:
        return 0
    bits = bits_of[supplies[0]]
    for element in supplies[1:]:
        bits &= bits_of[element]
    return bits
