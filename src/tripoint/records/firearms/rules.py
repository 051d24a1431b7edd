"""Pure decisions about recovered firearms: keys of a mark, what is worth telling, what each party learns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tripoint.base.errors import BadInput
from tripoint.engines.marks.pattern import FEW, Pattern, Token, read_pattern
from tripoint.engines.marks.ranking import Described, Ranked, agreement, rank, slips
from tripoint.engines.marks.reading import LONGEST_RAW, script_of
from tripoint.records.firearms.model import Json, Pair, Side
from tripoint.records.model import Audience, AudienceKind, Level, Terms
from tripoint.words.firearms.calibres import read_calibre
from tripoint.words.firearms.makes import make_id, model_id
from tripoint.words.firearms.recovery import MARKS_AS_SERIALS, MarkKind, ReadingMethod

LEAST_KNOWN = 3  # characters of a beginning or an end by which all listed marks are looked through
LEAST_OF_ALL = 4  # characters known anywhere, for a meeting by unknown places to be told
TAKEN = (
    "acquired_by", "type", "country_of_manufacture", "made_in", "importer", "import_country", "import_year",
    "marked_status", "place", "item",
)  # fmt: skip
FULL, POINTER, BLIND = Level.FULL.value, Level.POINTER.value, Level.BLIND.value


@dataclass(frozen=True, slots=True)
class MarkKeys:
    """How a recovered mark is met: whole (no expression), or by an expression and what it leaves of folds."""

    expression: str | None = None
    low: str | None = None
    high: str | None = None
    reversed: bool = False


def pattern_in(reading: str, field: str) -> Pattern:
    """A mark as the examiner reads it: `?` for what is ground off, `[8B]` for what it may be. Raises BadInput."""
    try:
        pattern = read_pattern(reading)
    except ValueError as error:
        raise BadInput(
            f"The mark {error}.", field=field, remedy="Write it as stamped; ? for unknown places, [8B] for a choice."
        ) from error
    return replace(pattern, edits=0) if pattern.plain is None else pattern


def keys_of(pattern: Pattern) -> MarkKeys:
    """The keys by which a mark is met. Raises nothing."""
    if pattern.plain is not None:
        return MarkKeys()
    first, last = beginning(pattern.tokens), beginning(pattern.tokens[::-1])
    longer, backwards = (last, True) if len(last) > len(first) else (first, False)
    if len(longer) < LEAST_KNOWN:
        return MarkKeys(pattern.expression())
    return MarkKeys(pattern.expression(), longer, longer + "~", backwards)


def beginning(tokens: tuple[Token, ...]) -> str:
    """The folds with which whatever fits begins."""
    found = ""
    for one in tokens:
        if len(one.folds) != 1 or one.optional or one.run:
            break
        found += next(iter(one.folds))
    return found


def mark_row(mark: Mapping[str, Any], place: int) -> Json:
    """The columns of a mark as the form gives it, with its reading position by position. Raises BadInput."""
    raw, field = str(mark["reading"])[:LONGEST_RAW], f"values.marks.{place}.reading"
    kind = MarkKind(mark.get("kind", MarkKind.SERIAL))
    searched = kind in MARKS_AS_SERIALS
    pattern = pattern_in(raw, field) if searched else None
    normal = pattern.plain or "" if pattern else ""  # what is not whole has no number to be taken for
    return {
        "kind": kind.value, "place": mark.get("place"), "raw": raw, "script": script_of(raw).value, "normal": normal,
        "readings": readings_of(pattern, mark) if pattern else [], "pattern": pattern,
    }  # fmt: skip


def readings_of(pattern: Pattern, mark: Mapping[str, Any]) -> list[Json]:
    """What was read at each position, from 1: the characters it may be, none where it is ground off."""
    known = {
        "confidence": mark.get("confidence"), "examiner": mark.get("examiner"),
        "method": mark.get("method", ReadingMethod.VISUAL.value),
    }  # fmt: skip
    said = {name: value for name, value in known.items() if value is not None}
    return [
        {"position": at, "candidates": one.candidates, **({"run": True} if one.run else {}), **said}
        for at, one in enumerate(pattern.tokens, 1)
    ]


def facts_of(values: Mapping[str, Any]) -> Json:
    """The columns that a recovery's values give; calibre and make with what they mean."""
    calibre = read_calibre(str(values["calibre"])) if values.get("calibre") else None
    make = make_id(str(values["make"])) if values.get("make") else None
    model = str(values["model"]) if values.get("model") else None
    return {
        "make_text": values.get("make"), "make_id": make, "model_text": model,
        "model_id": model_id(make, model) if model else None, "calibre_text": values.get("calibre"),
        "calibre_id": calibre.calibre_id if calibre else None, "bore_family": calibre.family if calibre else None,
        "calibre_confidence": calibre.confidence if calibre else None,
        **{name: values.get(name) for name in TAKEN},
        **{name: values.get(name) is True for name in ("converted", "deactivated", "privately_made")},
        **{name: list(values.get(name, ())) for name in ("illicit_grounds", "crime_codes")},
        "seizure": uuid_in(values.get("seizure")),
    }  # fmt: skip


def uuid_in(said: Any) -> UUID | None:
    """The id of the seizure that a recovery belongs to. Raises BadInput."""
    try:
        return UUID(str(said)) if said else None
    except ValueError:
        raise BadInput("That is no id of a seizure.", field="values.seizure", remedy="Give the report's id.") from None


def terms_of(readers: Audience, values: Mapping[str, Any]) -> Terms:
    """The terms of a recovery: its body's readers, and whose listed firearms may meet it; all, unless it says."""
    meets = values.get("meets", "everyone")
    meeting = {"everyone": Audience(AudienceKind.EVERYONE), "readers": readers, "own": Audience()}[meets]
    return Terms(readers=readers, meeting=meeting, level=Level(values.get("tells", FULL)))


def judged(pair: Pair, held: Described) -> Ranked | None:
    """How well a pair goes together, where it is worth telling; None where it is not.

    The same number, or one that looks the same, always is. One slip away, or with unknown places and little known, only
    where make or calibre speaks for it: near numbers are mostly chance.
    """
    pattern = pattern_in(pair.reading, "marks")
    asked = Described(**pair.asked)
    apart = slips(pattern, pair.normal)
    if apart is None:
        return None
    known = sum(1 for one in pattern.tokens if one.candidates and len(one.folds) <= FEW)
    if (apart or known < LEAST_OF_ALL) and not speaks_for(asked, held):
        return None
    return rank(pattern, asked, pair.normal, held)


def speaks_for(asked: Described, held: Described) -> bool:
    """Whether make or calibre agree, and neither contradicts."""
    worths = [
        agreement(name, getattr(asked, name), getattr(held, name))
        for name in ("make", "calibre") if getattr(asked, name) is not None
    ]  # fmt: skip
    told = [worth for worth in worths if worth is not None]
    return bool(told) and max(told) >= 0.5 and min(told) > 0


def halves_of(pair: Pair, held: Json, ranked: Ranked) -> list[Json]:
    """What each party is told of a meeting; a party that may learn nothing has no half."""
    reasons = [{"code": one.code, "words": one.words, "weight": one.weight} for one in ranked.reasons]
    both = {"reasons": reasons, "reading": pair.reading, "normal": pair.normal}
    recovery = {"recovered": {**pair.asked, "reading": pair.reading}, "recovery": str(pair.recovered)}
    record = {"listed": held, "record": str(pair.listed)}
    to_lister = half(Side.LISTED, pair.listed_owner, pair.listed, pair.recovered_owner, pair.recovered_level,
                     {**both, **recovery, **record})  # fmt: skip
    if pair.listed_owner == pair.recovered_owner:
        return [to_lister]
    to_recoverer = half(Side.RECOVERED, pair.recovered_owner, pair.recovered, pair.listed_owner, pair.listed_level,
                        {**both, **recovery, **record})  # fmt: skip
    return [one for one in (to_lister, to_recoverer) if one["level"] in (FULL, POINTER)]


def half(side: Side, party: int, own: UUID, other: int, level: str, content: Json) -> Json:
    """One party's half; at `pointer` it says that there is a meeting, with whom, and nothing of the other's."""
    told = content if level == FULL else {}
    return {
        "party": party, "side": side.value, "own": str(own), "other_party": other, "level": level, "content": told,
    }  # fmt: skip


