"""All papers made anew: `python -m tests.papers`."""

from __future__ import annotations

from tests.papers import asvs, checklist, data_protection

if __name__ == "__main__":
    asvs.PAGE.write_text(asvs.page(), encoding="utf-8")
    checklist.PAGE.write_text(checklist.page(), encoding="utf-8")
    text = data_protection.PAGE.read_text(encoding="utf-8")
    data_protection.PAGE.write_text(data_protection.page(text), encoding="utf-8")
