"""A comparison of two exhibits on paper: what was compared, how, with which result, and what an examiner said of it."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import rfc8785

from tripoint.base.errors import BadInput
from tripoint.base.pictures import PictureLimits, check_picture, shared_copy
from tripoint.base.uploads import UploadLimits, check_upload
from tripoint.desks.ballistics.model import Json, Scan
from tripoint.desks.ballistics.searching import Pair
from tripoint.reports.pages import Block, Report
from tripoint.reports.texts import RIGHT_TO_LEFT, Texts

MOST_BYTES = 1_500_000
LIMITS = UploadLimits(most=MOST_BYTES, picture=PictureLimits(pixels=8_000_000, side=4_096))
WIDE = 440  # points: the text of an A4 page
SHOWN = ("rotation_deg", "dx_um", "dy_um", "correlation")
REPORT = "report-ballistics"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that a page made of the comparison, a PNG, and what it shows."""

    caption: str
    png: bytes


def report(pair: Pair, pictures: Sequence[Shown], remarks: str, at: datetime, texts: Texts) -> Report:
    """The report of a comparison; `at` is when it was made, in UTC. Raises BadInput for a picture that is none."""
    moment = at.replace(microsecond=0).isoformat()
    blocks = (
        Block("note", texts.say(f"{REPORT}-note")), tiles(pair.comparison, texts),
        Block("heading", texts.say(f"{REPORT}-exhibits")), exhibits(pair, texts),
        Block("heading", texts.say(f"{REPORT}-result")), result(pair.comparison, texts),
        Block("text", texts.say(f"{REPORT}-no-ratio")), *verdict(pair, texts),
        *(block for shown in pictures for block in picture(shown)), *cells(pair.comparison, texts),
        *([Block("heading", texts.say(f"{REPORT}-remarks")), Block("text", remarks)] if remarks else ()),
    )  # fmt: skip
    return Report(
        texts.say(f"{REPORT}-title"), texts.say("report-as-of", at=texts.moment(moment)), texts.language,
        texts.language in RIGHT_TO_LEFT, moment, blocks, figures(pair, moment), texts.say("report-attached"),
    )  # fmt: skip


def tiles(found: Json, texts: Texts) -> Block:
    """The two figures that everybody looks for, large."""
    cells = f"{texts.number(found['congruent_cells'])} / {texts.number(found['cells_compared'])}"
    similarity = texts.number(round(found["score"], 3))
    return Block("tiles", rows=((texts.say(f"{REPORT}-cells"), cells), (texts.say(f"{REPORT}-score"), similarity)))


def exhibits(pair: Pair, texts: Texts) -> Block:
    """Both exhibits beside each other."""
    head = ("", texts.say(f"{REPORT}-one"), texts.say(f"{REPORT}-other"))
    told = [side(scan, texts) for scan in (pair.one, pair.other)]
    rows = tuple((texts.say(f"{REPORT}-row-{name}"), told[0][name], told[1][name]) for name in told[0])
    return Block("table", texts.say(f"{REPORT}-exhibits"), (head, *rows))


def side(scan: Scan, texts: Texts) -> dict[str, str]:
    """What is told of one exhibit; an invented scan says so."""
    made = f" ({texts.say(f'{REPORT}-simulated')})" if scan.facts.get("simulated") else ""
    return {
        "party": texts.country(scan.owner), "case": scan.case_reference,
        "kind": texts.say(f"choice-ballistics-kind-{scan.kind.replace('_', '-')}"),
        "region": texts.say(f"choice-ballistics-region-{scan.region}"),
        "instrument": f"{scan.facts.get('instrument') or '–'}{made}",
        "quality": texts.number(round(scan.quality["score"], 2)), "mask": texts.number(scan.mask_version),
        "file": scan.sha256,
    }  # fmt: skip


def result(found: Json, texts: Texts) -> Block:
    """The pose of the one on the other, and the cells of both directions."""
    head = (texts.say("report-col-figure"), texts.say("report-col-value"))
    both = [(name, f"{found[name][0]} / {found[name][1]}") for name in ("forward", "backward")]
    rows = [*((name, texts.number(found[name])) for name in SHOWN), *both]
    said = tuple((texts.say(f"{REPORT}-{name.replace('_', '-')}"), value) for name, value in rows)
    return Block("table", texts.say(f"{REPORT}-result"), (head, *said), (1,))


def verdict(pair: Pair, texts: Texts) -> list[Block]:
    """What an examiner said of the candidate, by name; nothing where nobody did."""
    found = pair.candidate
    if found is None or found.verdict is None or found.decided_at is None:
        return []
    said = texts.say(
        f"{REPORT}-verdict", verdict=texts.say(f"choice-ballistics-verdict-{found.verdict.value}"),
        name=found.decided_by_name or "", at=texts.moment(found.decided_at.replace(microsecond=0).isoformat()),
    )  # fmt: skip
    return [Block("text", said), Block("text", found.reason or "")]


def picture(shown: Shown) -> list[Block]:
    """A picture with its caption, as a drawing that holds it. Raises BadInput and TooLarge as `check_upload` does."""
    if not shown.png.startswith(b"\x89PNG"):
        raise BadInput("The picture is no PNG.", field="pictures", remedy="Send what the page has drawn.")
    check_upload(io.BytesIO(shown.png), "image/png", LIMITS)
    clean = shared_copy(shown.png)
    size = check_picture(clean, LIMITS.picture)
    high = WIDE * size.height / size.width
    held = base64.b64encode(clean).decode()
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{high:.1f}" viewBox="0 0 {WIDE} {high:.1f}">'
        f'<image width="{WIDE}" height="{high:.1f}" href="data:image/png;base64,{held}"/></svg>'
    )
    return [Block("caption", shown.caption), Block("picture", shown.caption, svg=drawn)]


def cells(found: Json, texts: Texts) -> list[Block]:
    """Every cell: where it lies, how alike it is, and whether it agrees with the others."""
    if not found["cells"]:
        return []
    head = tuple(texts.say(f"{REPORT}-col-{name}") for name in ("cell", "ncc", "turn", "shift", "congruent"))
    yes, no = texts.say(f"{REPORT}-yes"), texts.say(f"{REPORT}-no")
    rows = tuple(
        (f"{cell['row']}, {cell['column']}", texts.number(round(cell["ncc"], 2)), texts.number(cell["rotation_deg"]),
         f"{texts.number(cell['dx_um'])}, {texts.number(cell['dy_um'])}", yes if cell["congruent"] else no)
        for cell in found["cells"]
    )  # fmt: skip
    title = texts.say(f"{REPORT}-all-cells")
    return [Block("heading", title), Block("table", title, (head, *rows), (1, 2))]


def figures(pair: Pair, moment: str) -> str:
    """The comparison as canonical JSON, attached."""
    return rfc8785.dumps({
        "format": "tripoint-comparison/1", "as_of": moment, "settings": pair.settings_version,
        "one": {"scan": str(pair.one.id), "sha256": pair.one.sha256},
        "other": {"scan": str(pair.other.id), "sha256": pair.other.sha256},
        "comparison": {name: value for name, value in pair.comparison.items() if name not in ("one", "other")},
    }).decode()  # fmt: skip
