"""Every form by its kind, and forms as data for pages and programs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tripoint.words.forms.arrest import ARREST
from tripoint.words.forms.detection import DETECTION
from tripoint.words.forms.freeze import FREEZE
from tripoint.words.forms.group import GROUP
from tripoint.words.forms.incident import INCIDENT
from tripoint.words.forms.interview import FORM as INTERVIEW
from tripoint.words.forms.investigation import INVESTIGATION
from tripoint.words.forms.model import Condition, Field, Form, Json
from tripoint.words.forms.notice_request import NOTICE_REQUEST
from tripoint.words.forms.recovery import RECOVERY
from tripoint.words.forms.seizure import SEIZURE
from tripoint.words.forms.victim import FORM as VICTIM

FORMS: Mapping[str, Form] = MappingProxyType({
    form.kind: form
    for form in (
        DETECTION, VICTIM, ARREST, SEIZURE, FREEZE, GROUP, INVESTIGATION, INCIDENT, INTERVIEW, NOTICE_REQUEST,
        RECOVERY,
    )
})  # fmt: skip


def form_to_json(form: Form) -> Json:
    """A form as data: kind, plural, fields in their order, and what the line has besides."""
    return {
        "kind": form.kind, "plural": form.plural, "body_class": form.body_class,
        "fields": [field_to_json(one) for one in form.fields],
        "derived": {name: list(codes) for name, codes in form.derived.items()},
    }  # fmt: skip


def field_to_json(field: Field) -> Json:
    """A field as data; numbers that bound it as text, so that no digit is lost."""
    return {
        "name": field.name, "kind": field.kind.value, "part": field.part.value, "section": field.section,
        "required": field.required, "carry": field.carry, "list": field.list, "choices": list(field.choices),
        "when": [condition_to_json(one) for one in field.when], "fields": [field_to_json(one) for one in field.fields],
        "least": None if field.least is None else str(field.least),
        "most": None if field.most is None else str(field.most), "unit": field.unit,
    }  # fmt: skip


def condition_to_json(condition: Condition) -> Json:
    """A condition as data."""
    return {
        "field": condition.field, "among": list(condition.among),
        "below": None if condition.below is None else str(condition.below),
        "at_least": None if condition.at_least is None else str(condition.at_least),
    }  # fmt: skip
