"""The checks desk's tables: the claim of an id, and what each party sees of a hit."""

from __future__ import annotations

import threading

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests.desks.checks.lists import list_record
from tests.relayed import relay_all
from tests.town import Browser, application, as_owner, browser, employ, found, rows, visiting
from tripoint.access.http import routes as access
from tripoint.access.model import Account, Act, Party, Role
from tripoint.base.database import Session, stand_under, together, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import StillAnswering
from tripoint.base.ids import uuid7
from tripoint.desks.checks import store, work
from tripoint.desks.checks.http import body_as_asked, checks, hits, question_from
from tripoint.desks.checks.model import Question
from tripoint.desks.checks.shapes import CheckAsked
from tripoint.words.documents import DocumentReference
from tripoint.words.purposes import Purpose


@pytest.fixture
def asker(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def account(database: Servers, asker: Party) -> Account:
    return employ(database, asker, Role.FIELD_OFFICER)


def question() -> Question:
    return Question(uuid7(), Purpose.BORDER_CONTROL, document=DocumentReference("CLA1M"))


def body(of: Question) -> CheckAsked:
    return CheckAsked.model_validate({"id": str(of.id), "purpose": "border_control", "document": {"number": "CLA1M"}})


def free(session: Session, asked: Question) -> bool:
    return bool(together(session, store.looks(asked))[0][0]["free"])


def test_an_id_in_hand_is_not_free_for_its_party_but_for_others(engine: Engine, asker: Party) -> None:
    asked = question()
    with transaction(engine) as first, transaction(engine) as second, transaction(engine) as third:
        for session, party in ((first, asker.number), (second, asker.number), (third, 200)):
            stand_under(session, party)
        assert free(first, asked)
        assert not free(second, asked)
        assert free(second, question())
        assert free(third, asked)


def test_an_id_answered_between_look_and_keeping_is_said_to_be_in_hand(
    engine: Engine, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim's snapshot may be older than the other's commit; the key of the table then decides."""
    asked = question()
    with visiting(engine, account, Act.ASK_CHECK) as visit:
        work.ask(visit, asked, body_as_asked(body(asked)))
    monkeypatch.setattr(store, "CLAIM", store.CLAIM.replace("select body_hash", "select null::bytea as body_hash"))
    reckoned: list[bool] = []
    with pytest.raises(StillAnswering), visiting(engine, account, Act.ASK_CHECK) as visit:
        reckoned.append(work.ask(visit, asked, body_as_asked(body(asked))).repeated)
    assert reckoned == [False]  # what was reckoned within the visit is no answer before the door has kept it


def test_twenty_at_once_with_one_id_are_one_check(
    engine: Engine, database: Servers, account: Account, asker: Party
) -> None:
    list_record(
        engine, found(database), "document", {"number": "CLA1M", "issuer": "BRA", "type": "visa", "status": "lost"}
    )
    asked, begin = question_from(body(question())), threading.Barrier(10)
    seen: list[bool | None] = []

    def post() -> None:
        for _ in range(2):
            begin.wait(60)
            try:
                with visiting(engine, account, Act.ASK_CHECK) as visit:
                    answer = work.ask(visit, asked, body_as_asked(body(asked)))
            except StillAnswering:
                seen.append(None)
            else:  # the door has kept it: only now is it an answer
                seen.append(answer.repeated)

    threads = [threading.Thread(target=post) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 20
    assert seen.count(False) == 1
    with as_owner(database) as owner:
        for table in ("check_made", "check_question"):
            assert rows(owner, f"select count(*) from {table} where id = %(id)s", id=asked.id) == [(1,)]
        assert rows(owner, "select count(*) from hit where check_id = %(id)s", id=asked.id) == [(1,)]


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, checks.router, hits.router)


def officer_of(app: FastAPI, database: Servers, party: Party) -> Browser:
    return browser(app, employ(database, party, Role.LIAISON_OFFICER))


@pytest.mark.parametrize(("level", "asker_sees", "beneath"), [("full", 1, 1), ("pointer", 1, 0), ("blind", 0, 0)])
def test_tables_show_each_party_what_it_may_know(
    app: FastAPI, engine: Engine, database: Servers, asker: Party, level: str, asker_sees: int, beneath: int
) -> None:
    holder, stranger = found(database), found(database)
    number = f"T4BLE{level}"
    held = {"number": number.upper(), "issuer": "BRA", "type": "visa", "status": "lost"}
    list_record(engine, holder, "document", held, level=level)
    check = str(uuid7())
    asked = {"id": check, "purpose": "border_control", "document": {"number": number}}
    officer_of(app, database, asker)("POST", "/api/checks", json=asked)
    relay_all(database)
    seen = {}
    for party in (holder, asker, stranger):
        with transaction(engine) as session:
            stand_under(session, party.number)
            seen[party.code] = [
                rows(session, f"select count(*) from {table}", id=check)[0][0]
                for table in (
                    "hit where check_id = %(id)s",
                    "hit_finding f where exists (select from hit h where h.id = f.hit and h.check_id = %(id)s)",
                    "check_question where id = %(id)s",
                    "check_made where id = %(id)s",
                )
            ]
    assert seen == {holder.code: [1, 1, 0, 0], asker.code: [asker_sees, beneath, 1, 1], stranger.code: [0, 0, 0, 0]}


def test_what_a_pointer_met_stands_in_no_row_that_the_asker_may_read(
    app: FastAPI, engine: Engine, database: Servers, asker: Party
) -> None:
    """Beneath the door too: statements sent as the application, and the routes that read the hit's own row."""
    holder, passport = found(database), {"number": "P01NTER", "issuer": "BRA", "type": "passport"}
    person = {"names": [{"full": "Ana Inventada"}], "documents": [passport]}
    list_record(engine, holder, "person", person, level="pointer")
    officer, desk = officer_of(app, database, asker), officer_of(app, database, holder)
    asked = {"id": str(uuid7()), "purpose": "border_control", "document": passport}
    officer("POST", "/api/checks", json=asked)
    ask, beneath = (f"select kind, grade, score, record_version from {table}" for table in ("hit", "hit_finding"))
    seen = {}
    for party in (holder, asker):
        with transaction(engine) as session:
            stand_under(session, party.number)
            seen[party.code] = [rows(session, query) for query in (ask, beneath)]
    told = [("document", "possible", None, 0)]
    ((kind, grade, score, version),) = seen[holder.code][1]
    assert seen == {holder.code: [told, [(kind, grade, score, version)]], asker.code: [told, []]}
    assert (kind, grade, version) == ("person_document", "strong", 1)
    (own,) = desk("GET", "/api/hits")["hits"]
    assert (own["kind"], own["grade"]) == ("person_document", "strong")
    (theirs,) = officer("GET", "/api/hits")["hits"]
    assert (theirs["kind"], theirs["grade"]) == ("document", "possible")
    with pytest.raises(IntegrityError, match="pointers_tell_no_more"), as_owner(database) as owner:
        owner.exec_driver_sql("update hit set grade = 'strong' where level = 'pointer'")


def test_a_hub_that_is_upgraded_last_tells_no_more_of_a_pointer_either(
    engine: Engine, database: Servers, asker: Party
) -> None:
    """While machines are upgraded one after another the release before writes as it did."""
    holder, which = found(database), uuid7()
    row = {"id": which, "record": uuid7(), "owner": holder.number, "party": asker.number, "check": uuid7()}
    with transaction(engine) as session:
        stand_under(session, asker.number)
        for statement in AS_BEFORE:
            session.exec_driver_sql(statement, row)
    seen = {}
    for party in (holder, asker):
        with transaction(engine) as session:
            stand_under(session, party.number)
            seen[party.code] = [
                rows(session, f"select kind, grade, score, record_version from {table} = %(id)s", id=which)
                for table in ("hit where id", "hit_finding where hit")
            ]
    told = [("document", "possible", None, 0)]
    assert seen == {holder.code: [told, [("person_document", "strong", 0.5, 3)]], asker.code: [told, []]}


AS_BEFORE = (
    "insert into hit (id, check_party, check_id, kind, record, record_version, owner, asker, level, grade, score,"
    " due_at, expires_at) values (%(id)s, %(party)s, %(check)s, 'person_document', %(record)s, 3, %(owner)s, %(party)s,"
    " 'pointer', 'strong', 0.5, now(), now())",
    "insert into hit_finding (hit, owner, asker, level, asked, held, comparison, reasons, model, action, protect)"
    " values (%(id)s, %(owner)s, %(party)s, 'pointer', '{}', '{}', '[]', '[]', 'marks', 'ask_owner', false)",
)


def test_another_partys_officer_is_not_named_in_the_history(
    app: FastAPI, engine: Engine, database: Servers, asker: Party
) -> None:
    holder = found(database)
    list_record(engine, holder, "vehicle", {"plate": "H1STORY", "country": "PRY", "status": "stolen"})
    officer, desk = officer_of(app, database, asker), officer_of(app, database, holder)
    asked = {"id": str(uuid7()), "purpose": "border_control", "vehicle": {"plate": "H1STORY", "country": "PRY"}}
    (hit,) = officer("POST", "/api/checks", json=asked)["hits"]
    officer("POST", f"/api/hits/{hit['id']}/referral", json={"note": "at the bridge"})
    (theirs,) = desk("GET", f"/api/hits/{hit['id']}")["history"]
    (ours,) = officer("GET", f"/api/hits/{hit['id']}")["history"]
    assert (theirs["by"], theirs["reason"], theirs["party"]) == (None, "at the bridge", asker.code)
    assert ours["by"] == "Ana Inventada"
