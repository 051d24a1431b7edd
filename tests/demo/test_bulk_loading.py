"""What a bench still has to load beside what its folder holds."""

from pathlib import Path

import pytest

from tripoint.base.errors import SetUp
from tripoint.demo.bulk_loading import Loaded, keep, missing, read
from tripoint.records.model import RecordKind

WANTED = Loaded(3000, 40, 1, "x")


@pytest.mark.parametrize(
    ("held", "kinds"),
    [
        (None, (RecordKind.DOCUMENT, RecordKind.PERSON)),
        (Loaded(3000, 0, 1, "y"), (RecordKind.PERSON,)),
        (Loaded(3000, 40, 1, "y"), ()),
    ],
)
def test_only_what_is_missing_is_loaded(held: Loaded | None, kinds: tuple[RecordKind, ...]) -> None:
    assert missing(Path("folder"), held, WANTED) == kinds


@pytest.mark.parametrize("held", [Loaded(2999, 40, 1, "y"), Loaded(3000, 41, 1, "y"), Loaded(3000, 40, 2, "y")])
def test_a_folder_of_other_lists_is_refused(held: Loaded) -> None:
    with pytest.raises(SetUp, match="holds"):
        missing(Path("folder"), held, WANTED)


def test_what_was_loaded_is_remembered(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    keep(tmp_path, WANTED)
    assert read(tmp_path) == WANTED
