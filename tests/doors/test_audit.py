"""`tripoint audit` over a real database: what somebody with all power over it does is found; exports travel."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.access.sealing.test_checking import COLUMNS
from tests.town import as_owner, found, rows
from tripoint.access.sealing import store
from tripoint.access.sealing.keys import KeyFolder
from tripoint.access.sealing.lines import head_json
from tripoint.access.sealing.sealer import Sealer
from tripoint.base.database import SEALER_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.doors.audit import app
from tripoint.engines.merkle.heads import signed_by, witness_statement

Run = Callable[..., Result]
MANY = """
insert into audit (officer, device, sign_in, request, act, purpose, reason, object_kind, object_id, object_owner,
                   object_version, recipients)
select gen_random_uuid(), 'gate 4', gen_random_uuid(), gen_random_uuid(), 'read_record', 'border_control', 'named',
       'person', gen_random_uuid(), 2, 1, '{1,2}' from generate_series(1, %(n)s)
"""
# What one may do who has all power over the database: first he switches off what refuses it.
TAMPERING = {
    "an edit": "update audit set reason = 'another' where seq = 40",
    "a deletion": "delete from audit where seq = 41",
    "an exchange": "update audit a set officer = b.officer from audit b where (a.seq, b.seq) in ((50, 51), (51, 50))",
    "a leaf made to match": "update audit_leaf set hash = sha256('x') where position = 3",
    "a filler that is gone": "delete from audit_leaf where position = 200",
    "a filler with another nonce": "update audit_leaf set filler = sha256('x') where position = 200",
    "a filler with a leaf to match": """
        update audit_leaf set filler = sha256('x'),
               hash = sha256('\\x00'::bytea || convert_to('{"filler":"' || encode(sha256('x'), 'hex') || '"}', 'UTF8'))
         where position = 200""",
    "a row made a filler": """
        delete from audit where seq = 80; update audit_leaf set seq = null, filler = sha256('x') where seq = 80""",
    "an exchange of leaves": """
        update audit_leaf set seq = -seq where seq in (60, 61);
        update audit_leaf set seq = case seq when -60 then 61 else 60 end where seq < 0""",
    "a deletion with its leaf": "delete from audit where seq = 70; delete from audit_leaf where seq = 70",
    "an insertion": "insert into audit (seq, act) overriding system value values (-5, 'read_record')",
    "a truncation": "delete from audit where seq > 90; delete from audit_leaf where seq > 90",
    "a head": "update audit_head set root = sha256('x') where size = (select min(size) from audit_head)",
    "a key": "update audit_key set public_key = sha256('x')",
}


@pytest.fixture
def sealer(own_database: Servers, tmp_path: Path) -> Generator[Sealer]:
    made = Sealer(make_engine(own_database.sealer, role=SEALER_ROLE, pool=1), KeyFolder(tmp_path))
    with as_owner(own_database) as owner:
        owner.exec_driver_sql(MANY, {"n": 50})
    made.look()
    with as_owner(own_database) as owner:
        owner.exec_driver_sql(MANY, {"n": 50})
    made.look()
    yield made
    made.engine.dispose()


@pytest.fixture
def run(own_database: Servers, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TRIPOINT_DATABASE", own_database.app)
    monkeypatch.setenv("TRIPOINT_SEALER_DATABASE", own_database.sealer)
    return lambda *command: CliRunner().invoke(app, [str(word) for word in command])


def tamper(database: Servers, statements: str) -> None:
    with as_owner(database) as owner:
        for table in ("audit", "audit_key", "audit_leaf", "audit_head"):
            owner.exec_driver_sql(f"alter table {table} disable trigger stays")
        owner.exec_driver_sql(statements)


def test_each_tampering_with_the_database_is_found(run: Run, sealer: Sealer, own_database: Servers) -> None:
    assert run("verify").exit_code == 0
    with as_owner(own_database) as owner:
        if not rows(owner, "select rolsuper from pg_roles where rolname = current_user")[0][0]:
            pytest.skip("needs somebody with all power over the database")
    for name, statements in TAMPERING.items():
        with as_owner(own_database) as owner:
            for table in ("audit", "audit_key", "audit_leaf", "audit_head"):
                owner.exec_driver_sql(f"drop table if exists kept_{table}")
                owner.exec_driver_sql(f"create table kept_{table} as select * from {table}")
        tamper(own_database, statements)
        found_out = run("verify")
        assert (name, found_out.exit_code) == (name, 1), found_out.output
        assert "tampered with" in found_out.output
        restore(own_database)
        assert run("verify").exit_code == 0, name


def restore(database: Servers) -> None:
    with as_owner(database) as owner:
        owner.exec_driver_sql("alter table audit_head drop constraint audit_head_key_fkey")
        owner.exec_driver_sql("alter table audit_hour drop constraint if exists audit_hour_size_fkey")
        for table in ("audit", "audit_key", "audit_leaf", "audit_head"):
            owner.exec_driver_sql(f"delete from {table}")
            more = "overriding system value" if table == "audit" else ""
            owner.exec_driver_sql(f"insert into {table} {more} select * from kept_{table}")
        key = "add constraint audit_head_key_fkey foreign key (key) references audit_key"
        owner.exec_driver_sql(f"alter table audit_head {key}")


def test_the_columns_tried_are_those_of_the_trail(sealer: Sealer, own_database: Servers) -> None:
    with as_owner(own_database) as owner:
        names = owner.exec_driver_sql("select * from audit limit 0").keys()
    assert set(names) == set(COLUMNS)


def test_an_export_is_verified_anywhere_and_says_who_got_it(
    run: Run, sealer: Sealer, own_database: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, packed = tmp_path / "trail.jsonl", tmp_path / "trail.jsonl.gz"
    for out in (plain, packed):
        assert run("export", "--out", out, "--for", "supervisory authority").exit_code == 0
        assert out.stat().st_mode & 0o777 == 0o600
    with as_owner(own_database) as owner:
        assert ("supervisory authority",) in rows(owner, "select reason from audit where act = 'export_audit'")
    monkeypatch.setenv("TRIPOINT_DATABASE", "postgresql://nobody@nowhere.invalid/none")
    assert run("verify", plain).exit_code == run("verify", packed).exit_code == 0
    shown = run("verify", plain)
    assert "100 rows" in shown.output
    lines = plain.read_bytes().splitlines()
    assert len(gzip.decompress(packed.read_bytes()).splitlines()) == len(lines) + 1  # the first export is in the second
    edited = plain.read_bytes().replace(b'"reason":"named"', b'"reason":"other"', 1)
    plain.write_bytes(edited)
    assert "edited: Row 1 " in run("verify", plain).output
    packed.write_bytes(packed.read_bytes()[:-200])
    assert run("verify", packed).exit_code == 1


def test_a_head_kept_by_a_party_finds_what_was_cut_off(
    run: Run, sealer: Sealer, own_database: Servers, tmp_path: Path
) -> None:
    kept = tmp_path / "head.json"
    with transaction(sealer.engine) as session:
        newest = store.newest_head(session)
    assert newest is not None
    kept.write_text(json.dumps(head_json(newest)))
    assert "1 of 1 heads kept elsewhere agree" in " ".join(run("verify", "--head", kept).output.split())
    tamper(
        own_database,
        "delete from audit where seq > 50; delete from audit_leaf where seq > 50;"
        "delete from audit_head where size > 1024",
    )
    assert run("verify").exit_code == 0  # in itself it is whole
    shown = run("verify", "--head", kept)
    assert shown.exit_code == 1
    assert "truncated: A head of size 1074 was kept elsewhere" in " ".join(shown.output.split())


def test_a_party_countersigns_without_the_hub(run: Run, sealer: Sealer, own_database: Servers, tmp_path: Path) -> None:
    party = found(own_database)
    key, head = tmp_path / "witness.pem", tmp_path / "head.json"
    public = run("witness-key", "--out", key)
    assert key.stat().st_mode & 0o777 == 0o600
    assert run("witness-key", "--out", key).exit_code == 1
    with transaction(sealer.engine) as session:
        newest = store.newest_head(session)
    assert newest is not None
    head.write_text(json.dumps(head_json(newest)))
    made = json.loads(run("witness", "--head", head, "--key", key, "--party", party.code).output)
    assert made["size"] == newest.head.size
    signature = bytes.fromhex(made["signature"])
    assert signed_by(bytes.fromhex(public.output.strip()), signature, witness_statement(newest.head, party.code))


def test_the_key_is_changed_and_the_trail_goes_on(
    run: Run, sealer: Sealer, own_database: Servers, tmp_path: Path
) -> None:
    assert "Key 2 signs" in run("new-key", "--data", tmp_path).output
    assert "100 rows are sealed" in run("status").output
    sealer.look()
    shown = run("verify")
    assert (shown.exit_code, "101 rows" in shown.output) == (0, True)
    sealer.folder.file(2).unlink()
    assert "cannot be read" in str(run("new-key", "--data", tmp_path).exception)
    made = run("new-key", "--lost", "--data", tmp_path)
    sealer.look()
    assert "key: Key 3" in run("verify").output
    assert run("verify", "--trust-key", made.output.split()[-1]).exit_code == 0
