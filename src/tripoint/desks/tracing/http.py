"""The routes of the tracing desk: requests in and out, their answers, the chain, the tables."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.tracing import answers, counting, prefilling, rules, sheets, work
from tripoint.desks.tracing.model import Filters, Side, State
from tripoint.desks.tracing.shapes import (
    AnswerBody,
    ClockBody,
    CommentBody,
    ContextBody,
    MoveBody,
    RequestBody,
    SuggestionBody,
)
from tripoint.desks.tracing.tables import Cell, Table
from tripoint.records.shapes import Day, PartyCode

routes = Routes("/api/traces", "tracing")
SHEET = {200: {"description": "A sheet.", "content": {"text/csv": {}, sheets.XLSX: {}}}}


@routes.get("", Act.LIST_TRACES)
def listed(
    visit: Visit, side: Side | None = None, state: State | None = None, party: PartyCode | None = None,
    operation: UUID | None = None, *, late: bool = False, after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> answers.RequestsAnswer:  # fmt: skip
    """Requests that the own party asked (`asker`) or is asked (`asked`), the latest change first, with their clocks."""
    found, following = work.listed(visit, Filters(side, state, party, operation, late, after, limit))
    now = visit.clock()
    return answers.RequestsAnswer(traces=[answers.request_answer(one, now) for one in found], next=following)


@routes.post("", Act.ASK_TRACE, status_code=201)
def ask(visit: Visit, body: RequestBody) -> answers.RequestAnswer:
    """Ask another party where a firearm lawfully was; as a draft, or sent at once. The same id again is the same."""
    made, _ = work.ask(visit, body.wish())
    return answers.request_answer(made, visit.clock())


@routes.post("/suggestions", Act.ASK_TRACE)
def suggest(visit: Visit, body: SuggestionBody) -> answers.SuggestionsAnswer:
    """Whom to ask: the next on the trail, the country of the last import mark, the maker's; with the reason of each."""
    described = body.description.description()
    found = work.suggest(visit, described, body.parent)
    shown = [answers.SuggestedShown.model_validate(one, from_attributes=True) for one in found]
    return answers.SuggestionsAnswer(suggestions=shown, lacking=list(rules.lacking(described)))


@routes.get("/beginnings/{recovered}", Act.ASK_TRACE)
def prefill(visit: Visit, recovered: UUID) -> answers.BeginningAnswer:
    """What a recovered firearm of the own party says, for a new request about it: marks, make, where and how found."""
    described, grounds = prefilling.prefilled(visit, recovered)
    return answers.beginning_answer(recovered, described, grounds)


@routes.get("/clocks", Act.LIST_TRACES)
def see_clocks(visit: Visit) -> answers.ClocksAnswer:
    """How soon the own party answers, by its time zone, working week and holidays."""
    return answers.clocks_answer(work.see_clocks(visit))


@routes.put("/clocks", Act.SET_TRACE_CLOCKS)
def set_clocks(visit: Visit, body: ClockBody) -> answers.ClockShown:
    """Set the own party's clocks, for what is submitted or moved from now on."""
    return answers.ClockShown.model_validate(work.set_clocks(visit, body.policy()), from_attributes=True)


@routes.get("/sheet", Act.EXPORT_TRACES, response_class=Response, responses=SHEET)
def sheet(
    visit: Visit, side: Side | None = None,
    written: Annotated[sheets.Format, Query(alias="as")] = sheets.Format.XLSX,
) -> Response:  # fmt: skip
    """Incoming, outgoing or all requests as a sheet; what a party forbade to pass on is left out and marked."""
    return sheets.as_file(sheets.requests(visit, side, written), f"traces-{side.value if side else 'all'}", written)


@routes.get("/tables", Act.READ_TRACE_TABLES)
def tables(
    visit: Visit, since: Day | None = None, until: Day | None = None, operation: UUID | None = None
) -> counting.TablesAnswer:
    """The arms-flows table, SDG indicator 16.4.2 and the source-recovery matrix, of the own party's firearms."""
    return counting.tables(visit, counting.Scope(since, until, operation))


@routes.get("/tables/records", Act.READ_TRACE_TABLES)
def records(
    visit: Visit, table: Table, row: Annotated[str, Query(max_length=80)], column: Annotated[str, Query(max_length=80)],
    band: Annotated[str | None, Query(max_length=40)] = None, since: Day | None = None, until: Day | None = None,
    operation: UUID | None = None,
) -> counting.RecordsAnswer:  # fmt: skip
    """The firearms that one cell counts, by the very question that counted them."""
    return counting.records(visit, counting.Scope(since, until, operation), Cell(table, row, column, band))


@routes.get("/tables/file", Act.READ_TRACE_TABLES, response_class=Response, responses=SHEET)
def table_file(
    visit: Visit, table: Table, written: Annotated[sheets.Format, Query(alias="as")] = sheets.Format.XLSX,
    since: Day | None = None, until: Day | None = None, operation: UUID | None = None,
) -> Response:  # fmt: skip
    """One of the tables as a sheet."""
    rows = counting.file_rows(visit, counting.Scope(since, until, operation), table)
    return sheets.as_file(sheets.write(rows, written), table.value, written)


@routes.put("/contexts/{recovered}", Act.ASK_TRACE)
def decide_context(visit: Visit, recovered: UUID, body: ContextBody) -> answers.ContextAnswer:
    """Say whether a recovered firearm of the own party must be traced, and who established its illicit context."""
    made = work.decide_context(visit, body.context(recovered))
    return answers.ContextAnswer.model_validate(made, from_attributes=True)


@routes.get("/{which}", Act.READ_TRACE)
def read(visit: Visit, which: UUID) -> answers.OpenedAnswer:
    """One request as the own half sees it, with the limits that bind the reader."""
    return answers.opened_answer(work.read(visit, which), visit.clock())


@routes.put("/{which}", Act.ASK_TRACE)
def change(visit: Visit, which: UUID, body: RequestBody) -> answers.RequestAnswer:
    """Change an own draft, or give what the asked party wants to know; `submit` sends it."""
    return answers.request_answer(work.change(visit, which, body.wish()), visit.clock())


@routes.post("/{which}/asking", Act.ASK_TRACE)
def press(visit: Visit, which: UUID, body: MoveBody) -> answers.RequestAnswer:
    """Submit, withdraw or close a request of the own party."""
    return answers.request_answer(work.press(visit, which, body.to, body.reason), visit.clock())


@routes.post("/{which}/handling", Act.ANSWER_TRACE)
def handle(visit: Visit, which: UUID, body: MoveBody) -> answers.RequestAnswer:
    """Acknowledge a request to the own party, take it up, or ask for more."""
    return answers.request_answer(work.handle(visit, which, body.to, body.reason), visit.clock())


@routes.post("/{which}/answers", Act.ANSWER_TRACE, status_code=201)
def answer(visit: Visit, which: UUID, body: AnswerBody) -> answers.OpenedAnswer:
    """Answer a request to the own party, in part or in the end."""
    steps = [one.step() for one in body.steps]
    return answers.opened_answer(work.answer(visit, which, body.answer(), steps), visit.clock())


@routes.post("/{which}/comments", Act.COMMENT_TRACE, status_code=201)
def comment(visit: Visit, which: UUID, body: CommentBody) -> answers.OpenedAnswer:
    """Write a line into the thread; both halves read it."""
    return answers.opened_answer(work.comment(visit, which, body.words), visit.clock())


@routes.get("/{which}/chain", Act.READ_TRACE)
def chain(visit: Visit, which: UUID) -> answers.ChainAnswer:
    """The chain of custody over all hops of the own half: intervals, point of diversion, gaps, time-to-crime."""
    return answers.chain_answer(work.chain(visit, which), visit.clock())

