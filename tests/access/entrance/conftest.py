"""Hashing passwords is made quick here: what a guess costs is proven elsewhere."""

from collections.abc import Generator

import pytest

from tests.promises.cast import cheapen_hashes
from tripoint.access import proof


@pytest.fixture(autouse=True, scope="module")
def quick_hashes() -> Generator[None]:
    with pytest.MonkeyPatch.context() as patch:
        cheapen_hashes(patch)
        yield
    proof.nobodys_hash.cache_clear()
