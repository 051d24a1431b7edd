import json
from datetime import date
from uuid import UUID

from hypothesis import given, strategies as st

from tripoint.records.codec import content_from_json, content_to_json, digest_of
from tripoint.records.codec_terms import grading_to_json, spec_of, terms_digest, terms_from_json
from tripoint.records.model import (
    Action,
    Audience,
    AudienceKind,
    Content,
    Firearm,
    Level,
    Notice,
    NoticeColour,
    Person,
    Terms,
    TravelDocument,
    Vehicle,
)
from tripoint.records.rules import kind_of
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference, DocumentStatus, DocumentType
from tripoint.words.firearms import FirearmStatus
from tripoint.words.grades import Confidence, Grading, Handling, InformationGrade, SourceGrade
from tripoint.words.people import NameKind, PersonDescription, PersonName, PersonStatus, Sex
from tripoint.words.purposes import Purpose
from tripoint.words.vehicles import VehicleStatus

words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
maybe = st.none() | words
days = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))
births = st.builds(PartialDate, st.integers(1850, 2100), st.none() | st.integers(1, 12), about=st.booleans())
references = st.builds(DocumentReference, words, maybe, st.none() | st.sampled_from(DocumentType))
descriptions = st.builds(
    PersonDescription,
    st.lists(st.builds(PersonName, words, st.sampled_from(NameKind), maybe, maybe), min_size=1, max_size=3).map(tuple),
    st.lists(births, max_size=3).map(tuple), st.lists(words, max_size=2).map(tuple),
    st.none() | st.sampled_from(Sex), st.lists(references, max_size=2).map(tuple),
)  # fmt: skip
notices = st.builds(
    Notice, st.sampled_from(NoticeColour), maybe, maybe, st.lists(words, max_size=2).map(tuple),
    st.sampled_from(Action), days, maybe,
)  # fmt: skip
contents: st.SearchStrategy[Content] = st.one_of(
    st.builds(Person, words, st.sampled_from(PersonStatus), descriptions, st.lists(notices, max_size=2).map(tuple),
              st.lists(words, max_size=2).map(tuple), maybe, maybe, maybe),
    st.builds(
        TravelDocument, words, words, st.sampled_from(DocumentType), st.sampled_from(DocumentStatus), days, maybe
    ),
    st.builds(Vehicle, st.sampled_from(VehicleStatus), maybe, maybe, maybe, maybe, maybe, maybe, days),
    st.builds(Firearm, st.sampled_from(FirearmStatus), words, maybe, maybe, maybe, maybe, days),
)  # fmt: skip
codes = st.frozensets(st.sampled_from(["ARC", "BOR", "CIR"])).map(lambda chosen: tuple(sorted(chosen)))
audiences = st.builds(Audience, st.sampled_from(AudienceKind), codes, st.none() | st.just(UUID(int=5)), codes)
gradings = st.builds(
    Grading, st.sampled_from(Handling), st.sampled_from(SourceGrade), st.sampled_from(InformationGrade),
    st.sampled_from(Confidence),
)  # fmt: skip
all_terms = st.builds(Terms, audiences, audiences, st.sampled_from(Level), gradings, st.sampled_from(Purpose))


@given(content=contents)
def test_content_comes_back_from_json_as_it_was(content: Content) -> None:
    values = json.loads(json.dumps(content_to_json(content)))
    assert content_from_json(kind_of(content), values) == content


@given(terms=all_terms)
def test_terms_come_back_from_json_as_they_were(terms: Terms) -> None:
    spec, grades = json.loads(json.dumps([spec_of(terms), grading_to_json(terms.grading, terms.purpose)]))
    assert terms_from_json(spec, grades) == terms


@given(one=all_terms, other=all_terms)
def test_equal_terms_and_no_others_share_a_digest(one: Terms, other: Terms) -> None:
    assert (terms_digest(one) == terms_digest(other)) == (one == other)


def test_the_order_of_parties_makes_no_difference_to_the_digest() -> None:
    one, other = (Terms(readers=Audience(AudienceKind.PARTIES, parties)) for parties in (("A", "B"), ("B", "A")))
    assert terms_digest(one) == terms_digest(other)


def test_the_digest_does_not_depend_on_the_order_of_fields() -> None:
    assert digest_of({"a": 1, "b": "ñ"}) == digest_of({"b": "ñ", "a": 1})
