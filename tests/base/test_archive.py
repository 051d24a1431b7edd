"""What is whole and what is too old in a folder of backups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from tripoint.base.archive import Copy, copy_for, gaps, piece_after, too_old

START = datetime(2026, 11, 1, tzinfo=UTC)


def copy(day: int) -> Copy:
    ended = START + timedelta(days=day)
    return Copy(f"c{day}", ended - timedelta(minutes=1), ended, f"{1:08X}{0:08X}{day:08X}", 1, 18)


def test_the_piece_after_carries_over() -> None:
    assert piece_after("000000010000000000000001") == "000000010000000000000002"
    assert piece_after("0000000100000000000000FF") == "000000010000000100000000"


@given(st.integers(0, 600), st.integers(1, 40), st.data())
def test_a_missing_piece_is_a_gap_and_a_whole_log_has_none(first: int, count: int, data: st.DataObject) -> None:
    pieces = [f"00000001{n // 256:08X}{n % 256:08X}" for n in range(first, first + count)]
    assert gaps(pieces, pieces[0]) == []
    if count > 2:
        lost = data.draw(st.integers(1, count - 2))
        assert gaps(pieces[:lost] + pieces[lost + 1 :], pieces[0]) == [pieces[lost - 1]]


@given(st.lists(st.integers(0, 60), min_size=1, unique=True).map(sorted), st.integers(0, 30), st.integers(0, 70))
def test_every_moment_to_be_kept_still_has_its_copy(days: list[int], keep: int, today: int) -> None:
    copies, now = [copy(day) for day in days if day <= today] or [copy(0)], START + timedelta(days=today)
    left = [one for one in copies if one not in too_old(copies, now, timedelta(days=keep))]
    assert copies[-1] in left
    for back in range(keep + 1):
        moment = now - timedelta(days=back)
        assert copy_for(left, moment) == copy_for(copies, moment)
