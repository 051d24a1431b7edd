"""The tables of the tracing desk: requests and what each half sees of them. Row-level security cuts every answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.desks.tracing.codec import description_from_json, description_to_json
from tripoint.desks.tracing.model import (
    Answer,
    Asking,
    ClockPolicy,
    Clocks,
    Comment,
    Context,
    Limits,
    OwnPart,
    Priority,
    Recovered,
    Request,
    Side,
    State,
    Turn,
)
from tripoint.words.firearms.recovery import IllicitGround
from tripoint.words.traces import AnswerClass, Restriction, TraceNeed, WhyNot

REQUESTS = """
select r.id, r.asker as asker_number, r.asked as asked_number, a.code as asker, b.code as asked, r.asker = me() as asks, r.state, r.made_at, r.state_since, r.submitted_at,
       r.answered_at, r.due_at, r.answer_due_at, r.expires_at, r.result, s.priority, s.urgent_reason, s.grounds,
       s.intended_use, s.wanted, s.limits, s.limit_words, s.description, o.request is not null as owned, o.parent,
       o.root, o.operation, o.recovered, o.possessor, o.possessor_protected, o.note,
       (select count(*) from trace_comment c where c.request = r.id)::integer as comments
  from trace_request r join trace_sent s on s.request = r.id
  join party a on a.number = r.asker join party b on b.number = r.asked
  left join trace_own o on o.request = r.id
"""
ONE = REQUESTS + " where r.id = %(id)s"
LISTED = f"""{REQUESTS}
 where (%(side)s::text is null or (%(side)s = 'asker') = (r.asker = me()))
   and (%(state)s::text is null or r.state = %(state)s)
   and (%(party)s::text is null or %(party)s in (a.code, b.code))
   and (%(operation)s::uuid is null or o.operation = %(operation)s)
   and (not %(late)s or r.due_at < %(now)s)
   and (%(after)s::uuid is null or (r.state_since, r.id) < (select x.state_since, x.id from trace_request x
                                                             where x.id = %(after)s))
 order by r.state_since desc, r.id desc limit %(limit)s
"""  # noqa: S608 - our own words
OF_ROOT = REQUESTS + " where o.root = %(root)s order by r.made_at, r.id"
OF_RECOVERED = REQUESTS + " where o.recovered = %(recovered)s order by r.made_at, r.id"
LOCK = "select 1 from trace_request where id = %(id)s for update"
KEPT_DIGEST = "select digest from trace_request where id = %(id)s and asker = me()"
ADD = """
insert into trace_request (id, asker, asked, state, made_at, made_by, state_since, digest)
values (%(id)s, %(asker)s, %(asked)s, 'draft', %(at)s, %(by)s, %(at)s, %(digest)s) on conflict (id) do nothing
"""
ADD_SENT = """
insert into trace_sent (request, asker, asked, priority, urgent_reason, grounds, intended_use, wanted, limits,
                        limit_words, description)
values (%(id)s, %(asker)s, %(asked)s, %(priority)s, %(urgent_reason)s, %(grounds)s, %(intended_use)s, %(wanted)s,
        %(limits)s, %(limit_words)s, %(description)s::jsonb)
"""
CHANGE_SENT = """
update trace_sent set priority = %(priority)s, urgent_reason = %(urgent_reason)s, grounds = %(grounds)s,
       intended_use = %(intended_use)s, wanted = %(wanted)s, limits = %(limits)s, limit_words = %(limit_words)s,
       description = %(description)s::jsonb where request = %(id)s
"""
ADD_OWN = """
insert into trace_own (request, owner, parent, root, operation, recovered, possessor, possessor_protected, note)
values (%(id)s, %(asker)s, %(parent)s, %(root)s, %(operation)s, %(recovered)s, %(possessor)s, %(protected)s, %(note)s)
"""
CHANGE_OWN = """
update trace_own set possessor = %(possessor)s, possessor_protected = %(protected)s, note = %(note)s
 where request = %(id)s
"""
MOVE = """
update trace_request set state = %(state)s, state_since = %(at)s, due_at = %(due)s, answer_due_at = %(answer_due)s,
       expires_at = %(expires)s, told_late = false, result = coalesce(%(result)s, result),
       submitted_at = case when %(state)s = 'submitted' then coalesce(submitted_at, %(at)s) else submitted_at end,
       answered_at = case when %(state)s = 'answered' then %(at)s else answered_at end
 where id = %(id)s
"""
TURN = """
insert into trace_turn (request, number, before, after, party, reason, at)
select %(id)s, coalesce(max(number), 0) + 1, %(before)s, %(after)s, %(party)s, %(reason)s, %(at)s
  from trace_turn where request = %(id)s
"""
TURNS = """
select t.number, t.before, t.after, coalesce(p.code, '') as party, t.reason, t.at
  from trace_turn t left join party p on p.number = t.party where t.request = %(id)s order by t.number
"""
COMMENT = """
insert into trace_comment (request, number, owner, words, at, by_officer)
select %(id)s, coalesce(max(number), 0) + 1, %(owner)s, %(words)s, %(at)s, %(by)s from trace_comment where request = %(id)s
"""
COMMENTS = """
select c.number, p.code, c.owner = me() as own, c.words, c.at
  from trace_comment c join party p on p.number = c.owner where c.request = %(id)s order by c.number
"""
ANSWER = """
insert into trace_answer (request, number, owner, partial, class, why, words, ask_next, limits, limit_words, use_until,
                          at, by_officer)
select %(id)s, coalesce(max(number), 0) + 1, %(owner)s, %(partial)s, %(class)s, %(why)s, %(words)s, %(ask_next)s,
       %(limits)s, %(limit_words)s, %(use_until)s, %(at)s, %(by)s from trace_answer where request = %(id)s
returning number
"""
ANSWERS = """
select class, partial, why, words, ask_next, limits, limit_words, use_until, number, at, request
  from trace_answer where request = any(%(ids)s::uuid[]) order by request, number
"""
USE_ENDED = "select trace_use_ended(%(id)s)"
CLOCK = """
select p.code, c.acknowledge_working_days, c.urgent_hours, c.routine_days, c.more_info_working_days, c.expire_days,
       c.time_zone, c.week, c.holidays
  from trace_clock c join party p on p.number = c.owner where %(code)s::text is null or p.code = %(code)s
"""
SET_CLOCK = """
insert into trace_clock (owner, acknowledge_working_days, urgent_hours, routine_days, more_info_working_days,
                         expire_days, time_zone, week, holidays, set_at, set_by)
values (%(owner)s, %(acknowledge_working_days)s, %(urgent_hours)s, %(routine_days)s, %(more_info_working_days)s,
        %(expire_days)s, %(time_zone)s, %(week)s, %(holidays)s, %(at)s, %(by)s)
on conflict (owner) do update set acknowledge_working_days = excluded.acknowledge_working_days,
   urgent_hours = excluded.urgent_hours, routine_days = excluded.routine_days,
   more_info_working_days = excluded.more_info_working_days, expire_days = excluded.expire_days,
   time_zone = excluded.time_zone, week = excluded.week, holidays = excluded.holidays, set_at = excluded.set_at,
   set_by = excluded.set_by
"""
SET_CONTEXT = """
insert into trace_context (recovered, owner, need, authority, reason, set_at, set_by)
values (%(recovered)s, %(owner)s, %(need)s, %(authority)s, %(reason)s, %(at)s, %(by)s)
on conflict (owner, recovered) do update set need = excluded.need, authority = excluded.authority, reason = excluded.reason,
   set_at = excluded.set_at, set_by = excluded.set_by
"""
RECOVERED = """
select id, acquired_by, type, marked_status, (happened_at at time zone 'UTC')::date, operation from recovered_firearm
 where owner = me() and state <> 'withdrawn' and (%(id)s::uuid is null or id = %(id)s) order by happened_at, id
"""
KNOWS_OPERATION = "select exists (select from operation where id = %(id)s)"
CONTEXTS = "select recovered, need from trace_context where owner = me()"
COUNTED = REQUESTS + " where r.submitted_at is not null and r.state <> 'withdrawn' order by r.made_at, r.id"
ERASE_EXPIRED = "select erase_expired_traces(%(today)s, %(most)s)"
TEND = "select tend_traces(%(at)s)"


def add(
    session: Session, which: UUID, parties: tuple[int, int], asking: Asking, own: OwnPart, *, digest: bytes,
    by: UUID, at: datetime,
) -> bool:  # fmt: skip
    """Keep a new draft of `parties` (asker, asked); False when its id is taken."""
    asker, asked = parties
    row = {"id": which, "asker": asker, "asked": asked, "digest": digest, "by": by, "at": at}
    if session.exec_driver_sql(ADD, row).rowcount != 1:
        return False
    session.exec_driver_sql(ADD_SENT, row | sent_row(asking))
    more = {"parent": own.parent, "root": own.root or which, "operation": own.operation, "recovered": own.recovered}
    session.exec_driver_sql(ADD_OWN, row | more | own_row(own))
    return True


def change(session: Session, which: UUID, asking: Asking, own: OwnPart) -> None:
    """Let a request say something else, as long as the work lets its asker."""
    session.exec_driver_sql(CHANGE_SENT, {"id": which} | sent_row(asking))
    session.exec_driver_sql(CHANGE_OWN, {"id": which} | own_row(own))


def sent_row(asking: Asking) -> dict[str, Any]:
    """What goes to the asked party, as a row."""
    return {
        "priority": asking.priority.value, "urgent_reason": asking.urgent_reason, "intended_use": asking.intended_use,
        "grounds": [one.value for one in asking.grounds], "wanted": asking.wanted,
        "limits": [one.value for one in asking.limits.codes], "limit_words": asking.limits.words,
        "description": json.dumps(description_to_json(asking.description), ensure_ascii=False),
    }  # fmt: skip


def own_row(own: OwnPart) -> dict[str, Any]:
    """What of the asker's own part may change, as a row."""
    return {"possessor": own.possessor, "protected": own.possessor_protected, "note": own.note}


def kept_digest(session: Session, which: UUID) -> bytes | None:
    """The digest of the own party's request under this id."""
    found: bytes | None = session.exec_driver_sql(KEPT_DIGEST, {"id": which}).scalar()
    return found


def find(session: Session, which: UUID) -> Request | None:
    """The request, where the reader's party has a half of it."""
    row = session.exec_driver_sql(ONE, {"id": which}).mappings().one_or_none()
    return None if row is None else request_of(row)


def listed(session: Session, filters: dict[str, Any]) -> list[Request]:
    """Requests by what is asked for: side, state, party, operation, late, now, after, limit; latest change first."""
    return [request_of(row) for row in session.exec_driver_sql(LISTED, filters).mappings().all()]


def of_root(session: Session, root: UUID) -> list[Request]:
    """All hops that the reader's party asked for one firearm, from the first on."""
    return [request_of(row) for row in session.exec_driver_sql(OF_ROOT, {"root": root}).mappings().all()]


def of_recovered(session: Session, recovered: UUID) -> list[Request]:
    """All hops that the reader's party asked for a recovered firearm of its own."""
    return [request_of(row) for row in session.exec_driver_sql(OF_RECOVERED, {"recovered": recovered}).mappings().all()]


def request_of(row: Row) -> Request:
    """A request of its row."""
    clocks = Clocks(row["due_at"], row["answer_due_at"], row["expires_at"])
    own = None
    if row["owned"]:
        own = OwnPart(
            row["parent"], row["root"], row["operation"], row["recovered"], row["possessor"],
            row["possessor_protected"], row["note"],
        )  # fmt: skip
    return Request(
        row["id"], row["asker"], row["asked"], Side.ASKER if row["asks"] else Side.ASKED, State(row["state"]),
        row["made_at"], row["state_since"], row["submitted_at"], row["answered_at"], clocks,
        AnswerClass(row["result"]) if row["result"] else None, asking_of(row), own, row["comments"],
        (row["asker_number"], row["asked_number"]),
    )  # fmt: skip


def asking_of(row: Row) -> Asking:
    """What a request says, of its row."""
    return Asking(
        description_from_json(row["description"]), Priority(row["priority"]), row["urgent_reason"],
        tuple(IllicitGround(one) for one in row["grounds"]), row["intended_use"], row["wanted"],
        limits_of(row["limits"], row["limit_words"]),
    )  # fmt: skip


def limits_of(codes: Iterable[str], words: str | None) -> Limits:
    """Limits as they were kept."""
    return Limits(tuple(Restriction(code) for code in codes), words)


def lock(session: Session, which: UUID) -> None:
    """Let nobody else touch this request until the transaction ends."""
    session.exec_driver_sql(LOCK, {"id": which})


def move(
    session: Session, request: Request, after: State, clocks: Clocks, *, party: int, at: datetime,
    reason: str | None = None, result: AnswerClass | None = None,
) -> None:  # fmt: skip
    """Let a request reach a state, with its clocks, and keep the turn."""
    row = {
        "id": request.id, "state": after.value, "at": at, "due": clocks.due_at, "answer_due": clocks.answer_due_at,
        "expires": clocks.expires_at, "result": result.value if result else None,
    }  # fmt: skip
    session.exec_driver_sql(MOVE, row)
    turn = {"before": request.state.value, "after": after.value, "party": party, "reason": reason}
    session.exec_driver_sql(TURN, {"id": request.id, "at": at} | turn)


def turns(session: Session, which: UUID) -> list[Turn]:
    """Every change of state, in their order."""
    rows = session.exec_driver_sql(TURNS, {"id": which}).all()
    return [Turn(n, State(before) if before else None, State(after), *rest) for n, before, after, *rest in rows]


def add_comment(session: Session, which: UUID, owner: int, words: str, *, by: UUID, at: datetime) -> None:
    """Add a line to the thread."""
    session.exec_driver_sql(COMMENT, {"id": which, "owner": owner, "words": words, "by": by, "at": at})


def comments(session: Session, which: UUID) -> list[Comment]:
    """The thread, in its order."""
    return [Comment(*row) for row in session.exec_driver_sql(COMMENTS, {"id": which}).all()]


def add_answer(session: Session, which: UUID, owner: int, answer: Answer, *, by: UUID, at: datetime) -> int:
    """Keep an answer; its number."""
    row = {
        "id": which, "owner": owner, "partial": answer.partial, "class": answer.kind.value, "words": answer.words,
        "why": answer.why.value if answer.why else None, "ask_next": answer.ask_next, "at": at, "by": by,
        "limits": [one.value for one in answer.limits.codes], "limit_words": answer.limits.words,
        "use_until": answer.use_until,
    }  # fmt: skip
    return int(session.exec_driver_sql(ANSWER, row).scalar_one())


def answers(session: Session, which: UUID) -> list[Answer]:
    """The answers of a request that the reader may see, in their order."""
    return answers_of(session, [which]).get(which, [])


def answers_of(session: Session, requests: Iterable[UUID]) -> dict[UUID, list[Answer]]:
    """The same of several requests, by their ids; those without are left out."""
    found: dict[UUID, list[Answer]] = {}
    for row in session.exec_driver_sql(ANSWERS, {"ids": list(requests)}).mappings().all():
        answer = Answer(
            AnswerClass(row["class"]), row["partial"], WhyNot(row["why"]) if row["why"] else None, row["words"],
            row["ask_next"], limits_of(row["limits"], row["limit_words"]), row["use_until"], row["number"], row["at"],
        )  # fmt: skip
        found.setdefault(row["request"], []).append(answer)
    return found


def use_ended(session: Session, which: UUID) -> bool:
    """Whether an answer to the reader's party was there whose use has ended."""
    return bool(session.exec_driver_sql(USE_ENDED, {"id": which}).scalar_one())


def policies(session: Session, code: str | None = None) -> dict[str, ClockPolicy]:
    """The clocks that parties have set, by party code; of one party, or of all."""
    rows = session.exec_driver_sql(CLOCK, {"code": code}).all()
    return {row[0]: policy_of(row) for row in rows}


def policy_of(row: Sequence[Any]) -> ClockPolicy:
    """Clocks of their row."""
    _, taken_up, urgent, routine, more, expire, zone, week, holidays = row
    return ClockPolicy(taken_up, urgent, routine, more, expire, zone, tuple(sorted(week)), tuple(sorted(holidays)))


def set_policy(session: Session, owner: int, policy: ClockPolicy, *, by: UUID, at: datetime) -> None:
    """Keep the clocks of the own party."""
    row = {name: getattr(policy, name) for name in ClockPolicy.__slots__}
    lists = {"week": list(policy.week), "holidays": list(policy.holidays)}
    session.exec_driver_sql(SET_CLOCK, row | lists | {"owner": owner, "by": by, "at": at})


def set_context(session: Session, owner: int, context: Context, *, by: UUID, at: datetime) -> None:
    """Keep what the owner decided about a recovered firearm."""
    session.exec_driver_sql(SET_CONTEXT, {
        "recovered": context.recovered, "owner": owner, "need": TraceNeed(context.need).value,
        "authority": context.authority, "reason": context.reason, "by": by, "at": at,
    })  # fmt: skip


def counted(session: Session) -> list[Request]:
    """Every request that the tables count: all halves of the reader's party that went out and were not withdrawn."""
    return [request_of(row) for row in session.exec_driver_sql(COUNTED).mappings().all()]


def contexts(session: Session) -> dict[UUID, TraceNeed]:
    """What the reader's party decided about its recovered firearms, by their ids."""
    return {which: TraceNeed(need) for which, need in session.exec_driver_sql(CONTEXTS).all()}


def recoveries(session: Session, which: UUID | None = None) -> list[Recovered]:
    """The recovered firearms of the reader's own party, the earliest first; or the one of this id."""
    return [Recovered(*row) for row in session.exec_driver_sql(RECOVERED, {"id": which}).all()]


def knows_operation(session: Session, which: UUID) -> bool:
    """Whether the reader's party takes part in the operation."""
    return bool(session.exec_driver_sql(KNOWS_OPERATION, {"id": which}).scalar_one())


def tend(session: Session, at: datetime) -> int:
    """Tell both halves of clocks that ran out by then, and let what rests for long expire; how many. For the relay."""
    return int(session.exec_driver_sql(TEND, {"at": at}).scalar_one())


def erase_expired(session: Session, today: date, most: int) -> int:
    """Erase up to `most` traces whose twenty years are over, once a day; how many. For the relay."""
    return int(session.exec_driver_sql(ERASE_EXPIRED, {"today": today, "most": most}).scalar_one())
