"""The checks desk over HTTP; it translates and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from fastapi import Query, Response

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.rules import may
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.desks.checks import rules, work
from tripoint.desks.checks.model import (
    Answer,
    FirearmAsked,
    Hit,
    HitFile,
    HitState,
    Question,
    Same,
    Side,
    Told,
    VehicleAsked,
)
from tripoint.desks.checks.shapes import (
    AlignedShown,
    AnswerShown,
    CheckAsked,
    CheckLineShown,
    CheckShown,
    ChecksShown,
    ComparisonShown,
    Decision,
    DocumentAsked,
    EventShown,
    FailedShown,
    FirearmBody,
    HitFileShown,
    HitShown,
    HitsShown,
    HitTold,
    OutcomeBody,
    OwnerShown,
    PartyShown,
    PersonAsked,
    ReasonShown,
    Referral,
    SetShown,
    VehicleBody,
    ZoneShown,
)
from tripoint.engines.screening import FieldComparison, Grade
from tripoint.records.model import Level
from tripoint.words.countries import read_country
from tripoint.words.dates import read_partial_date
from tripoint.words.documents import DocumentReference, normalise_number
from tripoint.words.firearms import normalise_serial
from tripoint.words.mrz import MachineReadableZone, read_mrz
from tripoint.words.people import NameKind, PersonDescription, PersonName
from tripoint.words.vehicles import normalise_plate, normalise_vin

T = TypeVar("T")
CURSOR_MOMENT = "%Y%m%dT%H%M%S.%fZ"
checks = Routes("/api/checks", "checks")
hits = Routes("/api/hits", "hits")
STEP_ACTS = {"refer": Act.REFER_HIT, "decide": Act.DECIDE_HIT, "outcome": Act.RECORD_OUTCOME}
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=100, description="go on from here: the `next` of the page before")]
GradeShown = Literal["strong", "possible", "weak", "nothing_found"]


@checks.post("", Act.ASK_CHECK, response_model=AnswerShown)
def ask_check(visit: Visit, body: CheckAsked) -> Response:
    """Ask one check. The same id is answered once: again with the same body gives the same answer."""
    question = question_from(body)
    answer = work.ask(visit, question, body_as_asked(body))
    return Response(answer_shown(answer).model_dump_json(), media_type="application/json")


@checks.get("", Act.LIST_CHECKS)
def list_checks(
    visit: Visit,
    post: UUID | None = None,
    operation: UUID | None = None,
    grade: GradeShown | None = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> ChecksShown:
    """The own party's checks, newest first."""
    wanted = Grade.NONE.value if grade == "nothing_found" else grade
    filters = {"post": post, "operation": operation, "grade": wanted, **read_cursor(after), "limit": limit}
    lines = [
        CheckLineShown(**{**fields_of(line), "kinds": list(line.kinds), "grade": grade_shown(Grade(line.grade))})
        for line in work.list_checks(visit, filters)
    ]
    return ChecksShown(checks=lines, next=next_page([(line.asked_at, line.id) for line in lines], limit))


@checks.get("/{check}", Act.READ_CHECK)
def read_check(visit: Visit, check: UUID) -> CheckShown:
    """One of the own party's checks, with what was asked."""
    asked = work.open_check(visit, check)
    answer = work.look_again(visit, question_from(CheckAsked.model_validate({"id": str(check), **asked})))
    return CheckShown(**answer_shown(answer).model_dump(), asked=asked)


@hits.get("", Act.LIST_HITS)
def list_hits(
    visit: Visit, state: HitState | None = None, side: Side | None = None, after: Cursor = None, limit: Limit = 50
) -> HitsShown:
    """The hit desk's queue, newest first."""
    filters = {"state": state and state.value, "side": side and side.value, **read_cursor(after), "limit": limit}
    found = work.list_hits(visit, filters)
    return HitsShown(
        hits=[hit_shown(visit, hit) for hit in found], next=next_page([(hit.raised_at, hit.id) for hit in found], limit)
    )


@hits.get("/{hit}", Act.READ_HIT)
def read_hit(visit: Visit, hit: UUID) -> HitFileShown:
    """Open a hit: what was asked beside what is held."""
    return file_shown(visit, work.open_hit(visit, hit))


@hits.post("/{hit}/referral", Act.REFER_HIT)
def refer_hit(visit: Visit, hit: UUID, body: Referral) -> HitShown:
    """Refer a hit to the owner of the record."""
    return hit_shown(visit, work.refer_hit(visit, hit, urgency=body.urgency, note=body.note))


@hits.post("/{hit}/decision", Act.DECIDE_HIT)
def decide_hit(visit: Visit, hit: UUID, body: Decision) -> HitShown:
    """The owner confirms a hit, or not, or cannot say."""
    return hit_shown(visit, work.decide_hit(visit, hit, decision=body.decision, reason=body.reason))


@hits.post("/{hit}/outcome", Act.RECORD_OUTCOME)
def record_outcome(visit: Visit, hit: UUID, body: OutcomeBody) -> HitShown:
    """Record what became of it."""
    return hit_shown(visit, work.record_outcome(visit, hit, outcome=body.outcome, override_reason=body.override_reason))


def fields_of(value: Any) -> dict[str, Any]:
    """A dataclass's fields, one level deep."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def read_field(field: str, read: Callable[[str], T], text: str | None) -> T | None:
    """Read one field in the field's own words; its ValueError becomes an error that names it."""
    if text is None:
        return None
    try:
        return read(text)
    except ValueError as error:
        raise BadInput(f"{field}: {error}", field=field) from error


def body_as_asked(body: CheckAsked) -> dict[str, Any]:
    """The body as it came, without its id: what is kept, hashed and shown again."""
    return body.model_dump(mode="json", exclude_none=True, exclude={"id"})


def question_from(body: CheckAsked) -> Question:
    """The question in our own words. A zone that was read also asks for the person it names."""
    document, zone = document_from(body.document)
    person = person_from(body.person) if body.person else person_from_zone(zone)
    latitude, longitude = (body.position.latitude, body.position.longitude) if body.position else (None, None)
    vehicle, firearm = vehicle_from(body.vehicle), firearm_from(body.firearm)
    return Question(
        body.id,
        body.purpose,
        body.operation,
        body.post,
        latitude,
        longitude,
        body.device_time,
        person,
        document,
        zone,
        vehicle,
        firearm,
        near=bool(body.document and body.document.near),
    )


def vehicle_from(body: VehicleBody | None) -> VehicleAsked | None:
    """The vehicle asked for."""
    if body is None:
        return None
    vin = read_field("vehicle.vin", normalise_vin, body.vin)
    plate = read_field("vehicle.plate", normalise_plate, body.plate)
    return VehicleAsked(vin, plate, read_field("vehicle.country", read_country, body.country), body.make)


def firearm_from(body: FirearmBody | None) -> FirearmAsked | None:
    """The firearm asked for."""
    if body is None:
        return None
    serial = read_field("firearm.serial", normalise_serial, body.serial) or ""
    return FirearmAsked(serial, body.make, body.model, body.calibre)


def document_from(body: DocumentAsked | None) -> tuple[DocumentReference | None, MachineReadableZone | None]:
    """The document asked for, and the zone it was read from."""
    if body is None:
        return None, None
    zone = read_field("document.mrz", read_mrz, body.mrz)
    if zone is not None:
        number = read_field("document.mrz", normalise_number, zone.number) or ""
        return DocumentReference(number, zone.issuer, zone.type), zone
    number = read_field("document.number", normalise_number, body.number) or ""
    return DocumentReference(number, read_field("document.issuer", read_country, body.issuer), body.type), None


def person_from(body: PersonAsked) -> PersonDescription:
    """The person asked for."""
    full = body.name or " ".join(part for part in (body.given, body.family) if part)
    births = read_all("person.birth", read_partial_date, body.birth, body.other_births)
    nationalities = read_all("person.nationality", read_country, body.nationality, body.other_nationalities)
    aliases = (PersonName(alias, NameKind.ALIAS) for alias in body.aliases or ())
    names = (PersonName(full, given=body.given, family=body.family), *aliases)
    return PersonDescription(names, births, nationalities, body.sex)


def read_all(field: str, read: Callable[[str], T], first: str | None, others: Sequence[str] | None) -> tuple[T, ...]:
    """The first and the others, each read once, in their order."""
    found = (read_field(field, read, text) for text in (first, *(others or ())))
    return tuple(dict.fromkeys(value for value in found if value is not None))


def person_from_zone(zone: MachineReadableZone | None) -> PersonDescription | None:
    """The bearer a zone names, where it names one."""
    person = zone.person() if zone else None
    return person if person and person.names else None


def grade_shown(grade: Grade) -> str:
    """`none` would read as an answer about the person; what is said is that nothing was found."""
    return "nothing_found" if grade is Grade.NONE else grade.value


def sentence_of(answer: Answer) -> str:
    """The catalogue's sentence for the answer."""
    if answer.failed and not answer.hits:
        return "answer-incomplete"
    return f"answer-{grade_shown(answer.grade).replace('_', '-')}"


def answer_shown(answer: Answer) -> AnswerShown:
    """The answer as it goes out: only the sets of the kinds asked for."""
    asked, failed = answer.question.kinds, frozenset(one.kind for one in answer.failed)
    return AnswerShown(
        id=answer.question.id,
        answered_at=answer.answered_at.astimezone(UTC),
        grade=grade_shown(answer.grade),
        sentence_id=sentence_of(answer),
        complete=not answer.failed,
        read=zone_shown(answer.question.zone),
        sets=list(sets_shown(Same(answer.sets), asked, failed)),
        failed=[FailedShown(**fields_of(one)) for one in answer.failed],
        hits=[told_shown(one) for one in answer.hits],
        repeated=answer.repeated,
        clock_apart=rules.clock_apart(answer.question.device_time, answer.answered_at),
    )


@lru_cache(1024)
def sets_shown(known: Same, asked: tuple[str, ...], failed: frozenset[str]) -> tuple[SetShown, ...]:
    """The sets of the kinds asked for; the same ones come with every check until a list changes."""
    return tuple(
        SetShown(**fields_of(one), searched=one.kind not in failed) for one in known.sets if set_asked(one.kind, asked)
    )


def set_asked(kind: str, asked: tuple[str, ...]) -> bool:
    """Whether a set of this kind is searched: the documents of listed people stand in the sets of people."""
    return kind in asked or (kind == "person" and "document" in asked)


def zone_shown(zone: MachineReadableZone | None) -> ZoneShown | None:
    """What was read."""
    if zone is None:
        return None
    return ZoneShown(
        format=zone.format.value,
        valid=zone.valid,
        document={"number": zone.number, "issuer": zone.issuer, "type": zone.type.value},
        surname=zone.surname,
        given_names=zone.given_names,
        birth=str(zone.birth) if zone.birth else None,
        nationality=zone.nationality,
        sex=zone.sex.value,
        expiry=zone.expiry.isoformat() if zone.expiry else None,
        name_maybe_truncated=zone.name_maybe_truncated,
        failing=list(zone.failing),
    )


def told_shown(told: Told) -> HitTold:
    """A hit as its asker is told of it."""
    met = told.met
    return HitTold(
        id=told.id,
        kind=met.kind.value,
        grade=met.grade.value,
        score=met.score,
        state=told.state.value,
        level=met.level.value,
        owner=OwnerShown(code=told.owner.code, name=told.owner.name, contact=told.owner.contact),
        nature=met.nature or None,
        action=met.action.value,
        instructions=met.instructions,
        protect=met.protect,
        reasons=[ReasonShown(code=r.code, words=r.words) for r in met.reasons],
        comparison=[comparison_shown(one) for one in met.comparison],
        held=met.held if met.level is Level.FULL else None,
    )


def comparison_shown(compared: FieldComparison) -> ComparisonShown:
    """One field asked beside the field held, with the words of names."""
    aligned = [AlignedShown(**fields_of(pair)) for pair in compared.aligned]
    return ComparisonShown(**fields_of(compared) | {"aligned": aligned})


def hit_shown(visit: Visit, hit: Hit) -> HitShown:
    """A hit at the hit desk, with the steps this officer may take."""
    now = visit.clock()
    steps = [s for s in rules.may_do(hit) if may(visit.officer, STEP_ACTS[s], visit.sign_in)]
    return HitShown(
        id=hit.id,
        kind=hit.kind.value,
        grade=hit.grade.value,
        score=hit.score,
        state=hit.state.value,
        level=hit.level.value,
        raised_at=hit.raised_at,
        referred_at=hit.referred_at,
        due_at=hit.due_at,
        overdue=rules.overdue(hit, now),
        decided_at=hit.decided_at,
        asker=PartyShown(code=hit.asker.code, name=hit.asker.name),
        owner=OwnerShown(code=hit.owner.code, name=hit.owner.name, contact=hit.owner.contact),
        side=hit.side.value,
        post=hit.post,
        operation=hit.operation,
        nature=hit.nature,
        protect=hit.protect,
        action=hit.action.value,
        outcome=hit.outcome.value if hit.outcome else None,
        urgency=hit.urgency.value,
        may=steps,
    )


def file_shown(visit: Visit, file: HitFile) -> HitFileShown:
    """A hit opened."""
    return HitFileShown(
        **hit_shown(visit, file.hit).model_dump(),
        record=file.hit.record if file.hit.side is Side.OWNER else None,
        asked=file.asked,
        held=file.held,
        comparison=[ComparisonShown(**one) for one in file.comparison],
        reasons=[ReasonShown(code=r["code"], words=r["words"]) for r in file.reasons],
        instructions=file.instructions,
        model=file.model,
        history=[EventShown(**fields_of(one)) for one in file.history],
    )


def next_page(lines: Sequence[tuple[datetime, UUID]], limit: int) -> str | None:
    """The cursor after a full page: moment and id of its last line, for several lines may share one moment."""
    if len(lines) < limit:
        return None
    moment, last = lines[-1]
    return f"{moment.astimezone(UTC):{CURSOR_MOMENT}}_{last}"


def read_cursor(text: str | None) -> dict[str, datetime | UUID | None]:
    """Where a page begins. Raises BadInput for what no page ever gave."""
    if text is None:
        return {"before": None, "before_id": None}
    moment, _, last = text.partition("_")
    try:
        return {"before": datetime.strptime(moment, CURSOR_MOMENT).replace(tzinfo=UTC), "before_id": UUID(last)}
    except ValueError as error:
        remedy = "Leave it out for the first page; then give the `next` of the page before."
        raise BadInput("This is no place to go on from.", field="after", remedy=remedy) from error
