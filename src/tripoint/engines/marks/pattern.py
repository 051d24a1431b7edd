"""The grammar of questions about marks: `A?4[8B3]*7`, `*{2,4}`, a leading `~1` or `~2` for edits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tripoint.engines.marks.folding import CHARACTERS, OTHER, cost, fold
from tripoint.engines.marks.reading import LONGEST_RAW
from tripoint.words.documents import plain_capitals
from tripoint.words.firearms.serials import LEAD, LONGEST_SERIAL

MOST_EDITS = 2
LEAST_KNOWN = 3  # characters that leave few enough numbers
FEW = 3  # candidates of a position that still tell something
TOLERANT = 1  # edits allowed where the question does not say: one slip of eye or hand
EDITS = re.compile(r"^~\s*(\d)?")
BOUNDS = re.compile(r"\{\s*(\d+)\s*(?:,\s*(\d*)\s*)?\}")
WILD = frozenset("?*[]{}")


class Unbounded(ValueError):
    """A pattern that says too little to be looked for at once."""


@dataclass(frozen=True, slots=True)
class Token:
    """One place of a question: the characters it may be (empty: any), whether it may be missing or stand for a run."""

    candidates: str = ""
    optional: bool = False
    run: bool = False

    @property
    def folds(self) -> frozenset[str]:
        """The folds it may be; empty for any."""
        return frozenset(fold(self.candidates))

    @property
    def known(self) -> bool:
        """Whether it tells something: a few characters, in one place."""
        return bool(self.candidates) and len(self.folds) <= FEW and not self.run and not self.optional


@dataclass(frozen=True)
class Pattern:
    """A question about a mark: its tokens in order, and how many edits are allowed. `written` is what was asked."""

    written: str
    tokens: tuple[Token, ...]
    edits: int = 0

    @property
    def plain(self) -> str | None:
        """The number asked for, where every place is one known character; else None."""
        single = all(len(one.candidates) == 1 and not one.run and not one.optional for one in self.tokens)
        return "".join(one.candidates for one in self.tokens) if single else None

    @property
    def longest(self) -> int | None:
        """The most characters that fit, edits apart; None where there is no limit."""
        return None if any(one.run for one in self.tokens) else len(self.tokens)

    @property
    def shortest(self) -> int:
        """The fewest characters that fit, edits apart."""
        return sum(not one.optional for one in self.tokens)

    @property
    def known(self) -> int:
        """How many places tell something."""
        return sum(one.known for one in self.tokens)

    @cached_property
    def known_runs(self) -> tuple[tuple[int, int], ...]:
        """Where known characters stand in a row: first place and the one after the last, the longest rows first."""
        found, begin = [], None
        for at, one in enumerate((*self.tokens, Token())):
            if one.known and begin is None:
                begin = at
            elif not one.known and begin is not None:
                found.append((begin, at))
                begin = None
        return tuple(sorted(found, key=lambda run: run[0] - run[1]))

    def check_bounds(self, make: str | None) -> None:
        """Raises Unbounded with the reason unless enough is known: a make, three characters (and three more for each
        edit), or a number whole or bounded in length with something known of it."""
        known = self.known
        wanted = LEAST_KNOWN * (self.edits + 1)
        if make or known >= wanted or self.plain is not None or (self.longest is not None and known > self.edits + 1):
            return
        raise Unbounded(
            f"is too loose to be looked for at once: it tells {known} of the characters; tell {wanted}, give the make, "
            f"or bound the length (*{{2,4}}) and tell {self.edits + 2}"
        )

    def costs(self, *, weighted: bool) -> list[float]:
        """What each of the 36 characters costs in each place, one place after another: by fold 0 or 1, or weighted."""
        return [price for one in self.tokens for price in prices(one, weighted)]

    def drops(self) -> list[float]:
        """What it costs to leave each place out."""
        return [0.0 if one.optional else 1.0 for one in self.tokens]

    def runs(self) -> list[bool]:
        """Which places may stand for a run."""
        return [one.run for one in self.tokens]

    def expression(self) -> str:
        """The pattern as a regular expression over folds, without edits."""
        return "^" + "".join(expressed(one) for one in self.tokens) + "$"


def prices(token: Token, weighted: bool) -> list[float]:
    """What each of the 36 characters costs in one place."""
    if not token.candidates:
        return [0.0] * len(CHARACTERS)
    if weighted:
        return [min(cost(each, one) for each in token.candidates) for one in CHARACTERS]
    folds = token.folds
    return [0.0 if fold(one) in folds else OTHER for one in CHARACTERS]


def expressed(token: Token) -> str:
    """One place as a regular expression."""
    folds = sorted(token.folds)
    one = "." if not folds else folds[0] if len(folds) == 1 else f"[{''.join(folds)}]"
    return one + ("*" if token.run else "?" if token.optional else "")


def read_pattern(text: str) -> Pattern:
    """A question as typed. Spaces, hyphens and other separators are passed over, as in the marks themselves.

    Without a leading `~` one edit is allowed where the whole number is given, and none with unknown places; `~0` allows
    none at all.
    Raises ValueError that says what is wrong and what to write.
    """
    if len(text) > LONGEST_RAW:
        raise ValueError(f"has {len(text)} characters; at most {LONGEST_RAW} are possible")
    said = EDITS.match(text.strip())
    edits = int(said[1] or TOLERANT) if said else None
    if edits is not None and edits > MOST_EDITS:
        raise ValueError(f"allows {edits} edits; ~1 or ~2 are possible")
    body = text.strip()[said.end() :] if said else LEAD.sub("", text)
    tokens = tuple(tokens_of(plain_capitals(body)))
    if not any(one.candidates for one in tokens):
        raise ValueError("holds no letter and no digit; give what can be read of the mark")
    if sum(not one.optional for one in tokens) > LONGEST_SERIAL or len(tokens) > 2 * LONGEST_SERIAL:
        raise ValueError(f"is longer than the {LONGEST_SERIAL} characters a mark may have")
    pattern = Pattern(text, tokens, edits or 0)
    return Pattern(text, tokens, TOLERANT) if edits is None and pattern.plain else pattern


def tokens_of(body: str) -> list[Token]:
    """The places of a pattern in capitals. Raises ValueError."""
    found: list[Token] = []
    at = 0
    while at < len(body):
        one = body[at]
        if one in CHARACTERS:
            found.append(Token(one))
        elif one == "?":
            found.append(Token())
        elif one == "*":
            run, at = run_at(body, at + 1)
            found += run
            continue
        elif one == "[":
            token, at = choice_at(body, at)
            found.append(token)
            continue
        elif one in WILD:
            raise ValueError(f"has a {one} without its beginning; write [8B3] for a choice, *{{2,4}} for a run")
        at += 1
    return found


def choice_at(body: str, at: int) -> tuple[Token, int]:
    """The choice in brackets at a place, and the place after it. Raises ValueError."""
    end = body.find("]", at)
    if end < 0:
        raise ValueError("has a [ that is not closed; write [8B3] for a choice of characters")
    inside = body[at + 1 : end]
    if WILD & set(inside):
        raise ValueError("has a sign within brackets; only letters and digits can be chosen from")
    chosen = "".join(dict.fromkeys(one for one in inside if one in CHARACTERS))
    if not chosen:
        raise ValueError("has empty brackets; write ? where any character may stand")
    return Token(chosen), end + 1


def run_at(body: str, at: int) -> tuple[list[Token], int]:
    """The run whose star stands before a place, and the place after it. Raises ValueError."""
    if body[at : at + 1] != "{":
        return [Token(optional=True, run=True)], at
    bounds = BOUNDS.match(body, at)
    if not bounds:
        raise ValueError("has a { without bounds; write *{2,4} for two to four characters, *{2,} for two or more")
    least = int(bounds[1])
    most = least if bounds[2] is None else int(bounds[2]) if bounds[2] else None
    if max(least, most or 0) > LONGEST_SERIAL or (most is not None and most < least):
        raise ValueError(f"has a run of {bounds[0]}; give the fewest first, and at most {LONGEST_SERIAL}")
    rest = [Token(optional=True, run=True)] if most is None else [Token(optional=True)] * (most - least)
    return [Token()] * least + rest, bounds.end()
