"""What parties read and add: heads of the hours, witnesses' keys and countersignatures, entries with their leaves."""

from __future__ import annotations

from uuid import UUID

from tripoint.access.sealing.model import Countersignature, Hour, ProvenEntry, SignedHead, Witness
from tripoint.access.sealing.store import HEAD, head_from
from tripoint.base.database import Session
from tripoint.engines.merkle.canonical import plain_row, row_hash

HEAD_OF = f"{HEAD} where h.size = %(size)s"
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


def head_of(session: Session, size: int) -> SignedHead | None:
    """The head of a size, None where no batch ended there."""
    row = session.exec_driver_sql(HEAD_OF, {"size": size}).mappings().first()
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


def entries(session: Session, object_id: UUID, limit: int) -> list[ProvenEntry]:
    """The rows about one object that the reader's party may see, newest first, still without their proofs."""
    found = []
    for row in session.exec_driver_sql(ENTRIES, {"id": object_id, "limit": limit}).mappings():
        plain = plain_row({name: value for name, value in row.items() if name not in BESIDE})
        found.append(ProvenEntry(plain, row["sealed_party"], row["sealed_position"], row_hash(plain)))
    return found
