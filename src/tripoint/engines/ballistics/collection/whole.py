"""A collection of marks of one region that answers questions."""

from __future__ import annotations

from collections.abc import Callable

from tripoint.engines.ballistics.collection.keeping import Among, Kept
from tripoint.engines.ballistics.collection.model import Ranking
from tripoint.engines.ballistics.collection.ranking import Everyone, Question, hired, question_of, ranked
from tripoint.engines.ballistics.preparing import Prepared
from tripoint.engines.ballistics.settings import SETTINGS


class Collection(Kept):
    """What is kept, and who of it is most alike a question."""

    def rank(
        self, query: Prepared, k: int = 30, *, among: Among = None, rescore: int | None = None, helpers: int = 0,
        by: Callable[[Question], Everyone] | None = None,
    ) -> Ranking:  # fmt: skip
        """The marks most alike a question, `k` at most, best first.

        Nothing outside `among` (ids, or what says which) is looked at, counted or weighed. The best `rescore` of the
        exhaustive search are compared cell by cell. `helpers` are further processes for large collections; `by` does
        the parts of the work elsewhere. Raises ValueError for another region. A question that is not fit gets no
        candidates, and the reasons why.
        """
        if query.region is not self.region:
            raise ValueError(f"the question is a {query.region}, the collection holds {self.region}")
        if not query.quality.fit:
            return Ranking(0, 0, (), query.quality.reasons)
        settings = SETTINGS.collecting
        rows, question = self.allowed(among), question_of(query, self.turning)
        most = settings.rescored if rescore is None else rescore
        if by is not None:
            return ranked(self, rows, k, most, by(question))
        with hired(self, question, helpers if len(rows) >= settings.worth_helpers else 0) as everyone:
            return ranked(self, rows, k, most, everyone)
