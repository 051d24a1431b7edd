"""When to share abroad and why, the chain of custody, and how heights reach a page."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tripoint.base.errors import BadInput, Conflict
from tripoint.desks.ballistics import rules, surfaces
from tripoint.desks.ballistics.model import Custody, CustodyEntry

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_any_one_criterion_suffices_and_each_says_why() -> None:
    known = rules.suggestion({"border_km": 79.5, "terrorism": False}, 1, False)
    told = {str(one.criterion): (one.met, one.why, one.number) for one in known}
    assert told["near_border"] == (True, "km", 79.5)
    assert told["terrorism"] == (False, "given", None)
    assert told["trafficker"] == (None, "unknown", None)
    assert told["three_guns"] == (False, "firearms_together", 1.0)
    assert rules.to_share(known)
    assert not rules.to_share(rules.suggestion({"border_km": 81}, 0, False))
    assert rules.to_share(rules.suggestion({}, 3, False))
    assert rules.to_share(rules.suggestion({}, 0, True))


def entry(act: str, at: datetime = NOW) -> CustodyEntry:
    return CustodyEntry(uuid4(), at, act, "A. Inventada", "laboratory")


def chain(exhibit: UUID, *acts: str) -> list[Custody]:
    made: list[Custody] = []
    for act in acts:
        one = entry(act)
        digest = rules.chained(exhibit, made[-1].digest if made else "", len(made) + 1, "PRY", one)
        made.append(Custody(one, len(made) + 1, "PRY", digest))
    return made


def test_a_chain_of_custody_shows_what_was_changed_left_out_or_put_in() -> None:
    which = uuid4()
    kept = chain(which, "received", "sealed", "handed_over")
    assert rules.whole(which, kept)
    assert not rules.whole(uuid4(), kept)
    assert not rules.whole(which, kept[:1] + kept[2:])
    assert not rules.whole(which, [replace(kept[0], party="BRA"), *kept[1:]])
    assert not rules.whole(which, [*kept[:2], replace(kept[2], entry=entry("returned"))])


def test_what_cannot_follow_is_refused() -> None:
    kept = chain(uuid4(), "received")
    rules.check_next(entry("sealed"), kept, NOW, own=True)
    with pytest.raises(BadInput, match="still to come"):
        rules.check_next(entry("sealed", NOW + timedelta(hours=1)), kept, NOW, own=True)
    with pytest.raises(BadInput, match="is later"):
        rules.check_next(entry("sealed", NOW - timedelta(hours=1)), kept, NOW, own=True)
    with pytest.raises(BadInput, match="not yours"):
        rules.check_next(entry("handed_over"), kept, NOW, own=False)
    with pytest.raises(Conflict, match="destroyed"):
        rules.check_next(entry("stored"), chain(uuid4(), "destroyed"), NOW, own=True)


@settings(max_examples=20)
@given(st.integers(2, 9), st.integers(2, 9), st.integers(0, 2**32 - 1))
def test_heights_reach_a_page_within_a_step_of_their_scale(rows: int, columns: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    heights = chance.normal(0, 3, (rows, columns)).astype(np.float32)
    mask = chance.random((rows, columns)) < 0.8
    sent = surfaces.shown(heights, mask, 12.5, region="breech-face", of="region")
    (length,) = struct.unpack("<I", sent[:4])
    header = json.loads(sent[4 : 4 + length])
    packed = np.frombuffer(sent[4 + length :], "<i2").reshape(header["rows"], header["columns"])
    assert np.array_equal(packed != surfaces.MISSING, mask)
    span = header["high"] - header["low"]
    read = header["low"] + (packed.astype(np.float64) + 32767) * span / 65534
    assert np.abs(read - heights)[mask].max(initial=0) <= span / 65534 + 1e-5
