"""Meet the records: search each kind asked for, and say how surely each one found is the one meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tripoint.access.lookup import PersonLookup
from tripoint.base.database import Session, apart, together
from tripoint.base.errors import QueryFailed
from tripoint.desks.checks import rules, store
from tripoint.desks.checks.model import Failed, FirearmAsked, HitKind, Met, Question, VehicleAsked
from tripoint.engines.screening import MODEL, Grade, PreparedPerson, prepare, score
from tripoint.records.codec import (
    description_from_json,
    description_to_json,
    either_from_json,
    is_hidden,
    person_from_json,
    text_of,
    without_empty,
)
from tripoint.records.marks import check_wanted, met_look
from tripoint.records.model import Action, Level, MaskedPerson, Person
from tripoint.words.documents import DocumentReference
from tripoint.words.people import TO_PROTECT, PersonDescription

Row = Mapping[str, Any]
NOT_SHOWN = frozenset({"source_key", "remarks", "instructions", "sealed_at"})
MOST_CANDIDATES = 30  # for one person asked for, told, and as many blind; more than are told of in the end
ROUNDING = 0.0005  # the compiled score and the explained one are the same but for this much


def meet(
    session: Session, question: Question, party: int, persons: PersonLookup, documents: Sequence[Row] | None = None,
    *, sealed: Sequence[Row] = (), today: date | None = None,
) -> tuple[list[Met], tuple[Failed, ...]]:  # fmt: skip
    """Everything the question meets, each kind searched apart: one that fails does not silence the others.

    `documents` are the rows of the look for the document, where it was taken already; `sealed` those of sealed persons,
    who are met by what is known of them exactly. `today` decides who is a child.
    """
    parts: list[tuple[str, Callable[[], list[Met]]]] = []
    failed: list[Failed] = []
    if question.document:
        parts.append(("document", lambda: meet_documents(session, question, party, documents)))
    if question.person:
        person = question.person
        parts.append(("person", lambda: meet_persons(session, person, party, persons, failed)))
    if question.vehicle:
        vehicle = question.vehicle
        parts.append(("vehicle", lambda: meet_vehicles(session, vehicle)))
    if question.firearm:
        firearm = question.firearm
        parts.append(("firearm", lambda: meet_firearms(session, firearm)))
    meetings = [met_sealed(row, party) for row in sealed if row["level"]]
    for kind, search in parts:
        try:
            meetings += search() if len(parts) == 1 else apart(session, search)
        except QueryFailed:
            failed.append(Failed(kind, f"The {kind} lists could not be searched; ask again."))
    day = today or datetime.now(UTC).date()
    return [rules.without_who(one, day) for one in rules.best_of_each(meetings)], tuple(dict.fromkeys(failed))


def met_sealed(row: Row, party: int) -> Met:
    """One sealed person met, by exactly this name and birth or this number; who it is, is not told.

    What was asked is not kept with the hit: it is who the person is.
    """
    by_name = "person" in row["kinds"]
    finding = {
        "grade": Grade.STRONG if by_name else Grade.POSSIBLE, "score": None,
        "reasons": rules.sealed_reasons(row["kinds"]), "comparison": (), "model": rules.MARKS_MODEL,
    }  # fmt: skip
    return met_person(
        HitKind.PERSON if by_name else HitKind.PERSON_DOCUMENT, row["id"], row["version"], row["owner"],
        Level(row["level"]), either_from_json(row["content"]), finding, {}, party, row["content"],
    )  # fmt: skip


def document_as_asked(asked: DocumentReference) -> dict[str, Any]:
    """The document as asked, in JSON values."""
    return without_empty(
        {"number": asked.number, "issuer": asked.issuer, "type": asked.type.value if asked.type else None}
    )


def meet_documents(session: Session, question: Question, party: int, found: Sequence[Row] | None) -> list[Met]:
    """Bad documents, and documents of listed people; the holder's name plays no part.

    Numbers one slip away are met too where the asker wishes it: among very many numbers most of those are strangers.
    """
    if question.document is None:
        return []
    rows = together(session, [store.document_look(question)])[0] if found is None else found
    return [met_document(question.document, row, party) for row in rows if row["level"]]


def met_document(asked: DocumentReference, row: Row, party: int) -> Met:
    """One document met."""
    grade, reasons, comparison = rules.document_finding(
        asked, how=row["how"], number=row["number"], issuer=row["issuer"], type_held=row["type"]
    )
    if row["kind"] == HitKind.PERSON_DOCUMENT:
        person = person_from_json(row["person_content"])
        return met_person(
            HitKind.PERSON_DOCUMENT,
            row["id"],
            row["version"],
            row["owner"],
            Level(row["level"]),
            person,
            {"grade": grade, "score": None, "reasons": reasons, "comparison": comparison, "model": rules.MARKS_MODEL},
            document_as_asked(asked),
            party,
            row["person_content"],
        )
    held = {name: row[name] for name in ("number", "issuer", "type", "status")} | {"reported": text_of(row["reported"])}
    return Met(
        HitKind.DOCUMENT, row["id"], row["version"], row["owner"], Level(row["level"]), grade, None, reasons,
        comparison, document_as_asked(asked), without_empty(held), row["status"], Action.SEIZE_DOCUMENT,
    )  # fmt: skip


def met_person(
    kind: HitKind,
    record: UUID,
    version: int,
    owner: int,
    level: Level,
    person: Person | MaskedPerson,
    finding: dict[str, Any],
    asked: dict[str, Any],
    party: int,
    content: dict[str, Any],
) -> Met:
    """One listed person met, by name or by document."""
    held = {name: value for name, value in content.items() if name not in NOT_SHOWN}
    return Met(
        kind,
        record,
        version,
        owner,
        rules.told_level(level, person.status.value, sealed=isinstance(person, MaskedPerson), own=owner == party),
        asked=asked,
        held=held,
        nature=rules.nature_of_notices(person.status.value, (notice.colour for notice in person.notices)),
        action=rules.action_for_person(person.status, (notice.action for notice in person.notices)),
        instructions=person.instructions,
        protect=person.status in TO_PROTECT,
        **finding,
    )


def meet_persons(
    session: Session, asked: PersonDescription, party: int, persons: PersonLookup, failed: list[Failed]
) -> list[Met]:
    """Listed people the description may mean: found in the index, confirmed by the database, scored one by one.

    Where some may be missing from the index, that goes into `failed`. Raises QueryFailed where there is none.
    """
    found = persons.search(asked, party, MOST_CANDIDATES, MODEL.thresholds[-1][1] - ROUNDING)
    if found.late:
        failed.append(Failed("person", found.late))
    rows = [row for row in store.confirm_persons(session, found.ids) if row["level"]]
    if not rows:
        return []
    prepared, as_asked = prepare(asked), description_to_json(asked)
    meetings = (met_by_name(row, prepared, as_asked, party) for row in rows)
    return [met for met in meetings if met is not None]


def met_by_name(row: Row, asked: PreparedPerson, as_asked: dict[str, Any], party: int) -> Met | None:
    """One person met; None where the explained score finds too little, or who it is was sealed a moment ago."""
    if is_hidden(row["content"]):
        return None
    found = score(asked, description_from_json(row["content"]))
    if found.grade is Grade.NONE:
        return None
    finding = {
        "grade": found.grade, "score": round(found.score, 4), "reasons": found.reasons,
        "comparison": found.comparison, "model": found.model,
    }  # fmt: skip
    return met_person(
        HitKind.PERSON, row["id"], row["version"], row["owner"], Level(row["level"]), person_from_json(row["content"]),
        finding, as_asked, party, row["content"],
    )  # fmt: skip


def meet_vehicles(session: Session, asked: VehicleAsked) -> list[Met]:
    """Vehicles by identification number, or by plate within a country."""
    found = store.search_vehicles(session, asked.vin, asked.plate, asked.country)
    return [met_vehicle(asked, row) for row in found if row["level"]]


def met_vehicle(asked: VehicleAsked, row: Row) -> Met:
    """One vehicle met."""
    held = {name: row[name] for name in ("vin", "plate", "country", "make", "model", "colour", "status")}
    grade, reasons, comparison = rules.vehicle_finding(asked, by_vin=row["by_vin"], by_plate=row["by_plate"], held=held)
    as_asked = {"vin": asked.vin, "plate": asked.plate, "country": asked.country, "make": asked.make}
    return Met(
        HitKind.VEHICLE, row["id"], row["version"], row["owner"], Level(row["level"]), grade, None, reasons, comparison,
        without_empty(as_asked), without_empty({**held, "reported": text_of(row["reported"])}), row["status"],
        Action.SEIZE_ITEM,
    )  # fmt: skip


def meet_firearms(session: Session, asked: FirearmAsked) -> list[Met]:
    """Firearms by serial, told apart by make, model and calibre; one slip away only where these speak for it."""
    wanted = check_wanted(0, asked.serial, asked.make, near=rules.may_be_near(asked))
    return met_firearms(asked, together(session, [met_look([wanted])])[0])


def met_firearms(asked: FirearmAsked, rows: Sequence[Row]) -> list[Met]:
    """The firearms of some rows: of one that bears several serials, the nearest; strangers' serials are passed over."""
    met = [met_firearm(asked, row) for row in rules.worth_telling(asked, rows)]
    return [one for one in met if one.grade is not Grade.NONE]


def met_firearm(asked: FirearmAsked, row: Row) -> Met:
    """One firearm met; of grade none where its serial is one slip away and nothing speaks for it."""
    held = {name: row[name] for name in ("serial", "make", "model", "calibre", "country", "status")}
    how = "near" if row["slip"] else "exact" if row["normal"] == asked.serial else "confused"
    grade, reasons, comparison = rules.firearm_finding(asked, how=how, held=held)
    as_asked = {"serial": asked.serial, "make": asked.make, "model": asked.model, "calibre": asked.calibre}
    return Met(
        HitKind.FIREARM, row["id"], row["version"], row["owner"], Level(row["level"]), grade, None, reasons, comparison,
        without_empty(as_asked), without_empty({**held, "reported": text_of(row["reported"])}), row["status"],
        Action.SEIZE_ITEM,
    )  # fmt: skip
