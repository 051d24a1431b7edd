"""`POST /match`: checks for programs that speak to yente; the same sign-in, visibility and trail as any check."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header, Query

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, NotFound, QueryFailed, TripointError
from tripoint.desks.checks import work
from tripoint.desks.checks.http import body_as_asked, question_from
from tripoint.desks.checks.model import Answer
from tripoint.doors.errors import ErrorFields
from tripoint.doors.match.asking import checks_for
from tripoint.doors.match.rendering import matcher_shown, results_of
from tripoint.doors.match.shapes import EntityAsked, MatchAsked, MatchShown, Options, ResponseShown, TotalShown
from tripoint.words.purposes import Purpose

routes = Routes("/match", "match")
EVERYTHING = "default"
Chosen = Annotated[Options, Query()]
Why = Annotated[Purpose | None, Header(description="why it is asked, where the parameter `purpose` does not say")]


@routes.post("", Act.ASK_CHECK, response_model=MatchShown)
def match(visit: Visit, body: MatchAsked, options: Chosen, x_purpose: Why = None) -> MatchShown:
    """Ask up to 100 queries at once, each answered by the checks of this hub and recorded as any check."""
    why = options.purpose or x_purpose or Purpose.SECURITY_CHECK
    shared = {"purpose": why, "operation": options.operation, "post": options.post}
    answered = {name: answer_query(visit, query, shared, options) for name, query in body.queries.items()}
    return MatchShown(responses=answered, matcher=matcher_shown(), limit=options.limit)


@routes.post("/{dataset}", Act.ASK_CHECK, response_model=MatchShown)
def match_dataset(visit: Visit, dataset: str, body: MatchAsked, options: Chosen, x_purpose: Why = None) -> MatchShown:
    """The same under the address yente gives a data set; here it is always `default`: every list you may meet."""
    if dataset != EVERYTHING:
        remedy = "Use /match or /match/default: a check searches every list its party may meet."
        raise NotFound("There is no such data set.", field="dataset", remedy=remedy)
    shown: MatchShown = match(visit, body, options, x_purpose)
    return shown


def answer_query(visit: Visit, query: EntityAsked, shared: dict[str, Any], options: Options) -> ResponseShown:
    """The answer to one query, or why there is none; the other queries go on."""
    error: TripointError | None = None
    answers: list[Answer] = []
    try:
        checks = checks_for(query, shared, iter(visit.new_id, None))
        questions = [(question_from(check), body_as_asked(check)) for check in checks]
        answers = [work.ask(visit, question, asked) for question, asked in questions]
        if any(answer.failed for answer in answers):
            error = QueryFailed()
    except BadInput as refused:
        error = refused
    found = results_of(answers, options.threshold, options.cutoff)
    return ResponseShown(
        status=error.status if error else 200,
        results=found[: options.limit],
        total=TotalShown(value=len(found)),
        query={"id": query.id, "schema": query.schema_, "properties": query.properties},
        checks=[str(answer.question.id) for answer in answers],
        error=error_shown(error, visit) if error else None,
    )


def error_shown(error: TripointError, visit: Visit) -> ErrorFields:
    """An error in the one shape."""
    return ErrorFields(
        code=error.code, field=error.field, sentence=error.sentence, remedy=error.remedy, request=visit.request
    )
