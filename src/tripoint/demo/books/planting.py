"""What is planted in invented books: a few cases for each of the 22 rules, so that an audit can be judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

# The published case: firearms of some shops that nobody can show, and one shop's sales without a buyer, of all rows.
CASE_ROWS, CASE_LOST, CASE_SHOPS, CASE_UNNAMED = 5_800_000, 17_369, 22, 3_813
BEGUN = date(2022, 3, 1)
COUNTED = date(2026, 9, 5)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """An invented buyer with a permit."""

    name: str
    document: str
    permit: str
    born: date
    phone: str
    address: str


@dataclass
class Garden:
    """Rows to add to the tables of the books, and what was planted by rule."""

    guns: int
    dealers: int
    buyers: int
    cases: int  # of each rule
    rows: int
    tables: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    planted: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def gun(self, model: int = 2) -> Row:
        """A firearm nobody has yet; models as the inventory numbers them (2: a pistol, 3: a rifle)."""
        makes = {2: ("Taurus", "G2C", "pistol", "9x19"), 3: ("Ruger", "10/22", "rifle", ".22 LR")}
        make, name, kind, calibre = makes[model]
        self.guns += 1
        at = self.guns
        letters = "".join(chr(65 + at // 26**place // 100_000 % 26) for place in (1, 0))
        serial = f"X{letters}{at % 100_000:05d}" if model == 2 else f"9{at:08d}"
        return {"serial": serial, "make": make, "model": name, "type": kind, "calibre": calibre}

    def dealer(self, valid_to: date = date(2030, 12, 31), *, counted: bool = False) -> str:
        """A dealer of his own."""
        self.dealers += 1
        which = f"L-{self.dealers:06d}"
        self.tables["licensee"].append({
            "dealer": which, "name": "Armería Solquibar", "kind": "dealer", "valid_from": date(2015, 1, 1),
            "valid_to": valid_to, "town": "Villa Azndel",
        })  # fmt: skip
        if counted:
            self.tables["inspection"].append({"dealer": which, "day": COUNTED, "scope": "full"})
        return which

    def person(self, **changed: Any) -> Person:
        """A buyer of his own, with a permit; `changed` are columns of the permit."""
        self.buyers += 1
        at = self.buyers
        document, permit = f"E{at * 9_973 % 100_000_000:08d}", f"P-{at:08d}"
        name, phone, address = f"Nalura Tormi {at} Quelvabruvo", f"08{at:08d}", f"Calle Plantada {at}"
        who = Person(name, document, permit, date(1980, 1, 1), phone, address)
        self.tables["permit"].append({
            "permit": who.permit, "holder_name": who.name, "holder_document": who.document,
            "valid_from": date(2015, 1, 1), "valid_to": date(2031, 12, 31), "born": who.born, "country": "XXA",
            **changed,
        })  # fmt: skip
        return who

    def bought(self, dealer: str, gun: Row, day: date, **more: Any) -> None:
        """An acquisition."""
        row = {"dealer": dealer, "day": day, **gun, "importer": "Importadora Quelmira",
               "source_name": "Importadora Quelmira", "source_licence": "I-000001", "entered": day}  # fmt: skip
        self.tables["acquisition"].append(row | more)

    def sold(self, dealer: str, gun: Row, day: date, who: Person | None, **more: Any) -> None:
        """A sale to a private buyer, or to nobody who is named."""
        row: Row = {"dealer": dealer, "day": day, **gun, "entered": day, "payment": "card"}
        if who:
            row |= {"buyer_name": who.name, "buyer_document": who.document, "buyer_born": who.born,
                    "address": who.address, "phone": who.phone, "permit": who.permit}  # fmt: skip
        self.tables["disposition"].append(row | more)

    def lived(self, dealer: str, day: date, who: Person | None, model: int = 2, **more: Any) -> Row:
        """A firearm acquired and sold on that day four weeks later, as it should be but for what is `more`."""
        gun = self.gun(model)
        self.bought(dealer, gun, day - timedelta(days=28))
        self.sold(dealer, gun, day, who, **more)
        return gun

    def plant(self, rule: int, dealer: str, *guns: Row, subject: str = "") -> None:
        """Write down one case."""
        self.planted[rule].append(
            {"dealer": dealer, "serials": [gun["serial"] for gun in guns]} | ({"subject": subject} if subject else {})
        )


def later(days: int) -> date:
    """So many days after the first planted day."""
    return BEGUN + timedelta(days=days)


def plant_all(garden: Garden) -> None:
    """Plant the cases of every rule."""
    lost_in_shops(garden)
    for case in range(garden.cases):
        books_that_disagree(garden, case)
        licences_and_permits(garden, case)
        chains_and_shipments(garden, case)
        buyers(garden, case)
        recoveries(garden, case)
        papers(garden, case)
    for _ in range(min(5, max(1, garden.cases // 3))):
        soon_at_one_dealer(garden)
    surge(garden)


def lost_in_shops(garden: Garden) -> None:
    """The published case, scaled: acquired, not in the stock, no disposition; and one shop's sales to nobody."""
    part = garden.rows / CASE_ROWS
    shops = [garden.dealer(counted=True) for _ in range(min(CASE_SHOPS, max(3, round(CASE_SHOPS * part))))]
    for number in range(max(30, round(CASE_LOST * part))):
        shop, gun = shops[number % len(shops)], garden.gun()
        garden.bought(shop, gun, later(number % 500))
        garden.plant(1, shop, gun)
    for number in range(max(8, round(CASE_UNNAMED * part))):
        garden.plant(8, shops[0], garden.lived(shops[0], later(60 + number % 400), None))


def books_that_disagree(garden: Garden, case: int) -> None:
    """Rules 2 to 5."""
    shop = garden.dealer(counted=True)
    unbooked = garden.gun()
    described = {name: unbooked[name] for name in ("serial", "make", "model")}
    garden.tables["stock"].append({"dealer": shop, "day": COUNTED, **described})
    garden.plant(2, shop, unbooked)
    never = garden.gun()
    garden.sold(shop, never, later(case), garden.person())
    garden.plant(3, shop, never)
    twice = garden.lived(shop, later(case), garden.person())
    garden.sold(shop, twice, later(case + 40), garden.person())
    garden.plant(4, shop, twice)
    early = garden.gun()
    garden.bought(shop, early, later(case + 200))
    garden.sold(shop, early, later(case), garden.person())
    garden.plant(5, shop, early)


def licences_and_permits(garden: Garden, case: int) -> None:
    """Rules 6 to 9."""
    expired = garden.dealer(date(2020, 12, 31))
    for number in range(5):
        gun = garden.lived(expired, later(case + number), garden.person())
        garden.plant(6, expired, gun)
    shop = garden.dealer()
    for _ in range(2):
        gun = garden.gun()
        garden.bought(shop, gun, later(case))
        garden.sold(shop, gun, later(case + 9), None, buyer_licence=f"X-{case:04d}")
        garden.plant(7, shop, gun)
    young, over = {"born": date(2010, 1, 1)}, {"valid_to": date(2019, 5, 5)}
    for change in ({"died": later(-200)}, {"revoked": later(-300)}, over, young):
        garden.plant(8, shop, garden.lived(shop, later(case), garden.person(**change)))
    owner = garden.person()
    guns = [garden.lived(shop, later(case + 150 * number), garden.person(), permit=owner.permit) for number in range(3)]
    garden.plant(9, shop, *guns, subject=owner.permit)


def chains_and_shipments(garden: Garden, case: int) -> None:
    """Rules 10 and 11."""
    sender, other = garden.dealer(), garden.dealer()
    for number in range(3):  # the other has a book
        garden.lived(other, later(500 + number), garden.person())
    gun = garden.gun()
    garden.bought(sender, gun, later(case))
    garden.sold(sender, gun, later(case + 30), None, buyer_licence=other)
    garden.plant(10, sender, gun)
    paper = f"M-planted-{case}"
    shipped = [garden.gun() for _ in range(6)]
    for number, one in enumerate(shipped):
        garden.tables["manifest"].append({
            "dealer": other, "day": later(case), "document": paper, "serial": one["serial"], "make": one["make"],
            "calibre": one["calibre"], "quantity": 1, "importer": "I-000001",
        })  # fmt: skip
        if number < 2:
            garden.bought(other, one, later(case + 3), document=paper)
            garden.sold(other, one, later(case + 60), garden.person())
    garden.plant(11, other, *shipped[2:], subject=paper)


def buyers(garden: Garden, case: int) -> None:
    """Rules 12 to 14, and 21."""
    shop = garden.dealer()
    one = garden.person()
    garden.plant(12, shop, *[garden.lived(shop, later(case + number), one) for number in range(3)])
    many, shops = garden.person(), [garden.dealer() for _ in range(6)]
    guns = [garden.lived(shops[number % 6], later(case + 12 * number), many, 3) for number in range(12)]
    garden.plant(13, shops[0], *guns)
    friends = [garden.person() for _ in range(3)]
    shared = {"phone": f"07{case:08d}", "payment": "cash"}
    guns = [garden.lived(shop, later(300 + case + 9 * number), friends[number % 3], 3, **shared) for number in range(6)]
    garden.plant(14, shop, *guns)
    series = garden.dealer()
    guns = []
    for number in range(10):
        document = f"F{50_000_000 + 1000 * case + 2 * number:08d}"
        guns.append(garden.lived(series, later(case + 3 * number), garden.person(), 3, buyer_document=document))
    garden.plant(21, series, *guns)


def recovered(garden: Garden, gun: Row, day: date, document: str) -> None:
    """A recovery from whoever bears the document."""
    garden.tables["recovery"].append({
        "day": day, "serial": gun["serial"], "make": gun["make"], "holder_document": document, "place": "Villa Azndel",
    })  # fmt: skip


def recoveries(garden: Garden, case: int) -> None:
    """Rules 16 to 18."""
    shop, one = garden.dealer(), garden.person()
    guns = [garden.lived(shop, later(case + 200 * number), one, 3) for number in range(3)]
    for gun in guns:
        recovered(garden, gun, later(1500), one.document)
    garden.plant(16, shop, *guns)
    gun = garden.lived(shop, later(case), garden.person(), 3)
    recovered(garden, gun, later(case + 60), "G00000001")
    garden.plant(17, shop, gun)
    owner = garden.person()
    gun = garden.lived(shop, later(case), owner, 3)
    recovered(garden, gun, later(case + 905), owner.document)
    garden.tables["theft"].append({"reported": later(case + 900), "serial": gun["serial"], "make": gun["make"]})
    garden.plant(18, shop, gun)


def papers(garden: Garden, case: int) -> None:
    """Rules 19 and 20."""
    shop, second = garden.dealer(), garden.dealer()
    odd = garden.gun() | {"make": "Glock", "model": "17", "serial": f"Q-{case:03d}-77777-Q"}
    garden.bought(shop, odd, later(case))
    garden.sold(shop, odd, later(case + 30), garden.person())
    garden.plant(19, shop, odd)
    again = garden.gun()
    garden.bought(shop, again, later(case))
    garden.bought(second, again, later(case + 90))
    garden.plant(19, shop, again)
    late = garden.dealer()
    written_up = later(case + 200)
    guns = [garden.lived(late, later(case + n), garden.person(), 3, entered=written_up) for n in range(8)]
    garden.plant(20, late, *guns)


def soon_at_one_dealer(garden: Garden) -> None:
    """Rule 15: of eighty sales twelve were recovered soon, each from its buyer."""
    shop, guns = garden.dealer(), []
    for number in range(80):
        who = garden.person()
        gun = garden.lived(shop, later(number * 5), who, 3)
        if number % 7 == 0:
            recovered(garden, gun, later(number * 5 + 100), who.document)
            guns.append(gun)
    garden.plant(15, shop, *guns)


def surge(garden: Garden) -> None:
    """Rule 22: in one month many times the usual of a calibre go to a town at the border."""
    usual = garden.rows * 0.42 / (60 * 5 * 100)  # sales by town, calibre and month of the honest part
    shop, month = garden.dealer(), date(2024, 5, 1)
    guns = [
        garden.lived(shop, month + timedelta(days=number % 27), garden.person(), 3, town="Villa Aandel")
        for number in range(int(8 * max(1.0, usual)) + 25)
    ]
    garden.plant(22, shop, *guns)


def planted_rows(garden: Garden) -> Iterator[tuple[str, list[Row]]]:
    """The rows to add, table by table."""
    yield from garden.tables.items()
