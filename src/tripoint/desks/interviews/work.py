"""What people do with interviews: file them searchable, search, sum up prices, load rates, release one by law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotFound
from tripoint.desks.interviews import rules, store
from tripoint.desks.interviews.model import Basis, Findings, Found, Prices, Release, Scope, Told
from tripoint.engines.accounts import asking
from tripoint.engines.accounts.cutting import folded
from tripoint.engines.accounts.languages import seems_to_be
from tripoint.engines.prices.model import Rate
from tripoint.records import work as records
from tripoint.records.model import Audience, AudienceKind
from tripoint.records.occurrences.hooks import KindHooks
from tripoint.records.occurrences.model import Occurrence, OccurrenceKind
from tripoint.records.occurrences.rules import shared_with
from tripoint.records.occurrences.store import told_of

KIND = OccurrenceKind.INTERVIEW.value
MOST_FOUND, MOST_PRICED = 50, 20_000
MOST_AT_ONCE = 5000  # rates in one request
Json = dict[str, Any]


def before(visit: Visit, values: Json) -> Json:
    """An interview on its way in: its price in dollars, and the language its account seems to be in, for the line."""
    today = visit.clock().date()
    told = [rules.price_of(row, today) for row in values.get("prices") or ()]
    rates = store.rates(visit.session, rules.currencies_of(told)) if told else []
    seems = seems_to_be(values.get("account") or "")
    return {**values, "price_usd": rules.price_usd(values, today, rates), "language_seems": seems}


def after(visit: Visit, interview: Occurrence, values: Json) -> None:
    """An interview just written: the words it is found by are filed in the same transaction."""
    account, apart = rules.texts_of(values), rules.texts_of_facilitators(values)
    stems = stems_for(visit, [text for text, _ in (*account, *apart)])
    facilitator = lexemes(apart, stems) if values.get("facilitators") else None
    store.file_words(visit.session, interview.id, lexemes(account, stems), facilitator)


HOOKS = KindHooks(before, after)


def stems_for(visit: Visit, texts: Iterable[str]) -> asking.Stems:
    """The stems of all words of texts, asked of the database once."""
    words: frozenset[str] = frozenset().union(*(asking.words_to_stem(text) for text in texts))
    return asking.stems_of(store.stems(visit.session, words))


def lexemes(texts: Iterable[tuple[str, str | None]], stems: asking.Stems) -> frozenset[str]:
    """Everything that texts are found by, each with its language."""
    found: frozenset[str] = frozenset()
    return found.union(*(asking.lexemes(text, language, stems) for text, language in texts))


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks for in interviews; `language` narrows to those held in it (ISO 639)."""

    words: str
    operation: UUID | None = None
    language: str | None = None


def search(visit: Visit, question: Question) -> Findings:
    """The interviews in which every word of the question is told, in any of its forms and languages; failing that, any.

    At most 50, latest first; each leaves a line on the trail, for its text is shown. Raises BadInput for a question
    without a word.
    """
    stems = asking.stems_of(store.stems(visit.session, asking.words_of_question(question.words)))
    for every in (True, False):
        query = asking.query(question.words, stems, every=every)
        if query is None:
            raise BadInput("There is no word to look for.", field="words", remedy="Write a word or more.")
        rows = store.search(
            visit.session, query, operation=question.operation, language=question.language, limit=MOST_FOUND
        )
        if rows:
            break
    visit.note(AuditNote(Act.SEARCH_INTERVIEWS, KIND))
    found = tuple(found_of(row, question.words, stems) for row in rows)
    for one in found:
        visit.note(AuditNote(Act.SEARCH_INTERVIEWS, KIND, one.id, one.owner, one.version))
    return Findings(found, every)


def found_of(row: Any, words: str, stems: asking.Stems) -> Found:
    """An interview as a search shows it."""
    texts = [text for text, _ in rules.texts_of(row["body"])]
    places = ((text, place_in(text, words, stems)) for text in texts)
    text, at = next(((text, at) for text, at in places if at is not None), (texts[0], None))
    return Found(
        row["id"], row["owner"], row["party"], row["operation"], row["happened_at"], row["state"], row["version"],
        row["line"], row["body"]["reference"], rules.snippet(text, at),
    )  # fmt: skip


def place_in(text: str, words: str, stems: asking.Stems) -> int | None:
    """Where in a text the first word of a question stands, in any of its forms, as nearly as folding leaves it."""
    plain = folded(text.casefold())
    forms = {form for run in asking.telling(words, stems) for one in asking.alternatives(run, stems) for form in one}
    places = [at for form in sorted(forms) if len(form) > 1 and (at := plain.find(form)) >= 0]
    return min(places, default=None)


def prices(
    visit: Visit, *, scope: Scope, operation: UUID | None = None, heard: bool = False
) -> Prices:
    """Prices by route from the interviews the officer may open: what people paid or agreed, or only heard of."""
    kinds = ("heard",) if heard else rules.OWN_PRICES
    told: list[Told] = []
    for row in store.priced(visit.session, operation, MOST_PRICED):
        told += rules.told_prices(row["id"], row["body"], row["happened_at"].date(), kinds)
    needed = rules.currencies_of(one.price for one in told)
    visit.note(AuditNote(Act.READ_PRICES, KIND))
    return rules.prices_by_route(told, store.rates(visit.session, needed), scope)


def see_rates(visit: Visit, currency: str | None) -> list[Rate]:
    """The rates that are loaded, of one currency or all."""
    visit.note(AuditNote(Act.SEE_RATES, "exchange_rate"))
    return store.rates(visit.session, None if currency is None else [currency.upper()])


def load_rates(visit: Visit, rates: Sequence[Rate]) -> int:
    """Keep rates in the place of those of the same currency, kind and span; how many. Raises BadInput for too many."""
    if len(rates) > MOST_AT_ONCE:
        raise BadInput(
            f"These are more than {MOST_AT_ONCE} rates.", field="rates",
            remedy="Send them in parts, or load the file on the hub: tripoint load rates.",
        )  # fmt: skip
    store.keep_rates(visit.session, rates, visit.officer.id)
    visit.note(AuditNote(Act.LOAD_RATES, "exchange_rate", outcome=str(len(rates))))
    return len(rates)


def release(
    visit: Visit, which: UUID, *, basis: Basis, reason: str, audience: Audience, facilitators: bool
) -> Release:
    """Show an interview to other parties on a basis in law; it stays the own party's.

    Raises NotFound, NotAllowed, Conflict and BadInput as `rules.check_release` does, BadInput for an audience of nobody
    else, Conflict where it was released before.
    """
    row = store.of_interview(visit.session, which)
    if row is None:
        raise NotFound
    own, filer = row["owner"] == visit.party, row["filed_by"] == visit.officer.id
    said = rules.check_release(row["state"], own=own, filer=filer, reason=reason)
    if audience.kind is AudienceKind.OWN:
        raise BadInput("This audience is nobody but your party.", field="audience", remedy="Name parties.")
    terms = records.terms_row(visit, shared_with(audience))
    made = Release(which, basis, said, facilitators, visit.clock(), visit.officer.id)
    if not store.release(visit.session, visit.party, made, terms):
        raise Conflict("The interview was released before.", field="interview", remedy="Look at its release.")
    told = tuple(party for party in told_of(visit.session, terms) if party != visit.party)
    visit.note(AuditNote(Act.RELEASE_INTERVIEW, KIND, which, visit.party, row["version"], told, reason=said))
    return made
