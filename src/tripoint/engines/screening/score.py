"""Scoring one held person against the person asked for, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tripoint.engines.screening import evidence
from tripoint.engines.screening.compare import aligned_words, best_readings
from tripoint.engines.screening.finding import AlignedWords, FieldComparison, Finding, Manner, Reason, Verdict
from tripoint.engines.screening.model import MODEL
from tripoint.engines.screening.people import MOST_NAMES, MOST_WORDS, People, encode, readings_of
from tripoint.words.people import PersonDescription, PersonName

SAME_WORD, LIKE_WORD = 0.97, 0.6  # shares of a true match
SIMILAR_NAME = 0.0  # evidence from which two names are called similar
NAME_WORDS = {Verdict.SAME: "The same name", Verdict.SIMILAR: "A similar name", Verdict.DIFFERS: "Another name"}
LEAST_EVIDENCE = MODEL.evidence(min(least for _, least in MODEL.thresholds))


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPerson:
    """A description made ready to be compared: as columns, with the words of each reading and the name it is of."""

    description: PersonDescription
    people: People
    words: tuple[tuple[str, ...], ...]
    names: tuple[PersonName, ...]
    documents: tuple[evidence.PreparedDocument, ...]


@dataclass(frozen=True, slots=True)
class NameFinding:
    """The two names most surely the same, and how their words stand beside each other."""

    evidence: float
    asked: str | None
    held: str | None
    aligned: tuple[AlignedWords, ...] = ()


@lru_cache(8_192)
def prepare(person: PersonDescription) -> PreparedPerson:
    """A person ready to be scored; prepare the question once and score many candidates against it.

    Looks at the first 500 names, and 2,000 readings of them.
    """
    found = [(words, name) for name, words in readings_of(person.names[:MOST_NAMES])]
    return PreparedPerson(
        person,
        encode([person]),
        tuple(words[:MOST_WORDS] for words, _ in found),
        tuple(name for _, name in found),
        tuple(map(evidence.prepare_document, person.documents)),
    )


def score(question: PersonDescription | PreparedPerson, held: PersonDescription | PreparedPerson) -> Finding:
    """How surely `held` is the person asked for, by the table in model.py.

    Evidence for each field adds up. What agrees besides names and documents counts only as far as the names agree, so
    that a date of birth alone lifts no stranger; what contradicts always counts.
    """
    asked = question if isinstance(question, PreparedPerson) else prepare(question)
    candidate = held if isinstance(held, PreparedPerson) else prepare(held)
    names = best_names(asked, candidate)
    found = compare_fields(asked, candidate)
    open_to = MODEL.openness(names.evidence)
    reasons = [name_reason(names)]
    for _, feature in found:
        if feature and feature.weight:
            own = feature.code.startswith("document.") or feature.weight < 0
            reasons.append(Reason(feature.code, feature.words, feature.weight * (1.0 if own else open_to)))
    value = MODEL.score(sum(reason.weight for reason in reasons))
    told = tuple(sorted((reason for reason in reasons if reason.weight), key=lambda reason: -abs(reason.weight)))
    comparison = (name_comparison(names), *(side_by_side for side_by_side, _ in found))
    return Finding(value, MODEL.grade(value), told, comparison, MODEL.version)


def names_alone(name: str, other: str) -> Finding:
    """How surely two names are of one person, nothing else being known."""
    return score(PersonDescription((PersonName(name),)), PersonDescription((PersonName(other),)))


def compare_fields(asked: PreparedPerson, held: PreparedPerson) -> tuple[evidence.Evidence, ...]:
    """Every field but the names."""
    here, there = asked.description, held.description
    return (
        evidence.compare_births(here.births, there.births),
        evidence.compare_nationalities(here.nationalities, there.nationalities),
        evidence.compare_sexes(here.sex, there.sex),
        evidence.compare_documents(asked.documents, held.documents),
    )


def best_names(asked: PreparedPerson, held: PreparedPerson) -> NameFinding:
    """The names most surely the same of all asked and all held."""
    found, one, other = best_readings(asked.people, held.people)
    if one < 0:
        return NameFinding(found, None, None)
    aligned = align(asked, one, held, other)
    return NameFinding(found, asked.names[one].full, held.names[other].full, aligned)


def align(asked: PreparedPerson, one: int, held: PreparedPerson, other: int) -> tuple[AlignedWords, ...]:
    """The words of two readings beside each other in the order asked, then those that only one of them has."""
    here, there = asked.words[one], held.words[other]
    found, met, matched = [], set(), set()
    for pair in sorted(aligned_words(asked.people, one, held.people, other), key=lambda each: each.left):
        mine, theirs = range(pair.left, pair.left + pair.left_words), range(pair.right, pair.right + pair.right_words)
        met |= set(mine)
        matched |= set(theirs)
        words, others = " ".join(here[at] for at in mine), " ".join(there[at] for at in theirs)
        found.append(AlignedWords(words, others, manner(words, others, pair.likeness), round(pair.likeness, 3)))
    found += only(here, met, Manner.ONLY_ASKED) + only(there, matched, Manner.ONLY_HELD)
    return tuple(found)


def only(words: Sequence[str], met: set[int], side: Manner) -> list[AlignedWords]:
    """The words of one side without counterpart on the other."""
    left = (word for at, word in enumerate(words) if at not in met)
    if side is Manner.ONLY_ASKED:
        return [AlignedWords(word, None, side, 0.0) for word in left]
    return [AlignedWords(None, word, side, 0.0) for word in left]


def manner(words: str, others: str, likeness: float) -> Manner:
    """How words that stand for each other are alike."""
    if words == others:
        return Manner.SAME
    if " " in words or " " in others:
        return Manner.JOINED
    if len(words) == 1 or len(others) == 1:
        return Manner.INITIAL
    return Manner.SOUND if likeness >= LIKE_WORD else Manner.LIKE


def name_reason(names: NameFinding) -> Reason:
    """The names as a reason, telling the omitted from the contradicted."""
    if names.asked is None:
        lacking = MODEL.feature("name.missing")
        return Reason(lacking.code, lacking.words, lacking.weight)
    verdict = verdict_on(names)
    return Reason(f"name.{verdict}", NAME_WORDS[verdict] + details(names.aligned), names.evidence)


def verdict_on(names: NameFinding) -> Verdict:
    """Two names as a verdict: the same where every word stands beside one as good as the same."""
    if names.aligned and all(pair.likeness >= SAME_WORD for pair in names.aligned):
        return Verdict.SAME
    return Verdict.SIMILAR if names.evidence >= SIMILAR_NAME else Verdict.DIFFERS


def details(aligned: Sequence[AlignedWords]) -> str:
    """Which words differ and which are left out."""
    met = [pair for pair in aligned if pair.asked and pair.held]
    other = [f"{pair.asked} for {pair.held}" for pair in met if pair.asked != pair.held]
    asked = [pair.asked for pair in aligned if pair.asked and not pair.held]
    held = [pair.held for pair in aligned if pair.held and not pair.asked]
    parts = [", ".join(other)] if other else []
    parts += [f"not held: {', '.join(asked)}"] if asked else []
    parts += [f"not asked: {', '.join(held)}"] if held else []
    return f" ({'; '.join(parts)})" if parts else ""


def name_comparison(names: NameFinding) -> FieldComparison:
    """The names side by side, with their words beside each other."""
    verdict = Verdict.MISSING if names.asked is None else verdict_on(names)
    return FieldComparison("name", names.asked, names.held, verdict, name_reason(names).words, names.aligned)
