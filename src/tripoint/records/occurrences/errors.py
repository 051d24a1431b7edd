"""A form that cannot be taken, with everything that is wrong with it."""

from __future__ import annotations

from tripoint.base.errors import BadInput
from tripoint.words.forms.model import Problem


class BadForm(BadInput):
    """The report cannot be taken as it is."""

    code = "bad_form"

    def __init__(self, problems: tuple[Problem, ...] = ()) -> None:
        self.problems = problems
        if not problems:
            super().__init__()
            return
        first, more = problems[0], len(problems) - 1
        also = f" {more} more field{'s are' if more > 1 else ' is'} wrong." if more else ""
        super().__init__(f"{first.reason}{also}", field=f"values.{first.field}", remedy=first.remedy)
