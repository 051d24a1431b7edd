"""Floors on real lists and labelled names: finding, telling apart, and leaving strangers alone."""

import csv
import json
import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.engines.screening.index.invented import batch
from tripoint.engines.screening import Grade, names_alone, score
from tripoint.engines.screening.index import build, open_index
from tripoint.words.countries import find_country
from tripoint.words.dates import PartialDate, read_partial_date
from tripoint.words.people import NameKind, PersonDescription, PersonName

DATA = Path(__file__).parents[4] / "shared" / "data" / "screening"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="needs the folder shared/data/screening beside the project")
Search = Callable[[PersonDescription], list[int]]
RECORDS, CANDIDATES, SEED = 4_000, 30, 20_260  # as many as desks/checks/meeting.py scores
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def birth(text: str) -> PartialDate | None:
    try:
        return read_partial_date(text)
    except ValueError:
        return None


@cache
def listed() -> tuple[PersonDescription, ...]:
    lines = (DATA / "watchlist_persons.jsonl").read_text(encoding="utf-8").splitlines()
    persons = []
    for line in random.Random(SEED).sample(lines, RECORDS):
        row = json.loads(line)
        names = tuple(PersonName(name["full"], NameKind.ALIAS) for name in row["names"] if name["full"])
        births = tuple(filter(None, map(birth, row["birth_dates"])))
        persons.append(PersonDescription(names, births, tuple(filter(None, map(find_country, row["nationalities"])))))
    return tuple(persons)


@pytest.fixture(scope="module")
def candidates(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """The places of the listed people that the index finds for a question."""
    folder = tmp_path_factory.mktemp("index")
    build(folder, [batch(listed())])
    index = open_index(folder)
    return lambda question: [int.from_bytes(found.ref, "big") for found in index.search(question, None, CANDIDATES)]


def mistyped(name: str, chance: random.Random) -> str:
    """The name with one error in one word: exchanged, left out, added or swapped with its neighbour."""
    words = name.split(" ")
    at = chance.choice([at for at, word in enumerate(words) if len(word) > 2] or [0])
    word, place = words[at], chance.randrange(max(1, len(words[at]) - 1))
    words[at] = chance.choice(
        [
            word[:place] + chance.choice(LETTERS) + word[place + 1 :],
            word[:place] + word[place + 1 :],
            word[:place] + chance.choice(LETTERS) + word[place:],
            word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :],
        ]
    )
    return " ".join(words)


@pytest.mark.parametrize(("with_year", "least_found", "least_told"), [(True, 0.99, 0.98), (False, 0.97, 0.95)])
def test_one_typing_error_hides_nobody(
    candidates: Search, with_year: bool, least_found: float, least_told: float
) -> None:
    chance = random.Random(SEED)
    asked = found = told = 0
    for at in chance.sample(range(RECORDS), 400):
        person = listed()[at]
        if with_year and not person.births:
            continue
        years = (PartialDate(person.births[0].year),) if with_year else ()
        question = PersonDescription((PersonName(mistyped(person.names[0].full, chance)),), years)
        asked += 1
        if at in candidates(question):
            found += 1
            told += score(question, person).grade in (Grade.STRONG, Grade.POSSIBLE)
    assert found / asked >= least_found
    assert told / asked >= least_told


def test_invented_people_raise_no_alarm(candidates: Search) -> None:
    with (DATA / "negatives_us.csv").open(encoding="utf-8") as file:
        rows = random.Random(SEED).sample(list(csv.DictReader(file)), 500)
    alarms = 0
    for row in rows:
        nationality = find_country(row["nationality"])
        question = PersonDescription(
            (PersonName(row["full_name"]),),
            (read_partial_date(row["date_of_birth"]),),
            (nationality,) if nationality else (),
        )
        grades = {score(question, listed()[at]).grade for at in candidates(question)}
        alarms += bool(grades & {Grade.STRONG, Grade.POSSIBLE})
    assert alarms <= 1


def found_at_one_percent(pairs: Sequence[tuple[float, bool]]) -> float:
    """The share of true pairs above the score that 1 % of the false pairs reach."""
    false = sorted((value for value, true in pairs if not true), reverse=True)
    bar = false[len(false) // 100]
    true = [value for value, label in pairs if label]
    return sum(value > bar for value in true) / len(true)


@pytest.mark.parametrize(
    ("name_set", "least"),
    [
        ("ofac_aka", 0.70),
        ("un_aka", 0.5),
        ("un_script", 0.85),
        ("ua_cyrillic", 0.95),
        ("wd_hebrew", 0.88),
        ("tok_russian", 0.85),
        ("tok_arabic_google", 0.93),
        ("tok_chinese", 0.75),
        ("yente_un_typos", 0.9),
    ],
)
def test_labelled_names_are_told_apart(name_set: str, least: float) -> None:
    with (DATA / "labelled_name_pairs.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["set"] == name_set]
    pairs = [(names_alone(row["name1"], row["name2"]).score, row["label"] == "1") for row in rows]
    assert found_at_one_percent(pairs) >= least
