from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from tripoint.base.errors import BadInput, TooLarge
from tripoint.bulk import seizures
from tripoint.doors.seizures import app
from tripoint.engines.amounts import percentiles
from tripoint.words.drugs import read_drug
from tripoint.words.drugs.gates import gates

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "firearms" / "unodc_ids_2011_2016.zip"
HEAD = "COUNTRY;PLACE;SEIZURE_DATE;DRUG_NAME;AMOUNT;DRUG_UNIT\n"
ROWS = (
    "X;Puerto;2026-01-01;Cocaine;2.5;Kilogram\nX;Puerto;2026-01-01;Cocaine;2.5;Kilogram\n"
    "X;PUERTO;2026-01-01;Cocaine;2500;Gram\nX;Puerto;2026-01-01;Cannabis plants;40;Plants\n"
    "X;Puerto;2026-01-02;Acetone;10;Litre\nX;Puerto;2026-01-02;Heroin;=cmd();Gram\n"
)


def packed(name: str, content: bytes) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    stream.seek(0)
    return stream


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_every_row_has_kilograms_or_a_reason_and_flags_drop_nothing(tmp_path: Path, suffix: str) -> None:
    reports, out = tmp_path / "reports.zip", tmp_path / f"out{suffix}"
    reports.write_bytes(packed("reports.csv", (HEAD + ROWS).encode()).read())
    said = CliRunner().invoke(app, ["normalise", "--list", str(reports), "--out", str(out), "--json"])
    assert said.exit_code == 0, said.output
    told = json.loads(said.output)
    assert (told["rows"], told["with_kilograms"], told["reasons"]) == (6, 4, {"not_a_number": 1, "plants": 1})
    assert told["kilograms"] == {"cocaine": "7.500000000", "precursors": "10.000000000", "all_drugs": "7.500000000"}
    assert (told["repeated"], told["nearly_repeated"]) == (1, 1)
    text = out.read_text(encoding="utf-8")
    as_table = list(csv.DictReader(io.StringIO(text))) if suffix == ".csv" else []
    rows = as_table or [json.loads(line) for line in text.splitlines()]
    assert [str(row["row"]) for row in rows] == ["2", "3", "4", "5", "6", "7"]
    assert [bool(row["kilograms"]) != bool(row["reason"]) for row in rows] == [True] * 6
    assert str(rows[1]["repeats_row"]) == str(rows[2]["nearly_repeats_row"]) == "2"


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\x01", b"a;b;c\n1;2;3\n", HEAD.encode(), HEAD.encode() + b"X;1\n", b"PK\x03\x04rubbish"]
)
def test_rubbish_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        seizures.normalise(io.BytesIO(content))
    assert refused.value.remedy


def test_an_archive_that_swells_or_holds_two_files_is_refused() -> None:
    with pytest.raises(TooLarge):
        seizures.normalise(packed("bomb.csv", HEAD.encode() + b"0" * 60_000_000))
    with pytest.raises(BadInput):
        seizures.normalise(packed("notes.txt", b"none"))


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data/firearms is not here")
def test_the_real_reports_are_all_answered_and_the_gates_are_theirs() -> None:
    with REAL.open("rb") as stream:
        found = seizures.normalise(stream)
    told = seizures.summary(found)
    assert (told["rows"], told["with_kilograms"] + told["without"]) == (311_038, 311_038)
    assert "unknown_unit" not in told["reasons"]
    assert len(found.columns.drugs) == 343
    assert not [name for name in found.columns.drugs if read_drug(name) is None]
    assert told["repeated"] == 44_229
    heroin = np.array([one.drug.family == "heroin" for one in found.weights.answers])[found.weights.which]
    once = found.repeats.exact == np.arange(311_038)
    kept = np.nonzero((found.weights.micrograms >= 0) & once & heroin)[0]
    drugs = [found.weights.answers[place].drug for place in found.weights.which[kept]]
    made = percentiles(zip(drugs, (found.weights.micrograms[kept] / 1e9).tolist(), strict=True))
    known = {of: one for of, one in gates().items() if "heroin" in of}
    assert {gate.of: gate for gate in made if gate.of != "*"} == known
    assert sum(Decimal(kg) for family, kg in told["kilograms"].items() if family != "all_drugs") > 0
