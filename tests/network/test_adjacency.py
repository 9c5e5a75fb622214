"""Adjacency gives what belongs to many numbers at once, in their order, and counts what of it is marked."""

import numpy as np

from graph_service.network.adjacency import Adjacency, adjacency, distinct

OWNERS = np.array([2, 0, 2, 3, 0, 2])


def test_what_belongs_to_numbers_comes_one_after_another() -> None:
    places = adjacency(5, OWNERS)
    assert [places.of(np.array([number])).tolist() for number in range(5)] == [[1, 4], [], [0, 2, 5], [3], []]
    assert places.of(np.array([3, 1, 0, 3])).tolist() == [3, 1, 4, 3]
    assert places.of(np.array([], dtype=np.intp)).tolist() == []


def test_what_is_marked_is_counted_for_every_number() -> None:
    places = adjacency(5, OWNERS)
    assert places.counted(np.array([True, True, False, False, True, True])).tolist() == [2, 0, 2, 0, 0]


def test_numbers_to_which_nothing_belongs_are_counted_at_the_end_too() -> None:
    nothing = Adjacency(np.zeros(3, dtype=np.intp), np.array([], dtype=np.intp))
    assert nothing.counted(np.array([], dtype=np.bool_)).tolist() == [0, 0]


def test_each_number_stays_where_it_first_appears() -> None:
    scratch = np.empty(9, dtype=np.intp)
    assert distinct(np.array([7, 3, 7, 8, 3, 0]), scratch).tolist() == [7, 3, 8, 0]
    assert distinct(np.array([], dtype=np.intp), scratch).tolist() == []
