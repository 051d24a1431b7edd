"""What an upgrade owes to what is held: the newest shape, and nobody to be sealed in clear any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from rich.console import Console

from tripoint.access import founding
from tripoint.access.model import Party
from tripoint.base.database import Engine, owner_engine, transaction
from tripoint.base.keyring import NAME, KeyRing
from tripoint.base.migrate import migrate, newest_revision
from tripoint.base.settings import Settings
from tripoint.records.sealed import keeping, store
from tripoint.records.sealed.safe import Safe

console = Console()
FIRST = UUID(int=0)


def upgrade(settings: Settings, admin_address: str) -> None:
    """Bring the database to the newest shape and, once for each shape, seal whom an earlier release held in clear.

    Broken off between, the next start does it: that it was done is written down last. Raises SetUp without a place for
    keys.
    """
    migrate(admin_address)
    chore = f"seal {newest_revision()}"
    with owner_engine(admin_address) as engine:
        with transaction(engine) as session:
            if store.chore_done(session, chore):
                return
        seal_all(engine, KeyRing(settings.data / NAME), parties_of(engine, None))
        with transaction(engine) as session:
            store.note_chore(session, chore, datetime.now(UTC).date())


def parties_of(engine: Engine, code: str | None) -> list[Party]:
    """The party named, or all."""
    with transaction(engine) as connection:
        return [founding.party_named(connection, code)] if code else founding.list_parties(connection)


def seal_all(engine: Engine, keys: KeyRing, parties: list[Party]) -> int:
    """Seal these parties' persons to protect who are held in clear; how many. The hub may run meanwhile."""
    today = datetime.now(UTC).date()
    return sum(step_by_step(engine, keys, one, keeping.seal_some(today), "persons sealed") for one in parties)


def step_by_step(
    engine: Engine, keys: KeyRing, party: Party, step: Callable[[Safe, UUID], tuple[UUID | None, int]], what: str
) -> int:
    """Do a work in steps, each committed, saying how far it is; broken off, the same command goes on where it was."""
    after: UUID | None = FIRST
    done = 0
    while after is not None:
        with transaction(engine) as connection, founding.standing_under(connection, party) as session:
            after, number = step(Safe(session, keys, party.number, party.code), after)
        done += number
        if number:
            console.print(f"{party.code}: {done:,} {what}", highlight=False)
    return done
