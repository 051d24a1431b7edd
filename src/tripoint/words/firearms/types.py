"""What kinds of firearms there are, as a tree: from pistols to parts and conversion devices."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Group(StrEnum):
    """The branches of the tree."""

    HANDGUN = "handgun"
    LONG_GUN = "long_gun"
    AUTOMATIC = "automatic"
    LAUNCHER = "launcher"
    ALARM = "alarm"
    UNMARKED_MAKE = "unmarked_make"  # made by nobody who has to mark: private, printed, craft
    OUT_OF_USE = "out_of_use"
    CONVERSION = "conversion"
    PART = "part"
    NO_FIREARM = "no_firearm"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FirearmType:
    """One kind. `above` is the kind it is a case of; `essential` says that the part alone is controlled as a firearm.

    Essential components as Directive (EU) 2021/555, Art. 1(1)(2) names them: frame, receiver, slide, cylinder, bolt
    and barrel.
    """

    code: str
    group: Group
    above: str | None = None
    essential: bool = False


G = Group
TREE: tuple[tuple[Group, str, tuple[str, ...]], ...] = (
    (G.HANDGUN, "pistol", ("pistol_semi_automatic", "pistol_single_shot", "derringer", "pistol_machine")),
    (G.HANDGUN, "revolver", ()),
    (G.LONG_GUN, "rifle", ("rifle_bolt", "rifle_lever", "rifle_pump", "rifle_semi_automatic", "rifle_automatic",
                           "rifle_single_shot")),
    (G.LONG_GUN, "shotgun", ("shotgun_pump", "shotgun_semi_automatic", "shotgun_break_open", "shotgun_bolt",
                             "shotgun_sawn_off")),
    (G.LONG_GUN, "combination_gun", ()),
    (G.AUTOMATIC, "submachine_gun", ()),
    (G.AUTOMATIC, "machine_gun", ("machine_gun_light", "machine_gun_heavy")),
    (G.LAUNCHER, "launcher", ("launcher_grenade", "launcher_rocket")),
    (G.ALARM, "alarm_signal", ("alarm_converted",)),
    (G.UNMARKED_MAKE, "privately_made", ("privately_made_printed", "privately_made_from_parts")),
    (G.UNMARKED_MAKE, "craft_made", ()),
    (G.OUT_OF_USE, "deactivated", ("reactivated",)),
    (G.CONVERSION, "conversion_device", ("auto_sear", "conversion_kit")),
    (G.PART, "part", ("frame", "receiver", "barrel", "slide", "cylinder", "bolt", "silencer", "magazine",
                      "unfinished_receiver", "part_other")),
    (G.NO_FIREARM, "replica", ()),
    (G.NO_FIREARM, "air_gun", ()),
    (G.UNKNOWN, "unknown", ()),
)  # fmt: skip
ESSENTIAL = frozenset({"frame", "receiver", "barrel", "slide", "cylinder", "bolt"})
TYPES = MappingProxyType({
    code: FirearmType(code, group, None if code == top else top, code in ESSENTIAL)
    for group, top, below in TREE
    for code in (top, *below)
})  # fmt: skip
CODES = tuple(TYPES)
# What the police of different countries call the same thing when they read a gun in a hurry.
MISTAKEN = (frozenset({"pistol", "revolver"}), frozenset({"rifle", "submachine_gun"}), frozenset({"rifle", "shotgun"}))


def top_of(code: str) -> str:
    """The kind at the root of a code's branch; the code itself where it is one. Raises KeyError for no code of ours."""
    found = TYPES[code]
    return found.above or found.code


def agree(one: str | None, other: str | None) -> float | None:
    """How well two types go together: 1 the same, 0.8 a case of the other, 0.5 the same branch, 0 strangers.

    None where either is not known: that speaks neither for nor against.
    """
    if one is None or other is None or not {one, other} <= TYPES.keys() or "unknown" in (one, other):
        return None
    if one == other:
        return 1.0
    if top_of(one) == top_of(other):
        return 0.8 if TYPES[one].above is None or TYPES[other].above is None else 0.5
    mistaken = frozenset({top_of(one), top_of(other)}) in MISTAKEN
    return 0.3 if mistaken or TYPES[one].group is TYPES[other].group else 0.0
