"""What keeps this installation from running well, each with its remedy: the checks behind `tripoint doctor`."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tripoint.base.embedded_postgres import embedded_postgres
from tripoint.base.errors import TripointError
from tripoint.base.inspection import DatabaseFacts, inspect_database
from tripoint.base.keyring import NAME as KEYS, KeyRing
from tripoint.base.migrate import newest_revision
from tripoint.base.postgres_programs import OLDEST, find_programs, major_version
from tripoint.base.settings import Settings, unknown_variables
from tripoint.records.indexing.folder import NAME as INDEX, Folder
from tripoint.records.indexing.model import State, in_words

GIGABYTE = 1024**3
LEAST_DISK, COMFORTABLE_DISK = 1 * GIGABYTE, 5 * GIGABYTE
PLAUSIBLE_YEARS = range(2026, 2100)
CLOCK_TOLERANCE = timedelta(seconds=5)  # device times and hit clocks are read to the second
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PAGES = ("room.html", "field.html")


class Verdict(StrEnum):
    """How bad a finding is."""

    FINE = "fine"
    CAUTION = "caution"  # the hub runs, but somebody should know
    WRONG = "wrong"  # the hub cannot run, or not safely


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report; whatever is not fine has a remedy."""

    about: str
    verdict: Verdict
    said: str
    remedy: str = ""


def fine(about: str, said: str) -> Finding:
    """Nothing to do."""
    return Finding(about, Verdict.FINE, said)


def caution(about: str, said: str, remedy: str) -> Finding:
    """Somebody should know."""
    return Finding(about, Verdict.CAUTION, said, remedy)


def wrong(about: str, said: str, remedy: str) -> Finding:
    """The hub cannot run like this."""
    return Finding(about, Verdict.WRONG, said, remedy)


def doctor(settings: Settings) -> list[Finding]:
    """Look at everything a hub needs on this machine, changing nothing but starting its own database for a look."""
    return [
        *check_python(sys.version_info[:2]),
        *check_variables(unknown_variables(os.environ)),
        *check_web(Path(str(files("tripoint"))) / "web"),
        *check_data_folder(settings.data),
        *check_keys(settings.data),
        *check_port(settings.host, settings.port),
        *check_clock(datetime.now(UTC), clock_drift()),
        *(check_programs() if settings.embedded else []),
        *check_database(settings),
        *check_index(settings),
    ]


def run(settings: Settings) -> int:
    """Examine, print and return the exit code: the whole of `tripoint doctor`."""
    findings = doctor(settings)
    print_findings(findings, Console())
    return exit_code(findings)


def exit_code(findings: Iterable[Finding]) -> int:
    """1 when something is wrong, else 0."""
    return int(any(finding.verdict is Verdict.WRONG for finding in findings))


def print_findings(findings: Iterable[Finding], console: Console) -> None:
    """Print one line for each finding, its remedy beneath it."""
    signs = {Verdict.FINE: "[green]✓[/]", Verdict.CAUTION: "[yellow]![/]", Verdict.WRONG: "[red]✗[/]"}
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        table.add_row(signs[finding.verdict], finding.about, _plain(finding.said))
        if finding.remedy:
            table.add_row("", "", f"[italic]{_plain(finding.remedy)}[/]")
    console.print(table)


def check_python(version: tuple[int, ...]) -> list[Finding]:
    """Python itself."""
    said = ".".join(map(str, version))
    if version < (3, 11):
        return [wrong("Python", f"Version {said} is too old.", "Install Python 3.11 or newer.")]
    return [fine("Python", f"Version {said}.")]


def check_variables(unknown: list[str]) -> list[Finding]:
    """Variables with our prefix that mean nothing."""
    remedy = "Correct the spelling or remove it; docs/settings.md names them all."
    return [caution("Settings", f"{name} is no setting.", remedy) for name in unknown]


def check_web(folder: Path) -> list[Finding]:
    """The built pages."""
    missing = [page for page in PAGES if not (folder / page).is_file()]
    if missing:
        said = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not built."
        return [wrong("Pages", said, "Run `make demo` once in a source tree, or install the wheel, which brings them.")]
    return [fine("Pages", "The room and the field page are built.")]


def check_data_folder(folder: Path) -> list[Finding]:
    """Where the hub keeps its data: may we write, and how much room is left."""
    existing = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        return [
            wrong(
                "Data folder", f"{existing} may not be written to.", "Give this user the folder, or set TRIPOINT_DATA."
            )
        ]
    free = shutil.disk_usage(existing).free
    said = f"{folder}: {free / GIGABYTE:.1f} GB free."
    remedy = f"Free at least {COMFORTABLE_DISK // GIGABYTE} GB, or set TRIPOINT_DATA to a larger disk."
    if free < LEAST_DISK:
        return [wrong("Data folder", said, remedy)]
    return [caution("Data folder", said, remedy) if free < COMFORTABLE_DISK else fine("Data folder", said)]


def check_keys(folder: Path) -> list[Finding]:
    """The keys by which victims, witnesses and children are sealed: whole, and for this user alone."""
    ring = KeyRing(folder / KEYS)
    if faults := ring.faults():
        return [wrong("Keys", fault, "docs/sealed.md says how the keys must lie.") for fault in faults]
    try:
        owners = len(ring.owners())
    except TripointError as error:
        return [wrong("Keys", error.sentence, error.remedy or "docs/sealed.md says how to put them back.")]
    return [fine("Keys", f"{owners} owners have keys." if owners else "None yet; they are made at first use.")]


def check_port(host: str, port: int) -> list[Finding]:
    """Whether the hub can listen, or does already."""
    about = f"Port {port}"
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
    except socket.gaierror:
        return [wrong(about, f"{host} is no address of this machine.", "Correct TRIPOINT_HOST.")]
    except OSError as error:
        if hub_answers(host, port):
            return [fine(about, "A hub answers here.")]
        said = f"{host} port {port} cannot be used: {error.strerror}."
        return [wrong(about, said, "Stop the program that uses it, or set TRIPOINT_PORT (and TRIPOINT_HOST).")]
    return [fine(about, f"Free on {host}.")]


def hub_answers(host: str, port: int) -> bool:
    """Whether what listens there is a hub."""
    try:
        with NO_PROXY.open(f"http://{host}:{port}/api/health", timeout=2) as answer:
            return "version" in json.loads(answer.read(65536))
    except (OSError, ValueError):
        return False


def clock_drift(seconds: float = 0.1) -> timedelta:
    """How far the wall clock and the steady clock part within so many seconds."""
    wall, steady = time.time(), time.monotonic()
    time.sleep(seconds)
    return timedelta(seconds=abs((time.time() - wall) - (time.monotonic() - steady)))


def check_clock(now: datetime, drift: timedelta) -> list[Finding]:
    """The clock of this machine; hits, sessions and audits depend on it."""
    remedy = "Set the clock and keep it with a time service such as systemd-timesyncd or chrony."
    zone = now.astimezone().tzname()
    said = f"{now:%Y-%m-%d %H:%M:%S} UTC; local time zone {zone}."
    if now.year not in PLAUSIBLE_YEARS:
        return [wrong("Clock", f"It says the year {now.year}.", remedy)]
    if drift > timedelta(milliseconds=50):
        return [caution("Clock", f"It is being turned while it runs. {said}", remedy)]
    return [fine("Clock", said)]


def check_programs() -> list[Finding]:
    """The PostgreSQL programs for the hub's own server."""
    try:
        folder = find_programs()
        version = major_version(folder)
    except TripointError as error:
        return [wrong("PostgreSQL programs", error.sentence, error.remedy or "")]
    if version < OLDEST:
        remedy = f"Set TRIPOINT_POSTGRES_BIN to version {OLDEST} or newer."
        return [wrong("PostgreSQL programs", f"Version {version} in {folder} is too old.", remedy)]
    return [fine("PostgreSQL programs", f"Version {version} in {folder}.")]


def check_database(settings: Settings) -> list[Finding]:
    """The database the hub uses: the server of TRIPOINT_DATABASE, or the hub's own where it exists yet."""
    try:
        if not settings.embedded:
            return judge_database(inspect_database(settings.database), newest_revision(), own=False)
        if not (settings.data / "postgres").exists():
            return [fine("Database", "The hub's own will be made at the first start.")]
        with embedded_postgres(settings.data) as servers:
            return judge_database(inspect_database(servers.app), newest_revision(), own=True)
    except TripointError as error:
        remedy = error.remedy or "Start the server, or correct TRIPOINT_DATABASE and what its pg_hba.conf allows."
        return [wrong("Database", error.sentence, remedy)]


def check_index(settings: Settings) -> list[Finding]:
    """The index by which listed persons are found."""
    folder = Folder(settings.data / INDEX)
    said = folder.status()
    if said.state is State.ABSENT:
        return [fine("Index", "It will be built when the hub starts.")]
    found = [fine("Index", f"{in_words(said)} The follower was last heard {folder.silence():.1f} s ago.")]
    if said.state is not State.READY:
        found = [caution("Index", in_words(said), "Checks say so meanwhile. Start the hub, or wait; see its log.")]
    if said.left_out:
        remedy = "The hub's log names their ids; let the owners enter them again."
        found.append(caution("Index", f"{said.left_out} persons cannot be read and are not found by name.", remedy))
    return found


def judge_database(facts: DatabaseFacts, newest: str, *, own: bool) -> list[Finding]:
    """What is to be said of a database server; `own` when the hub runs it itself."""
    name = "the hub's own" if own else "by TRIPOINT_DATABASE"
    found = [fine("Database", f"PostgreSQL {facts.version}, {name}, as {facts.role}.")]
    judges: list[Callable[[DatabaseFacts, str], Finding | None]] = [
        _judge_version, _judge_power, _judge_membership, _judge_revision, _judge_speed, _judge_clock,
    ]  # fmt: skip
    found += [finding for judge in judges if (finding := judge(facts, newest))]
    return found


def _judge_version(facts: DatabaseFacts, _: str) -> Finding | None:
    if facts.version >= OLDEST:
        return None
    return wrong("Database", f"PostgreSQL {facts.version} is too old.", f"Use PostgreSQL {OLDEST} or newer.")


def _judge_power(facts: DatabaseFacts, _: str) -> Finding | None:
    if not (facts.superuser or facts.bypasses_security):
        return None
    power = "is a superuser" if facts.superuser else "may bypass row-level security"
    remedy = f"alter role {facts.role} nosuperuser nobypassrls; and let another role own the tables."
    return caution("Database", f"The role {facts.role} {power}; the hub needs neither.", remedy)


def _judge_membership(facts: DatabaseFacts, _: str) -> Finding | None:
    if facts.may_act_as_application or not facts.migrated:
        return None
    remedy = f"grant tripoint_app to {facts.role};"
    return wrong("Database", f"The role {facts.role} may not act as tripoint_app.", remedy)


def _judge_revision(facts: DatabaseFacts, newest: str) -> Finding | None:
    if facts.migrated and facts.revision in (newest, None):
        return None
    if not facts.migrated:
        remedy = "Start the hub, or run `tripoint migrate`, with TRIPOINT_ADMIN_DATABASE naming the owner's address."
        return caution("Database", "It has no tables yet.", remedy)
    remedy = "Start the hub once with TRIPOINT_ADMIN_DATABASE, or start the version of the hub that made it."
    return wrong("Database", f"Its tables are at {facts.revision}; this hub is made for {newest}.", remedy)


def _judge_speed(facts: DatabaseFacts, _: str) -> Finding | None:
    if not facts.not_leakproof or not facts.migrated:
        return None
    statements = " ".join(f"alter function {function} leakproof;" for function in facts.not_leakproof)
    said = "Searching text will be slow: functions are not marked leakproof."
    return caution("Database", said, f"As a superuser: {statements}")


def _judge_clock(facts: DatabaseFacts, _: str) -> Finding | None:
    if abs(facts.ahead) <= CLOCK_TOLERANCE:
        return None
    seconds = facts.ahead.total_seconds()
    said = f"Its clock is {abs(seconds):.0f} seconds {'ahead of' if seconds > 0 else 'behind'} this machine's."
    return wrong("Database", said, "Keep both clocks with a time service.")


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
