"""What people do with occurrences: file, list, open, correct, decide, withdraw and link them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.rules import Standing, standing
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, IdReused, NotFound
from tripoint.base.keyring import INDEX
from tripoint.engines.sealing import blinded
from tripoint.records import store as records, work as record_work
from tripoint.records.model import OWN_ONLY, Terms
from tripoint.records.occurrences import custody, rules, store
from tripoint.records.occurrences.errors import BadForm
from tripoint.records.occurrences.hooks import NO_HOOKS, KindHooks
from tripoint.records.occurrences.model import (
    Correction,
    Filing,
    Filters,
    Json,
    Link,
    Occurrence,
    OccurrenceKind,
    Opened,
    Revision,
    State,
)
from tripoint.records.occurrences.store import Ground
from tripoint.records.sealed.work import safe_of
from tripoint.words.forms.catalogue import FORMS
from tripoint.words.forms.model import Form, FormAnswer, Part
from tripoint.words.forms.reading import cut, read_values

SEALED = "_sealed"  # in a body: the sealed fields, each with the version it was sealed at


def form_of(kind: OccurrenceKind) -> Form:
    """The form of a kind."""
    return FORMS[kind.value]


def answer_of(
    visit: Visit, kind: OccurrenceKind, values: Mapping[str, Any], hooks: KindHooks
) -> tuple[Json, FormAnswer]:
    """All values as they are read, with what the desk adds, and the parts they are kept in. Raises BadForm."""
    form = form_of(kind)
    found = read_values(form, values)
    if isinstance(found, tuple):
        raise BadForm(found)
    found = hooks.before(visit, found)
    return found, cut(form, found)


def file(visit: Visit, filing: Filing, hooks: KindHooks = NO_HOOKS) -> tuple[Occurrence, bool]:
    """Report something, once: the same id with the same body is the same report, however often it is sent.

    Gives the occurrence as it now stands, and whether it is new. Raises BadForm with every problem of the values,
    BadInput for audience, moment, post, agency or links that do not fit, IdReused for an id that bears another report,
    NotFound for a link to what the officer may not see, Conflict for a hit that is not confirmed.
    """
    rules.check_audience(filing)
    line, body = rules.line_terms(filing), rules.body_terms(filing)
    ground = store.ground(
        visit.session, id=filing.id, operation=filing.operation, post=filing.post, agency=filing.agency, line=line,
        body=body,
    )  # fmt: skip
    plain = rules.digest_of(filing)
    if ground.used_by is not None:
        return again(visit, filing, ground, plain), False
    check_ground(visit, filing, ground)
    values, answer = answer_of(visit, filing.kind, filing.values, hooks)
    check_links(visit, filing.kind, filing.links, values)
    ground = with_terms(visit, filing, ground, line, body)
    row = row_of(visit, filing, answer, ground, keyed(visit, plain))
    links = link_rows(visit, filing.kind, filing.id, filing.links)
    if not store.file(visit.session, row, facilitator=answer.facilitator, links=links, told=ground.told):
        return taken_meanwhile(visit, filing, plain), False
    safe_of(visit).put_values(filing.id, 1, answer.sealed)
    made = new_occurrence(visit, filing, row)
    hooks.after(visit, made, values)
    visit.note(AuditNote(rules.filing_act(filing.kind), filing.kind.value, filing.id, visit.party, 1))
    return made, True


def check_ground(visit: Visit, filing: Filing, ground: Ground) -> None:
    """Raises BadInput for an operation, post, agency or moment that a filing cannot name."""
    if ground.starts_at is None or ground.ends_at is None:
        raise BadInput(
            "Your party takes part in no such operation.", field="operation", remedy="GET /api/operations lists yours."
        )
    if filing.post is not None and not ground.post_known:
        raise BadInput(
            "The operation has no such post.", field="post", remedy="GET /api/operations lists its posts."
        )
    if filing.agency is not None and not ground.agency_known:
        raise BadInput("Your party has no such agency.", field="agency", remedy="Leave it out, or name your own.")
    rules.check_happened(filing.happened_at, visit.clock(), (ground.starts_at, ground.ends_at))


def with_terms(visit: Visit, filing: Filing, ground: Ground, line: Terms, body: Terms) -> Ground:
    """The ground with rows of its terms; made where the party shares so for the first time. Raises BadInput."""
    if ground.line_terms is not None and ground.body_terms is not None:
        return ground
    line_row, body_row = (terms_row(visit, filing, terms) for terms in (line, body))
    return replace(ground, line_terms=line_row, body_terms=body_row, told=store.told_of(visit.session, line_row))


def terms_row(visit: Visit, filing: Filing, terms: Terms) -> int:
    """The stored terms. Raises BadInput for parties and operations that cannot be named."""
    if terms in (rules.line_terms(replace(filing, line_audience=None)), rules.shared_with(OWN_ONLY)):
        return records.terms_for(visit.session, visit.party, terms, terms.readers.operation)
    return record_work.terms_row(visit, terms)


def keyed(visit: Visit, digest: bytes) -> bytes:
    """A filing's digest under the hub's own key: nobody who reads the line can try bodies out."""
    return blinded(visit.keys.current(INDEX).secret, "filing", digest.hex())


def again(visit: Visit, filing: Filing, ground: Ground, digest: bytes) -> Occurrence:
    """What was filed under this id before, when it is the same. Raises IdReused."""
    known = [blinded(key.secret, "filing", digest.hex()) for key in visit.keys.keys(INDEX)]
    same = any(standing(ground.digest, one) is Standing.REPEATED for one in known)
    row = store.find(visit.session, filing.kind, filing.id) if ground.used_by == visit.party and same else None
    if row is None:
        raise IdReused("This id was already used for another report.", field="id", remedy="Make a new id.")
    return store.occurrence_of(row)


def taken_meanwhile(visit: Visit, filing: Filing, digest: bytes) -> Occurrence:
    """The same report that was sent twice at once; the second finds what the first wrote. Raises IdReused."""
    line, body = rules.line_terms(filing), rules.body_terms(filing)
    ground = store.ground(
        visit.session, id=filing.id, operation=filing.operation, post=None, agency=None, line=line, body=body
    )
    return again(visit, filing, ground, digest)


def row_of(visit: Visit, filing: Filing, answer: FormAnswer, ground: Ground, digest: bytes) -> dict[str, Any]:
    """The columns of a new occurrence."""
    body = {**answer.body, SEALED: dict.fromkeys(answer.sealed, 1)} if answer.sealed else answer.body
    return {
        "id": filing.id, "owner": visit.party, "operation": filing.operation, "kind": filing.kind.value,
        "post": filing.post, "agency": filing.agency, "happened_at": filing.happened_at, "line": answer.line,
        "line_terms": ground.line_terms, "body_terms": ground.body_terms, "officer": visit.officer.id,
        "at": visit.clock(), "digest": digest, "joint": filing.joint, "class": rules.class_of(filing.kind).value,
        "body": body,
    }  # fmt: skip


def new_occurrence(visit: Visit, filing: Filing, row: Mapping[str, Any]) -> Occurrence:
    """An occurrence as it stands when it was just filed."""
    return Occurrence(
        filing.id, filing.kind, visit.officer.party.code, filing.operation, filing.post, filing.agency,
        filing.happened_at, State.PRELIMINARY, 1, row["line"], row["at"], row["at"], filing.joint, readable=True,
    )  # fmt: skip


def link_rows(visit: Visit, kind: OccurrenceKind, which: UUID, links: Iterable[Link]) -> list[dict[str, Any]]:
    """The columns of links."""
    at, officer = visit.clock(), visit.officer.id
    return [store.link_row(which, kind.value, visit.party, link, at, officer) for link in links]


def check_links(visit: Visit, kind: OccurrenceKind, links: Sequence[Link], values: Mapping[str, Any]) -> None:
    """Raises BadInput for links that the kind does not have, NotFound for what the officer may not see, Conflict for a
    hit that leads before it is confirmed."""
    if not links:
        return
    rules.check_leads(kind, links)
    seen = store.targets(visit.session, [link.to_id for link in links])
    for link in links:
        found, confirmed = seen.get(link.to_id, (None, False))
        if found != link.to_kind:
            raise NotFound
        if link.relation is rules.R.LED_BY:
            rules.check_lead(confirmed, values)


def list_lines(visit: Visit, kind: OccurrenceKind, filters: Filters) -> tuple[list[Occurrence], UUID | None]:
    """The lines that the officer may see, latest first, and the id after which to go on."""
    found = store.lines(visit.session, kind, filters)
    visit.note(AuditNote(Act.LIST_OCCURRENCES, kind.value))
    return found[: filters.limit], found[filters.limit - 1].id if len(found) > filters.limit else None


def row_to(visit: Visit, kind: OccurrenceKind, which: UUID) -> dict[str, Any]:
    """The row of an occurrence whose line the officer may see. Raises NotFound."""
    row = store.find(visit.session, kind, which)
    if row is None:
        raise NotFound
    return row


def find(visit: Visit, kind: OccurrenceKind, which: UUID) -> Opened:
    """One occurrence: its line, and of the rest what party and classes let see. Raises NotFound.

    The trail keeps every opening, and its owner's overseers see it.
    """
    row = row_to(visit, kind, which)
    own = row["owner_number"] == visit.party
    visit.note(AuditNote(rules.reading_act(kind), kind.value, which, row["owner_number"], row["version"]))
    body = row["body"] or {}
    entries = custody.entries(visit, which) if kind is OccurrenceKind.SEIZURE and row["readable"] else ()
    return Opened(
        store.occurrence_of(row), shown(body) if row["readable"] else None, row["facilitator"],
        tuple(links_to_show(visit, which, own=own)) if row["readable"] else (), tuple(body.get(SEALED, ())), entries,
        custody.whole(which, entries), own,
    )  # fmt: skip


def shown(body: Json) -> Json:
    """A body without the places of what is sealed."""
    return {name: value for name, value in body.items() if name != SEALED}


def links_to_show(visit: Visit, which: UUID, *, own: bool) -> list[Link]:
    """The links of an occurrence; another party's reader is shown those that lead to what he may see himself."""
    links = store.links(visit.session, which)
    if own or not links:
        return links
    seen = store.targets(visit.session, [link.to_id for link in links])
    return [link for link in links if link.to_id in seen]


def correct(
    visit: Visit, kind: OccurrenceKind, which: UUID, correction: Correction, hooks: KindHooks = NO_HOOKS
) -> Occurrence:
    """Write an occurrence's next version, all values anew; what was sealed and is left out stays. The states before
    stay in the history, with the reason.

    Raises NotFound, NotAllowed and Conflict as `rules.check_correctable` does, BadForm, and Conflict where somebody
    else was quicker.
    """
    row = row_to(visit, kind, which)
    rules.check_correctable(store.occurrence_of(row), visit.officer, mine=row["owner_number"] == visit.party)
    check_version(row, correction.version)
    values, answer = answer_of(visit, kind, correction.values, hooks)
    at = correction.happened_at or row["happened_at"]
    if correction.happened_at is not None:
        check_moment(visit, row, correction)
    fresh = {**row, "line": answer.line, "happened_at": at, "post": correction.post or row["post"]}
    fresh["body"] = with_sealed(row["body"], answer, row["version"] + 1)
    write_next(visit, row, fresh, reason=correction.reason, change="corrected", facilitator=answer.facilitator or None)
    safe_of(visit).put_values(which, row["version"] + 1, answer.sealed)
    made = replace(
        store.occurrence_of(fresh), version=row["version"] + 1, changed_at=visit.clock(), state=State(row["state"])
    )
    hooks.after(visit, made, values)
    note(visit, rules.correcting_act(kind), kind, made)
    return made


def check_moment(visit: Visit, row: Mapping[str, Any], correction: Correction) -> None:
    """Raises BadInput for a corrected moment or post that the operation does not have."""
    filing = Filing(
        row["id"], OccurrenceKind(row["kind"]), row["operation"], correction.happened_at or row["happened_at"], {},
        post=correction.post,
    )  # fmt: skip
    own = rules.shared_with(OWN_ONLY)
    ground = store.ground(
        visit.session, id=filing.id, operation=filing.operation, post=filing.post, agency=None, line=own, body=own
    )
    check_ground(visit, filing, ground)


def check_version(row: Mapping[str, Any], expected: int | None) -> None:
    """Raises Conflict for a change made from another version than the present one."""
    if expected is not None and expected != row["version"]:
        raise Conflict(
            f"The report is at version {row['version']}, your change was made from version {expected}.",
            field="version", remedy="Read it again and repeat your change.",
        )  # fmt: skip


def with_sealed(before: Json, answer: FormAnswer, version: int) -> Json:
    """The next body, with the places of what was sealed: anew where it was said, as before where it was not."""
    places = {**before.get(SEALED, {}), **dict.fromkeys(answer.sealed, version)}
    return {**answer.body, SEALED: places} if places else answer.body


def write_next(
    visit: Visit, row: Mapping[str, Any], fresh: Mapping[str, Any], *, reason: str, change: str,
    facilitator: Json | None = None,
) -> None:  # fmt: skip
    """Write the version after `row`, remember both, and announce it. Raises Conflict where somebody was quicker."""
    written = {**fresh, "at": visit.clock(), "officer": visit.officer.id, "owner": visit.party}
    told = store.told_of(visit.session, row["terms"])
    if not store.change(visit.session, written, facilitator=facilitator, told=told, change=change):
        raise Conflict("The report was changed at the same moment.", field="version", remedy="Read it again.")
    before = state_row(row, row["filed_at"], row["filed_by"], None, row["version"], row["body"], row["class"])
    now = state_row(fresh, visit.clock(), visit.officer.id, reason, row["version"] + 1, fresh["body"], row["class"])
    states = [before, now]
    if row["facilitator"] is not None and facilitator is not None:
        states += [{**one, "class": "facilitators", "body": part} for one, part in
                   ((before, row["facilitator"]), (now, facilitator))]  # fmt: skip
    store.remember(visit.session, states)


def state_row(
    row: Mapping[str, Any], at: Any, by: UUID, reason: str | None, version: int, body: Json, of_class: str
) -> dict[str, Any]:
    """The columns of a state in the history."""
    owner = row["owner_number"]
    return {
        "occurrence": row["id"], "version": version, "class": of_class, "owner": owner, "state": row["state"],
        "happened_at": row["happened_at"], "line": row["line"], "body": body, "reason": reason, "changed_at": at,
        "changed_by": by,
    }  # fmt: skip


def decide(visit: Visit, kind: OccurrenceKind, which: UUID, to: State, reason: str) -> Occurrence:
    """Confirm, finish or withdraw an occurrence. Raises NotFound, NotAllowed or Conflict (`rules.check_decision`)."""
    row = row_to(visit, kind, which)
    filer = row["filed_by"] == visit.officer.id and row["readable"]
    rules.check_decision(
        store.occurrence_of(row), to, visit.officer, mine=row["owner_number"] == visit.party, filer=filer
    )
    fresh = {**row, "state": to.value}
    write_next(visit, row, fresh, reason=reason, change=to.value)
    made = replace(store.occurrence_of(fresh), version=row["version"] + 1, changed_at=visit.clock())
    note(visit, Act.DECIDE_OCCURRENCE, kind, made)
    return made


def confirm(visit: Visit, kind: OccurrenceKind, which: UUID, reason: str) -> Occurrence:
    """Confirm an occurrence; raises as `decide` does."""
    return decide(visit, kind, which, State.CONFIRMED, reason)


def withdraw(visit: Visit, kind: OccurrenceKind, which: UUID, reason: str) -> Occurrence:
    """Withdraw an occurrence: it stays to be seen and counts nowhere. Raises as `decide` does."""
    return decide(visit, kind, which, State.WITHDRAWN, reason)


def link(visit: Visit, kind: OccurrenceKind, which: UUID, links: Sequence[Link]) -> Opened:
    """Link an occurrence of the own party to others, to a hit or a record. Raises as `check_links` and `correct` do."""
    row = row_to(visit, kind, which)
    rules.check_correctable(store.occurrence_of(row), visit.officer, mine=row["owner_number"] == visit.party)
    check_links(visit, kind, links, row["body"])
    store.add_links(visit.session, link_rows(visit, kind, which, links))
    note(visit, Act.LINK_OCCURRENCE, kind, store.occurrence_of(row))
    return find(visit, kind, which)


def history(visit: Visit, kind: OccurrenceKind, which: UUID) -> list[Revision]:
    """Every state of an occurrence of the own party, the present one first; raises NotFound.

    What the officer's classes do not open has no history for him.
    """
    row = row_to(visit, kind, which)
    if row["owner_number"] != visit.party or not row["readable"]:
        raise NotFound
    visit.note(AuditNote(rules.reading_act(kind), kind.value, which, row["owner_number"], row["version"]))
    kept = store.history(visit.session, which)
    if kept:
        return [replace(one, body=shown(one.body)) for one in kept]
    return [Revision(
        row["version"], State(row["state"]), row["happened_at"], row["line"], shown(row["body"]), None, row["filed_at"],
        row["filed_by"], row["facilitator"],
    )]  # fmt: skip


def sealed_fields(kind: OccurrenceKind) -> frozenset[str]:
    """The fields of a kind that are sealed."""
    return frozenset(one.name for one in form_of(kind).of_part(Part.SEALED))


def note(visit: Visit, act: Act, kind: OccurrenceKind, found: Occurrence) -> None:
    """The line for the trail; the reason stands in the history, for it may tell who somebody is."""
    visit.note(AuditNote(act, kind.value, found.id, visit.party, found.version))
