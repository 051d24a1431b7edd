"""What a person does at the checks desk: ask, look again; refer, decide and close a hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.rules import Standing, standing
from tripoint.access.visit import Visit
from tripoint.base.database import Row, Session, Statement, together
from tripoint.base.errors import BadInput, Conflict, IdReused, NotFound, StillAnswering
from tripoint.base.keyring import INDEX, KeyRing
from tripoint.desks.checks import meeting, raising, rules, store
from tripoint.desks.checks.model import (
    Answer,
    CheckLine,
    Hit,
    HitEvent,
    HitFile,
    HitKind,
    HitState,
    KnownSet,
    Met,
    Outcome,
    OwnerContact,
    Question,
    Side,
    Told,
    Urgency,
)
from tripoint.engines.screening import AlignedWords, FieldComparison, Grade, Manner, Reason, Verdict
from tripoint.records.model import Action, Level
from tripoint.records.sealed.rules import asked_marks


def looks(question: Question, keys: KeyRing) -> list[Statement]:
    """What a visit may look at together with its sign-on, before it asks."""
    return store.looks(question, sealed_marks(question, keys))


def sealed_marks(question: Question, keys: KeyRing) -> list[bytes]:
    """The blind forms under which sealed persons are looked up; none where nothing was ever sealed."""
    person, document = question.person, question.document
    numbers = ([document.number] if document else []) + [one.number for one in (person.documents if person else ())]
    return asked_marks(person, numbers, [key.secret for key in keys.keys(INDEX)]) if person or numbers else []


def ask(visit: Visit, question: Question, asked: dict[str, Any]) -> Answer:
    """Answer one check and keep it, its hits, and the word to those concerned.

    The same id with the same body is answered again as before; with another body IdReused is raised, and
    StillAnswering while the first is in hand. Raises BadInput for an operation or post not open to the asker.
    The visit may have taken the first looks (`looks`) already, with its sign-on.
    """
    body_hash = sha256(store.as_json(asked).encode()).digest()
    (claim,), sealed, *documents = visit.ahead or together(visit.session, looks(question, visit.keys))
    visit.ahead.clear()
    if not claim["free"]:
        raise StillAnswering
    stands = standing(claim["earlier"] and bytes(claim["earlier"]), body_hash)
    if stands is Standing.REUSED:
        raise IdReused(field="id")
    if stands is Standing.REPEATED:
        return look_again(visit, question)
    check_place(question, claim)
    met, failed = meeting.meet(
        visit.session, question, visit.party, visit.persons, *documents, sealed=sealed, today=visit.clock().date()
    )
    known, blind = rules.told_and_blind(met)
    told = [rules.as_told(one) for one in known]
    hits = raising.raise_hits(visit, question, known, claim["coordinator"])
    sets = visit.memory.get(("sets", visit.party), lambda: store.known_sets(visit.session))
    owners = owners_of(visit, told)
    told_hits = tuple(
        Told(hits[one.record], one, HitState.NEW, OwnerContact(one.owner, *owners[one.owner])) for one in told
    )
    answer = Answer(question, visit.clock(), rules.best_grade(told), store.sets_from(sets), told_hits, failed)
    visit.at_the_end(store.kept(
        answer, party=visit.party, officer=visit.officer.id, device=visit.sign_in.device,
        coordinator=claim["coordinator"], asked=asked, body_hash=body_hash, sets=sets,
        blind=raising.in_waiting(visit, question, blind),
    ))  # fmt: skip
    visit.note(AuditNote(Act.ASK_CHECK, "check", question.id, visit.party, purpose=question.purpose.value))
    return answer


def owners_of(visit: Visit, told: Sequence[Met]) -> dict[int, tuple[str, str, str]]:
    """Code, name and contact of the parties to ask; asked anew for one that is younger than the short memory."""
    if not told:
        return {}
    known = visit.memory.get(("owners", visit.party), lambda: store.owners(visit.session))
    return known if all(one.owner in known for one in told) else store.owners(visit.session)


def check_place(question: Question, claim: Mapping[str, Any]) -> None:
    """An operation must be open to the asker now, and a post be one of it."""
    if question.operation and claim["coordinator"] is None:
        raise BadInput(
            "This operation is not open to you now.", field="operation", remedy="Leave it out or choose another."
        )
    if question.post and not claim["post_known"]:
        raise BadInput(
            "This post does not belong to the operation.", field="post", remedy="Name its operation, or leave it out."
        )


def look_again(visit: Visit, question: Question) -> Answer:
    """The answer given before, through what the asker may see now."""
    row = store.earlier_check(visit.session, visit.party, question.id)
    if row is None:
        raise NotFound
    hits = [hit_from(visit.party, one) for one in store.hits_of_check(visit.session, visit.party, question.id)]
    told = sorted((told_again(visit.session, hit) for hit in hits), key=lambda one: rules.sureness(one.met))
    visit.note(AuditNote(Act.READ_CHECK, "check", question.id, visit.party))
    return Answer(
        question,
        row["asked_at"],
        Grade(row["grade"]),
        tuple(KnownSet(**one) for one in row["sets"]),
        tuple(told),
        store.failed_from(row["failed"]),
        repeated=True,
    )


def told_again(session: Session, hit: Hit) -> Told:
    """A hit told before, from its finding where the asker may read it."""
    found = store.finding(session, hit.id)
    met = Met(
        hit.kind,
        hit.record,
        hit.record_version,
        hit.owner.number,
        hit.level,
        hit.grade,
        hit.score,
        tuple(Reason(**one) for one in found["reasons"]) if found else (),
        tuple(comparison_from(one) for one in found["comparison"]) if found else (),
        found["asked"] if found else {},
        found["held"] if found else {},
        found["nature"] if found else "",
        hit.action,
        found["instructions"] if found else None,
        hit.protect,
    )
    return Told(hit.id, rules.as_told(met), hit.state, hit.owner)


def comparison_from(stored: dict[str, Any]) -> FieldComparison:
    """A field's comparison from its JSON; those of earlier versions hold no aligned words."""
    pairs = stored.get("aligned", ())
    aligned = tuple(AlignedWords(**{**pair, "manner": Manner(pair["manner"])}) for pair in pairs)
    return FieldComparison(**{**stored, "verdict": Verdict(stored["verdict"]), "aligned": aligned})


def open_check(visit: Visit, check: UUID) -> dict[str, Any]:
    """What was asked in one of the party's own checks: the body as it came."""
    row = store.earlier_check(visit.session, visit.party, check)
    if row is None:
        raise NotFound
    return dict(row["asked"])


def list_checks(visit: Visit, filters: dict[str, Any]) -> list[CheckLine]:
    """The party's own checks, newest first."""
    rows = store.list_checks(visit.session, {"party": visit.party, **filters})
    return [check_line(row) for row in rows]


def check_line(row: Row) -> CheckLine:
    """A check in a list, marked where the device's clock was off."""
    values = {**row, "kinds": tuple(row["kinds"])}
    device_time = values.pop("device_time")
    return CheckLine(**values, clock_apart=rules.clock_apart(device_time, row["asked_at"]))


def hit_from(party: int, row: Row) -> Hit:
    """A row of the hit desk as the reader may know it: below level full no nature, no score, no action but to ask."""
    side = Side.OWNER if row["owner"] == party else Side.ASKER if row["asker"] == party else Side.COORDINATOR
    knows, kind = row["nature"] is not None, HitKind(row["kind"])
    post = None
    if row["post_name"] is not None:
        post = {"id": row["post"], "name": row["post_name"], "latitude": row["latitude"], "longitude": row["longitude"]}
    return Hit(
        row["id"],
        row["check_id"],
        row["check_party"],
        kind if knows else rules.told_kind(kind),
        row["record"],
        row["record_version"],
        OwnerContact(row["owner"], row["owner_code"], row["owner_name"], row["owner_contact"]),
        OwnerContact(row["asker"], row["asker_code"], row["asker_name"], row["asker_contact"]),
        Level(row["level"]),
        side,
        Grade(row["grade"]) if knows else Grade.POSSIBLE,
        row["score"] if knows else None,
        HitState(row["state"]),
        Urgency(row["urgency"]),
        row["raised_at"],
        row["referred_at"],
        row["due_at"],
        row["decided_at"],
        Outcome(row["outcome"]) if row["outcome"] else None,
        row["operation"],
        post,
        row["nature"],
        Action(row["action"]) if knows else Action.ASK_OWNER,
        bool(row["protect"]),
        row["coordinator"],
    )


def list_hits(visit: Visit, filters: dict[str, Any]) -> list[Hit]:
    """The hit desk's queue: hits this party owns, asked for, or coordinates."""
    rows = store.list_hits(visit.session, {"party": visit.party, **filters})
    return [hit_from(visit.party, row) for row in rows]


def find_hit(visit: Visit, hit: UUID, *, lock: bool = False) -> Hit:
    """One hit through the predicate; a hit one may not see is not found."""
    row = store.one_hit(visit.session, hit, lock=lock)
    if row is None:
        raise NotFound
    return hit_from(visit.party, row)


def open_hit(visit: Visit, hit: UUID) -> HitFile:
    """Open a hit: what was asked beside what is held, as far as the reader may know."""
    found, beneath = find_hit(visit, hit), store.finding(visit.session, hit)
    history = tuple(HitEvent(**row) for row in store.events(visit.session, hit))
    version = None if beneath is None else found.record_version  # an asker's own overseers read the trail too
    visit.note(AuditNote(Act.READ_HIT, found.kind.value, found.record, found.owner.number, version))
    visit.note(AuditNote(Act.READ_HIT, "hit", found.id, found.owner.number))
    if beneath is None:
        own_question = (
            store.earlier_check(visit.session, visit.party, found.check_id) if found.side is Side.ASKER else None
        )
        part = "document" if found.kind is HitKind.PERSON_DOCUMENT else found.kind.value
        return HitFile(found, own_question["asked"].get(part) if own_question else None, history=history)
    hide = rules.must_hide_asked(found.side, beneath["held"], visit.officer)
    return HitFile(
        found,
        {} if hide else beneath["asked"],
        beneath["held"],
        [{**one, "asked": None} for one in beneath["comparison"]] if hide else beneath["comparison"],
        beneath["reasons"],
        beneath["instructions"],
        beneath["model"],
        history,
    )


def step(visit: Visit, hit: Hit, state: str, reason: str | None) -> None:
    """Write a step into the hit's history, the audit trail and the feeds of those concerned."""
    store.add_event(
        visit.session,
        {
            "id": visit.new_id(),
            "hit": hit.id,
            "at": visit.clock(),
            "state": state,
            "party": visit.party,
            "officer": visit.officer.id,
            "by_name": visit.officer.name,
            "reason": reason,
        },
    )
    recipients = {hit.owner.number} | ({hit.asker.number} if hit.level is not Level.BLIND else set())
    if hit.coordinator is not None:
        recipients.add(hit.coordinator)
    raising.tell(visit, hit.id, state, recipients)
    visit.note(AuditNote(visit.act, "hit", hit.id, hit.owner.number, recipients=tuple(sorted(recipients))))


def refer_hit(visit: Visit, hit: UUID, *, urgency: Urgency, note: str | None) -> Hit:
    """The asker refers a new hit to its owner: the owner's clock starts."""
    found = find_hit(visit, hit, lock=True)
    if "refer" not in rules.may_do(found):
        raise Conflict("Only a new hit can be referred, by the party that asked.", remedy="Look at the hit again.")
    now = visit.clock()
    store.refer(visit.session, hit, urgency, now, rules.referred_due(now, urgency, visit.clocks))
    step(visit, found, "referred", note)
    return find_hit(visit, hit)


def decide_hit(visit: Visit, hit: UUID, *, decision: HitState, reason: str) -> Hit:
    """The owner says whether the hit is what it seems. Raises Conflict for a decision that cannot be made now."""
    found = find_hit(visit, hit, lock=True)
    if found.side is not Side.OWNER:
        raise Conflict("Only the owner of the record confirms a hit.", remedy="Refer it to the owner.")
    if not rules.decision_allowed(found.state, decision):
        raise Conflict(f"The hit is already {found.state.value.replace('_', ' ')}.", remedy="Look at the hit again.")
    store.decide(visit.session, hit, decision, visit.clock())
    step(visit, found, decision.value, reason)
    return find_hit(visit, hit)


def record_outcome(visit: Visit, hit: UUID, *, outcome: Outcome, override_reason: str | None) -> Hit:
    """What became of it. Raises Conflict before confirmation, unless an urgent override gives its reason."""
    found = find_hit(visit, hit, lock=True)
    if "outcome" not in rules.may_do(found):
        raise Conflict("Only the party that asked records the outcome.")
    if not rules.outcome_allowed(found.state, outcome, override_reason):
        raise Conflict(
            "Nothing may be recorded as done on a hit before its owner has confirmed it.",
            field="override_reason",
            remedy="Wait for the owner, or give the reason for an urgent override.",
        )
    override = None if found.state is HitState.CONFIRMED else override_reason
    store.record_outcome(visit.session, hit, outcome.value, override, visit.clock())
    step(visit, found, "outcome", override)
    return find_hit(visit, hit)
