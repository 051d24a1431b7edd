"""Charts drawn: SVG and PNG from their specifications, the same bytes each time."""

from __future__ import annotations

from functools import lru_cache

import rfc8785
import vl_convert

from tripoint.reports.charts import Chart, specification
from tripoint.reports.fonts import letters
from tripoint.reports.texts import Texts

DOTS_PER_INCH = 144


@lru_cache(maxsize=1)
def register_letters() -> str:
    """Let the drawer measure our letters; gives the families to be asked for, as a list of CSS."""
    found = letters()
    if found.folder is not None:
        vl_convert.register_font_directory(str(found.folder))
    return ", ".join(found.families)


def svg(chart: Chart, texts: Texts) -> str:
    """The chart as SVG, without anything drawn for rows that are hidden."""
    return drawn(rfc8785.dumps(specification(chart, texts, register_letters())).decode())


@lru_cache(maxsize=256)
def drawn(written: str) -> str:
    """A specification drawn; sheets do not change, so the same is asked for often."""
    return str(vl_convert.vegalite_to_svg(written))


def png(chart: Chart, texts: Texts) -> bytes:
    """The chart as a picture for documents that take no SVG."""
    return bytes(vl_convert.svg_to_png(svg(chart, texts), ppi=DOTS_PER_INCH))
