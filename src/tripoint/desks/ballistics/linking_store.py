"""The tables of searches, candidates, annotations and links; every reading goes through row-level security."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.desks.ballistics.codes import Finding, LinkState, RunState, Trigger, Verdict
from tripoint.desks.ballistics.model import Candidate, Found, Half, Link, Note, Run, SearchWanted, Side, Step

WAITING = """
select s.id from exhibit_scan s where s.id = any(%(ids)s::uuid[]) and s.owner = me()
   and not exists (select from comparison_run r where r.scan = s.id and r.trigger = 'new' and r.state = 'done' and r.finished_at >= s.added_at)
"""
ADD_RUN = """
insert into comparison_run (id, party, exhibit, scan, region, trigger, asked_by, asked_by_name, asked_at, filters, k, digest)
values (%(id)s, %(party)s, %(exhibit)s, %(scan)s, %(region)s, 'asked', %(by)s, %(by_name)s, %(at)s, %(filters)s, %(k)s, %(digest)s) on conflict (id) do nothing
"""
USED_RUN = "select digest from comparison_run where id = %(id)s"
RUNS = """
select r.*, (select count(*) from run_candidate c where c.run = r.id) as found,
       (select count(*) from run_candidate c join ballistic_candidate b on b.id = c.candidate where c.run = r.id and b.verdict is null) as undecided
  from comparison_run r
"""
CANDIDATES = """
select b.id, %(which_run)s::uuid as run, {rank} as rank, b.region, b.level, p.code as other_code, p.contact, b.score, b.congruent_cells, b.cells_compared, b.comparison, b.lead,
       b.verdict, b.decided_by_name, b.decided_at, b.reason, b.made_at, b.own, b.own_scan, b.other, b.other_scan,
       o.case_reference as own_reference, o.kind as own_kind, o.calibre_id as own_calibre, o.occurred_on as own_day,
       x.case_reference as other_reference, x.kind as other_kind, x.calibre_id as other_calibre, x.occurred_on as other_day, x.id as other_seen,
       (select l.id from hit_link l where l.pair = b.pair order by l.state = 'closed', l.asked_at desc limit 1) as link
  from ballistic_candidate b join party p on p.number = b.other_party join exhibit o on o.id = b.own left join exhibit x on x.id = b.other
"""
OF_RUN = CANDIDATES.format(rank="c.rank") + " join run_candidate c on c.candidate = b.id and c.run = %(which_run)s where %(ids)s::uuid is null order by c.rank"
OF_DESK = CANDIDATES.format(rank="null::integer") + """
 where (%(ids)s::uuid is null or b.id = %(ids)s) and (%(exhibit)s::uuid is null or b.own = %(exhibit)s or b.other = %(exhibit)s)
   and (%(undecided)s::boolean is null or (b.verdict is null) = %(undecided)s)
   and (%(one)s::uuid is null or (b.own_scan = %(one)s and b.other_scan = %(other)s) or (b.own_scan = %(other)s and b.other_scan = %(one)s))
 order by b.made_at desc, b.id desc limit %(limit)s
"""
DECIDE = """
update ballistic_candidate set verdict = %(verdict)s, decided_by = %(by)s, decided_by_name = %(by_name)s, decided_at = %(at)s, reason = %(reason)s where id = %(id)s
"""
ASK = "select ask_physical(%(id)s, %(candidate)s, %(reason)s, %(by_name)s)"
STEP = "select step_link(%(id)s, %(step)s, %(by_name)s, %(remarks)s)"
FIND = "select find_under_microscope(%(id)s, %(finding)s, %(by_name)s, %(remarks)s)"
LINKS = """
select l.*, l.one_party = me() as first_is_ours, a.code as one_code, b.code as other_code, e.case_reference as one_reference, x.case_reference as other_reference,
       e.id is not null as one_seen, x.id is not null as other_seen, l.first_by = my_officer() as first_by_me
  from hit_link l join party a on a.number = l.one_party join party b on b.number = l.other_party left join exhibit e on e.id = l.one left join exhibit x on x.id = l.other
"""
STEPS = "select s.step, p.code, s.by_name, s.at, s.remarks from hit_link_step s join party p on p.number = s.party where s.link = %(id)s order by s.number"
FINDINGS = """
select f.round, f.number, p.code, f.by_name, f.at, f.finding, f.remarks, f.officer = my_officer() as mine
  from microscope_finding f join party p on p.number = f.party where f.link = %(id)s order by f.round, f.number
"""
NOTES = """
select id, one, other, on_side, x_um, y_um, words, written_by_name, written_at from ballistic_note
 where one = %(one)s and other is not distinct from %(other)s::uuid order by written_at, id
"""
ADD_NOTE = """
insert into ballistic_note (id, party, one, other, on_side, x_um, y_um, words, written_by, written_by_name, written_at)
values (%(id)s, %(party)s, %(one)s, %(other)s, %(on)s, %(x_um)s, %(y_um)s, %(text)s, %(by)s, %(by_name)s, %(at)s) on conflict (id) do nothing
"""
SAME_NOTE = "select one, other, on_side, x_um, y_um, words from ballistic_note where id = %(id)s"
REMOVE_NOTE = "delete from ballistic_note where id = %(id)s"


def waiting(session: Session, scans: Sequence[UUID]) -> list[UUID]:
    """Those of the own party's scans that have not been compared with what is there."""
    return list(session.exec_driver_sql(WAITING, {"ids": list(scans)}).scalars())


def add_run(session: Session, wanted: SearchWanted, row: Mapping[str, Any]) -> bool:
    """Keep a search that waits; False where its id is taken."""
    values = {**row, "id": wanted.id, "scan": wanted.scan, "filters": json.dumps(wanted.filters), "k": wanted.k}
    return session.exec_driver_sql(ADD_RUN, values).rowcount == 1


def used_run(session: Session, which: UUID) -> bytes | None:
    """The digest under which the own party used the id of a search."""
    found = session.exec_driver_sql(USED_RUN, {"id": which}).scalar()
    return None if found is None else bytes(found)


def runs(session: Session, *, exhibit: UUID | None = None, state: str | None = None, which: UUID | None = None, limit: int = 100) -> list[Run]:
    """The own party's searches, newest first."""
    chosen = {"r.exhibit = %(exhibit)s": exhibit, "r.state = %(state)s": state, "r.id = %(which)s": which}
    where = " and ".join(["true", *(condition for condition, value in chosen.items() if value is not None)])
    values = {"exhibit": exhibit, "state": state, "which": which, "limit": limit}
    rows = session.exec_driver_sql(f"{RUNS} where {where} order by r.asked_at desc, r.id desc limit %(limit)s", values)
    return [run_of(row) for row in rows.mappings().all()]


def run_of(row: Row) -> Run:
    """A search from its row."""
    fields = {name: row[name] for name in Run.__dataclass_fields__}
    return Run(**{**fields, "state": RunState(row["state"]), "trigger": Trigger(row["trigger"])})


def candidates_of(session: Session, run: UUID) -> list[Candidate]:
    """The candidates of a search, best first."""
    rows = session.exec_driver_sql(OF_RUN, {"which_run": run, "ids": None}).mappings().all()
    return [candidate_of(row) for row in rows]


def candidates(
    session: Session, *, which: UUID | None = None, exhibit: UUID | None = None, undecided: bool | None = None,
    pair: tuple[UUID, UUID] | None = None, limit: int = 200,
) -> list[Candidate]:  # fmt: skip
    """The own party's candidates, newest first."""
    one, other = pair or (None, None)
    values = {
        "which_run": None, "ids": which, "exhibit": exhibit, "undecided": undecided, "one": one, "other": other, "limit": limit,
    }  # fmt: skip
    return [candidate_of(row) for row in session.exec_driver_sql(OF_DESK, values).mappings().all()]


def candidate_of(row: Row) -> Candidate:
    """A candidate from its row; what its reader does not see any more is left out."""
    own = Side(row["own"], row["own_scan"], row["own_reference"], row["own_kind"], row["own_calibre"], row["own_day"])
    seen = row["other_seen"] is not None
    other = Side(
        row["other"], row["other_scan"], row["other_reference"], row["other_kind"], row["other_calibre"], row["other_day"]
    ) if seen else None  # fmt: skip
    return Candidate(
        row["id"], row["run"], row["rank"], row["region"], own, "full" if seen else "pointer", row["other_code"],
        row["contact"], other, float(row["score"]), row["congruent_cells"], row["cells_compared"],
        row["comparison"] if seen else None, row["lead"], Verdict(row["verdict"]) if row["verdict"] else None,
        row["decided_by_name"], row["decided_at"], row["reason"], row["made_at"], row["link"],
    )  # fmt: skip


def decide(session: Session, row: Mapping[str, Any]) -> None:
    """Write an examiner's verdict on a candidate of the own party."""
    session.exec_driver_sql(DECIDE, dict(row))


def ask_physical(session: Session, row: Mapping[str, Any]) -> str:
    """Begin a link; gives its state, or unknown, not_potential, exists."""
    return str(session.exec_driver_sql(ASK, dict(row)).scalar_one())


def step(session: Session, row: Mapping[str, Any]) -> str:
    """Move a link; gives the state it came to, or unknown, not_handed_over, not_now."""
    return str(session.exec_driver_sql(STEP, dict(row)).scalar_one())


def give_finding(session: Session, row: Mapping[str, Any]) -> str:
    """Keep an examiner's finding; gives the state the link came to, or unknown, not_now, same_person."""
    return str(session.exec_driver_sql(FIND, dict(row)).scalar_one())


def links(session: Session, *, state: str | None = None, which: UUID | None = None, limit: int = 200) -> list[Link]:
    """The links of the own party, newest first."""
    chosen = {"l.state = %(state)s": state, "l.id = %(which)s": which}
    where = " and ".join(["true", *(condition for condition, value in chosen.items() if value is not None)])
    query = f"{LINKS} where {where} order by l.asked_at desc, l.id desc limit %(limit)s"
    rows = session.exec_driver_sql(query, {"state": state, "which": which, "limit": limit}).mappings().all()
    return [link_of(session, row) for row in rows]


def link_of(session: Session, row: Row) -> Link:
    """A link from its row, with its steps, and the findings that the reader learns."""
    halves = [
        Half(row[f"{name}_code"], row[name], row[f"{name}_scan"], row[f"{name}_reference"], bool(row[f"{name}_seen"]))
        for name in ("one", "other")
    ]
    ours, theirs = halves if row["first_is_ours"] else halves[::-1]
    found = session.exec_driver_sql(FINDINGS, {"id": row["id"]}).all()
    steps = session.exec_driver_sql(STEPS, {"id": row["id"]}).all()
    findings = tuple(
        Found(at_round, number, party, name, at, Finding(said), remarks, bool(mine))
        for at_round, number, party, name, at, said, remarks, mine in found
    )  # fmt: skip
    return Link(
        row["id"], LinkState(row["state"]), row["round"], ours, theirs, row["asked_by_name"], row["one_code"],
        row["asked_at"], row["reason"], row["decided_at"], tuple(row["cases"]), bool(row["first_by_me"]), findings,
        tuple(Step(*one) for one in steps), tuple(sorted({row["one_party"], row["other_party"]})),
    )  # fmt: skip


def notes(session: Session, one: UUID, other: UUID | None) -> list[Note]:
    """The own party's annotations of a scan, or of a pair."""
    return [Note(*row) for row in session.exec_driver_sql(NOTES, {"one": one, "other": other}).all()]


def add_note(session: Session, row: Mapping[str, Any]) -> bool:
    """Keep an annotation; False where its id is taken."""
    return session.exec_driver_sql(ADD_NOTE, dict(row)).rowcount == 1


def same_note(session: Session, which: UUID) -> tuple[Any, ...] | None:
    """What an annotation of this id says, where the own party has one."""
    row = session.exec_driver_sql(SAME_NOTE, {"id": which}).first()
    return None if row is None else tuple(row)


def remove_note(session: Session, which: UUID) -> bool:
    """Take away an annotation that the officer wrote; False where there is none."""
    return session.exec_driver_sql(REMOVE_NOTE, {"id": which}).rowcount == 1
