"""What the hub's database holds of the checks that were made, for judging a rehearsal from within."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tripoint.access import founding
from tripoint.access.model import Party
from tripoint.base.database import Engine, Session, transaction
from tripoint.records.model import RecordKind

CHECKS = "select id from check_made where party = %(party)s"
HITS = """
select h.id, h.check_party, h.check_id, h.record, h.level, h.state, f.grade from hit h join hit_finding f on f.hit = h.id
 where h.owner = %(party)s
"""
KEYS = {
    RecordKind.PERSON: "select id, source_key from person",
    RecordKind.DOCUMENT: "select id, number || '|' || issuer from document",
    RecordKind.VEHICLE: "select id, coalesce(vin, country || '|' || plate) from vehicle",
    RecordKind.FIREARM: "select id, serial || '|' || make from firearm",
}
WARM = """
select sum(pg_prewarm(c.oid)) from pg_class c
 where c.relkind in ('r', 'i') and c.relname ~ '^(document_[0-9]+_number_key|person_document|person|record_set|terms)'
"""
DATABASE = "select current_setting('server_version'), pg_database_size(current_database())"


def warm(engine: Engine) -> None:
    """Read what checks look up into the server's memory, as it stands after a day's work."""
    with transaction(engine) as connection:
        connection.exec_driver_sql("create extension if not exists pg_prewarm")
        connection.exec_driver_sql(WARM)


@dataclass(frozen=True, slots=True)
class HeldHit:
    """A hit as it stands in the database."""

    id: UUID
    check_party: str
    check_id: UUID
    record: UUID
    level: str
    state: str
    grade: str


def all_parties(connection: Session) -> list[Party]:
    """Every party of the hub."""
    return founding.list_parties(connection)


def checks_of(connection: Session, party: Party) -> list[UUID]:
    """The ids of every check the party made, each as often as it is held."""
    with founding.standing_under(connection, party) as session:
        return [row[0] for row in session.exec_driver_sql(CHECKS, {"party": party.number})]


def hits_of(connection: Session, owner: Party, codes: dict[int, str]) -> list[HeldHit]:
    """Every hit on a record of the owner."""
    with founding.standing_under(connection, owner) as session:
        rows = session.exec_driver_sql(HITS, {"party": owner.number}).all()
    return [HeldHit(hit, codes[party], *rest) for hit, party, *rest in rows]


def records_of(connection: Session, owner: Party) -> dict[tuple[RecordKind, str], UUID]:
    """The owner's records by kind and by what names them."""
    with founding.standing_under(connection, owner) as session:
        return {
            (kind, key): record
            for kind, statement in KEYS.items()
            for record, key in session.exec_driver_sql(f"{statement} where owner = {owner.number:d}")
        }


def describe_database(connection: Session) -> tuple[str, int]:
    """The server's version, and the size of the hub's database in bytes."""
    version, size = connection.exec_driver_sql(DATABASE).one()
    return str(version), int(size)


def tidy(engine: Engine) -> None:
    """Do at once what the server would do by itself within minutes of a large load: vacuum, statistics, checkpoint."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("document", "person", "person_document", "notice", "record_set", "terms"):
            connection.exec_driver_sql(f"vacuum (analyze) {table}")
        connection.exec_driver_sql("checkpoint")
