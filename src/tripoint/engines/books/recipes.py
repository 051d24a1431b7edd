"""The recipes as they stand in `rules/`, one file of SQL each with a head that says what it means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from tripoint.engines.books.model import Book, Parameter, Recipe, Value

BASE, FINDINGS = "-- base rate\n", "-- findings\n"
HEAD = ("rule", "name", "version", "sentence", "caution", "unit", "evidence", "needs", "people")


@cache
def recipes() -> tuple[Recipe, ...]:
    """All recipes in the order of their numbers."""
    folder = resources.files("tripoint.engines.books").joinpath("rules")
    texts = {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".sql")}
    return tuple(recipe_from(name, texts[name]) for name in sorted(texts))


def recipe_from(name: str, text: str) -> Recipe:
    """One recipe from its file. Raises ValueError naming what its head lacks."""
    head, _, rest = text.partition(BASE)
    base, _, findings = rest.partition(FINDINGS)
    said, parameters = heading(head)
    lacking = [key for key in HEAD if not said.get(key)]
    if lacking or not base.strip() or not findings.strip():
        raise ValueError(f"{name} lacks {', '.join(lacking) or 'a question'}")
    return Recipe(
        int(said["rule"]), said["name"], int(said["version"]), said["sentence"], said["caution"], said["unit"],
        said["evidence"], tuple(Book(one.strip()) for one in said["needs"].split(",")), said["people"] == "yes",
        tuple(parameters), query(base), query(findings),
    )  # fmt: skip


def heading(head: str) -> tuple[dict[str, str], list[Parameter]]:
    """The lines `-- key: value` of a head; parameters apart."""
    said: dict[str, str] = {}
    parameters = []
    for line in head.splitlines():
        key, _, value = line.removeprefix("-- ").partition(": ")
        if key == "parameter":
            parameters.append(parameter(value))
        elif value:
            said[key] = value
    return said, parameters


def parameter(text: str) -> Parameter:
    """`name = default | unit | meaning`."""
    choice, unit, meaning = (part.strip() for part in text.split("|", 2))
    name, default = (part.strip() for part in choice.split("=", 1))
    return Parameter(name, value_from(default), unit, meaning)


def value_from(text: str) -> Value:
    """A whole number, a number, or a text in single quotes."""
    if text.startswith("'"):
        return text.strip("'")
    return float(text) if "." in text else int(text)


def query(text: str) -> str:
    """A question without its closing semicolon."""
    return text.strip().rstrip(";")


def check_choices(chosen: Mapping[int, Mapping[str, Value]]) -> None:
    """Raises ValueError for a parameter that no rule has, naming those it has."""
    known = {one.number: {parameter.name for parameter in one.parameters} for one in recipes()}
    for number, values in chosen.items():
        for name in values:
            if name not in known.get(number, set()):
                has = ", ".join(sorted(known.get(number, set()))) or "none"
                raise ValueError(f"rule {number} has no parameter {name!r}; it has: {has}")
