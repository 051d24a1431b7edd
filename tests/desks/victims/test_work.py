"""Victims on their way to protection: children first, every step by the clock, nobody named who need not be."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from tests.hub import operation
from tests.town import as_owner, employ, found, rows, visiting
from tripoint.access.model import Act, Party, Role
from tripoint.access.visit import Visit
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, Conflict, NotAllowed, NotFound
from tripoint.base.ids import uuid7
from tripoint.desks.victims import leaving, store, work
from tripoint.desks.victims.http import table
from tripoint.desks.victims.model import Move, Target, Unit
from tripoint.records.exports.model import Export, Form, What
from tripoint.records.occurrences import work as occurrences
from tripoint.records.occurrences.model import Correction, Filing, OccurrenceKind
from tripoint.words.grades import Handling
from tripoint.words.htcds_files import from_row
from tripoint.words.purposes import Purpose
from tripoint.words.referral import Step

S = Step
POSSIBLE = {"vic_TraffickingStatus": "PossibleVictimOfTrafficking"}


class Scene:
    """One party with a specialist, in an operation."""

    def __init__(self, engine: Engine, database: Servers) -> None:
        self.engine, self.database = engine, database
        self.party, self.other = found(database), found(database)
        self.on = operation(database, self.party, self.party, self.other)
        self.specialist = employ(database, self.party, Role.VICTIM_SPECIALIST)

    @contextmanager
    def visit(self, act: Act = Act.MOVE_PATHWAY, *roles: Role, of: Party | None = None) -> Generator[Visit]:
        who = employ(self.database, of or self.party, *roles) if roles else self.specialist
        with visiting(self.engine, who, act) as visit:
            yield visit

    def file(self, **more: Any) -> UUID:
        with self.visit(Act.FILE_VICTIM) as visit:
            values = POSSIBLE | {"age_group": "adult"} | more
            filing = Filing(uuid7(), OccurrenceKind.VICTIM, self.on.id, datetime.now(UTC), values)
            return occurrences.file(visit, filing, work.HOOKS)[0].id

    def take(self, which: UUID, *moves: Move) -> list[Step]:
        with self.visit() as visit:
            for move in moves:
                _, steps = work.take(visit, which, move)
            return [step.step for step in steps]

    def line(self, which: UUID) -> dict[str, Any]:
        with as_owner(self.database) as owner:
            found: dict[str, Any] = rows(owner, "select line from occurrence where id = %(id)s", id=which)[0][0]
            return found


@pytest.fixture(scope="module")
def scene(engine: Engine, database: Servers) -> Scene:
    return Scene(engine, database)


TO_REFERRAL = (
    Move(S.INDICATORS), Move(S.CONSENT, consented=True), Move(S.REFERRED, service="shelter"),
    Move(S.ACCEPTED, service="shelter"), Move(S.FIRST_CONTACT), Move(S.REASONABLE_GROUNDS),
)  # fmt: skip


def test_an_adult_goes_from_screening_to_a_formal_decision_that_the_report_tells_too(scene: Scene) -> None:
    which = scene.file(prs_FirstName="Mireldo")
    steps = scene.take(which, *TO_REFERRAL, Move(S.IDENTIFIED, decided_by="Police"))
    assert steps == [S.SCREENED, *(move.step for move in TO_REFERRAL), S.IDENTIFIED]
    line = scene.line(which)
    assert (line["status"], line["referral"]) == ("identified", "identified")
    with scene.visit(Act.READ_VICTIM) as visit:
        opened = occurrences.find(visit, OccurrenceKind.VICTIM, which)
    assert opened.body
    assert opened.body["vic_TraffickingStatusDecisionMakingOrg"] == "Police"
    assert opened.sealed == ("prs_FirstName",)  # who it is stays sealed all along
    assert scene.take(which, Move(S.CLOSED, note="at home"))[-1] is S.CLOSED


def test_steps_are_taken_in_their_order_and_with_what_they_need(scene: Scene) -> None:
    which = scene.file()
    for move, wrong in (
        (Move(S.REFERRED, service="shelter"), Conflict), (Move(S.IDENTIFIED, decided_by="Police"), Conflict),
        (Move(S.CLOSED), BadInput), (Move(S.INDICATORS, at=datetime.now(UTC) + timedelta(days=1)), BadInput),
    ):  # fmt: skip
        with pytest.raises(wrong):
            scene.take(which, move)
    with pytest.raises(BadInput, match="agreed"):
        scene.take(which, Move(S.INDICATORS), Move(S.CONSENT))


def test_a_childs_referral_has_begun_and_guardian_and_best_interests_come_before_decisions(scene: Scene) -> None:
    which = scene.file(age_group="child")
    with scene.visit() as visit:
        pathway, steps = work.read(visit, which)
    assert (pathway.step, pathway.child) == (S.REFERRED, True)
    assert [(step.step, step.service) for step in steps] == [(S.REFERRED, "child protection")]
    care = (Move(S.ACCEPTED, service="child protection"), Move(S.FIRST_CONTACT))
    with pytest.raises(BadInput, match="guardian"):
        scene.take(which, *care, Move(S.REASONABLE_GROUNDS, guardian=True))
    scene.take(which, *care, Move(S.REASONABLE_GROUNDS, guardian=True, best_interests=True))


def test_who_turns_out_to_be_a_child_is_referred_at_once(scene: Scene) -> None:
    which = scene.file()
    with scene.visit(Act.CORRECT_VICTIM) as visit:
        again = Correction(POSSIBLE | {"age_group": "child", "age": 15}, "papers seen")
        occurrences.correct(visit, OccurrenceKind.VICTIM, which, again, work.HOOKS)
        pathway, steps = work.read(visit, which)
    assert (pathway.child, pathway.step) == (True, S.REFERRED)
    assert [step.step for step in steps] == [S.SCREENED, S.REFERRED]
    assert scene.line(which)["referral"] == "referred"


def test_a_correction_leaves_the_step_in_the_line(scene: Scene) -> None:
    which = scene.file()
    scene.take(which, Move(S.INDICATORS))
    with scene.visit(Act.CORRECT_VICTIM) as visit:
        again = Correction(POSSIBLE | {"age_group": "adult", "months": 3}, "more is known")
        occurrences.correct(visit, OccurrenceKind.VICTIM, which, again, work.HOOKS)
    assert scene.line(which)["referral"] == "indicators"


def test_children_come_first_then_the_clock(scene: Scene) -> None:
    adult, child = scene.file(), scene.file(age_group="unknown")
    with scene.visit(Act.LIST_PATHWAYS) as visit:
        order = [one.occurrence for one in work.queue(visit, scene.on.id)]
        children = [one.child for one in work.queue(visit, scene.on.id) if one.closed_at is None]
    assert order.index(child) < order.index(adult)
    assert children == sorted(children, reverse=True)


def test_nobody_else_sees_a_pathway(scene: Scene) -> None:
    which = scene.file()
    for act, role, party in (
        (Act.READ_PATHWAY, Role.VICTIM_SPECIALIST, scene.other), (Act.READ_PATHWAY, Role.LIAISON_OFFICER, scene.party),
    ):  # fmt: skip
        with pytest.raises(NotFound), scene.visit(act, role, of=party) as visit:
            work.read(visit, which)


def test_a_late_step_is_told_once_and_counted(scene: Scene, database: Servers) -> None:
    which = scene.file()
    with scene.visit() as visit:
        now = visit.clock()
        store.move(visit.session, which, S.SCREENED, now - timedelta(days=3), now - timedelta(days=2))
    relay = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    with transaction(relay) as session:
        store.tell_late(session, datetime.now(UTC))
        assert store.tell_late(session, datetime.now(UTC)) == 0
    with as_owner(database) as owner:
        told = rows(owner, "select change from outbox where ref = %(id)s and kind = 'occurrence'", id=which)
    relay.dispose()
    assert ("late",) in [tuple(row) for row in told]
    scene.take(which, Move(S.INDICATORS))
    with scene.visit(Act.COUNT_VICTIMS) as visit:
        kept = {(one.step, one.child): one for one in work.timeliness(visit, None)}
    assert kept[S.INDICATORS, False].late >= 1


def test_a_party_sets_its_own_times_and_a_childs_referral_never_waits(scene: Scene) -> None:
    with scene.visit(Act.SET_TARGETS) as visit:
        set_ = work.set_targets(visit, [Target(False, S.REFERRED, 3, Unit.WORKING_DAYS)])
        assert Target(False, S.REFERRED, 3, Unit.WORKING_DAYS) in set_
        with pytest.raises(BadInput):
            work.set_targets(visit, [Target(True, S.REFERRED, 1, Unit.HOURS)])
    with scene.visit(Act.SEE_TARGETS, Role.VICTIM_SPECIALIST, of=scene.other) as visit:
        assert Target(False, S.REFERRED, 48, Unit.HOURS) in work.see_targets(visit)


def test_what_may_be_counted_names_nobody(scene: Scene) -> None:
    scene.file(prs_FirstName="Mireldo", prs_SecondName="Antuvelas", age=31, prs_Citizenship=["VEN"])
    with scene.visit(Act.COUNT_VICTIMS) as visit:
        table, cases = work.ctdc(visit, scene.on.id), work.ictip(visit, scene.on.id)
    assert any(row["ageBroad"] == "30-38" and row["citizenship"] == "VEN" for row in table)
    assert len(table) == len(cases)
    assert not [word for word in ("Mireldo", "Antuvelas") if word in str((table, cases))]


def test_identity_leaves_only_with_an_export_and_comes_back_as_it_was(scene: Scene) -> None:
    which = scene.file(prs_FirstName="Mireldo", vic_TypeOfExploitation=["ForcedLabour"], prs_MobilePhone="+50712345")
    export = Export(What.VICTIM, Form.CSV, "NGO", Purpose.IDENTIFICATION, Handling.H2)
    with scene.visit(Act.FETCH_EXPORT, Role.DATA_PROTECTION_OFFICER) as visit:
        lines = {line.id: line for line in leaving.victims(visit, export, 100)}
        noted = {note.object_kind for note in visit.notes if note.object_id == which}
    assert len(lines[which].values) == 84
    back = from_row(dict(lines[which].values))
    assert (back["prs_FirstName"], back["prs_MobilePhone"]) == ("Mireldo", "+50712345")
    assert {"sealed_prs_firstname", "sealed_prs_mobilephone"} <= noted
    with pytest.raises(NotAllowed), scene.visit(Act.FETCH_EXPORT, Role.LIAISON_OFFICER) as visit:
        leaving.victims(visit, export, 100)


def test_the_table_of_27_columns_is_csv(scene: Scene) -> None:
    with scene.visit(Act.COUNT_VICTIMS) as visit:
        found = list(csv.reader(io.StringIO(table(work.ctdc(visit, None)))))
    assert {len(row) for row in found} == {27}
