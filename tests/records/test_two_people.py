"""Release, export and merge through the whole hub: one asks, another approves, and only then it happens, once."""

import concurrent.futures
import csv
import io
import json
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from tests.hub import hub
from tests.town import Browser, as_owner, browser, employ, found, rows
from tripoint.access.four_eyes.jobs import end_expired
from tripoint.access.model import Account, Party, Role
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers

ALL = {"kind": "everyone"}
PERSON = {"status": "wanted", "names": [{"full": "Ilmera Postuva"}], "births": ["1990-01-02"], "nationalities": ["PRY"]}


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def hire(database: Servers, party: Party) -> Callable[..., Account]:
    def named(name: str, *roles: Role, of: Party = party) -> Account:
        account = employ(database, of, *roles)
        with as_owner(database) as owner:
            owner.exec_driver_sql("update officer set name = %(n)s where id = %(id)s", {"n": name, "id": account.id})
        return account

    return named


@pytest.fixture(scope="module")
def asker(app: FastAPI, hire: Callable[..., Account]) -> Browser:
    return browser(app, hire("Benita Asks", Role.CONTRIBUTOR, Role.ANALYST))


@pytest.fixture(scope="module")
def second(app: FastAPI, hire: Callable[..., Account]) -> Browser:
    return browser(app, hire("Carmen Seconds", Role.LIAISON_OFFICER))


@pytest.fixture(scope="module")
def neighbour(app: FastAPI, hire: Callable[..., Account], database: Servers) -> Browser:
    return browser(app, hire("Davi Looks", Role.LIAISON_OFFICER, of=found(database)))


def vehicle(who: Browser, **more: Any) -> dict[str, Any]:
    content = {"status": "stolen", "plate": f"P{uuid4().hex[:6].upper()}"}
    made: dict[str, Any] = who("POST", "/api/records/vehicle", 201, json={"content": content, **more})
    return made | {"content": content}


def release(who: Browser, made: dict[str, Any], terms: dict[str, Any] | None = None) -> dict[str, Any]:
    body = {"version": made["version"], "terms": terms or {"readers": ALL}, "reason": "asked for by the neighbour"}
    asked: dict[str, Any] = who("POST", f"/api/records/vehicle/{made['id']}/release", 202, json=body)
    return asked


def approve(who: Browser, asked: dict[str, Any], expect: int = 200) -> Any:
    return who("POST", f"/api/approvals/{asked['id']}/approval", expect, json={"digest": asked["digest"]})


def test_nobody_alone_shares_a_record_more_widely(asker: Browser, neighbour: Browser) -> None:
    made = vehicle(asker)
    change = {"content": made["content"], "version": 1}
    wider = [
        {"readers": ALL}, {"meeting": ALL}, {"meeting": ALL, "level": "pointer"}, {"readers": ALL, "level": "nothing"},
    ]  # fmt: skip
    for terms in wider:
        asker("PUT", f"/api/records/vehicle/{made['id']}", 403, json=change | {"terms": terms})
    neighbour("GET", f"/api/records/vehicle/{made['id']}", 404)
    blind = change | {"terms": {"meeting": ALL, "level": "blind"}}
    assert asker("PUT", f"/api/records/vehicle/{made['id']}", json=blind)["version"] == 2


def test_a_release_happens_with_the_approval_and_not_before(
    asker: Browser, second: Browser, neighbour: Browser
) -> None:
    made = vehicle(asker)
    asked = release(asker, made)
    assert (asked["state"], asked["own"], asked["may_approve"]) == ("waiting", True, False)
    neighbour("GET", f"/api/records/vehicle/{made['id']}", 404)
    seen = next(one for one in second("GET", "/api/approvals")["approvals"] if one["id"] == asked["id"])
    assert seen["may_approve"]
    assert seen["asked_by"] == "Benita Asks"
    assert approve(second, seen)["state"] == "approved"
    assert neighbour("GET", f"/api/records/vehicle/{made['id']}")["version"] == 2
    approve(second, seen, 409)
    assert asked["id"] not in str(neighbour("GET", "/api/approvals"))
    neighbour("POST", f"/api/approvals/{asked['id']}/approval", 404, json={"digest": asked["digest"]})


def test_a_release_that_widens_nothing_needs_no_second(asker: Browser) -> None:
    made = vehicle(asker, terms={"readers": ALL})
    body = {"version": 1, "terms": {"readers": ALL}, "reason": "no reason at all"}
    asker("POST", f"/api/records/vehicle/{made['id']}/release", 422, json=body)


def test_nobody_approves_his_own_request_under_either_account(
    app: FastAPI, hire: Callable[..., Account], second: Browser
) -> None:
    both = browser(app, hire("Edson Both", Role.LIAISON_OFFICER))
    again = browser(app, hire("BÓTH edson", Role.LIAISON_OFFICER))
    asked = release(both, vehicle(both))
    approve(both, asked, 403)
    approve(again, asked, 403)
    assert approve(second, asked)["state"] == "approved"


def test_a_role_that_cannot_or_a_digest_that_was_not_seen_approves_nothing(
    app: FastAPI, hire: Callable[..., Account], asker: Browser, second: Browser
) -> None:
    asked = release(asker, vehicle(asker))
    analyst = browser(app, hire("Fabio Analyses", Role.ANALYST))
    approve(analyst, asked, 403)
    approve(second, asked | {"digest": "0" * 64}, 409)
    approve(second, asked | {"digest": "x"}, 422)
    assert approve(second, asked)["state"] == "approved"


def test_what_changed_meanwhile_is_not_released(asker: Browser, second: Browser) -> None:
    made = vehicle(asker)
    asked = release(asker, made)
    asker("PUT", f"/api/records/vehicle/{made['id']}", json={"content": made["content"], "version": 1})
    approve(second, asked, 409)
    second("POST", f"/api/approvals/{asked['id']}/rejection", json={"reason": "it has changed"})
    approve(second, asked, 409)


def test_a_request_is_withdrawn_by_whoever_asked_and_rejected_by_others(
    app: FastAPI, hire: Callable[..., Account], asker: Browser, second: Browser
) -> None:
    stranger = browser(app, hire("Gilda Analyses", Role.ANALYST))
    own, others = release(asker, vehicle(asker)), release(asker, vehicle(asker))
    why = {"reason": "a mistake"}
    stranger("POST", f"/api/approvals/{own['id']}/rejection", 403, json=why)
    second("DELETE", f"/api/approvals/{own['id']}", 403)
    second("POST", f"/api/approvals/{own['id']}/rejection", 422, json={})
    assert asker("DELETE", f"/api/approvals/{own['id']}")["state"] == "withdrawn"
    asker("DELETE", f"/api/approvals/{own['id']}", 409)
    assert second("POST", f"/api/approvals/{others['id']}/rejection", json=why)["state"] == "rejected"
    approve(second, own, 409)


def test_of_two_who_approve_at_once_one_does_it(
    app: FastAPI, hire: Callable[..., Account], asker: Browser, database: Servers
) -> None:
    names = ("Hugo Seconds", "Ines Seconds", "Joana Seconds", "Kurt Seconds")
    seconds = [browser(app, hire(name, Role.LIAISON_OFFICER)) for name in names]
    made = vehicle(asker)
    asked = release(asker, made)

    def press(who: Browser) -> int:
        path = f"/api/approvals/{asked['id']}/approval"
        return who.client.post(path, json={"digest": asked["digest"]}).status_code

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(press, seconds))
    assert answers == [200, 409, 409, 409]
    with as_owner(database) as owner:
        done = rows(owner, "select 1 from audit where act = 'release_record' and object_id = %(id)s", id=made["id"])
    assert len(done) == 1
    assert asker("GET", f"/api/records/vehicle/{made['id']}")["version"] == 2


def test_a_role_taken_away_while_approving_counts(
    app: FastAPI, hire: Callable[..., Account], asker: Browser, database: Servers
) -> None:
    """The administrator's change is under way when the button is pressed: the approval waits for it, and is refused."""
    leaving = hire("Lena Leaves", Role.LIAISON_OFFICER)
    at_desk = browser(app, leaving)
    asked = release(asker, vehicle(asker))
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        with as_owner(database) as owner:
            owner.exec_driver_sql("update officer set roles = '{viewer}' where id = %(id)s", {"id": leaving.id})
            path = f"/api/approvals/{asked['id']}/approval"
            pressed = pool.submit(at_desk.client.post, path, json={"digest": asked["digest"]})
            with pytest.raises(concurrent.futures.TimeoutError):
                pressed.result(0.3)
        assert pressed.result(10).status_code == 403


def test_a_request_of_somebody_who_lost_his_role_is_not_carried_out(
    app: FastAPI, hire: Callable[..., Account], second: Browser, database: Servers
) -> None:
    lost = hire("Mona Loses", Role.CONTRIBUTOR)
    asked = release(browser(app, lost), vehicle(browser(app, lost)))
    with as_owner(database) as owner:
        owner.exec_driver_sql("update officer set roles = '{viewer}' where id = %(id)s", {"id": lost.id})
    approve(second, asked, 403)


def test_after_a_day_a_request_is_nobodys(database: Servers, asker: Browser, second: Browser) -> None:
    asked = release(asker, vehicle(asker))
    later = hub(database)
    object.__setattr__(later.state.door, "clock", lambda: datetime.now(UTC) + timedelta(hours=24, seconds=1))
    late = Browser(later)
    late.client.cookies.update(second.client.cookies)
    late.client.headers["x-csrf-token"] = second.client.headers["x-csrf-token"]
    approve(late, asked, 409)
    later.state.door.engine.dispose()
    with as_owner(database) as owner:
        owner.exec_driver_sql("update approval set ends_at = now() - interval '1 second' where id = %(id)s", asked)
    relay = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    with transaction(relay) as session:
        end_expired(session)
    relay.dispose()
    state = next(one["state"] for one in asker("GET", "/api/approvals")["approvals"] if one["id"] == asked["id"])
    assert state == "expired"
    with as_owner(database) as owner:
        kept = rows(owner, "select outcome from audit where object_id = %(id)s order by seq", id=asked["id"])
    assert [row[0] for row in kept] == ["asked", "expired"]


def test_every_step_is_on_the_trail(
    app: FastAPI, hire: Callable[..., Account], asker: Browser, second: Browser
) -> None:
    asked = release(asker, vehicle(asker))
    approve(second, asked)
    auditor = browser(app, hire("Nadia Audits", Role.AUDITOR))
    trail = [(one["act"], one["outcome"]) for one in auditor("GET", f"/api/audit?object={asked['id']}")["entries"]]
    assert trail == [("approve", "approved"), ("release_record", "asked")]


def export(who: Browser, **chosen: Any) -> dict[str, Any]:
    body = {"what": "vehicle", "recipient": "Public prosecutor, Asunción", "purpose": "investigation",
            "handling": "H1", "reason": "the court asks for it"} | chosen  # fmt: skip
    asked: dict[str, Any] = who("POST", "/api/exports", 202, json=body)
    return asked


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_leaves_after_approval_marked_on_every_row(
    asker: Browser, second: Browser, neighbour: Browser, form: str
) -> None:
    canary = f"=HYPERLINK({uuid4().hex[:6]})"
    vehicle(asker, set=f"Exported {form}", content={"status": "stolen", "plate": "EXP1", "model": canary},
            terms={"handling": "H2"})  # fmt: skip
    which = next(one["id"] for one in asker("GET", "/api/sets")["sets"] if one["name"] == f"Exported {form}")
    asked = export(asker, form=form, set=which)
    asker("GET", f"/api/exports/{asked['id']}", 409)
    approve(second, asked)
    for other in (second, neighbour):
        other("GET", f"/api/exports/{asked['id']}", 404)
    answer = asker.client.get(f"/api/exports/{asked['id']}")
    assert answer.headers["content-disposition"].endswith(f'.{form}"')
    as_json = form == "jsonl"
    text = answer.text
    lines = [json.loads(line) for line in text.splitlines()] if as_json else list(csv.DictReader(io.StringIO(text)))
    assert [(line["handling"], line["recipient"], line["purpose"]) for line in lines] == [
        ("H2", "Public prosecutor, Asunción", "investigation")
    ]
    assert lines[0]["model"] == (canary if form == "jsonl" else f"'{canary}")
    auditor_sees = asker("GET", f"/api/records/vehicle/{lines[0]['id']}")["version"]
    assert auditor_sees == 1


def test_hits_leave_as_rows_and_an_empty_export_says_what_it_is(asker: Browser, second: Browser) -> None:
    asked = export(asker, what="hits")
    approve(second, asked)
    lines = list(csv.DictReader(io.StringIO(asker.client.get(f"/api/exports/{asked['id']}").text)))
    assert {line["handling"] for line in lines} == {"H1"}


def test_an_export_is_ready_for_an_hour(asker: Browser, second: Browser, database: Servers) -> None:
    asked = export(asker)
    approve(second, asked)
    with as_owner(database) as owner:
        owner.exec_driver_sql("update approval set decided_at = now() - interval '61 minutes' where id = %(id)s", asked)
    asker("GET", f"/api/exports/{asked['id']}", 409)


def person(who: Browser, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = who("POST", "/api/records/person", 201, json={"content": PERSON | more})
    return made


def test_a_merge_leaves_one_person_who_says_what_both_said(asker: Browser, second: Browser) -> None:
    kept = person(asker, documents=[{"number": "AB12", "issuer": "PRY"}])
    gone = person(asker, names=[{"full": "Ilmera Postuva Dias"}], births=["1990-01"])
    body = {"version": 1, "other": gone["id"], "other_version": 1, "reason": "same fingerprints"}
    asker("POST", f"/api/records/person/{kept['id']}/merge", 422, json=body | {"other": kept["id"]})
    asked = asker("POST", f"/api/records/person/{kept['id']}/merge", 202, json=body)
    why: dict[str, Any] = {"params": {"purpose": "investigation"}, "headers": {"x-reason": "looking"}}
    assert asker("GET", f"/api/records/person/{gone['id']}", **why)["ended_at"] is None
    approve(second, asked)
    found_now = asker("GET", f"/api/records/person/{kept['id']}", **why)
    assert [name["full"] for name in found_now["content"]["names"]] == ["Ilmera Postuva", "Ilmera Postuva Dias"]
    assert found_now["version"] == 2
    ended = asker("GET", f"/api/records/person/{gone['id']}", **why)
    assert ended["ended_at"]
    assert ended["merged_into"] == kept["id"]
    assert found_now["merged_into"] is None


def test_a_sealed_record_is_released_as_it_is_sealed(asker: Browser, second: Browser, neighbour: Browser) -> None:
    victim = person(asker, status="victim")
    body = {"version": 1, "terms": {"readers": ALL}, "reason": "the family lives there"}
    asked = asker("POST", f"/api/records/person/{victim['id']}/release", 202, json=body)
    approve(second, asked)
    why: dict[str, Any] = {"params": {"purpose": "investigation"}, "headers": {"x-reason": "looking"}}
    told = neighbour("GET", f"/api/records/person/{victim['id']}", **why)
    assert told["masked"]
    assert "Ilmera" not in str(told)
    body = {"version": 2, "other": person(asker)["id"], "other_version": 1, "reason": "the same"}
    asker("POST", f"/api/records/person/{victim['id']}/merge", 422, json=body)


def test_a_victim_and_a_suspect_are_never_merged(asker: Browser) -> None:
    kept, missing = person(asker), person(asker, status="missing")
    body = {"version": 1, "other": missing["id"], "other_version": 1, "reason": "same name"}
    asker("POST", f"/api/records/person/{kept['id']}/merge", 422, json=body)


def test_a_party_with_one_officer_of_content_borrows_the_second(
    app: FastAPI, database: Servers, hire: Callable[..., Account]
) -> None:
    small = found(database)
    alone = browser(app, hire("Elna Alone", Role.LIAISON_OFFICER, of=small))
    chief = browser(app, hire("Fabio Keeps", Role.PARTY_ADMINISTRATOR, of=small))
    asked = release(alone, vehicle(alone))
    assert "own" in approve(alone, asked, 403)["error"]["sentence"]
    approve(chief, asked, 403)
    agency = chief("POST", "/api/agencies", 201, json={"name": "Lent by the coordinating unit"})["id"]
    body = {"sign_in_name": "lent", "name": "Gina Lent", "agency": agency, "roles": ["data_protection_officer"]}
    made = chief("POST", "/api/officers", 201, json=body)
    lent = Browser(app)
    lent.sign_in(made["sign_in_name"], made["initial_password"])
    chosen = {"current": made["initial_password"], "new": "four words nobody guesses"}
    lent("PUT", "/api/account/password", 204, json=chosen)
    assert [one["id"] for one in lent("GET", "/api/approvals")["approvals"] if one["may_approve"]] == [asked["id"]]
    approve(lent, asked)
    chief("PUT", f"/api/officers/{made['id']}", json={"active": False})
    lent("GET", "/api/approvals", 401)
    own = {"roles": ["party_administrator", "liaison_officer"]}
    chief("PUT", f"/api/officers/{made['id']}", 403, json=own)  # nobody of content keeps accounts
