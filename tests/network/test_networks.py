"""The networks of a store: a new data version takes the place of the old one."""

import weakref
from dataclasses import replace

from graph_service.facts.load import load
from graph_service.facts.synthetic.facts import synthetic_facts
from graph_service.model.world import World, today
from graph_service.network.networks import Networks
from graph_service.store.address import Address
from graph_service.store.store import Store
from graph_service.store.transaction import WriteTransaction
from tests.engines import LIMITS


async def write_nothing(_: WriteTransaction) -> None:
    """Move the data version."""


async def test_a_question_under_way_keeps_the_network_that_it_was_given(store: Store) -> None:
    await load(store, synthetic_facts(20, seed=2))
    networks = Networks(store)
    network = await networks.at(World(as_of=today()))
    await store.write(write_nothing)
    newer = await networks.at(World(as_of=today()))
    assert newer.data_version != network.data_version
    assert newer.offers == network.offers


async def test_an_outdated_record_and_its_worlds_go_once_nobody_asks_them_anything(
    store: Store, address: Address
) -> None:
    await load(store, synthetic_facts(20, seed=2))
    as_served = replace(LIMITS, warns=False)  # to say where a warning is from, the driver keeps frames, in cycles
    async with Store.open(address, as_served) as store_as_served:
        networks = Networks(store_as_served)
        outdated = [weakref.ref(await networks.record()), weakref.ref(await networks.at(World(as_of=today())))]
        await store_as_served.write(write_nothing)
        await networks.record()
        assert [network() is None for network in outdated] == [True, True]
