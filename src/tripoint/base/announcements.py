"""Announcements: what happened is written beside the act, and one relay hands it on, numbered for each party."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Session, Statement, together

WAKE_UP = "tripoint_feed"  # the one notification channel; it carries no content
KEEP_FEED = "2 days"

WRITE = """
insert into outbox (kind, parties, ref, change, facts)
values (%(kind)s, %(parties)s, %(ref)s, %(change)s, %(facts)s::jsonb)
"""
TAKE = """
delete from outbox where id in (select id from outbox order by id limit %(limit)s for update skip locked)
returning id, kind, parties, ref, change, facts, at
"""
# The number belongs to the party alone, so that it never tells how much happened to others.
NUMBER = """
with told as (select * from unnest(%(party)s::smallint[], %(kind)s::text[], %(ref)s::uuid[], %(change)s::text[],
                                   %(count)s::integer[])
                with ordinality as t(party, kind, ref, change, count, place)),
     heads as (insert into feed_head (party, seq) select party, count(*) from told group by party
                on conflict (party) do update set seq = feed_head.seq + excluded.seq returning party, seq),
     totals as (select party, count(*) as n from told group by party)
insert into feed (party, seq, kind, ref, change, count)
select t.party, h.seq - n.n + row_number() over (partition by t.party order by t.place), t.kind, t.ref, t.change,
       t.count
  from told t join heads h using (party) join totals n using (party)
"""
READ_FEED = """
select seq, kind, ref, change, count, at from feed
 where party = %(party)s and seq > %(after)s order by seq limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something happened: to which parties it may be told, and to which object. No content."""

    kind: str
    parties: tuple[int, ...]
    ref: UUID
    change: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One numbered line of a party's feed; `count` is of like lines told as one."""

    seq: int
    kind: str
    ref: UUID | None
    change: str | None
    count: int
    at: datetime


def announce(session: Session, announcement: Announcement) -> None:
    """Write the announcement in the act's own transaction."""
    together(session, [announced(announcement)])


def announced(announcement: Announcement) -> Statement:
    """The announcement, to be written with others."""
    row = {
        "kind": announcement.kind,
        "parties": list(announcement.parties),
        "ref": announcement.ref,
        "change": announcement.change,
        "facts": json.dumps(announcement.facts, default=str),
    }
    return Statement(WRITE, row)


def take(session: Session, limit: int = 2000) -> list[Announcement]:
    """Take what waits, oldest first; for the relay only. At most `limit` announcements."""
    rows = sorted(session.exec_driver_sql(TAKE, {"limit": limit}).all())
    return [
        Announcement(kind, tuple(parties), ref, change, facts or {}, at)
        for _, kind, parties, ref, change, facts, at in rows
    ]


def number(session: Session, told: Sequence[tuple[int, str, UUID | None, str | None, int]]) -> None:
    """Add lines (party, kind, ref, change, count) to the parties' feeds and wake the listeners once."""
    if not told:
        return
    party, kind, ref, change, count = (list(column) for column in zip(*told, strict=True))
    session.exec_driver_sql(NUMBER, {"party": party, "kind": kind, "ref": ref, "change": change, "count": count})
    session.exec_driver_sql(f"notify {WAKE_UP}")


def coalesce(
    announcements: Iterable[Announcement], counted: frozenset[str]
) -> list[tuple[int, str, UUID | None, str | None, int]]:
    """The feed's lines: one for each announcement and party, but only one a party for the `counted` kinds."""
    lines: list[tuple[int, str, UUID | None, str | None, int]] = []
    sums: dict[tuple[int, str], int] = {}
    for told in announcements:
        for party in told.parties:
            if told.kind in counted:
                sums[party, told.kind] = sums.get((party, told.kind), 0) + 1
            else:
                lines.append((party, told.kind, told.ref, told.change, 1))
    return lines + [(party, kind, None, None, n) for (party, kind), n in sums.items()]


def read_feed(session: Session, party: int, after: int, limit: int = 500) -> list[FeedEntry]:
    """The party's lines numbered above `after`."""
    rows = session.exec_driver_sql(READ_FEED, {"party": party, "after": after, "limit": limit}).all()
    return [FeedEntry(*row) for row in rows]


def newest(session: Session, party: int) -> int:
    """The number of the party's newest line, 0 when there is none."""
    found = session.exec_driver_sql("select coalesce(max(seq), 0) from feed where party = %(party)s", {"party": party})
    return int(found.scalar_one())


def forget_old(session: Session) -> None:
    """Drop lines that no client will ask for again; for the relay only."""
    session.exec_driver_sql(f"delete from feed where at < now() - interval '{KEEP_FEED}'")  # noqa: S608 - our own constant
