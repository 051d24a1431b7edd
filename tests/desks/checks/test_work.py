from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.checks.lists import NOBODY, list_record
from tests.relayed import relay_all
from tests.town import Browser, application, as_owner, browser, employ, found, rows
from tripoint.access.http import routes as access
from tripoint.access.model import Party, Role
from tripoint.base.database import RELAY_ROLE, make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import Unavailable
from tripoint.base.ids import uuid7
from tripoint.desks.checks import store
from tripoint.desks.checks.http import checks, hits
from tripoint.desks.checks.work import comparison_from
from tripoint.doors.errors import add_error_shapes
from tripoint.engines.screening import FieldComparison, Verdict

PASSPORT = {"number": "QX4071862", "type": "passport", "status": "stolen"}
PERSON = {
    "names": [{"full": "Mireldo Antuvelas Corvey", "kind": "primary"}],
    "births": ["1976-05-12"],
    "nationalities": ["COL"],
}
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    app = application(engine, access.router, checks.router, hits.router)
    add_error_shapes(app)
    return app


@pytest.fixture
def holder(database: Servers) -> Party:
    return found(database, contact="call 4-17")


@pytest.fixture
def asker(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def officer(app: FastAPI, database: Servers, asker: Party) -> Browser:
    return browser(app, employ(database, asker, Role.FIELD_OFFICER))


@pytest.fixture
def desk(app: FastAPI, database: Servers, holder: Party) -> Browser:
    return browser(app, employ(database, holder, Role.LIAISON_OFFICER))


def ask(who: Browser, expect: int = 200, **body: Any) -> Any:
    body = {"id": str(uuid7()), "purpose": "border_control", **body}
    return who("POST", "/api/checks", expect, json=body)


def document(issuer: Party, **changed: str) -> dict[str, str]:
    return PASSPORT | {"issuer": "BRA"} | changed


def asked_document(number: str = "QX-407 1862", **others: str) -> dict[str, Any]:
    return {"document": {"number": number, "issuer": "BRA", "type": "passport"} | others}


def test_a_stolen_passport_is_met_with_owner_action_and_reasons(
    engine: Engine, holder: Party, officer: Browser
) -> None:
    list_record(engine, holder, "document", document(holder))
    answer = ask(officer, **asked_document())
    (hit,) = answer["hits"]
    assert (answer["grade"], hit["grade"], hit["state"], hit["level"]) == ("strong", "strong", "new", "full")
    assert hit["owner"] == {"code": holder.code, "name": holder.name, "contact": "call 4-17"}
    assert (hit["nature"], hit["action"], hit["held"]["status"]) == ("stolen", "seize_document", "stolen")
    assert [reason["code"] for reason in hit["reasons"]] == ["same_number", "same_issuer", "same_type"]
    assert [(s["owner"], s["searched"]) for s in answer["sets"] if s["owner"] == holder.code] == [(holder.code, True)]


def test_characters_misread_for_each_other_stand_a_tier_lower(engine: Engine, holder: Party, officer: Browser) -> None:
    list_record(engine, holder, "document", document(holder, number="OB1Z55"))
    answer = ask(officer, **asked_document("08IZS5"))
    assert [hit["grade"] for hit in answer["hits"]] == ["possible"]
    assert ask(officer, **asked_document("08IZS6"))["grade"] == "nothing_found"


def test_nothing_found_is_said_to_prove_nothing(officer: Browser) -> None:
    answer = ask(officer, **asked_document("ZZ999"))
    assert (answer["grade"], answer["sentence_id"], answer["hits"]) == ("nothing_found", "answer-nothing-found", [])


def test_a_pointer_tells_owner_and_contact_only(engine: Engine, holder: Party, officer: Browser) -> None:
    list_record(
        engine, holder, "person", PERSON | {"documents": [{"number": "PT7001", "issuer": "COL"}]}, level="pointer"
    )
    by_name = ask(officer, person={"name": "Mireldo Antuvelas Corvey", "birth": "1976-05-12"})
    by_document = ask(officer, document={"number": "PT7001"})
    for answer in (by_name, by_document):
        (hit,) = answer["hits"]
        assert hit["owner"]["contact"] == "call 4-17"
        assert (hit["level"], hit["action"], hit["protect"]) == ("pointer", "ask_owner", False)
        assert hit["comparison"] == []
        assert [hit[field] for field in ("nature", "score", "held", "instructions")] == [None] * 4
        assert hit["reasons"] == []
        opened = officer("GET", f"/api/hits/{hit['id']}")
        assert (opened["held"], opened["comparison"], opened["nature"], opened["score"]) == (None, [], None, None)
        assert opened["asked"]
    assert by_document["hits"][0]["kind"] == "document"


def test_a_blind_hit_is_told_to_the_owner_alone(
    engine: Engine, database: Servers, holder: Party, officer: Browser, desk: Browser
) -> None:
    empty = ask(officer, **asked_document("BL1ND"))
    list_record(engine, holder, "document", document(holder, number="BL1ND"), level="blind")
    answer = ask(officer, **asked_document("BL1ND"))
    assert {**answer, "id": "", "answered_at": "", "sets": []} == {**empty, "id": "", "answered_at": "", "sets": []}
    assert [s["owner"] for s in answer["sets"]] == [s["owner"] for s in empty["sets"]]
    relay_all(database)
    assert officer("GET", "/api/hits")["hits"] == []
    assert officer("GET", "/api/checks")["checks"][0]["hits"] == 0
    (hit,) = desk("GET", "/api/hits")["hits"]
    assert (hit["level"], hit["side"], hit["may"]) == ("blind", "owner", ["decide"])
    officer("GET", f"/api/hits/{hit['id']}", 404)
    assert desk("GET", f"/api/hits/{hit['id']}")["asked"]["number"] == "BL1ND"


def test_what_was_met_blind_goes_with_its_record_while_it_waits(
    engine: Engine, database: Servers, holder: Party, officer: Browser, desk: Browser
) -> None:
    """Erased after the check and before the relay's look: no hit, no finding with what was held, nothing told."""
    which = list_record(engine, holder, "document", document(holder, number="G0NE"), level="blind")
    ask(officer, **asked_document("G0NE"))
    assert erased(engine, holder, which)
    relay_all(database)
    assert desk("GET", "/api/hits")["hits"] == []
    with as_owner(database) as owner:
        owner.exec_driver_sql("set local row_security = off")
        assert rows(owner, "select id from hit where record = %(id)s", id=which) == []
        assert rows(owner, "select act from audit where object_id = %(id)s and act = 'raise_hit'", id=which) == []


def test_whoever_erases_waits_for_what_is_being_raised(engine: Engine, database: Servers, holder: Party) -> None:
    """Else a finding written in that moment would outlive what it was found on."""
    which = list_record(engine, holder, "document", document(holder, number="M0MENT"), level="blind")
    relay = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    with transaction(relay) as raising:
        assert store.keep_while_raising(raising, str(which))
        with pytest.raises(Unavailable):
            erased(engine, holder, which)
    relay.dispose()


def erased(engine: Engine, holder: Party, which: UUID) -> bool:
    """Its owner erases a document; Unavailable where he would have to wait."""
    with transaction(engine) as session:
        stand_under(session, holder.number)
        session.exec_driver_sql("set local lock_timeout = '50ms'")
        done = rows(session, "select erase_own_record('document', %(id)s, 1, 'owner', 'a mistake')", id=which)
    return bool(done[0][0])


@pytest.mark.parametrize("terms", [{"meeting": NOBODY}, {"level": "nothing"}])
def test_what_may_not_be_met_is_not_there(
    engine: Engine, holder: Party, officer: Browser, desk: Browser, terms: Any
) -> None:
    list_record(engine, holder, "document", document(holder, number="H1DDEN"), **terms)
    assert ask(officer, **asked_document("H1DDEN"))["grade"] == "nothing_found"
    assert desk("GET", "/api/hits")["hits"] == []


def test_a_barred_party_meets_nothing_others_do(
    app: FastAPI, database: Servers, engine: Engine, holder: Party, asker: Party, officer: Browser
) -> None:
    list_record(
        engine,
        holder,
        "document",
        document(holder, number="BARRED1"),
        meeting={"kind": "everyone", "barred": [asker.code]},
    )
    assert ask(officer, **asked_document("BARRED1"))["hits"] == []
    other = browser(app, employ(database, found(database), Role.FIELD_OFFICER))
    assert len(ask(other, **asked_document("BARRED1"))["hits"]) == 1


def test_victims_are_never_opened_by_another_partys_check(
    engine: Engine, holder: Party, officer: Browser, desk: Browser
) -> None:
    list_record(engine, holder, "person", PERSON | {"names": [{"full": "Oldara Veskimeny"}], "status": "victim"})
    (hit,) = ask(officer, person={"name": "Oldara Veskimeny", "birth": "1976-05-12"})["hits"]
    assert (hit["level"], hit["held"], hit["nature"], hit["action"]) == ("pointer", None, None, "ask_owner")
    (own,) = desk("GET", "/api/hits")["hits"]
    assert (own["protect"], own["action"]) == (True, "protect")


def test_a_missing_person_is_to_protect(engine: Engine, holder: Party, officer: Browser) -> None:
    list_record(engine, holder, "person", PERSON | {"names": [{"full": "Quintavio Besselmor"}], "status": "missing"})
    (hit,) = ask(officer, person={"name": "Quintavio Besselmor", "birth": "1976-05-12"})["hits"]
    assert (hit["protect"], hit["action"], hit["nature"]) == (True, "protect", "missing")


def test_one_check_asks_everything_and_a_zone_asks_for_its_bearer(
    engine: Engine, holder: Party, officer: Browser
) -> None:
    list_record(engine, holder, "vehicle", {"plate": "QQX914", "country": "PRY", "status": "stolen"})
    list_record(engine, holder, "firearm", {"serial": "VX55120", "make": "Arvandel", "status": "stolen"})
    list_record(
        engine, holder, "person", PERSON | {"names": [{"full": "Anna Maria Eriksson"}], "births": ["1974-08-12"]}
    )
    zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    answer = ask(
        officer, document={"mrz": zone}, vehicle={"plate": "qqx 914", "country": "PRY"},
        firearm={"serial": "VX-55120", "make": "ARVANDEL"},
    )  # fmt: skip
    assert sorted(hit["kind"] for hit in answer["hits"]) == ["firearm", "person", "vehicle"]
    assert (answer["read"]["valid"], answer["read"]["surname"]) == (True, "ERIKSSON")
    assert {s["kind"] for s in answer["sets"]} >= {"vehicle", "firearm", "person"}


def test_a_serial_alone_is_only_possible(engine: Engine, holder: Party, officer: Browser) -> None:
    list_record(engine, holder, "firearm", {"serial": "SN77", "make": "Arvandel", "status": "lost"})
    grades = [
        ask(officer, firearm={"serial": "SN77", **make})["grade"]
        for make in ({"make": "Arvandel"}, {}, {"make": "Otherby"})
    ]
    assert grades == ["strong", "possible", "weak"]


def test_a_serial_one_slip_away_is_only_possible_and_needs_make_or_calibre(
    engine: Engine, holder: Party, officer: Browser
) -> None:
    for serial in ("NRW44170", "NRW44171"):
        list_record(engine, holder, "firearm", {"serial": serial, "make": "Arvandel", "status": "lost"})
    list_record(engine, holder, "firearm", {"serial": "NRW44172", "make": "Otherby", "status": "lost"}, level="pointer")

    def met(serial: str, **more: str) -> list[str]:
        answer = ask(officer, firearm={"serial": serial, **more})
        assert answer["grade"] in ("strong", "possible", "nothing_found")
        return sorted((one.get("held") or {}).get("serial", one["level"]) for one in answer["hits"])

    assert met("NRW4417") == []
    assert met("NRW4417", make="Arvandel") == ["NRW44170", "NRW44171"]
    assert met("NRW44170", make="Arvandel") == ["NRW44170"]
    assert met("NRW4417", make="Otherby") == ["pointer"]


def test_the_same_id_is_answered_once(engine: Engine, database: Servers, holder: Party, officer: Browser) -> None:
    list_record(engine, holder, "document", document(holder, number="TW1CE"))
    body = {"id": str(uuid7()), **asked_document("TW1CE")}
    first, second = ask(officer, **body), ask(officer, **body)
    assert second == first | {"repeated": True}
    ask(officer, 422, **body | {"purpose": "investigation"})
    with as_owner(database) as session:
        assert rows(session, "select count(*) from check_made where id = %(id)s", id=body["id"]) == [(1,)]
        assert rows(session, "select count(*) from hit where check_id = %(id)s", id=body["id"]) == [(1,)]


def test_the_id_of_another_party_is_free(app: FastAPI, database: Servers, officer: Browser) -> None:
    other = browser(app, employ(database, found(database), Role.FIELD_OFFICER))
    body = {"id": str(uuid7()), **asked_document("FREE1")}
    ask(officer, **body)
    assert ask(other, **body | asked_document("FREE2"))["repeated"] is False


def test_a_hit_goes_from_lead_to_confirmed_and_both_are_told(
    engine: Engine, database: Servers, holder: Party, asker: Party, officer: Browser, desk: Browser
) -> None:
    list_record(engine, holder, "document", document(holder, number="L1FE"))
    hit = ask(officer, **asked_document("L1FE"))["hits"][0]["id"]
    early = officer("POST", f"/api/hits/{hit}/outcome", 409, json={"outcome": "document_seized"})
    assert "before its owner has confirmed" in early["error"]["sentence"]
    referred = officer("POST", f"/api/hits/{hit}/referral", json={"urgency": "urgent", "note": "held at the bridge"})
    assert (referred["state"], referred["urgency"], referred["may"]) == ("referred", "urgent", ["outcome"])
    officer("POST", f"/api/hits/{hit}/decision", 403, json={"decision": "confirmed", "reason": "mine"})
    decided = desk(
        "POST", f"/api/hits/{hit}/decision", json={"decision": "confirmed", "reason": "reported stolen in May"}
    )
    assert decided["state"] == "confirmed"
    desk("POST", f"/api/hits/{hit}/decision", 409, json={"decision": "confirmed", "reason": "again"})
    done = officer("POST", f"/api/hits/{hit}/outcome", json={"outcome": "document_seized"})
    assert done["outcome"] == "document_seized"
    history = officer("GET", f"/api/hits/{hit}")["history"]
    assert [(e["state"], e["party"], e["by"] is None) for e in history] == [
        ("referred", asker.code, False), ("confirmed", holder.code, True), ("outcome", asker.code, False),
    ]  # fmt: skip
    with as_owner(database) as session:
        told = rows(session, "select change, parties from outbox where ref = %(id)s order by id", id=hit)
    both = sorted([holder.number, asker.number])
    assert [(change, sorted(parties)) for change, parties in told] == [
        (change, both) for change in ("raised", "referred", "confirmed", "outcome")
    ]


def test_an_urgent_override_is_kept_with_its_reason(
    engine: Engine, database: Servers, holder: Party, officer: Browser
) -> None:
    list_record(engine, holder, "document", document(holder, number="0VER"))
    hit = ask(officer, **asked_document("0VER"))["hits"][0]["id"]
    officer("POST", f"/api/hits/{hit}/outcome", json={"outcome": "arrest", "override_reason": "armed and fleeing"})
    with as_owner(database) as session:
        assert rows(session, "select override_reason from hit where id = %(id)s", id=hit) == [("armed and fleeing",)]


def test_every_check_and_reading_is_written_down(
    engine: Engine, database: Servers, holder: Party, officer: Browser
) -> None:
    record = list_record(engine, holder, "document", document(holder, number="AUD1T"))
    hit = ask(officer, **asked_document("AUD1T"))["hits"][0]["id"]
    officer("GET", f"/api/hits/{hit}")
    with as_owner(database) as session:
        acts = rows(session, "select act from audit where object_id = %(id)s order by seq", id=record)
    assert [act for (act,) in acts] == ["raise_hit", "read_hit"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"document": {"number": "--"}}, "document.number"),
        ({"document": {"number": "A1", "issuer": "Atlantis"}}, "document.issuer"),
        ({"document": {"mrz": "P<UTO"}}, "document.mrz"),
        ({"person": {"name": "A", "birth": "1976-02-30"}}, "person.birth"),
        ({"document": {"number": "A1"}, "operation": str(UUID(int=7))}, "operation"),
    ],
)
def test_bad_input_names_the_field(app: FastAPI, officer: Browser, body: dict[str, Any], field: str) -> None:
    error = ask(officer, 422, **body)["error"]
    assert error["field"] == field
    assert error["sentence"]


def test_a_blind_meeting_stands_in_the_owners_trail_alone(
    engine: Engine, database: Servers, holder: Party, asker: Party, officer: Browser
) -> None:
    record = list_record(engine, holder, "document", document(holder, number="TRA1L"), level="blind")
    ask(officer, **asked_document("TRA1L"))
    relay_all(database)
    seen = {}
    for party in (holder, asker):
        with transaction(engine) as session:
            stand_under(session, party.number)
            seen[party.code] = rows(session, "select act from audit where object_id = %(id)s", id=record)
    assert seen == {holder.code: [("raise_hit",)], asker.code: []}


def test_names_stand_beside_each_other_word_by_word_and_again_when_told_again(
    engine: Engine, holder: Party, officer: Browser, desk: Browser
) -> None:
    list_record(engine, holder, "person", PERSON)
    body: dict[str, Any] = {
        "id": str(uuid7()),
        "person": {"name": "Mireldo Antuvellas Corvey Oribe", "birth": "1976-05-12"},
    }
    first, second = ask(officer, **body), ask(officer, **body)
    assert second == first | {"repeated": True}
    (hit,) = [one for one in first["hits"] if one["owner"]["code"] == holder.code]
    (name,) = [one for one in hit["comparison"] if one["field"] == "name"]
    assert (name["asked"], name["held"]) == ("Mireldo Antuvellas Corvey Oribe", "Mireldo Antuvelas Corvey")
    manners = {(pair["asked"], pair["held"]): pair["manner"] for pair in name["aligned"]}
    assert manners == {
        ("mireldo", "mireldo"): "same", ("antuvellas", "antuvelas"): "sound", ("corvey", "corvey"): "same",
        ("oribe", None): "only_asked",
    }  # fmt: skip
    assert all(0 <= pair["likeness"] <= 1 for pair in name["aligned"])
    assert {one["field"]: one["aligned"] for one in hit["comparison"]}["birth"] == []
    for reader in (officer, desk):
        assert reader("GET", f"/api/hits/{hit['id']}")["comparison"] == hit["comparison"]


def test_a_finding_of_an_earlier_version_has_no_aligned_words() -> None:
    stored = {"field": "name", "asked": "Oriel", "held": "Oriel", "verdict": "same", "words": "The same name"}
    assert comparison_from(stored) == FieldComparison("name", "Oriel", "Oriel", Verdict.SAME, "The same name")


def test_order_tells_nothing_of_a_pointers_grade_and_stays_when_asked_again(
    engine: Engine, holder: Party, officer: Browser
) -> None:
    for number, level in (("08D3R1", "pointer"), ("OBD3R1", "pointer"), ("08D3RI", "full"), ("O8D3R1", "full")):
        list_record(engine, holder, "document", document(holder, number=number), level=level)
    body = {"id": str(uuid7()), **asked_document("08D3R1")}
    first, second = ask(officer, **body), ask(officer, **body)
    assert second == first | {"repeated": True}
    assert len(first["hits"]) == 4
    assert {hit["grade"] for hit in first["hits"]} == {"possible"}


def test_blind_hits_crowd_out_none_that_are_told(engine: Engine, holder: Party, officer: Browser) -> None:
    for _ in range(25):
        list_record(engine, holder, "document", document(holder, number="CR0WD1"), level="blind")
    list_record(engine, holder, "document", document(holder, number="CROWD1"))
    (hit,) = ask(officer, **asked_document("CR0WD1"))["hits"]
    assert hit["held"]["number"] == "CROWD1"
