"""Scoring one held person against the person asked for, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tripoint.engines.screening import evidence
from tripoint.engines.screening.alignment import NOTHING_ALIKE, Likeness, PreparedName, compare_names, prepare_name
from tripoint.engines.screening.finding import FieldComparison, Finding, Reason, Verdict
from tripoint.engines.screening.model import MODEL
from tripoint.words.people import NameKind, PersonDescription

SAME_NAME, SIMILAR_NAME = 0.97, 0.6
NAME_WORDS = {Verdict.SAME: "The same name", Verdict.SIMILAR: "A similar name", Verdict.DIFFERS: "Another name"}


@dataclass(frozen=True, slots=True)
class PreparedPerson:
    """A description with its names and documents ready to be compared."""

    description: PersonDescription
    names: tuple[tuple[PreparedName, float], ...]  # each with what its kind takes from its likeness
    documents: tuple[evidence.PreparedDocument, ...]


@dataclass(frozen=True, slots=True)
class NameFinding:
    """The pair of names that are most alike."""

    likeness: Likeness
    value: float
    evidence: float
    asked: str | None
    held: str | None


BEST_NAME = MODEL.name_curve[-1][1] + MODEL.name_length / 2  # the most that names can say
LEAST_EVIDENCE = MODEL.evidence(min(least for _, least in MODEL.thresholds))
NO_NAMES = NameFinding(NOTHING_ALIKE, 0.0, 0.0, None, None)


@lru_cache(32_768)
def prepare(person: PersonDescription) -> PreparedPerson:
    """A person ready to be scored; prepare the question once and score many candidates against it.

    Looks at the first 60 names.
    """
    names: dict[tuple[str, ...], tuple[PreparedName, float]] = {}
    for name in person.names[: MODEL.names.most_names]:
        prepared = prepare_name(name.full, name.truncated)
        factor = MODEL.names.weak_alias if name.kind is NameKind.WEAK_ALIAS else 1.0
        known = names.get(words := tuple(word.text for word in prepared.words))
        if known is None or known[1] < factor:
            names[words] = prepared, factor
    return PreparedPerson(person, tuple(names.values()), tuple(map(evidence.prepare_document, person.documents)))


def score(question: PersonDescription | PreparedPerson, held: PersonDescription | PreparedPerson) -> Finding:
    """How surely `held` is the person asked for, by the table in model.py.

    Evidence for each field adds up. What agrees besides names and documents counts only as far as the names agree, so
    that a date of birth alone lifts no stranger; what contradicts always counts.
    """
    asked = question if isinstance(question, PreparedPerson) else prepare(question)
    candidate = held if isinstance(held, PreparedPerson) else prepare(held)
    names = best_names(asked, candidate)
    found = compare_fields(asked, candidate)
    open_to = MODEL.openness(names.value)
    reasons = [name_reason(names)]
    for _, feature in found:
        if feature and feature.weight:
            own = feature.code.startswith("document.") or feature.weight < 0
            reasons.append(Reason(feature.code, feature.words, feature.weight * (1.0 if own else open_to)))
    value = MODEL.score(sum(reason.weight for reason in reasons))
    told = tuple(sorted((reason for reason in reasons if reason.weight), key=lambda reason: -abs(reason.weight)))
    comparison = (name_comparison(names), *(side_by_side for side_by_side, _ in found))
    return Finding(value, MODEL.grade(value), told, comparison, MODEL.version)


def hopeless(question: PersonDescription, held: PersonDescription) -> bool:
    """Whether no name could lift the held person to any grade, by birth, nationality and sex alone.

    Exact: the features of `score`, with the most that names can say. Whoever may bear a document asked for is not.
    """
    if may_share_document(question, held):
        return False
    return weigh_facts(question, held) + BEST_NAME < LEAST_EVIDENCE


def plausible(question: PreparedPerson, held: PreparedPerson) -> bool:
    """Whether the held person may reach any grade, looked at without the explanation that `score` gives."""
    if may_share_document(question.description, held.description):
        return True
    names = best_names(question, held)
    return names.evidence + weigh_facts(question.description, held.description) >= LEAST_EVIDENCE


def may_share_document(asked: PersonDescription, held: PersonDescription) -> bool:
    """Whether any document held may be one asked for, its number as printed or as misread."""
    if not asked.documents or not held.documents:
        return False
    wanted = {evidence.prepare_document(document).folded for document in asked.documents}
    return any(evidence.prepare_document(document).folded in wanted for document in held.documents)


def weigh_facts(asked: PersonDescription, held: PersonDescription) -> float:
    """What birth, nationality and sex say at most, where names agree fully."""
    weight = evidence.nationality_weight(asked.nationalities, held.nationalities)
    if asked.births and held.births:
        weight += max(evidence.birth_weight(one, other) for one in asked.births for other in held.births)
    return weight + evidence.sex_weight(asked.sex, held.sex)


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
    """The names most alike of all asked and all held."""
    best = NO_NAMES
    for name, _ in asked.names:
        for other, factor in held.names:
            likeness = compare_names(name, other)
            value = likeness.value * factor
            proof = name_evidence(likeness, value)
            if best.asked is None or proof > best.evidence:
                best = NameFinding(likeness, value, proof, name.full, other.full)
    return best


def name_evidence(likeness: Likeness, value: float) -> float:
    """The evidence of a likeness; a long name that matches says more than a short one."""
    length = min(1.0, likeness.letters / MODEL.full_name)
    return MODEL.name_evidence(value) + MODEL.name_length * (length - 0.5)


def name_reason(names: NameFinding) -> Reason:
    """The names as a reason, telling the omitted from the contradicted."""
    if names.asked is None:
        lacking = MODEL.feature("name.missing")
        return Reason(lacking.code, lacking.words, lacking.weight)
    manner = verdict_on(names.value)
    return Reason(f"name.{manner}", NAME_WORDS[manner] + details(names.likeness), names.evidence)


def verdict_on(value: float) -> Verdict:
    """A likeness of names as a verdict."""
    return Verdict.SAME if value >= SAME_NAME else Verdict.SIMILAR if value >= SIMILAR_NAME else Verdict.DIFFERS


def details(likeness: Likeness) -> str:
    """Which words differ and which are left out."""
    other = [f"{asked} for {held}" for asked, held, alike in likeness.pairs if alike < 1]
    parts = [", ".join(other)] if other else []
    if likeness.only_asked:
        parts.append(f"not held: {', '.join(likeness.only_asked)}")
    if likeness.only_held:
        parts.append(f"not asked: {', '.join(likeness.only_held)}")
    return f" ({'; '.join(parts)})" if parts else ""


def name_comparison(names: NameFinding) -> FieldComparison:
    """The names side by side."""
    verdict = Verdict.MISSING if names.asked is None else verdict_on(names.value)
    return FieldComparison("name", names.asked, names.held, verdict, name_reason(names).words)
