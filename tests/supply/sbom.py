"""The bill of materials (CycloneDX 1.6): `python -m tests.supply.sbom [FILE]` writes it, by default to dist/sbom.json.

It names what is pinned, not what happens to be installed: requirements/run.txt for the hub, web/package-lock.json for
the pages. What only builds or tests the pages is marked as excluded: nothing of it is delivered.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
Component = dict[str, Any]


def of_python(pinned: str) -> Iterator[Component]:
    """The packages of a file of pinned requirements, each with the digests of its files."""
    found = list(PINNED.finditer(pinned))
    ends = [match.start() for match in found[1:]] + [len(pinned)]
    for match, end in zip(found, ends, strict=True):
        name, version = match["name"].lower(), match["version"]
        package = f"pkg:pypi/{name}@{quote(version)}"
        digests = [{"alg": "SHA-256", "content": digest} for digest in HASH.findall(pinned, match.end(), end)]
        yield {
            "type": "library", "bom-ref": package, "name": name, "version": version, "purl": package,
            "hashes": digests, "scope": "required",
        }  # fmt: skip


def of_the_pages(lock: dict[str, Any]) -> Iterator[Component]:
    """The packages of the pages' lock file; the same version of one that lies in several places is named once."""
    seen = set()
    for place, package in sorted(lock["packages"].items()):
        name = package.get("name") or place.rpartition("node_modules/")[2]
        which = f"pkg:npm/{quote(name, safe='/')}@{quote(package.get('version', ''))}"
        if not place or package.get("link") or which in seen:
            continue
        seen.add(which)
        component = {
            "type": "library", "bom-ref": which, "name": name, "version": package["version"], "purl": which,
            "scope": "excluded" if package.get("dev") else "required",
        }  # fmt: skip
        yield component | licences(package.get("license")) | integrity(package.get("integrity"))


def licences(said: str | None) -> dict[str, Any]:
    """The licence as its author wrote it (an SPDX expression)."""
    return {"licenses": [{"expression": said}]} if said else {}


def integrity(said: str | None) -> dict[str, Any]:
    """The digest that the lock file pins."""
    algorithm, _, value = (said or "").partition("-")
    if algorithm != "sha512":
        return {}
    return {"hashes": [{"alg": "SHA-512", "content": base64.b64decode(value).hex()}]}


def bill(root: Path = ROOT) -> dict[str, Any]:
    """The whole bill, the same for the same pins."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    python = list(of_python((root / "requirements" / "run.txt").read_text()))
    pages = list(of_the_pages(json.loads((root / "web" / "package-lock.json").read_text())))
    own = {
        "type": "application", "bom-ref": "tripoint", "name": project["name"], "version": project["version"],
        "licenses": [{"license": {"id": project["license"]}}],
    }  # fmt: skip
    parts = [*python, *pages]
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": own},
        "components": parts,
        "dependencies": [{"ref": "tripoint", "dependsOn": [part["bom-ref"] for part in parts]},
                         *({"ref": part["bom-ref"]} for part in parts)],
    }  # fmt: skip


def fault_in(text: str) -> str | None:
    """What CycloneDX's own schema has against the bill."""
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return None if error is None else str(error.data)[:500]


def main() -> int:
    """Write it, if it is right."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "sbom.json"
    made = bill()
    text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    if fault := fault_in(text):
        print(f"The bill of materials is not as CycloneDX wants it: {fault}")
        return 1
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    delivered = sum(part["scope"] == "required" for part in made["components"])
    print(f"{file}: {len(made['components'])} components, {delivered} of them delivered.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
