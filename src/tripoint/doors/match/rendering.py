"""Answers to checks in the words of FollowTheMoney."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tripoint.desks.checks.model import Answer, HitKind, Met, Told
from tripoint.doors.match.shapes import LEAST, ExplanationShown, FeatureShown, OwnerToAsk, ResultShown
from tripoint.engines.screening import MODEL, Grade
from tripoint.records.model import Level
from tripoint.words.countries import country, is_country

NAME_PROPERTIES = {"primary": "name", "weak_alias": "weakAlias", "former": "previousName", "birth": "previousName"}
GENDERS = {"M": "male", "F": "female", "X": "other"}
TOPICS = {"wanted": "wanted", "convicted": "crime", "suspect": "crime", "sanctioned": "sanction"}
SCHEMAS = {HitKind.PERSON: "Person", HitKind.PERSON_DOCUMENT: "Person", HitKind.DOCUMENT: "Identification"}


def results_of(answers: Iterable[Answer], threshold: float, cutoff: float) -> list[ResultShown]:
    """The hits of a query's checks, each record once, best first; those below the cutoff are left out.

    A pointer is never left out: how near it is is not told.
    """
    best: dict[Any, ResultShown] = {}
    for answer in answers:
        for told in answer.hits:
            found, key = result_of(told, threshold), (told.met.record, told.met.kind)
            told_anyway = told.met.level is not Level.FULL
            if (told_anyway or found.score >= cutoff) and (key not in best or best[key].score < found.score):
                best[key] = found
    return sorted(best.values(), key=lambda found: -found.score)


def result_of(told: Told, threshold: float) -> ResultShown:
    """One hit as it was told; below level full nothing of the record is in it.

    A pointer's score is the threshold itself: the same for all, so it tells nothing, and a client that keeps only
    matches keeps it, for a hit that only its owner may explain must not get lost.
    """
    met, owner = told.met, told.owner
    full = met.level is Level.FULL
    score = score_of(met) if full else threshold
    return ResultShown(
        id=str(told.id),
        caption=caption_of(met) if full else f"Ask {owner.name}: {owner.contact}",
        schema_=SCHEMAS[met.kind],
        properties=properties_of(met) if full else {},
        datasets=[owner.code.lower()],
        score=score,
        match=score >= threshold,
        features={reason.code: round(reason.weight, 4) for reason in met.reasons} if full else {},
        explanations=explanations_of(met) if full else {},
        level=met.level.value,
        grade=met.grade.value,
        owner=OwnerToAsk(code=owner.code, name=owner.name, contact=owner.contact),
    )


def score_of(met: Met) -> float:
    """The score, 0 to 1; a mark has a grade only, and stands at the least score of it."""
    return met.score if met.score is not None else LEAST.get(met.grade, LEAST[Grade.WEAK])


def caption_of(met: Met) -> str:
    """What the record is called: the first name, or the number."""
    names = met.held.get("names") or [{"full": met.held.get("number", met.kind.value)}]
    return str(names[0]["full"])


def properties_of(met: Met) -> dict[str, list[str]]:
    """The record as held, as properties of a Person or an Identification."""
    held = met.held
    found: dict[str, list[str]] = {}

    def put(name: str, value: object) -> None:
        if value and str(value) not in found.setdefault(name, []):
            found[name].append(str(value))

    for name in held.get("names", ()):
        put(NAME_PROPERTIES.get(name.get("kind", "primary"), "alias"), name["full"])
    for birth in held.get("births", ()):
        put("birthDate", birth)
    for code in held.get("nationalities", ()):
        put("nationality", alpha2(code))
    put("gender", GENDERS.get(held.get("sex", "")))
    for document in held.get("documents", ()):
        put("passportNumber" if document.get("type") == "passport" else "idNumber", document["number"])
    put("number", held.get("number"))
    put("country", alpha2(held.get("issuer")))
    put("type", held.get("type"))
    put("topics", TOPICS.get(held.get("status", "")))
    put("notes", met.nature)
    return found


def alpha2(code: str | None) -> str | None:
    """The two-letter code in small letters, where there is one."""
    known = country(code).alpha2 if code and is_country(code) else None
    return (known or code or "").lower() or None


def explanations_of(met: Met) -> dict[str, ExplanationShown]:
    """The reasons by their codes, with the field each speaks of as asked and as held."""
    beside = {one.field: one for one in met.comparison}
    found = {}
    for reason in met.reasons:
        one = beside.get(reason.code.partition(".")[0])
        found[reason.code] = ExplanationShown(
            score=round(reason.weight, 4), detail=reason.words, query=one.asked if one else None,
            candidate=one.held if one else None,
        )  # fmt: skip
    return found


def matcher_shown() -> dict[str, FeatureShown]:
    """The features of the model by their codes."""
    return {one.code: FeatureShown(description=one.words, coefficient=one.weight) for one in MODEL.features}
