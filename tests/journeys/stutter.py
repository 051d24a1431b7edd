"""A bench: does the room stutter while 500 records a minute come in?

Run by hand: `python -m tests.journeys.stutter [--seconds 60] [--rate 500] [--data var/stutter] [--size 1366x768]`.
It sets up the demonstration in a folder of its own, opens the room in Chromium as the coordinator, and sends checks
with hits, detections and arrests through the API. Prints one JSON object: the first useful paint (figures shown;
medians of five), and for each size of screen the time between frames, the tasks longer than 50 ms (as the browser
itself tells them), and how long after its answer a record stood in its figure. Chromium draws without a graphics card.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, ViewportSize, sync_playwright

from tests.conftest import BROWSERS
from tests.journeys.stage import FLAGS
from tripoint.access.rules import HUB
from tripoint.demo.asking import Made, Posts, Stream, paced
from tripoint.demo.dice import dice
from tripoint.demo.traffic import Mix, plan_checks
from tripoint.demo.turquesa import moments
from tripoint.demo.turquesa.filing import Desks, Filer
from tripoint.demo.turquesa.model import Course, Planned
from tripoint.demo.turquesa.planning import Replay
from tripoint.doors.demo import Stage, on_stage, settings_of

WATCH = Path(__file__).with_suffix(".js")
SIZES = ("1366x768", "3840x2160")
LOOKS, MIX = 5, Mix(one_hit_in=20)
RETURNS = 0.12  # of the records are returns, nine detections to an arrest; the rest are checks
FIGURE = {"detection": "figure-detection", "arrest": "figure-arrest", "check": "checks-total"}
STILL = 3.0  # seconds after the last record until everything must be on screen
SHOWN = "performance.getEntriesByName('figures-shown')[0]?.startTime"


@dataclass(slots=True)
class Told:
    """When each record was answered, in milliseconds of the clock, by the figure it must move."""

    at: dict[str, list[float]] = field(default_factory=lambda: {figure: [] for figure in FIGURE.values()})
    refused: int = 0

    def check(self, made: Made) -> None:
        """A check was answered."""
        if made.answered:
            self.at["checks-total"].append(time.time() * 1000)
        else:
            self.refused += 1


@dataclass(slots=True)
class Returns:
    """A thread that files returns at a steady pace until told to stop."""

    filer: Filer
    planned: Iterator[Planned]
    pause: float
    told: Told
    stop: threading.Event = field(default_factory=threading.Event)
    errors: list[Exception] = field(default_factory=list)

    def work(self) -> None:
        """File, wait, file."""
        try:
            while not self.stop.wait(self.pause):
                one = next(self.planned)
                self.filer.file(one)
                self.told.at[FIGURE[one.kind]].append(time.time() * 1000)
        except Exception as error:  # kept for whoever waits for the thread
            self.errors.append(error)


def main() -> int:
    """Set up, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--rate", type=float, default=500.0, help="records a minute")
    asked.add_argument("--data", type=Path, default=Path("var/stutter"))
    asked.add_argument("--size", action="append", choices=SIZES)
    wanted = asked.parse_args()
    path = next(filter(None, map(which, BROWSERS)), None)
    if path is None:
        print("no Chromium was found: on Debian, apt-get install chromium", file=sys.stderr)
        return 1
    with redirect_stdout(sys.stderr):  # what the demonstration tells while it sets up goes beside the result
        result = measure(wanted.data, path, wanted.size or SIZES, wanted.seconds, wanted.rate)
    print(json.dumps(result, indent=2))
    return 0


def measure(data: Path, path: str, sizes: Sequence[str], seconds: float, rate: float) -> dict[str, Any]:
    """Set the demonstration up in `data`, and measure at each size; each result is told as soon as it is there."""
    with on_stage(settings_of(data, 0), 2026) as stage, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        state = signed_in(browser, stage)
        result: dict[str, Any] = {"load_average": os.getloadavg()[0], "first_useful_paint_ms": paints(browser, state)}
        print(json.dumps(result))
        for size in sizes:
            result[size] = run(browser, state, stage, size, seconds, rate)
            print(json.dumps(result[size]))
        browser.close()
    return result


def signed_in(browser: Browser, stage: Stage) -> StorageState:
    """The coordinator's session, for other contexts."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(stage.hub.address)
    page.get_by_test_id("name").fill(f"coordinator@{HUB.lower()}")
    page.get_by_test_id("password").fill(stage.kept.password)
    page.get_by_test_id("enter").click()
    page.get_by_test_id("checks-total").wait_for()
    state = context.storage_state()
    origin = stage.hub.address
    context.close()
    return {**state, "origins": [*state.get("origins", []), {"origin": origin, "localStorage": []}]}


def opened(browser: Browser, state: StorageState, size: str) -> BrowserContext:
    """A reader's window; its cache is empty."""
    wide, high = map(int, size.split("x"))
    viewport: ViewportSize = {"width": wide, "height": high}
    context = browser.new_context(viewport=viewport, storage_state=state, locale="en-GB")
    context.set_default_timeout(60_000)
    return context


def paints(browser: Browser, state: StorageState) -> dict[str, float]:
    """Until figures are shown, from the beginning of the way there: with nothing kept, and on a second look."""
    address = state["origins"][-1]["origin"]
    cold: list[float] = []
    warm: list[float] = []
    for _ in range(LOOKS):
        context = opened(browser, state, SIZES[0])
        page = context.new_page()
        for times in (cold, warm):
            page.goto(address)
            page.wait_for_function(f"() => {SHOWN}")
            times.append(float(page.evaluate(SHOWN)))
        context.close()
    return {"cold": round(statistics.median(cold)), "warm": round(statistics.median(warm))}


def run(browser: Browser, state: StorageState, stage: Stage, size: str, seconds: float, rate: float) -> dict[str, Any]:
    """One minute of records before one screen."""
    context = opened(browser, state, size)
    page = context.new_page()
    page.add_init_script(path=WATCH)
    page.goto(stage.hub.address)
    page.locator("[data-testid=map][data-ready=true]").wait_for()
    page.wait_for_timeout(4000)
    before = {name: int(known[-1][1]) for name, known in page.evaluate("stutter.figures").items()}
    page.evaluate("Object.assign(stutter, {tasks: [], frames: []})")
    told, begun = Told(), time.time()
    send(stage, page, told, seconds, rate)
    page.wait_for_timeout(STILL * 1000)
    seen = page.evaluate("stutter")
    context.close()
    return summary(seen, before, told, time.time() - begun - STILL)


def send(stage: Stage, page: Page, told: Told, seconds: float, rate: float) -> None:
    """Let records come in for so many seconds. Raises what went wrong in a thread."""
    world, hub, key = stage.world, stage.hub, int(time.time())
    posts = Posts(world, hub.host, hub.port, stage.kept.password)
    checks = plan_checks(world, MIX, lambda: datetime.now(UTC).hour, key)
    due = paced(checks, rate * (1 - RETURNS) / 60, dice(key, "pace"), time.perf_counter())
    stream = Stream(posts, due, told.check, threads=4)
    desks = Desks(world, hub.host, hub.port, stage.kept.password)
    filer = Filer(desks, key, moments.begin(datetime.now(UTC)))
    returns = Returns(filer, returned(world.seed, key), 60 / (rate * RETURNS), told)
    thread = threading.Thread(target=returns.work, name="returns", daemon=True)
    stream.start()
    thread.start()
    page.wait_for_timeout(seconds * 1000)
    returns.stop.set()
    stream.stop()
    thread.join()
    desks.close()
    for error in (*stream.errors, *returns.errors):
        raise error


def returned(seed: int, key: int) -> Iterator[Planned]:
    """Detections and arrests that come in as they should, and are others at each run."""
    prompt = (one for one in Replay(seed, 0.2).returns if one.course is Course.PROMPT)
    plain = [one for one in prompt if not one.joint and not one.links]
    people = iter([one for one in plain if one.kind == "detection"])
    arrests = iter([one for one in plain if one.kind == "arrest"])
    for number in range(len(plain)):
        one = next(people if number % 10 else arrests)
        yield replace(one, key=f"{key}-{one.key}")


def summary(seen: dict[str, Any], before: dict[str, int], told: Told, seconds: float) -> dict[str, Any]:
    """What was seen, in milliseconds."""
    frames, tasks = sorted(seen["frames"]), sorted((length for _, length in seen["tasks"]), reverse=True)
    late = {name: delays(times, seen["figures"].get(name, []), before[name]) for name, times in told.at.items()}
    shown = {name: [one for one in times if one is not None] for name, times in late.items()}
    return {
        "records": sum(map(len, told.at.values())), "refused": told.refused, "seconds": round(seconds, 1),
        "frame_p50": round(statistics.median(frames), 1), "frame_p95": round(frames[int(len(frames) * 0.95)], 1),
        "frame_longest": round(frames[-1], 1), "tasks_over_50": len(tasks), "tasks": [round(one) for one in tasks[:10]],
        "on_screen": {
            name: {"records": len(times), "never": times.count(None), **spread(shown[name])}
            for name, times in late.items()
        },
    }  # fmt: skip


def delays(answered: list[float], known: list[list[float]], before: int) -> list[float | None]:
    """For each record how long after its answer its figure counted it; None where it never did."""
    found: list[float | None] = []
    for place, moment in enumerate(sorted(answered), start=1):
        shown = next((at for at, number in known if number >= before + place), None)
        found.append(None if shown is None else max(0.0, shown - moment))
    return found


def spread(times: list[float]) -> dict[str, int]:
    """Middle and most."""
    return {"median": round(statistics.median(times)), "max": round(max(times))} if times else {}


if __name__ == "__main__":
    sys.exit(main())
