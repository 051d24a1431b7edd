"""Dealers on screen: a book is handed in, a stock counted, the rules asked, and a person decides with a reason."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.journeys.stage import FIELD, ROOM, World, watched
from tests.journeys.test_field import word

SHOP = "L-000031"
BOOKS = {
    "acquisitions.csv": "Dealer,Date,Serial,Make\n"
    + "".join(f"{SHOP},2021-01-0{n},ABC1234{n},Taurus\n" for n in range(1, 9)),
    "ventas.csv": "Licencia;Fecha;N.º de serie;Marca;Comprador\n"
    + "".join(f"{SHOP};0{n}/03/2021;ABC1234{n};Taurus;Mireldo Antuvelas\n" for n in (1, 2, 2)),
    "licensees.csv": "Licence,Name,Valid from,Valid to\n"
    f"{SHOP},Armería Solquibar,2015-01-01,2030-12-31\n{SHOP},Again,,\n",
}  # fmt: skip


def test_a_book_a_count_an_indicator_and_a_decision(browser: Browser, world: World, tmp_path: Path) -> None:
    with watched(browser, world, ROOM) as desk:
        desk.open("/#/dealers")
        desk.sign_in(world.liaison)
        page = desk.page
        for name, text in BOOKS.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            page.get_by_label(word("en", "dealers-file")).set_input_files(tmp_path / name)
            page.get_by_test_id("book-take").click()
            expect(page.get_by_test_id("book-report")).to_contain_text(word("en", f"choice-book-{KIND[name]}"))
        expect(page.get_by_test_id("book-report")).to_contain_text("3")  # the line that was kept out
        page.get_by_text(word("en", "dealers-inspect"), exact=True).click()
        form = page.get_by_test_id("inspect-form")
        form.get_by_label(word("en", "dealers-licence")).fill(SHOP)
        form.get_by_label(word("en", "dealers-day")).fill("2022-01-01")
        form.get_by_label(word("en", "dealers-stock")).fill("ABC12343, Taurus\nZZZ99999, Taurus")
        form.get_by_test_id("inspect-save").click()
        expect(page.get_by_test_id("dealers-inspections")).to_contain_text(f"{word('en', 'dealers-missing')} 5")
        page.get_by_test_id("indicators-ask").click()
        expect(page.locator("[data-testid=indicator][data-rule='1']")).to_have_count(5)
        twice = page.locator("[data-testid=indicator][data-rule='4']")
        twice.locator("summary").press("Enter")
        expect(twice).to_contain_text("ventas.csv, 3")
        twice.get_by_label(word("en", "dealers-reason")).fill("a sale undone and not struck out")
        twice.get_by_test_id("indicator-dismiss").press("Enter")
        expect(twice).to_contain_text("a sale undone and not struck out")
        page.get_by_test_id("indicators-ask").click()
        expect(twice).to_contain_text(word("en", "choice-dealers-dismissed"))  # and it stays so
        expect(page.get_by_test_id("dealers-where")).to_contain_text(SHOP)
        desk.check_access("dealers")
    with watched(browser, world, FIELD) as phone:
        phone.open("/#/dealers")
        phone.sign_in(world.liaison)
        expect(phone.page.get_by_test_id("dealers-chart")).to_be_visible()
        phone.check_access("dealers-phone")


KIND = {"acquisitions.csv": "acquisition", "ventas.csv": "disposition", "licensees.csv": "licensee"}
