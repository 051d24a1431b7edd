"""Budgets: what a sign-in may ask, what an officer may open, counted by all processes together."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import Engine, event

from tests.desks.checks.lists import list_record
from tests.hub import hub
from tests.town import as_owner, browser, employ, found, rows
from tripoint.access.budgets import GENEROUS, Allowance, Budgets, Kind, Settling, kind_of, opened
from tripoint.access.door import COOKIE, Caller
from tripoint.access.model import Act, AuditNote, Party, Role
from tripoint.access.rules import WHO_MAY
from tripoint.base.announcements import Announcement, announce
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import TooMany, TooMuchRead, Unavailable
from tripoint.base.ids import uuid7
from tripoint.base.relay import Relay
from tripoint.room.feed import entries_after
from tripoint.wiring import WIRING

WHO = UUID(int=7)
SMALL = {kind: Allowance(1.0, 3.0) for kind in Kind} | {Kind.READS: Allowance(0.001, 10.0)}


class Clock:
    """A clock that stands still until it is set on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def budgets(clock: Clock | None = None) -> Budgets:
    return Budgets(SMALL, clock or Clock())


def test_a_bucket_empties_says_how_long_to_wait_and_refills() -> None:
    clock = Clock()
    own = budgets(clock)
    for _ in range(3):
        own.ask(WHO, Act.ASK_CHECK)
    with pytest.raises(TooMany) as refused:
        own.ask(WHO, Act.ASK_CHECK)
    assert (refused.value.status, refused.value.wait) == (429, 1)
    own.ask(WHO, Act.LIST_HITS)  # another kind
    own.ask(UUID(int=8), Act.ASK_CHECK)  # another sign-in
    clock.now += refused.value.wait
    own.ask(WHO, Act.ASK_CHECK)


def test_reading_says_how_long_to_wait() -> None:
    own = budgets()
    own.read(WHO, 8)
    with pytest.raises(TooMuchRead) as refused:
        own.read(WHO, 4)
    assert refused.value.wait == 2000
    own.read(WHO, 2)
    own.read(WHO, 0)  # nothing opened is nothing spent


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(1, 4)), max_size=40))
def test_no_more_is_let_through_than_the_bucket_and_its_refill(steps: list[tuple[float, int]]) -> None:
    clock = Clock()
    own, spent, refilled = budgets(clock), 0, 0.0
    for pause, count in steps:
        clock.now += pause
        refilled += pause
        for _ in range(count):
            with suppress(TooMany):
                own.ask(WHO, Act.ASK_CHECK)
                spent += 1
        assert spent <= 3 + refilled + 1e-6


@pytest.mark.parametrize("act", [act for act in Act if act in WHO_MAY])
def test_every_act_has_its_budget(act: Act) -> None:
    looking = act.value.startswith(("see_", "list_", "read_", "find_", "follow_", "search_"))
    assert kind_of(act) is (Kind.CHECKS if act is Act.ASK_CHECK else Kind.LOOKS if looking else Kind.CHANGES)
    assert kind_of(act) in GENEROUS


def test_what_the_trail_says_was_opened_counts_once() -> None:
    notes = [
        AuditNote(Act.READ_HIT, "person", WHO), AuditNote(Act.READ_HIT, "hit", WHO), AuditNote(Act.LIST_HITS),
        AuditNote(Act.READ_RECORD, "vehicle", WHO), AuditNote(Act.ADD_RECORD, "vehicle", WHO),
    ]  # fmt: skip
    assert opened(notes) == 2


@pytest.fixture(scope="module")
def application_engine(database: Servers) -> Generator[Engine]:
    engine = make_engine(database.app, pool=2)
    yield engine
    engine.dispose()


def test_processes_spend_from_one_bucket(application_engine: Engine) -> None:
    who, one, other = uuid7(), budgets(), budgets()
    one.read(who, 6)
    other.read(who, 3)
    one.settle(application_engine)
    other.settle(application_engine)
    with pytest.raises(TooMuchRead):
        other.read(who, 2)
    other.read(who, 1)
    other.settle(application_engine)
    one.read(who, 1)  # it has not heard yet
    one.settle(application_engine)
    with pytest.raises(TooMuchRead):
        one.read(who, 1)


def test_what_could_not_be_settled_is_kept(application_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise Unavailable

    who, one, other = uuid7(), budgets(), budgets()
    one.read(who, 6)
    with monkeypatch.context() as broken:
        broken.setattr("tripoint.access.budgets.store.settle", gone)
        with pytest.raises(Unavailable):
            one.settle(application_engine)
    one.settle(application_engine)
    other.read(who, 1)
    other.settle(application_engine)
    with pytest.raises(TooMuchRead):
        other.read(who, 4)


def test_much_is_settled_at_once_and_little_within_a_second(application_engine: Engine) -> None:
    clock = Clock()
    own, who = Budgets({**SMALL, Kind.READS: Allowance(0.1, 100.0)}, clock), uuid7()
    assert not own.much_is_read(who)
    own.read(who, 1)
    assert own.much_is_read(who)  # new here: others may have spent
    own.settle(application_engine)
    assert not own.much_is_read(who)
    own.read(who, 1)
    assert not own.much_is_read(who)
    own.read(who, 4)
    assert own.much_is_read(who)


def test_a_thread_settles_what_is_left_when_the_hub_stops(application_engine: Engine) -> None:
    own, other, who = budgets(), budgets(), uuid7()
    own.read(who, 9)
    settling = Settling(application_engine, own)
    settling.start()
    settling.stop()
    other.read(who, 1)
    other.settle(application_engine)
    with pytest.raises(TooMuchRead):
        other.read(who, 1)


def test_the_application_reaches_the_buckets_by_the_functions_only(application_engine: Engine) -> None:
    for table in ("budget", "reading_warned"):
        with application_engine.connect() as connection, pytest.raises(Exception, match="permission denied"):
            connection.exec_driver_sql(f"select * from {table}")




def test_too_many_requests_are_refused_in_the_one_shape(database: Servers) -> None:
    app = hub(database, looks_per_second=1)
    viewer = browser(app, employ(database, found(database), Role.VIEWER))
    answers = [viewer.client.get("/api/session") for _ in range(14)]
    refused = answers[-1]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert (refused.json()["error"]["code"], refused.headers["retry-after"]) == ("too_many", "1")
    app.state.door.engine.dispose()


def told(database: Servers, party: Party) -> list[tuple[str, UUID]]:
    """What the party's feed says of budgets."""
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    relay = Relay(engine, WIRING)
    while relay.look():
        pass
    engine.dispose()
    with as_owner(database) as owner:
        owner.exec_driver_sql("set local row_security = off")
        query = "select change, ref from feed where party = %(party)s and kind = 'budget'"
        return [(change, ref) for change, ref in rows(owner, query, party=party.number)]


def test_who_opens_too_many_records_gets_no_more_and_his_party_is_told_once(database: Servers) -> None:
    app = hub(database, reads_per_hour=3)
    party = found(database)
    account = employ(database, party, Role.LIAISON_OFFICER)
    officer = browser(app, account)
    auditor = browser(app, employ(database, party, Role.DATA_PROTECTION_OFFICER))
    listed = {"plate": "BUDGET1", "country": "PRY", "status": "stolen"}
    car = list_record(app.state.door.engine, party, "vehicle", listed)
    answers = [officer.client.get(f"/api/records/vehicle/{car}") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert "BUDGET1" not in answers[3].text
    assert int(answers[3].headers["retry-after"]) > 1000
    assert officer.client.get("/api/hits").status_code == 200  # the work goes on
    trail = auditor("GET", f"/api/audit?object={account.id}")["entries"]
    assert [(entry["act"], entry["outcome"]) for entry in trail[:2]] == [("read_record", "over_budget")] * 2
    assert told(database, party) == [("reads", account.id)]
    app.state.door.engine.dispose()


def test_a_check_pays_no_statement_for_its_budget(database: Servers) -> None:
    app = hub(database)
    engine = app.state.door.engine
    officer = browser(app, employ(database, found(database), Role.LIAISON_OFFICER))
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(str(given[2])))
    for _ in range(3):
        body = {"id": str(uuid7()), "purpose": "border_control", "document": {"number": "A1"}}
        assert officer.client.post("/api/checks", json=body).status_code == 200
    assert not [statement for statement in statements if "budget" in statement]
    engine.dispose()


def test_the_datas_own_protector_hears_of_it_and_others_do_not(database: Servers) -> None:
    app = hub(database)
    party = found(database)
    engine = app.state.door.engine
    heard = []
    accounts = [employ(database, party, role) for role in (Role.DATA_PROTECTION_OFFICER, Role.VIEWER)]
    callers = []
    for account in accounts:
        client = browser(app, account).client
        callers.append(Caller(client.cookies[COOKIE], True, None, "GET", uuid7()))
    starts = [entries_after(app.state.door, caller, None)[0] for caller in callers]
    with transaction(engine) as session:
        announce(session, Announcement("budget", (party.number,), uuid7(), "reads", at=datetime.now(UTC)))
    told(database, party)
    for caller, start in zip(callers, starts, strict=True):
        heard.append([entry.kind for entry in entries_after(app.state.door, caller, start)[1]])
    assert heard == [["budget"], []]
    engine.dispose()
