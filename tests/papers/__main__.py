"""All papers made anew: `python -m tests.papers`."""

from __future__ import annotations

from tests.papers import asvs, checklist, within

if __name__ == "__main__":
    asvs.PAGE.write_text(asvs.page(), encoding="utf-8")
    checklist.PAGE.write_text(checklist.page(), encoding="utf-8")
    for page in within.PAGES:
        page.write_text(within.page(page.read_text(encoding="utf-8")), encoding="utf-8")
