"""A deadline ends what takes too long, and nothing else."""

import asyncio

import pytest

from graph_service.errors import DeadlineExceeded
from graph_service.store.deadline import Deadline

LATE = "it took longer than {:g} s"


async def within(deadline: Deadline, seconds: float) -> str:
    with deadline:
        await asyncio.sleep(seconds)
    return "done"


async def test_what_is_in_time_is_done() -> None:
    assert await within(Deadline(30, LATE), 0) == "done"


async def test_what_takes_too_long_says_how_long_it_had() -> None:
    with pytest.raises(DeadlineExceeded, match=r"^it took longer than 0\.01 s$"):
        await within(Deadline(0.01, LATE), 30)
    await asyncio.sleep(0)  # nothing of the cancellation is left


async def test_the_inner_deadline_of_two_is_the_one_that_is_exceeded() -> None:
    with pytest.raises(DeadlineExceeded, match="inner"), Deadline(30, "outer"):
        await within(Deadline(0.01, "inner"), 30)


async def test_the_outer_deadline_of_two_is_not_taken_for_the_inner_one() -> None:
    with pytest.raises(DeadlineExceeded, match="outer"), Deadline(0.01, "outer"):
        await within(Deadline(30, "inner"), 30)


async def test_who_is_cancelled_stays_cancelled() -> None:
    task = asyncio.create_task(within(Deadline(30, LATE), 30))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_who_is_cancelled_when_the_time_is_over_stays_cancelled() -> None:
    async def late_and_cancelled() -> None:
        with Deadline(0.01, LATE):
            try:
                await asyncio.sleep(30)
            finally:
                task = asyncio.current_task()
                assert task is not None
                task.cancel()  # somebody else, before the deadline has said anything

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(late_and_cancelled())


async def test_an_error_inside_passes() -> None:
    with pytest.raises(ValueError, match="mine"), Deadline(30, LATE):
        raise ValueError("mine")
