"""Alarms: what is to happen unless something ends before, which is nearly always.

A timer of the event loop for each costs 1.6 us to begin and to cancel, and every look-up has four. So the alarms of a
loop share one, that looks for what is due every TICK_SECONDS, as long as there is any.
"""

from __future__ import annotations

import asyncio
from contextvars import Context
from typing import ClassVar, Final, Protocol

TICK_SECONDS: Final = 0.02
"""An alarm rings so much too late at most, and never too early."""


class Rings(Protocol):
    """What an alarm is set for."""

    def ring(self) -> None:
        """Do what is due; it must not raise."""
        ...


class Alarms:
    """The alarms of one event loop."""

    _latest: ClassVar[Alarms | None] = None

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._ticks: dict[int, set[Rings]] = {}
        self._ticking = False

    @classmethod
    def running(cls) -> Alarms:
        """Give alarms of the running loop; those of a loop that another one came between keep ringing."""
        loop, latest = asyncio.get_running_loop(), cls._latest
        if latest is None or latest.loop is not loop:
            latest = cls._latest = Alarms(loop)
        return latest

    def set(self, what: Rings, seconds: float) -> set[Rings]:
        """Have `what` ring in so many seconds; whoever discards it from the set that this gives turns it off."""
        tick = int((self.loop.time() + seconds) / TICK_SECONDS) + 1
        ringing = self._ticks.get(tick)
        if ringing is None:
            ringing = self._ticks[tick] = set()
        ringing.add(what)
        if not self._ticking:
            self._ticking = True
            self._next()
        return ringing

    def _next(self) -> None:
        # what rings belongs to nobody's context
        self.loop.call_later(TICK_SECONDS, self._tick, context=Context())

    def _tick(self) -> None:
        now = int(self.loop.time() / TICK_SECONDS)
        due = [what for tick, ringing in self._ticks.items() if tick <= now for what in ringing]
        self._ticks = {tick: ringing for tick, ringing in self._ticks.items() if ringing and tick > now}
        if self._ticks:
            self._next()
        else:
            self._ticking = False
        for what in due:
            what.ring()
