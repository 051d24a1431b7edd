from itertools import count

from tripoint.base.memory import MOST, ShortMemory


def test_it_asks_again_only_when_the_time_has_passed() -> None:
    now, asked = [0.0], count()
    memory = ShortMemory(0.5, lambda: now[0])
    assert [memory.get("sets", lambda: next(asked)) for _ in range(3)] == [0, 0, 0]
    now[0] = 0.49
    assert memory.get("sets", lambda: next(asked)) == 0
    now[0] = 0.5
    assert memory.get("sets", lambda: next(asked)) == 1


def test_parties_have_memories_apart() -> None:
    memory = ShortMemory(60)
    assert [memory.get(("sets", party), lambda party=party: party) for party in (1, 2, 1)] == [1, 2, 1]  # type: ignore[misc]


def test_without_time_it_remembers_nothing() -> None:
    asked, memory = count(), ShortMemory()
    assert [memory.get("sets", lambda: next(asked)) for _ in range(2)] == [0, 1]


def test_it_does_not_grow_for_ever() -> None:
    memory = ShortMemory(60)
    for key in range(3 * MOST):
        memory.get(key, lambda: None)
    assert len(memory._kept) <= MOST
