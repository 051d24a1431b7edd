"""The recovered firearms one by one: of which seizure, with which marks; which are listed, and which are traced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tripoint.demo.dice import dice, pick
from tripoint.demo.lists import RecordList, entries
from tripoint.demo.serials import FORMS, MAKES, shaped
from tripoint.demo.turquesa.model import Planned
from tripoint.demo.world import World
from tripoint.records.model import Firearm, Level

STATES = (("full", 80), ("partial", 8), ("obliterated", 8), ("unmarked", 4))


@dataclass(frozen=True, slots=True)
class Recovery:
    """One recovered firearm: whose, of which seizure and item, and the cells of its row.

    `listed` names the party that lists it, where one does; `traced` is the number of its trace, where it is traced.
    """

    party: str
    seizure: str  # key of the seizure
    post: str | None
    second: int
    cells: dict[str, str]
    listed: str | None = None
    traced: int | None = None

    @property
    def serial(self) -> str:
        """The serial as it was read; empty where none can be."""
        return self.cells.get("marks.1.reading", "")


def recoveries(world: World, returns: Sequence[Planned], listed: int, traced: int) -> tuple[Recovery, ...]:
    """Every firearm of the seizures; an event of two parties is the first one's. The planted ones come first.

    Each has the number of its exhibit: two of one kind without a mark are two rows of a sheet, not one sent twice.
    """
    throw = dice(world.seed, "recoveries")
    found = [
        Recovery(one.party, one.key, one.post, one.second, {"item": str(at), **described(throw, item),
                                                            "case_reference": f"Exhibit {number}"})
        for number, (one, at, item) in enumerate(pieces(returns), 1)
    ]  # fmt: skip
    throw.shuffle(found)
    guns = listed_guns(world)
    throw.shuffle(guns)
    marked = [with_listed(one, *met_by(one.party, guns)) for one in found[:listed]]
    followed = [with_trace(throw, one, number) for number, one in enumerate(found[listed : listed + traced])]
    return (*marked, *followed, *found[listed + traced :])


def pieces(returns: Iterable[Planned]) -> Iterator[tuple[Planned, int, dict[str, Any]]]:
    """Each firearm that was seized: its seizure, the number of its item, the item."""
    seen: set[str] = set()
    for one in returns:
        if one.kind != "seizure" or (one.joint and one.joint in seen):
            continue
        seen |= {one.joint} if one.joint else set()
        for at, item in enumerate(one.values["items"], 1):
            if item["category"] == "firearm":
                yield from ((one, at, item) for _ in range(int(item["quantity"])))


def described(throw: Random, item: dict[str, Any]) -> dict[str, str]:
    """The cells of an ordinary one: invented make, a serial of some maker's form, one in five not to be read whole."""
    kind, state = str(item["description"]), pick(throw, STATES)
    state = "unmarked" if kind == "craft_made" else state
    cells = {
        "acquired_by": "seized", "type": kind, "calibre": str(item["calibre"]), "marked_status": state,
        "illicit_grounds": "illicit_where_found",
    }  # fmt: skip
    if kind != "craft_made":
        cells["make"] = throw.choice(MAKES)
    if state in ("full", "partial"):
        number = shaped(throw, throw.choice(FORMS))
        cells |= marked(number if state == "full" else number[:3] + "??" + number[5:])
    return cells


def marked(reading: str) -> dict[str, str]:
    """The cells of a serial on the frame."""
    return {"marks.1.reading": reading, "marks.1.kind": "serial", "marks.1.place": "frame"}


def listed_guns(world: World) -> list[tuple[RecordList, Firearm]]:
    """Every listed firearm of which its owner tells others everything, with its list."""
    return [
        (one, record) for one, record in entries(world.lists)
        if isinstance(record, Firearm) and one.sharing.level is Level.FULL
    ]  # fmt: skip


def met_by(party: str, guns: list[tuple[RecordList, Firearm]]) -> tuple[str, Firearm]:
    """Take out a firearm that another party lists and that this one may meet; with its owner."""
    place = next(
        at for at, (one, gun) in enumerate(guns)
        if one.owner != party and one.level_for(gun, party) is Level.FULL
    )  # fmt: skip
    one, gun = guns.pop(place)
    return one.owner, gun


def with_listed(one: Recovery, owner: str, gun: Firearm) -> Recovery:
    """The firearm that a party lists, recovered."""
    cells = one.cells | {"make": gun.make or "", "marked_status": "full", **marked(gun.serial)}
    cells |= {"model": gun.model or "", "calibre": gun.calibre or cells["calibre"]}
    cells["type"] = "pistol" if cells["type"] == "craft_made" else cells["type"]
    return Recovery(one.party, one.seizure, one.post, one.second, cells, listed=owner)


def with_trace(throw: Random, one: Recovery, number: int) -> Recovery:
    """A firearm with a whole serial, that is traced."""
    cells = one.cells | {"make": throw.choice(MAKES), "marked_status": "full", "type": "pistol", "calibre": "9 mm"}
    cells |= marked(shaped(throw, "LLL#####"))
    return Recovery(one.party, one.seizure, one.post, one.second, cells, traced=number)
