"""The list of specially designated nationals of the US Treasury (SDN.CSV, with ALT.CSV and ADD.CSV)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from tripoint.records.model import Action, Notice, NoticeColour, Person
from tripoint.records.sources.ofac_remarks import Remarks, read_remarks
from tripoint.records.sources.outcomes import BadRow, Faulty, Outcome, Passed, Row
from tripoint.records.sources.tabular import Numbered, read_table
from tripoint.words.people import NameKind, PersonDescription, PersonName, PersonStatus

EMPTY, END_OF_FILE = "-0-", "\x1a"
NUMBER, NAME, TYPE, PROGRAMME, TITLE, REMARKS, COLUMNS = 0, 1, 2, 3, 4, 11, 12
ALIAS_COLUMNS, ADDRESS_COLUMNS = 5, 6
KINDS_OF_ALIAS = {"aka": NameKind.ALIAS, "fka": NameKind.FORMER, "nka": NameKind.ALIAS}

Aliases = Mapping[str, list[PersonName]]
Addresses = Mapping[str, list[str]]


def read_sdn(
    entries: BinaryIO, aliases: BinaryIO | None = None, addresses: BinaryIO | None = None
) -> Iterator[Outcome]:
    """Individuals of the list; entities, vessels and aircraft are passed over.

    The files of aliases and addresses are held in memory (some ten thousand short rows), the entries are streamed.
    """
    names: defaultdict[str, list[PersonName]] = defaultdict(list)
    places: defaultdict[str, list[str]] = defaultdict(list)
    if aliases:
        yield from read_aliases(aliases, names)
    if addresses:
        yield from read_addresses(addresses, places)
    for found in read_table(entries):
        if isinstance(found, BadRow):
            yield found
        elif not is_end(found[1]):
            yield outcome(found, names, places)


def outcome(found: Numbered, names: Aliases, places: Addresses) -> Outcome:
    """One entry."""
    line, cells = found
    key = cells[NUMBER].strip()
    try:
        if len(cells) != COLUMNS:
            raise wrong_width(cells, "line", COLUMNS)
        if not key.isdecimal():
            if line == 1:
                return Passed(line, "heading")
            raise Faulty("number", "is no number", "give the list's own number in the first column", key)
        kind = value(cells[TYPE]) or "entity"
        return Row(line, key, read_individual(cells, names, places)) if kind == "individual" else Passed(line, kind)
    except Faulty as fault:
        return fault.at(line, key or None)


def read_individual(cells: list[str], names: Aliases, places: Addresses) -> Person:
    """The person one line of SDN.CSV describes."""
    key = cells[NUMBER].strip()
    written = value(cells[NAME])
    if not written:
        raise Faulty("name", "is empty", "give the name as FAMILY, Given")
    remarks = read_remarks(value(cells[REMARKS]))
    own = [read_name(written, NameKind.PRIMARY), *names.get(key, ())]
    own += [PersonName(nickname, NameKind.WEAK_ALIAS) for nickname in remarks.nicknames]
    return Person(
        source_key=key,
        status=PersonStatus.SANCTIONED,
        description=describe(own, remarks),
        notices=(listing(key, cells),),
        birth_places=tuple(remarks.places),
        remarks="; ".join([*remarks.rest, *(f"address: {place}" for place in places.get(key, ()))]) or None,
    )


def describe(names: list[PersonName], remarks: Remarks) -> PersonDescription:
    """Names, each once, and the facts of the remarks."""
    return PersonDescription(
        names=tuple(dict.fromkeys(names)),
        births=tuple(remarks.births),
        nationalities=tuple(remarks.nationalities),
        sex=remarks.sex,
        documents=tuple(remarks.documents),
    )


def listing(key: str, cells: list[str]) -> Notice:
    """Why the person is listed: the sanctions programmes, and the title where one is given."""
    programmes = tuple(part.strip(" []") for part in value(cells[PROGRAMME]).split("] ["))
    return Notice(
        colour=NoticeColour.LIST,
        reference=f"OFAC SDN {key}",
        issuer="USA",
        charges=tuple(filter(None, programmes)),
        action=Action.ASK_OWNER,
        remarks=value(cells[TITLE]) or None,
    )


def read_name(written: str, kind: NameKind) -> PersonName:
    """`FAMILY, Given` as one name; a name without a comma is taken whole."""
    family, comma, given = (part.strip() for part in written.partition(","))
    if not comma or not given or not family:
        return PersonName(written.strip(" ,"), kind)
    return PersonName(f"{given} {family}", kind, given, family)


def read_aliases(stream: BinaryIO, names: defaultdict[str, list[PersonName]]) -> Iterator[BadRow]:
    """Fill `names` from ALT.CSV; a line that cannot be read is reported."""
    for found in read_table(stream):
        if isinstance(found, BadRow):
            yield found
            continue
        line, cells = found
        if is_end(cells) or not cells[0].strip().isdecimal():
            continue
        if len(cells) != ALIAS_COLUMNS:
            yield wrong_width(cells, "aliases", ALIAS_COLUMNS).at(line)
        elif value(cells[3]):
            kind = KINDS_OF_ALIAS.get(value(cells[2]).lower(), NameKind.ALIAS)
            names[cells[0].strip()].append(read_name(value(cells[3]), kind))


def read_addresses(stream: BinaryIO, places: defaultdict[str, list[str]]) -> Iterator[BadRow]:
    """Fill `places` from ADD.CSV."""
    for found in read_table(stream):
        if isinstance(found, BadRow):
            yield found
            continue
        line, cells = found
        if is_end(cells) or not cells[0].strip().isdecimal():
            continue
        if len(cells) != ADDRESS_COLUMNS:
            yield wrong_width(cells, "addresses", ADDRESS_COLUMNS).at(line)
        elif address := ", ".join(filter(None, (value(cells[at]) for at in (2, 3, 4)))):
            places[cells[0].strip()].append(address)


def wrong_width(cells: list[str], field: str, columns: int) -> Faulty:
    """What to say of a line with too few or too many cells."""
    remedy = f"give the {columns} columns of the published file"
    return Faulty(field, f"has {len(cells)} columns", remedy, ",".join(cells))


def value(cell: str) -> str:
    """The cell without the mark the list uses for `nothing`."""
    text = cell.strip()
    return "" if text == EMPTY else text


def is_end(cells: list[str]) -> bool:
    """The byte 1A with which the file ends, as old systems did."""
    return cells[0].strip() == END_OF_FILE
