"""Interviews are found in six languages, by two Chinese characters too, and by nobody who may not open them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.desks.interviews.accounts import ACCOUNTS, QUESTIONS, held
from tests.hub import operation
from tests.town import employ, found, visiting
from tripoint.access.model import Account, Act, Party, Role
from tripoint.access.visit import Visit
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, NotAllowed
from tripoint.base.ids import uuid7
from tripoint.desks.interviews import work
from tripoint.records.occurrences import work as occurrences
from tripoint.records.occurrences.model import Correction, Filing, OccurrenceKind

INTERVIEW = OccurrenceKind.INTERVIEW


class Scene:
    """Two parties of one operation; the first holds the interviews, wherever the test puts more."""

    def __init__(self, engine: Engine, database: Servers) -> None:
        self.engine, self.database = engine, database
        self.holder, self.other = found(database), found(database)
        self.on = operation(database, self.holder, self.holder, self.other)
        self.analyst = self.officer(self.holder, Role.ANALYST)

    def officer(self, party: Party, *roles: Role) -> Account:
        return employ(self.database, party, *roles)

    @contextmanager
    def visit(self, account: Account, act: Act = Act.SEARCH_INTERVIEWS) -> Generator[Visit]:
        with visiting(self.engine, account, act) as visit:
            yield visit

    def file(self, visit: Visit, values: dict[str, Any]) -> Any:
        filing = Filing(uuid7(), INTERVIEW, self.on.id, datetime.now(UTC), values)
        return occurrences.file(visit, filing, work.HOOKS)[0]

    def found(self, account: Account, words: str, **more: Any) -> set[str]:
        with self.visit(account) as visit:
            findings = work.search(visit, work.Question(words, **more))
            return {one.reference for one in findings.interviews}


@pytest.fixture(scope="module")
def scene(engine: Engine, database: Servers) -> Scene:
    scene = Scene(engine, database)
    with scene.visit(scene.analyst, Act.FILE_INTERVIEW) as visit:
        for reference, account in ACCOUNTS.items():
            scene.file(visit, held(reference, reference[:2], account))
    return scene


def test_sixty_questions_in_six_languages_find_what_was_told(scene: Scene) -> None:
    assert len(QUESTIONS) == 60
    with scene.visit(scene.analyst) as visit:
        shares = {}
        for words, expected in QUESTIONS.items():
            references = {one.reference for one in work.search(visit, work.Question(words)).interviews}
            shares[words] = len(references & {*expected.split()}) / len(expected.split())
    missed = {words: share for words, share in shares.items() if share < 1}
    assert sum(shares.values()) / len(shares) >= 0.95, missed


def test_what_nobody_told_is_not_found(scene: Scene) -> None:
    assert scene.found(scene.analyst, "helicóptero") == set()
    assert scene.found(scene.analyst, "直升机") == set()


def test_every_word_counts_before_any_does(scene: Scene) -> None:
    assert scene.found(scene.analyst, "lancha noche") == {"es1"}
    with scene.visit(scene.analyst) as visit:
        some = work.search(visit, work.Question("lancha helicóptero"))
    assert not some.every
    assert "es1" in {one.reference for one in some.interviews}


def test_a_language_narrows_the_search(scene: Scene) -> None:
    assert scene.found(scene.analyst, "coyote", language="zh") == {"zh1"}


def test_the_snippet_shows_the_word(scene: Scene) -> None:
    with scene.visit(scene.analyst) as visit:
        (found,) = work.search(visit, work.Question("抖音")).interviews
    assert "抖音" in found.snippet


def test_a_question_without_a_word_is_refused(scene: Scene) -> None:
    with scene.visit(scene.analyst) as visit, pytest.raises(BadInput):
        work.search(visit, work.Question("?!"))


def test_facilitators_are_found_by_those_who_may_read_of_them(scene: Scene) -> None:
    told = [{"role": "guide", "alias": "Zurdo Quitumbe", "phone": "5550199"}]
    with scene.visit(scene.analyst, Act.FILE_INTERVIEW) as visit:
        scene.file(visit, held("f1", "es", "Nos llevó un hombre alto.", facilitators=told))
    assert scene.found(scene.analyst, "quitumbe") == {"f1"}
    assert scene.found(scene.officer(scene.holder, Role.VICTIM_SPECIALIST), "quitumbe") == set()


def test_a_correction_files_the_words_anew(scene: Scene) -> None:
    with scene.visit(scene.analyst, Act.FILE_INTERVIEW) as visit:
        made = scene.file(visit, held("c1", "es", "Pagamos al baquiano en el muelle."))
        again = Correction(held("c1", "es", "Pagamos al canoero."), "the word was another")
        occurrences.correct(visit, INTERVIEW, made.id, again, work.HOOKS)
    assert scene.found(scene.analyst, "baquiano") == set()
    assert scene.found(scene.analyst, "canoeros") == {"c1"}


def test_every_interview_found_leaves_a_line_on_the_trail(scene: Scene) -> None:
    with scene.visit(scene.analyst) as visit:
        found = work.search(visit, work.Question("coyote")).interviews
        noted = {note.object_id for note in visit.notes if note.act is Act.SEARCH_INTERVIEWS}
    assert {one.id for one in found} <= noted


def test_nobody_finds_what_he_may_not_open(scene: Scene) -> None:
    """Another party's analyst finds nothing, and roles without the class may not even ask."""
    stranger = scene.officer(scene.other, Role.ANALYST)
    assert scene.found(stranger, "coyote") == set()
    assert scene.found(stranger, "蛇头") == set()
    for role in (Role.VIEWER, Role.COORDINATOR, Role.FIELD_OFFICER, Role.PRESS_OFFICER):
        with pytest.raises(NotAllowed):
            scene.found(scene.officer(scene.holder, role), "coyote")
