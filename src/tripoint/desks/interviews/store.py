"""The tables of the interviews' desk: what is found by words, exchange rates, releases. Row-level security holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from tripoint.base.database import Row, Session, Statement, together
from tripoint.desks.interviews.model import Release
from tripoint.engines.accounts.asking import STEMMERS
from tripoint.engines.prices.model import Rate

STEMS = """
select d.name, w.word, ts_lexize(d.name::regdictionary, w.word)
  from unnest(%(words)s::text[]) as w(word) cross join unnest(%(stemmers)s::text[]) as d(name)
"""
FILE_WORDS = "select file_interview_words(%(id)s, %(account)s::text[], %(facilitator)s::text[])"
# The rows that the reader may open come first, the words after them: nothing is told of others, not even by time.
SEARCH = """
select o.id, o.owner, p.code as party, o.operation, o.happened_at, o.state, o.version, o.line, b.body
  from occurrence o join occurrence_body b on b.occurrence = o.id join party p on p.number = o.owner
 where o.kind = 'interview' and o.state <> 'withdrawn' and b.class = any(my_classes())
   and o.id in (select interview from interview_search where words @@ %(query)s::tsquery)
   and (%(operation)s::uuid is null or o.operation = %(operation)s)
   and (%(language)s::text is null or o.line ->> 'language' = %(language)s)
 order by o.happened_at desc, o.id desc limit %(limit)s
"""
PRICED = """
select o.id, o.happened_at, b.body
  from occurrence o join occurrence_body b on b.occurrence = o.id
 where o.kind = 'interview' and o.state <> 'withdrawn' and b.class = any(my_classes()) and b.body ? 'prices'
   and (%(operation)s::uuid is null or o.operation = %(operation)s)
   and b.body ->> 'consent_research' is distinct from 'false'
 order by o.id limit %(limit)s
"""
RATES = """
select currency, kind, since, nullif(until, 'infinity'), per_usd, source, chosen from exchange_rate
 where %(currencies)s::text[] is null or currency = any(%(currencies)s)
 order by currency, kind, since limit %(limit)s
"""
KEEP_RATE = """
insert into exchange_rate (currency, kind, since, until, per_usd, source, chosen, loaded_by)
values (%(currency)s, %(kind)s, %(since)s, coalesce(%(until)s, 'infinity'::date), %(per_usd)s, %(source)s, %(chosen)s, %(by)s)
on conflict (currency, kind, since, until) do update
   set per_usd = excluded.per_usd, source = excluded.source, chosen = excluded.chosen, loaded_at = now(),
       loaded_by = excluded.loaded_by
"""
RELEASE = """
insert into interview_release (interview, owner, basis, reason, facilitators, released_at, released_by)
values (%(id)s, %(owner)s, %(basis)s, %(reason)s, %(facilitators)s, %(at)s, %(by)s) on conflict (interview) do nothing
"""
SHARE = "select share_interview(%(id)s, %(terms)s)"
OF_INTERVIEW = """
select o.owner, o.state, o.version, o.filed_by from occurrence o join occurrence_body b on b.occurrence = o.id
 where o.id = %(id)s and o.kind = 'interview'
"""
MOST_RATES = 100_000


def stems(session: Session, words: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The stems of words by PostgreSQL's Snowball stemmers; empty for a word that one passes over."""
    row = {"words": list(words), "stemmers": list(STEMMERS.values())}
    return {(name, word): tuple(found or ()) for name, word, found in session.exec_driver_sql(STEMS, row).all()}


def file_words(session: Session, which: UUID, account: Iterable[str], facilitator: Iterable[str] | None) -> None:
    """File the words an interview of the own party is found by; None leaves the facilitators' part as it is."""
    apart = None if facilitator is None else sorted(facilitator)
    session.exec_driver_sql(FILE_WORDS, {"id": which, "account": sorted(account), "facilitator": apart})


def search(
    session: Session, query: str, *, operation: UUID | None, language: str | None, limit: int
) -> list[Row]:
    """The interviews whose words fit, latest first, among those the reader may open."""
    row = {"query": query, "operation": operation, "language": language, "limit": limit}
    return list(session.exec_driver_sql(SEARCH, row).mappings().all())


def priced(session: Session, operation: UUID | None, limit: int) -> list[Row]:
    """The interviews with prices that the reader may open, but for those not to be used for research."""
    return list(session.exec_driver_sql(PRICED, {"operation": operation, "limit": limit}).mappings().all())


def rates(session: Session, currencies: Iterable[str] | None = None) -> list[Rate]:
    """The rates of these currencies, or all."""
    row = {"currencies": None if currencies is None else sorted(currencies), "limit": MOST_RATES}
    return [Rate(*found) for found in session.exec_driver_sql(RATES, row).all()]


def keep_rates(session: Session, rates: Sequence[Rate], by: UUID | None) -> None:
    """Keep rates, in the place of those of the same currency, kind and span."""
    together(session, [Statement(KEEP_RATE, {
        "currency": rate.currency, "kind": rate.kind, "since": rate.since, "until": rate.until,
        "per_usd": rate.per_usd, "source": rate.source, "chosen": rate.chosen, "by": by,
    }) for rate in rates])  # fmt: skip


def of_interview(session: Session, which: UUID) -> Row | None:
    """Owner, state, version and filer of an interview that the reader may open."""
    return session.exec_driver_sql(OF_INTERVIEW, {"id": which}).mappings().first()


def release(session: Session, owner: int, made: Release, terms: int) -> bool:
    """Keep a release and put its terms in force; False where the interview was released before."""
    row = {
        "id": made.interview, "owner": owner, "basis": made.basis.value, "reason": made.reason,
        "facilitators": made.facilitators, "at": made.released_at, "by": made.released_by,
    }  # fmt: skip
    if session.exec_driver_sql(RELEASE, row).rowcount != 1:
        return False
    session.exec_driver_sql(SHARE, {"id": made.interview, "terms": terms})
    return True
