"""The officer at the border: one check on a phone, from sign-in to what is to be done."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.journeys.stage import FIELD, ROOT, STOLEN, World, watched
from tests.town import PASSWORD, as_owner, rows

# The last digit of the birth date should be 2.
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408123F1204159ZE184226B<<<<<10"
COMPILING = 60_000  # milliseconds: the first comparison after a change of the kernel waits until it is compiled


def word(language: str, name: str) -> str:
    """The word of the catalogues."""
    files = sorted((ROOT / "web" / "words").rglob(f"{language}.ftl"))
    catalogue = "\n".join(file.read_text(encoding="utf-8") for file in files)
    found = re.search(rf"^{name} = (.+)$", catalogue, re.MULTILINE)
    assert found, name
    return found[1]


def ask_for_document(page: Page, number: str) -> None:
    page.get_by_test_id("document-number").fill(number)
    page.get_by_test_id("document-issuer").select_option("BRA")
    page.get_by_test_id("check").click()


def ask_for_person(page: Page, name: str) -> None:
    page.get_by_test_id("tab-person").click()
    page.get_by_test_id("person-name").fill(name)
    page.get_by_test_id("person-birth").fill("1976-05-12")
    page.get_by_test_id("check").click()
    page.get_by_test_id("answer").wait_for(timeout=COMPILING)


def test_an_officer_checks_a_stolen_passport_and_sees_what_to_do(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.open("/field")
        visit.page.get_by_test_id("sign-in").wait_for()
        visit.check_access("field-sign-in")
        visit.sign_in(world.field_officer)
        expect(visit.page.get_by_test_id("post")).to_contain_text("Bridge of COL")
        visit.check_access("field-form")
        ask_for_document(visit.page, "qx 407-1862")
        answer = visit.page.get_by_test_id("answer")
        expect(answer).to_have_attribute("data-grade", "strong")
        expect(visit.page.get_by_test_id("sign")).to_contain_text(word("en", "sign-strong"))
        expect(visit.page.get_by_test_id("action")).not_to_be_empty()
        expect(visit.page.get_by_test_id("hit")).to_contain_text("Brazil desk, +00 555 0100")
        expect(visit.page.get_by_test_id("sets")).to_be_visible()
        visit.check_access("field-strong-lead")
        visit.page.get_by_test_id("new-check").click()
        expect(visit.page.get_by_test_id("document-number")).to_have_value("")


def test_nothing_found_says_that_it_proves_nothing(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.open("/field")
        visit.sign_in(world.field_officer)
        ask_for_document(visit.page, "ZZ000000")
        expect(visit.page.get_by_test_id("answer")).to_have_attribute("data-grade", "nothing_found")
        expect(visit.page.get_by_test_id("answer")).to_contain_text("This proves nothing")
        visit.check_access("field-nothing-found")


def test_a_zone_with_a_wrong_digit_shows_which_field_fails(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.open("/field")
        visit.sign_in(world.field_officer)
        visit.page.get_by_test_id("document-mrz").fill(ZONE)
        visit.page.get_by_test_id("check").click()
        expect(visit.page.get_by_test_id("failing")).to_contain_text("birth date")
        visit.check_access("field-zone")


def test_a_wanted_person_is_met_by_a_name_with_a_typing_error(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.open("/field")
        visit.sign_in(world.field_officer)
        visit.page.get_by_test_id("tab-person").click()
        visit.page.get_by_test_id("person-name").fill("Mireldo Antuvellas Corvey")
        visit.page.get_by_test_id("person-birth").fill("1976-05-12")
        visit.check_access("field-person-form")
        visit.page.get_by_test_id("check").click()
        visit.page.get_by_test_id("answer").wait_for(timeout=COMPILING)
        expect(visit.page.get_by_test_id("action")).not_to_be_empty()
        expect(visit.page.get_by_test_id("hit")).to_contain_text("Armed. Call before you approach.")
        assert manners(visit.page) == ["same", "sound", "same"]
        visit.check_access("field-wanted-person")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_of_two_names_stand_beside_each_other_and_are_said_in_sentences(
    browser: Browser, world: World, language: str
) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.open("/field")
        visit.page.get_by_test_id("language").select_option(language)
        visit.sign_in(world.field_officer)
        ask_for_person(visit.page, "Mireldo Antuvellas Corvey Oribe")
        drawn = visit.page.get_by_test_id("alignment")
        expect(drawn).to_contain_text("Mireldo Antuvelas Corvey")  # as held, letter by letter
        assert manners(visit.page) == ["same", "sound", "same", "only_asked"]
        for manner in ("sound", "only-asked"):
            expect(drawn).to_contain_text(word(language, f"manner-{manner}"))
        said = re.sub("[\u2066-\u2069]", "", drawn.locator("li").nth(3).aria_snapshot())
        sentence = word(language, "manner-only-asked-says").replace("{ $asked }", "oribe")
        assert said.replace('"', "").endswith(sentence)  # the drawing is for the eye, the sentence for the ear
        wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        visit.check_access(f"field-alignment-{language}")


def manners(page: Page) -> list[str | None]:
    """How the words of the two names stand beside each other, in their order."""
    page.get_by_test_id("alignment").wait_for()
    return [one.get_attribute("data-manner") for one in page.get_by_test_id("aligned").all()]


def test_numbers_one_character_apart_are_met_where_that_is_wished(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.open("/field")
        visit.sign_in(world.field_officer)
        sent = bodies_of(visit.page)
        near = f"{STOLEN[3][:4]}9{STOLEN[3][5:]}"
        ask_for_document(visit.page, near)
        expect(visit.page.get_by_test_id("answer")).to_have_attribute("data-grade", "nothing_found")
        visit.page.get_by_test_id("correct").click()
        wish = visit.page.get_by_label(word("en", "near"))
        expect(wish).not_to_be_checked()
        expect(wish).to_have_accessible_description(word("en", "near-hint"))
        wish.check()
        visit.check_access("field-near-wished")
        visit.page.get_by_test_id("check").click()
        expect(visit.page.get_by_test_id("hit")).to_contain_text(word("en", "reason-near-number"))
        visit.check_access("field-near-number")
        visit.page.get_by_test_id("new-check").click()
        expect(wish).not_to_be_checked()  # a wish for one check, not for all that follow
    assert [body["document"]["near"] for body in sent] == [None, True]


def test_a_form_that_cannot_be_sent_says_which_field(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.expected.append(r"status of 422 .*/api/checks")
        visit.open("/field")
        visit.sign_in(world.field_officer)
        visit.page.get_by_test_id("check").click()
        expect(visit.page.get_by_role("alert").first).to_be_visible()
        visit.check_access("field-empty-form")
        visit.page.get_by_test_id("tab-person").click()
        visit.page.get_by_test_id("person-name").fill("Ana Inventada")
        visit.page.get_by_test_id("person-birth").fill("1976-02-30")
        visit.page.get_by_test_id("check").click()
        expect(visit.page.get_by_test_id("person-birth")).to_have_attribute("aria-invalid", "true")
        visit.check_access("field-impossible-date")


@pytest.mark.parametrize(("language", "direction"), [("es", "ltr"), ("ar", "rtl")])
def test_the_field_page_speaks_the_officers_language(
    browser: Browser, world: World, language: str, direction: str
) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.open("/field")
        visit.page.get_by_test_id("language").select_option(language)
        expect(visit.page.get_by_test_id("enter")).to_have_text(word(language, "sign-in"))
        html = visit.page.locator("html")
        expect(html).to_have_attribute("lang", language)
        assert (html.get_attribute("dir") or "ltr") == direction
        visit.sign_in(world.field_officer)
        visit.check_access(f"field-form-{language}")
        ask_for_document(visit.page, "QX4071862")
        expect(visit.page.get_by_test_id("sign")).to_contain_text(word(language, "sign-strong"))
        visit.check_access(f"field-answer-{language}")
        visit.page.reload()
        expect(html).to_have_attribute("lang", language)


def test_a_check_is_made_with_the_keyboard_alone(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.open("/field")
        visit.page.get_by_test_id("sign-in").wait_for()
        reach(visit.page, "name")
        visit.page.keyboard.type(world.field_officer.sign_in_name)
        reach(visit.page, "password")
        visit.page.keyboard.type(PASSWORD)
        visit.page.keyboard.press("Enter")
        visit.page.get_by_test_id("check-form").wait_for()
        reach(visit.page, "tab-document")
        visit.page.keyboard.press("ArrowRight")
        expect(visit.page.get_by_test_id("person-name")).to_be_visible()
        visit.page.keyboard.press("ArrowRight")
        reach(visit.page, "vehicle-plate")
        visit.page.keyboard.type("QQX914")
        reach(visit.page, "vehicle-country")
        visit.page.keyboard.type("Para")
        reach(visit.page, "check")
        visit.page.keyboard.press("Enter")
        expect(visit.page.get_by_test_id("answer")).to_be_focused()
        expect(visit.page.get_by_test_id("answer")).to_have_attribute("data-grade", "strong")
        reach(visit.page, "new-check")
        visit.page.keyboard.press("Enter")
        expect(visit.page.get_by_test_id("check-form")).to_be_visible()


def reach(page: Page, testid: str, most: int = 25) -> None:
    """Tab until the control has the focus, which must show."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement?.dataset?.testid")
        if focused == testid:
            shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert shown != "none", f"the focus on {testid} does not show"
            return
    pytest.fail(f"{testid} cannot be reached with the keyboard")


def bodies_of(page: Page) -> list[dict[str, Any]]:
    """The checks that the page sends, as they go."""
    sent: list[dict[str, Any]] = []

    def keep(request: Request) -> None:
        if request.url.endswith("/api/checks") and request.method == "POST":
            sent.append(json.loads(request.post_data or "{}"))

    page.on("request", keep)
    return sent


def test_without_network_the_check_is_kept_and_sent_again_with_its_id(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.expected += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
        visit.open("/field")
        visit.sign_in(world.field_officer)
        sent = bodies_of(visit.page)
        visit.page.context.set_offline(True)
        expect(visit.page.get_by_test_id("network")).to_contain_text(word("en", "net-off"))
        ask_for_document(visit.page, STOLEN[1])
        expect(visit.page.get_by_test_id("unanswered")).to_contain_text(word("en", "no-answer"))
        visit.check_access("field-no-network")
        visit.page.get_by_test_id("send-again").click()
        expect(visit.page.get_by_test_id("unanswered")).to_be_visible()
        visit.page.context.set_offline(False)
        visit.page.get_by_test_id("send-again").click()
        expect(visit.page.get_by_test_id("answer")).to_have_attribute("data-grade", "strong")
    assert len(sent) == 3
    assert sent[0] == sent[1] == sent[2]
    assert made(world, sent[0]["id"]) == 1


def test_an_answer_lost_on_its_way_is_fetched_again_and_counts_once(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as visit:
        visit.expected.append("ERR_CONNECTION_RESET")
        visit.open("/field")
        visit.sign_in(world.field_officer)
        sent = bodies_of(visit.page)

        def lose(route: Route) -> None:
            route.fetch()
            route.abort("connectionreset")

        visit.page.route("**/api/checks", lose, times=1)
        ask_for_document(visit.page, STOLEN[2])
        visit.page.get_by_test_id("unanswered").wait_for()
        assert made(world, sent[0]["id"]) == 1  # the hub had answered
        visit.page.get_by_test_id("send-again").click()
        expect(visit.page.get_by_test_id("answer")).to_have_attribute("data-grade", "strong")
        expect(visit.page.get_by_test_id("hit")).to_have_count(1)
    assert made(world, sent[0]["id"]) == 1


def made(world: World, check: str) -> int:
    with as_owner(world.database) as owner:
        return int(rows(owner, "select count(*) from check_made where id = %(id)s", id=check)[0][0])


def test_the_journeys_take_their_words_from_the_catalogues() -> None:
    assert {path.stem for path in Path(ROOT, "web", "words").glob("*.ftl")} >= {"en", "es", "ar"}
