"""Pure decisions about terms that change: whether anybody could learn more by the new ones than by the old.

Decided by what the terms say and not by who takes part today, so that it holds whoever joins or leaves later: an
operation's terms are never within those of named parties, nor the other way round.
"""

from __future__ import annotations

from tripoint.base.errors import NotAllowed
from tripoint.records.model import Audience, AudienceKind, Level, Terms
from tripoint.words.grades import Handling

DISCLOSED = {Level.NOTHING: 0, Level.BLIND: 0, Level.POINTER: 1, Level.FULL: 2}  # a blind hit tells its owner alone
STRICTNESS = tuple(Handling)  # H0 binds least


def audience_within(new: Audience, old: Audience) -> bool:
    """Whether everybody of `new` belongs to `old` too, whoever takes part in whichever operation."""
    if new.kind is AudienceKind.OWN:
        return True
    barred_still = set(old.barred) <= set(new.barred)
    named = set(new.parties) - set(new.barred)
    match old.kind:
        case AudienceKind.EVERYONE:
            return barred_still or (new.kind is AudienceKind.PARTIES and not named & set(old.barred))
        case AudienceKind.PARTIES:
            return new.kind is AudienceKind.PARTIES and named <= set(old.parties) - set(old.barred)
        case AudienceKind.OPERATION:
            return new.kind is AudienceKind.OPERATION and new.operation == old.operation and barred_still
        case AudienceKind.OWN:
            return False


def operation_of(terms: Terms) -> object:
    """The operation outside whose dates the terms tell nobody anything, if they name one."""
    return terms.readers.operation or terms.meeting.operation


def within(new: Terms, old: Terms) -> bool:
    """Whether nobody can learn more by `new` than by `old`, nor use it more freely."""
    if not tells_others(new):
        return True
    lasts_no_longer = operation_of(old) is None or operation_of(new) == operation_of(old)
    no_freer = STRICTNESS.index(new.grading.handling) >= STRICTNESS.index(old.grading.handling)
    meets_no_more = DISCLOSED[new.level] == 0 or (
        DISCLOSED[new.level] <= DISCLOSED[old.level] and audience_within(new.meeting, old.meeting)
    )
    opens_no_more = old.break_glass or not new.break_glass
    reads_no_more = audience_within(new.readers, old.readers)
    return lasts_no_longer and no_freer and meets_no_more and opens_no_more and reads_no_more


def tells_others(terms: Terms) -> bool:
    """Whether anybody outside the owner's party can learn anything by the terms."""
    return terms.readers.kind is not AudienceKind.OWN or (
        terms.meeting.kind is not AudienceKind.OWN and DISCLOSED[terms.level] > 0
    )


def check_no_release(new: Terms, old: Terms) -> None:
    """Raises NotAllowed where the change would let others learn more: that is a release, and takes two people."""
    if not within(new, old):
        raise NotAllowed(
            "By these terms others could learn more of the record than before: that is a release.",
            field="terms",
            remedy="Ask a second officer: POST /api/records/{kind}/{id}/release. Or keep the terms, or narrow them.",
        )
