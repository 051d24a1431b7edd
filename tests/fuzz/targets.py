"""The targets: what is fed to each parser, which modules that tries, and which errors alone may come out.

A parser that is added without a target here fails `test_targets.py`.
"""

from __future__ import annotations

import io
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError

from tests.engines.screening.index.invented import batch, people
from tests.fuzz import marks, scans
from tests.fuzz.first import CHECK, DOCUMENTS_CSV, MATCH, MRZ, NAMES, NOTICE, PERSON, SDN, SEMA, UN
from tripoint.access.federation import issuers
from tripoint.access.possession import address_of, read_claims
from tripoint.access.sealing.lines import read_head
from tripoint.base import archives, outbound, pictures, uploads
from tripoint.base.errors import TripointError
from tripoint.base.keyring import read_ring
from tripoint.base.settings import Settings, load_settings
from tripoint.bulk import seizures
from tripoint.bulk.lists import read_people
from tripoint.bulk.pairs import score_pairs_file
from tripoint.desks.checks.http import question_from, read_cursor
from tripoint.desks.checks.shapes import CheckAsked
from tripoint.doors.batch import read_lines
from tripoint.doors.guard import Seen
from tripoint.doors.match.asking import checks_for
from tripoint.doors.match.shapes import MatchAsked
from tripoint.engines.amounts import read_amount
from tripoint.engines.ballistics.surface import Unreadable
from tripoint.engines.books.mapping import guessed
from tripoint.engines.books.sources import careful_rows, source_of
from tripoint.engines.marks.index import IndexDamaged as MarksDamaged
from tripoint.engines.merkle.canonical import read_moment
from tripoint.engines.screening.index import IndexDamaged, build, open_index, verify
from tripoint.records.model import RecordKind
from tripoint.records.occurrences.sheet_files import read_sheet
from tripoint.records.pictures.rules import new_picture
from tripoint.records.sources.canada import read_sema
from tripoint.records.sources.identity_papers import country_or_none, paper_type, written_paper
from tripoint.records.sources.mapping import Mapping, make_mapping
from tripoint.records.sources.notices import read_notices
from tripoint.records.sources.ofac import read_sdn
from tripoint.records.sources.ofac_remarks import read_remarks
from tripoint.records.sources.own import read_own
from tripoint.records.sources.reference import read_reference
from tripoint.records.sources.un import read_consolidated
from tripoint.records.sources.workbooks import workbook_rows
from tripoint.records.sources.written_dates import written_dates
from tripoint.words import documents, firearms, htcds, nicknames, spreadsheets, vehicles, vocabulary
from tripoint.words.commonness import common
from tripoint.words.countries import read_country
from tripoint.words.currencies import read_currency
from tripoint.words.dates import read_partial_date
from tripoint.words.drugs import read_drug
from tripoint.words.firearms.ammunition import lot_key, read_headstamp
from tripoint.words.firearms.calibres import read_calibre
from tripoint.words.htcds_files import read_cell
from tripoint.words.languages import read_language
from tripoint.words.mrz import read_mrz
from tripoint.words.names import in_order, latin, readings, skeleton, tokens
from tripoint.words.precursors import by_heading, by_name, is_cas
from tripoint.words.units import read_unit
from tripoint.words.wallets import Chain, is_address

Errors = tuple[type[Exception], ...]
TODAY = date(2026, 3, 1)


@dataclass(frozen=True, slots=True)
class Target:
    """One parser: how it is fed, the modules that are tried with it, the errors it declares, and its first examples."""

    feed: Callable[[bytes], object]
    modules: tuple[str, ...]
    errors: Errors = ()
    seeds: tuple[bytes, ...] = ()
    runs: int = 400  # mutations in a short run; fewer where one takes long
    beyond: tuple[str, ...] = ()  # modules that are tried, in other parts than words and sources
    made: Callable[[], tuple[bytes, ...]] = tuple  # examples that are made when they are needed


def small_pictures() -> tuple[bytes, ...]:
    """A PNG and a JPEG that are taken."""
    from PIL import Image

    picture, files = Image.linear_gradient("L").resize((24, 24)), []
    for form in ("PNG", "JPEG"):
        file = io.BytesIO()
        picture.save(file, form)
        files.append(file.getvalue())
    return tuple(files)


def text(data: bytes) -> str:
    """The input as text, as it comes in: what is no UTF-8 is replaced."""
    return data.decode("utf-8", "replace")


def each(read: Callable[[str], object]) -> Callable[[bytes], object]:
    """Feeds text."""
    return lambda data: read(text(data))


def standard_cells(written: str) -> None:
    """One cell as every field of the standard for victims would read it."""
    for field in htcds.fields().values():
        with suppress(ValueError):
            read_cell(field, written)


def whole(read: Callable[[io.BytesIO], Iterable[object]]) -> Callable[[bytes], object]:
    """Feeds a stream and takes everything that comes of it."""
    return lambda data: list(read(io.BytesIO(data)))


def as_book(data: bytes) -> None:
    """A file as somebody hands in a dealer's book."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "acquisitions.csv"
        path.write_bytes(data)
        source = source_of(path, Path(folder))
        guessed(path.name, source.headings)
        list(careful_rows(source))


def all_of(*reads: Callable[[str], object]) -> Callable[[bytes], object]:
    """Feeds text to several readers; an error that is declared in one does not spare the others."""

    def feed(data: bytes) -> None:
        for read in reads:
            try:
                read(text(data))
            except ValueError:
                continue

    return feed


def names(written: str) -> None:
    """Everything that is made of a name."""
    in_order(written)
    for word in (*tokens(written), *(part for reading in readings(written) for part in reading.words)):
        skeleton(word)
        common(word)
        nicknames.nickname_group(word)
        nicknames.patronymic(word)
        nicknames.kinship(word, written)
    latin(written)


def three_files(stream: io.BytesIO) -> Iterator[object]:
    """The list and its two side files, one after another with a form feed between."""
    parts = [io.BytesIO(part) for part in (*stream.read().split(b"\x0c", 2), b"", b"")[:3]]
    return read_sdn(*parts)


def mapped(stream: io.BytesIO) -> Iterator[object]:
    """A mapping in TOML, a form feed, and the table it is for."""
    first, _, rest = stream.read().partition(b"\x0c")
    mapping = make_mapping(tomllib.loads(text(first)))
    for kind in (RecordKind.DOCUMENT, RecordKind.VEHICLE, RecordKind.FIREARM):
        yield from read_own(kind, io.BytesIO(rest), "COL", mapping)


def match_query(data: bytes) -> None:
    """A request of POST /match."""
    asked = MatchAsked.model_validate_json(data)
    for query in asked.queries.values():
        checks_for(query, {"purpose": "border_control"}, (UUID(int=n) for n in count(1)))


def settings_lines(written: str) -> None:
    """Settings as lines NAME=value."""
    known = Settings.model_fields
    pairs = (line.partition("=") for line in written.splitlines())
    found = load_settings(**{name: value for name, _, value in pairs if name in known})
    for place in (*found.far_places, *found.near_places):
        outbound.place_from(place)


@lru_cache(1)
def shelf() -> Path:
    """A folder for the parsers that read files."""
    return Path(tempfile.mkdtemp(prefix="tripoint-fuzz-"))


def as_file(read: Callable[[Path], object]) -> Callable[[bytes], object]:
    """Feeds the path of a file."""

    def feed(data: bytes) -> object:
        path = shelf() / "file"
        path.write_bytes(data)
        return read(path)

    return feed


@lru_cache(1)
def index_files() -> dict[str, bytes]:
    """The files of a small index of invented people, by name."""
    folder = shelf() / "built"
    build(folder, [batch(people(6))])
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def index_file(ending: str) -> tuple[bytes, ...]:
    """The index's file of one kind."""
    return tuple(content for name, content in index_files().items() if name.endswith(ending))


def index_with(ending: str) -> Callable[[bytes], object]:
    """Feeds one file of an index, beside the others as they belong."""

    def feed(data: bytes) -> None:
        folder = shelf() / "index"
        folder.mkdir(exist_ok=True)
        for name, content in index_files().items():
            (folder / name).write_bytes(data if name.endswith(ending) else content)
        open_index(folder)
        verify(folder)

    return feed


def host(data: bytes) -> str:
    """A Host header."""
    return Seen(0, hosts=[data]).host


SCRIPTS = (
    "names",
    "alphabets",
    "arabic",
    "brahmic",
    "compounds",
    "commonness",
    "eastern",
    "han",
    "han_tables",
    "hangul",
    "hebrew",
    "japanese",
    "letters",
    "nicknames",
    "romanisations",
    "scripts",
    "siamese",
)

TARGETS: dict[str, Target] = {
    "mrz": Target(each(lambda t: read_mrz(t, TODAY)), ("words/mrz",), (ValueError,), (MRZ,)),
    "dates": Target(
        all_of(read_partial_date, written_dates),
        ("words/dates", "records/sources/written_dates"),
        (),
        (b"1976-05-12", b"1970/1975", b"circa 12 May 1976", b"between 1970 and 1972"),
    ),
    "countries": Target(
        each(read_country), ("words/countries",), (ValueError,), ("Côte d'Ivoire".encode(), b"COL", b"D")
    ),
    "currencies": Target(each(read_currency), ("words/currencies",), (ValueError,), (b"USD", b"htg", b"BTC")),
    "languages": Target(each(read_language), ("words/languages",), (ValueError,), (b"es", b"HAT", b"zz")),
    "standard files": Target(each(standard_cells), ("words/htcds_files",), (ValueError,), (b"true", b"12", b"a; b")),
    "reports by the sheet": Target(
        lambda data: list(read_sheet(data, frozenset({"id", "happened_at"})).rows), (), (TripointError,),
        (b"id,happened_at\n1,2026-01-01\n",), beyond=("records/occurrences/sheet_files",),
    ),
    "batches": Target(
        lambda data: list(read_lines(io.BytesIO(data))), (), (), (CHECK, b"{}\n[]\n"), beyond=("doors/batch",)
    ),
    "names": Target(
        each(names), tuple(f"words/{name}" for name in SCRIPTS), (), tuple(n.encode() for n in NAMES), runs=300
    ),
    "documents": Target(
        each(lambda t: documents.one_edit(documents.fold(documents.normalise_number(t)))),
        ("words/documents",),
        (ValueError,),
        (b"A1234567", b"ab 12-3"),
    ),
    "vehicles": Target(
        all_of(
            vehicles.normalise_plate, vehicles.normalise_vin, lambda t: vehicles.vin_note(vehicles.normalise_vin(t))
        ),
        ("words/vehicles",),
        (),
        (b"9BWZZZ377VT004251", b"abc-123"),
    ),
    "serials": Target(
        all_of(firearms.normalise_serial, firearms.normalise_make, firearms.fold_serial),
        (),
        (),
        (b"ab-12", b"Quill & Pine"),
        beyond=("words/firearms/serials",),
    ),
    "calibres and cartridges": Target(
        all_of(read_calibre, read_headstamp, lot_key),
        (),
        (),
        (b"9 mm Para", b".380 Auto", b"12/70", b"WCC 84", b"lot 12-3"),
        runs=100,
        beyond=("words/firearms/calibres", "words/firearms/ammunition", "words/firearms/spelling"),
    ),
    "references of firearms": Target(
        read_reference,
        ("records/sources/reference",),
        (TripointError,),
        (
            b"frn,make,model,calibre\n12-1,Quill,Pine,9 mm Para\n12-2,Quill,Pine,.40\n",
            b'{"records": [{"frn": 12, "make": "Quill", "model": "Pine", "entries": [{"calibre": "9x19"}]}]}',
        ),
        runs=100,
    ),
    "marks": Target(
        marks.question, (), (ValueError,), marks.QUESTIONS,
        beyond=("engines/marks/reading", "engines/marks/pattern", "records/marks/work"),
    ),
    "lists of marks": Target(marks.numbers, (), (TripointError,), marks.LISTS, beyond=("bulk/marks",)),
    "indexes of marks": Target(
        marks.index, (), (MarksDamaged,), (), made=marks.first_files, runs=30, beyond=("engines/marks/index/files",)
    ),
    "scans": Target(
        scans.file, (), (Unreadable,), (), made=scans.files, runs=120, beyond=("engines/ballistics/x3p/reading",)
    ),
    "descriptions of scans": Target(
        scans.description, (), (Unreadable,), (), made=scans.descriptions, runs=150,
        beyond=("engines/ballistics/x3p/describing",),
    ),
    "pictures of marks": Target(
        scans.picture, (), (Unreadable,), (), made=scans.pictures, runs=100, beyond=("engines/ballistics/pictures",)
    ),
    "spreadsheets": Target(
        each(lambda t: spreadsheets.meant_by(spreadsheets.safe_cell(t))), ("words/spreadsheets",), (), (b"=1+1;'-2",)
    ),
    "papers": Target(
        all_of(written_paper, paper_type, country_or_none, read_remarks),
        ("records/sources/identity_papers", "records/sources/ofac_remarks"),
        (),
        (b"Passport A1 (Colombia)", b"DOB 12 May 1976; alt. DOB 1977; nationality Colombia; a.k.a. 'X'."),
    ),
    "un": Target(
        whole(read_consolidated),
        ("records/sources/un", "records/sources/markup", "records/sources/outcomes"),
        (),
        (UN,),
    ),
    "canada": Target(whole(read_sema), ("records/sources/canada",), (), (SEMA,)),
    "ofac": Target(whole(three_files), ("records/sources/ofac",), (), (SDN,)),
    "notices": Target(
        whole(read_notices),
        ("records/sources/notices", "records/sources/notice_files"),
        (),
        (NOTICE, b'{"_embedded": {"notices": [' + NOTICE + b"]}}", NOTICE + b"\n" + NOTICE),
    ),
    "tables": Target(
        whole(mapped),
        (
            "records/sources/documents",
            "records/sources/vehicles",
            "records/sources/firearms",
            "records/sources/own",
            "records/sources/objects",
            "records/sources/tabular",
            "records/sources/mapping",
        ),
        (ValueError, TripointError),
        (
            b'delimiter = ","\n[columns]\nnumber = "number"\n\x0c' + DOCUMENTS_CSV,
            b"\x0c" + DOCUMENTS_CSV,
            b"\x0cstatus,plate,country\nstolen,abc-1,COL\n",
            b"\x0cstatus,serial,make\nstolen,ab-1,Quill\n",
        ),
    ),
    "workbooks": Target(whole(lambda s: workbook_rows(s, None)), ("records/sources/workbooks",), (), (), runs=100),
    "lists": Target(
        lambda data: list(read_people(io.BytesIO(data), lambda complaint: None)),
        (),
        (),
        (PERSON, PERSON + b"\n" + PERSON),
        beyond=("bulk/lists",),
    ),
    "pairs": Target(
        lambda data: score_pairs_file(io.BytesIO(data), io.StringIO(), lambda complaint: None),
        (),
        (TripointError,),
        (b"name1,name2,label\nAna,Anna,1\n",),
        runs=50,
        beyond=("bulk/pairs",),
    ),
    "bound books": Target(
        as_book,
        (),
        (ValueError,),
        (b"dealer,date,serial,make\nL-1,2021-01-02,A1,Glock\n", b'Licencia;Fecha;Serie;Marca\nL-1;2/1/21;"A\n1";S&W\n'),
        runs=100,
        beyond=("engines/books/sources", "engines/books/mapping"),
    ),
    "seizure reports": Target(
        lambda data: seizures.summary(seizures.normalise(io.BytesIO(data))),
        (),
        (TripointError,),
        (b"DRUG_NAME;AMOUNT;DRUG_UNIT\nCocaine;1.5;Gram\nHeroin;2;Dose\n",),
        runs=50,
        beyond=("bulk/seizures",),
    ),
    "names of drugs": Target(
        all_of(
            vocabulary.key, read_drug, read_unit, by_name, by_heading, is_cas, read_amount,
            *(partial(is_address, chain) for chain in Chain),
        ),
        ("words/vocabulary", "words/wallets"),
        (),
        (b"clorhidrato de coca\xc3\xadna", b"108-24-7", b"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        beyond=("words/drugs/reading", "words/units/reading", "engines/amounts/weighing"),
    ),
    "checks": Target(
        lambda data: question_from(CheckAsked.model_validate_json(data)),
        (),
        (ValidationError, TripointError),
        (CHECK,),
        beyond=("desks/checks/http", "desks/checks/shapes"),
    ),
    "match": Target(match_query, (), (ValidationError, TripointError), (MATCH,), beyond=("doors/match/asking",)),
    "cursors": Target(
        each(read_cursor), (), (TripointError,), (b"20260301T101112.000001Z_" + str(UUID(int=1)).encode(),)
    ),
    "settings": Target(
        each(settings_lines),
        (),
        (TripointError,),
        (b"port=8000\noutbound_hosts=login.example.org, https://a.example:8443", b"database=postgresql://x"),
        beyond=("base/settings", "base/outbound"),
    ),
    "hosts": Target(host, (), (), (b"hub.test:8000", b"[::1]"), beyond=("doors/guard",)),
    "archives": Target(
        lambda data: archives.open_archive(io.BytesIO(data)).close(),
        (),
        (TripointError,),
        (),
        beyond=("base/archives",),
    ),
    "pictures put in": Target(
        lambda data: new_picture(UUID(int=1), data), (), (TripointError,), (), runs=150,
        beyond=("records/pictures/rules", "engines/likeness/perceptual"), made=small_pictures,
    ),
    "pictures": Target(pictures.shared_copy, (), (TripointError,), (), beyond=("base/pictures",)),
    "uploads": Target(
        lambda data: [uploads.check_upload(io.BytesIO(data), kind) for kind in ("image/png", "text/csv")],
        (),
        (TripointError,),
        (b"a,b\n", b"{}"),
        beyond=("base/uploads",),
    ),
    "manifests": Target(
        index_with(".json"),
        (),
        (IndexDamaged,),
        (),
        made=lambda: index_file(".json"),
        runs=120,
        beyond=("engines/screening/index/manifest",),
    ),
    "segments": Target(
        index_with(".segment"),
        (),
        (IndexDamaged,),
        (),
        made=lambda: index_file(".segment"),
        runs=120,
        beyond=("engines/screening/index/segment",),
    ),
    "states": Target(
        index_with(".state"),
        (),
        (IndexDamaged,),
        (),
        made=lambda: index_file(".state"),
        runs=60,
        beyond=("engines/screening/index/segment",),
    ),
    "issuers": Target(
        as_file(issuers.read_issuers),
        (),
        (TripointError,),
        (b'[[issuer]]\nname = "a"\nparty = "COL"\nissuer = "https://login.example"\nclient = "x"\n',),
        beyond=("access/federation/issuers",),
    ),
    "key-rings": Target(as_file(read_ring), (), (TripointError,), (b'{"COL": []}',), beyond=("base/keyring",)),
    "heads": Target(
        lambda data: read_head(data, "it"),
        (),
        (TripointError,),
        (b'{"head": {"size": 1, "root": "00"}, "key": 1, "signature": "00"}',),
        beyond=("access/sealing/lines",),
    ),
    "moments": Target(
        each(read_moment), (), (ValueError,), (b"2026-11-22T18:00:00.000000Z",), beyond=("engines/merkle/canonical",)
    ),
    "proofs": Target(
        all_of(address_of, read_claims),
        (),
        (TripointError,),
        (b"eyJhIjoxfQ.eyJqdGkiOiJhIn0.x", b"https://a/b"),
        beyond=("access/possession",),
    ),
}
# In words/ and records/sources, but nothing in them reads what somebody wrote.
NO_PARSERS = {
    "words/ctdc": "columns of a standard",
    "words/grades": "the grades themselves",
    "words/htcds": "fields and lists of a standard",
    "words/ictip": "entities of a standard",
    "words/modi": "the kinds of a way of hiding",
    "words/time_to_crime": "days that were read elsewhere",
    "words/traces": "the words of tracing themselves",
    "words/local_time": "moments that were read elsewhere",
    "words/offences": "the offences themselves",
    "words/referral": "the steps themselves",
    "words/people": "what a person is described by",
    "words/purposes": "the purposes themselves",
}
assert Mapping() == make_mapping({})
