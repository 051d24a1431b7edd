"""A collection: what is put in is found, what is ended or outside the audience is not, damage is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.engines.ballistics.fadul import guns, mark
from tripoint.engines.ballistics.collection import Collection, CollectionDamaged
from tripoint.engines.ballistics.collection.packing import packed_surface, surface_from
from tripoint.engines.ballistics.collection.ranking import above_middle, background_of, parts
from tripoint.engines.ballistics.comparing import compare
from tripoint.engines.ballistics.comparing.pairs import fine_of
from tripoint.engines.ballistics.preparing import prepare
from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Region, Surface

NAMES = ("1-1", "1-2", "F", "2-1", "2-2", "10-1", "10-2", "8-1")
MOST_BYTES = 18_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of eight scans, taken in by two appends."""
    guns()
    folder = tmp_path_factory.mktemp("marks") / "collection"
    collection = Collection.create(folder)
    assert collection.append(NAMES[:5], map(mark, NAMES[:5])) == ()
    assert Collection(folder).append(NAMES[5:], map(mark, NAMES[5:])) == ()
    return folder


def test_shots_of_the_same_gun_come_first(folder: Path) -> None:
    found = Collection(folder).rank(mark("F"), 4, among=lambda name: name != "F")
    assert (found.searched, found.fully_scored) == (7, 7)
    assert {one.id for one in found.candidates[:2]} == {"1-1", "1-2"}
    assert [one.rank for one in found.candidates] == [1, 2, 3, 4]
    best, third = found.candidates[0], found.candidates[2]
    assert best.score > third.score + 0.3
    whole = compare(mark("F"), mark(best.id))
    assert best.comparison.score == pytest.approx(whole.score, abs=0.06)
    assert best.comparison.rotation_deg == pytest.approx(whole.rotation_deg, abs=0.3)


def test_nobody_outside_the_audience_is_told_or_weighed(folder: Path, tmp_path: Path) -> None:
    allowed = ["1-1", "2-1", "10-1"]
    alone = Collection.create(tmp_path / "alone")
    alone.append(allowed, map(mark, allowed))
    expected = alone.rank(mark("F"))
    assert Collection(folder).rank(mark("F"), among=allowed) == expected
    assert expected.searched == 3
    assert Collection(folder).rank(mark("F"), among=[]).candidates == ()


def test_an_index_is_small(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.iterdir()) / len(NAMES) < MOST_BYTES


def test_only_the_best_of_the_search_are_compared_cell_by_cell(folder: Path) -> None:
    found = Collection(folder).rank(mark("2-1"), 30, rescore=2)
    assert (found.searched, found.fully_scored, len(found.candidates)) == (8, 2, 2)
    assert {one.id for one in found.candidates} == {"2-1", "2-2"}


def test_a_blank_neither_enters_nor_asks(folder: Path) -> None:
    blank = prepare(Surface(np.zeros((300, 300), np.float32), 12.5, 12.5), Region.BREECH_FACE)
    collection = Collection(folder)
    assert collection.append(["blank"], [blank]) == ("blank",)
    assert len(collection) == len(NAMES)
    found = collection.rank(blank)
    assert (found.searched, found.candidates) == (0, ())
    assert found.reasons


def test_what_is_ended_is_wiped_and_what_comes_again_takes_its_place(tmp_path: Path) -> None:
    collection = Collection.create(tmp_path / "here")
    collection.append(["a", "b"], [mark("1-1"), mark("2-1")])
    assert collection.end("a")
    assert not collection.end("a")
    assert len(collection) == 1
    assert not np.asarray(collection.features[0]).any()
    with pytest.raises(CollectionDamaged):
        collection.surface(0)
    collection.append(["b"], [mark("1-1")])
    found = collection.rank(mark("1-1"))
    assert [(one.id, one.congruent_cells > 10) for one in found.candidates] == [("b", True)]


def test_an_append_broken_off_is_written_over(tmp_path: Path) -> None:
    collection = Collection.create(tmp_path / "here")
    collection.append(["a"], [mark("1-1")])
    for name in ("features.bin", "rows.bin", "surfaces.bin", "ids.bin", "ended.bin"):
        with (tmp_path / "here" / name).open("ab") as stream:
            stream.write(b"\1half of it")
    collection = Collection(tmp_path / "here")
    collection.append(["b"], [mark("F")])
    assert collection.ids == ["a", "b"]
    assert {one.id for one in collection.rank(mark("1-2")).candidates} == {"a", "b"}


def test_damage_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CollectionDamaged, match="is no collection"):
        Collection(tmp_path)
    other = tmp_path / "other"
    Collection.create(other)
    with pytest.raises(CollectionDamaged, match="holds files"):
        Collection.create(other)
    manifest = (other / "manifest.json").read_text()
    (other / "manifest.json").write_text(manifest.replace('"rows": 0', '"rows": 9'))
    with pytest.raises(CollectionDamaged, match="cut short"):
        Collection(other)
    (other / "manifest.json").write_text(manifest.replace('"version": ', '"version": 9'))
    with pytest.raises(CollectionDamaged, match="another version"):
        Collection(other)


def test_what_does_not_belong_is_refused(folder: Path) -> None:
    collection = Collection(folder)
    pin = replace(mark("1-1"), region=Region.FIRING_PIN)
    for wrong in (lambda: collection.append(["x"], [pin]), lambda: collection.rank(pin),
                  lambda: collection.append(["x", "x"], [mark("F")] * 2),
                  lambda: collection.append([""], [mark("F")])):  # fmt: skip
        with pytest.raises(ValueError, match=r"region|breech-face|twice|bytes"):
            wrong()
    assert len(collection) == len(NAMES)


def test_a_surface_comes_back_nearly_as_it_was() -> None:
    field = fine_of(mark("1-1"))
    back = surface_from(packed_surface(field), field.step)
    assert back.heights.shape == field.heights.shape
    both = (back.mask > 0) & (field.mask > 0)
    assert both.sum() > 0.97 * field.mask.sum()
    assert np.corrcoef(back.heights[both], field.heights[both])[0, 1] > 0.97
    with pytest.raises(ValueError, match="damaged"):
        surface_from(b"nothing", field.step)


def test_helpers_find_what_one_process_finds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Here:
        """An executor that does nothing, so that this process does all; or does it at once."""

        def __init__(self, at_once: bool) -> None:
            self.at_once = at_once

        def submit(self, _: object, work: object, rows: object) -> object:
            from concurrent.futures import Future

            future: Future[object] = Future()
            if self.at_once:
                future.set_running_or_notify_cancel()
                future.set_result(work(collection, question, rows))  # type: ignore[operator]
            return future

    from tripoint.engines.ballistics.collection import ranking

    collection = Collection(folder)
    question = ranking.question_of(mark("F"), collection.turning)
    rows = parts(collection.allowed(), 3)
    expected = [ranking.search(collection, question, part).tolist() for part in rows]
    for at_once in (True, False):
        got = ranking.shared_out(collection, question, Here(at_once), ranking.search, rows)  # type: ignore[arg-type]
        assert [part.tolist() for part in got] == expected


def test_the_background_counts_by_how_many_make_it() -> None:
    assert background_of([]) == 0
    assert background_of([0.2] * SETTINGS.collecting.background_of) == pytest.approx(0.1)
    assert background_of([0.9, 0.2, 0.2] * 1000) == pytest.approx(0.2, abs=0.01)
    spreads = above_middle(np.array([1.0, 2.0, 3.0, 10.0])).tolist()
    assert spreads == pytest.approx([-1.012, -0.337, 0.337, 5.059], abs=1e-3)
