"""A file of seizure reports normalised: every row with its kilograms or a reason, repeats flagged, sums by family."""

from __future__ import annotations

import io
import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tripoint.base.archives import ARCHIVE, MEGABYTE, ArchiveLimits, open_archive
from tripoint.base.errors import BadInput, TooLarge
from tripoint.engines.amounts import Columns, Repeats, Weights, find_repeats, weigh_many
from tripoint.engines.amounts.many import NOTHING
from tripoint.words.drugs.reading import NO_DRUGS
from tripoint.words.units.factors import VERSION

if TYPE_CHECKING:
    import pyarrow as pa

LIMITS = ArchiveLimits(parts=20, part=1024 * MEGABYTE, whole=1024 * MEGABYTE, ratio=200)
MOST_BYTES = LIMITS.part
# What each column may be called; the first three a file has to have.
CALLED = {
    "drug": ("drug_name", "drug", "substance"), "amount": ("amount", "quantity"), "unit": ("drug_unit", "unit"),
    "country": ("country",), "day": ("seizure_date", "date", "happened_at"), "place": ("place",),
}  # fmt: skip
NEEDED = ("drug", "amount", "unit")
SEPARATORS = (";", ",", "\t", "|")
REMEDY = "Give a CSV file in UTF-8, or a ZIP archive of one, with the columns DRUG_NAME, AMOUNT and DRUG_UNIT."


@dataclass(frozen=True, slots=True)
class Normalised:
    """A file as it was normalised: its table, the columns by our names, weights and repeats row by row."""

    table: pa.Table
    called: Mapping[str, str]
    columns: Columns
    weights: Weights
    repeats: Repeats


def contents(stream: BinaryIO) -> bytes:
    """The CSV of a file, or of the one CSV in an archive. Raises BadInput, TooLarge (an archive that swells)."""
    start = stream.read(len(ARCHIVE))
    stream.seek(0)
    if not start.startswith(ARCHIVE[:2]):
        data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise TooLarge("The file is larger than 1 GB.", field="--list", remedy="Normalise it in parts.")
        return data
    with open_archive(stream, LIMITS) as archive:
        names = [part.filename for part in archive.infolist() if part.filename.lower().endswith(".csv")]
        if len(names) != 1:
            raise BadInput(f"The archive holds {len(names)} CSV files.", field="--list", remedy="Pack exactly one.")
        try:
            return archive.read(names[0])
        except Exception as error:  # zipfile and zlib raise half a dozen kinds for a part that is damaged
            raise BadInput("The archive is damaged.", field="--list", remedy="Pack it again.") from error


def read_reports(stream: BinaryIO) -> tuple[pa.Table, dict[str, str]]:
    """The reports as a table of texts in dictionaries, and its columns by our names. Raises BadInput, TooLarge."""
    import pyarrow as pa  # large: only who needs it waits for it
    from pyarrow import csv

    data = contents(stream).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}".encode())
    heading = heading_of(data)
    separator = max(SEPARATORS, key=heading.count)
    names = [name.strip().strip('"') for name in heading.split(separator)]
    called = columns_called(names)
    text = pa.dictionary(pa.int32(), pa.string())
    try:
        table = csv.read_csv(
            io.BytesIO(data), parse_options=csv.ParseOptions(delimiter=separator, newlines_in_values=True),
            read_options=csv.ReadOptions(column_names=names, skip_rows=1, block_size=64 * MEGABYTE),
            convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, text), strings_can_be_null=False),
        )  # fmt: skip
    except pa.ArrowInvalid as error:
        said = str(error).splitlines()[0][:160]
        raise BadInput(f"The file is no table that can be read: {said}", field="--list", remedy=REMEDY) from error
    return table.combine_chunks().unify_dictionaries(), called


def heading_of(data: bytes) -> str:
    """The first line. Raises BadInput where there is none that could name columns."""
    line = data[: 64 * 1024].splitlines()[0] if data.strip() else b""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("The file is not in UTF-8.", field="--list", remedy=REMEDY) from error


def columns_called(names: Sequence[str]) -> dict[str, str]:
    """The file's columns by our names. Raises BadInput for one that is missing or stands twice."""
    plain = [name.lower() for name in names]
    if len(set(plain)) < len(plain):
        raise BadInput("A column stands twice in the first line.", field="--list", remedy="Name each column once.")
    found = {ours: next((names[plain.index(one)] for one in theirs if one in plain), None)
             for ours, theirs in CALLED.items()}  # fmt: skip
    for ours in NEEDED:
        if found[ours] is None:
            raise BadInput(f"The file has no column {CALLED[ours][0].upper()}.", field="--list", remedy=REMEDY)
    return {ours: name for ours, name in found.items() if name is not None}


def codes_of(table: pa.Table, name: str) -> tuple[NDArray[np.int64], list[str]]:
    """A column as codes into its different texts."""
    column = table[name].chunk(0)  # the table was put together when it was read
    held = column.indices  # from its memory: to_numpy would load a library of data frames first
    codes = np.frombuffer(held.buffers()[1], dtype=np.int32, count=len(held), offset=4 * held.offset)
    return codes.astype(np.int64), column.dictionary.to_pylist()


def normalise(stream: BinaryIO) -> Normalised:
    """A file of reports weighed row by row. Raises BadInput for what is no such file, TooLarge for what swells."""
    table, called = read_reports(stream)
    if not table.num_rows:
        raise BadInput("The file has no reports.", field="--list", remedy="Give at least one row below the heading.")
    (drug, drugs), (amount, amounts), (unit, units) = (codes_of(table, called[name]) for name in NEEDED)
    columns = Columns(amount, unit, drug, amounts, units, drugs)
    weights = weigh_many(columns)
    everything = [codes_of(table, name)[0] for name in table.column_names]
    repeats = find_repeats(everything, events(table, called), weights.micrograms)
    return Normalised(table, called, columns, weights, repeats)


def events(table: pa.Table, called: Mapping[str, str]) -> list[NDArray[np.int64]]:
    """Day, country, place and drug of each row, places without case and accents; what the file has of them."""
    found = []
    for ours in ("day", "country", "place", "drug"):
        if ours in called:
            codes, texts = codes_of(table, called[ours])
            plain = {text: number for number, text in enumerate(dict.fromkeys(map(folded, texts)))}
            found.append(np.array([plain[folded(text)] for text in texts], dtype=np.int64)[codes])
    return found


def folded(text: str) -> str:
    """A text without case, accents and spaces around it."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def summary(found: Normalised) -> dict[str, Any]:
    """What the file comes to: rows, reasons, kilograms by family to the microgram, flags, and the digest of it all."""
    weights, rows = found.weights, found.table.num_rows
    known = weights.micrograms != NOTHING
    reasons = Counter[str]()
    for place, count in zip(*np.unique(weights.which[~known], return_counts=True), strict=True):
        reason = weights.answers[place].reason
        reasons[reason.value if reason else ""] += int(count)
    families = np.array([one.drug.family for one in weights.answers])[weights.which]
    repeated, near = found.repeats.exact != np.arange(rows), found.repeats.near != np.arange(rows)
    clean = known & ~repeated & ~weights.above
    by_family = partial(kilograms_by, families, weights.micrograms)
    return {
        "rows": rows, "with_kilograms": int(known.sum()), "without": int((~known).sum()),
        "reasons": dict(sorted(reasons.items())), "kilograms": by_family(known), "factors": VERSION,
        "kilograms_unflagged": by_family(clean), "above_gate": int(weights.above.sum()),
        "kilograms_above_gate": kilograms(int(weights.micrograms[weights.above & known].sum())),
        "repeated": int(repeated.sum()), "nearly_repeated": int(near.sum()), "digest": digest(weights),
    }  # fmt: skip


def kilograms_by(
    families: NDArray[np.str_], micrograms: NDArray[np.int64], chosen: NDArray[np.bool_]
) -> dict[str, str]:
    """Kilograms of the chosen rows by family, and of drugs together; precursors and what is no drug stay out of it."""
    names, codes = np.unique(families, return_inverse=True)
    sums = [int(micrograms[chosen & (codes == place)].sum()) for place in range(len(names))]
    found = {str(name): kilograms(value) for name, value in zip(names, sums, strict=True) if value}
    drugs = sum(value for name, value in zip(names, sums, strict=True) if name not in NO_DRUGS)
    return {**found, "all_drugs": kilograms(drugs)}


def kilograms(micrograms: int) -> str:
    """Whole micrograms as kilograms, exactly."""
    return f"{micrograms // 10**9}.{micrograms % 10**9:09d}"


def digest(weights: Weights) -> str:
    """SHA-256 over what became of each row in its order: micrograms (8 bytes, little end first), factor or reason."""
    told = [(one.factor.id if one.factor else one.reason.value if one.reason else "") for one in weights.answers]
    named = sorted(set(told))
    places = np.array([named.index(one) for one in told], dtype="<i8")[weights.which]
    running = sha256(json.dumps([VERSION, named]).encode())
    running.update(weights.micrograms.astype("<i8").tobytes())
    running.update(places.tobytes())
    return running.hexdigest()


def answers_of(found: Normalised) -> pa.Table:
    """What became of each row as a table: our names beside the row's own amount and unit."""
    import pyarrow as pa

    weights, numbers = found.weights, np.arange(found.table.num_rows)
    told = {
        "substance": [one.drug.substance for one in weights.answers],
        "family": [one.drug.family for one in weights.answers],
        "form": [one.drug.form or None for one in weights.answers],
        "kilograms": [None if one.kilograms is None else f"{one.kilograms:f}" for one in weights.answers],
        "factor": [one.factor.id if one.factor else None for one in weights.answers],
        "basis": [one.factor.basis if one.factor else None for one in weights.answers],
        "reason": [one.reason.value if one.reason else None for one in weights.answers],
        "gate_kilograms": [f"{one.gate.kilograms:f}" if one.above and one.gate else None for one in weights.answers],
    }
    taken = {name: pa.array(values).take(numbered(weights.which)) for name, values in told.items()}
    flags = {"repeats_row": found.repeats.exact, "nearly_repeats_row": found.repeats.near}
    said = {ours: found.table[found.called[ours]] for ours in NEEDED}
    return pa.table({
        "row": numbered(numbers + 2), **said, **taken,
        **{name: numbered(first + 2, first != numbers) for name, first in flags.items()},
    })  # fmt: skip


def numbered(values: NDArray[np.int64], known: NDArray[np.bool_] | None = None) -> pa.Array:
    """Whole numbers as a column, null where not known; from memory, for `pa.array` would load data frames first."""
    import pyarrow as pa

    bits = None if known is None else pa.py_buffer(np.packbits(known, bitorder="little").tobytes())
    return pa.Array.from_buffers(pa.int64(), len(values), [bits, pa.py_buffer(values.astype("<i8").tobytes())])


def write(found: Normalised, out: Path) -> None:
    """Write every row's answer: JSON lines, or CSV where the file is called so; rows count from 2, as editors do."""
    import duckdb

    answers = answers_of(found)
    form = "csv, header true" if out.suffix.lower() == ".csv" else "json"
    with duckdb.connect() as machine:
        machine.register("answers", answers)
        machine.execute(f"copy (from answers) to '{str(out).replace(chr(39), chr(39) * 2)}' (format {form})")
