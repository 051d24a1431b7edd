"""Listed persons found by checks without a hub: before each question the index is brought up to now.

In a hub a follower does so all the time; here whoever asks does it himself, so that tests need not wait.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Engine, make_url

from tripoint.access.lookup import MaybePersons
from tripoint.base.database import INDEX_ROLE, make_engine
from tripoint.records.indexing.follower import Follower
from tripoint.records.indexing.held import PersonIndex
from tripoint.words.people import PersonDescription


@dataclass
class FollowedIndex:
    """Follows the database of an application's engine at each question."""

    address: str | Engine  # of the application
    held: PersonIndex = field(init=False)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.held = PersonIndex(folder_of(self.address))

    def search(self, asked: PersonDescription, party: int, most: int, least: float) -> MaybePersons:
        with self.guard:
            follow(self.address)
            self.held._looked = float("-inf")
        return self.held.search(asked, party, most, least)


def url_of(address: str | Engine) -> URL:
    return make_url(address) if isinstance(address, str) else address.url


def folder_of(address: str | Engine) -> Path:
    """The index of a test's database."""
    return Path(os.environ["PYTEST_TRIPOINT_FOLDER"]) / "indexes" / str(url_of(address).database)


def follow(address: str | Engine) -> None:
    """Bring the index of the application's database up to now."""
    ours = url_of(address).set(username=INDEX_ROLE).render_as_string(hide_password=False)
    reading = make_engine(ours, role=INDEX_ROLE, pool=1)
    follower = Follower.begin(reading, folder_of(address))
    try:
        while follower.step():
            pass
        follower.tidy()
    finally:
        follower.close()
        reading.dispose()
