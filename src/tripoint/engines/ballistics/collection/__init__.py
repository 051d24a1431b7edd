"""A collection of marks of one region: kept in mapped files, appended to, searched at every rotation."""

from tripoint.engines.ballistics.collection.files import CollectionDamaged
from tripoint.engines.ballistics.collection.model import Candidate, Ranking
from tripoint.engines.ballistics.collection.whole import Collection

__all__ = ["Candidate", "Collection", "CollectionDamaged", "Ranking"]
