"""Every reason a hit can give has its words in the catalogues of the pages."""

import re
from pathlib import Path

import pytest

from tripoint.engines.screening import MODEL, Verdict

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "src/tripoint/desks/checks/rules.py"


def reason_codes() -> set[str]:
    """The codes of marks, of the model's features, and of names."""
    text = RULES.read_text(encoding="utf-8")
    marks = set(re.findall(r'Reason\(\s*"(\w+)"', text))
    built = {f"{how}_{mark}" for how in ("same", "confused") for mark in ("vin", "plate")}
    names = {f"name.{verdict.value}" for verdict in Verdict}
    return marks | built | names | {feature.code for feature in MODEL.features}


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "ar"])
def test_every_reason_has_its_words(language: str) -> None:
    catalogue = (ROOT / f"web/words/{language}.ftl").read_text(encoding="utf-8")
    said = set(re.findall(r"^reason-([\w-]+) =", catalogue, re.MULTILINE))
    wanted = {re.sub(r"[_.]", "-", code) for code in reason_codes()}
    assert len(wanted) > 30
    assert wanted - said == set()
