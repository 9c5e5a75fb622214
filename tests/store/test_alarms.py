"""Alarms ring once and never too early, unless they are turned off; without any, nothing ticks."""

import asyncio
import random

from graph_service.store.alarms import TICK_SECONDS, Alarms


class Bell:
    """Notes when it rang, by the clock of its loop."""

    def __init__(self, seconds: float) -> None:
        self.due = asyncio.get_running_loop().time() + seconds
        self.rang: list[float] = []
        self.alarm = Alarms.running().set(self, seconds)

    def ring(self) -> None:
        self.rang.append(asyncio.get_running_loop().time())


async def test_each_alarm_rings_once_and_never_before_it_is_due() -> None:
    chance = random.Random(1)
    bells = [Bell(chance.uniform(0, 0.2)) for _ in range(300)]
    kept = [bell for number, bell in enumerate(bells) if number % 3]
    for bell in bells[::3]:
        bell.alarm.discard(bell)
    while not all(bell.rang for bell in kept):
        await asyncio.sleep(TICK_SECONDS)
    await asyncio.sleep(2 * TICK_SECONDS)
    assert all(len(bell.rang) == 1 and bell.rang[0] >= bell.due for bell in kept)
    assert not any(bell.rang for bell in bells[::3])


async def test_an_alarm_that_rings_may_turn_another_one_off() -> None:
    bells: list[Bell] = []

    class Last(Bell):
        def ring(self) -> None:
            super().ring()
            bells[0].alarm.discard(bells[0])

    last = Last(TICK_SECONDS)
    bells.append(Bell(5 * TICK_SECONDS))
    await asyncio.sleep(10 * TICK_SECONDS)
    assert last.rang
    assert not bells[0].rang


async def test_alarms_set_anew_ring_after_a_pause() -> None:
    for _ in range(3):
        bell = Bell(0)
        while not bell.rang:
            await asyncio.sleep(TICK_SECONDS)
        await asyncio.sleep(3 * TICK_SECONDS)  # nothing ticks any more


async def test_nothing_ticks_without_an_alarm() -> None:
    bell = Bell(30)
    bell.alarm.discard(bell)
    loop = asyncio.get_running_loop()
    later: list[float] = []
    true_call_later = loop.call_later

    def noted(delay: float, *arguments: object, **options: object) -> asyncio.TimerHandle:
        later.append(delay)
        return true_call_later(delay, *arguments, **options)  # type: ignore[arg-type]

    loop.call_later = noted  # type: ignore[method-assign]
    try:
        await asyncio.sleep(6 * TICK_SECONDS)
    finally:
        loop.call_later = true_call_later  # type: ignore[method-assign]
    assert later.count(TICK_SECONDS) <= 1


def test_alarms_of_several_loops_ring_each_in_its_own() -> None:
    async def rings() -> bool:
        bells = [Bell(0.01)]
        other = asyncio.to_thread(asyncio.run, alone())
        waiting = asyncio.ensure_future(other)
        await asyncio.sleep(0.05)
        bells.append(Bell(0.01))
        await waiting
        while not all(bell.rang for bell in bells):
            await asyncio.sleep(TICK_SECONDS)
        return True

    async def alone() -> None:
        bell = Bell(0.03)
        while not bell.rang:
            await asyncio.sleep(TICK_SECONDS)

    assert asyncio.run(rings())
