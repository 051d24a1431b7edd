"""Every field, section and choice of every form has its word in every language of the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tripoint.desks.ballistics.answering import FiltersBody
from tripoint.desks.ballistics.desk_http import LISTS
from tripoint.desks.dealers.model import IndicatorState, Measure, Scope
from tripoint.desks.modi.model import ModusState
from tripoint.desks.modi.rules import WEIGHTS
from tripoint.desks.operations.model import AgencyKind, PartnerRole, PhaseKind, SiteKind
from tripoint.desks.operations.sheets.model import Fate, Tab
from tripoint.desks.situation.model import ReportState, Standing
from tripoint.desks.tracing import tables
from tripoint.desks.tracing.model import State
from tripoint.engines.ballistics.regions import Unit
from tripoint.engines.books.model import Book
from tripoint.engines.marks.ranking import REASONS
from tripoint.records.firearms.model import MeetingState
from tripoint.records.model import Level
from tripoint.words import currencies, languages, modi
from tripoint.words.firearms.recovery import AcquisitionMode, IllicitGround, MarkedStatus, Step, StepState
from tripoint.words.forms.catalogue import FORMS
from tripoint.words.forms.model import Field, ValueKind
from tripoint.words.forms.recovery import TRACE_NEEDS
from tripoint.words.time_to_crime import Band
from tripoint.words.traces import AnswerClass, Evidence, HolderRole, Restriction, WhyNot

WEB = Path(__file__).resolve().parents[1] / "web"
LANGUAGES = ("en", "es", "pt", "fr", "ar")
RELATIONS = ("same_case_different_spec", "chambers_in", "not_interchangeable_confusable", "blank_convertible")
# What the pages of traces say by `choice-trace-…`: codes of several lists, whose words agree where their codes do.
TRACE: tuple[Iterable[str], ...] = (
    State, HolderRole, Evidence, AnswerClass, WhyNot, Restriction, Band, MarkedStatus, AcquisitionMode, IllicitGround,
    tables.INDICATOR, tables.MODES, (one for one in tables.TRACING if not one.startswith("result.")),
    (f"need-{one}" for one in TRACE_NEEDS), (f"marked-{one}" for one in (*MarkedStatus, "unknown")),
    ("firearms", "urgent", "yes", "no", "unknown"),
    ("serial", "make", "type", "calibre", "country_of_manufacture", "import_mark"),
    ("next_on_trail", "import_mark", "maker_country", "maker_has_works", "stamped"),
)  # fmt: skip
# What preparing a scan says against it, then what reading its file had to say.
SCAN_NOTES = (
    "area-too-small", "nothing-to-see", "only-noise", "spikes", "small-area", "dropouts", "noisy",
    "picture", "only-first-page", "mask-unusable", "mask-of-the-file", "increments-in-micrometres",
    "heights-in-micrometres", "unit-given", "revision-unusual", "axis-reversed", "mirrored", "steps-uneven", "no-sum",
    "description-sum-differs", "only-first-layer", "points-sum-differs",
)  # fmt: skip
VIEWER = WEB / "room" / "ballistics" / "viewer"


def listed(file: str, name: str) -> list[str]:
    """The codes of a list in a file of the viewer."""
    found = re.search(rf"const {name}\b[^=]*= \[([^\]]+)\]", (VIEWER / file).read_text(encoding="utf-8"))
    assert found
    return re.findall(r"'([a-z-]+)'", found[1])


PLANNED: dict[str, Iterable[str]] = {
    "plan-phase": PhaseKind, "plan-site": SiteKind, "plan-partner": PartnerRole, "plan-agency": AgencyKind,
    "plan-tab": Tab, "plan-fate": Fate, "standing": Standing, "situation": ReportState,
    "step": Step, "step-state": StepState, "meeting": MeetingState,
    "mark-reason": REASONS,
    "calibre-relation": RELATIONS,
    "book": Book, "dealers": [*Scope, *Measure, *IndicatorState, "valid", "suspended", "revoked"],
    "modus-stage": modi.Stage, "modus-area": modi.AREAS, "modus-danger": modi.Danger, "modus-state": ModusState,
    "modus-confidence": modi.Certainty, "modus-detection": modi.DETECTIONS, "modus-paper": modi.PAPERS,
    "modus-feature": WEIGHTS, "modus-verdict": ("same", "different"),
    "trace": [one for codes in TRACE for one in codes],
    **{f"ballistics-{name}": codes for name, codes in LISTS.items()},
    "ballistics-scan-note": SCAN_NOTES, "ballistics-level": set(Level) - {Level.NOTHING},
    "ballistics-state": ("withdrawn",),
    "ballistics-unit": Unit, "ballistics-filter": FiltersBody.model_fields,
    "ballistics-refused": ("no_reference_population",), "ballistics-mode": listed("scene.ts", "MODES"),
    "ballistics-tool": listed("viewer.svelte.ts", "TOOLS"), "ballistics-key": listed("keys.ts", "COMMANDS"),
}  # fmt: skip


def dashed(code: str) -> str:
    """A code as part of a catalogue id, as web/shared/forms/words.ts makes it."""
    apart = re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", code)
    return re.sub(r"[^A-Za-z0-9]+", "-", apart).lower()


@cache
def ids(language: str) -> frozenset[str]:
    """All ids of a language's catalogues."""
    texts = (path.read_text(encoding="utf-8") for path in (WEB / "words").rglob(f"{language}.ftl"))
    return frozenset(found for text in texts for found in re.findall(r"^([a-z][a-z0-9-]*) =", text, re.MULTILINE))


def fields(asked: tuple[Field, ...], under: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Every field with its names from the form down; columns of rows after their rows."""
    for one in asked:
        names = (*under, one.name)
        yield names, one
        yield from fields(one.fields, names)


def labels(kind: str, *names: str) -> set[str]:
    """The ids of which one must name a field: the form's own, or one that several forms share."""
    path = "-".join(map(dashed, names))
    return {f"form-{dashed(kind)}-{path}", f"form-field-{path}", f"form-field-{dashed(names[-1])}"}


def choice(pick_list: str, code: str) -> set[str]:
    """The ids of which one must name a choice."""
    return {f"choice-{dashed(pick_list)}-{dashed(code)}", f"choice-any-{dashed(code)}"}


def wanted(kind: str) -> Iterator[set[str]]:
    """For each thing of a form, the ids of which one must be there."""
    form = FORMS[kind]
    yield {f"report-kind-{dashed(kind)}"}
    yield {f"report-kinds-{dashed(kind)}"}
    for names, one in fields(form.fields):
        yield labels(kind, *names)
        yield from (choice(one.list, code) for code in one.choices)
        if len(names) == 1:
            yield {f"form-section-{dashed(one.section)}"}
    for name, codes in form.derived.items():
        yield labels(kind, name)
        # What the line repeats of a body's list is called as in that list.
        yield from (choice(DERIVED.get(name, name), code) for code in codes)


DERIVED = {"exploitation": "type_of_exploitation", "recruitment": "method_of_recruitment"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(FORMS))
def test_every_field_and_choice_has_its_word(kind: str, language: str) -> None:
    here = ids(language)
    assert [sorted(one) for one in wanted(kind) if not one & here] == []


def planned() -> Iterator[set[str]]:
    """For each choice that no form of the field has, the ids of which one must be there."""
    for name, codes in PLANNED.items():
        yield from (choice(name, str(code)) for code in codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_outside_the_forms_has_its_word(language: str) -> None:
    here = ids(language)
    assert [sorted(one) for one in planned() if not one & here] == []


def test_no_word_of_a_form_stands_without_use() -> None:
    used = {one for kind in FORMS for group in wanted(kind) for one in group}
    used |= {f"choice-any-{one}" for one in ("yes", "no", "true", "false", "unknown")}
    used |= {one for group in planned() for one in group}
    loose = {one for one in ids("en") if one.startswith(("form-", "choice-")) and not one.endswith(("-help", "-add"))}
    assert sorted(loose - used) == []


def test_helps_stand_at_fields_that_are_there() -> None:
    known = {one for kind in FORMS for names, _ in fields(FORMS[kind].fields) for one in labels(kind, *names)}
    rows = {one.removesuffix("-add") for one in ids("en") if one.startswith("form-") and one.endswith("-add")}
    helps = {one.removesuffix("-help") for one in ids("en") if one.startswith("form-") and one.endswith("-help")}
    assert sorted((rows | helps) - known) == []


def test_the_pages_know_every_kind_of_value() -> None:
    text = (WEB / "shared" / "forms" / "model.ts").read_text(encoding="utf-8")
    assert {kind.value for kind in ValueKind} <= set(re.findall(r"'([a-z_]+)'", text))


def test_the_pages_offer_the_hubs_own_currencies_and_languages() -> None:
    text = (WEB / "shared" / "forms" / "options.ts").read_text(encoding="utf-8")
    offered = dict(re.findall(r"const (LANGUAGES|CURRENCIES) = \(\n((?: +'[^\n]*\n)+)\)", text))
    coins = set(re.findall(r"[A-Z]{3,4}", offered["CURRENCIES"]))
    assert coins == currencies.ISO_4217 | currencies.COINS
    spoken = set(re.findall(r"\b[a-z]{2,3}\b", offered["LANGUAGES"]))
    assert spoken
    assert all(languages.read_language(one) == one for one in spoken)
