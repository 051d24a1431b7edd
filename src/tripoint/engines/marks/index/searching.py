"""An index opened and asked: candidates by folds or pattern, ranked with what else is known, the best explained."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.marks import ranking
from tripoint.engines.marks.expanding import with_zeros
from tripoint.engines.marks.folding import ALPHABET, CHARACTERS
from tripoint.engines.marks.formats import warning
from tripoint.engines.marks.index import files, kernels
from tripoint.engines.marks.index.building import ASPECTS
from tripoint.engines.marks.index.files import REBUILD, IndexDamaged
from tripoint.engines.marks.pattern import LEAST_KNOWN, Pattern, Token, read_pattern
from tripoint.engines.marks.ranking import Described, Reason

Column = npt.NDArray[Any]
NAMES = ("head", "held", "text", "starts", "ids", "ids_starts", "raws", "raws_starts", *ASPECTS)
EXPLAINED = 200  # candidates that are weighed once more with all there is to say
MOST_GRAMS = 8
MOST_STATES = 63
HALVES = 2  # threads of a scan
MANY = 20_000  # rows that are weighed in threads


@dataclass(frozen=True, slots=True)
class Result:
    """One candidate: its id and serial as listed, what else is held, a score from 0 to 1, and why."""

    id: str
    serial: str
    held: Described
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The best candidates, how many there are in all, how many were looked at one by one, and how long it took."""

    results: tuple[Result, ...]
    found: int
    looked_at: int
    milliseconds: float
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkIndex:
    """An index opened, mapped and not read."""

    columns: dict[str, Column]
    words: dict[str, list[str]]
    rows: int

    def __len__(self) -> int:
        return self.rows

    def search(
        self, query: str, asked: Described | None = None, most: int = 20, *,
        edits: int | None = None, loose: bool = False,
    ) -> Answer:  # fmt: skip
        """The best `most` candidates for a question as typed (engines/marks/pattern.py), and what is known beside it.

        Raises ValueError where it cannot be read, Unbounded where it says too little; `loose` lets those through, which
        takes a second or two and finds very many.
        """
        began, asked = time.perf_counter(), asked or Described()
        pattern = read_pattern(query)
        pattern = pattern if edits is None else replace(pattern, edits=edits)
        if not loose:
            pattern.check_bounds(asked.make)
        rows, looked = self.rows_for(pattern, asked)
        results = self.best(pattern, asked, rows, most)
        told = warning(asked.make, pattern.plain, asked.year) if pattern.plain else None
        took = (time.perf_counter() - began) * 1000
        return Answer(results, len(rows), looked, round(took, 3), (told,) if told else ())

    def rows_for(self, pattern: Pattern, asked: Described) -> tuple[Column, int]:
        """The rows that may be meant, and how many were looked at one by one."""
        if pattern.tokens[0].run:
            return self.scanned(pattern, asked)
        found, looked = self.walked(pattern)
        number = pattern.plain
        for other in with_zeros(number) if number else ():
            more, seen = self.walked(read_pattern(f"~0{other}"))
            found, looked = np.union1d(found, more), looked + seen
        return found, looked + len(found)

    def walked(self, pattern: Pattern) -> tuple[Column, int]:
        """The rows within the edits of a pattern that does not begin with a run."""
        column = self.columns
        return kernels.walk(
            column["head"], column["starts"], column["text"], *tables(pattern, weighted=False), float(pattern.edits),
            kernels.SHOWN,
        )  # fmt: skip

    def scanned(self, pattern: Pattern, asked: Described) -> tuple[Column, int]:
        """The rows that fit a pattern with an open beginning: sifted by what stands in a row in it, then verified."""
        wanted = self.makes_wanted(pattern, asked)
        grams, width = grams_of(pattern)
        cuts = [len(self) * part // HALVES for part in range(HALVES + 1)]
        with ThreadPoolExecutor(HALVES) as threads:
            parts = list(threads.map(lambda span: self.scan_part(pattern, wanted, grams, width, *span), pairwise(cuts)))
        return np.concatenate([rows for rows, _ in parts]), sum(looked for _, looked in parts)

    def scan_part(
        self, pattern: Pattern, wanted: Column, grams: Column, width: int, first: int, last: int
    ) -> tuple[Column, int]:
        """The same for some of the rows."""
        column = self.columns
        head, makes = column["head"], column["make"]
        if len(pattern.tokens) <= MOST_STATES and not pattern.edits:
            takes, stays, skips, chain, final, sure = states_of(pattern)
            return kernels.fitting(
                head, column["starts"], column["text"], first, last, makes, wanted, grams, width, column["held"],
                needed_by(pattern), takes, stays, skips, chain, final, sure, kernels.FOLDED,
            )  # fmt: skip
        rows = kernels.sift(head, first, last, makes, wanted, grams, width)
        table = tables(pattern, weighted=False)
        found = kernels.verified(column["starts"], column["text"], rows, *table, float(pattern.edits))
        return found, len(rows)

    def makes_wanted(self, pattern: Pattern, asked: Described) -> Column:
        """Which makes are looked at: where the pattern alone says too little, the one asked for and marks of none."""
        if not asked.make or pattern.known >= LEAST_KNOWN:
            return np.ones(len(self.words["make"]), dtype=np.bool_)
        agree = (ranking.same_make(asked.make, held) > 0 if held else True for held in self.words["make"])
        return np.fromiter(agree, dtype=np.bool_, count=len(self.words["make"]))

    def best(self, pattern: Pattern, asked: Described, rows: Column, most: int) -> tuple[Result, ...]:
        """The best of some rows, explained."""
        if not len(rows):
            return ()
        column, prices = self.columns, self.prices(pattern, rows)
        worth = np.maximum(0.0, 1.0 - prices / ranking.span_of(pattern)) * ranking.NUMBER
        for name in ASPECTS:
            if getattr(asked, name) is not None:
                worth += self.worths(name, getattr(asked, name))[column[name][rows]] * ranking.WEIGHTS[name]
        kept = min(len(rows), max(EXPLAINED, 4 * most))
        first = np.argpartition(-worth, kept - 1)[:kept]
        found = (self.result(pattern, asked, int(rows[at]), float(prices[at])) for at in first)
        ordered = sorted(found, key=lambda one: (-one.score, one.serial, one.id))
        once = {(one.id, one.serial): one for one in reversed(ordered)}
        return tuple(sorted(once.values(), key=lambda one: (-one.score, one.serial, one.id)))[:most]

    def prices(self, pattern: Pattern, rows: Column) -> Column:
        """The weighted edit distance of some rows."""
        starts, text, table = self.columns["starts"], self.columns["text"], tables(pattern, weighted=True)

        def weighed(part: Column) -> Column:
            return kernels.weighed(starts, text, part, *table, ranking.SWAPPED, ranking.LEADING_ZERO)

        if len(rows) < MANY:
            return weighed(rows)
        with ThreadPoolExecutor(HALVES) as threads:
            return np.concatenate(list(threads.map(weighed, np.array_split(rows, HALVES))))

    def worths(self, name: str, asked: Any) -> Column:
        """What each word of an aspect counts beside the one asked for."""
        known = self.words[name]
        agreed = (ranking.agreement(name, asked, value_of(name, held)) for held in known)
        return np.fromiter((ranking.worth_of(one) for one in agreed), dtype=np.float64, count=len(known))

    def result(self, pattern: Pattern, asked: Described, row: int, price: float) -> Result:
        """One row explained."""
        begin, end = self.columns["starts"][row : row + 2].tolist()
        normal = "".join(CHARACTERS[one] for one in self.columns["text"][begin:end])
        held = Described(*(value_of(name, self.words[name][self.columns[name][row]]) for name in ASPECTS))
        found = ranking.rank(pattern, asked, normal, held, price)
        return Result(self.cell("ids", row), self.cell("raws", row) or normal, held, found.score, found.reasons)

    def cell(self, name: str, row: int) -> str:
        """A text of a row."""
        begin, end = self.columns[f"{name}_starts"][row : row + 2].tolist()
        return self.columns[name][begin:end].tobytes().decode("utf-8", "replace")

    @cached_property
    def size(self) -> int:
        """The bytes of all columns."""
        return sum(column.nbytes for column in self.columns.values())


def value_of(name: str, held: str) -> Any:
    """A word of an aspect as it is compared; None for the empty one."""
    return (int(held) if name == "year" else held) if held else None


def tables(pattern: Pattern, *, weighted: bool) -> tuple[Column, Column, Column]:
    """The pattern as the compiled comparison takes it."""
    costs, drops, runs = ranking.columns(pattern, weighted)
    return np.array(costs), np.array(drops), np.array(runs, dtype=np.bool_)


def grams_of(pattern: Pattern) -> tuple[Column, int]:
    """Packed neighbours of which every match holds one, and their width; 0 where there are none that tell enough.

    With edits the known row is cut into one piece more than there are edits: one of them at least is untouched.
    """
    begin, end = next(iter(pattern.known_runs), (0, 0))
    width = min((end - begin) // (pattern.edits + 1), kernels.HEAD)
    if width < LEAST_KNOWN - 1:
        return np.zeros(0, dtype=np.uint64), 0
    pieces = [pattern.tokens[at : at + width] for at in range(begin, begin + width * (pattern.edits + 1), width)]
    grams = {packed(one) for piece in pieces for one in product(*(sorted(token.folds) for token in piece))}
    if len(grams) > MOST_GRAMS:
        return np.zeros(0, dtype=np.uint64), 0
    return np.array(sorted(grams), dtype=np.uint64), width


def packed(folds: Sequence[str]) -> int:
    """Folds as one number."""
    value = 0
    for one in folds:
        value = value << kernels.BITS | (ALPHABET.index(one) + 1)
    return value


def states_of(pattern: Pattern) -> tuple[Column, Column, Any, int, Any, Any]:
    """The pattern as a row of states, a bit each (kernels.fitting)."""
    takes, stays = np.zeros(32, dtype=np.uint64), np.zeros(32, dtype=np.uint64)
    skips = chain = longest = 0
    for at, token in enumerate(pattern.tokens):
        for symbol in symbols_of(token):
            takes[symbol] |= np.uint64(1 << at)
            if token.run:
                stays[symbol] |= np.uint64(1 << (at + 1))
        chain = chain + 1 if token.optional else 0
        skips, longest = skips | (token.optional << at), max(longest, chain)
    final = np.uint64(1 << len(pattern.tokens))
    sure = np.bitwise_and.reduce(stays[1 : len(ALPHABET) + 1]) & final  # an open end takes whatever follows
    return takes, stays, np.uint64(skips), longest, final, sure


def needed_by(pattern: Pattern) -> Column:
    """Sets of folds, as bits by number, of each of which a number that fits has one; the rarest tell most."""
    told = (symbols_of(one) for one in pattern.tokens if one.folds and not one.optional and not one.run)
    return np.array(sorted({sum(1 << one for one in folds) for folds in told}), dtype=np.uint32)


def symbols_of(token: Token) -> list[int]:
    """The folds a token takes, by number."""
    return [ALPHABET.index(one) + 1 for one in (token.folds or ALPHABET)]


def open_index(folder: Path) -> MarkIndex:
    """The index in a folder. Raises IndexDamaged where it is none, cut short, foreign, or inconsistent."""
    columns, words, rows = files.read(folder, NAMES)
    check(columns, words, rows)
    return MarkIndex(columns, words, rows)


def check(columns: dict[str, Column], words: dict[str, list[str]], rows: int) -> None:
    """Raises IndexDamaged where a search could run beyond a column; that takes a look at all that point into others."""
    for name, target in (("starts", "text"), ("ids_starts", "ids"), ("raws_starts", "raws")):
        starts = columns[name]
        whole = len(starts) == rows + 1 and starts[0] == 0 and starts[-1] == len(columns[target])
        if not whole or np.any(starts[1:] < starts[:-1]):
            raise IndexDamaged(f"{name}.bin does not fit {target}.bin; {REBUILD}")
    uneven = not len(columns["head"]) == len(columns["held"]) == rows
    if uneven or (len(columns["text"]) and columns["text"].max() >= len(CHARACTERS)):
        raise IndexDamaged(f"head.bin, held.bin and text.bin do not fit each other; {REBUILD}")
    for name in ASPECTS:
        if len(columns[name]) != rows or (rows and columns[name].max() >= len(words.get(name, ()))):
            raise IndexDamaged(f"{name}.bin does not fit its words; {REBUILD}")
