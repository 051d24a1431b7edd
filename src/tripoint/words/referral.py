"""The steps by which a potential victim comes to protection, and what stands in the way of none of them.

Sources: national referral mechanisms (OSCE/ODIHR handbook, 2022), the best interests procedure of UNHCR (2021), and the
Council of Europe's convention of 2005, article 10: where age is uncertain, a person is presumed to be a child.
"""

from __future__ import annotations

from enum import StrEnum

ADULT = "adult"


class Step(StrEnum):
    """Where somebody stands on the pathway. `identified` and `negative` are the two ends of the formal decision."""

    SCREENED = "screened"
    INDICATORS = "indicators"
    CONSENT = "consent"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    FIRST_CONTACT = "first_contact"
    REASONABLE_GROUNDS = "reasonable_grounds"
    IDENTIFIED = "identified"
    NEGATIVE = "negative"
    CLOSED = "closed"


STEPS = tuple(step.value for step in Step)


def is_child(age_group: str | None) -> bool:
    """Whether somebody is to be treated as a child: whoever is not known to be grown up."""
    return age_group != ADULT


def first_step(age_group: str | None) -> Step:
    """Where the pathway begins: a child's referral starts at once, an adult's waits for consent."""
    return Step.REFERRED if is_child(age_group) else Step.SCREENED
