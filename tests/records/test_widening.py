"""Whatever is called no release tells nobody more, in any world of parties and operations."""

from uuid import UUID

from hypothesis import given, strategies as st

from tripoint.records import rules
from tripoint.records.merging.rules import joint_terms
from tripoint.records.model import Audience, AudienceKind, Level, Terms
from tripoint.records.widening import DISCLOSED, STRICTNESS, tells_others, within
from tripoint.words.grades import Grading, Handling

CODES = ("AAA", "BBB", "CCC", "DDD")
NUMBERS = {code: number for number, code in enumerate(CODES)}
OPERATIONS = (UUID(int=1), UUID(int=2))
OWNER = 0
World = tuple[dict[UUID, frozenset[int]], frozenset[UUID], frozenset[str]]
some = st.frozensets(st.sampled_from(CODES)).map(lambda codes: tuple(sorted(codes)))


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """Terms as they may be entered: at most one operation."""
    operation = draw(st.sampled_from(OPERATIONS))

    def audience() -> Audience:
        kind = draw(st.sampled_from(AudienceKind))
        named = draw(some) if kind is AudienceKind.PARTIES else ()
        return Audience(kind, named, operation if kind is AudienceKind.OPERATION else None, draw(some))

    grading = Grading(handling=draw(st.sampled_from(Handling)))
    return Terms(audience(), audience(), draw(st.sampled_from(Level)), grading, break_glass=draw(st.booleans()))


WORLDS = st.tuples(
    st.fixed_dictionaries({which: st.frozensets(st.integers(0, 3)) for which in OPERATIONS}),
    st.frozensets(st.sampled_from(OPERATIONS)),  # those that are on
    st.frozensets(st.sampled_from(CODES), min_size=1),  # parties that take part at all
)


def learns(given_terms: Terms, party: int, world: World) -> tuple[bool, int]:
    """Whether a party reads, and how much its checks are told, in one world."""
    operations, on, active = world
    named = given_terms.readers.operation or given_terms.meeting.operation
    if party == OWNER or (named is not None and named not in on):
        return False, 0
    parties = {code: NUMBERS[code] for code in active}
    reads = party in rules.members(given_terms.readers, OWNER, parties, operations)
    meets = party in rules.members(given_terms.meeting, OWNER, parties, operations)
    return reads, DISCLOSED[given_terms.level] if meets else 0


@given(old=terms(), new=terms(), world=WORLDS)
def test_no_release_tells_anybody_more_in_any_world(old: Terms, new: Terms, world: World) -> None:
    if not within(new, old):
        return
    for party in range(4):
        before, after = learns(old, party, world), learns(new, party, world)
        assert after[0] <= before[0]
        assert after[1] <= before[1]
    if tells_others(new):
        assert STRICTNESS.index(new.grading.handling) >= STRICTNESS.index(old.grading.handling)


@given(one=terms(), other=terms(), world=WORLDS)
def test_what_is_merged_is_told_to_nobody_who_did_not_know_both(one: Terms, other: Terms, world: World) -> None:
    joint = joint_terms(one, other)
    for party in range(4):
        reads, told = learns(joint, party, world)
        for source in (one, other):
            assert reads <= learns(source, party, world)[0]
            assert told <= learns(source, party, world)[1]
    assert STRICTNESS.index(joint.grading.handling) >= max(
        STRICTNESS.index(source.grading.handling) for source in (one, other)
    )


@given(terms=terms())
def test_terms_are_within_themselves_and_within_everybodys(terms: Terms) -> None:
    assert within(terms, terms)
    assert within(Terms(), terms)
    everybody = Audience(AudienceKind.EVERYONE)
    assert within(terms, Terms(everybody, everybody, Level.FULL, Grading(handling=Handling.H0), break_glass=True))
