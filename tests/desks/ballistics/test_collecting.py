"""The collection in the data folder: what is allowed is ranked and counted, what was lost is taken anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from tests.desks.ballistics.made import x3p
from tripoint.desks.ballistics import surfaces
from tripoint.desks.ballistics.collecting import Busy, Files


def test_what_is_not_allowed_is_neither_ranked_nor_counted(tmp_path: Path) -> None:
    same, hidden, other = uuid4(), uuid4(), uuid4()
    made = {seed: surfaces.prepared(surfaces.kept(x3p(seed), "surface"), "breech-face", None) for seed in (1, 2)}
    files = Files.opened(tmp_path)
    files.put([(same, made[1]), (hidden, made[1]), (other, made[2])])
    with pytest.raises(Busy):
        Files.opened(tmp_path)
    found = files.rank(made[1], 5, {same, other})
    assert (found.searched, found.fully_scored, found.met[0].scan) == (2, 2, same)
    assert found.met[0].comparison["congruent_cells"] == found.met[0].congruent_cells
    assert hidden not in {one.scan for one in found.met}
    files.drop(same)
    assert same not in {one.scan for one in files.rank(made[1], 5, {same, other}).met}
    files.close()
    again = Files.opened(tmp_path)
    assert again.all() == {hidden, other}
    again.close()
    (tmp_path / "breech-face" / "features.bin").write_bytes(b"")
    lost = Files.opened(tmp_path)
    assert lost.all() == set()
    lost.close()


def test_lands_are_all_compared_among_those_allowed(tmp_path: Path, data_folder: Callable[[str], Path]) -> None:
    hamby = data_folder("ballistics") / "hamby44"
    made = {}
    for bullet, land in ((1, 2), (2, 1), (2, 2)):
        content = (hamby / f"HS44_Barrel1_Bullet{bullet}_Land{land}.x3p").read_bytes()
        made[bullet, land] = surfaces.prepared(surfaces.read(content, None, None), "land", None)
    ids = {which: uuid4() for which in made}
    files = Files.opened(tmp_path)
    files.put([(ids[which], scan) for which, scan in made.items()])
    others = set(ids.values()) - {ids[1, 2]}
    found = files.rank(made[1, 2], 5, others)
    assert (found.searched, found.fully_scored) == (2, 2)
    itself = files.rank(made[1, 2], 5, set(ids.values())).met[0]
    assert (itself.scan, itself.rank) == (ids[1, 2], 1)
    files.drop(ids[1, 2])
    assert files.all() == others
    files.close()
