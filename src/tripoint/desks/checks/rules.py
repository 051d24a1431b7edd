"""Pure decisions of the checks desk: how near a mark is, what is told to whom, what may be done next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tripoint.access.model import Clocks, Officer
from tripoint.desks.checks.model import (
    DECISIONS,
    OPEN_STATES,
    WITHOUT_CONFIRMATION,
    FirearmAsked,
    Hit,
    HitKind,
    HitState,
    Met,
    Outcome,
    Side,
    Urgency,
    VehicleAsked,
)
from tripoint.engines.marks.ranking import agreement
from tripoint.engines.screening import FieldComparison, Grade, Reason, Verdict
from tripoint.records.model import Action, Level, NoticeColour
from tripoint.records.rules import UNMASKED
from tripoint.words.dates import read_partial_date
from tripoint.words.documents import DocumentReference
from tripoint.words.firearms import normalise_make
from tripoint.words.people import MASKED, TO_PROTECT, PersonStatus, is_masked

MARKS_MODEL = "marks-1"
CLOCK_TOLERANCE = timedelta(minutes=2)
ORDER = (Grade.STRONG, Grade.POSSIBLE, Grade.WEAK, Grade.NONE)
ROOMY = 9  # characters from which on digits alone leave most numbers unused
# What tells who a person is, in a record and in a comparison.
WHO = ("names", "births", "documents", "birth_places", "marks")
COMPARED_OF_WHO = frozenset({"name", "birth", "number", "document"})
NEAR_NUMBER = "near_number"
GOES_TOGETHER = 0.5  # from which makes and calibres are taken to be the same
MOST_TOLD = 20  # an officer in the field reads no more; the rest stay on the desk of nobody


def compare(field: str, asked: str | None, held: str | None, *, similar: bool = False) -> FieldComparison | None:
    """Two marks beside each other; None when there is nothing to compare."""
    if asked is None and held is None:
        return None
    if asked is None or held is None:
        return FieldComparison(field, asked, held, Verdict.MISSING, "not asked" if asked is None else "not held")
    if asked.casefold() == held.casefold():
        return FieldComparison(field, asked, held, Verdict.SAME, "the same")
    if similar:
        return FieldComparison(field, asked, held, Verdict.SIMILAR, "may be misread for each other")
    return FieldComparison(field, asked, held, Verdict.DIFFERS, "differs")


def beside(*found: FieldComparison | None) -> tuple[FieldComparison, ...]:
    """The comparisons there are."""
    return tuple(one for one in found if one is not None)


def document_finding(
    asked: DocumentReference, *, how: str, number: str, issuer: str | None, type_held: str | None
) -> tuple[Grade, tuple[Reason, ...], tuple[FieldComparison, ...]]:
    """How surely a held document is the one asked for: number + issuer + type, never the holder's name.

    `how` says how near its number is: 'exact'; 'confused', the same only after folding (O/0, I/1, S/5, B/8, Z/2, G/6),
    which stands one tier lower; 'near', one slip away, which is a stranger's more often than not.
    """
    reasons = [number_reason(how)]
    same_issuer, same_type = bool(asked.issuer and issuer), asked.type is None or type_held in (None, asked.type.value)
    if same_issuer:
        reasons.append(Reason("same_issuer", "The issuer is the same", 0.5))
    if asked.type and type_held:
        reasons.append(
            Reason("same_type", "The type is the same", 0.2)
            if same_type
            else Reason("other_type", "The type of document differs", -0.4)
        )
    comparison = beside(
        compare("number", asked.number, number, similar=how != "exact"),
        compare("issuer", asked.issuer, issuer),
        compare("type", asked.type.value if asked.type else None, type_held),
    )
    if how == "near":
        grade = near_grade(asked, number, sure=same_issuer and same_type and bool(asked.type and type_held))
    else:
        grade = document_grade(exact=how == "exact", agrees=same_issuer and same_type)
    return grade, tuple(reasons), comparison


def number_reason(how: str) -> Reason:
    """How near a document's number is, in words."""
    if how == "exact":
        return Reason("same_number", "The number is the same", 1.0)
    if how == "near":
        return Reason(
            NEAR_NUMBER, "The number differs by one slip: a character changed, missing, added or exchanged", 0.2
        )
    return Reason("confused_number", "The number is the same but for characters that are misread for each other", 0.6)


def document_grade(*, exact: bool, agrees: bool) -> Grade:
    """The grade of a number that is the same, or the same after folding; `agrees` where issuer and type do."""
    if exact and agrees:
        return Grade.STRONG
    return Grade.POSSIBLE if exact or agrees else Grade.WEAK


def near_grade(asked: DocumentReference, number: str, *, sure: bool) -> Grade:
    """The grade of a number one slip away: weak, unless issuer and type are both given and the same and both numbers
    are of a kind that leaves most of their space empty (letters among them, or nine characters)."""
    roomy = all(len(one) >= ROOMY or not one.isdigit() for one in (asked.number, number))
    return Grade.POSSIBLE if sure and roomy else Grade.WEAK


def vehicle_finding(
    asked: VehicleAsked, *, by_vin: str | None, by_plate: str | None, held: Mapping[str, str | None]
) -> tuple[Grade, tuple[Reason, ...], tuple[FieldComparison, ...]]:
    """How surely a held vehicle is the one asked for. `by_vin` and `by_plate` are 'exact', 'confused' or None.

    A plate names a vehicle only within its country; a plate whose identification number differs may be a copy.
    """
    reasons, contradicted = [], bool(asked.vin and held["vin"] and not by_vin)
    for how, name in ((by_vin, "vin"), (by_plate, "plate")):
        if how:
            reasons.append(
                Reason(
                    f"{'same' if how == 'exact' else 'confused'}_{name}",
                    f"The {'identification number' if name == 'vin' else 'plate'} is the same"
                    + ("" if how == "exact" else " but for characters that are misread for each other"),
                    1.0,
                )
            )
    if contradicted:
        reasons.append(Reason("other_vin", "The identification number differs: the plate may be copied", -0.5))
    same_country = bool(asked.country and held["country"])
    if by_vin == "exact" or (by_plate == "exact" and same_country and not contradicted):
        grade = Grade.STRONG
    elif by_vin or (by_plate == "exact"):
        grade = Grade.POSSIBLE
    else:
        grade = Grade.WEAK
    comparison = beside(
        compare("vin", asked.vin, held["vin"], similar=by_vin == "confused"),
        compare("plate", asked.plate, held["plate"], similar=by_plate == "confused"),
        compare("country", asked.country, held["country"]),
        compare("make", asked.make, held["make"]),
    )
    return grade, tuple(reasons), comparison


def may_be_near(asked: FirearmAsked) -> bool:
    """Whether serials one slip away are looked for: a make or a calibre must be there to speak for them."""
    return bool(asked.make or asked.calibre)


def worth_telling(asked: FirearmAsked, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of the rows found the nearest of each firearm; near ones not where their owner holds the serial itself.

    Serials follow each other: beside the gun that was listed stand its neighbours of the same load. Only what an owner
    holds at the same level counts, so that nothing is told by what is left out.
    """
    nearest: dict[Any, Mapping[str, Any]] = {}
    for row in rows:
        if row["level"] and (row["id"] not in nearest or row["slip"] < nearest[row["id"]]["slip"]):
            nearest[row["id"]] = row
    meant = {
        (row["owner"], row["level"]) for row in nearest.values()
        if not row["slip"] and not (asked.make and agreement("make", asked.make, row["make"]) == 0)
    }  # fmt: skip
    return [row for row in nearest.values() if not row["slip"] or (row["owner"], row["level"]) not in meant]


def firearm_finding(
    asked: FirearmAsked, *, how: str, held: Mapping[str, str | None]
) -> tuple[Grade, tuple[Reason, ...], tuple[FieldComparison, ...]]:
    """How surely a held firearm is the one asked for. Serials repeat across makes: a serial alone is only possible.

    `how` says how near its serial is: 'exact'; 'confused', the same only after folding; 'near', one slip away, which is
    a lead at most, and none unless make or calibre is the same and neither contradicts.
    """
    reasons = [serial_reason(how)]
    made = (normalise_make(asked.make), normalise_make(held["make"])) if asked.make and held["make"] else None
    if made and made[0] == made[1]:
        reasons.append(Reason("same_make", "The make is the same", 0.4))
        grade = Grade.STRONG if how == "exact" else Grade.POSSIBLE
    elif made:
        reasons.append(Reason("other_make", "The make differs: serials repeat across makes", -0.5))
        grade = Grade.WEAK
    else:
        reasons.append(Reason("serial_alone", "Serial alone: give the make to be surer", 0.0))
        grade = Grade.POSSIBLE if how == "exact" else Grade.WEAK
    details = [compare(name, getattr(asked, name), held[name]) for name in ("model", "calibre")]
    if grade is Grade.STRONG and any(d and d.verdict is Verdict.DIFFERS for d in details):
        grade = Grade.POSSIBLE
        reasons.append(Reason("other_model", "Model or calibre differs", -0.2))
    serials = compare("serial", asked.serial, held["serial"], similar=how != "exact")
    makes = compare("make", asked.make, held["make"])
    if how == "near":
        grade = near_serial_grade(asked, held)
    return grade, tuple(reasons), beside(serials, makes, *details)


def serial_reason(how: str) -> Reason:
    """How near a serial is, in words."""
    if how == "exact":
        return Reason("same_serial", "The serial is the same", 0.6)
    if how == "near":
        words = "The serial differs by one slip, or by leading zeros: compare the marks on the firearm itself"
        return Reason("near_serial", words, 0.1)
    return Reason("confused_serial", "The serial is the same but for characters that are misread for each other", 0.3)


def near_serial_grade(asked: FirearmAsked, held: Mapping[str, str | None]) -> Grade:
    """Possible where make or calibre agrees and neither contradicts, else none: near serials are mostly strangers'."""
    pairs = ((name, getattr(asked, name), held[name]) for name in ("make", "calibre"))
    known = [agreement(name, one, other) for name, one, other in pairs if one and other]
    agreed = [value for value in known if value is not None]
    return Grade.POSSIBLE if agreed and min(agreed) > 0 and max(agreed) >= GOES_TOGETHER else Grade.NONE


def action_for_person(status: PersonStatus, asked_for: Iterable[Action]) -> Action:
    """What to do: people to protect are protected whatever else a notice says; else what the first notice asks."""
    if status in TO_PROTECT:
        return Action.PROTECT
    return next(iter(asked_for), Action.ASK_OWNER)


def told_level(level: Level, status: str, *, sealed: bool, own: bool) -> Level:
    """The level at which a meeting is told: who is sealed, a victim or a witness, no check of another party opens."""
    protected = sealed or status in {masked.value for masked in MASKED}
    return Level.POINTER if protected and not own and level is Level.FULL else level


def sealed_reasons(kinds: Iterable[str]) -> tuple[Reason, ...]:
    """Why a sealed person was met: what is known of such a one is compared whole, or not at all."""
    by = set(kinds)
    reasons = []
    if "person" in by:
        words = "The whole name and the date of birth are those of a sealed record"
        reasons.append(Reason("sealed_person", words, 1.0))
    if "document" in by:
        reasons.append(Reason("sealed_document", "The document number is one of a sealed record", 1.0))
    return tuple(reasons)


def without_who(met: Met, today: date) -> Met:
    """The meeting as it is told and kept: of victims, witnesses and children not who they are.

    How the names, the birth and the number compare stays; what is held of them does not.
    """
    births = [read_partial_date(birth) for birth in met.held.get("births", ())]
    person = met.kind in (HitKind.PERSON, HitKind.PERSON_DOCUMENT) and "sealed" not in met.held
    if not person or not is_masked(PersonStatus(met.held["status"]), births, today):
        return met
    hidden = [name for name in WHO if name in met.held]
    notices = [{**notice, "charges": []} for notice in met.held.get("notices", ())]
    held = {name: value for name, value in met.held.items() if name not in WHO} | {"notices": notices, "masked": hidden}
    comparison = tuple(
        replace(one, held=None, words="", aligned=()) if one.field in COMPARED_OF_WHO else one for one in met.comparison
    )
    return replace(met, held={name: value for name, value in held.items() if value}, comparison=comparison)


def must_hide_asked(side: Side, held: Mapping[str, Any], officer: Officer) -> bool:
    """Whether an officer of the owner's is not shown what was asked, since that names a person to protect.

    Who asked knows what he asked; the keepers need it to judge the hit.
    """
    return side is not Side.ASKER and "masked" in held and not officer.roles & UNMASKED


def as_told(met: Met) -> Met:
    """The meeting as the asker may know it: at level pointer nothing but owner and contact is left."""
    if met.level is Level.FULL:
        return met
    return replace(
        met,
        kind=told_kind(met.kind),
        score=None,
        grade=Grade.POSSIBLE,
        reasons=(),
        comparison=(),
        held={},
        nature="",
        action=Action.ASK_OWNER,
        instructions=None,
        protect=False,
    )


def told_kind(kind: HitKind) -> HitKind:
    """The kind as told below level full: that a document belongs to a listed person is not told."""
    return HitKind.DOCUMENT if kind is HitKind.PERSON_DOCUMENT else kind


def best_of_each(meetings: Iterable[Met]) -> list[Met]:
    """One meeting a record, the surest; a person found both by name and by document is told once, with all reasons."""
    best: dict[Any, Met] = {}
    for met in meetings:
        if met.level is Level.NOTHING or met.grade is Grade.NONE:
            continue
        earlier = best.get(met.record)
        if earlier is None:
            best[met.record] = met
            continue
        first, second = sorted((earlier, met), key=sureness)
        best[met.record] = replace(
            first, reasons=first.reasons + tuple(r for r in second.reasons if r not in first.reasons)
        )
    return sorted(best.values(), key=sureness)


def told_and_blind(met: Iterable[Met]) -> tuple[list[Met], list[Met]]:
    """What is told, in the order it is told in, and what only the owners learn; at most MOST_TOLD of each.

    Ordered as the asker knows it, so that a pointer's place tells nothing of its grade; capped apart, so that what is
    met blind crowds out nothing.
    """
    every = list(met)
    told = sorted((one for one in every if one.level is not Level.BLIND), key=lambda one: sureness(as_told(one)))
    return told[:MOST_TOLD], [one for one in every if one.level is Level.BLIND and not a_strangers(one)][:MOST_TOLD]


def a_strangers(met: Met) -> bool:
    """Whether a record is met by a number one slip away and nothing else: a stranger's document more often than not.

    Its owner would learn of a person who was checked, for nothing; the asker, who wished for such numbers, decides
    himself what they are worth.
    """
    return met.grade is Grade.WEAK and any(reason.code == NEAR_NUMBER for reason in met.reasons)


def sureness(met: Met) -> tuple[int, float, str]:
    """The order of hits: surest first."""
    return (ORDER.index(met.grade), -(met.score or 0.0), str(met.record))


def best_grade(meetings: Iterable[Met]) -> Grade:
    """The grade of the whole answer."""
    return min((met.grade for met in meetings), key=ORDER.index, default=Grade.NONE)


def referred_due(now: datetime, urgency: Urgency, clocks: Clocks) -> datetime:
    """When the owner should have answered a hit referred at `now`."""
    return now + (clocks.urgent_answer if urgency is Urgency.URGENT else clocks.answer)


def overdue(hit: Hit, now: datetime) -> bool:
    """Whether an open hit's clock has run out."""
    return hit.state in OPEN_STATES and now > hit.due_at


def may_do(hit: Hit) -> tuple[str, ...]:
    """What a party on this side may do next with the hit, whatever the officer's role."""
    steps = []
    if hit.side is Side.ASKER and hit.state is HitState.NEW and hit.owner.number != hit.asker.number:
        steps.append("refer")
    if hit.side is Side.OWNER and hit.state in OPEN_STATES:
        steps.append("decide")
    if hit.side is Side.ASKER or hit.owner.number == hit.asker.number:
        steps.append("outcome")
    return tuple(steps)


def outcome_allowed(state: HitState, outcome: Outcome, override_reason: str | None) -> bool:
    """Nothing is recorded as done on a hit before its owner confirmed it, but for an urgent override with a reason."""
    return state is HitState.CONFIRMED or outcome in WITHOUT_CONFIRMATION or bool((override_reason or "").strip())


def clock_is_off(apart: timedelta) -> bool:
    """Whether a device's time lies more than two minutes from the hub's, either way: its clock, or a long wait.

    CJIS Security Policy AU-8 and ISO/IEC 27001 A.8.17 ask for watched clocks; what to do is the reader's to judge.
    """
    return abs(apart) > CLOCK_TOLERANCE


def clock_apart(device: datetime | None, hub: datetime) -> int | None:
    """Whole seconds by which the device's time lies after the hub's (before: negative), where its clock is off."""
    if device is None or not clock_is_off(device - hub):
        return None
    return round((device - hub).total_seconds())


def decision_allowed(state: HitState, decision: HitState) -> bool:
    """An open hit is decided once; a decision made may be corrected by its owner, never undone to open."""
    return decision in DECISIONS and state is not HitState.EXPIRED and state is not decision


def nature_of_notices(status: str, colours: Iterable[NoticeColour]) -> str:
    """In a word why a person is held."""
    first = next(iter(colours), None)
    return f"{status}:{first.value}" if first and first is not NoticeColour.LIST else status
