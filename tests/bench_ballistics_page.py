"""The page docs/quality/ballistics.md, made of the figures of the bench."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "quality" / "ballistics.md"
OPENING = """# How well marks on cartridge cases and bullets are compared

Written by `make bench-ballistics`. Real scans: Fadul's ten consecutively made slides (40 breech faces, NanoFocus,
CC-BY 4.0: Zemmels, VanderPlas, Hofmann, CSAFE) and Hamby 44 (12 lands). Simulated scans are labelled so. All of Fadul's
guns are of one model, measured with one instrument: these figures say that the method works on such material, not that
it works on all. Every parameter stands in `engines/ballistics/settings.py` with its reason. They are no blind test:
the parameters come from a trial that looked at these scans and at one other study, and that overlaps weigh by their
root was settled after worse scans of Fadul's were looked at. Times of pairs are computing time of one core, the median.
"""


def write_page(figures: dict[str, Any]) -> None:
    """Write what was measured; what was not says so."""
    told = [OPENING]
    for title, name, shown in (
        ("Every pair of Fadul's", "pairs", pairs), ("Nothing leaks through masks", "leaks", leaks),
        ("Raw scans to their guns", "raw", raw), ("Lands of bullets", "bullets", bullets),
        ("Worse scans", "degradations", degradations),
    ):  # fmt: skip
        told += [f"## {title}", shown(figures[name]) if name in figures else "Not measured yet."]
    told.append("## Large collections")
    sizes = sorted((int(name.split()[1]), name) for name in figures if name.startswith("scale "))
    told += [scale(figures[name]) for _, name in sizes] or ["Not measured yet."]
    PAGE.write_text("\n\n".join(part.strip() for part in told) + "\n", encoding="utf-8")


def table(rows: list[tuple[str, str]]) -> str:
    """Two columns."""
    return "\n".join(["| | |", "| --- | --- |", *(f"| {left} | {right} |" for left, right in rows)])


def pairs(found: dict[str, Any]) -> str:
    """Fadul."""
    gap = found["cells_least_same"] - found["cells_most_other"]
    return table([
        ("pairs of one gun / of two", f"{found['same']} / {found['other']}"),
        ("AUC of the score / of congruent cells", f"{found['auc']:.4f} / {found['cells_auc']:.4f}"),
        ("equal error rate", f"{found['eer']:.2%}"),
        ("least score of one gun / most of two", f"{found['least_same']:.3f} / {found['most_other']:.3f}"),
        ("least congruent cells of one gun / most of two / gap",
         f"{found['cells_least_same']} / {found['cells_most_other']} / {gap}"),
        ("mates at rank 1 / 5 / 10 / 30 among scans of other guns",
         " / ".join(f"{share:.1%}" for share in found["ranks"].values())),
        ("Cllr fitted to itself / least Cllr / cap (log10 LR)",
         f"{found['cllr']:.4f} / {found['cllr_min']:.4f} / {found['cap']:.2f}"),
        ("computing time of a pair", f"{found['milliseconds']:.1f} ms"),
    ])  # fmt: skip


def leaks(found: dict[str, Any]) -> str:
    """Controls."""
    return ("The heights are taken out of the true masks; 0.5 is chance, 0.45 to 0.55 is asked for.\n\n" + table([
        ("AUC, fresh noise in every mask", f"{found['noise']:.3f}"),
        ("AUC, one texture turned or mirrored by chance in all masks", f"{found['mask']:.3f}"),
    ]))  # fmt: skip


def raw(found: dict[str, Any]) -> str:
    """End to end."""
    lines = ["Isolated without a hand, then searched among the 40 processed scans but their own.", ""]
    for name, one in found.items():
        best = ", ".join(f"{scan} (gun {gun}, {score:.2f}, {cells} cells)" for scan, gun, score, cells in one["best"])
        lines.append(f"- {name}, gun {one['gun']}: {best}")
    return "\n".join(lines)


def bullets(found: dict[str, Any]) -> str:
    """Hamby 44."""
    return table([
        ("correlation of the six pairs of one land", ", ".join(f"{one:.2f}" for one in sorted(found["same"]))),
        (f"most of {found['other']} pairs of different lands", f"{found['other_most']:.2f}"),
    ])  # fmt: skip


def degradations(found: dict[str, Any]) -> str:
    """Partial and noisy."""
    rows = [
        (f"{float(area):.0%} of the area, " + (f"noise {noisy} times the heights' spread, from {cutoff} µm on"
         if float(noisy) else "no noise"), f"{one['rank1']:.3f} of {one['mates']} mates")
        for (area, noisy, cutoff), one in ((name.split("/"), one) for name, one in found.items() if "/" in name)
        if one["rank1"] is not None
    ]
    told = (
        f"{found['queries']} scans of Fadul's each, turned and moved by chance, their centre mistaken by 50 µm, among\n"
        f"{found['among']}: the real ones, the same mirrored, and simulated ones. The share of mates before all scans\n"
        "of other guns."
    )
    return f"{told}\n\n{table(rows)}"


def scale(found: dict[str, Any]) -> str:
    """Many."""
    return table([
        ("scans searched at every rotation / compared cell by cell", f"{found['scans']:,} / {found['fully_scored']}"),
        ("of them different (real, mirrored, simulated); the rest repeats", f"{found['distinct']:,}"),
        ("mates before all others", f"{found['rank1']:.3f} of {found['queries']} questions by real scans"),
        ("time of a question on the clock, 2 processes: median / slowest",
         f"{found['seconds']:.1f} s / {found['slowest']:.1f} s"),
        ("index on the disk / of it mapped by a search, bytes a scan", f"{found['bytes']:,.0f} / {found['mapped']:,}"),
    ])  # fmt: skip
