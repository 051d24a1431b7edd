"""What a browser keeps and shows of the hub: nothing of records, neither in its storage nor in its addresses."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.hub import hub
from tripoint.base.embedded_postgres import Servers

WEB = Path(__file__).parents[2] / "web"
STORAGE = re.compile(r"\b(localStorage|sessionStorage|indexedDB|openDatabase|document\.cookie|caches\.open)\b")
RAW = re.compile(r"\{@html|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(")
INPUT, PASSWORD_OF = re.compile(r"<input[^>]*>"), re.compile(r"bind:value=\{[\w.]*[pP]assword[\w.]*\}")
# Which pages keep what: the language, the colours, and the ids of operation and post an officer stands at.
KEEPERS = {"shared/words.svelte.ts", "shared/theme.svelte.ts", "field/standing.svelte.ts"}
# The questions of the forms, which are everybody's; and reports that wait for a network, encrypted.
FORMS, VAULT = "shared/forms/definitions.svelte.ts", "field/reports/vault.ts"
# An enrolled phone keeps its key, which no script can read out, and the token that is worth nothing without it.
DEVICE = "field/device.ts"
# What OpenID Connect brings back in an address: a code and a state, each good once, in the browser that went.
BY_PROTOCOL = "/api/sign-in/issuer/"
# Text in an address that no shape holds to a code: where a list goes on, the fixed words of `/match`, charts by their
# names, editions by the names that everybody gives them, and what groups tables of traces and seizures.
WORDS_IN_ADDRESSES = {
    "after", "algorithm", "dataset", "chart", "edition", "first", "second", "band", "column", "row", "category",
    "family", "calibre", "make",
}  # fmt: skip
# What somebody might write where a code belongs: no shape of a code takes any of it.
SOMEBODYS = (
    "Mireldo Antuvelas", "mireldo antuvelas", "ANTUVELAS CORVEY", "+573001234567", "m.corvey@example.org",
    "Ana-Inventada", "the man at the gate, 17 May", "QX-4071862", "QX 4071862",
)  # fmt: skip


def sources() -> dict[str, str]:
    files = [path for place in ("room", "field", "look", "shared") for path in (WEB / place).rglob("*")]
    return {
        path.relative_to(WEB).as_posix(): path.read_text(encoding="utf-8")
        for path in files
        if path.suffix in {".ts", ".svelte", ".js"} and ".test." not in path.name
    }


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


def test_pages_keep_a_language_colours_and_a_place_and_nothing_else() -> None:
    assert {name for name, text in sources().items() if STORAGE.search(text)} - {DEVICE, FORMS, VAULT} == KEEPERS
    for name in KEEPERS:
        assert set(STORAGE.findall(sources()[name])) == {"localStorage"}
    kept = re.findall(r"setItem\(KEPT_AS, ([^;]*)\)", "".join(sources()[name] for name in KEEPERS))
    assert sorted(kept) == ["JSON.stringify(this.ids())", "language", "this.theme"]


def test_a_phone_keeps_a_key_that_cannot_be_read_out() -> None:
    text = sources()[DEVICE]
    assert set(STORAGE.findall(text)) == {"indexedDB", "localStorage"}
    assert set(re.findall(r"setItem\(KEPT_AS, ([^;]*)\)", text)) <= {"'here'", "'resting'"}
    made = re.findall(r"generateKey\(\{[^}]*\}, (true|false)", text)
    assert made
    assert set(made) == {"false"}, "the key must not be extractable"


def test_reports_that_wait_are_encrypted_by_a_key_that_cannot_be_read_out() -> None:
    text = sources()[VAULT]
    assert set(STORAGE.findall(text)) == {"indexedDB"}
    made = re.findall(r"generateKey\(\{[^}]*\}, (true|false)", text)
    assert made
    assert set(made) == {"false"}, "the key must not be extractable"
    assert "AES-GCM" in text


def test_pages_write_text_and_never_markup() -> None:
    assert [name for name, text in sources().items() if RAW.search(text)] == []


def test_passwords_are_typed_unseen_and_managers_may_fill_them() -> None:
    fields = [field for text in sources().values() for field in INPUT.findall(text) if PASSWORD_OF.search(field)]
    assert fields
    for field in fields:
        assert 'type="password"' in field, field
        assert re.search(r'autocomplete="(current|new)-password"', field), field
    assert [name for name, text in sources().items() if re.search(r"\bon:?(paste|copy)\b", text)] == []


def parameters(app: FastAPI) -> dict[str, dict[str, Any]]:
    return {
        parameter["name"]: parameter["schema"]
        for path, methods in app.openapi()["paths"].items()
        if not path.startswith(BY_PROTOCOL)
        for operation in methods.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] in ("query", "path")
    }


def is_text(schema: dict[str, Any]) -> bool:
    """Whether anything but a code may be written there: no list of codes, no format, no pattern that only codes fit."""
    kinds = [kind for kind in schema.get("anyOf", [schema]) if kind.get("type") == "string"]
    return any(not {"format", "enum", "const"} & set(kind) and takes_words(kind.get("pattern")) for kind in kinds)


def takes_words(pattern: str | None) -> bool:
    return pattern is None or any(re.search(pattern, words) for words in SOMEBODYS)


def test_addresses_hold_no_names_numbers_or_secrets(app: FastAPI) -> None:
    written = {name for name, schema in parameters(app).items() if is_text(schema)}
    assert written <= WORDS_IN_ADDRESSES, "hold it to a list or a pattern of codes"
    assert not {"password", "token", "code", "secret", "name", "number", "plate"} & set(parameters(app))


def test_a_shape_that_takes_words_is_seen() -> None:
    for loose in ({}, {"pattern": r"^[^\x00-\x1f]+$"}, {"pattern": r"^[a-z ]+$"}, {"pattern": r"^[A-Za-z0-9-]{1,40}$"}):
        assert is_text({"type": "string", **loose})
        assert is_text({"anyOf": [{"type": "string", **loose}, {"type": "null"}]})
    for tight in ({"format": "uuid"}, {"enum": ["a"]}, {"const": "a"}, {"pattern": r"^[A-Z0-9]{2,12}$"}):
        assert not is_text({"anyOf": [{"type": "string", **tight}, {"type": "null"}]})


def test_a_filter_of_reports_takes_codes_and_nothing_else(app: FastAPI) -> None:
    shapes = {one["name"]: one["schema"] for one in app.openapi()["paths"]["/api/{plural}"]["get"]["parameters"]}
    asked = {"operation", "party", "post", "from", "to", "state", "after", "limit", "plural"}
    assert len(shapes.keys() - asked) > 30
    assert [name for name in shapes.keys() - asked if is_text(shapes[name])] == []


def test_nothing_is_traced_back(app: FastAPI) -> None:
    client = TestClient(app, base_url="https://hub.test")
    for path in ("/", "/api/session", "/api/health", "/nothing"):
        for method in ("TRACE", "TRACK", "CONNECT"):
            assert client.request(method, path, headers={"x-mine": "echo"}).status_code in (404, 405)
            assert "echo" not in client.request(method, path, headers={"x-mine": "echo"}).text
