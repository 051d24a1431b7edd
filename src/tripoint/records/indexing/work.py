"""What an operator does with an index: prove that it is whole and agrees with the database."""

from __future__ import annotations

from pathlib import Path

from tripoint.base.database import Engine
from tripoint.engines.screening import MODEL
from tripoint.records.codec import description_from_json
from tripoint.records.indexing import engine as indexes, store
from tripoint.records.indexing.folder import Folder
from tripoint.records.indexing.model import Change, Position

SAMPLE = 200  # persons that are looked up by their own description


def verify(engine: Engine, path: Path) -> list[str]:
    """What is wrong with the index, in sentences; nothing where it is whole and agrees with the database."""
    current = Folder(path).current()
    if current is None:
        return ["There is no index in use."]
    try:
        indexes.verify(current)
        index = indexes.open_index(current)
    except indexes.IndexDamaged as damage:
        return [f"{damage}"]
    with store.one_moment(engine) as session:
        position = Position.read(index.note)
        if position is None or position.place != store.place(session):
            return ["The index was made from another database."]
        held = store.live_persons(session)
        faults = [] if held == len(index) else [f"The database holds {held:,} persons, the index {len(index):,}."]
        lost = [str(one.id) for one in store.some_persons(session, SAMPLE) if not finds(index, one)]
    return faults + [f"Not found by their own names: {', '.join(lost)}."] * bool(lost)


def finds(index: indexes.Index, person: Change) -> bool:
    """Whether a person is found by his own description."""
    asked = description_from_json(person.description or {})
    found = index.search(asked, None, SAMPLE, MODEL.thresholds[-1][1])
    return any(one.ref == person.id.bytes for one in found)
