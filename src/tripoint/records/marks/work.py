"""Candidates for a mark: read the question, look, reckon, rank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from tripoint.base.database import Session
from tripoint.base.errors import BadInput
from tripoint.engines.marks.expanding import expand, with_zeros
from tripoint.engines.marks.folding import fold
from tripoint.engines.marks.pattern import LEAST_KNOWN, Pattern, read_pattern
from tripoint.engines.marks.ranking import Described, rank, slips
from tripoint.records.marks import store
from tripoint.records.marks.model import Candidate, Holder, MarkQuery
from tripoint.records.model import Level
from tripoint.words.firearms.serials import MAKES, normalise_make

MOST = 2_000  # marks that one pattern may bring, told and blind apart
REMEDY = "Tell more of the number, or the make; unknown places are ?, runs *{2,4}, choices [8B3]."


def candidates(session: Session, query: MarkQuery, limit: int = 20) -> list[Candidate]:
    """What the party of the session may meet that may be the mark asked for, best first, every level.

    At most `limit` that may be told and as many blind. Raises BadInput where the question cannot be read, or says too
    little to be looked for.
    """
    pattern = read_query(query)
    if pattern.plain is None:
        rows = look_for_pattern(session, pattern, query)
    else:
        rows = store.by_folds(session, [wanted(0, pattern, query)], query.holders)
    return best((candidate(pattern, query, row) for row in rows), limit)


def candidates_of_each(session: Session, queries: Sequence[MarkQuery], limit: int = 20) -> list[list[Candidate]]:
    """The candidates of many whole numbers in one exchange; patterns are not for many. Raises BadInput."""
    patterns = [read_query(query) for query in queries]
    if any(pattern.plain is None for pattern in patterns):
        raise BadInput("Patterns are asked for one by one.", field="query", remedy="Give whole numbers.")
    asked = [wanted(place, *pair) for place, pair in enumerate(zip(patterns, queries, strict=True))]
    kinds = {query.holders for query in queries}
    rows = store.by_folds(session, asked, kinds.pop() if len(kinds) == 1 else None)
    found: list[list[Candidate]] = [[] for _ in queries]
    for row in rows:
        place = row["at"]
        if queries[place].holders in (None, row["holder_kind"]):
            found[place].append(candidate(patterns[place], queries[place], row))
    return [best(each, limit) for each in found]


def read_query(query: MarkQuery) -> Pattern:
    """The question read. Raises BadInput with what is wrong and what to write."""
    try:
        pattern = read_pattern(query.text)
        if query.edits is not None:
            pattern = replace(pattern, edits=query.edits)
        pattern.check_bounds(query.make)
    except ValueError as error:
        raise BadInput(f"The question {error}.", field="query", remedy=REMEDY) from error
    return pattern


def wanted(place: int, pattern: Pattern, query: MarkQuery) -> store.Wanted:
    """The folds to look for: all within the edits, and the number with more or fewer leading zeros."""
    number = pattern.plain or ""
    folds = expand(fold(number), pattern.edits)
    for other in with_zeros(number):
        folds.setdefault(fold(other), 0)
    return store.Wanted(place, folds, number, query.make)


def check_wanted(place: int, serial: str, make: str | None, *, near: bool) -> store.Wanted:
    """What a check looks for: a normalised serial and what looks like it; where `near`, one edit or zeros away too."""
    folds = expand(fold(serial), 1 if near else 0)
    for other in with_zeros(serial) if near else ():
        folds.setdefault(fold(other), 1)
    return store.Wanted(place, folds, serial, make)


def look_for_pattern(session: Session, pattern: Pattern, query: MarkQuery) -> list[store.Row]:
    """The marks that fit a pattern. Raises BadInput where edits are allowed beside unknown places."""
    if pattern.edits:
        raise BadInput(
            "Edits and unknown places together are not looked for here.", field="query",
            remedy="Leave out the ~, or search an index of the list (tripoint marks search).",
        )  # fmt: skip
    makes = None if query.make is None or pattern.known >= LEAST_KNOWN else names_of(query.make)
    return store.by_pattern(session, pattern.expression(), bounds_of(pattern), makes, query.holders, MOST)


def bounds_of(pattern: Pattern) -> store.Bounds:
    """The longer of what a pattern tells of the beginning and of the end of a number."""
    first = beginning(pattern)
    last = beginning(replace(pattern, tokens=pattern.tokens[::-1]))
    text = first if len(first) >= len(last) else last
    if not text:
        return store.Bounds()
    return store.Bounds(text, text + "~", reversed=len(last) > len(first))


def beginning(pattern: Pattern) -> str:
    """The folds that every match begins with."""
    found = ""
    for one in pattern.tokens:
        if len(one.folds) != 1 or one.optional:
            break
        found += next(iter(one.folds))
    return found


def names_of(make: str) -> list[str]:
    """The names under which records have a make, in small letters and digits."""
    which = normalise_make(make)
    return [which, *(name for name, known in MAKES.items() if known == which)]


def described(row: store.Row) -> Described:
    """What the database tells of a mark's holder."""
    return Described(row["make"], row["model"], row["calibre"], row["type"], row["made_in"])


def candidate(pattern: Pattern, query: MarkQuery, row: store.Row) -> Candidate:
    """One row as a candidate."""
    normal = row["normal"]
    ranked = rank(pattern, query.described, normal, described(row))
    return Candidate(
        row["mark"], Holder(row["holder_kind"]), row["holder"], row["owner"], Level(row["level"]), normal,
        slips(pattern, normal) or 0, pattern.plain == normal, ranked, row,
    )  # fmt: skip


def best(found: Iterable[Candidate], limit: int) -> list[Candidate]:
    """The best mark of each holder, best first: so many that may be told, and as many met blind after them."""
    ordered = sorted(found, key=lambda one: (-one.ranked.score, str(one.mark)))
    once: dict[tuple[Holder, UUID], Candidate] = {}
    for one in ordered:
        once.setdefault((one.holder_kind, one.holder), one)
    told = [one for one in once.values() if one.level is not Level.BLIND]
    blind = [one for one in once.values() if one.level is Level.BLIND]
    return told[:limit] + blind[:limit]
