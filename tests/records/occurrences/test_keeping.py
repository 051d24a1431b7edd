"""Clocks of reports, by a day the tests move: asked before, renewed with a reason, erased whole with their keys."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.records.occurrences.field import ARREST, DETECTION, VICTIM, Field, in_the_field
from tests.town import as_owner, rows
from tripoint.access.model import Role
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.records.occurrences import jobs
from tripoint.records.occurrences.keeping import KEPT_YEARS
from tripoint.records.occurrences.model import OccurrenceKind
from tripoint.records.rules import years_later

KEEPER = (Role.DATA_PROTECTION_OFFICER, Role.LIAISON_OFFICER)
REASON = "still needed by the court of Puerto Nada"
SEIZURE = {"items": [{"category": "phone", "quantity": 2}]}
HANGING = ("occurrence_body", "occurrence_history", "occurrence_link", "custody_entry", "victim_pathway")


@pytest.fixture(scope="module")
def field(database: Servers) -> Generator[Field]:
    with in_the_field(database) as made:
        yield made


@pytest.fixture(scope="module")
def relay(database: Servers) -> Generator[Engine]:
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    yield engine
    engine.dispose()


def today() -> date:
    return datetime.now(UTC).date()


def on(relay: Engine, day: date) -> None:
    """The chores of a day."""
    with transaction(relay) as session:
        jobs.ask_owners(session, lambda: day)
        jobs.erase_expired(session, lambda: day)


def left(field: Field, which: str) -> dict[str, int]:
    """How many rows of each table still belong to a report."""
    with as_owner(field.database) as session:
        hanging = dict.fromkeys(HANGING, f"occurrence = '{which}'") | {"data_key": f"record = '{which}'"}
        wheres = {**hanging, "occurrence": f"id = '{which}'"}
        return {name: rows(session, f"select count(*) from {name} where {at}")[0][0] for name, at in wheres.items()}


def filed(field: Field, plural: str, values: dict[str, Any], **more: Any) -> str:
    who = field.desk(Role.FIELD_OFFICER, Role.VICTIM_SPECIALIST)
    return str(who("POST", f"/api/{plural}", 201, json=field.body(values, **more))["id"])


def test_the_database_counts_the_years_that_the_rules_say(field: Field) -> None:
    with as_owner(field.database) as session:
        asked = "select k, extract(year from report_kept_for(k))::int from unnest(%(kinds)s::text[]) k"
        said = dict(rows(session, asked, kinds=[kind.value for kind in OccurrenceKind]))
    assert said == {kind.value: years for kind, years in KEPT_YEARS.items()}
    assert KEPT_YEARS[OccurrenceKind.DETECTION] == min(KEPT_YEARS.values())


def test_what_is_filed_is_erased_on_its_day_with_all_that_hangs_on_it_and_a_proof_stays(
    field: Field, relay: Engine
) -> None:
    seizure = filed(field, "seizures", SEIZURE)
    filed(field, "seizures", SEIZURE, links=[{"relation": "found_with", "to_kind": "seizure", "to_id": seizure}])
    officer = field.desk(Role.FIELD_OFFICER, Role.VICTIM_SPECIALIST)
    officer("PUT", f"/api/seizures/{seizure}", json={"values": SEIZURE, "reason": "counted again"})
    met, victim = filed(field, "detections", DETECTION), filed(field, "victims", VICTIM)
    assert left(field, victim) | {"data_key": 1, "victim_pathway": 1} == left(field, victim)
    on(relay, years_later(today(), 1))
    assert left(field, met)["occurrence"] == 1  # the last day counts
    on(relay, years_later(today(), 1) + timedelta(days=1))
    assert set(left(field, met).values()) == {0}
    assert left(field, victim)["occurrence"] == 1
    on(relay, years_later(today(), 2) + timedelta(days=1))
    assert set(left(field, victim).values()) == {0}
    on(relay, years_later(today(), 5) + timedelta(days=1))
    assert set(left(field, seizure).values()) == {0}
    proofs = field.desk(*KEEPER)("GET", "/api/retention/erasures", 200)["erasures"]
    assert {(one["record"], one["kind"], one["why"]) for one in proofs} >= {
        (met, "detection", "retention"), (victim, "victim", "retention"), (seizure, "seizure", "retention"),
    }  # fmt: skip
    with as_owner(field.database) as session:
        assert rows(session, "select count(*) from shred")[0][0] >= 2
        assert not rows(session, "select 1 from occurrence_link where to_id = %(id)s", id=seizure)


def test_its_owner_keeps_a_report_shorter_or_longer_and_is_asked_before(field: Field, relay: Engine) -> None:
    arrest, keeper = filed(field, "arrests", ARREST), field.desk(*KEEPER)
    path, soon = f"/api/arrests/{arrest}/retention", today() + timedelta(days=30)
    wish = {"version": 1, "reason": REASON}
    assert keeper("POST", path, json=wish | {"until": str(soon)})["retain_until"] == str(soon)
    assert arrest in {one["id"] for one in keeper("GET", "/api/retention/reports")["due"]}
    keeper("POST", path, 422, json=wish | {"until": str(years_later(today(), 6))})
    keeper("POST", path, 409, json=wish | {"version": 7})
    field.desk(*KEEPER, party=field.theirs)("POST", path, 403, json=wish)
    with as_owner(field.database) as session:
        session.exec_driver_sql("delete from chore_done where chore like 'report_%%'")
    on(relay, today())
    with as_owner(field.database) as session:
        asked = "select 1 from report_asked where kind = 'arrest' and owner = %(me)s"
        assert rows(session, asked, me=field.ours.number)
    assert keeper("POST", path, json=wish)["retain_until"] == str(years_later(today(), 5))
    assert arrest not in {one["id"] for one in keeper("GET", "/api/retention/reports")["due"]}


def test_a_report_is_erased_early_by_who_opens_its_class_and_its_readers_are_recalled(field: Field) -> None:
    arrest, victim = filed(field, "arrests", ARREST), filed(field, "victims", VICTIM)
    field.desk(Role.ANALYST, party=field.theirs)("GET", f"/api/arrests/{arrest}")
    body = {"version": 1, "why": "subject", "reason": REASON}
    field.desk(Role.LIAISON_OFFICER)("POST", f"/api/victims/{victim}/erasure", 403, json=body)
    assert field.desk(*KEEPER)("POST", f"/api/victims/{victim}/erasure", json=body)["why"] == "subject"
    assert field.desk(*KEEPER)("POST", f"/api/arrests/{arrest}/erasure", json=body)["kind"] == "arrest"
    field.desk(Role.ANALYST)("GET", f"/api/arrests/{arrest}", 404)
    recalls = field.desk(*KEEPER, party=field.theirs)("GET", "/api/retention/recalls")["recalls"]
    assert [(one["record"], one["kind"]) for one in recalls if one["record"] == arrest] == [(arrest, "arrest")]


def test_reports_are_read_while_the_reporting_phase_lasts_and_lists_are_met_no_longer(field: Field) -> None:
    arrest, reader = filed(field, "arrests", ARREST), field.desk(Role.ANALYST, party=field.theirs)
    now = datetime.now(UTC)
    with as_owner(field.database) as session:
        session.exec_driver_sql(
            "update operation set starts_at = %(from)s, ends_at = %(to)s where id = %(id)s",
            {"from": now - timedelta(days=5), "to": now - timedelta(hours=1), "id": field.operation.id},
        )
    reader("GET", f"/api/arrests/{arrest}", 404)
    plan = f"/api/operations/{field.operation.id}/phases"
    chief, begins = field.desk(Role.COORDINATOR), now - timedelta(hours=1)

    def until(end: datetime) -> dict[str, Any]:
        return {"phases": [{"kind": "reporting", "starts_at": begins.isoformat(), "ends_at": end.isoformat()}]}

    chief("PUT", plan, 422, json=until(now + timedelta(days=400)))
    chief("PUT", plan, json=until(now + timedelta(days=20)))
    assert reader("GET", f"/api/arrests/{arrest}")["body"] is not None
    with as_owner(field.database) as session:
        met = "select bool_or(now() between valid_from and valid_until) from terms where operation = %(id)s"
        assert rows(session, met, id=field.operation.id) == [(False,)]
    chief("PUT", plan, json={"phases": []})
    reader("GET", f"/api/arrests/{arrest}", 404)
