"""The index as a web process holds it: never a silence that looks like nobody."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from tests.desks.checks.lists import NOBODY, list_record
from tests.found import folder_of, follow
from tests.town import as_owner, found
from tripoint.access.lookup import MaybePersons
from tripoint.access.model import Party
from tripoint.base.database import INDEX_ROLE, make_engine, stand_under
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import Conflict, QueryFailed
from tripoint.records.codec import description_from_json
from tripoint.records.indexing import follower as following_up, work
from tripoint.records.indexing.engine import open_writer
from tripoint.records.indexing.folder import SILENT, STATUS, Folder
from tripoint.records.indexing.follower import Follower, follow_once
from tripoint.records.indexing.held import NOT_ALL, PersonIndex
from tripoint.records.indexing.model import State, Status

ANA: dict[str, Any] = {
    "names": [{"full": "Mireldo Antuvelas Corvey"}], "births": ["1976-05-12"], "nationalities": ["COL"],
}  # fmt: skip


def ask(index: PersonIndex, party: Party) -> MaybePersons:
    index._looked = float("-inf")
    return index.search(description_from_json(ANA), party.number, 10, 0.3)


def listed(engine: Engine, party: Party, **how: Any) -> UUID:
    which = list_record(engine, party, "person", ANA, **how)
    follow(engine)
    return which


def test_each_party_finds_what_it_may_meet(engine: Engine, database: Servers) -> None:
    owner, asker = found(database), found(database)
    told, hidden = listed(engine, owner), listed(engine, owner, meeting=NOBODY)
    blind = listed(engine, owner, level="blind")
    index = PersonIndex(folder_of(engine))
    assert set(ask(index, asker).ids) == {told, blind}
    assert set(ask(index, owner).ids) == {told, hidden, blind}
    follow(engine)  # nobody followed meanwhile
    assert ask(index, asker).late is None


def test_before_there_is_an_index_it_is_said(tmp_path: Path, database: Servers) -> None:
    index = PersonIndex(tmp_path)
    with pytest.raises(QueryFailed):
        ask(index, found(database))
    assert index.state() is State.ABSENT


def test_a_silent_follower_is_told(engine: Engine, database: Servers) -> None:
    owner = found(database)
    which = listed(engine, owner)
    index = PersonIndex(folder_of(engine), clock=lambda: time.time() + SILENT + 1)
    assert which in ask(index, owner).ids
    assert ask(index, owner).late == NOT_ALL
    assert index.state() is State.BEHIND


def test_another_partys_load_is_no_silence(
    database: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that takes long goes on breathing; one that never ends does not, nor one without a database."""
    monkeypatch.setattr(following_up, "BREATH", 0.01)
    reading = make_engine(database.index, role=INDEX_ROLE, pool=1)
    follower, stop, goes_on = Follower.begin(reading, tmp_path), threading.Event(), threading.Event()
    while follower.step():
        pass
    monkeypatch.setattr(Follower, "step", lambda _: goes_on.wait(60) and False)
    status = tmp_path / STATUS
    os.utime(status, (1, 1))
    working = threading.Thread(target=follower.run, args=(stop, Impatient()))
    working.start()
    until(lambda: status.stat().st_mtime > 1)
    assert Folder(tmp_path).status().state is State.READY
    for began in (float("-inf"), None):
        follower._began = began
        time.sleep(0.05)  # a breath already drawn
        os.utime(status, (1, 1))
        time.sleep(0.05)
        assert Folder(tmp_path).status().state is State.BEHIND
    stop.set()
    goes_on.set()
    working.join()
    follower.close()
    reading.dispose()


class Impatient:
    """A bell that nobody waits for."""

    def wait(self, seconds: float) -> None:
        return


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_large_list_on_its_way_is_told_to_whom_may_know_of_it(engine: Engine, database: Servers) -> None:
    owner, asker = found(database), found(database)
    listed(engine, owner)
    hidden = listed(engine, owner, meeting=NOBODY)
    with as_owner(database) as session:
        stand_under(session, owner.number)
        ((terms,),) = session.exec_driver_sql("select terms from person where id = %(id)s", {"id": hidden}).all()
    folder = Folder(folder_of(engine))
    folder.say(Status(State.READY, late_terms=(terms,)))
    index = PersonIndex(folder.path)
    assert ask(index, asker).late is None
    assert ask(index, owner).late == NOT_ALL


def test_one_writer_at_a_time(engine: Engine, database: Servers, tmp_path: Path) -> None:
    reading = make_engine(database.index, role=INDEX_ROLE, pool=1)
    first = Follower.begin(reading, tmp_path)
    with pytest.raises(Conflict):
        Follower.begin(reading, tmp_path)
    first.close()
    follow_once(reading, tmp_path)
    reading.dispose()


def test_a_damaged_index_is_built_anew_and_another_database_is_noticed(
    engine: Engine, database: Servers, tmp_path: Path
) -> None:
    owner = found(database)
    which = listed(engine, owner)
    reading = make_engine(database.index, role=INDEX_ROLE, pool=1)
    follow_once(reading, tmp_path)
    assert work.verify(reading, tmp_path) == []
    for damage in (cut_short, of_another_database):
        damage(in_use(tmp_path))
        assert work.verify(reading, tmp_path)
        follow_once(reading, tmp_path)
        assert work.verify(reading, tmp_path) == []
        assert which in ask(PersonIndex(tmp_path), owner).ids
    assert len(Folder(tmp_path).generations()) == 1
    assert oct(os.stat(tmp_path).st_mode)[-3:] == "700"
    reading.dispose()


def in_use(path: Path) -> Path:
    current = Folder(path).current()
    assert current is not None
    return current


def cut_short(generation: Path) -> None:
    manifest = generation / "manifest.json"
    manifest.write_text(manifest.read_text()[:-9])


def of_another_database(generation: Path) -> None:
    writer = open_writer(generation)
    writer.flush(writer.note.replace("/", "7/", 1))
    writer.close()


def test_a_rebuilding_is_put_in_use_when_it_is_whole(engine: Engine, database: Servers, tmp_path: Path) -> None:
    owner = found(database)
    which = listed(engine, owner)
    reading = make_engine(database.index, role=INDEX_ROLE, pool=1)
    follow_once(reading, tmp_path)
    index, before = PersonIndex(tmp_path), Folder(tmp_path).current()
    assert which in ask(index, owner).ids
    Folder(tmp_path).ask_rebuild()
    follow_once(reading, tmp_path)
    assert Folder(tmp_path).current() != before
    assert which in ask(index, owner).ids
    reading.dispose()
