"""Terms of sharing as JSON values and back: the form they are stored in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tripoint.records.codec import Json, digest_of, without_empty
from tripoint.records.model import Audience, AudienceKind, Level, Terms
from tripoint.words.grades import Confidence, Grading, Handling, InformationGrade, SourceGrade
from tripoint.words.purposes import Purpose


def audience_to_json(audience: Audience) -> Json:
    """An audience as the function audience_mask in the database reads it."""
    return without_empty({
        "kind": audience.kind.value, "parties": sorted(audience.parties),
        "operation": str(audience.operation) if audience.operation else None, "barred": sorted(audience.barred),
    })  # fmt: skip


def audience_from_json(values: Mapping[str, Any]) -> Audience:
    """The inverse of `audience_to_json`."""
    operation = values.get("operation")
    return Audience(
        AudienceKind(values.get("kind", "own")), tuple(values.get("parties", ())),
        UUID(operation) if operation else None, tuple(values.get("barred", ())),
    )  # fmt: skip


def spec_of(terms: Terms) -> Json:
    """The column `terms.spec`: who reads, whose checks meet, what they learn, and whether an emergency opens it."""
    opened = {"break_glass": True} if terms.break_glass else {}
    return {
        "readers": audience_to_json(terms.readers),
        "meeting": audience_to_json(terms.meeting),
        "level": terms.level.value,
        **opened,
    }


def grading_to_json(grading: Grading, purpose: Purpose) -> Json:
    """The columns of grades and purpose."""
    return {
        "handling": grading.handling.value, "source_grade": grading.source.value,
        "information_grade": grading.information.value, "confidence": grading.confidence.value,
        "purpose": purpose.value,
    }  # fmt: skip


def grading_from_json(values: Mapping[str, Any]) -> tuple[Grading, Purpose]:
    """The inverse of `grading_to_json`."""
    grading = Grading(
        Handling(values["handling"]), SourceGrade(values["source_grade"]),
        InformationGrade(values["information_grade"]), Confidence(values["confidence"]),
    )  # fmt: skip
    return grading, Purpose(values["purpose"])


def terms_from_json(spec: Mapping[str, Any], grades: Mapping[str, Any]) -> Terms:
    """Terms from their stored form."""
    grading, purpose = grading_from_json(grades)
    return Terms(
        audience_from_json(spec["readers"]), audience_from_json(spec["meeting"]), Level(spec["level"]), grading,
        purpose, break_glass=spec.get("break_glass") is True,
    )  # fmt: skip


def terms_digest(terms: Terms) -> bytes:
    """SHA-256 of the terms: equal terms, equal digest, one row."""
    return digest_of({**spec_of(terms), **grading_to_json(terms.grading, terms.purpose)})
