"""The bill of materials names everything that is pinned, and CycloneDX's own schema agrees with it."""

from __future__ import annotations

import json

from tests.supply.sbom import ROOT, bill, fault_in, of_python, of_the_pages


def test_the_bill_is_valid_and_the_same_each_time() -> None:
    text = json.dumps(bill())
    assert fault_in(text) is None
    assert text == json.dumps(bill())


def test_a_wrong_bill_is_told() -> None:
    assert fault_in(json.dumps(bill() | {"version": "one"}))


def test_everything_pinned_is_in_it() -> None:
    made = {component["bom-ref"] for component in bill()["components"]}
    pinned = (ROOT / "requirements" / "run.txt").read_text()
    assert sum("==" in line for line in pinned.splitlines()) == sum(one.startswith("pkg:pypi/") for one in made)
    assert {one.rpartition("@")[0] for one in made} >= {
        "pkg:pypi/cryptography",
        "pkg:npm/maplibre-gl",
        "pkg:npm/svelte",
    }


def test_pins_are_read_with_their_digests_markers_and_extras() -> None:
    text = f"a-b[x]==1.0+c ; x == 'y' \\\n    --hash=sha256:{'0' * 64}\nd==2 \\\n    --hash=sha256:{'1' * 64}\n"
    first, second = of_python(text)
    assert (first["purl"], second["purl"]) == ("pkg:pypi/a-b@1.0%2Bc", "pkg:pypi/d@2")
    assert [each["hashes"][0]["content"][0] for each in (first, second)] == ["0", "1"]


def test_what_only_builds_the_pages_is_not_delivered() -> None:
    lock = {"packages": {"": {"name": "own"}, "node_modules/@a/b": {"version": "1", "dev": True, "license": "MIT"},
                         "node_modules/c": {"version": "2", "integrity": "sha512-AAAA"},
                         "node_modules/x/node_modules/c": {"version": "2"}}}  # fmt: skip
    dev, delivered = of_the_pages(lock)
    assert (dev["purl"], dev["scope"], dev["licenses"]) == ("pkg:npm/%40a/b@1", "excluded", [{"expression": "MIT"}])
    assert (delivered["purl"], delivered["scope"], delivered["hashes"][0]["content"]) == (
        "pkg:npm/c@2",
        "required",
        "000000",
    )
