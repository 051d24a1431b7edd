"""An index in a dictionary: what the follower writes, without files, for tests that look at it closely."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np


@dataclass
class Pocket:
    """Keeps what was published apart from what was only written, as an index on disk does."""

    note: str = ""
    generation: int = 0
    published: dict[UUID, int] = field(default_factory=dict)
    written: dict[UUID, int] = field(default_factory=dict)
    appended: list[UUID] = field(default_factory=list)
    refuse: int = 0  # how many of the first ids to take for bad ones
    refused: set[UUID] = field(default_factory=set)

    @property
    def persons(self) -> int:
        return len(self.published)

    def append(self, refs: Any, audiences: Any, people: Any) -> None:
        assert len(refs) == len(audiences) == len(people)
        while len(self.refused) < self.refuse:
            self.refused.add(ids(refs)[len(self.refused)])
        if self.refused & set(ids(refs)):
            raise OverflowError
        for one, audience in zip(ids(refs), audiences, strict=True):
            self.written[one] = int(audience)
            self.appended.append(one)

    def retire(self, refs: Any) -> None:
        for one in ids(refs):
            self.written.pop(one, None)

    def set_audience(self, refs: Any, audiences: Any) -> None:
        for one, audience in zip(ids(refs), audiences, strict=True):
            if one in self.written:
                self.written[one] = int(audience)

    def flush(self, note: str) -> None:
        self.note, self.published, self.generation = note, dict(self.written), self.generation + 1

    def merge_some(self) -> bool:
        return False

    def close(self) -> None:
        pass

    def killed(self) -> Pocket:
        """What another process finds after this one was killed."""
        return Pocket(self.note, self.generation, dict(self.published), dict(self.published))


def ids(refs: Any) -> list[UUID]:
    return [UUID(bytes=np.asarray(one).tobytes()) for one in refs]
