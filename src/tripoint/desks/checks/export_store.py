"""Hits as rows of an export: the own party's, as owner or asker, never those it met blind."""

from __future__ import annotations

from tripoint.access.visit import Visit
from tripoint.records.exports.model import Export, Line
from tripoint.words.grades import Handling

OWN_HITS = """
select h.id, h.owner, coalesce(f.kind, h.kind) as kind, coalesce(f.grade, h.grade) as grade, h.state, h.level, h.raised_at, h.decided_at, h.outcome, o.code as owner_code,
       a.code as asker_code
  from hit h join party o on o.number = h.owner join party a on a.number = h.asker
  left join hit_finding f on f.hit = h.id
 where h.owner = %(own)s or (h.asker = %(own)s and h.level <> 'blind') order by h.raised_at desc, h.id limit %(limit)s
"""


def hits(visit: Visit, export: Export, most: int) -> list[Line]:
    """The hits that the own party knows of, without what lies beneath them; as strict as the export says."""
    rows = visit.session.exec_driver_sql(OWN_HITS, {"own": visit.party, "limit": most}).mappings().all()
    shown = ("kind", "grade", "state", "level", "raised_at", "decided_at", "outcome")
    return [
        Line(row["id"], row["owner"], None, Handling(export.handling), {
            "owner": row["owner_code"], "asker": row["asker_code"],
            **{name: row[name] if row[name] is None else str(row[name]) for name in shown},
        })
        for row in rows
    ]  # fmt: skip
