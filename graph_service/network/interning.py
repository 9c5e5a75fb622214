"""Interning: equal values of a column are one object, since a column of a hundred thousand holds few different ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Given = TypeVar("Given")
Made = TypeVar("Made")


class Interned(dict[Given, Made], Generic[Given, Made]):
    """What `make` makes of values, made of each when it first comes."""

    def __init__(self, make: Callable[[Given], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Given) -> Made:
        made = self[value] = self._make(value)
        return made

    def of(self, values: Iterable[Given]) -> list[Made]:
        """Give what is made of each value of a column."""
        return list(map(self.__getitem__, values))
