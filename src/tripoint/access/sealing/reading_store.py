"""What parties read and add: heads of the hours, witnesses' keys and countersignatures, entries with their leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tripoint.access.sealing.model import Countersignature, Hour, ProvenEntry, SignedHead, Witness
from tripoint.access.sealing.store import HEAD, head_from
from tripoint.base.database import Row, Session
from tripoint.engines.merkle.canonical import plain_row, row_hash

# A head that was not published is nobody's but the hub's own: its size would tell how busy all parties are just now.
PUBLISHED = f"{HEAD} where h.size = (select o.size from audit_hour o order by o.hour desc limit 1)"  # noqa: S608 - our own constant
PUBLISHED_OF = f"{HEAD} where h.size = %(size)s and exists (select from audit_hour o where o.size = h.size)"
HOURS = f"""
select o.hour, found.*, array(
         select distinct p.code from countersignature c join witness_key w on w.id = c.witness join party p on p.number = w.party
          where c.size = o.size order by p.code) as witnesses
  from (select hour, size from audit_hour order by hour desc limit %(limit)s) o join ({HEAD}) found on found.size = o.size
 order by o.hour desc
"""  # noqa: S608 - our own constant
WITNESSES = """
select w.id, p.code, w.public_key, w.at from witness_key w join party p on p.number = w.party order by w.at, w.id
"""
NEWEST_OF = """
select w.id, p.code, w.public_key, w.at from witness_key w join party p on p.number = w.party
 where w.party = %(party)s order by w.at desc, w.id desc limit 1
"""
ADD_WITNESS = """
insert into witness_key (id, party, public_key, officer) values (%(id)s, %(party)s, %(public_key)s, %(officer)s)
on conflict (public_key) do nothing
"""
COUNTERSIGN = """
insert into countersignature (size, witness, signature) values (%(size)s, %(witness)s, %(signature)s)
on conflict (size, witness) do nothing
"""
COUNTERSIGNATURES = """
select c.size, c.witness, p.code, c.at, c.signature
  from countersignature c join witness_key w on w.id = c.witness join party p on p.number = w.party
 where %(size)s::bigint is null or c.size = %(size)s order by c.size desc, c.at, c.witness limit %(limit)s
"""
ENTRIES = """
select a.*, l.position as sealed_position, p.code as sealed_party
  from audit a left join audit_leaf l on l.seq = a.seq left join party p on p.number = a.party
 where a.object_id = %(id)s order by a.seq desc limit %(limit)s
"""
BESIDE = ("sealed_position", "sealed_party")


def published_head(session: Session) -> SignedHead | None:
    """The newest published head, None before the first."""
    row = session.exec_driver_sql(PUBLISHED).mappings().first()
    return head_from(row) if row else None


def published_head_of(session: Session, size: int) -> SignedHead | None:
    """The published head of a size, None where none has it."""
    row = session.exec_driver_sql(PUBLISHED_OF, {"size": size}).mappings().first()
    return head_from(row) if row else None


def hours(session: Session, limit: int) -> list[Hour]:
    """The heads that went to the parties, newest hour first."""
    rows = session.exec_driver_sql(HOURS, {"limit": limit}).mappings().all()
    return [Hour(row["hour"], head_from(row), tuple(row["witnesses"])) for row in rows]


def witnesses(session: Session) -> list[Witness]:
    """Every witness key of every party, oldest first."""
    rows = session.exec_driver_sql(WITNESSES).all()
    return [Witness(id, party, bytes(key), at) for id, party, key, at in rows]


def witness_of(session: Session, party: int) -> Witness | None:
    """The key in force of one party."""
    row = session.exec_driver_sql(NEWEST_OF, {"party": party}).first()
    return Witness(row[0], row[1], bytes(row[2]), row[3]) if row else None


def add_witness(session: Session, which: UUID, party: int, public_key: bytes, officer: UUID) -> bool:
    """Keep a party's new key; False when a key like it was registered before."""
    row = {"id": which, "party": party, "public_key": public_key, "officer": officer}
    return session.exec_driver_sql(ADD_WITNESS, row).rowcount == 1


def countersign(session: Session, size: int, witness: UUID, signature: bytes) -> None:
    """Keep a countersignature; the same again changes nothing."""
    session.exec_driver_sql(COUNTERSIGN, {"size": size, "witness": witness, "signature": signature})


def countersignatures(session: Session, size: int | None, limit: int) -> list[Countersignature]:
    """Who has countersigned the head of a size, or the newest of all."""
    rows = session.exec_driver_sql(COUNTERSIGNATURES, {"size": size, "limit": limit}).all()
    return [
        Countersignature(size, witness, party, at, bytes(signature)) for size, witness, party, at, signature in rows
    ]


def entries(session: Session, object_id: UUID, limit: int, size: int) -> list[ProvenEntry]:
    """The rows about one object that the reader's party may see, newest first, still without their proofs.

    Those that are not among the first `size` leaves come without what tells where they stand: their hash does too,
    since whoever holds all of a row but its number could try the numbers.
    """
    found = []
    for row in session.exec_driver_sql(ENTRIES, {"id": object_id, "limit": limit}).mappings():
        plain, party, position = plain_row(beside(row)), row["sealed_party"], row["sealed_position"]
        if position is None or position >= size:
            del plain["seq"]
            found.append(ProvenEntry(plain, party, None, None))
        else:
            found.append(ProvenEntry(plain, party, position, row_hash(plain)))
    return found


def beside(row: Row) -> dict[str, Any]:
    """The trail's own columns of a row found with its leaf."""
    return {name: value for name, value in row.items() if name not in BESIDE}
