"""`tripoint keys`: rotation that can be broken off, proof that everything opens, and sealing what stands in clear."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from tests.desks.checks.lists import list_record
from tests.hub import hub
from tests.town import Browser, as_owner, browser, employ, found, rows
from tripoint.access.model import Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.keyring import INDEX, KeyRing
from tripoint.doors import keys as commands
from tripoint.doors.cli import app as command_line
from tripoint.doors.upgrading import step_by_step
from tripoint.records.sealed import keeping
from tripoint.records.sealed.safe import Safe

OPENING = {"purpose": "identification", "reason": "to prove that it can be opened"}
VICTIM: dict[str, Any] = {"status": "victim", "births": ["1999-02-03"], "documents": [{"number": "KEY12345"}]}
Run = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def app(database: Servers, folder: Path) -> Generator[FastAPI]:
    app = hub(database, data=folder)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture
def ring(folder: Path) -> KeyRing:
    return KeyRing(folder / "keys")


@pytest.fixture
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def keeper(app: FastAPI, database: Servers, party: Party) -> Browser:
    return browser(app, employ(database, party, Role.LIAISON_OFFICER))


@pytest.fixture
def run(database: Servers, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TRIPOINT_DATABASE", database.app)
    monkeypatch.setenv("TRIPOINT_ADMIN_DATABASE", database.admin)
    monkeypatch.setenv("TRIPOINT_DATA", str(folder))

    def call(*words: str, expect: int = 0) -> str:
        result = CliRunner().invoke(command_line, ["keys", *words])
        assert result.exit_code == expect, result.output
        return result.output

    return call


def enter(keeper: Browser, *names: str) -> list[str]:
    return [
        keeper("POST", "/api/records/person", 201, json={"content": VICTIM | {"names": [{"full": name}]}})["id"]
        for name in names
    ]


def opened(keeper: Browser, record: str) -> str:
    answer = keeper("POST", f"/api/records/{record}/sealed/names/opening", json=OPENING)
    return str(answer["value"][0]["full"])


def looked_up(keeper: Browser) -> int:
    return len(keeper("POST", "/api/records/sealed/lookup", json=OPENING | {"number": "KEY12345"})["found"])


def test_a_rotation_wraps_anew_and_everything_opens(
    run: Run, ring: KeyRing, party: Party, keeper: Browser, database: Servers
) -> None:
    records = enter(keeper, "Una Inventada", "Dos Inventada")
    before = ring.current(party.code)
    assert f"{party.code}: key 1 is forgotten." in run("rotate", "--party", party.code)
    assert [key.number for key in ring.keys(party.code)] == [2]
    assert ring.current(party.code).secret != before.secret
    assert [opened(keeper, record) for record in records] == ["Una Inventada", "Dos Inventada"]
    with as_owner(database) as owner:
        used = rows(owner, "select distinct owner_key from data_key where owner = %(n)s", n=party.number)
        noted = rows(owner, "select count(*) from audit where act = 'rotate_key' and party = %(n)s", n=party.number)
    assert (used, noted) == ([(2,)], [(1,)])
    assert party.code in run("status", "--party", party.code)
    run("rotate", "--party", party.code, "--older-than", "30")
    assert [key.number for key in ring.keys(party.code)] == [2]


def test_a_rotation_that_was_broken_off_goes_on(
    run: Run, ring: KeyRing, party: Party, keeper: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = enter(keeper, *(f"Nadie {word}" for word in ("uno", "dos", "tres", "cuatro")))
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    with monkeypatch.context() as broken:
        broken.setattr(commands, "step_by_step", broken_off(step_by_step))
        run("rotate", "--party", party.code, expect=130)
    assert [key.number for key in ring.keys(party.code)] == [1, 2]
    assert opened(keeper, records[0])
    assert opened(keeper, records[3])
    run("rotate", "--party", party.code)
    assert [key.number for key in ring.keys(party.code)] == [2]
    assert [opened(keeper, record)[:5] for record in records] == ["Nadie"] * 4


def broken_off(real: Callable[..., int]) -> Callable[..., int]:
    """The same work, interrupted after two steps."""

    def work(engine: Any, keys: Any, party: Any, step: Any, what: str) -> int:
        steps = iter(range(10))

        def limited(safe: Safe, after: UUID) -> tuple[UUID | None, int]:
            if next(steps) == 2:
                raise KeyboardInterrupt
            done: tuple[UUID | None, int] = step(safe, after)
            return done

        return real(engine, keys, party, limited, what)

    return work


def test_index_keys_are_rotated_while_lookups_go_on(run: Run, ring: KeyRing, keeper: Browser) -> None:
    enter(keeper, "Tres Inventada")
    assert looked_up(keeper) == 1
    number = ring.current(INDEX).number
    ring.rotate(INDEX)
    assert looked_up(keeper) == 1  # under the earlier key, while both are kept
    enter(keeper, "Cuatro Inventada")
    assert looked_up(keeper) == 2
    assert f"Index key {number} is forgotten." in run("rotate", "--index")
    assert [key.number for key in ring.keys(INDEX)] == [number + 1]
    assert looked_up(keeper) == 2


def test_the_check_names_the_record_whose_key_is_gone(
    run: Run, ring: KeyRing, party: Party, keeper: Browser, database: Servers
) -> None:
    whole, dead = enter(keeper, "Cinco Inventada", "Seis Inventada")
    assert "can be opened" in run("check", "--party", party.code)
    with as_owner(database) as owner:
        ((slot,),) = rows(owner, "select slot from data_key where record = %(id)s", id=dead)
    ring.destroy([slot])
    said = run("check", "--party", party.code, expect=1)
    assert dead in said.replace("\n", "")
    assert whole not in said
    assert "do not open" in run("rotate", "--party", party.code)
    assert opened(keeper, whole) == "Cinco Inventada"


def test_who_stands_in_clear_is_sealed(
    run: Run, party: Party, keeper: Browser, database: Servers, app: FastAPI
) -> None:
    engine = app.state.door.engine
    content = VICTIM | {"names": [{"full": "Clarissa Abierta"}], "source_key": "C-1"}
    victim = list_record(engine, party, "person", content)
    wanted = list_record(engine, party, "person", content | {"status": "wanted", "names": [{"full": "Otro Abierto"}]})
    assert f"{party.code}: 1 persons sealed" in run("seal", "--party", party.code)
    with as_owner(database) as owner:
        held = "".join(str(rows(owner, f"select x::text from {table} x")) for table in ("person", "person_document"))
    assert "Clarissa" not in held
    assert "Otro Abierto" in held
    assert opened(keeper, str(victim)) == "Clarissa Abierta"
    assert wanted
    assert "persons sealed" not in run("seal", "--party", party.code)
