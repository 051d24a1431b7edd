"""X3P files: read as they come from laboratories, written as the standard says, refused where they would mislead."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import verity_x3p  # type: ignore[import-untyped]
import x3pio
from hypothesis import given, settings, strategies as st
from PIL import Image

from tests.engines.ballistics.invented import Written, hills, surface
from tripoint.engines.ballistics.surface import Grade, ScanFacts, Unit, UnitsUnclear, Unreadable
from tripoint.engines.ballistics.x3p import read_x3p, write_x3p

DATA = "ballistics"


def refusal(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_x3p(content)
    assert refused.value.remedy
    return refused.value


def agrees_with_the_oracle(path: Path) -> None:
    ours, oracle = read_x3p(path.read_bytes()), verity_x3p.read_x3p(str(path))
    theirs = np.where(np.isfinite(oracle.data), np.asarray(oracle.data) * 1e6, np.nan).astype(np.float32)
    np.testing.assert_array_equal(ours.heights, theirs)
    assert ours.step_x == pytest.approx(oracle.increment_x * 1e6)
    assert not set(ours.facts.warnings) - {"no-sum"}
    assert ours.facts.instrument
    assert ours.facts.measured_on


def test_real_files_as_the_oracle_reads_them(data_folder: Callable[[str], Path]) -> None:
    paths = sorted(data_folder(DATA).glob("*/*.x3p"))
    for path in [paths[0], *paths[-4::3]]:
        agrees_with_the_oracle(path)


@settings(max_examples=6, deadline=None)
@given(st.integers(16, 40), st.integers(16, 40), st.floats(20, 400), st.floats(0, 0.9), st.integers(0, 1000))
def test_what_is_written_is_read_again(rows: int, columns: int, step: float, missing: float, seed: int) -> None:
    heights = hills(rows, columns, seed)
    heights[np.random.default_rng(seed).random(heights.shape) < missing] = np.nan
    heights[0, :2] = -1, 1
    made = surface(heights, step)
    again = read_x3p(write_x3p(made))
    np.testing.assert_allclose(again.heights, made.heights, rtol=2e-7)
    assert (again.step_x, again.step_y) == pytest.approx((step, step))
    assert not again.facts.warnings


def test_other_programs_read_what_is_written(tmp_path: Path) -> None:
    made = surface(hills())
    file = tmp_path / "scan.x3p"
    file.write_bytes(write_x3p(made))
    np.testing.assert_allclose(verity_x3p.read_x3p(str(file)).data, made.heights * 1e-6, rtol=1e-6)
    theirs = x3pio.read(file)
    assert isinstance(theirs, x3pio.Surface)
    np.testing.assert_allclose(theirs.layers[0].z, made.heights * 1e-6, rtol=1e-6)


def test_the_same_surface_makes_the_same_bytes_and_says_what_it_is() -> None:
    facts = ScanFacts(creator="Nobody", instrument="Maker Model", comment="one shot", simulated=True,
                      grade=Grade.PICTURE, objective="20x")  # fmt: skip
    made = replace(surface(hills()), facts=facts)
    assert write_x3p(made) == write_x3p(made)
    again = read_x3p(write_x3p(made)).facts
    assert (again.simulated, again.grade, again.comment, again.objective) == (True, Grade.PICTURE, "one shot", "20x")
    assert (again.creator, again.instrument, again.measured_on) == ("Nobody", "Maker Model", None)
    dated = replace(made, facts=replace(facts, measured_on=datetime(2020, 2, 3, 4, 5, 6)))
    assert read_x3p(write_x3p(dated)).facts.measured_on is not None


@pytest.mark.parametrize(("kind", "scale"), [("I", 3e-10), ("L", 1e-12), ("F", 1.0), ("D", 1.0), ("F", 1e-6)])
def test_every_type_of_number_is_read(kind: str, scale: float) -> None:
    read = read_x3p(Written(kind=kind, scale=scale).bytes())
    np.testing.assert_allclose(read.heights, hills(), atol=3e-4 if kind == "I" else 1e-5)


def test_missing_points_are_written_in_many_ways() -> None:
    heights = hills().astype(np.float64) * 1e-6
    heights[3, 4], heights[5, 6], heights[7, 8] = np.nan, np.inf, -np.inf
    bits = np.ones(heights.size, bool)
    bits[10] = False
    written = Written(heights=heights, more="<ValidPointsLink>bindata/valid.bin</ValidPointsLink>")
    written.parts["bindata/valid.bin"] = np.packbits(bits, bitorder="little").tobytes()
    missing = np.isnan(read_x3p(written.bytes()).heights)
    assert sorted(zip(*np.nonzero(missing), strict=True)) == [(0, 10), (3, 4), (5, 6), (7, 8)]


@pytest.mark.parametrize(
    ("written", "warning"),
    [
        (Written(revision="ISO5436-2000"), "revision-unusual"), (Written(root="ISO5436_2"), None),
        (Written(folder="packed by hand/"), None), (Written(main_sum="0" * 32), "description-sum-differs"),
        (Written(points_sum="f" * 32), "points-sum-differs"), (Written(points_sum=""), None),
        (Written(steps=(12.5, 12.5)), "increments-in-micrometres"),
        (Written(heights=hills().astype(np.float64)), "heights-in-micrometres"),
        (Written(record2="<CalibrationDate>when</CalibrationDate>"), None),
        (Written(steps=(12.5e-6, 60e-6)), "steps-uneven"), (Written(feature=""), None),
    ],
)  # fmt: skip
def test_what_laboratories_send_is_read(written: Written, warning: str | None) -> None:
    read = read_x3p(written.bytes())
    np.testing.assert_allclose(read.heights, hills(), rtol=1e-5)
    assert read.step_x == pytest.approx(12.5)
    assert set(read.facts.warnings) == ({warning} if warning else set())


def test_heights_listed_as_text_are_read() -> None:
    content = Written().bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        main = archive.read("main.xml").decode()
    listed = "".join(f"<Datum>{value}</Datum>" for value in (hills() * 1e-6).ravel()[1:])
    start, end = main.index("<DataLink>"), main.index("</DataLink>") + len("</DataLink>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("main.xml", f"{main[:start]}<DataList><Datum/>{listed}</DataList>{main[end:]}")
    read = read_x3p(stream.getvalue())
    np.testing.assert_allclose(read.heights.ravel()[1:], hills().ravel()[1:], rtol=1e-5)
    assert np.isnan(read.heights[0, 0])
    assert read.facts.warnings == ("no-sum",)


def test_turned_axes_are_turned_back_and_a_mirror_is_told() -> None:
    plain = read_x3p(Written().bytes()).heights
    reversed_axis = read_x3p(Written(steps=(-12.5e-6, 12.5e-6)).bytes())
    np.testing.assert_array_equal(reversed_axis.heights, plain[:, ::-1])
    assert reversed_axis.facts.warnings == ("axis-reversed",)
    mirror = read_x3p(Written(axes="<Rotation><r11>-1</r11></Rotation>").bytes())
    np.testing.assert_array_equal(mirror.heights, plain[::-1])
    assert mirror.facts.warnings == ("mirrored",)


def test_a_mask_that_came_with_the_file() -> None:
    colours = np.full((40, 48, 3), (205, 127, 50), np.uint8)
    colours[:, :10] = 0, 0, 255  # what the file calls a groove
    written = Written()
    written.parts["bindata/mask.png"] = png(colours)
    left_out = read_x3p(written.bytes()).mask
    assert left_out is not None
    assert not left_out[:, :10].any()
    assert left_out[:, 10:].all()
    colours[:20, 20:] = 255, 0, 0
    written.parts["bindata/mask.png"] = png(colours)
    marked = read_x3p(written.bytes())
    assert marked.mask is not None
    assert marked.mask.sum() == 20 * 28
    assert "mask-of-the-file" in marked.facts.warnings
    written.parts["bindata/mask.png"] = png(colours[:5])
    assert read_x3p(written.bytes()).facts.warnings == ("mask-unusable",)


def png(colours: np.ndarray) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(colours).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("steps", "scale", "unit"),
    [((12.5e-3, 12.5e-3), 1e-3, Unit.MILLIMETRE), ((12_500.0, 12_500.0), 1e3, Unit.NANOMETRE),
     ((12.5e-3, 12.5e-3), 1e-6, Unit.MILLIMETRE), ((12.5, 12.5), 1.0, Unit.MICROMETRE)],
)  # fmt: skip
def test_who_knows_the_unit_is_asked_and_believed(steps: tuple[float, float], scale: float, unit: Unit) -> None:
    content = Written(heights=hills().astype(np.float64) * scale, steps=steps).bytes()
    if unit is not Unit.MICROMETRE:
        with pytest.raises(UnitsUnclear, match="no mark has that size") as asked:
            read_x3p(content)
        assert (asked.value.field, unit.value in asked.value.remedy) == ("unit", True)
    read = read_x3p(content, unit=unit)
    assert read.step_x == pytest.approx(12.5)
    np.testing.assert_allclose(read.heights, hills(), rtol=1e-5)
    with pytest.raises(UnitsUnclear):
        read_x3p(content, unit=Unit.METRE if unit is not Unit.METRE else Unit.NANOMETRE)


def test_heights_of_a_kilometre_are_asked_about() -> None:
    assert refusal(Written(heights=hills().astype(np.float64) * 1e3).bytes()).reason == "units-unclear"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no-archive"), (b"PK\x03\x04 and no more", "no-archive"), (Written().bytes()[:-200], "no-archive"),
        (Written(heights=np.zeros((1, 1))).bytes(), "too-few-points"),
        (Written(heights=np.full((40, 40), np.nan)).bytes(), "nothing-measured"),
        (Written(size=(20_000, 20_000)).bytes(), "too-many-points"),
        (Written(size=(48, 41)).bytes(), "points-do-not-fit"), (Written(size=(48, 0)).bytes(), "description-broken"),
        (Written(feature="PRF").bytes(), "no-grid"), (Written(steps=(0.0, 1e-6)).bytes(), "description-broken"),
        (Written(before="<!DOCTYPE x [<!ENTITY a 'b'>]>").bytes(), "document-type"),
        (Written(revision="<").bytes(), "description-broken"),
        (Written(parts={f"{n}": b"" for n in range(300)}).bytes(), "too-many-parts"),
        (Written(heights=np.zeros((1500, 1500))).bytes(), "packed-too-tightly"),
    ],
)  # fmt: skip
def test_what_would_mislead_or_flood_is_refused(content: bytes, reason: str) -> None:
    assert refusal(content).reason == reason


def test_a_link_out_of_the_file_finds_nothing() -> None:
    content = Written().bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        main = archive.read("main.xml").replace(b"bindata/data.bin", b"../../etc/passwd")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("main.xml", main)
    assert refusal(stream.getvalue()).reason == "no-points"
