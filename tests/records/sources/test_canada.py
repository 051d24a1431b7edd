"""Canada's list: invented entries in its form."""

import io
from datetime import date

from tripoint.records.model import Person
from tripoint.records.sources.canada import aliases, read_sema
from tripoint.records.sources.outcomes import BadRow, Passed, Row
from tripoint.words.people import NameKind

LIST = """<?xml version="1.0"?><data-set>
<record><Country>Nowhere / Nulle part</Country><LastName>Pine</LastName><GivenName>Ana </GivenName>
<Aliases>Annie Pine, Russian: Ана Пайн; Boreal</Aliases>
<DateOfBirthOrShipBuildDate>1970 or 1971</DateOfBirthOrShipBuildDate>
<Schedule>1, Part 1</Schedule><Item>1</Item><DateOfListing>2020-09-28</DateOfListing></record>
<record><Country>Nowhere</Country><EntityOrShip>Quill Trading</EntityOrShip><Item>2</Item></record>
<record><Country>Nowhere</Country><EntityOrShip>Sea Star</EntityOrShip>
<ShipIMONumber>1</ShipIMONumber><Item>3</Item></record>
<record><Country>Nowhere</Country><LastName>Quay</LastName>
<DateOfBirthOrShipBuildDate>long ago</DateOfBirthOrShipBuildDate>
<Item>4</Item></record>
<record><Country>Nowhere</Country><LastName>Quay</LastName></record>
<record><Country>Nowhere</Country><Item>6</Item></record>
</data-set>"""


def test_each_kind_of_entry() -> None:
    person, entity, ship, undated, unnumbered, nameless = read_sema(io.BytesIO(LIST.encode()))
    assert isinstance(person, Row)
    assert isinstance(person.content, Person)
    assert person.key == "Nowhere|1, Part 1|1"
    assert [name.full for name in person.content.description.names] == ["Ana Pine", "Annie Pine", "Ана Пайн", "Boreal"]
    assert [str(birth) for birth in person.content.description.births] == ["1970", "1971"]
    assert person.content.description.nationalities == ()
    assert person.content.notices[0].issued == date(2020, 9, 28)
    assert person.content.notices[0].charges == ("Nowhere",)
    assert isinstance(entity, Passed)
    assert isinstance(ship, Passed)
    assert (entity.why, ship.why) == ("entity", "ship")
    assert isinstance(undated, Row)
    assert isinstance(undated.content, Person)
    assert undated.content.remarks == "birth date as published: long ago"
    assert isinstance(unnumbered, BadRow)
    assert isinstance(nameless, BadRow)
    assert (unnumbered.field, nameless.field, nameless.key) == ("Item", "LastName", "Nowhere||6")


def test_aliases_are_taken_apart() -> None:
    found = aliases("Annie/ Anne or Anna Pine, Belarusian: Ана Пайн; (also known as Boreal)")
    assert [(name.full, name.kind) for name in found] == [
        ("Annie", NameKind.WEAK_ALIAS),
        ("Anne", NameKind.WEAK_ALIAS),
        ("Anna Pine", NameKind.ALIAS),
        ("Ана Пайн", NameKind.ORIGINAL_SCRIPT),
        ("Boreal", NameKind.WEAK_ALIAS),
    ]
