"""Load one edition of a list into its set: rows wait in the database first, then become its state at one stroke."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.database import Engine
from tripoint.base.errors import BadInput, Conflict
from tripoint.base.keyring import NO_KEYS, KeyRing
from tripoint.records.loading import store
from tripoint.records.loading.lines import LineOf, kept_line, line_maker
from tripoint.records.loading.merging import store as merging
from tripoint.records.loading.model import Edition, Listeners, Report
from tripoint.records.loading.shapes import SHAPES
from tripoint.records.loading.store import Driver, Loader
from tripoint.records.model import RecordKind
from tripoint.records.rules import years_later
from tripoint.records.sealed.lists import ListSealer
from tripoint.records.sources.outcomes import BadRow, Outcome, Passed

ROWS_A_BATCH = 100_000  # staged, and so not lost, together
ROWS_A_BLOCK = 2_000  # sent together
FROM_THE_LIST_ON = 1_000  # records from which on an edition may not end half of a set unasked
NOBODY_TOLD = Listeners()


@dataclass(slots=True)
class Tally:
    """What has been read so far."""

    entries: int = 0
    good: int = 0
    bad: int = 0
    passed: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a merge wrote."""

    added: int = 0
    changed: int = 0
    ended: int = 0


def load_edition(
    engine: Engine, edition: Edition, outcomes: Iterable[Outcome], today: date, listeners: Listeners = NOBODY_TOLD,
    keys: KeyRing = NO_KEYS,
) -> Report:  # fmt: skip
    """Load what a reader yields and say what came of it.

    Bad rows are told to the listener and kept out; the record they name stays as it is. Killed at any moment, the next
    load of the same files goes on with the rows that wait already. Raises BadInput where the file or the edition as a
    whole cannot be taken, Conflict when the set is being loaded, and SetUp for victims and other persons to be sealed
    where no key ring is given; then nothing has changed.
    """
    began = time.monotonic()
    with engine.connect() as connection:
        owner = store.find_owner(connection, edition)
        set_number, terms = store.prepare(connection, owner, edition)
        if not store.take_set(connection, set_number):
            raise being_loaded(edition)
        try:
            run = store.begin_run(connection, owner, set_number, edition, settings_of(edition))
            sealer = ListSealer(keys, edition.owner, today)
            loader = Loader(connection, owner, set_number, terms, run, sealer)
            tally, resumed = stage_all(loader, edition, outcomes, listeners)
            report = merge(loader, edition, tally, resumed, today, began, listeners)
            store.analyse(loader, edition.kind)
        finally:
            connection.rollback()
            store.release_set(connection, set_number)
    return report


def being_loaded(edition: Edition) -> Conflict:
    """The error for a set that somebody else loads."""
    return Conflict(f"The set {edition.name!r} is being loaded.", field="name", remedy="Wait until it is done.")


def load_within(visit: Visit, edition: Edition, outcomes: Iterable[Outcome], listeners: Listeners) -> Report:
    """Load what a reader yields into a set of the visitor's own party, in the visit's transaction: all or nothing.

    Takes and raises what `load_edition` does. A load of the same file that was broken off elsewhere is gone on with.
    """
    began, today, connection = time.monotonic(), visit.clock().date(), visit.session
    store.find_owner(connection, edition)
    set_number, terms = store.prepare(connection, visit.party, edition)
    if not store.hold_set(connection, set_number):
        raise being_loaded(edition)
    store.plan_anew(connection)
    run = store.begin_run(connection, visit.party, set_number, edition, settings_of(edition))
    sealer = ListSealer(visit.keys, edition.owner, today)
    loader = Loader(connection, visit.party, set_number, terms, run, sealer, within=True)
    tally, resumed = stage_all(loader, edition, outcomes, listeners)
    report = merge(loader, edition, tally, resumed, today, began, listeners)
    store.analyse(loader, edition.kind)
    visit.note(AuditNote(Act.LOAD_SET, "set", store.set_id(loader), visit.party))
    return report


def settings_of(edition: Edition) -> dict[str, Any]:
    """What must be the same for a load to go on with the rows of an earlier one."""
    return {**edition.settings, "kind": edition.kind.value, "source": edition.source}


def stage_all(loader: Loader, edition: Edition, outcomes: Iterable[Outcome], listeners: Listeners) -> tuple[Tally, int]:
    """Bring every row to the database in batches; how many rows stood there already comes second."""
    ready, tally = store.rows_waiting(loader), Tally()
    line_of = line_maker(edition.kind, loader.sealer.digest)
    blocks = blocks_of(read(outcomes, edition.kind, line_of, tally, listeners, ready))
    try:
        while block := next(blocks, None):
            batch = chain_first(block, islice(blocks, ROWS_A_BATCH // ROWS_A_BLOCK - 1))
            store.stage(loader, edition.kind, batch)
            listeners.progress(tally.entries)
    except BadInput:
        abandon(loader)
        raise
    return tally, ready


def chain_first(first: str, others: Iterator[str]) -> Iterator[str]:
    """The first block, then the others."""
    yield first
    yield from others


def read(
    outcomes: Iterable[Outcome], kind: RecordKind, line_of: LineOf, tally: Tally, listeners: Listeners, ready: int
) -> Iterator[str]:
    """The lines of good rows, and of bad ones that name a record, without the first `ready`, which wait already.

    A fatal row raises BadInput: what could not be read must not look as if it had ended.
    """
    for outcome in outcomes:
        tally.entries += 1
        if isinstance(outcome, Passed):
            tally.passed[outcome.why] += 1
            continue
        if isinstance(outcome, BadRow):
            note_bad(outcome, tally, listeners)
            if outcome.key is None:
                continue
        else:
            tally.good += 1
        if ready:
            ready -= 1
        elif isinstance(outcome, BadRow):
            yield kept_line(kind, outcome.line, outcome.key or "")
        else:
            yield line_of(outcome)


def note_bad(row: BadRow, tally: Tally, listeners: Listeners) -> None:
    """Count and tell a bad row; raises BadInput when nothing after it could be read."""
    listeners.bad_row(row)
    tally.bad += 1
    if row.fatal:
        raise BadInput(f"{row.field} {row.reason} (line {row.line}).", field=row.field, remedy=row.remedy)


def blocks_of(lines: Iterator[str]) -> Iterator[str]:
    """Lines joined into blocks."""
    while block := "".join(islice(lines, ROWS_A_BLOCK)):
        yield block


def abandon(loader: Loader) -> None:
    """Forget the rows of a file that turned out unusable; a visit keeps nothing of them anyway."""
    if loader.within:
        return
    loader.connection.rollback()
    with loader.transaction() as driver:
        store.end_run(loader, driver, "abandoned", None)


def merge(
    loader: Loader, edition: Edition, tally: Tally, resumed: int, today: date, began: float, listeners: Listeners
) -> Report:
    """Turn the waiting rows into the state of the set, with history and audit, in one transaction."""
    listeners.writing()
    shape = SHAPES[edition.kind]
    plan = merging.Merge(loader, shape, years_later(today, shape.years), edition.partial)
    try:
        with loader.transaction() as driver:
            counts = write(driver, plan, edition, tally)
            twice = [] if counts.added == tally.good else merging.rows_given_twice(driver, plan)
            for line, key in twice:
                listeners.bad_row(given_twice(line, key))
            report = Report(
                loader.run, counts.added, counts.changed, counts.ended,
                unchanged=tally.good - len(twice) - counts.added - counts.changed, bad=tally.bad + len(twice),
                passed=dict(tally.passed), resumed_at=resumed, seconds=round(time.monotonic() - began, 3),
            )  # fmt: skip
            merging.set_after(driver, loader, edition.as_of, report.added - report.ended)
            store.end_run(loader, driver, "merged", report)
    except BadInput:
        abandon(loader)
        raise
    return report


def write(driver: Driver, plan: merging.Merge, edition: Edition, tally: Tally) -> Counts:
    """Write the records and say what was done."""
    terms, held = merging.set_before(driver, plan.loader.set_number)
    if edition.kind is not RecordKind.PERSON and not merging.has_records(driver, plan):
        return Counts(added=merging.first_edition(driver, plan))
    acts = merging.find_difference(driver, plan)
    check_shrinking(edition, tally.good, held, acts.get("end", 0))
    loader, persons = plan.loader, edition.kind is RecordKind.PERSON
    sealed = loader.sealer.seal_new(loader.connection, loader.owner) if persons else []
    merging.apply_difference(driver, plan)
    if sealed:
        loader.sealer.seal_past(loader.connection, loader.owner, sealed)
    if terms != plan.loader.terms:
        merging.share_anew(driver, plan, terms)
    return Counts(acts.get("add", 0), acts.get("change", 0), acts.get("end", 0))


def check_shrinking(edition: Edition, good: int, held: int, ended: int) -> None:
    """Refuse an edition that would end a whole set, or half of a long one: most often the file is not what it seems."""
    if not ended or edition.shrinking:
        return
    if good == 0 or (held >= FROM_THE_LIST_ON and ended > held / 2):
        sentence = f"This edition would end {ended} of the {held} records of {edition.name!r}."
        remedy = "Check that the file is whole; then load it with --shrinking, or with --partial to end none."
        raise BadInput(sentence, field="file", remedy=remedy)


def given_twice(line: int, key: str) -> BadRow:
    """A row that names the record of an earlier row."""
    return BadRow(line, "line", f"names {key} again", "keep one row for each; the first was taken", key=key)
