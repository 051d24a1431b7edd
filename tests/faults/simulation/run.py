"""Simulated days of field clients and their hub, by seed: nothing lost, nothing doubled, every answer the same.

`python -m tests.faults.simulation.run --seeds 10000`; a failing seed prints its number and what happened.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tests.faults.simulation.field import FieldClient
from tests.faults.simulation.hub import Hub
from tests.faults.simulation.world import Network, World

DAY, HEALING = 900.0, 600.0  # seconds of trouble, and of peace in which all must come right
CHECKS = 8  # of each client


class Broken(StrEnum):
    """Ways to build it wrongly: the simulation must find each."""

    NOTHING = "nothing"
    NEW_ID = "a new id each time it is sent"
    FORGETS = "the outbox forgets what was sent"
    ANSWERS_FIRST = "the hub answers before it keeps"
    NO_MEMORY = "the hub does not remember ids"


@dataclass
class Outcome:
    """How a seed went: what is wrong with it, and what happened."""

    seed: int
    wrong: list[str]
    trace: list[str]
    hub: Hub


def simulate(seed: int, broken: Broken = Broken.NOTHING) -> Outcome:
    """One seed: a day of trouble, then peace."""
    world = World(seed)
    hub = Hub(
        world, world.chance.uniform(-5, 5), keeps_before_answering=broken is not Broken.ANSWERS_FIRST,
        remembers_ids=broken is not Broken.NO_MEMORY,
    )  # fmt: skip
    clients = [field_client(world, hub, number, broken) for number in range(world.chance.randint(2, 4))]
    for client in clients:
        for number in range(CHECKS):
            plan(world, client, number)
        for _ in range(world.chance.randint(0, 2)):
            world.after(world.chance.uniform(0, DAY), client.crash)
            part(world, client)
    for _ in range(world.chance.randint(0, 3)):
        world.after(world.chance.uniform(0, DAY), lambda: hub.crash() if hub.up else None)
    world.run(DAY)
    world.healed = True
    for client in clients:
        client.line.parted_until = 0.0
    world.run(DAY + HEALING)
    return Outcome(seed, list(violations(hub, clients)), world.trace, hub)


def plan(world: World, client: FieldClient, number: int) -> None:
    """A check at some moment of the day."""
    world.after(world.chance.uniform(0, DAY), lambda: client.mean(number))


def part(world: World, client: FieldClient) -> None:
    """The client's line fails at some moment, for some minutes at most."""
    world.after(world.chance.uniform(0, DAY), lambda: client.line.part(world.chance.uniform(1, 200)))


def field_client(world: World, hub: Hub, number: int, broken: Broken) -> FieldClient:
    """A client with a line and a clock of its own, some of them bad."""
    chance = world.chance
    line = Network(world, chance.choice((2, 5, 20, 100)), chance.choice((3, 10, 50)), chance.choice((0.1, 2.0, 30.0)))
    skew = chance.choice((0.0, chance.uniform(-100, 100), chance.uniform(-10_800, 10_800)))
    return FieldClient(
        world, hub, f"f{number}", line, skew, new_id_each_time=broken is Broken.NEW_ID,
        forgets_when_sent=broken is Broken.FORGETS,
    )  # fmt: skip


def violations(hub: Hub, clients: list[FieldClient]) -> Iterable[str]:
    """What must never be, a line each."""
    times = Counter(row.intent for row in hub.rows)
    for client in clients:
        for intent in client.meant:
            if times[intent] == 0:
                yield f"{intent} is lost{' although it was acknowledged' if intent in client.acknowledged else ''}"
            elif times[intent] > 1:
                yield f"{intent} is there {times[intent]} times"
        if client.outbox:
            yield f"{client.name} still waits for {[body['id'] for body in client.outbox]}"
        yield from (f"{which} was answered in {len(said)} ways" for which, said in client.told.items() if len(said) > 1)
    if hub.counted != len(hub.rows):
        yield f"{hub.counted} counted, {len(hub.rows)} there"
    skews = {client.name: client.skew for client in clients}
    for row in hub.rows:
        if abs(skews[row.intent.partition("-")[0]]) > 1200 and not row.clock_off:
            yield f"{row.id} came from a clock that is wrong by more than any delay, and is not marked"


def first_failure(seeds: Iterable[int], broken: Broken = Broken.NOTHING) -> Outcome | None:
    """The first seed that goes wrong."""
    return next((outcome for seed in seeds if (outcome := simulate(seed, broken)).wrong), None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    chosen = parser.parse_args()
    failed = first_failure(range(chosen.first, chosen.first + chosen.seeds))
    if failed:
        print(*failed.trace, *failed.wrong, f"Seed {failed.seed} goes wrong.", sep="\n")
        sys.exit(1)
    print(f"{chosen.seeds} seeds: nothing lost, nothing doubled, every answer the same")
    for broken in Broken:
        if broken is not Broken.NOTHING:
            found = first_failure(range(200), broken)
            print(f"{broken.value}: {'not found!' if found is None else f'found by seed {found.seed}'}")
            if found is None:
                sys.exit(1)


if __name__ == "__main__":
    main()
