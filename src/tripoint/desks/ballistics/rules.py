"""Pure decisions of the ballistics desk: what is shared abroad, what follows what, what is worth telling."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.desks.ballistics.codes import CUSTODY_ACTS, Criterion, ExhibitKind, LinkState, Verdict
from tripoint.desks.ballistics.model import Content, Custody, CustodyEntry, Exhibit, Link, Scan, Why
from tripoint.engines.merkle.canonical import row_bytes
from tripoint.words.countries import read_country

KEPT_YEARS = 30  # INTERPOL's rules on ballistics: much longer than persons
NEAR_BORDER_KM = 80.0
MANY_GUNS = 3
# A lead of its own, told without anybody's asking: fewer congruent cells occur among guns of one make by chance
# (Song 2013 counts six). Regions without cells by their similarity.
LEAST_CONGRUENT = 6
LEAST_SIMILAR = 0.6
PARTNERS_ACTS = frozenset({"received", "opened", "examined", "sealed", "stored", "moved", "returned"})


def suggestion(circumstances: Mapping[str, Any], guns_together: int, recovered_abroad: bool) -> tuple[Why, ...]:
    """The six criteria for sharing an exhibit abroad, each met, not met, or not known (shared/domain: IBIN).

    `circumstances` as the owner gave them; `guns_together`: how many firearms were seized with the exhibit's own;
    `recovered_abroad` is not a criterion by itself and tells only that the country differs from the owner's.
    """
    km = circumstances.get("border_km")
    given = int(circumstances.get("guns_together") or 0)
    guns = max(given, guns_together)
    return (
        near_border(None if km is None else float(km)),
        said(Criterion.BORDER_STAFF, circumstances.get("border_staff")),
        said(Criterion.TRAFFICKER, circumstances.get("trafficker")),
        Why(Criterion.THREE_GUNS, guns >= MANY_GUNS if guns else None,
            "firearms_together" if guns_together > given else "given" if guns else "unknown",
            float(guns) if guns else None),
        said(Criterion.TERRORISM, circumstances.get("terrorism")),
        said(Criterion.RESIDENT_ABROAD, True if recovered_abroad and circumstances.get("resident_abroad") is None else
             circumstances.get("resident_abroad")),
    )  # fmt: skip


def near_border(km: float | None) -> Why:
    """Whether it was recovered within 80 km of an international border."""
    if km is None:
        return Why(Criterion.NEAR_BORDER, None, "unknown")
    return Why(Criterion.NEAR_BORDER, km <= NEAR_BORDER_KM, "km", km)


def said(criterion: Criterion, value: bool | None) -> Why:
    """A criterion that is said with yes or no."""
    return Why(criterion, value, "unknown" if value is None else "given")


def to_share(reasons: Sequence[Why]) -> bool:
    """Whether the exhibit should be shared abroad: any one criterion suffices."""
    return any(one.met for one in reasons)


def checked(content: Content, known_operations: frozenset[UUID]) -> Content:
    """The content with its country as a code. Raises BadInput naming the field."""
    if content.operation is not None and content.operation not in known_operations:
        raise BadInput(
            "Your party takes part in no such operation.", field="operation", remedy="GET /api/operations lists yours."
        )
    if (content.replica is not None) != (content.kind is ExhibitKind.CAST):
        words = "A cast says how often it was cast; nothing else does."
        raise BadInput(words, field="replica", remedy="Say single or double.")
    if content.of_exhibit is not None and content.kind is not ExhibitKind.CAST:
        raise BadInput("Only a cast has an original.", field="of_exhibit", remedy="Leave it out.")
    if content.recovered_in is None:
        return content
    try:
        return replace(content, recovered_in=read_country(content.recovered_in))
    except ValueError as error:
        raise BadInput(str(error), field="recovered_in", remedy="Give the code of a country, such as BRA.") from error


def check_own(exhibit: Exhibit) -> None:
    """Raises NotAllowed for another party's."""
    if not exhibit.own:
        raise NotAllowed("Only the party that has the exhibit does this.", remedy=f"Ask {exhibit.owner}.")


def check_changes(exhibit: Exhibit, version: int) -> None:
    """Raises NotAllowed for another party's, Conflict for a change made from another version than the present one."""
    check_own(exhibit)
    if version != exhibit.version:
        raise Conflict(
            f"It is at version {exhibit.version}, your change was made from version {version}.", field="version",
            remedy="Read it again and repeat your change.",
        )  # fmt: skip


def check_searchable(scan: Scan, state: str) -> None:
    """Raises NotAllowed for another party's scan, Conflict for what is never ranked."""
    if not scan.own:
        raise NotAllowed("One searches with the own party's exhibits.", remedy=f"Ask {scan.owner} to search.")
    if state != "filed":
        raise Conflict("The exhibit was withdrawn.", field="exhibit", remedy="File it again if it holds after all.")
    if not scan.fit:
        raise Conflict(
            f"The scan is not fit to be compared: {', '.join(scan.quality.get('reasons', ()))}.", field="scan",
            remedy="Scan the exhibit again, or correct the mask.",
        )  # fmt: skip


def chained(exhibit: UUID, previous: str, number: int, party: str, entry: CustodyEntry) -> str:
    """SHA-256 in hexadecimal digits of an entry and the digest before it; "" before the first."""
    return sha256(row_bytes({
        "exhibit": exhibit, "previous": previous, "number": number, "party": party, "id": entry.id, "at": entry.at,
        "act": entry.act, "by_officer": entry.by_officer, "place": entry.place, "seal": entry.seal,
        "remarks": entry.remarks,
    })).hexdigest()  # fmt: skip


def whole(exhibit: UUID, chain: Sequence[Custody]) -> bool:
    """Whether each entry bears the digest of itself and the one before, and none is missing between."""
    previous = ""
    for number, kept in enumerate(chain, 1):
        if kept.number != number or kept.digest != chained(exhibit, previous, number, kept.party, kept.entry):
            return False
        previous = kept.digest
    return True


def check_next(entry: CustodyEntry, before: Sequence[Custody], now: datetime, *, own: bool) -> None:
    """Raises BadInput or Conflict for an entry of custody that cannot follow, or is not the partner's to make."""
    if entry.at.tzinfo is None or entry.at > now:
        raise BadInput("That is still to come.", field="at", remedy="Give the moment it was done, with its offset.")
    if before and before[-1].entry.act == "destroyed":
        raise Conflict("The exhibit was destroyed; nothing follows.", remedy="Look at the number of the exhibit.")
    if before and entry.at < before[-1].entry.at:
        raise BadInput("The entry before is later.", field="at", remedy="Entries stay in order.")
    allowed = CUSTODY_ACTS if own else tuple(act for act in CUSTODY_ACTS if act in PARTNERS_ACTS)
    if entry.act not in allowed:
        raise BadInput("That is not yours to enter.", field="act", remedy=f"Choose one of: {', '.join(allowed)}.")


def is_lead(congruent_cells: int, cells_compared: int, score: float) -> bool:
    """Whether a pair is told of by itself: by the two marks alone, never by what else the collection has."""
    return congruent_cells >= LEAST_CONGRUENT if cells_compared else score >= LEAST_SIMILAR


def check_linkable(verdict: Verdict | None) -> None:
    """Raises Conflict where nobody called the candidate a potential one."""
    if verdict is not Verdict.POTENTIAL:
        raise Conflict(
            "No examiner has called this a potential candidate.", field="candidate",
            remedy="Look at it and decide first.",
        )  # fmt: skip


STEPS_FROM = {
    "exchanged": (LinkState.PHYSICAL_ASKED,), "again": (LinkState.INCONCLUSIVE,),
    "finding": (LinkState.EXHIBITS_EXCHANGED, LinkState.MICROSCOPE_FIRST),
    "close": (
        LinkState.PHYSICAL_ASKED, LinkState.EXHIBITS_EXCHANGED, LinkState.MICROSCOPE_FIRST, LinkState.INCONCLUSIVE,
    ),
}  # fmt: skip


def may_find(link: Link, *, examiner: bool) -> bool:
    """Whether the reader may give the next finding: an examiner, and another person than the first."""
    return examiner and link.state in STEPS_FROM["finding"] and not (
        link.state is LinkState.MICROSCOPE_FIRST and link.first_by_me
    )


def refused(outcome: str, link_state: str) -> Exception:
    """Why a step was refused, as the database said it."""
    if outcome == "not_handed_over":
        return Conflict(
            "No exhibit was handed over since the comparison was asked for.", field="step",
            remedy="Enter handed_over into the custody of the exhibit or its cast first.",
        )  # fmt: skip
    if outcome == "same_person":
        words = "The second examiner is another person than the first."
        return NotAllowed(words, remedy="Ask a colleague, here or there.")
    return Conflict(f"The link is {link_state}.", field="step", remedy="Read it again.")


def digest_of(content: Content) -> bytes:
    """SHA-256 of what was sent: the same again, the same digest."""
    return sha256(json.dumps(repr(content)).encode()).digest()
