"""What the hub promises of access, proved upon the database itself with the role that every request runs as."""

import concurrent.futures
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tests.town import PASSWORD, Browser, application, as_owner, browser, employ, found, rows, visiting
from tripoint.access.http import routes as access
from tripoint.access.model import Account, Act, Party, PartyKind, Role
from tripoint.base.database import RELAY_ROLE, Session, make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import NotFound, TrailFailed
from tripoint.base.ids import uuid7
from tripoint.records import store, work
from tripoint.records.http import routes as records
from tripoint.records.model import Audience, AudienceKind, Level, RecordKind, Terms, Vehicle
from tripoint.records.retention.jobs import erase_expired
from tripoint.words.vehicles import VehicleStatus

CONTENT = Vehicle(VehicleStatus.STOLEN, plate="ABC123")
# What every request may read whole: who takes part is no secret among the parties, nor the shape of the database.
OPEN_TABLES = {"party", "alembic_version"}
# What no request reads at all: secrets, and what the relay and the migrations keep for themselves.
CLOSED_TABLES = {
    "officer_password", "sign_in", "sign_in_attempt", "feed_head", "chore_done", "outbox", "shred", "asked_proof",
    "identity_elsewhere", "officer_handle", "one_time_code", "passkey", "recovery_code", "sign_in_proof",
    "enrolment", "device_proof", "device_challenge", "first_code", "reading_warned", "budget",
    "mark_to_meet", "recovered_key", "recovered_pattern", "mark_meeting", "scan_to_take", "scan_pair",
}  # fmt: skip


TABLES = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
PARTS = "select 'parts.' || relname from pg_class where relnamespace = 'parts'::regnamespace and relkind = 'r'"


@pytest.fixture(scope="module")
def parties(database: Servers) -> tuple[Party, Party]:
    return found(database), found(database)


@pytest.fixture(scope="module")
def writer(database: Servers, parties: tuple[Party, Party]) -> Account:
    return employ(database, parties[0], Role.CONTRIBUTOR)


def enter(engine: Engine, writer: Account, terms: Terms | None = None) -> UUID:
    with visiting(engine, writer, Act.ADD_RECORD) as visit:
        return work.create(visit, work.Entry(CONTENT, terms or Terms())).id


def refused(session: Session, statement: str, **values: object) -> str:
    """The database's words when it refuses a statement."""
    savepoint = session.begin_nested()
    with pytest.raises(DBAPIError) as raised:
        session.exec_driver_sql(statement, values)
    savepoint.rollback()
    return str(raised.value.orig)


def test_the_applications_role_owns_nothing_and_cannot_bypass(engine: Engine) -> None:
    with transaction(engine) as session:
        me = rows(
            session,
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user",
        )
        owned = rows(
            session,
            "select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user",
        )
        who = rows(session, "select current_user")
    assert who == [("tripoint_app",)]
    assert me == [(False, False, False, False)]
    assert owned == []


def test_every_table_is_under_row_level_security(database: Servers) -> None:
    with as_owner(database) as owner:
        tables = rows(
            owner,
            "select relname, relrowsecurity, relforcerowsecurity from pg_class"
            " where relnamespace in ('public'::regnamespace, 'parts'::regnamespace) and relkind in ('r', 'p')",
        )
    bare = {name for name, enabled, forced in tables if not enabled}
    unforced = {name for name, enabled, forced in tables if enabled and not forced}
    assert bare == {"party", "alembic_version", "feed_head"}
    assert unforced == {"officer_password", "sign_in", "sign_in_attempt"}


def test_no_table_opens_to_a_request_that_stands_under_nobody(
    engine: Engine, database: Servers, writer: Account
) -> None:
    enter(engine, writer, Terms(readers=Audience(AudienceKind.EVERYONE)))
    with as_owner(database) as owner:
        names = {row[0] for row in rows(owner, TABLES)}
    with transaction(engine) as session:
        for name in names - OPEN_TABLES:
            if name in CLOSED_TABLES:
                assert "permission denied" in refused(session, f"select * from {name}")
            else:
                assert rows(session, f"select 1 from {name}") == []


def test_no_request_enters_the_parts_of_a_table(
    engine: Engine, database: Servers, parties: tuple[Party, Party]
) -> None:
    with as_owner(database) as owner:
        names = {row[0] for row in rows(owner, PARTS)}
    assert len(names) == 16
    with transaction(engine) as session:
        stand_under(session, parties[0].number)
        for name in names:
            assert "permission denied" in refused(session, f"select * from {name}")


@pytest.mark.parametrize("table", sorted(CLOSED_TABLES))
def test_secrets_cannot_be_read_by_the_application(engine: Engine, parties: tuple[Party, Party], table: str) -> None:
    with transaction(engine) as session:
        stand_under(session, parties[0].number)
        assert "permission denied" in refused(session, f"select * from {table}")


@pytest.mark.parametrize(
    "statement",
    [
        "set role postgres",
        "reset session authorization; set role tripoint_search",
        "alter table vehicle disable row level security",
        "set row_security = off; select * from vehicle",
        "drop policy released on vehicle",
        "delete from vehicle",
        "create function public.mine() returns integer language sql as 'select 1'",
        "create table public.mine (x integer)",
        "truncate vehicle",
        "update officer set sign_in_name = 'x@y'",
        "update party set contact = 'call me'",
        "insert into party (number, code, name, kind) values (200, 'XX', 'x', 'body')",
        "copy (select 1) to program 'true'",
    ],
)
def test_the_applications_role_cannot_climb(database: Servers, statement: str) -> None:
    address = database.app.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(address) as connection, pytest.raises(psycopg.Error):
        connection.execute(statement)


def test_another_partys_rows_are_beyond_direct_statements(
    engine: Engine, database: Servers, parties: tuple[Party, Party], writer: Account
) -> None:
    one, two = parties
    which = enter(engine, writer)
    with transaction(engine) as session:
        stand_under(session, two.number)
        assert rows(session, "select 1 from vehicle where id = %(id)s", id=which) == []
        changed = session.exec_driver_sql("update vehicle set plate = 'MINE' where id = %(id)s", {"id": which})
        assert changed.rowcount == 0
        assert "row-level security" in refused(
            session,
            "insert into vehicle (owner, set_number, terms, status, plate, retain_until)"
            " values (%(owner)s, 1, 1, 'stolen', 'X', '2999-01-01')",
            owner=one.number,
        )
        assert rows(session, "select 1 from officer where id = %(id)s", id=writer.id) == []
        assert rows(session, "select 1 from terms where owner = %(owner)s", owner=one.number) == []
        session.exec_driver_sql("select end_sign_ins_of(%(id)s), set_password(%(id)s, 'x')", {"id": writer.id})
    browser(application(engine, access.router), writer)  # his password still holds


def test_a_row_cannot_be_given_away_or_taken(engine: Engine, parties: tuple[Party, Party], writer: Account) -> None:
    which = enter(engine, writer)
    with transaction(engine) as session:
        stand_under(session, parties[0].number)
        assert "row-level security" in refused(
            session, "update vehicle set owner = %(two)s where id = %(id)s", two=parties[1].number, id=which
        )


def test_errors_tell_nothing_of_other_parties(engine: Engine, parties: tuple[Party, Party], writer: Account) -> None:
    """A name taken elsewhere and one that is free are refused alike, and names within parties do not collide."""
    one, two = parties
    with transaction(engine) as session:
        stand_under(session, two.number)
        add = (
            "insert into officer (id, party, agency, sign_in_name, name, roles)"
            " values (%(id)s, %(party)s, %(agency)s, %(name)s, 'X', '{viewer}')"
        )
        taken, free = writer.sign_in_name, f"free{uuid4().hex}@{one.code.lower()}"
        words = {
            refused(session, add, id=uuid7(), party=two.number, agency=uuid7(), name=name) for name in (taken, free)
        }
        assert len(words) == 1
        terms = store.terms_for(session, two.number, Terms(), None)
        assert store.set_for(session, two.number, "Entered by hand: vehicle", RecordKind.VEHICLE, terms, uuid7())


def test_an_operation_elsewhere_cannot_be_probed_by_its_key(
    engine: Engine, database: Servers, parties: tuple[Party, Party]
) -> None:
    one, two = parties
    there = uuid7()
    with transaction(engine) as session:
        stand_under(session, one.number)
        session.exec_driver_sql(
            "insert into operation (id, name, starts_at, ends_at, coordinator)"
            " values (%(id)s, 'Secret', now(), now() + interval '1 day', %(party)s)",
            {"id": there, "party": one.number},
        )
    terms = """
      insert into terms (owner, digest, spec, operation, readers, meets_blind, meets_pointer, meets_full,
                         handling, source_grade, information_grade, confidence, purpose)
      select %(party)s, '', '{}', %(operation)s, m, m, m, m, 'H0', 'B', '4', 'medium', 'location'
        from (select repeat('0', 256)::bit(256) as m) as masks
    """
    joining = "insert into participation (operation, party) values (%(operation)s, %(party)s)"
    with transaction(engine) as session:
        stand_under(session, two.number)
        for statement in (terms, joining):
            words = {refused(session, statement, party=two.number, operation=which) for which in (there, uuid7())}
            assert len(words) == 1
            assert "row-level security" in words.pop()


def test_an_act_without_its_audit_row_does_not_happen(engine: Engine, database: Servers, writer: Account) -> None:
    with as_owner(database) as owner:
        before = rows(owner, "select count(*) from vehicle")
        owner.exec_driver_sql("revoke insert on audit from tripoint_app")
    try:
        with pytest.raises(TrailFailed, match="could not be written into the audit trail"):
            enter(engine, writer)
        app = application(engine, access.router)
        for password in (PASSWORD, "wrong"):  # what is refused is written down as well
            answer = Browser(app).client.post(
                "/api/sign-in", json={"name": writer.sign_in_name, "password": password}
            )
            assert (answer.status_code, answer.json()["error"]["code"]) == (503, "trail_failed")
    finally:
        with as_owner(database) as owner:
            owner.exec_driver_sql("grant insert on audit to tripoint_app")
            after = rows(owner, "select count(*) from vehicle")
    assert after == before


def test_the_trail_is_written_with_the_act_or_not_at_all(engine: Engine, database: Servers, writer: Account) -> None:
    class Spoiled(Exception):
        pass

    made: list[UUID] = []

    def spoil() -> None:
        with visiting(engine, writer, Act.ADD_RECORD) as visit:
            made.append(work.create(visit, work.Entry(CONTENT, Terms())).id)
            raise Spoiled

    with pytest.raises(Spoiled):
        spoil()
    made.append(enter(engine, writer))
    with as_owner(database) as owner:
        kept = [
            (
                rows(owner, "select count(*) from vehicle where id = %(id)s", id=which)[0][0],
                rows(owner, "select count(*) from audit where object_id = %(id)s", id=which)[0][0],
            )
            for which in made
        ]
    assert kept == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    "statement",
    [
        "update audit set reason = 'other'",
        "delete from audit",
        "truncate audit",
        "alter table audit add x text",
        "drop table audit",
    ],
)
def test_the_trail_is_sealed_for_the_application(
    engine: Engine, database: Servers, parties: tuple[Party, Party], statement: str
) -> None:
    with engine.connect() as session, session.begin() as errand:
        stand_under(session, parties[0].number)
        with pytest.raises(DBAPIError):
            session.exec_driver_sql(statement)
        errand.rollback()


def test_nobody_writes_the_trail_in_anothers_name(engine: Engine, parties: tuple[Party, Party]) -> None:
    with transaction(engine) as session:
        stand_under(session, parties[0].number)
        words = refused(session, "insert into audit (party, act) values (%(p)s, 'read_record')", p=parties[1].number)
    assert "row-level security" in words


def test_a_refusal_is_in_the_trail(engine: Engine, database: Servers, parties: tuple[Party, Party]) -> None:
    viewer = employ(database, parties[0], Role.VIEWER)
    app = application(engine, access.router, records.router)
    ana = browser(app, viewer)
    ana("POST", "/api/records/vehicle", 403, json={"content": {"status": "stolen", "plate": "ABC123"}})
    with as_owner(database) as owner:
        kept = rows(owner, "select act, outcome from audit where officer = %(id)s order by seq", id=viewer.id)
    assert [tuple(row) for row in kept][-1] == ("add_record", "refused")


def test_the_trail_holds_ids_and_no_content(engine: Engine, database: Servers, writer: Account) -> None:
    canary = f"CANARY{uuid4().hex[:8].upper()}"
    app = application(engine, access.router, records.router)
    ana = browser(app, writer)
    made = ana(
        "POST", "/api/records/vehicle", 201, json={"content": {"status": "stolen", "plate": "A1", "model": canary}}
    )
    ana("GET", f"/api/records/vehicle/{made['id']}")
    ana.client.post("/api/sign-in", json={"name": canary, "password": canary})
    with as_owner(database) as owner:
        assert rows(owner, "select 1 from audit a where a::text ilike %(canary)s", canary=f"%{canary}%") == []


@pytest.mark.parametrize("role", [Role.HUB_OPERATOR, Role.PARTY_ADMINISTRATOR, Role.AUDITOR])
def test_operator_administrator_and_auditor_see_no_content_in_the_database_either(
    engine: Engine, database: Servers, writer: Account, parties: tuple[Party, Party], role: Role
) -> None:
    everyone = Audience(AudienceKind.EVERYONE)
    enter(engine, writer, Terms(readers=everyone, meeting=everyone, level=Level.FULL))
    party = hub(database) if role is Role.HUB_OPERATOR else parties[0]
    with visiting(engine, employ(database, party, role), Act.SEE_SESSION) as visit:
        for table in ("person", "vehicle", "document", "firearm", "record_set", "terms", "hit", "check_made"):
            assert rows(visit.session, f"select count(*) from {table}") == [(0,)]
        assert rows(visit.session, "select 1 from search_vehicles(null, 'ABC123', null)") == []


def hub(database: Servers) -> Party:
    with as_owner(database) as owner:
        known = rows(owner, "select number from party where code = 'HUB'")
    return Party(known[0][0], "HUB", "Hub", PartyKind.BODY) if known else found(database, PartyKind.BODY, "HUB")


def test_revocation_ends_an_open_session_before_the_next_request(
    engine: Engine, database: Servers, parties: tuple[Party, Party]
) -> None:
    officer = employ(database, parties[0], Role.ANALYST)
    app = application(engine, access.router)
    ana = browser(app, officer)
    for change, back in (
        ("update officer set active = false where id = %(id)s", "update officer set active = true where id = %(id)s"),
        ("update party set active = false where number = %(p)s", "update party set active = true where number = %(p)s"),
    ):
        values = {"id": officer.id, "p": parties[0].number}
        with as_owner(database) as owner:
            owner.exec_driver_sql(change, values)
        ana("GET", "/api/session", 401)
        with as_owner(database) as owner:
            owner.exec_driver_sql(back, values)
        ana("GET", "/api/session")


def test_a_visit_stands_under_its_own_party_alone_whatever_the_pool_did_before(
    engine: Engine, database: Servers, parties: tuple[Party, Party]
) -> None:
    """Settings are the transaction's own: a connection given back remembers nobody."""
    officers = [employ(database, party, Role.VIEWER) for party in parties]

    def home(index: int) -> bool:
        officer = officers[index % 2]
        with visiting(engine, officer, Act.SEE_SESSION) as visit:
            stood = rows(visit.session, "select me(), home()")[0]
        with transaction(engine) as session:
            nobody = rows(session, "select me(), home()")[0]
        return tuple(stood) == (visit.party, visit.party) and tuple(nobody) == (None, None)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(home, range(40)))


def test_many_guesses_at_once_are_no_way_round_the_lock(
    engine: Engine, database: Servers, parties: tuple[Party, Party]
) -> None:
    name = employ(database, parties[0], Role.VIEWER).sign_in_name
    app = application(engine, access.router)

    def guess(number: int) -> int:
        return Browser(app).client.post("/api/sign-in", json={"name": name, "password": f"guess {number}"}).status_code

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(16)))
    assert answers.count(401) == 5
    assert answers.count(429) == 11


def test_an_unknown_secret_opens_nothing(engine: Engine) -> None:
    app = application(engine, access.router)
    for headers in ({}, {"authorization": "Bearer guess"}, {"cookie": "__Host-tripoint=guess"}):
        Browser(app)("GET", "/api/session", 401, headers=headers)


def test_retention_erases_what_has_been_kept_long_enough(own_database: Servers) -> None:
    party = found(own_database)
    app_engine, relay = make_engine(own_database.app), make_engine(own_database.relay, role=RELAY_ROLE)
    officer = employ(own_database, party, Role.CONTRIBUTOR)
    old, young = enter(app_engine, officer), enter(app_engine, officer)
    with transaction(app_engine) as session:
        stand_under(session, party.number)
        session.exec_driver_sql("update vehicle set retain_until = current_date - 1 where id = %(id)s", {"id": old})
    for _ in range(2):
        with transaction(relay) as session:
            erase_expired(session)
    with visiting(app_engine, officer, Act.READ_RECORD) as visit:
        with pytest.raises(NotFound):
            work.read(visit, RecordKind.VEHICLE, old, work.Why())
        assert work.read(visit, RecordKind.VEHICLE, young, work.Why()).ended_at is None
        assert [found.records for found in work.list_sets(visit)] == [1]
    with transaction(app_engine) as session:
        stand_under(session, party.number)
        kept = rows(session, "select object_owner from audit where act = 'erase_record' and outcome = 'retention'")
        assert kept == [(party.number,)]
    relay.dispose()
    app_engine.dispose()
