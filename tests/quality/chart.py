"""Curves of recall at few false positives, drawn as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 420, 56, 180, 36, 48
FEWEST, MOST = 1e-4, 1e-1  # false positives shown, on a logarithmic scale
COLOURS = ("#0b6e99", "#c8553d", "#6a994e", "#8d6a9f", "#b08900")
Points = Sequence[tuple[float, float]]


def draw(title: str, curves: Mapping[str, Points]) -> str:
    """The curves (points of false positives and recall, both rising) as the text of an SVG file, with a legend."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#333">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="20" font-size="14" font-weight="600">{escape(title)}</text>',
        *grid(),
    ]
    for at, (name, points) in enumerate(curves.items()):
        colour, height = COLOURS[at % len(COLOURS)], TOP + 14 + 22 * at
        parts.append(f'<path d="{path(points)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x = WIDTH - RIGHT + 16
        parts.append(f'<path d="M{x} {height - 4}h20" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{x + 26}" y="{height}">{escape(name)}</text>')
    return "\n".join((*parts, "</svg>", ""))


def grid() -> list[str]:
    """Lines and numbers of both axes."""
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    lines = []
    for share in (1e-4, 1e-3, 1e-2, 1e-1):
        x = across(share)
        lines.append(f'<path d="M{x} {TOP}V{bottom}" stroke="#ddd"/>')
        lines.append(f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{share:.2%}</text>')
    for step in range(0, 11, 2):
        y = up(step / 10)
        lines.append(f'<path d="M{LEFT} {y}H{right}" stroke="#ddd"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{step / 10:.1f}</text>')
    middle = (LEFT + right) // 2
    return [*lines, f'<text x="{middle}" y="{bottom + 36}" text-anchor="middle">false positives</text>']


def path(points: Points) -> str:
    """A curve as steps: between two points nothing more is found until the second is reached."""
    heights = {across(FEWEST): up(0.0)}  # the last point of each place, left to right: the highest
    heights |= {across(false): up(recall) for false, recall in points if false <= MOST}
    first, *others = heights.items()
    steps = [f"M{first[0]} {first[1]}"]
    height = first[1]
    for x, y in others:
        if y != height:
            steps.append(f"H{x}V{y}")
            height = y
    return "".join((*steps, f"H{across(MOST)}"))


def across(false: float) -> float:
    """Where a share of false positives lies, left to right."""
    part = math.log(max(false, FEWEST) / FEWEST) / math.log(MOST / FEWEST)
    return round(LEFT + part * (WIDTH - LEFT - RIGHT), 1)


def up(recall: float) -> float:
    """Where a recall lies, bottom to top."""
    return round(HEIGHT - BOTTOM - recall * (HEIGHT - TOP - BOTTOM), 1)
