"""Tables read from the source itself: where cryptography is used, and what a line of the log may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tests.papers.items import ROOT
from tripoint.base.logs import ALLOWED

SOURCE = ROOT / "src" / "tripoint"
PRIMITIVES = {"argon2", "cryptography", "hashlib", "hmac", "joserfc", "pyotp", "secrets", "ssl", "webauthn"}
IMPORTED = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
NO_SECRET = {"demo", "bulk"}  # nothing that runs in an operation


def cryptography() -> Iterator[str]:
    """Every module that uses cryptography, hashes or random secrets."""
    yield "| module | with | for |"
    yield "| --- | --- | --- |"
    for place, text in modules():
        if used := sorted(imported(text) & PRIMITIVES):
            yield f"| `{place}` | {', '.join(used)} | {first_sentence(text)} |"


@cache
def modules() -> tuple[tuple[str, str], ...]:
    """Place and text of every module that runs in an operation."""
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if path.relative_to(SOURCE).parts[0] not in NO_SECRET]
    return tuple((path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def imported(text: str) -> set[str]:
    """The outermost names of what a module imports, wherever it does."""
    return set(IMPORTED.findall(text))


def first_sentence(text: str) -> str:
    """The sentence with which a module opens."""
    return text.removeprefix('"""').partition('"""')[0].partition("\n\n")[0].replace("\n", " ").replace("|", "/")


def log_fields() -> Iterator[str]:
    """What a line of the log may hold."""
    yield ", ".join(f"`{name}`" for name in sorted(ALLOWED)) + "."

