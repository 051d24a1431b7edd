"""An index of a list: built, searched, and refused with a sentence when it is not whole."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from tests.bulk.invented import people
from tripoint.base.errors import BadInput
from tripoint.bulk.index import ENTRIES, PLACES, answer_queries, build_index, open_index
from tripoint.bulk.lists import Listed
from tripoint.words.dates import PartialDate
from tripoint.words.people import PersonDescription, PersonName

WANTED = Listed(1, "wanted", PersonDescription((PersonName("Zuleyka Marombari Tchen"),), (PartialDate(1971, 4, 9),)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index") / "made"
    assert build_index([*people(200, 21), WANTED, *people(50, 22)], folder) == 251
    return folder


def answers(folder: Path, *queries: Listed, most: int = 10) -> list[dict[str, object]]:
    out = io.StringIO()
    assert answer_queries(open_index(folder), queries, most, out) == len(queries)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_person_asked_for_comes_first_with_reasons(folder: Path) -> None:
    asked = Listed(1, "q1", PersonDescription((PersonName("Tchen, Zuleyka Marombary"),), (PartialDate(1971),)))
    nobody = Listed(2, "q2", PersonDescription((PersonName("\U0001f6a8"),)))
    first, second = answers(folder, asked, nobody)
    assert (first["id"], second) == ("q1", {"id": "q2", "candidates": []})
    candidates = first["candidates"]
    assert isinstance(candidates, list)
    assert candidates[0]["id"] == "wanted"
    assert candidates[0]["reasons"]
    scores = [one["score"] for one in candidates]
    assert scores == sorted(scores, reverse=True)


def test_no_more_candidates_than_asked_for(folder: Path) -> None:
    (answer,) = answers(folder, people(1, 21)[0], most=3)
    assert len(answer["candidates"]) <= 3  # type: ignore[arg-type]


def test_an_index_may_be_built_again_in_its_place(tmp_path: Path) -> None:
    build_index(people(30, 1), tmp_path)
    assert build_index([WANTED], tmp_path) == 1
    (answer,) = answers(tmp_path, WANTED)
    assert [one["id"] for one in answer["candidates"]] == ["wanted"]  # type: ignore[attr-defined]


def test_an_index_of_nobody_answers_nothing(tmp_path: Path) -> None:
    assert build_index([], tmp_path) == 0
    assert answers(tmp_path, WANTED) == [{"id": "wanted", "candidates": []}]


@pytest.mark.parametrize("name", [ENTRIES, PLACES, "segment", "manifest"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_a_file_cut_short_is_named_or_the_index_refused(folder: Path, tmp_path: Path, name: str, share: float) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    file = next(path for path in broken.iterdir() if name in path.name)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BadInput, match="index") as refused:
        open_index(broken)
    assert refused.value.remedy


def test_entries_of_another_build_are_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    build_index([*people(200, 21), WANTED, *people(50, 22)], other)
    shutil.copy(folder / PLACES, other / PLACES)
    with pytest.raises(BadInput, match="different builds"):
        open_index(other).search(WANTED.person, 3)


def test_a_folder_without_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        open_index(tmp_path)
