"""What a party does with the sealed trail over the hub: keep heads, countersign, prove who opened its record."""

from __future__ import annotations

import json
from collections.abc import Generator
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


@pytest.fixture(scope="module")
def sealer(database: Servers, tmp_path_factory: pytest.TempPathFactory) -> Generator[Sealer]:
    made = Sealer(make_engine(database.sealer, role=SEALER_ROLE, pool=1), KeyFolder(tmp_path_factory.mktemp("data")))
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
    sealer.look()
    answer = auditor("GET", f"/api/audit/proofs?object={record}")
    signed = head_from_json(answer["head"])
    (entry,) = answer["entries"]
    assert (entry["party"], entry["row"]["act"]) == (stranger.code, "read_record")
    assert entry["row"]["reason"] == "named at the gate"
    leaf, proof = row_hash(entry["row"]), [bytes.fromhex(hash) for hash in entry["proof"]]
    assert leaf.hex() == entry["leaf"]
    assert included(leaf, entry["position"], signed.head.size, proof, signed.head.root)
    (key,) = auditor("GET", "/api/audit/head")["keys"]
    assert log_id(bytes.fromhex(key["public_key"])) == signed.head.log
    assert signed_by(bytes.fromhex(key["public_key"]), signed.signature, signed.head.statement())


def test_an_entry_of_this_second_is_told_without_a_proof(
    sealer: Sealer, engine: Engine, database: Servers, owner: Party, auditor: Browser
) -> None:
    sealer.look()
    record = uuid4()
    opened(engine, database, owner, record)
    (entry,) = auditor("GET", f"/api/audit/proofs?object={record}")["entries"]
    assert (entry["position"], entry["proof"]) == (None, [])


def test_nobody_proves_what_he_may_not_see(
    sealer: Sealer, engine: Engine, database: Servers, owner: Party
) -> None:
    record = uuid4()
    opened(engine, database, owner, record)
    sealer.look()
    third = found(database)
    app = application(engine, routes.router, access.router)
    other = browser(app, employ(database, third, Role.AUDITOR))
    assert other("GET", f"/api/audit/proofs?object={record}")["entries"] == []
    browser(app, employ(database, third, Role.ANALYST))("GET", f"/api/audit/proofs?object={record}", 403)


def test_the_log_is_proved_to_have_only_grown(
    sealer: Sealer, engine: Engine, database: Servers, owner: Party, auditor: Browser
) -> None:
    opened(engine, database, owner, uuid4())
    sealer.look()
    first, _ = head_now(auditor)
    for _ in range(5):
        opened(engine, database, owner, uuid4())
    sealer.look()
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
    sealer.look()
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
    sealer.look()
    signed, _ = head_now(auditor)
    with as_owner(database) as session:
        session.exec_driver_sql(
            "insert into audit_hour (hour, id, size) values (date_trunc('hour', now()), gen_random_uuid(), %(size)s)",
            {"size": signed.head.size},
        )
    key = Ed25519PrivateKey.generate()
    auditor("POST", "/api/audit/witnesses", 201, json={"public_key": public_bytes(key).hex()})
    signature = key.sign(witness_statement(signed.head, owner.code)).hex()
    auditor("POST", "/api/audit/countersignatures", 201, json={"size": signed.head.size, "signature": signature})
    (hour,) = auditor("GET", "/api/audit/hours")["hours"]
    assert head_from_json(hour) == signed
    assert hour["countersigned_by"] == [owner.code]


def test_a_party_registers_and_signs_for_itself_only(database: Servers, engine: Engine, owner: Party) -> None:
    liaison = browser(application(engine, routes.router, access.router), employ(database, owner, Role.LIAISON_OFFICER))
    liaison("GET", "/api/audit/witnesses")
    liaison("POST", "/api/audit/witnesses", 403, json={"public_key": "cd" * 32})
    for body in ({"public_key": "CD" * 32}, {"public_key": "cd" * 31}, {"public_key": "cd" * 32, "party": "BRA"}):
        auditor = browser(application(engine, routes.router, access.router), employ(database, owner, Role.AUDITOR))
        assert auditor.client.post("/api/audit/witnesses", json=body).status_code == 422


def test_before_anything_is_sealed_it_is_said_so(own_database: Servers) -> None:
    engine = make_engine(own_database.app)
    account = employ(own_database, found(own_database), Role.AUDITOR)
    auditor = browser(application(engine, routes.router, access.router), account)
    assert "Nothing is sealed yet" in json.dumps(auditor("GET", "/api/audit/head", 404))
    assert auditor("GET", "/api/audit/hours")["hours"] == []
    engine.dispose()
