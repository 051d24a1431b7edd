"""docs/security/asvs.md from docs/security/asvs.toml: `python -m tests.papers.asvs`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tests.papers.items import SECURITY, Item, Standing, counts, load, table

SOURCE, PAGE = SECURITY / "asvs.toml", SECURITY / "asvs.md"
DEEP = {"V6", "V7", "V8", "V14", "V16"}  # chapters claimed to level 3; the others to level 2
CHAPTERS = {
    "V1": "Encoding and injection", "V2": "Checks of input and of steps", "V3": "In the browser", "V4": "HTTP",
    "V5": "Files", "V6": "Proving who one is", "V7": "Sessions", "V8": "Who may do and see what",
    "V9": "Self-contained tokens", "V10": "OAuth and OpenID Connect", "V11": "Cryptography", "V12": "Transport",
    "V13": "Configuration and secrets", "V14": "Protecting data", "V15": "Components and code",
    "V16": "Logs and errors", "V17": "WebRTC",
}  # fmt: skip
HEAD = """# OWASP ASVS 5.0, item by item

The numbers are those of version 5.0.0 of the
[Application Security Verification Standard](https://owasp.org/www-project-application-security-verification-standard/);
the words are ours and short, so read the standard beside them. Claimed: level 2 whole, and level 3 of V6, V7, V8, V14
and V16. This page is made from `asvs.toml` by `python -m tests.papers`; a test keeps it equal to its source, complete
against the standard's list, and every test it names in being.

- **proven**: the tests named fail when it stops being so.
- **placed**: it stands where the code or page named says; no test of its own.
- **yours**: a part of the installation does it, as [deploy.md](../deploy.md) says.
- **open**: not so yet; what is missing is said.
"""


def chapter(item: Item) -> str:
    """`V6` of V6.3.1."""
    return item.id.partition(".")[0]


def wanted(listed: Path) -> set[str]:
    """The ids we claim, from the standard's own list."""
    requirements = json.loads(listed.read_text(encoding="utf-8"))["requirements"]
    return {one["req_id"] for one in requirements if int(one["L"]) <= 2 or one["chapter_id"] in DEEP}


def in_order(item: Item) -> list[int]:
    """For sorting V2.1.1 before V10.1.1."""
    return [int(number) for number in re.findall(r"\d+", item.id)]


def summary(items: list[Item]) -> Iterator[str]:
    """The count at the head, whole and for each chapter."""
    total = counts(items)
    said = ", ".join(f"{total[standing]} {standing.value}" for standing in Standing)
    yield f"**{len(items)} items: {said}.**"
    yield ""
    yield f"| chapter | {' | '.join(standing.value for standing in Standing)} |"
    yield "| --- |" + " ---: |" * len(Standing)
    for name, members in groupby(items, chapter):
        of_it = counts(members)
        yield f"| {name} {CHAPTERS[name]} | {' | '.join(str(of_it[standing]) for standing in Standing)} |"


def page() -> str:
    """The whole page."""
    items = sorted(load(SOURCE), key=in_order)
    lines = [HEAD, *summary(items)]
    for name, members in groupby(items, chapter):
        lines += ["", f"## {name} {CHAPTERS[name]}", "", *table(members)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
