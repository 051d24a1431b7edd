"""How near two modi operandi come, and what follows what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings, strategies as st

from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.desks.modi import rules
from tripoint.desks.modi.model import Content, Decision, Features, Modus, ModusState, ModusText, Verdict
from tripoint.words.modi import Danger, Stage

STEMS = frozenset({"pistol", "batteri", "car", "border", "hide", "wire"})
ONE = Features(
    uuid4(), {"stage": "concealment", "concealment": "vehicle_part", "transport": "private_road"},
    frozenset({"cutter"}), frozenset({"invoice"}), {"en": STEMS},
)  # fmt: skip
TEXT = {"en": ModusText("Pistols within car batteries", "Sold as spare parts.", "New battery\nold car")}
CONTENT = Content(Stage.CONCEALMENT, "firearms", Danger.HIGH, TEXT, concealment="vehicle_part")
NOW = datetime(2026, 3, 14, tzinfo=UTC)
MODUS = Modus(
    uuid4(), "PRY", ModusState.PROPOSED, 2, CONTENT, False, False, None, "Ana", NOW, NOW, None, None, None, own=True
)


def test_the_same_is_as_near_as_can_be_and_says_why() -> None:
    score, reasons = rules.likeness(ONE, replace(ONE, id=uuid4()), pictures_alike=True)
    assert score == 1.0
    assert [reason.feature for reason in reasons][:3] == ["text", "pictures", "concealment"]


def test_what_nobody_said_speaks_neither_for_nor_against() -> None:
    silent = replace(ONE, codes={"stage": "concealment", "concealment": "unknown"}, tools=frozenset(), stems={})
    score, reasons = rules.likeness(ONE, silent, pictures_alike=False)
    assert {reason.feature for reason in reasons} == {"stage", "documents"}
    assert score < 0.45  # little in common proves little


def test_other_words_and_places_are_far_away() -> None:
    other = Features(
        uuid4(), {"stage": "payment", "concealment": "in_body", "transport": "mail"}, frozenset({"phone"}),
        frozenset({"passport"}), {"en": frozenset({"wallet", "coin", "transfer", "account", "shop"})},
    )  # fmt: skip
    assert rules.likeness(ONE, other, pictures_alike=False)[0] == 0.0


@settings(max_examples=40)
@given(st.sampled_from(["search", "mail", "none", "rail"]), st.sets(st.sampled_from("abcdefgh")), st.booleans())
def test_likeness_is_the_same_both_ways_and_within_bounds(code: str, letters: set[str], alike: bool) -> None:
    other = Features(uuid4(), {"transport": code}, frozenset(letters), frozenset(), {"en": frozenset(letters) | STEMS})
    score, reasons = rules.likeness(ONE, other, pictures_alike=alike)
    assert 0 <= score <= 1
    assert rules.likeness(other, ONE, pictures_alike=alike) == (score, reasons)


def test_nothing_is_new_before_what_comes_near_was_looked_at() -> None:
    near, far = uuid4(), uuid4()
    decision = Decision(Verdict.NEW, "nothing like it")
    with pytest.raises(Conflict, match="1 that come near"):
        rules.check_decision(MODUS, decision, [(near, 0.8), (far, 0.1)])
    rules.check_decision(MODUS, replace(decision, compared=(near,)), [(near, 0.8), (far, 0.1)])
    rules.check_decision(MODUS, replace(decision, verdict=Verdict.ACCEPTED), [(near, 0.8)])


def test_only_the_own_party_decides_and_only_what_was_proposed() -> None:
    decision = Decision(Verdict.NEW, "nothing like it")
    with pytest.raises(NotAllowed):
        rules.check_decision(replace(MODUS, own=False), decision, [])
    for state in set(ModusState) - {ModusState.PROPOSED}:
        with pytest.raises(Conflict):
            rules.check_decision(replace(MODUS, state=state), decision, [])
    known = Decision(Verdict.KNOWN, "the same", same_as=uuid4())
    rules.check_decision(replace(MODUS, state=ModusState.PUBLISHED), known, [])
    for wrong in (replace(known, same_as=None), replace(decision, same_as=uuid4())):
        with pytest.raises(BadInput):
            rules.check_decision(MODUS, wrong, [])


def test_the_draft_of_a_notice_is_about_a_method() -> None:
    values = rules.notice_values(CONTENT, "general_secretariat")
    assert (values["colour"], values["subject"]) == ("purple", "method")
    assert "Pistols within car batteries" in values["purpose"]
    assert "Danger to officers: high" in values["purpose"]
    assert "vehicle part" in values["purpose"]


def test_content_is_read_strictly() -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"texts": {}}, {"countries": ("Atlantis",)}, {"operation": uuid4()},
        {"first_seen": NOW.date(), "last_seen": NOW.date().replace(day=1)},
    )  # fmt: skip
    for more in wrong:
        with pytest.raises(BadInput) as refused:
            rules.checked(replace(CONTENT, **more), frozenset())
        assert refused.value.field
    written = replace(CONTENT, countries=("PY", "Paraguay", "BRA"), tools=(" Cutter ", "cutter"))
    read = rules.checked(written, frozenset())
    assert (read.countries, read.tools) == (("BRA", "PRY"), ("cutter",))
