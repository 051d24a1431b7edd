"""The tables of loading: parties, sets and terms, runs, and the rows that wait."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from tripoint.base.database import stand_under
from tripoint.base.errors import BadInput, Conflict, TripointError
from tripoint.base.ids import uuid7
from tripoint.records.loading.lines import COLUMNS
from tripoint.records.loading.model import Edition, Report
from tripoint.records.model import Audience, AudienceKind, RecordKind
from tripoint.records.sealed.lists import ListSealer
from tripoint.records.store import set_for, terms_for

Driver = psycopg.Connection[tuple[Any, ...]]
ONE_LOAD_OF_A_SET = 7_261_002  # with the set's number: the advisory lock that a load of it holds
PATIENCE = 3.0  # seconds
UNFINISHED = """
select id, rows_read from load_run
 where owner = %(owner)s and set_number = %(set)s and state = 'staging' and file_digest = %(digest)s and settings = %(settings)s
 order by begun_at desc limit 1
"""
NEW_RUN = """
insert into load_run (id, owner, set_number, source, file_digest, settings)
values (%(run)s, %(owner)s, %(set)s, %(source)s, %(digest)s, %(settings)s)
"""
OTHER_RUNS = "select id from load_run where set_number = %s and state = 'staging' and id <> %s"
END_RUN = "update load_run set state = %s, ended_at = now(), report = %s where id = %s"
SET_ID = "select id from record_set where number = %(set)s"
AUDIT = """
insert into audit (party, act, object_kind, object_id, object_owner, outcome)
select %(owner)s, 'load_set', 'set', id, %(owner)s, %(outcome)s from record_set where number = %(set)s
"""


@dataclass(frozen=True, slots=True)
class Loader:
    """One connection that loads one set; everything on it stands under the owner."""

    connection: Connection
    owner: int
    set_number: int
    terms: int
    run: UUID
    sealer: ListSealer
    within: bool = False  # a visit: its transaction and its trail hold everything, or nothing of it stays

    @contextmanager
    def transaction(self) -> Iterator[Driver]:
        """One transaction under the owner."""
        with owner_transaction(self.connection, self.owner) as driver:
            yield driver


@contextmanager
def owner_transaction(connection: Connection, owner: int) -> Iterator[Driver]:
    """One transaction that sees what party number `owner` may see; gives the driver's own connection.

    A visit's transaction, which stands under its officer's party already, is gone on with instead.
    """
    if connection.in_transaction():
        yield driver_of(connection)
        return
    with connection.begin():
        stand_under(connection, owner)
        yield driver_of(connection)


def driver_of(connection: Connection) -> Driver:
    """The driver's own connection, which copies many rows at once."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TripointError("Lists are loaded through psycopg only.")
    return driver


def find_owner(connection: Connection, edition: Edition) -> int:
    """The owner's number. Raises BadInput when there is no such party, or it may not hold such records."""
    with connection.begin_nested() if connection.in_transaction() else connection.begin():
        row = connection.exec_driver_sql(
            "select number, kind from party where code = %(code)s and active", {"code": edition.owner}
        ).first()
    if row is None:
        remedy = "Add it with `tripoint party add`, or correct the code (three letters for a country)."
        raise BadInput(f"There is no party {edition.owner!r}.", field="owner", remedy=remedy)
    if edition.kind is RecordKind.DOCUMENT and row.kind == "body":
        sentence = f"{edition.owner} is a body; only the issuing country adds a travel document."
        raise BadInput(sentence, field="owner", remedy="Name the country that issued the documents.")
    return int(row.number)


def prepare(connection: Connection, owner: int, edition: Edition) -> tuple[int, int]:
    """The numbers of the edition's set and terms, made where they are new."""
    terms = edition.terms
    with owner_transaction(connection, owner) as driver:
        check_audience(driver, terms.readers)
        check_audience(driver, terms.meeting)
        number = terms_for(connection, owner, terms, terms.readers.operation or terms.meeting.operation)
        set_number, kind = set_for(connection, owner, edition.name, edition.kind, number, uuid7())
        if kind != edition.kind:
            sentence = f"The set {edition.name!r} of {edition.owner} holds {kind} records, not {edition.kind} records."
            raise Conflict(sentence, field="name", remedy="Choose another name.")
    return set_number, number


def check_audience(driver: Driver, audience: Audience) -> None:
    """Raise BadInput when a party or operation named does not exist (or is not known to the owner)."""
    named = {*audience.parties, *audience.barred}
    known = {row[0] for row in driver.execute("select code from party where active and code = any(%s)", (list(named),))}
    if named - known:
        sentence = f"There is no party {', '.join(sorted(named - known))}."
        raise BadInput(sentence, field="audience", remedy="Correct the codes: parties:BRA,COL.")
    if audience.kind is AudienceKind.OPERATION:
        found = driver.execute("select from operation where id = %s", (audience.operation,)).fetchone()
        if found is None:
            sentence = f"The owner takes part in no operation {audience.operation}."
            raise BadInput(sentence, field="audience", remedy="Give the id of an operation of the owner.")


def take_set(connection: Connection, set_number: int) -> bool:
    """Keep every other load of this set out until it is released; False when one is under way.

    Waits some seconds first: the server may not yet have seen that an earlier load was killed.
    """
    keys = {"load": ONE_LOAD_OF_A_SET, "set": set_number}
    deadline = time.monotonic() + PATIENCE
    while True:
        with connection.begin():
            if connection.exec_driver_sql("select pg_try_advisory_lock(%(load)s, %(set)s)", keys).scalar():
                return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)


def hold_set(connection: Connection, set_number: int) -> bool:
    """Keep every other load of this set out until the transaction under way ends; False when one is under way."""
    keys = {"load": ONE_LOAD_OF_A_SET, "set": set_number}
    return bool(connection.exec_driver_sql("select pg_try_advisory_xact_lock(%(load)s, %(set)s)", keys).scalar())


def plan_anew(connection: Connection) -> None:
    """Forget how statements were planned in this session: what suits one row may take hours for sixty thousand."""
    connection.exec_driver_sql("discard plans")


def release_set(connection: Connection, set_number: int) -> None:
    """Let other loads of the set in again."""
    with connection.begin():
        keys = {"load": ONE_LOAD_OF_A_SET, "set": set_number}
        connection.exec_driver_sql("select pg_advisory_unlock(%(load)s, %(set)s)", keys)


def begin_run(connection: Connection, owner: int, set_number: int, edition: Edition, settings: dict[str, Any]) -> UUID:
    """Go on with the run of the same files that was broken off, or begin a new one; forget other unfinished runs."""
    values = {
        "owner": owner, "set": set_number, "digest": edition.digest, "settings": Jsonb(settings),
        "source": edition.source,
    }  # fmt: skip
    with owner_transaction(connection, owner) as driver:
        found = driver.execute(UNFINISHED, values).fetchone()
        run = UUID(str(found[0])) if found else uuid7()
        if found is None:
            driver.execute(NEW_RUN, {**values, "run": run})
            driver.execute("select open_stage(%s)", (run,))
        for (other,) in driver.execute(OTHER_RUNS, (set_number, run)).fetchall():
            driver.execute("select drop_stage(%s)", (other,))
            driver.execute(END_RUN, ("abandoned", None, other))
    return run


def rows_waiting(loader: Loader) -> int:
    """How many rows stand ready from before; 0, with the table emptied, when a crash of the server took some."""
    with loader.transaction() as driver:
        kept = driver.execute("select rows_read from load_run where id = %s", (loader.run,)).fetchone()
        there = driver.execute(SQL("select count(*) from {}").format(seen(loader.run))).fetchone()
        if kept and there and kept[0] == there[0]:
            return int(there[0])
        driver.execute("select open_stage(%s)", (loader.run,))
        driver.execute("update load_run set rows_read = 0 where id = %s", (loader.run,))
    return 0


def stage(loader: Loader, kind: RecordKind, blocks: Iterator[str]) -> None:
    """Copy blocks of lines and count them, in one transaction."""
    columns = SQL(", ").join(map(Identifier, ("line", "kept", *COLUMNS[kind])))
    statement = SQL("copy {} ({}) from stdin").format(waiting(loader.run), columns)
    with loader.transaction() as driver, driver.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for block in blocks:
                copy.write(block)
        driver.execute("update load_run set rows_read = rows_read + %s where id = %s", (cursor.rowcount, loader.run))


def analyse(loader: Loader, kind: RecordKind) -> None:
    """Let the planner know what the tables hold now."""
    with loader.transaction() as driver:
        driver.execute("select analyse_records(%s)", (kind.value,))


def waiting(run: UUID) -> Identifier:
    """The table into which rows of a run are written."""
    return Identifier("staging", f"rows_{run.hex}")


def seen(run: UUID) -> Identifier:
    """The view through which the owner reads them."""
    return Identifier("staging", f"seen_rows_{run.hex}")


def end_run(loader: Loader, driver: Driver, state: str, report: Report | None) -> None:
    """Close a run, write it into the audit trail (a visit does that itself) and drop its rows."""
    driver.execute(END_RUN, (state, Jsonb(report.as_json()) if report else None, loader.run))
    outcome = "done" if state == "merged" else state
    if not loader.within:
        driver.execute(AUDIT, {"owner": loader.owner, "set": loader.set_number, "outcome": outcome})
    driver.execute("select drop_stage(%s)", (loader.run,))


def set_id(loader: Loader) -> UUID:
    """The id of the set that is loaded."""
    return UUID(str(loader.connection.exec_driver_sql(SET_ID, {"set": loader.set_number}).scalar_one()))
