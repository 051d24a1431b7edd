"""`tripoint keys`: how the hub's keys stand, prove that everything sealed opens, rotate them, seal what is in clear."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from tripoint.access import founding
from tripoint.access.model import Act, Party
from tripoint.base.database import Engine, owner_engine, transaction
from tripoint.base.ids import uuid7
from tripoint.base.keyring import INDEX, NAME, KeyRing
from tripoint.base.settings import load_settings
from tripoint.doors.admin import show
from tripoint.doors.serve import database
from tripoint.doors.upgrading import parties_of, seal_all, step_by_step
from tripoint.records.sealed import keeping

app = typer.Typer(no_args_is_help=True, help="The keys by which victims, witnesses and children are sealed.")
console = Console()
PartyOption = Annotated[str | None, typer.Option("--party", help="Code of one party; without it all.")]


@contextmanager
def at_work() -> Generator[tuple[Engine, KeyRing]]:
    """The tables' owner and the key ring of this installation."""
    settings = load_settings()
    with database(settings) as addresses, owner_engine(addresses.admin) as engine:
        yield engine, KeyRing(settings.data / NAME)


@app.command()
def status(party: PartyOption = None) -> None:
    """Say which keys there are and how much each of them wraps."""
    with at_work() as (engine, keys):
        rows = [row for one in parties_of(engine, party) for row in rows_of(engine, keys, one)]
        rows += [[INDEX, str(key.number), key.made.date().isoformat(), "", ""] for key in keys.keys(INDEX)]
        show(["owner", "key", "made", "records wrapped", "in use"], rows)
        for fault in keys.faults():
            console.print(fault, style="red", markup=False)


def rows_of(engine: Engine, keys: KeyRing, party: Party) -> list[list[str]]:
    """A party's keys, one line each."""
    with transaction(engine) as connection, founding.standing_under(connection, party) as session:
        wrapped = keeping.wrapped_by(session)
    kept = keys.keys(party.code)
    return [
        [party.code, str(key.number), key.made.date().isoformat(), f"{wrapped.get(key.number, 0):,}",
         "yes" if key == kept[-1] else "no"]
        for key in kept
    ]  # fmt: skip


@app.command()
def rotate(
    party: PartyOption = None,
    older_than: Annotated[int, typer.Option(help="Days; younger keys stay in use. 0 makes a new key at once.")] = 0,
    index: Annotated[bool, typer.Option(help="The index keys too: every sealed record is opened for it.")] = False,
) -> None:
    """Make new keys, wrap every data key anew, and forget the earlier keys. The hub may run meanwhile."""
    with at_work() as (engine, keys):
        for one in parties_of(engine, party):
            rotate_party(engine, keys, one, older_than)
        if index:
            rotate_index(engine, keys)


def rotate_party(engine: Engine, keys: KeyRing, party: Party, older_than: int) -> None:
    """A new key for a party that has one, unless an earlier rotation was broken off: then that is ended first."""
    kept = keys.keys(party.code)
    if not kept:
        return
    age = (datetime.now(UTC) - kept[-1].made).days
    if len(kept) == 1 and age >= older_than:
        keys.rotate(party.code)
    step_by_step(engine, keys, party, keeping.wrap_some, "data keys wrapped anew")
    for key in keys.keys(party.code)[:-1]:
        with transaction(engine) as connection, founding.standing_under(connection, party) as session:
            still = keeping.wrapped_by(session).get(key.number, 0)
        if still:
            console.print(f"{party.code}: {still:,} data keys do not open; key {key.number} is kept.", style="red")
        else:
            with transaction(engine) as connection, founding.standing_under(connection, party) as session:
                founding.write_entry(session, Act.ROTATE_KEY, party, "key", uuid7())
            keys.forget(party.code, key.number)
            console.print(f"{party.code}: key {key.number} is forgotten.", highlight=False)


def rotate_index(engine: Engine, keys: KeyRing) -> None:
    """A new index key; records can be looked up under the earlier one until all have their new blind forms."""
    kept = keys.keys(INDEX)
    if not kept:
        return
    if len(kept) == 1:
        keys.rotate(INDEX)
    everybody = parties_of(engine, None)
    for party in everybody:
        step_by_step(engine, keys, party, keeping.mark_some, "records marked anew")
    for party in everybody:
        with transaction(engine) as connection, founding.standing_under(connection, party) as session:
            keeping.drop_old_marks(session, keys)
    for key in keys.keys(INDEX)[:-1]:
        keys.forget(INDEX, key.number)
        console.print(f"Index key {key.number} is forgotten.", highlight=False)


@app.command()
def check(party: PartyOption = None) -> None:
    """Prove that every data key opens; ends with status 1 where one does not."""
    dead: list[UUID] = []
    with at_work() as (engine, keys):
        faults = keys.faults()
        for one in parties_of(engine, party):
            step_by_step(engine, keys, one, keeping.prove_some(dead), "data keys open")
    for record in dead:
        console.print(f"The key of record {record} is gone.", style="red", highlight=False)
    for fault in faults:
        console.print(fault, style="red", markup=False)
    if dead or faults:
        raise typer.Exit(1)
    console.print("Every sealed record can be opened by its owner.")


@app.command()
def seal(party: PartyOption = None) -> None:
    """Seal persons to protect that an earlier version of the hub, or a restored dump, holds in clear."""
    with at_work() as (engine, keys):
        seal_all(engine, keys, parties_of(engine, party))
    console.print("Nobody to be sealed is held in clear.")
