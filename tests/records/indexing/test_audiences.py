"""What a party's checks may meet, as the file of masks says it and as the database does."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from tests.desks.checks.lists import terms
from tests.town import as_owner, found, rows
from tripoint.base.database import INDEX_ROLE, make_engine, stand_under
from tripoint.base.embedded_postgres import Servers
from tripoint.records.indexing import audiences, store
from tripoint.records.indexing.audiences import BLIND, FULL, NOTHING, POINTER, AudiencesDamaged
from tripoint.records.indexing.store import TermsRow

INFINITE = float("inf")
NOBODY = "0" * 256
LEVELS = {None: NOTHING, "blind": BLIND, "pointer": POINTER, "full": FULL}


def mask(*parties: int) -> str:
    return "".join("1" if number in parties else "0" for number in range(256))


def row(number: int, owner: int, blind: str, begins: float = -INFINITE, ends: float = INFINITE) -> TermsRow:
    return TermsRow(number, owner, begins, ends, blind, NOBODY, NOBODY)


def test_the_file_and_the_database_say_the_same(database: Servers, tmp_path: Path) -> None:
    parties = [found(database) for _ in range(3)]
    audience: list[dict[str, Any]] = [
        {"kind": "own"},
        {"kind": "everyone"},
        {"kind": "parties", "parties": [parties[1].code]},
        {"kind": "everyone", "barred": [parties[2].code]},
    ]
    with as_owner(database) as owner:
        for party, meeting, level in itertools.product(parties, audience, ("nothing", "blind", "pointer", "full")):
            stand_under(owner, party.number)
            terms(owner, party, meeting, level, {"kind": "own"})
    engine = make_engine(database.index, role=INDEX_ROLE, pool=1)
    with store.one_moment(engine) as session:
        every = store.all_terms(session)
    engine.dispose()
    assert len(every) == 48
    audiences.write(tmp_path, every)
    read = audiences.read(tmp_path)
    with as_owner(database) as owner:
        for party in parties:
            ours = read.levels(party.number, time.time())
            theirs = rows(owner, "select id, meeting_level(id, owner, %(me)s) from terms", me=party.number)
            assert {number: int(ours[number]) for number, _ in theirs} == {n: LEVELS[level] for n, level in theirs}


@given(st.sets(st.integers(0, 255), max_size=5), st.integers(0, 255))
def test_a_party_has_a_bit(parties: set[int], asker: int) -> None:
    read = audiences.Audiences(audiences.table([row(0, 300, mask(*parties))]))
    assert read.levels(asker, 0.0)[0] == (BLIND if asker in parties else NOTHING)


def test_terms_begin_and_end_by_themselves() -> None:
    read = audiences.Audiences(audiences.table([row(1, 9, mask(3), 10.0, 20.0), row(2, 9, mask(3), 15.0)]))
    seen = [read.levels(3, moment)[1:].tolist() for moment in (9.0, 10.0, 14.9, 15.0, 20.0, 20.1, 99.0)]
    assert seen == [[0, 0], [1, 0], [1, 0], [1, 1], [1, 1], [0, 1], [0, 1]]
    assert read.levels(9, 0.0)[1:].tolist() == [FULL, FULL]


@pytest.mark.parametrize("damage", [lambda whole: whole[:-7], lambda whole: b"other" + whole, lambda whole: b""])
def test_a_damaged_file_is_told(tmp_path: Path, damage: object) -> None:
    audiences.write(tmp_path, [row(3, 9, mask(3))])
    file = tmp_path / audiences.NAME
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    with pytest.raises(AudiencesDamaged):
        audiences.read(tmp_path)
