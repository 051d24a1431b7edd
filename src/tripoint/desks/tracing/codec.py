"""A description as it is kept and sent: plain JSON, facts that are not known left out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from tripoint.desks.tracing.model import Description, Json, Recovery, SentMark
from tripoint.words.firearms.recovery import AcquisitionMode, MarkedStatus


def description_to_json(description: Description) -> Json:
    """The description as JSON; dates as ISO 8601."""
    kept: Json = known(asdict(description))
    return kept


def known(value: Any) -> Any:
    """The same without what is not known: None, empty texts and lists."""
    if isinstance(value, dict):
        return {name: known(one) for name, one in value.items() if one not in (None, "", (), [])}
    if isinstance(value, list | tuple):
        return [known(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def description_from_json(kept: Json) -> Description:
    """The description of its JSON."""
    status, recovery = kept.get("marked_status"), kept.get("recovery")
    return Description(**{
        **kept,
        "marks": tuple(SentMark(**mark) for mark in kept.get("marks", ())),
        "marked_status": MarkedStatus(status) if status else None,
        "recovery": recovery_from_json(recovery) if recovery else None,
    })  # fmt: skip


def recovery_from_json(kept: Json) -> Recovery:
    """The recovery of its JSON."""
    day, mode = kept.get("day"), kept.get("acquired_by")
    return Recovery(**{
        **kept, "day": date.fromisoformat(day) if day else None, "acquired_by": AcquisitionMode(mode) if mode else None,
    })  # fmt: skip
