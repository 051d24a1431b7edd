"""How well a mark found is the one asked for: number, make, model, calibre, type, year weighed, each with its reason.

A score orders candidates. It never says that a firearm is the one: duplicates are legal, near numbers mostly chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tripoint.engines.marks.aligning import FAR, align
from tripoint.engines.marks.folding import CHARACTERS
from tripoint.engines.marks.formats import fits
from tripoint.engines.marks.pattern import Pattern
from tripoint.words.firearms import calibres, types
from tripoint.words.firearms.makes import plain
from tripoint.words.firearms.serials import normalise_make

SWAPPED, LEADING_ZERO = 0.75, 0.25  # two neighbours exchanged; a zero before the number, or one less
# What each aspect weighs among those that were asked for. The number counts most, and the make tells who numbered.
NUMBER, FORMAT = 0.55, 0.03
WEIGHTS = {"make": 0.25, "model": 0.07, "calibre": 0.13, "type": 0.05, "year": 0.05}
REASONS = (  # every code a reason may bear: pages have a word for each
    "fits", "same_number", "leading_zeros", "confused_number", "other_number", "near_number", "strange_format",
    *(f"{how}_{name}" for name in WEIGHTS for how in ("same", "like", "other")),
    *(f"{name}_unknown" for name in WEIGHTS),
)  # fmt: skip
NOT_HELD, SIMILAR = 0.4, 0.6  # what an aspect counts that the record does not tell, and a model told shorter
LEAST_SPAN, SPAN_SHARE = 2.0, 0.35  # slips that leave nothing of a number: a third of its characters, at least two
NEAR_YEARS = 3


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a firearm beside its number; anything may be missing."""

    make: str | None = None
    model: str | None = None
    calibre: str | None = None
    type: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: a code, a sentence, and what it adds to the score."""

    code: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A score from 0 to 1, and the reasons."""

    score: float
    reasons: tuple[Reason, ...]


def places_of(normal: str) -> list[int]:
    """The characters of a normalised number as their places in CHARACTERS."""
    return [CHARACTERS.index(one) for one in normal]


def slips(pattern: Pattern, normal: str) -> int | None:
    """How many edits lie between a question and a number by their folds; None for more than the question allows."""
    found = aligned(pattern, normal, weighted=False, most=float(pattern.edits))
    return None if found >= FAR else round(found)


def weight_of_slips(pattern: Pattern, normal: str) -> float:
    """The weighted edit distance: 0.25 within a class of look-alikes, 0.5 for a known confusion, else 1."""
    return aligned(pattern, normal, weighted=True, most=FAR)


def aligned(pattern: Pattern, normal: str, *, weighted: bool, most: float) -> float:
    """The cost of the best alignment, by folds or weighted."""
    costs, drops, runs = columns(pattern, weighted)
    text, rows = places_of(normal), [0.0] * (3 * (len(drops) + 1))
    swap, zero = (SWAPPED, LEADING_ZERO) if weighted else (1.0, 1.0)
    return align(costs, drops, runs, len(drops), text, 0, len(text), swap, zero, most, rows)


@lru_cache(64)
def columns(pattern: Pattern, weighted: bool) -> tuple[list[float], list[float], list[bool]]:
    """The pattern as numbers; a leading zero of the question may be left out cheaply where costs are weighted."""
    drops = pattern.drops()
    for at, one in enumerate(pattern.tokens if weighted else ()):
        if one.candidates != "0":
            break
        drops[at] = LEADING_ZERO
    return pattern.costs(weighted=weighted), drops, pattern.runs()


def rank(pattern: Pattern, asked: Described, normal: str, held: Described, price: float | None = None) -> Ranked:
    """The score of one mark and why. `price` is its weighted edit distance where that is known already."""
    price = weight_of_slips(pattern, normal) if price is None else price
    found = [(NUMBER, number_worth(pattern, price), *number_reason(pattern, normal))]
    for name, weight in WEIGHTS.items():
        one, other = getattr(asked, name), getattr(held, name)
        if one is not None:
            worth = agreement(name, one, other)
            found.append((weight, worth_of(worth), *aspect_reason(name, other, worth)))
    whole = sum(weight for weight, *_ in found)
    score = sum(weight * worth for weight, worth, *_ in found) / whole
    reasons = [Reason(code, words, round(weight * worth / whole, 4)) for weight, worth, code, words in found]
    known = fits(held.make, normal)
    if known is False:
        score *= 1 - FORMAT
        words = "the number is impossible for its make, by the table of formats"
        reasons.append(Reason("strange_format", words, -FORMAT))
    return Ranked(round(score, 4), tuple(reasons))


def number_worth(pattern: Pattern, price: float) -> float:
    """What the number counts by its weighted distance, 0 to 1: of a short one less is left than of a long one."""
    return max(0.0, 1.0 - price / span_of(pattern))


def span_of(pattern: Pattern) -> float:
    """The weighted distance at which nothing of a number is left."""
    return max(LEAST_SPAN, SPAN_SHARE * pattern.shortest)


def worth_of(agreement: float | None) -> float:
    """What an aspect counts by its agreement."""
    return NOT_HELD if agreement is None else agreement


def number_reason(pattern: Pattern, normal: str) -> tuple[str, str]:
    """How the number stands to the question: a code, and in words."""
    asked, distance = pattern.plain, slips(pattern, normal)
    if asked is None and distance == 0:
        return "fits", "the number fits what was asked"
    if asked == normal:
        return "same_number", "the number is the same"
    if asked and asked.lstrip("0") == normal.lstrip("0"):
        return "leading_zeros", "the number is the same but for leading zeros"
    if asked and distance == 0:
        return "confused_number", f"the same but for characters that look alike: {changed(asked, normal)}"
    if distance is None:
        return "other_number", f"the number is {normal}"
    edits = "one edit" if distance == 1 else f"{distance} edits"
    return "near_number", f"{edits} away: asked {asked or pattern.written.strip()}, held {normal}"


def changed(asked: str, held: str) -> str:
    """Which characters differ between two numbers of one length."""
    pairs = ((at, one, other) for at, (one, other) in enumerate(zip(asked, held, strict=False), 1) if one != other)
    return ", ".join(f"{other} for {one} in place {at}" for at, one, other in pairs)


def agreement(name: str, asked: str | int, held: str | int | None) -> float | None:
    """How well an aspect agrees, 0 to 1; None where the record does not tell it, or tells nothing we know."""
    if held is None:
        return None
    if name == "year":
        apart = abs(int(asked) - int(held))
        return 1.0 if apart <= 1 else SIMILAR if apart <= NEAR_YEARS else 0.0
    return TEXTS[name](str(asked), str(held))


def same_make(asked: str, held: str) -> float:
    """1 for the same make by the name records agree on."""
    return float(normalise_make(asked) == normalise_make(held))


def same_model(asked: str, held: str) -> float:
    """1 for the same model, less where one is the beginning of the other."""
    one, other = plain(asked), plain(held)
    return 1.0 if one == other else SIMILAR if one.startswith(other) or other.startswith(one) else 0.0


def same_calibre(asked: str, held: str) -> float | None:
    """How well two calibres as marked go together (words/firearms/calibres.py); the same words always do."""
    if asked.strip().casefold() == held.strip().casefold():
        return 1.0
    return calibres.agree(calibres.read_calibre(asked), calibres.read_calibre(held))


TEXTS = {"make": same_make, "model": same_model, "calibre": same_calibre, "type": types.agree}


def aspect_reason(name: str, held: str | int | None, worth: float | None) -> tuple[str, str]:
    """How one aspect stands to the question: a code, and in words."""
    if worth is None:
        told = "is not held" if held is None else f"held, {held}, cannot be compared"
        return f"{name}_unknown", f"the {name} {told}"
    if worth >= 1:
        return f"same_{name}", f"the {name} is the same"
    if worth > 0:
        return f"like_{name}", f"the {name} held, {held}, goes with the one asked in part"
    return f"other_{name}", f"the {name} differs: {held}"
