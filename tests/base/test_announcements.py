"""What is told to whom, and how it is numbered: a party's numbers tell nothing of what others are told."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Engine

from tests.town import as_owner, rows
from tripoint.base import announcements
from tripoint.base.announcements import Announcement, announce, coalesce, number, read_feed, take
from tripoint.base.database import RELAY_ROLE, make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers

COUNTED = frozenset({"checks"})
parties = st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True).map(tuple)
told = st.builds(
    Announcement,
    st.sampled_from(["checks", "hit"]),
    parties,
    st.uuids(),
    st.sampled_from([None, "raised", "referred", "confirmed"]),
)
days = st.lists(st.lists(told, max_size=8), max_size=4)  # what each look of the relay finds
Lines = list[tuple[int, str, UUID | None, str | None, int]]


@pytest.fixture(scope="module")
def relay(database: Servers) -> Generator[Engine]:
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=2)
    yield engine
    engine.dispose()


@given(st.lists(told))
def test_counted_kinds_are_told_as_one_number_a_party(found: list[Announcement]) -> None:
    lines = coalesce(found, COUNTED)
    for party in range(4):
        checks = [line for line in lines if line[:2] == (party, "checks")]
        made = sum(one.kind == "checks" and party in one.parties for one in found)
        assert [line[4] for line in checks] == ([made] if made else [])
        assert all(line[2] is None for line in checks)


@given(st.lists(told))
def test_all_else_is_told_one_by_one_in_its_order(found: list[Announcement]) -> None:
    lines = coalesce(found, COUNTED)
    for party in range(4):
        expected = [(one.ref, one.change) for one in found if one.kind == "hit" and party in one.parties]
        assert [line[2:4] for line in lines if line[:2] == (party, "hit")] == expected


def fill(relay: Engine, world: Sequence[Sequence[Announcement]]) -> dict[int, Lines]:
    """The parties' feeds after these looks, the moment left out; nothing is kept."""
    with relay.connect() as session, session.begin() as errand:
        session.exec_driver_sql("delete from feed")
        session.exec_driver_sql("delete from feed_head")
        for look in world:
            number(session, coalesce(look, COUNTED))
        feeds = {
            party: [(e.seq, e.kind, e.ref, e.change, e.count) for e in read_feed(session, party, 0, 10_000)]
            for party in range(4)
        }
        errand.rollback()
    return feeds


few = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(world=days)
def test_numbers_of_a_party_are_without_gaps_and_in_order(relay: Engine, world: list[list[Announcement]]) -> None:
    for party, lines in fill(relay, world).items():
        assert [line[0] for line in lines] == list(range(1, len(lines) + 1))
        expected: Lines = [line for look in world for line in coalesce(look, COUNTED) if line[0] == party]
        assert [line[1:] for line in lines] == [line[1:] for line in expected]


@few
@given(world=days, others=days)
def test_what_others_are_told_leaves_no_trace_in_a_feed(
    relay: Engine, world: list[list[Announcement]], others: list[list[Announcement]]
) -> None:
    without_us = [[one for one in look if 0 not in one.parties] for look in others]
    mixed = [
        [*(without_us[n] if n < len(without_us) else []), *(world[n] if n < len(world) else [])]
        for n in range(max(len(world), len(without_us)))
    ]
    assert fill(relay, mixed)[0] == fill(relay, world)[0]


def test_a_party_reads_its_own_feed_only(engine: Engine, relay: Engine, database: Servers) -> None:
    with transaction(relay) as session:
        number(session, [(7, "checks", None, None, 3), (8, "checks", None, None, 5)])
    with transaction(engine) as session:
        stand_under(session, 7)
        assert [entry.count for entry in read_feed(session, 7, 0)] == [3]
        assert read_feed(session, 8, 0) == []
        assert announcements.newest(session, 8) == 0
        assert session.exec_driver_sql("select count(*) from feed").scalar_one() == 1


def test_the_application_writes_announcements_and_never_reads_them(engine: Engine, relay: Engine) -> None:
    ref = UUID(int=11)
    with transaction(engine) as session:
        stand_under(session, 7)
        announce(session, Announcement("hit", (7, 9), ref, "raised", {"operation": UUID(int=5)}))
    with pytest.raises(Exception, match="permission denied"), transaction(engine) as session:
        session.exec_driver_sql("select * from outbox")
    with transaction(relay) as session:
        (found,) = take(session)
        assert (found.kind, found.parties, found.ref, found.change) == ("hit", (7, 9), ref, "raised")
        assert found.facts == {"operation": str(UUID(int=5))}
        assert found.at is not None
        assert take(session) == []


def test_what_is_not_committed_is_not_announced(engine: Engine, relay: Engine) -> None:
    with engine.connect() as session, session.begin() as errand:
        stand_under(session, 7)
        announce(session, Announcement("hit", (7,), UUID(int=12)))
        errand.rollback()
    with transaction(relay) as session:
        assert take(session) == []


def test_lines_are_forgotten_after_two_days(database: Servers, relay: Engine) -> None:
    with transaction(relay) as session:
        number(session, [(20, "hit", UUID(int=1), "raised", 1), (20, "hit", UUID(int=2), "raised", 1)])
    with as_owner(database) as owner:
        owner.exec_driver_sql("alter table feed no force row level security")
        owner.exec_driver_sql("update feed set at = now() - interval '49 hours' where party = 20 and seq = 1")
        owner.exec_driver_sql("alter table feed force row level security")
    with transaction(relay) as session:
        announcements.forget_old(session)
        assert [seq for (seq,) in rows(session, "select seq from feed where party = 20")] == [2]
        number(session, [(20, "hit", UUID(int=3), "raised", 1)])
        assert [entry.seq for entry in read_feed(session, 20, 0)] == [2, 3]
