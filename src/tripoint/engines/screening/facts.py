"""The compiled comparison of births, nationalities, sex and documents: the same rules as evidence.py, on columns."""

from __future__ import annotations

from tripoint.engines.compiled import borrowing
from tripoint.engines.screening.kernel import Column, Columns

# The features of the model in the order in which `fact_weights` (compare.py) lays out their weights.
CODES = (
    "birth.same", "birth.swapped", "birth.typing", "birth.partial", "birth.about", "birth.near", "birth.differs",
    "nationality.same", "nationality.differs", "sex.same", "sex.differs",
    "document.same", "document.misread", "document.other_issuer", "document.differs",
)  # fmt: skip
SAME, SWAPPED, TYPING, PARTIAL, ABOUT, NEAR, DIFFERS = range(7)
NATIONALITY, SEX, DOCUMENT = 7, 9, 11
SLACK = 2  # years on each side of a date its source calls approximate
YEAR, LAST_YEAR, MONTH, DAY, VAGUE = range(5)


@borrowing
def digits_apart(one: int, other: int, places: int) -> int:
    """In how many digits two numbers differ."""
    apart = 0
    for _ in range(places):
        apart += one % 10 != other % 10
        one //= 10
        other //= 10
    return apart


@borrowing
def exact_manner(one: Column, other: Column) -> int:
    """How two full dates of birth agree."""
    if one[YEAR] == other[YEAR] and one[MONTH] == other[MONTH] and one[DAY] == other[DAY]:
        return SAME
    if one[YEAR] == other[YEAR] and one[DAY] == other[MONTH] and one[MONTH] == other[DAY]:
        return SWAPPED
    apart = (
        digits_apart(one[YEAR], other[YEAR], 4)
        + digits_apart(one[MONTH], other[MONTH], 2)
        + digits_apart(one[DAY], other[DAY], 2)
    )
    same_day = one[MONTH] == other[MONTH] and one[DAY] == other[DAY]
    if apart == 1 or (same_day and abs(one[YEAR] - other[YEAR]) == 1):
        return TYPING
    if one[YEAR] != other[YEAR]:
        return DIFFERS
    if (one[MONTH] == 1 and one[DAY] == 1) or (other[MONTH] == 1 and other[DAY] == 1):
        return ABOUT
    return NEAR if one[MONTH] == other[MONTH] else DIFFERS


@borrowing
def is_exact(birth: Column) -> bool:
    """Whether a date names one day without doubt."""
    return bool(birth[DAY] > 0 and not birth[VAGUE] and birth[YEAR] == birth[LAST_YEAR])


@borrowing
def birth_manner(one: Column, other: Column) -> int:
    """How two dates of birth agree, a place in CODES."""
    if is_exact(one) and is_exact(other):
        return exact_manner(one, other)
    low, high = one[YEAR] - SLACK * one[VAGUE], one[LAST_YEAR] + SLACK * one[VAGUE]
    first, last = other[YEAR] - SLACK * other[VAGUE], other[LAST_YEAR] + SLACK * other[VAGUE]
    if high < first or last < low:
        return NEAR if max(first - high, low - last) == 1 else DIFFERS
    if one[VAGUE] or other[VAGUE] or low < high or first < last:
        return ABOUT
    return PARTIAL if one[MONTH] == 0 or other[MONTH] == 0 or one[MONTH] == other[MONTH] else NEAR


@borrowing
def birth_weight(left: Columns, i: int, right: Columns, j: int, weights: Column) -> float:
    """The best agreement of any date of birth with any other, 0 where one side states none."""
    best, met = -1e9, False
    for one in range(left.births[i], left.births[i + 1]):
        for other in range(right.births[j], right.births[j + 1]):
            best, met = max(best, weights[birth_manner(left.birth[one], right.birth[other])]), True
    return best if met else 0.0


@borrowing
def nationality_weight(left: Columns, i: int, right: Columns, j: int, weights: Column) -> float:
    """Whether any nationality is shared, 0 where one side states none."""
    if left.countries[i] == left.countries[i + 1] or right.countries[j] == right.countries[j + 1]:
        return 0.0
    for one in range(left.countries[i], left.countries[i + 1]):
        for other in range(right.countries[j], right.countries[j + 1]):
            if left.country[one] == right.country[other]:
                return float(weights[NATIONALITY])
    return float(weights[NATIONALITY + 1])


@borrowing
def sex_weight(left: Columns, i: int, right: Columns, j: int, weights: Column) -> float:
    """Whether the sex agrees, 0 where one side does not state it."""
    if not left.sex[i] or not right.sex[j]:
        return 0.0
    return float(weights[SEX] if left.sex[i] == right.sex[j] else weights[SEX + 1])


@borrowing
def document_weight(left: Columns, i: int, right: Columns, j: int, weights: Column) -> float:
    """The best agreement of any document with any other, 0 where there is none."""
    best = 0.0
    for one in range(left.papers[i], left.papers[i + 1]):
        for other in range(right.papers[j], right.papers[j + 1]):
            here, there = left.paper[one], right.paper[other]
            if here[1] == there[1]:
                apart = differ(here[2] >> 8, there[2] >> 8) or differ(here[2] & 255, there[2] & 255)
                if here[0] == there[0]:
                    best = max(best, weights[DOCUMENT + (2 if apart else 0)])
                elif not apart:
                    best = max(best, weights[DOCUMENT + 1])
    return best


@borrowing
def differ(one: int, other: int) -> bool:
    """Whether two known things differ; 0 is unknown."""
    return bool(one and other and one != other)
