"""What a party does with the sealed trail over the hub: keep heads, countersign, prove who opened its record."""

from __future__ import annotations

import json
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from tests.town import Browser, application, as_owner, browser, employ, found, rows, visiting
from tripoint.access.http import routes as access
from tripoint.access.model import Act, AuditNote, Party, Role
from tripoint.access.sealing.http import routes
from tripoint.access.sealing.keys import KeyFolder
from tripoint.access.sealing.lines import head_from_json
from tripoint.access.sealing.model import SignedHead
from tripoint.access.sealing.sealer import Sealer
from tripoint.base.database import SEALER_ROLE, make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.engines.merkle.canonical import row_hash
from tripoint.engines.merkle.heads import log_id, public_bytes, signed_by, witness_statement
from tripoint.engines.merkle.proofs import consistent, included

NOW = [datetime.now(UTC)]


def an_hour_later(sealer: Sealer) -> None:
    """What was done is sealed, and the next hour's head published over it."""
    NOW[0] += timedelta(hours=1)
    sealer.look()


@pytest.fixture(scope="module")
def sealer(database: Servers, tmp_path_factory: pytest.TempPathFactory) -> Generator[Sealer]:
    made = Sealer(make_engine(database.sealer, role=SEALER_ROLE, pool=1), KeyFolder(tmp_path_factory.mktemp("data")))
    made.clock = lambda: NOW[0]
    made.look()
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def owner(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def auditor(database: Servers, engine: Engine, owner: Party) -> Browser:
    return browser(application(engine, routes.router, access.router), employ(database, owner, Role.AUDITOR))


def opened(engine: Engine, database: Servers, owner: Party, record: UUID) -> Party:
    """Somebody of another party opens a record of the owner's; his party."""
    stranger = found(database)
    with visiting(engine, employ(database, stranger, Role.ANALYST), Act.READ_RECORD) as visit:
        visit.note(AuditNote(Act.READ_RECORD, "person", record, owner.number, 1, reason="named at the gate"))
    return stranger


def head_now(auditor: Browser) -> tuple[SignedHead, dict[str, Any]]:
    answer = auditor("GET", "/api/audit/head")
    return head_from_json(answer), answer


def test_who_opened_our_record_is_proved(
    sealer: Sealer, engine: Engine, database: Servers, owner: Party, auditor: Browser
) -> None:
    record = uuid4()
    stranger = opened(engine, database, owner, record)
    an_hour_later(sealer)
    answer = auditor("GET", f"/api/audit/proofs?object={record}")
    signed = head_from_json(answer["head"])
    (entry,) = answer["entries"]
    assert (entry["party"], entry["row"]["act"]) == (stranger.code, "read_record")
    assert entry["row"]["reason"] == "named at the gate"
    assert (entry["state"], entry["note"]) == ("proven", None)
    leaf, proof = row_hash(entry["row"]), [bytes.fromhex(hash) for hash in entry["proof"]]
    assert leaf.hex() == entry["leaf"]
    assert included(leaf, entry["position"], signed.head.size, proof, signed.head.root)
    (key,) = auditor("GET", "/api/audit/head")["keys"]
    assert log_id(bytes.fromhex(key["public_key"])) == signed.head.log
    assert signed_by(bytes.fromhex(key["public_key"]), signed.signature, signed.head.statement())


def told_of(auditor: Browser, record: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """The one entry that tells that the record was opened (others tell that the trail was read), and the head."""
    answer = auditor("GET", f"/api/audit/proofs?object={record}")
    (entry,) = [entry for entry in answer["entries"] if entry["row"]["act"] == "read_record"]
    return entry, answer["head"]


def test_the_proof_of_an_entry_comes_with_the_next_hours_head(
    sealer: Sealer, engine: Engine, database: Servers, owner: Party, auditor: Browser
) -> None:
    record = uuid4()
    before, _ = head_now(auditor)
    opened(engine, database, owner, record)
    told = told_of(auditor, record)
    for _ in range(3):  # sealed or not, and how much was done since, is not to be seen
        opened(engine, database, owner, uuid4())
        sealer.look()
        assert told_of(auditor, record) == told
    entry, head = told
    assert (entry["state"], entry["position"], entry["leaf"], entry["proof"]) == ("next_hour", None, None, [])
    assert "comes with the next hour's head" in entry["note"]
    assert (entry["row"]["act"], "seq" in entry["row"]) == ("read_record", False)
    assert head_from_json(head) == before == head_now(auditor)[0]
    an_hour_later(sealer)
    proven, _ = told_of(auditor, record)
    assert (proven["state"], {**entry["row"], "seq": proven["row"]["seq"]}) == ("proven", proven["row"])


def test_only_published_heads_leave_the_hub(
    sealer: Sealer, engine: Engine, database: Servers, owner: Party, auditor: Browser
) -> None:
    opened(engine, database, owner, uuid4())
    an_hour_later(sealer)
    answer = auditor("GET", "/api/audit/head")
    published = head_from_json(answer).head.size
    for _ in range(3):
        opened(engine, database, owner, uuid4())
        sealer.look()
    with as_owner(database) as session:
        sizes = [row[0] for row in rows(session, "select size from audit_head")]
        hours = {row[0] for row in rows(session, "select size from audit_hour")}
    newer = max(sizes)
    assert newer > published
    assert auditor("GET", "/api/audit/head") == answer
    other = browser(
        application(engine, routes.router, access.router), employ(database, found(database), Role.AUDITOR)
    )
    other("POST", "/api/audit/witnesses", 201, json={"public_key": "01" * 32})
    for size in set(sizes) - hours:
        auditor("GET", f"/api/audit/head?size={size}", 404)
        auditor("GET", f"/api/audit/consistency?first={size}&second={size}", 422)
        other("POST", "/api/audit/countersignatures", 404, json={"size": size, "signature": "00" * 64})
    auditor("GET", f"/api/audit/consistency?first={published}&second={newer}", 422)
    assert {hour["head"]["size"] for hour in auditor("GET", "/api/audit/hours")["hours"]} == hours
    assert {size % 1024 for size in hours} == {answer["head"]["settled"]} == {0}


def test_a_new_key_is_told_with_the_first_head_it_signs(own_database: Servers, tmp_path: Path) -> None:
    now, engine = [datetime.now(UTC)], make_engine(own_database.app)
    hub = Sealer(make_engine(own_database.sealer, role=SEALER_ROLE, pool=1), KeyFolder(tmp_path), lambda: now[0])
    auditor = browser(
        application(engine, routes.router, access.router), employ(own_database, found(own_database), Role.AUDITOR)
    )
    hub.look()
    hub.change_key()
    hub.look()
    assert [key["number"] for key in auditor("GET", "/api/audit/head")["keys"]] == [1]
    now[0] += timedelta(hours=1)
    hub.look()
    assert [key["number"] for key in auditor("GET", "/api/audit/head")["keys"]] == [1, 2]
    for one in (engine, hub.engine):
        one.dispose()


def test_nobody_proves_what_he_may_not_see(
    sealer: Sealer, engine: Engine, database: Servers, owner: Party
) -> None:
    record = uuid4()
    opened(engine, database, owner, record)
    an_hour_later(sealer)
    third = found(database)
    app = application(engine, routes.router, access.router)
    other = browser(app, employ(database, third, Role.AUDITOR))
    assert other("GET", f"/api/audit/proofs?object={record}")["entries"] == []
    browser(app, employ(database, third, Role.ANALYST))("GET", f"/api/audit/proofs?object={record}", 403)


def test_the_log_is_proved_to_have_only_grown(
    sealer: Sealer, engine: Engine, database: Servers, owner: Party, auditor: Browser
) -> None:
    opened(engine, database, owner, uuid4())
    an_hour_later(sealer)
    first, _ = head_now(auditor)
    for _ in range(5):
        opened(engine, database, owner, uuid4())
    an_hour_later(sealer)
    second, _ = head_now(auditor)
    sizes = f"first={first.head.size}&second={second.head.size}"
    proof = [bytes.fromhex(hash) for hash in auditor("GET", f"/api/audit/consistency?{sizes}")["proof"]]
    assert consistent(first.head.size, second.head.size, first.head.root, second.head.root, proof)
    assert head_from_json(auditor("GET", f"/api/audit/head?size={first.head.size}")) == first
    auditor("GET", f"/api/audit/consistency?first={second.head.size}&second={first.head.size}", 422)
    auditor("GET", f"/api/audit/consistency?first=1&second={second.head.size + 99}", 422)
    auditor("GET", f"/api/audit/head?size={second.head.size + 99}", 404)


def test_a_head_is_countersigned_by_the_partys_newest_key(
    sealer: Sealer, database: Servers, engine: Engine, owner: Party, auditor: Browser
) -> None:
    opened(engine, database, owner, uuid4())
    an_hour_later(sealer)
    signed, _ = head_now(auditor)
    key, size = Ed25519PrivateKey.generate(), signed.head.size
    statement = witness_statement(signed.head, owner.code)
    body = {"size": size, "signature": key.sign(statement).hex()}
    auditor("POST", "/api/audit/countersignatures", 409, json=body)
    public = {"public_key": public_bytes(key).hex()}
    made = auditor("POST", "/api/audit/witnesses", 201, json=public)
    auditor("POST", "/api/audit/witnesses", 409, json=public)
    auditor("POST", "/api/audit/countersignatures", 422, json=body | {"signature": "00" * 64})
    auditor("POST", "/api/audit/countersignatures", 404, json=body | {"size": size + 77})
    wrong = key.sign(witness_statement(signed.head, "ZZZ")).hex()
    auditor("POST", "/api/audit/countersignatures", 422, json=body | {"signature": wrong})
    for _ in range(2):  # the same again is the same
        kept = auditor("POST", "/api/audit/countersignatures", 201, json=body)
    assert (kept["party"], kept["witness"]) == (owner.code, made["id"])
    assert auditor("GET", f"/api/audit/countersignatures?size={size}")["countersignatures"] == [kept]
    assert made in auditor("GET", "/api/audit/witnesses")["witnesses"]
    auditor("POST", "/api/audit/witnesses", 201, json={"public_key": "ab" * 32})
    auditor("POST", "/api/audit/countersignatures", 422, json=body)  # the old key is not in force any more
    with as_owner(database) as session:
        acts = {row[0] for row in rows(session, "select act from audit where object_id = %(id)s", id=made["id"])}
    assert acts == {"register_witness", "countersign_head"}


def test_the_heads_of_the_hours_say_who_countersigned_them(
    sealer: Sealer, engine: Engine, database: Servers, owner: Party, auditor: Browser
) -> None:
    opened(engine, database, owner, uuid4())
    an_hour_later(sealer)
    signed, _ = head_now(auditor)
    key = Ed25519PrivateKey.generate()
    auditor("POST", "/api/audit/witnesses", 201, json={"public_key": public_bytes(key).hex()})
    signature = key.sign(witness_statement(signed.head, owner.code)).hex()
    auditor("POST", "/api/audit/countersignatures", 201, json={"size": signed.head.size, "signature": signature})
    (hour,) = auditor("GET", "/api/audit/hours?limit=1")["hours"]
    assert head_from_json(hour) == signed
    assert hour["countersigned_by"] == [owner.code]


def test_a_party_registers_and_signs_for_itself_only(database: Servers, engine: Engine, owner: Party) -> None:
    liaison = browser(application(engine, routes.router, access.router), employ(database, owner, Role.LIAISON_OFFICER))
    liaison("GET", "/api/audit/witnesses")
    liaison("POST", "/api/audit/witnesses", 403, json={"public_key": "cd" * 32})
    for body in ({"public_key": "CD" * 32}, {"public_key": "cd" * 31}, {"public_key": "cd" * 32, "party": "BRA"}):
        auditor = browser(application(engine, routes.router, access.router), employ(database, owner, Role.AUDITOR))
        assert auditor.client.post("/api/audit/witnesses", json=body).status_code == 422


def test_before_anything_is_published_it_is_said_so(own_database: Servers) -> None:
    engine = make_engine(own_database.app)
    account = employ(own_database, found(own_database), Role.AUDITOR)
    auditor = browser(application(engine, routes.router, access.router), account)
    assert "No head is published yet" in json.dumps(auditor("GET", "/api/audit/head", 404))
    assert auditor("GET", "/api/audit/hours")["hours"] == []
    engine.dispose()
