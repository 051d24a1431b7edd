"""The table of pictures; every reading goes through row-level security."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.records.pictures.model import Alike, NewPicture, Picture

COLUMNS = """
select p.id, o.code as owner, p.kind, p.width, p.height, length(p.content) as size, p.sha256, p.original, p.perceptual,
       p.concerns_kind, p.concerns, p.added_at
"""
FOUND = f"{COLUMNS}, p.owner as owner_number from picture p join party o on o.number = p.owner where p.id = %(id)s"
CONTENT = "select content from picture where id = %(id)s"
MINE = "select original, owner from picture where id = %(id)s"
LOOSE = "select count(*) from picture where owner = %(owner)s and concerns is null"
ADD = """
insert into picture (id, owner, terms, sha256, original, kind, width, height, content, perceptual, added_by, added_at)
values (%(id)s, %(owner)s, %(terms)s, %(sha256)s, %(original)s, %(kind)s, %(width)s, %(height)s, %(content)s, %(perceptual)s, %(by)s, %(at)s)
on conflict (id) do nothing
"""
# Bits that differ are counted on every picture one may see: a hundred thousand take about a tenth of a second.
ALIKE = f"""
{COLUMNS}, bit_count((p.perceptual # w.perceptual)::bit(64)) as distance
  from picture w join picture p on p.id <> w.id and bit_count((p.perceptual # w.perceptual)::bit(64)) <= %(within)s
  join party o on o.number = p.owner
 where w.id = %(id)s order by distance, p.added_at desc, p.id limit %(limit)s
"""
OF = """
select id from picture where concerns = %(which)s and concerns_kind = %(kind)s order by added_at, id
"""
HANG = """
update picture set concerns_kind = %(kind)s, concerns = %(which)s, terms = %(terms)s
 where id = any(%(ids)s::uuid[]) and owner = me() and (concerns is null or concerns = %(which)s) returning id
"""
LET_GO = """
update picture set concerns_kind = null, concerns = null, terms = %(own)s
 where concerns = %(which)s and owner = me() and not id = any(%(ids)s::uuid[])
"""
SHARE = "update picture set terms = %(terms)s where concerns = %(which)s and owner = me()"
BETWEEN = """
select a.concerns as one, b.concerns as other, min(bit_count((a.perceptual # b.perceptual)::bit(64))) as distance
  from picture a join picture b on b.concerns_kind = a.concerns_kind and b.concerns <> a.concerns
 where a.concerns = %(which)s and b.concerns = any(%(others)s::uuid[])
   and bit_count((a.perceptual # b.perceptual)::bit(64)) <= %(within)s
 group by a.concerns, b.concerns
"""
READERS = "select t.spec -> 'readers' from occurrence_body b join terms t on t.id = b.terms where b.occurrence = %(id)s"
FORGET = "select forget_pictures(%(at)s)"


def add(session: Session, picture: NewPicture, owner: int, terms: int, by: UUID, at: datetime) -> bool:
    """Keep a picture; False where the id is taken, also by what one may not see."""
    row = {
        "id": picture.id, "owner": owner, "terms": terms, "sha256": picture.sha256, "original": picture.original,
        "kind": picture.kind, "width": picture.width, "height": picture.height, "content": picture.content,
        "perceptual": picture.perceptual, "by": by, "at": at,
    }  # fmt: skip
    return session.exec_driver_sql(ADD, row).rowcount == 1


def original(session: Session, which: UUID) -> tuple[str, int] | None:
    """The digest under which a picture came, and its owner's number."""
    found = session.exec_driver_sql(MINE, {"id": which}).first()
    return None if found is None else (str(found[0]), int(found[1]))


def loose(session: Session, owner: int) -> int:
    """How many pictures of the party belong to nothing yet."""
    return int(session.exec_driver_sql(LOOSE, {"owner": owner}).scalar_one())


def find(session: Session, which: UUID) -> tuple[Picture, int] | None:
    """A picture that one may see, and its owner's number."""
    row = session.exec_driver_sql(FOUND, {"id": which}).mappings().first()
    return None if row is None else (picture_of(row), int(row["owner_number"]))


def content(session: Session, which: UUID) -> bytes:
    """The bytes of a picture that was found."""
    return bytes(session.exec_driver_sql(CONTENT, {"id": which}).scalar_one())


def alike(session: Session, which: UUID, within: int, limit: int) -> list[Alike]:
    """Pictures that one may see and that differ from this one in at most `within` bits, nearest first."""
    rows = session.exec_driver_sql(ALIKE, {"id": which, "within": within, "limit": limit}).mappings().all()
    return [Alike(picture_of(row), int(row["distance"])) for row in rows]


def between(session: Session, which: UUID, others: Sequence[UUID], within: int) -> dict[UUID, int]:
    """For each of these other records the fewest bits in which one of its pictures differs from one of `which`."""
    values = {"which": which, "others": list(others), "within": within}
    return {row.other: int(row.distance) for row in session.exec_driver_sql(BETWEEN, values).all()}


def of(session: Session, kind: str, which: UUID) -> list[UUID]:
    """The pictures of a record that one may see, oldest first."""
    return list(session.exec_driver_sql(OF, {"kind": kind, "which": which}).scalars())


def hang(session: Session, kind: str, which: UUID, pictures: Sequence[UUID], terms: int, own: int) -> int:
    """Let exactly these pictures of the own party belong to a record, under its terms; how many were found.

    Those that belonged to it and are not named belong to nothing any more, under the terms `own`.
    """
    row = {"kind": kind, "which": which, "ids": list(pictures), "terms": terms, "own": own}
    session.exec_driver_sql(LET_GO, row)
    return len(session.exec_driver_sql(HANG, row).all())


def share(session: Session, which: UUID, terms: int) -> None:
    """Let the own party's pictures of a record stand under its terms (a row of `terms`), which have changed."""
    session.exec_driver_sql(SHARE, {"which": which, "terms": terms})


def readers_of_report(session: Session, which: UUID) -> dict[str, Any] | None:
    """Who may read a report of the own party, as it was said."""
    found: dict[str, Any] | None = session.exec_driver_sql(READERS, {"id": which}).scalar()
    return found


def forget(session: Session, at: datetime) -> int:
    """Remove what belonged to nothing for a week at that moment; how many. For the relay only."""
    return int(session.exec_driver_sql(FORGET, {"at": at}).scalar_one())


def picture_of(row: Row) -> Picture:
    """A picture from its row."""
    fields: dict[str, Any] = {name: row[name] for name in Picture.__dataclass_fields__}
    return Picture(**fields)
