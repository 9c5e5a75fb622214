"""Pieces: a bundle cut by owners, of which no row is lost and no record torn."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_service.facts import pieces as cut
from graph_service.facts.bundle import Bundle
from graph_service.facts.columns import key
from graph_service.facts.compare import KINDS, records_of
from graph_service.facts.pieces import pieces
from graph_service.facts.rows import Offer
from tests.facts.bundles import bundles


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(bundle=bundles(), owners_max=st.integers(1, 3))
def test_pieces_of_any_size_hold_the_records_of_the_whole(bundle: Bundle, owners_max: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cut, "OWNERS_OF_ONE_PIECE", owners_max)
        for kind in KINDS:
            found = [records_of(piece)[kind] for _, piece in pieces(bundle, kind)]
            assert all(len({name[0] for name in records}) <= owners_max for records in found)
            joined = [one for records in found for one in records.items()]
            assert dict(joined) == records_of(bundle)[kind]
            assert len(joined) == len(bundle.of(kind))


def test_owners_that_only_the_store_has_are_in_a_piece() -> None:
    offer = Offer(id="offer:b", component="component:x")
    ((names, piece),) = pieces(Bundle({Offer: [offer]}), Offer, ["offer:a", "offer:c"])
    assert names == ["offer:a", "offer:b", "offer:c"]
    assert [key(row) for row in piece.of(Offer)] == [("offer:b",)]
