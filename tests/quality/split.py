"""A split of the labelled pairs by entity, so that nothing tuned on one fold has met the people of another."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from tests.quality.pairs import TOKEN_SETS, Row

NO_LETTER = re.compile(r"[\W_]+")


def fold(rows: Sequence[Row], folds: int = 5) -> list[int]:
    """The fold of each row, 0 to folds - 1, the same at every call with the same rows: give it the whole file.

    Names that a positive pair joins are one entity, and so are all names joined through others, across sets. In the
    sets composed of two tokens every token of a positive pair is joined, for the same token may recur in other pairs.
    A row belongs to the entity of its first name. A negative row may thus name, as its second, a person of another
    fold: never together with that person's own other names.
    """
    entities = Entities()
    for row in rows:
        if row.same:
            entities.join(parts(row))
    return [digest(entities.find(parts(row)[0])) % folds for row in rows]


def half(rows: Sequence[Row], held_out: int = 0, folds: int = 5) -> tuple[list[Row], list[Row]]:
    """The rows to tune on, and the rows of the fold held out."""
    where = fold(rows, folds)
    tuning = [row for row, at in zip(rows, where, strict=True) if at != held_out]
    return tuning, [row for row, at in zip(rows, where, strict=True) if at == held_out]


def parts(row: Row) -> list[str]:
    """What stands for the entity of a row: its two names, or in composed sets every token."""
    if row.group in TOKEN_SETS:
        return [token for name in (row.name1, row.name2) for token in words(name)]
    return [" ".join(sorted(words(name))) for name in (row.name1, row.name2)]


def words(name: str) -> list[str]:
    """The words of a name without case, marks and signs; the name itself where nothing else is left."""
    marked = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(" " if not letter.isalnum() else letter for letter in marked if not unicodedata.combining(letter))
    return NO_LETTER.sub(" ", plain).split() or [name]


def digest(entity: str) -> int:
    """A number that depends on the entity alone, not on the run."""
    return int.from_bytes(hashlib.sha256(entity.encode()).digest()[:8], "big")


class Entities:
    """Sets of names joined to each other (union-find); each set is called by its first name in the alphabet."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}

    def find(self, name: str) -> str:
        """What the set of a name is called; a name not met before is a set of its own."""
        while (parent := self.parents.setdefault(name, name)) != name:
            self.parents[name] = name = self.parents[parent]
        return name

    def join(self, names: Sequence[str]) -> None:
        """Make one set of the sets of all these names."""
        roots = {self.find(name) for name in names}
        first = min(roots)
        for root in roots:
            self.parents[root] = first
