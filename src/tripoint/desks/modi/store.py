"""The tables of the desk of modi operandi; every reading goes through row-level security."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.desks.modi.model import (
    Case,
    Compared,
    Content,
    Decision,
    Facet,
    Features,
    Modus,
    ModusState,
    ModusText,
    Near,
    Search,
)
from tripoint.words.modi import Certainty, Danger, Stage

CODED = ("stage", "crime_area", "commodity", "concealment", "transport", "installation", "routing", "detected_by", "danger", "state")
PLAIN = ("stage", "crime_area", "commodity", "concealment", "transport", "installation", "routing", "detected_by", "danger",
         "first_seen", "last_seen", "operation")  # fmt: skip
LISTS = ("countries", "tools", "documents")
# Words are looked for in each text by the grammar of its own language.
WHERE = """
  where (%(states)s::text[] is null or m.state = any(%(states)s)) and (%(country)s::text is null or %(country)s = any(m.countries))
    and (%(operation)s::uuid is null or m.operation = %(operation)s)
    and (%(language)s::text is null or exists (select from modus_text x where x.modus = m.id and x.language = %(language)s))
    and (%(words)s::text is null or exists (select from modus_text x where x.modus = m.id
         and x.found @@ websearch_to_tsquery(modus_words(x.language), fold_marks(%(words)s))))
""" + "".join(f"    and (%({name})s::text is null or m.{name} = %({name})s)\n" for name in CODED)  # noqa: S608 - names of ours
COLUMNS = """
select m.*, p.code as owner_code, m.owner = me() as own, g.handling, g.source_grade, g.information_grade, g.confidence as certainty,
       (select jsonb_object_agg(x.language, jsonb_build_array(x.title, x.summary, x.indicators, x.countermeasures, x.danger))
          from modus_text x where x.modus = m.id) as texts,
       array(select i.id from picture i where i.concerns = m.id order by i.added_at, i.id) as pictures
  from modus m join party p on p.number = m.owner cross join lateral grading_of(m.terms) g
"""
FOUND = f"{COLUMNS} where m.id = %(id)s"
SEARCH = COLUMNS + WHERE + """
  order by (select max(ts_rank(x.found, websearch_to_tsquery(modus_words(x.language), fold_marks(%(words)s))))
              from modus_text x where x.modus = m.id) desc nulls last, m.danger = 'high' desc, m.changed_at desc, m.id limit %(limit)s
"""  # noqa: S608 - names of ours
FACETS = f"""
with met as (select m.* from modus m {WHERE})
select f.name, f.code, count(*) from met m cross join lateral (values {', '.join(f"('{name}', m.{name})" for name in CODED)}) f(name, code)
 where f.code is not null group by 1, 2
union all select 'country', c, count(*) from met m cross join lateral unnest(m.countries) c group by 1, 2
union all select 'language', x.language, count(*) from met m join modus_text x on x.modus = m.id group by 1, 2
order by 1, 3 desc, 2
"""  # noqa: S608 - names of ours
CARDS = COLUMNS + " where m.card and m.state = 'published' order by m.danger = 'high' desc, m.danger = 'caution' desc, m.changed_at desc, m.id limit 200"
USED = "select digest, owner = me() as own from modus where id = %(id)s"
ADD = """
insert into modus (id, owner, operation, terms, stage, crime_area, commodity, concealment, transport, installation, routing, detected_by, danger, countries,
                   tools, documents, first_seen, last_seen, written_by, written_by_name, written_at, changed_at, digest)
values (%(id)s, %(owner)s, %(operation)s, %(terms)s, %(stage)s, %(crime_area)s, %(commodity)s, %(concealment)s, %(transport)s, %(installation)s, %(routing)s,
        %(detected_by)s, %(danger)s, %(countries)s, %(tools)s, %(documents)s, %(first_seen)s, %(last_seen)s, %(by)s, %(by_name)s, %(at)s, %(at)s, %(digest)s)
on conflict (id) do nothing
"""
CHANGE = """
update modus set operation = %(operation)s, terms = coalesce(%(terms)s, terms), stage = %(stage)s, crime_area = %(crime_area)s, commodity = %(commodity)s,
  concealment = %(concealment)s, transport = %(transport)s, installation = %(installation)s, routing = %(routing)s, detected_by = %(detected_by)s,
  danger = %(danger)s, countries = %(countries)s, tools = %(tools)s, documents = %(documents)s, first_seen = %(first_seen)s, last_seen = %(last_seen)s,
  version = version + 1, changed_at = %(at)s
 where id = %(id)s and version = %(version)s
"""
MOVE = """
update modus set state = %(state)s, version = version + 1, changed_at = %(at)s, card = %(card)s,
  decided_new = coalesce(%(new)s, decided_new), superseded_by = %(same_as)s, reason = coalesce(%(reason)s, reason),
  decided_by = coalesce(%(by)s, decided_by), decided_by_name = coalesce(%(by_name)s, decided_by_name),
  decided_at = case when %(by)s::uuid is null then decided_at else %(at)s end
 where id = %(id)s and version = %(version)s
"""
SHARE_PICTURES = """
update picture i set terms = m.terms from modus m where m.id = %(id)s and i.concerns = m.id and i.concerns_kind = 'modus' and i.owner = me()
"""
DISCARD = "delete from modus where id = %(id)s and state = 'draft'"
DROP_TEXTS = "delete from modus_text where modus = %(id)s"
ADD_TEXT = """
insert into modus_text (modus, owner, language, title, summary, indicators, countermeasures, danger)
values (%(id)s, %(owner)s, %(language)s, %(title)s, %(summary)s, %(indicators)s, %(countermeasures)s, %(danger)s)
"""
REMEMBER = """
insert into modus_history (modus, version, owner, state, content, reason, changed_at, changed_by)
select m.id, m.version, m.owner, m.state, to_jsonb(m) - 'digest' || jsonb_build_object('texts',
       (select jsonb_object_agg(x.language, to_jsonb(x) - 'found') from modus_text x where x.modus = m.id)), %(reason)s, %(at)s, %(by)s
  from modus m where m.id = %(id)s
"""
CASES = """
select c.occurrence, coalesce(o.kind, '') as kind, p.code as owner, c.confidence, c.remarks, c.set_by_name, c.set_at
  from modus_case c join party p on p.number = c.owner left join occurrence o on o.id = c.occurrence
 where c.modus = %(id)s order by c.set_at, c.occurrence
"""
SEEN_CASE = "select kind from occurrence where id = %(id)s and state <> 'withdrawn'"
SET_CASE = """
insert into modus_case (modus, occurrence, owner, confidence, remarks, set_by, set_by_name, set_at)
values (%(id)s, %(occurrence)s, %(owner)s, %(confidence)s, %(remarks)s, %(by)s, %(by_name)s, %(at)s)
on conflict (modus, occurrence, owner) do update set confidence = excluded.confidence, remarks = excluded.remarks, set_by = excluded.set_by,
  set_by_name = excluded.set_by_name, set_at = excluded.set_at
"""
CARRY_CASES = """
insert into modus_case (modus, occurrence, owner, confidence, remarks, set_by, set_by_name, set_at)
select %(to)s, occurrence, owner, confidence, remarks, set_by, set_by_name, set_at from modus_case where modus = %(id)s and owner = me()
on conflict do nothing
"""
COMPARED = "select other, score, reasons, verdict, compared_by_name, compared_at from modus_comparison where modus = %(id)s order by compared_at desc, score desc, other"
COMPARE = """
insert into modus_comparison (modus, other, owner, score, reasons, verdict, compared_by, compared_by_name, compared_at)
values (%(id)s, %(other)s, %(owner)s, %(score)s, %(reasons)s, %(verdict)s, %(by)s, %(by_name)s, %(at)s)
"""
NOTICES = "select occurrence from modus_notice where modus = %(id)s order by made_at"
ADD_NOTICE = "insert into modus_notice (modus, occurrence, owner, made_by, made_at) values (%(id)s, %(occurrence)s, %(owner)s, %(by)s, %(at)s) on conflict do nothing"
# What is compared: one modus, and the library beside it.
FEATURES = """
select m.id, jsonb_build_object('stage', m.stage, 'concealment', m.concealment, 'transport', m.transport, 'installation', m.installation,
         'routing', m.routing, 'crime_area', m.crime_area, 'commodity', m.commodity) as codes, m.tools, m.documents,
       (select jsonb_object_agg(x.language, to_jsonb(tsvector_to_array(x.found))) from modus_text x where x.modus = m.id) as stems
  from modus m where m.id = %(id)s or (m.state in ('accepted', 'new', 'published') and m.id <> %(id)s) order by m.id = %(id)s desc, m.changed_at desc, m.id limit %(limit)s
"""
MOST_COMPARED = 5_000


def columns(content: Content) -> dict[str, Any]:
    """The columns of what is said in codes."""
    return {name: getattr(content, name) for name in PLAIN} | {name: list(getattr(content, name)) for name in LISTS}


def used(session: Session, which: UUID) -> tuple[bytes, bool] | None:
    """The digest under which an id was used, and whether by the own party, where one may see it."""
    found = session.exec_driver_sql(USED, {"id": which}).first()
    return None if found is None else (bytes(found.digest), bool(found.own))


def add(session: Session, which: UUID, owner: int, content: Content, row: Mapping[str, Any]) -> bool:
    """Keep a new draft; False where the id is taken. `row`: terms, by, by_name, at, digest."""
    if session.exec_driver_sql(ADD, {"id": which, "owner": owner, **columns(content), **row}).rowcount != 1:
        return False
    write_texts(session, which, owner, content.texts)
    return True


def change(session: Session, which: UUID, owner: int, content: Content, row: Mapping[str, Any]) -> bool:
    """Write the next version; False where somebody was quicker. `row`: terms, version, at."""
    if session.exec_driver_sql(CHANGE, {"id": which, **columns(content), **row}).rowcount != 1:
        return False
    session.exec_driver_sql(DROP_TEXTS, {"id": which})
    write_texts(session, which, owner, content.texts)
    return True


def write_texts(session: Session, which: UUID, owner: int, texts: Mapping[str, ModusText]) -> None:
    """Keep what is told in each language."""
    for language, text in texts.items():
        values = {name: getattr(text, name) for name in ModusText.__dataclass_fields__}
        session.exec_driver_sql(ADD_TEXT, {"id": which, "owner": owner, "language": language, **values})


def move(
    session: Session, modus: Modus, state: ModusState, at: datetime, *, card: bool = False, new: bool | None = None,
    same_as: UUID | None = None, reason: str | None = None, by: UUID | None = None, by_name: str | None = None,
) -> bool:  # fmt: skip
    """Write the next state; False where somebody was quicker. `by` is who decided, where it was a decision."""
    row = {
        "id": modus.id, "version": modus.version, "state": state.value, "at": at, "card": card, "new": new,
        "same_as": same_as, "reason": reason, "by": by, "by_name": by_name,
    }  # fmt: skip
    return session.exec_driver_sql(MOVE, row).rowcount == 1


def remember(session: Session, which: UUID, reason: str, at: datetime, by: UUID) -> None:
    """Keep the present version in the history."""
    session.exec_driver_sql(REMEMBER, {"id": which, "reason": reason, "at": at, "by": by})


def share_pictures(session: Session, which: UUID) -> None:
    """Let the pictures of a modus be seen by whoever sees it."""
    session.exec_driver_sql(SHARE_PICTURES, {"id": which})


def discard(session: Session, which: UUID) -> bool:
    """Remove a draft of the own party; False where there is none."""
    return session.exec_driver_sql(DISCARD, {"id": which}).rowcount == 1


def find(session: Session, which: UUID) -> Modus | None:
    """One modus that the reader may see."""
    row = session.exec_driver_sql(FOUND, {"id": which}).mappings().first()
    return None if row is None else modus_of(row)


def search(session: Session, asked: Search) -> tuple[list[Modus], list[Facet]]:
    """What was looked for, best first, and how often each code stands among all of it."""
    values: dict[str, Any] = dict.fromkeys(CODED) | {
        **asked.codes, "states": None, "country": asked.country, "language": asked.language, "limit": asked.limit,
        "operation": asked.operation, "words": asked.words,
    }  # fmt: skip
    found = session.exec_driver_sql(SEARCH, values).mappings().all()
    facets = session.exec_driver_sql(FACETS, values).all()
    return [modus_of(row) for row in found], [Facet(*row) for row in facets]


def cards(session: Session) -> list[Modus]:
    """What is released to the field, the most dangerous first."""
    return [modus_of(row) for row in session.exec_driver_sql(CARDS).mappings().all()]


def modus_of(row: Row) -> Modus:
    """A modus from its row."""
    fields = {name: row[name] for name in PLAIN} | {name: tuple(row[name]) for name in LISTS}
    fields |= {"stage": Stage(row["stage"]), "danger": Danger(row["danger"])}
    texts = {language: ModusText(*words) for language, words in (row["texts"] or {}).items()}
    content = Content(**fields, texts=texts, pictures=tuple(row["pictures"]))
    grading = {name: row[name] for name in ("handling", "source_grade", "information_grade")}
    return Modus(
        row["id"], row["owner_code"], ModusState(row["state"]), row["version"], content, row["card"],
        row["decided_new"], row["superseded_by"], row["written_by_name"], row["written_at"], row["changed_at"],
        row["decided_by_name"], row["decided_at"], row["reason"], row["own"], grading | {"confidence": row["certainty"]},
    )  # fmt: skip


def features(session: Session, which: UUID) -> dict[UUID, Features]:
    """What is compared, of one modus and of the library beside it, as far as the reader sees it."""
    rows = session.exec_driver_sql(FEATURES, {"id": which, "limit": MOST_COMPARED}).mappings().all()
    return {
        row["id"]: Features(
            row["id"], {name: code for name, code in row["codes"].items() if code}, frozenset(row["tools"]),
            frozenset(row["documents"]), {one: frozenset(stems) for one, stems in (row["stems"] or {}).items()},
        )
        for row in rows
    }  # fmt: skip


def cases(session: Session, which: UUID) -> list[Case]:
    """The cases that show a modus, as far as the reader may see them."""
    rows = session.exec_driver_sql(CASES, {"id": which}).all()
    return [Case(one, kind, owner, Certainty(sure), said, name, at) for one, kind, owner, sure, said, name, at in rows]


def kind_of_case(session: Session, occurrence: UUID) -> str | None:
    """The kind of an occurrence that the reader may see, withdrawn ones left out."""
    found = session.exec_driver_sql(SEEN_CASE, {"id": occurrence}).scalar()
    return None if found is None else str(found)


def set_case(session: Session, row: Mapping[str, Any]) -> None:
    """Say how surely an occurrence shows a modus; said again, it replaces what the party said before."""
    session.exec_driver_sql(SET_CASE, row)


def carry_cases(session: Session, which: UUID, to: UUID) -> None:
    """Let the own party's cases of one modus be cases of another too."""
    session.exec_driver_sql(CARRY_CASES, {"id": which, "to": to})


def compared(session: Session, which: UUID) -> list[Compared]:
    """What decisions about a modus kept, latest first."""
    rows = session.exec_driver_sql(COMPARED, {"id": which}).all()
    return [Compared(other, float(score), tuple(reasons), *rest) for other, score, reasons, *rest in rows]


def compare(session: Session, near: Iterable[Near], decision: Decision, row: Mapping[str, Any]) -> None:
    """Keep what stood beside a modus when it was decided on. `row`: id, owner, by, by_name, at."""
    for one in near:
        said = [{"feature": why.feature, "weight": why.weight, "share": why.share} for why in one.reasons]
        verdict = "same" if one.modus.id == decision.same_as else "different"
        session.exec_driver_sql(COMPARE, {
            **row, "other": one.modus.id, "score": one.score, "reasons": json.dumps(said), "verdict": verdict,
        })  # fmt: skip


def notices(session: Session, which: UUID) -> Sequence[UUID]:
    """The drafts of notices made of a modus, as far as the reader may see them."""
    return list(session.exec_driver_sql(NOTICES, {"id": which}).scalars())


def add_notice(session: Session, row: Mapping[str, Any]) -> None:
    """Note the draft of a notice. `row`: id, occurrence, owner, by, at."""
    session.exec_driver_sql(ADD_NOTICE, row)
