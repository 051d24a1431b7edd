"""docs/security/checklist.md from docs/security/checklist.toml: `python -m tests.papers.checklist`."""

from __future__ import annotations

from tests.papers.items import SECURITY, Standing, counts, load, table

SOURCE, PAGE = SECURITY / "checklist.toml", SECURITY / "checklist.md"
ITEMS = 48
HEAD = """# What a hub of this kind must keep: 48 items

Drawn from the standards of the field (OWASP ASVS 5.0, the CJIS Security Policy, ISO/IEC 27001 Annex A, Directive (EU)
2016/680) and from real leaks of platforms of this kind. Each stands with its proof. Made from `checklist.toml` by
`python -m tests.papers`; a test keeps it so. The words mean what [asvs.md](asvs.md) says.
"""


def page() -> str:
    """The whole page."""
    items = load(SOURCE)
    total = counts(items)
    said = ", ".join(f"{total[standing]} {standing.value}" for standing in Standing)
    return "\n".join([HEAD, f"**{len(items)} items: {said}.**", "", *table(items)]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
