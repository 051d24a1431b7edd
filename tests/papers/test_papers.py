"""Papers that stay true: each page is what its table says, each proof it names is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.papers import asvs, checklist, items, within
from tests.papers.items import ROOT, Item, Standing
from tripoint.access.model import Act

REMAKE = "make it again: python -m tests.papers"
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"`?make ([a-z-]+)`")


def test_the_asvs_page_is_what_its_table_says() -> None:
    assert asvs.PAGE.read_text(encoding="utf-8") == asvs.page(), REMAKE


def test_the_checklist_page_is_what_its_table_says() -> None:
    assert checklist.PAGE.read_text(encoding="utf-8") == checklist.page(), REMAKE
    assert [item.id for item in items.load(checklist.SOURCE)] == [str(n + 1) for n in range(checklist.ITEMS)]


@pytest.mark.parametrize("page", within.PAGES, ids=lambda page: page.name)
def test_tables_within_pages_are_what_the_code_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == within.page(text), REMAKE
    assert within.MARKED.search(text)


def test_every_table_made_stands_in_a_page() -> None:
    texts = "".join(page.read_text(encoding="utf-8") for page in within.PAGES)
    assert {found[2] for found in within.MARKED.finditer(texts)} == set(within.TABLES)


def test_every_act_is_one_of_the_six_operations_or_known_to_be_none() -> None:
    """Directive (EU) 2016/680, Art. 25: of each act it is said which of them it is."""
    known = set(within.OPERATIONS) | within.NO_PERSON
    assert {act.value for act in Act} == known, "say in tests/papers/within.py what a new act is"
    assert not set(within.OPERATIONS) & within.NO_PERSON


@pytest.mark.parametrize("source", [asvs.SOURCE, checklist.SOURCE], ids=["asvs", "checklist"])
def test_every_proof_named_is_there(source: Path) -> None:
    assert items.faults(items.load(source)) == []


def test_every_item_of_the_standard_is_answered(data_folder: Callable[[str], Path]) -> None:
    listed = data_folder("sharing/asvs") / "ASVS_5.0.0_en.flat.json"
    assert {item.id for item in items.load(asvs.SOURCE)} == asvs.wanted(listed)


def test_no_sentence_of_the_standard_is_copied(data_folder: Callable[[str], Path]) -> None:
    listed = (data_folder("sharing/asvs") / "ASVS_5.0.0_en.flat.json").read_text(encoding="utf-8").casefold()
    for item in items.load(asvs.SOURCE):
        words = item.what.casefold().split()
        runs = (" ".join(words[start : start + 7]) for start in range(len(words) - 6))
        assert not [run for run in runs if run in listed], item.id


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_tests_links_and_commands_a_page_names_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    absent = [fault for name in items.ANYWHERE.findall(text) if (fault := items.missing_test(name))]
    absent += [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    absent += [f"make {name}" for name in COMMAND.findall(text) if name not in targets]
    assert absent == []


def test_what_is_wrong_is_found() -> None:
    here = "tests/papers/test_papers.py"
    wrong = [
        Item("1", "no such test", tests=(f"{here}::test_of_nothing",)),
        Item("2", "no test but a function", tests=("tests/papers/items.py::load",)),
        Item("3", "no such file", tests=("tests/papers/test_nothing.py::test_x",)),
        Item("4", "no such place", code=("src/tripoint/access/door.py::nothing_of_this_name",)),
        Item("5", "says nothing"),
        Item("6", "both at once", open="missing", not_applicable="none here"),
    ]
    assert [fault.partition(":")[0] for fault in items.faults(wrong[3:])] == [
        "src/tripoint/access/door.py", "5", "6",
    ]  # fmt: skip
    assert all(items.faults([item]) for item in wrong)
    assert items.faults([Item("7", "fine", tests=(f"{here}::test_what_is_wrong_is_found",))]) == []


def test_a_test_that_is_always_skipped_proves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "test_made.py"
    skipped = '@pytest.mark.skip(reason="some day")\n@pytest.mark.database\ndef test_one() -> None: ...\n'
    other = "\n\n@pytest.mark.skipif(False, reason='never')\ndef test_two() -> None: ...\n"
    file.write_text(skipped + other, encoding="utf-8")
    assert items.missing_test(f"{file}::test_one") == f"{file}::test_one: is always skipped"
    assert items.missing_test(f"{file}::test_two") is None


def test_an_item_that_is_open_never_counts_as_proven() -> None:
    named = ("tests/papers/test_papers.py::test_what_is_wrong_is_found",)
    assert Item("1", "half done", tests=named, open="the rest").standing is Standing.OPEN
    assert Item("2", "done", tests=named).standing is Standing.PROVEN
    assert Item("3", "by the proxy", yours="the proxy").standing is Standing.YOURS
    assert Item("4", "in code", code=("Makefile",)).standing is Standing.PLACED
