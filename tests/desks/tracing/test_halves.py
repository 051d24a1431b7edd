"""Two halves in the database: each party sees its own hop, what was sent and what was released, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from tests.town import as_owner, employ, found, rows, visiting
from tripoint.access.model import Account, Act, Party, Role
from tripoint.access.visit import Visit
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, Conflict, IdReused, NotAllowed, NotFound
from tripoint.desks.tracing import counting, jobs, sheets, store, work
from tripoint.desks.tracing.counting import Scope
from tripoint.desks.tracing.model import (
    Answer,
    Asking,
    ClockPolicy,
    Description,
    Filters,
    Limits,
    Opened,
    OwnPart,
    Recovery,
    SentMark,
    Side,
    State,
    Step,
    Wish,
)
from tripoint.desks.tracing.tables import Cell, Table
from tripoint.words.dates import read_partial_date
from tripoint.words.firearms.recovery import AcquisitionMode, IllicitGround, MarkedStatus
from tripoint.words.traces import AnswerClass, Evidence, HolderRole, Restriction, WhyNot

S = State
FIREARM = Description(
    (SentMark("frame", "serial", "TBK 482915"),), make="Taurus", type="pistol", marked_status=MarkedStatus.FULL,
    recovery=Recovery("PRY", date(2026, 3, 20), acquired_by=AcquisitionMode.SEIZED),
)  # fmt: skip
ASKING = Asking(FIREARM, grounds=(IllicitGround.ILLICIT_WHERE_FOUND,), intended_use="investigation")
HIDDEN = "Fulano Inventado"


def interval(country: str, **more: Any) -> Step:
    usual: dict[str, Any] = {"holder": "Armería Inventada", "names_released": False, "retail": True}
    return Step(
        uuid4(), HolderRole.BUYER, country, read_partial_date("2026-01-10"), None, Evidence.RECORDED, lawful=True,
        **usual | more,
    )  # fmt: skip


class Scene:
    """Three parties with a liaison officer each: one asks, one is asked and forwards to the third."""

    def __init__(self, engine: Engine, database: Servers) -> None:
        self.engine, self.database = engine, database
        self.parties = [found(database) for _ in range(3)]
        officers = [employ(database, one, Role.LIAISON_OFFICER) for one in self.parties]
        self.people: dict[str, Account] = dict(zip((one.code for one in self.parties), officers, strict=True))

    @contextmanager
    def visit(self, party: Party, act: Act = Act.ASK_TRACE, at: datetime | None = None) -> Generator[Visit]:
        with visiting(self.engine, self.people[party.code], act) as visit:
            yield replace(visit, clock=lambda: at) if at else visit

    def ask(self, asker: Party, asked: Party, **more: Any) -> UUID:
        wish = Wish(uuid4(), asked.code, more.pop("asking", ASKING), submit=more.pop("submit", True), **more)
        with self.visit(asker) as visit:
            return work.ask(visit, wish)[0].id

    def answered(self, party: Party, which: UUID, told: Answer, *steps: Step) -> Opened:
        with self.visit(party, Act.ANSWER_TRACE) as visit:
            work.handle(visit, which, S.ACKNOWLEDGED, None)
            work.handle(visit, which, S.IN_PROGRESS, None)
            return work.answer(visit, which, told, steps)

    def read(self, party: Party, which: UUID) -> Opened:
        with self.visit(party, Act.READ_TRACE) as visit:
            return work.read(visit, which)


@pytest.fixture(scope="module")
def scene(engine: Engine, database: Servers) -> Scene:
    return Scene(engine, database)


def test_each_half_sees_its_own_and_what_was_sent_and_released(scene: Scene) -> None:
    one, two, three = scene.parties
    own = OwnPart(possessor=HIDDEN, note="case 17")
    kept = interval("PRY", released=False)
    which = scene.ask(one, two, own=own, steps=(kept,))
    mine, theirs = scene.read(one, which), scene.read(two, which)
    assert mine.request.own
    assert (mine.request.own.possessor, len(mine.steps)) == (HIDDEN, 1)
    assert (theirs.request.own, theirs.steps, theirs.request.mine) == (None, (), Side.ASKED)
    assert HIDDEN not in str(theirs)
    with pytest.raises(NotFound):
        scene.read(three, which)
    shown, sealed = interval("BRA"), interval("BRA", released=False, holder="Comprador Inventado")
    scene.answered(two, which, Answer(AnswerClass.LICENSEE, words="sold in January"), shown, sealed)
    told = scene.read(one, which)
    (released,) = [step for step in told.steps if not step.own]
    assert (released.country, released.holder) == ("BRA", None)  # the interval, not the name
    assert "Comprador Inventado" not in str(told)
    assert len([step for step in scene.read(two, which).steps if step.own]) == 2
    with scene.visit(one, Act.READ_TRACE) as visit:
        chain = work.chain(visit, which)
    assert (len(chain.steps), chain.time_to_crime and chain.time_to_crime.most) == (2, 69)


def test_a_draft_is_its_askers_alone_even_when_it_is_withdrawn(scene: Scene) -> None:
    one, two, _ = scene.parties
    which = scene.ask(one, two, submit=False)
    with pytest.raises(NotFound):
        scene.read(two, which)
    with scene.visit(one) as visit:
        work.press(visit, which, S.WITHDRAWN, None)
    with pytest.raises(NotFound):
        scene.read(two, which)


def test_a_hop_between_two_parties_is_unseen_by_the_third_and_what_it_told_goes_on_as_far_as_it_lets(
    scene: Scene,
) -> None:
    one, two, three = scene.parties
    first = scene.ask(one, two)
    with scene.visit(two, Act.ANSWER_TRACE) as visit:
        work.handle(visit, first, S.ACKNOWLEDGED, None)
    free, bound = (scene.ask(two, three, own=OwnPart(parent=first)) for _ in range(2))
    for which in (free, bound):
        with pytest.raises(NotFound):
            scene.read(one, which)
    assert scene.read(three, free).request.own is None  # it does not learn whom the second serves
    limits = Limits((Restriction.INTELLIGENCE_ONLY,), "call first")
    told = scene.answered(three, free, Answer(AnswerClass.LICENSEE, limits=limits), interval("ARG"))
    held = scene.answered(
        three, bound, Answer(AnswerClass.LICENSEE, limits=Limits((Restriction.NOT_PASSED_ON,))), interval("ARG")
    )
    with scene.visit(two, Act.ANSWER_TRACE) as visit:
        with pytest.raises(NotAllowed, match=three.code):
            work.answer(visit, first, Answer(AnswerClass.LICENSEE), [carried(held)])
        work.answer(visit, first, Answer(AnswerClass.LICENSEE), [carried(told)])
        assert len(work.chain(visit, first).steps) == 2  # what was carried on is told once
    got = scene.read(one, first)
    assert got.answers[0].limits == limits  # the third party's limits bind the first
    assert [step.party for step in got.steps] == [two.code]
    with scene.visit(one) as visit:
        assert three.code not in str(work.chain(visit, first))


def carried(told: Opened) -> Step:
    """What a later hop told, to be carried into an answer."""
    return Step(uuid4(), HolderRole.UNKNOWN, None, None, None, Evidence.NONE, None, carried_from=told.steps[0].id)


def test_limits_of_the_asker_bind_the_asked_and_the_end_of_use_ends_reading(scene: Scene) -> None:
    one, two, three = scene.parties
    bound = replace(ASKING, limits=Limits((Restriction.NOT_PASSED_ON,)))
    which = scene.ask(one, two, asking=bound)
    with pytest.raises(NotAllowed, match=one.code):
        scene.ask(two, three, own=OwnPart(parent=which))
    until = datetime.now(UTC).date()
    scene.answered(two, which, Answer(AnswerClass.LICENSEE, use_until=until), interval("BRA"))
    assert scene.read(one, which).answers
    with as_owner(scene.database) as owner:
        for table in ("trace_answer", "trace_step", "trace_step_holder"):
            owner.exec_driver_sql(f"update {table} set use_until = current_date - 1 where request = %(id)s", {"id": which})  # noqa: E501
    ended = scene.read(one, which)
    assert (ended.answers, ended.steps, ended.ended) == ((), (), True)
    assert scene.read(two, which).answers


def test_moves_belong_to_halves_and_ids_to_one_request(scene: Scene) -> None:
    one, two, _ = scene.parties
    which = scene.ask(one, two)
    with scene.visit(one) as visit, pytest.raises(Conflict):
        work.handle(visit, which, S.ACKNOWLEDGED, None)
    with scene.visit(two, Act.ANSWER_TRACE) as visit:
        with pytest.raises(BadInput, match="answer"):
            work.handle(visit, which, S.ANSWERED, None)
        work.handle(visit, which, S.ACKNOWLEDGED, None)
        work.handle(visit, which, S.MORE_INFO_NEEDED, "which barrel?")
    with scene.visit(one) as visit:
        changed = replace(ASKING, description=replace(FIREARM, model="PT92"))
        after = work.change(visit, which, Wish(which, two.code, changed, submit=True))
    assert (after.state, after.asking.description.model) == (S.SUBMITTED, "PT92")
    with scene.visit(one) as visit:
        wish = Wish(uuid4(), two.code, ASKING)
        assert [work.ask(visit, wish)[1] for _ in range(2)] == [True, False]
        with pytest.raises(IdReused):
            work.ask(visit, replace(wish, submit=True))
    with scene.visit(two) as visit, pytest.raises(IdReused):
        work.ask(visit, Wish(which, one.code, ASKING))
    with scene.visit(two, Act.COMMENT_TRACE) as visit:
        assert [line.own for line in work.comment(visit, which, "thank you").comments] == [True]
    assert [line.own for line in scene.read(one, which).comments] == [False]


def test_a_clock_that_ran_out_is_told_to_both_once_and_what_rests_for_long_expires(scene: Scene) -> None:
    one, two, _ = scene.parties
    sent = datetime(2026, 3, 20, 15, tzinfo=UTC)
    with scene.visit(one, at=sent) as visit:
        which = work.ask(visit, Wish(uuid4(), two.code, ASKING, submit=True))[0].id
    relay = make_engine(scene.database.relay, role=RELAY_ROLE, pool=1)
    with transaction(relay) as session:
        store.tend(session, sent + timedelta(days=4))
        store.tend(session, sent + timedelta(days=4))
        store.tend(session, sent + timedelta(days=200))
    relay.dispose()
    with as_owner(scene.database) as owner:
        told = rows(owner, "select change, parties from outbox where ref = %(id)s order by id", id=which)
    assert [(change, sorted(parties)) for change, parties in told[-2:]] == [
        ("late", sorted([one.number, two.number])), ("expired", sorted([one.number, two.number])),
    ]  # fmt: skip
    read = scene.read(two, which)
    assert (read.request.state, read.turns[-1].party) == (S.EXPIRED, "")


def test_a_trace_goes_whole_twenty_years_after_its_last_step(scene: Scene) -> None:
    one, two, _ = scene.parties
    sent = datetime(2026, 3, 20, 15, tzinfo=UTC)
    with scene.visit(one, at=sent) as visit:
        which = work.ask(visit, Wish(uuid4(), two.code, ASKING, submit=True))[0].id
    with scene.visit(two, Act.ANSWER_TRACE, at=sent) as visit:
        work.handle(visit, which, S.ACKNOWLEDGED, None)
    with scene.visit(two, Act.COMMENT_TRACE, at=sent) as visit:
        work.comment(visit, which, "we are looking")
    relay = make_engine(scene.database.relay, role=RELAY_ROLE, pool=1)
    with transaction(relay) as session:
        jobs.erase_expired(session, lambda: date(2046, 3, 20))
    assert scene.read(one, which).comments
    with transaction(relay) as session:
        jobs.erase_expired(session, lambda: date(2046, 3, 21))
    relay.dispose()
    for party in (one, two):
        with pytest.raises(NotFound):
            scene.read(party, which)
    with as_owner(scene.database) as owner:
        proof = rows(owner, "select kind, owner, why from erasure where record = %(id)s", id=which)
        trail = rows(owner, "select outcome from audit where object_id = %(id)s and act = 'erase_record'", id=which)
    assert [tuple(one_row) for one_row in proof] == [("trace", one.number, "retention")]
    assert [line[0] for line in trail] == ["retention"]


def test_a_partys_own_calendar_sets_its_clocks(scene: Scene) -> None:
    one, _, three = scene.parties
    with scene.visit(three, Act.SET_TRACE_CLOCKS) as visit:
        work.set_clocks(visit, ClockPolicy(1, time_zone="Africa/Cairo", week=(6, 0, 1, 2, 3)))
    with scene.visit(one, at=datetime(2026, 3, 20, 15, tzinfo=UTC)) as visit:
        made = work.ask(visit, Wish(uuid4(), three.code, ASKING, submit=True))[0]
        assert set(work.see_clocks(visit)) == {one.code}  # what another party has set shows in what is due, no sooner
    with scene.visit(three, Act.LIST_TRACES) as visit:
        assert work.see_clocks(visit)[three.code].time_zone == "Africa/Cairo"
    assert made.clocks.due_at == datetime(2026, 3, 22, 22, tzinfo=UTC)  # Sunday is a working day there


def test_sheets_leave_out_what_is_not_passed_on_and_tables_count_each_firearm_once(
    scene: Scene, own_database: Servers
) -> None:
    fresh = make_engine(own_database.app)
    alone = Scene(fresh, own_database)
    one, two, _ = alone.parties
    first = alone.ask(one, two)
    limits = Limits((Restriction.NOT_PASSED_ON,), "=call first")
    alone.answered(two, first, Answer(AnswerClass.LICENSEE, words="secret", limits=limits), interval("BRA"))
    second = alone.ask(one, two)
    alone.answered(two, second, Answer(AnswerClass.NO_RECORD, why=WhyNot.BEFORE_RECORDS, words="too old"))
    with alone.visit(one, Act.EXPORT_TRACES) as visit:
        sheet = sheets.requests(visit, Side.ASKER, sheets.Format.CSV).decode("utf-8-sig")
        lines = {line["request"]: line for line in csv.DictReader(io.StringIO(sheet))}
        assert "secret" not in sheet
        assert (lines[str(first)]["limits"], lines[str(first)]["limits_explained"]) == ("not_passed_on", "'=call first")
        assert lines[str(second)]["answer"] == "too old"
        assert sheets.requests(visit, None, sheets.Format.XLSX)[:2] == b"PK"
    with alone.visit(one, Act.READ_TRACE_TABLES) as visit:
        tables = counting.tables(visit, Scope())
        assert (tables.indicator, tables.sdg.cells[0][:2]) == (50.0, [2, 1])
        opened = counting.records(visit, Scope(), Cell(Table.INDICATOR, "seized", "numerator"))
        assert [line.trace for line in opened.records] == [first]
        assert counting.tables(visit, Scope(since=date(2026, 4, 1))).indicator is None
        assert work.listed(visit, Filters(Side.ASKER, S.ANSWERED))[0][0].id == second
    with alone.visit(two, Act.READ_TRACE_TABLES) as visit:
        matrix = counting.tables(visit, Scope()).sources[0]
        assert (matrix.rows, matrix.columns) == (["PRY"], ["BRA", "unknown"])
        assert counting.tables(visit, Scope()).indicator is None  # they are not its own
    fresh.dispose()
