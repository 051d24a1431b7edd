"""The routes of what parties report. Every kind has its address; the act goes by the kind where roles differ."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Path, Query, Response
from fastapi.responses import JSONResponse
from starlette.convertors import StringConvertor, register_url_convertor

import tripoint
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.records.occurrences import custody, identity, rules, shapes, sheets, work
from tripoint.records.occurrences.hooks import NO_HOOKS, KindHooks
from tripoint.records.occurrences.model import TO_PROTECT, Filters, OccurrenceKind, State
from tripoint.records.occurrences.shapes import Moment, Plural
from tripoint.records.shapes import PartyCode
from tripoint.words.forms.catalogue import FORMS, form_to_json
from tripoint.words.forms.model import Form, Part, ValueKind

Hooks = Mapping[OccurrenceKind, KindHooks]
# What a filter may be that is no choice of a list: a code of a country, a currency, a language; a number; a day.
CODE = r"^(unknown|true|false|[A-Z]{2,3}|[a-z]{2,3}|-?[0-9]{1,12}|[0-9]{4}(-[0-9]{2}){0,2})$"
FieldName = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,59}$")]
GENERAL = tuple(plural for plural in Plural if plural.kind not in TO_PROTECT)
FILES = {sheets.XLSX: {"schema": {"type": "string", "format": "binary"}}, "text/csv": {"schema": {"type": "string"}}}


class Every(StringConvertor):
    """Any kind's plural in an address."""

    regex = "|".join(plural.value for plural in Plural)


class General(StringConvertor):
    """The plural of a kind that is not of people to protect."""

    regex = "|".join(plural.value for plural in GENERAL)


for name, convertor in (("occurrences", Every()), ("general", General())):
    register_url_convertor(name, convertor)


def filter_names(form: Form) -> frozenset[str]:
    """The fields by whose codes a kind's lines can be filtered."""
    skipped = {ValueKind.MONEY, ValueKind.ROWS, ValueKind.DECIMAL}
    fields = {one.name for one in form.of_part(Part.LINE) if one.kind not in skipped}
    return frozenset(fields | {name for name, codes in form.derived.items() if codes})


def filter_shape(name: str) -> Any:
    """What may stand in an address for a field: a code of its lists, where every form that has it has one."""
    listed: set[str] = set()
    for form in FORMS.values():
        asked = (one.choices for one in form.of_part(Part.LINE) if one.name == name)
        codes = form.derived.get(name) or next(asked, None)
        if codes is not None and not codes:
            return Annotated[str | None, Query(min_length=1, max_length=60, pattern=CODE)]
        listed |= set(codes or ())
    return Literal[tuple(sorted(listed))] | None


FILTERS = {OccurrenceKind(kind): filter_names(form) for kind, form in FORMS.items()}
EVERY_FILTER = sorted(frozenset[str]().union(*FILTERS.values()))


def routes_for(hooks: Hooks) -> Routes:
    """All routes; `hooks` is what desks hang onto kinds."""
    routes = Routes("/api", "occurrences")
    routes.get("/forms", Act.SEE_FORMS)(see_forms)
    routes.get("/{plural:occurrences}", Act.LIST_OCCURRENCES)(with_filters(list_lines))
    for address, kinds, act in GROUPS:
        add_group(routes, address, kinds, act, hooks)
    routes.get("/{plural:occurrences}/{which:uuid}/history", Act.READ_OCCURRENCE)(history)
    routes.post("/{plural:occurrences}/{which:uuid}/links", Act.LINK_OCCURRENCE)(link)
    routes.post("/{plural:occurrences}/{which:uuid}/state", Act.DECIDE_OCCURRENCE)(decide)
    exported: dict[str, Any] = {"response_class": Response, "responses": {200: {"content": FILES}}}
    routes.get("/{plural:occurrences}/sheet", Act.EXPORT_OCCURRENCES, **exported)(export)
    routes.post("/seizures/{which:uuid}/custody", Act.ADD_CUSTODY, status_code=201,
                response_model=shapes.CustodyAnswer)(add_custody)  # fmt: skip
    return routes


# Address of a group and its kind; the general ones share their acts and have an address for all of them.
GROUPS = (
    ("detections", OccurrenceKind.DETECTION, rules.filing_act(OccurrenceKind.DETECTION)),
    ("victims", OccurrenceKind.VICTIM, rules.filing_act(OccurrenceKind.VICTIM)),
    ("interviews", OccurrenceKind.INTERVIEW, rules.filing_act(OccurrenceKind.INTERVIEW)),
    ("{plural:general}", None, Act.FILE_OCCURRENCE),
)


def add_group(routes: Routes, address: str, kind: OccurrenceKind | None, filing: Act, hooks: Hooks) -> None:
    """The routes whose act goes by the kind: file, open, correct, sheets in, sealed fields."""
    some = kind or OccurrenceKind.ARREST

    def file(visit: Visit, plural: Plural, body: shapes.FilingBody) -> Response:
        """Report something. The same id with the same body is the same report and is answered so."""
        made, new = work.file(visit, body.filing(plural.kind), hooks.get(plural.kind, NO_HOOKS))
        return JSONResponse(shapes.occurrence_answer(made).model_dump(mode="json"), 201 if new else 200)

    def correct(visit: Visit, plural: Plural, which: UUID, body: shapes.CorrectionBody) -> shapes.OccurrenceAnswer:
        """Write the next version of a report of the own party, saying why; the states before stay in its history."""
        given = hooks.get(plural.kind, NO_HOOKS)
        return shapes.occurrence_answer(work.correct(visit, plural.kind, which, body.correction(), given))

    def take_sheet(visit: Visit, plural: Plural, body: shapes.SheetBody) -> shapes.SheetAnswer:
        """Report what a sheet holds, row by row: a row that cannot be taken says why and stops none of the others."""
        given = hooks.get(plural.kind, NO_HOOKS)
        taken = sheets.take(visit, plural.kind, body.operation, body.content(), body.timezone, given)
        return shapes.SheetAnswer.model_validate(taken, from_attributes=True)

    handlers: list[Any] = [file, read, correct, take_sheet, open_field]
    if kind is not None:
        handlers = [of_kind(one, Plural(FORMS[kind.value].plural)) for one in handlers]
    routes.post(f"/{address}", filing, status_code=201, response_model=shapes.OccurrenceAnswer)(handlers[0])
    routes.get(f"/{address}/{{which:uuid}}", rules.reading_act(some))(handlers[1])
    routes.put(f"/{address}/{{which:uuid}}", rules.correcting_act(some))(handlers[2])
    routes.post(f"/{address}/sheet", filing)(handlers[3])
    routes.post(f"/{address}/{{which:uuid}}/sealed/{{field}}/opening", identity.opening_act(some))(handlers[4])


def of_kind(handler: Any, plural: Plural) -> Any:
    """The same handler for one kind, whose address names it already."""

    def bound(visit: Visit, **arguments: Any) -> Any:
        return handler(visit, plural=plural, **arguments)

    signature = inspect.signature(handler)
    kept = [one for name, one in signature.parameters.items() if name != "plural"]
    return dressed(bound, handler, signature.replace(parameters=kept))


def with_filters(handler: Any) -> Any:
    """The same handler with a parameter for each field of any line."""

    def asking(visit: Visit, **arguments: Any) -> Any:
        asked = {name: arguments.pop(name) for name in EVERY_FILTER}
        return handler(visit, fields={name: code for name, code in asked.items() if code is not None}, **arguments)

    signature = inspect.signature(handler)
    own = [one for name, one in signature.parameters.items() if name != "fields"]
    kind = inspect.Parameter.KEYWORD_ONLY
    more = [inspect.Parameter(name, kind, default=None, annotation=filter_shape(name)) for name in EVERY_FILTER]
    return dressed(asking, handler, signature.replace(parameters=[*own, *more]))


def dressed(function: Any, handler: Any, signature: inspect.Signature) -> Any:
    """The function with the name, words and parameters that the framework is to see."""
    function.__name__, function.__doc__ = handler.__name__, handler.__doc__
    hints = {name: one.annotation for name, one in signature.parameters.items()}
    function.__annotations__ = {**hints, "return": signature.return_annotation}
    function.__signature__ = signature
    return function


def see_forms(visit: Visit) -> shapes.FormsAnswer:
    """Every form as data: its fields, what each takes, when it is asked, and in which part it is kept."""
    del visit
    return shapes.FormsAnswer(version=tripoint.__version__, forms=[form_to_json(form) for form in FORMS.values()])


def list_lines(
    visit: Visit, plural: Plural, *, fields: dict[str, str], operation: UUID | None = None,
    party: PartyCode | None = None, post: UUID | None = None,
    since: Annotated[Moment | None, Query(alias="from")] = None,
    until: Annotated[Moment | None, Query(alias="to")] = None, state: State | None = None, after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> shapes.OccurrencesAnswer:  # fmt: skip
    """Lines that the reader may see, latest first; filtered by period, party, post, state and codes of the line."""
    strange = sorted(set(fields) - FILTERS[plural.kind])
    if strange:
        known = ", ".join(sorted(FILTERS[plural.kind]))
        raise BadInput("This kind has no such field in its line.", field=strange[0], remedy=f"Filter by: {known}.")
    filters = Filters(operation, party, post, since, until, state, fields, after, limit)
    found, following = work.list_lines(visit, plural.kind, filters)
    return shapes.OccurrencesAnswer(occurrences=[shapes.occurrence_answer(one) for one in found], next=following)


def read(visit: Visit, plural: Plural, which: UUID) -> shapes.OpenedAnswer:
    """Open one report: its line, and the body as far as party and role go. Its owner can see who did."""
    return shapes.opened_answer(work.find(visit, plural.kind, which))


def history(visit: Visit, plural: Plural, which: UUID) -> shapes.HistoryAnswer:
    """Every state of a report of the own party, the present one first."""
    return shapes.history_answer(work.history(visit, plural.kind, which))


def link(visit: Visit, plural: Plural, which: UUID, body: shapes.LinksBody) -> shapes.OpenedAnswer:
    """Link a report to others, to a hit or to a record that the officer may see himself."""
    return shapes.opened_answer(work.link(visit, plural.kind, which, [one.link() for one in body.links]))


def decide(visit: Visit, plural: Plural, which: UUID, body: shapes.StateBody) -> shapes.OccurrenceAnswer:
    """Confirm, finish or withdraw a report of the own party, saying why."""
    return shapes.occurrence_answer(work.decide(visit, plural.kind, which, body.state, body.reason))


def open_field(
    visit: Visit, plural: Plural, which: UUID, field: FieldName, body: shapes.OpeningBody
) -> shapes.IdentityAnswer:
    """Open one sealed field of a report of the own party; each opening stands in the trail with its reason."""
    opened = identity.open_field(visit, plural.kind, which, field, purpose=body.purpose, reason=body.reason)
    return shapes.IdentityAnswer.model_validate(opened, from_attributes=True)


def add_custody(visit: Visit, which: UUID, body: shapes.CustodyBody) -> Response:
    """Add an entry to the chain of custody of a seized item; entries are never changed."""
    made, new = custody.add(visit, which, body.entry())
    answer = shapes.CustodyAnswer.model_validate(made, from_attributes=True)
    return JSONResponse(answer.model_dump(mode="json"), 201 if new else 200)


def export(
    visit: Visit, plural: Plural, operation: UUID, *, template: bool = False,
    written: Annotated[sheets.Format, Query(alias="as")] = sheets.Format.XLSX,
) -> Response:  # fmt: skip
    """The kind's sheet: empty with its pick lists, or with what the reader may see; no text in free words goes out."""
    content = sheets.give(visit, plural.kind, operation, written, template=template)
    name = f"{plural.value}.{written.value}"
    return Response(content, headers={
        "content-type": sheets.MEDIA[written], "content-disposition": f'attachment; filename="{name}"',
    })  # fmt: skip

