"""Background work of firearms: every new mark meets those of the other side. Run by the relay, within a moment."""

from __future__ import annotations

from collections.abc import Sequence

from tripoint.base.announcements import Announcement
from tripoint.base.database import Session
from tripoint.engines.marks.ranking import Described
from tripoint.records.firearms import rules, store
from tripoint.records.firearms.model import Json, Pair

AT_ONCE = 1_000  # marks looked at in one go: a whole list does not hold up the feeds


def meet(session: Session, _: Sequence[Announcement] = ()) -> None:
    """Look at marks that wait: pairs found and worth telling become meetings, and those who may know are told."""
    found = store.pairs(session, AT_ONCE)
    if not found:
        return
    held = store.listed(session, {pair.listed for pair in found})
    best: dict[tuple[object, object], tuple[float, Json]] = {}
    for pair in found:
        meeting = meeting_of(pair, held.get(pair.listed))
        key = (pair.recovered, pair.listed)
        if meeting and (key not in best or meeting["score"] > best[key][0]):
            best[key] = (meeting["score"], meeting)
    if best:
        store.keep_meetings(session, [meeting for _, meeting in best.values()])


def meeting_of(pair: Pair, held: Json | None) -> Json | None:
    """The meeting that a pair makes; None where it is not worth telling, or the listed one is gone."""
    if held is None:
        return None
    known = Described(held["make"], held["model"], held["calibre"], held["type"], held["made_in"])
    ranked = rules.judged(pair, known)
    if ranked is None:
        return None
    shown = {name: value for name, value in held.items() if value is not None}
    return {
        "recovered": str(pair.recovered), "recovered_owner": pair.recovered_owner, "listed": str(pair.listed),
        "listed_owner": pair.listed_owner, "score": ranked.score, "halves": rules.halves_of(pair, shown, ranked),
    }  # fmt: skip
