import asyncio

import pytest

from tripoint.doors.turns import Turns


def run(turns: Turns, works: list[float]) -> list[str]:
    """What began and ended, in order: the nth work lasts so many seconds."""
    seen: list[str] = []

    async def one(number: int, seconds: float) -> None:
        async with turns.turn():
            seen.append(f"{number} begins")
            await asyncio.sleep(seconds)
            seen.append(f"{number} ends")

    async def everything() -> None:
        await asyncio.gather(*(one(number, seconds) for number, seconds in enumerate(works)))

    asyncio.run(everything())
    return seen


def test_work_is_done_in_the_order_in_which_it_came() -> None:
    seen = run(Turns(1, patience=60), [0.002, 0.0, 0.001])
    assert seen == ["0 begins", "0 ends", "1 begins", "1 ends", "2 begins", "2 ends"]


def test_no_more_than_so_many_are_worked_on_at_once() -> None:
    seen = run(Turns(2, patience=60), [0.001] * 20)
    under_way = [sum(1 if line.endswith("begins") else -1 for line in seen[: at + 1]) for at in range(len(seen))]
    assert max(under_way) == 2
    assert under_way[-1] == 0


def test_slow_work_gives_up_its_place_and_its_end_gives_none_twice() -> None:
    turns = Turns(1, patience=0.01)
    seen = run(turns, [0.2, 0.0])
    assert seen == ["0 begins", "1 begins", "1 ends", "0 ends"]
    assert run(Turns(1, patience=60), [0.0, 0.0])[1] == "0 ends"
    assert turns.places._value == 1


def test_a_fault_gives_the_place_back() -> None:
    turns = Turns(1, patience=60)

    async def failing() -> None:
        async with turns.turn():
            raise ValueError("meant")

    async def both() -> None:
        with pytest.raises(ValueError, match="meant"):
            await failing()
        async with asyncio.timeout(1), turns.turn():
            pass

    asyncio.run(both())


def test_one_who_leaves_while_waiting_takes_no_place_along() -> None:
    async def leave() -> int:
        turns = Turns(1, patience=60)
        async with turns.turn():
            waiting = asyncio.create_task(turns.turn().__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        async with asyncio.timeout(1), turns.turn():
            return turns.places._value

    assert asyncio.run(leave()) == 0


def test_what_only_waits_may_give_its_place_back_from_another_thread_once() -> None:
    async def give() -> None:
        turns = Turns(1, patience=60)
        async with turns.turn() as reckoned:
            await asyncio.to_thread(reckoned)
            async with asyncio.timeout(1), turns.turn():
                await asyncio.sleep(0)
            await asyncio.to_thread(reckoned)
        await asyncio.sleep(0)
        assert turns.places._value == 1

    asyncio.run(give())
