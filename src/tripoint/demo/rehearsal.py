"""A rehearsal without onlookers: so many checks, every hit referred and answered, and everything counted afterwards."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from tripoint.base.errors import TripointError
from tripoint.demo.asking import CHECKS, Made, Posts, Stream, paced
from tripoint.demo.client import Line, bearer, sign_in
from tripoint.demo.dice import dice
from tripoint.demo.liaison import Desk, Hit, judged_by_grade
from tripoint.demo.traffic import Mix, PlannedCheck, plan_checks
from tripoint.demo.world import World

NOON = 15  # the hour (UTC) whose traffic is rehearsed, so that a seed always gives the same checks
SENT_TWICE = 50  # one check in so many is sent a second time
ROUNDS = 3  # refer, answer, close
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to rehearse: `rate` checks a second, `checks` in all."""

    checks: int
    rate: float = 60.0
    mix: Mix = field(default_factory=lambda: Mix(one_hit_in=100))
    threads: int = 8


@dataclass(slots=True)
class Course:
    """How it went, as seen from outside."""

    made: list[Made] = field(default_factory=list)
    seconds: float = 0.0
    repeated: int = 0
    repeated_otherwise: int = 0  # ids sent twice whose second answer was not the first
    shown_to_owner: set[str] = field(default_factory=set)  # hit ids on the owners' own desks, as their pages get them
    steps: dict[str, int] = field(default_factory=dict)
    confirmed_told: set[str] = field(default_factory=set)  # hit ids that their askers see confirmed


def rehearse(world: World, host: str, port: int, password: str, order: Order, tell: Tell) -> Course:
    """Make the checks, send some ids twice, work all desks until nothing is left to do."""
    course, posts = Course(), Posts(world, host, port, password)
    for place in world.places:
        posts.token(place.post.name)
    begin = time.perf_counter()
    stream = Stream(posts, order_of(world, order, begin), keeper(course, tell), order.threads)
    stream.start()
    stream.join()
    course.seconds = time.perf_counter() - begin
    send_some_twice(posts, course)
    work_desks(world, host, port, password, course)
    return course


def order_of(world: World, order: Order, begin: float) -> Iterator[tuple[float, PlannedCheck]]:
    """The checks of the rehearsal, each with its moment."""
    checks = islice(plan_checks(world, order.mix, lambda: NOON), order.checks)
    return paced(checks, order.rate, dice(world.seed, "pace"), begin)


def keeper(course: Course, tell: Tell) -> Callable[[Made], None]:
    """Keeps what was made; appending is safe from several threads."""

    def keep(made: Made) -> None:
        course.made.append(made)
        tell(len(course.made))

    return keep


def send_some_twice(posts: Posts, course: Course) -> None:
    """Send a sample of ids again, as devices do that lost the answer, and compare."""
    line = Line(posts.host, posts.port)
    hits = [made for made in course.made if made.answer.get("hits")]
    for made in [*course.made[::SENT_TWICE], *hits[:SENT_TWICE]]:
        reply = line.call("POST", CHECKS, made.body, bearer(posts.token(made.planned.place.post.name)))
        course.repeated += 1
        if reply.status != 200 or not reply.body["repeated"] or same_answer(reply.body) != same_answer(made.answer):
            course.repeated_otherwise += 1
    line.close()


def same_answer(answer: Hit) -> str:
    """What must not differ between an answer and its repetition."""
    kept = {name: value for name, value in answer.items() if name not in ("repeated",)}
    return json.dumps(kept, sort_keys=True)


def work_desks(world: World, host: str, port: int, password: str, course: Course) -> None:
    """Let every party's liaison officer refer, answer and close; then look at the desks once more."""
    truth = {hit["id"]: made.planned for made in course.made for hit in made.answer.get("hits", ())}
    desks = []
    for party in world.parties:
        line = sign_in(host, port, world.liaison(party.code).sign_in_name, password)
        desks.append(Desk(party.code, line, judged_by_truth(truth, dice(world.seed, "desk", party.code))))
    for _ in range(ROUNDS):
        if not sum([desk.work() for desk in desks]):
            break
    for desk in desks:
        for state in ("new", "referred", "confirmed", "not_confirmed", "inconclusive"):
            course.shown_to_owner |= {hit["id"] for hit in desk.hits("owner", state)}
        course.confirmed_told |= {hit["id"] for hit in desk.hits("asker", "confirmed")}
        for step, count in desk.done.items():
            course.steps[step] = course.steps.get(step, 0) + count
        desk.line.close()


def judged_by_truth(truth: dict[str, PlannedCheck], throw: Random) -> Callable[[Hit], tuple[str, str]]:
    """Owners who know their files: a hit on a planted record holds; what nobody planted is judged by its grade."""
    by_grade = judged_by_grade(throw)

    def decide(hit: Hit) -> tuple[str, str]:
        planned = truth.get(hit["id"])
        if planned is not None and planned.planted is None:
            return "not_confirmed", "Not the person or object we hold."
        if planned is not None or hit["level"] == "blind":
            return "confirmed", "The record holds: it is the one we listed."
        return by_grade(hit)

    return decide


def check_course(course: Course) -> None:
    """Raises TripointError when the hub refused checks: a rehearsal of refusals would prove nothing."""
    refused = [made for made in course.made if not made.answered]
    if len(refused) > len(course.made) // 10:
        first = refused[0]
        raise TripointError(f"The hub refused {len(refused)} checks, the first with {first.status}: {first.answer}")
