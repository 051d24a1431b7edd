import pytest
from pydantic import ValidationError

from tripoint.records.shapes import NewPersonBody, PersonBody, TermsBody
from tripoint.words.people import PersonStatus

NAMES = [{"full": "Mireldo Antuvelas"}]


def test_what_a_person_is_to_the_case_must_be_said() -> None:
    """No status is taken for granted: a victim is never a suspect by default (Directive (EU) 2016/680, Art. 6)."""
    with pytest.raises(ValidationError, match="status"):
        PersonBody.model_validate({"names": NAMES})
    assert PersonBody.model_fields["status"].is_required()
    for status in PersonStatus:
        assert PersonBody.model_validate({"names": NAMES, "status": status.value}).status is status


def test_every_record_goes_with_grades_of_source_and_information() -> None:
    """Unsaid, the information counts as not judged (Directive (EU) 2016/680, Art. 7)."""
    body = NewPersonBody.model_validate({"content": {"names": NAMES, "status": "witness"}})
    assert body.terms.terms().grading.information.name == "NOT_JUDGED"
    for name in ("handling", "source_grade", "information_grade", "confidence"):
        with pytest.raises(ValidationError, match=name):
            TermsBody.model_validate({name: None})
