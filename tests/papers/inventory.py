"""Tables read from the source itself: where cryptography is used, and what a line of the log may hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.papers.items import ROOT
from tripoint.base.logs import ALLOWED

SOURCE = ROOT / "src" / "tripoint"
PRIMITIVES = {"argon2", "cryptography", "hashlib", "hmac", "joserfc", "pyotp", "secrets", "ssl", "webauthn"}
NO_SECRET = {"demo", "bulk"}  # nothing that runs in an operation


def cryptography() -> Iterator[str]:
    """Every module that uses cryptography, hashes or random secrets."""
    yield "| module | with | for |"
    yield "| --- | --- | --- |"
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        if place.parts[0] in NO_SECRET:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if used := sorted(imported(tree) & PRIMITIVES):
            yield f"| `{place.as_posix()}` | {', '.join(used)} | {first_sentence(tree)} |"


def imported(tree: ast.Module) -> set[str]:
    """The outermost names of what a module imports."""
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in named}


def first_sentence(tree: ast.Module) -> str:
    """The sentence with which a module opens."""
    return (ast.get_docstring(tree) or "").partition("\n\n")[0].replace("\n", " ").replace("|", "/")


def log_fields() -> Iterator[str]:
    """What a line of the log may hold."""
    yield ", ".join(f"`{name}`" for name in sorted(ALLOWED)) + "."

