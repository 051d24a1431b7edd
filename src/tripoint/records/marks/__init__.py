"""Marks in the database: who asks for a mark gets candidates, ranked and explained, by the engine of engines/marks.

`candidates(session, MarkQuery("~1AB1234", make="Glock"), limit)` for the party the session stands under. Each candidate
has a level: one at level blind must never be told to who asks, one at level pointer by its owner alone.
"""

from tripoint.records.marks.model import Candidate, MarkQuery
from tripoint.records.marks.store import met_look
from tripoint.records.marks.work import candidates, candidates_of_each, check_wanted, read_query

__all__ = ["Candidate", "MarkQuery", "candidates", "candidates_of_each", "check_wanted", "met_look", "read_query"]
