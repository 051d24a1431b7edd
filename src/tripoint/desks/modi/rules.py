"""Pure decisions of the desk of modi operandi: how near two come and why, what follows what, what a notice says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.desks.modi.model import (
    LIBRARY,
    Content,
    Decision,
    Features,
    Modus,
    ModusState,
    ModusText,
    Reason,
    Verdict,
)
from tripoint.records.model import Terms
from tripoint.words.countries import read_country

S, V = ModusState, Verdict
# What each thing in common weighs. Codes say how it is done, words what it looks like; pictures only ever speak for it.
WEIGHTS = {
    "stage": 0.15, "concealment": 0.20, "transport": 0.10, "installation": 0.08, "routing": 0.05, "crime_area": 0.05,
    "commodity": 0.07, "tools": 0.10, "documents": 0.05, "text": 0.30, "pictures": 0.25,
}  # fmt: skip
CODES = ("stage", "concealment", "transport", "installation", "routing", "crime_area", "commodity")
SAYS_NOTHING = frozenset({"other", "unknown", "none", ""})
FEWEST_STEMS = 5  # of fewer words nothing can be said
LEAST_KNOWN = 0.5  # two that are hardly described at all do not come near by the little they share
NEAR = 0.45  # from here on an analyst must have looked at it before he says that something is new
PURPOSE = 1_500  # characters of the draft of a notice
LANGUAGES_FIRST = ("en", "es", "fr", "pt", "ar")


def likeness(one: Features, other: Features, *, pictures_alike: bool) -> tuple[float, tuple[Reason, ...]]:
    """How near two come, from 0 to 1, and the reasons, weightiest first.

    `pictures_alike`: a picture of the one shows nearly the same as one of the other.
    """
    found = [*of_codes(one, other), *of_sets(one, other), *of_words(one, other)]
    if pictures_alike:
        found.append(Reason("pictures", WEIGHTS["pictures"], 1.0))
    known = max(sum(reason.weight for reason in found), LEAST_KNOWN)
    score = sum(reason.weight * reason.share for reason in found) / known
    shown = sorted(found, key=lambda reason: (-reason.weight * reason.share, -reason.weight, reason.feature))
    return round(score, 4), tuple(shown)


def of_codes(one: Features, other: Features) -> Iterable[Reason]:
    """The codes that both say."""
    for name in CODES:
        mine, theirs = one.codes.get(name) or "", other.codes.get(name) or ""
        if mine not in SAYS_NOTHING and theirs not in SAYS_NOTHING:
            yield Reason(name, WEIGHTS[name], float(mine == theirs))


def of_sets(one: Features, other: Features) -> Iterable[Reason]:
    """Tools and documents, where both name some: how many of all are common to them."""
    for name, mine, theirs in (
        ("tools", one.tools, other.tools), ("documents", one.documents - {"other"}, other.documents - {"other"}),
    ):  # fmt: skip
        if mine and theirs:
            yield Reason(name, WEIGHTS[name], round(len(mine & theirs) / len(mine | theirs), 4))


def of_words(one: Features, other: Features) -> Iterable[Reason]:
    """The stems of words, in the language in which the two share most: how many of the shorter one's the other has."""
    shares = [
        len(one.stems[language] & other.stems[language]) / min(len(one.stems[language]), len(other.stems[language]))
        for language in one.stems.keys() & other.stems.keys()
        if min(len(one.stems[language]), len(other.stems[language])) >= FEWEST_STEMS
    ]
    if shares:
        yield Reason("text", WEIGHTS["text"], round(max(shares), 4))


def checked(content: Content, known_operations: frozenset[UUID]) -> Content:
    """The content with countries as codes and tools in small letters. Raises BadInput."""
    if not content.texts:
        raise BadInput("It is told in no language.", field="texts", remedy="Give title and text in one language.")
    if content.operation is not None and content.operation not in known_operations:
        raise BadInput(
            "Your party takes part in no such operation.", field="operation", remedy="GET /api/operations lists yours."
        )
    if content.first_seen and content.last_seen and content.last_seen < content.first_seen:
        raise BadInput("It was last seen before it was first seen.", field="last_seen", remedy="Exchange the two.")
    return replace(
        content, countries=read_all("countries", content.countries, read_country),
        tools=read_all("tools", content.tools, lambda word: word.strip().lower()),
        documents=tuple(sorted(set(content.documents))),
    )  # fmt: skip


def read_all(field: str, written: Sequence[str], reading: Callable[[str], str]) -> tuple[str, ...]:
    """Each once, as it is compared. Raises BadInput naming the field."""
    try:
        return tuple(sorted({reading(one) for one in written}))
    except ValueError as error:
        raise BadInput(str(error), field=field, remedy="Give the codes of countries, such as BRA.") from error


def check_own(modus: Modus) -> None:
    """Raises NotAllowed for another party's."""
    if not modus.own:
        raise NotAllowed("Only the party that wrote it changes it.", remedy=f"Ask {modus.owner}.")


def check_state(modus: Modus, *among: ModusState) -> None:
    """Raises NotAllowed for another party's, Conflict for one in another state."""
    check_own(modus)
    if modus.state not in among:
        raise Conflict(
            f"This one is {modus.state.value}.", field="state",
            remedy=f"Only what is {' or '.join(state.value for state in among)} can be treated so.",
        )  # fmt: skip


def check_version(modus: Modus, expected: int | None) -> None:
    """Raises Conflict for a change made from another version than the present one."""
    if expected is not None and expected != modus.version:
        raise Conflict(
            f"It is at version {modus.version}, your change was made from version {expected}.", field="version",
            remedy="Read it again and repeat your change.",
        )  # fmt: skip


def check_decision(modus: Modus, decision: Decision, near: Sequence[tuple[UUID, float]]) -> None:
    """Raises NotAllowed and Conflict as `check_state` does; Conflict for what is said to be new before everything near
    it was looked at; BadInput for what is known without saying as which.

    `near`: the accepted ones that come nearest, with their scores.
    """
    check_state(modus, S.PROPOSED, *(LIBRARY if decision.verdict is V.KNOWN else ()))
    if (decision.verdict is V.KNOWN) != (decision.same_as is not None):
        raise BadInput(
            "Which one it is the same as belongs to what is known, and to nothing else.", field="same_as",
            remedy="Name it with the verdict known.",
        )  # fmt: skip
    if decision.verdict is V.NEW:
        missing = [which for which, score in near if score >= NEAR and which not in decision.compared]
        if missing:
            raise Conflict(
                f"{len(missing)} that come near were not looked at.", field="compared",
                remedy="Read the nearest (GET .../nearest), and name each that you have looked at.",
            )  # fmt: skip


def state_after(verdict: Verdict) -> ModusState:
    """What a decision makes of it."""
    return {V.NEW: S.NEW, V.ACCEPTED: S.ACCEPTED, V.KNOWN: S.SUPERSEDED, V.BACK: S.DRAFT}[verdict]


def text_of(content: Content, language: str = "en") -> tuple[str, ModusText]:
    """The text in this language, else in the first there is, with the language it is in."""
    order = (language, *LANGUAGES_FIRST)
    found = next(one for one in order if one in content.texts)
    return found, content.texts[found]


def notice_values(content: Content, addressed_to: str) -> dict[str, str]:
    """The answers to the form of a request for a Purple Notice: about a method, never about a person."""
    _, text = text_of(content)
    parts = [
        text.title, text.summary, said("Stage", content.stage.value), said("Concealment", content.concealment),
        said("Transport", content.transport), said("Installation", content.installation),
        said("Countries", ", ".join(content.countries)), said("Tools", ", ".join(content.tools)),
        said("Indicators", text.indicators), said("Danger to officers", text.danger or content.danger.value),
        said("Countermeasures", text.countermeasures),
    ]  # fmt: skip
    purpose = "\n".join(part for part in parts if part)[:PURPOSE]
    return {"colour": "purple", "addressed_to": addressed_to, "subject": "method", "purpose": purpose}


def said(what: str, words: str | None) -> str:
    """A line of a notice; nothing where nothing was said."""
    return f"{what}: {words.replace('_', ' ')}" if words else ""


def digest_of(content: Content, terms: Terms) -> bytes:
    """SHA-256 of what was sent: the same again, the same digest."""
    return sha256(json.dumps([repr(replace(content, texts={})), repr(terms), sorted(
        (language, repr(text)) for language, text in content.texts.items()
    )]).encode()).digest()  # fmt: skip
