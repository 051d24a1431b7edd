"""What officers do with modi operandi: write, propose, compare, decide, publish, add cases, draft a notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, IdReused, NotFound
from tripoint.desks.modi import rules, store
from tripoint.desks.modi.model import (
    LIBRARY,
    Content,
    Decision,
    Facet,
    Modus,
    ModusFile,
    ModusState,
    Near,
    Search,
    Verdict,
)
from tripoint.engines.likeness import ALIKE
from tripoint.records import work as records
from tripoint.records.model import OWN_ONLY, Level
from tripoint.records.occurrences import work as occurrences
from tripoint.records.occurrences.model import Filing, Occurrence, OccurrenceKind
from tripoint.records.pictures import store as picture_store, work as pictures
from tripoint.words.modi import Certainty

KIND = "modus"  # in the trail, and of pictures
MOST_NEAR = 5


def write(visit: Visit, which: UUID, content: Content) -> tuple[Modus, bool]:
    """Keep a new draft, which is the own party's alone; and whether it is new.

    Raises BadInput as `rules.checked` does and for audiences and pictures that cannot be named, IdReused.
    """
    content = checked(visit, content)
    digest = rules.digest_of(content, content.terms)
    if store.used(visit.session, which) == (digest, True):
        return find(visit, which), False
    row = {
        "terms": records.terms_row(visit, content.terms), "by": visit.officer.id, "by_name": visit.officer.name,
        "at": visit.clock(), "digest": digest,
    }  # fmt: skip
    if not store.add(visit.session, which, visit.party, content, row):
        raise IdReused("This id was already used for another one.", field="id", remedy="Make a new id.")
    pictures.attach(visit, KIND, which, content.pictures, pictures.own_terms(visit))
    return kept(visit, Act.WRITE_MODUS, which, "written"), True


def checked(visit: Visit, content: Content) -> Content:
    """The content as it is kept. Raises BadInput."""
    terms = replace(content.terms, meeting=OWN_ONLY, level=Level.NOTHING)
    known = frozenset(operation.id for operation in access.list_operations(visit))
    return rules.checked(replace(content, terms=terms), known)


@dataclass(frozen=True, slots=True)
class Change:
    """Why something is written anew, from which version, and whether its terms change too."""

    reason: str
    version: int | None = None
    anew: bool = False


def rewrite(visit: Visit, which: UUID, content: Content, change: Change) -> Modus:
    """Write the next version of one of the own party, all anew; the versions before stay in the history.

    Raises NotFound, NotAllowed, Conflict, and BadInput as `write` does.
    """
    before = find(visit, which)
    rules.check_state(before, *(state for state in ModusState if state is not ModusState.SUPERSEDED))
    rules.check_version(before, change.version)
    content = checked(visit, content)
    terms = records.terms_row(visit, content.terms) if change.anew else None
    row = {"terms": terms, "version": before.version, "at": visit.clock()}
    check_moved(store.change(visit.session, which, visit.party, content, row))
    pictures.attach(visit, KIND, which, content.pictures, pictures.own_terms(visit))
    if before.state is not ModusState.DRAFT:
        store.share_pictures(visit.session, which)
    return kept(visit, Act.WRITE_MODUS, which, change.reason)


def kept(visit: Visit, act: Act, which: UUID, reason: str, outcome: str = "done") -> Modus:
    """A modus after a change, with its version in the history and the line for the trail."""
    store.remember(visit.session, which, reason, visit.clock(), visit.officer.id)
    modus = find(visit, which)
    visit.note(AuditNote(act, KIND, which, visit.party, modus.version, outcome=outcome))
    return modus


def discard(visit: Visit, which: UUID) -> None:
    """Remove a draft of the own party, its pictures with it. Raises NotFound, NotAllowed, Conflict."""
    rules.check_state(find(visit, which), ModusState.DRAFT)
    store.discard(visit.session, which)
    visit.note(AuditNote(Act.WRITE_MODUS, KIND, which, visit.party, outcome="discarded"))


def find(visit: Visit, which: UUID) -> Modus:
    """A modus that the officer may see. Raises NotFound."""
    found = store.find(visit.session, which)
    if found is None:
        raise NotFound
    return found


def read(visit: Visit, which: UUID) -> ModusFile:
    """One modus with its cases, what it was compared with, and its notices. Raises NotFound."""
    modus = find(visit, which)
    visit.note(AuditNote(Act.READ_MODUS, KIND, which, number_of(visit, modus), modus.version))
    return ModusFile(
        modus, tuple(store.cases(visit.session, which)), tuple(store.compared(visit.session, which)),
        tuple(store.notices(visit.session, which)),
    )  # fmt: skip


def number_of(visit: Visit, modus: Modus) -> int:
    """The number of a modus's owner."""
    if modus.own:
        return visit.party
    return next(party.number for party in access.list_parties(visit) if party.code == modus.owner)


def search(visit: Visit, asked: Search) -> tuple[list[Modus], list[Facet]]:
    """What the officer looks for among all he may see, best first, and what else stands among it."""
    visit.note(AuditNote(Act.READ_MODUS, KIND, outcome="listed"))
    return store.search(visit.session, asked)


def cards(visit: Visit) -> list[Modus]:
    """What is released to the field, the most dangerous first."""
    visit.note(AuditNote(Act.READ_MODUS_CARDS, KIND, outcome="listed"))
    return store.cards(visit.session)


def propose(visit: Visit, which: UUID) -> Modus:
    """Put a draft before the analysts; from here on its readers see it. Raises NotFound, NotAllowed, Conflict."""
    modus = find(visit, which)
    rules.check_state(modus, ModusState.DRAFT)
    check_moved(store.move(visit.session, modus, ModusState.PROPOSED, visit.clock()))
    store.share_pictures(visit.session, which)
    return kept(visit, Act.WRITE_MODUS, which, "proposed")


def check_moved(done: bool) -> None:
    """Raises Conflict where somebody else was quicker."""
    if not done:
        raise Conflict("It was changed at the same moment.", field="version", remedy="Read it again.")


def nearest(visit: Visit, which: UUID) -> list[Near]:
    """The accepted ones that come nearest, nearest first, each with its reasons. Raises NotFound."""
    visit.note(AuditNote(Act.READ_MODUS, KIND, which, number_of(visit, find(visit, which)), outcome="compared"))
    return near(visit, which)


def near(visit: Visit, which: UUID, also: Sequence[UUID] = ()) -> list[Near]:
    """The five that come nearest, those near enough to have to be looked at, and `also`, as far as one sees them."""
    described = store.features(visit.session, which)
    one = described.pop(which)
    alike = picture_store.between(visit.session, which, list(described), ALIKE)
    scored = [
        (other.id, *rules.likeness(one, other, pictures_alike=other.id in alike)) for other in described.values()
    ]
    scored.sort(key=lambda found: (-found[1], -sum(why.weight * why.share for why in found[2]), found[0]))
    wanted = [
        found for at, found in enumerate(scored) if at < MOST_NEAR or found[1] >= rules.NEAR or found[0] in also
    ]
    return [Near(find(visit, other), score, reasons) for other, score, reasons in wanted]


def decide(visit: Visit, which: UUID, decision: Decision) -> Modus:
    """Say what a proposed one is: new, accepted, known as another, or to be worked on; the comparison is kept.

    Raises NotFound, NotAllowed, BadInput and Conflict as `rules.check_decision` does.
    """
    modus = find(visit, which)
    also = (*decision.compared, *([decision.same_as] if decision.same_as else []))
    beside = near(visit, which, also)
    rules.check_decision(modus, decision, [(one.modus.id, one.score) for one in beside])
    if unknown := set(also) - {one.modus.id for one in beside}:
        raise BadInput(
            f"{len(unknown)} of those compared are not in the library.", field="compared",
            remedy="Name what GET .../nearest and the library show.",
        )  # fmt: skip
    who = {"by": visit.officer.id, "by_name": visit.officer.name}
    row = {"id": which, "owner": visit.party, "at": visit.clock()} | who
    store.compare(visit.session, [one for one in beside if one.modus.id in also], decision, row)
    check_moved(store.move(
        visit.session, modus, rules.state_after(decision.verdict), visit.clock(), same_as=decision.same_as,
        new=decision.verdict is Verdict.NEW, reason=decision.reason, by=visit.officer.id, by_name=visit.officer.name,
    ))  # fmt: skip
    if decision.verdict is Verdict.BACK:  # a draft is the own party's alone, with its pictures
        pictures.attach(visit, KIND, which, modus.content.pictures, pictures.own_terms(visit))
    if decision.same_as is not None:
        store.carry_cases(visit.session, which, decision.same_as)
    return kept(visit, Act.DECIDE_MODUS, which, decision.reason, decision.verdict.value)


def publish(visit: Visit, which: UUID, *, card: bool, reason: str) -> Modus:
    """Publish one of the library to its readers, with a card for the field or without.

    Raises NotFound, NotAllowed, Conflict for what is not in the library.
    """
    modus = find(visit, which)
    rules.check_state(modus, *LIBRARY)
    check_moved(store.move(visit.session, modus, ModusState.PUBLISHED, visit.clock(), card=card))
    return kept(visit, Act.DECIDE_MODUS, which, reason, "published")


def set_case(visit: Visit, which: UUID, occurrence: UUID, confidence: Certainty, remarks: str) -> ModusFile:
    """Say, by name, how surely an occurrence shows a modus, also one that another party wrote. Raises NotFound."""
    modus = find(visit, which)
    if store.kind_of_case(visit.session, occurrence) is None:
        raise NotFound
    store.set_case(visit.session, {
        "id": which, "occurrence": occurrence, "owner": visit.party, "confidence": confidence.value,
        "remarks": remarks, "by": visit.officer.id, "by_name": visit.officer.name, "at": visit.clock(),
    })  # fmt: skip
    visit.note(AuditNote(Act.WRITE_MODUS, KIND, which, number_of(visit, modus), modus.version, outcome="case"))
    return read(visit, which)


def draft_purple(visit: Visit, which: UUID, filing: UUID, operation: UUID, addressed_to: str) -> Occurrence:
    """File the draft of a Purple Notice, filled from a modus of the library and linked with it: no person is in it.

    Raises NotFound, Conflict for what is not in the library, BadInput as reports do.
    """
    modus = find(visit, which)
    if modus.state not in LIBRARY:
        raise Conflict("Only what is in the library becomes a notice.", field="state", remedy="Have it decided first.")
    values = rules.notice_values(modus.content, addressed_to)
    made, _ = occurrences.file(
        visit, Filing(filing, OccurrenceKind.NOTICE_REQUEST, operation, visit.clock(), dict(values))
    )
    store.add_notice(visit.session, {
        "id": which, "occurrence": made.id, "owner": visit.party, "by": visit.officer.id, "at": visit.clock(),
    })  # fmt: skip
    visit.note(AuditNote(Act.DRAFT_PURPLE, KIND, which, number_of(visit, modus), modus.version))
    return made
