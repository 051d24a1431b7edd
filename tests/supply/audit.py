"""Whether something that is pinned is known to be unsafe: `python -m tests.supply.audit`, part of `make check`.

Asks by pip-audit and npm audit. Where nobody answers, which is the rule without a network, it says so and is content.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PATIENCE = 18  # seconds
PYTHON = (
    str(BIN / "pip-audit"), "-r", "requirements/run.txt", "--require-hashes", "--disable-pip", "--timeout", "5",
    "--progress-spinner", "off", "-f", "json",
)  # fmt: skip
PAGES = (str(BIN / "npm"), "audit", "--json", "--prefix", "web")
SERIOUS = ("high", "critical")


class NoAnswer(Exception):
    """The registry did not say."""


def of_python(answer: dict[str, Any]) -> list[str]:
    """What pip-audit found, a sentence each. Raises NoAnswer where it could look up nothing."""
    packages = answer.get("dependencies", [])
    looked_up = [package for package in packages if "vulns" in package and "skip_reason" not in package]
    if not looked_up:
        raise NoAnswer
    return [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in {mended_in(flaw)}"
        for package in looked_up
        for flaw in package["vulns"]
    ]


def mended_in(flaw: dict[str, Any]) -> str:
    """The versions without the flaw."""
    return ", ".join(flaw["fix_versions"]) or "no version"


def of_the_pages(answer: dict[str, Any]) -> list[str]:
    """What npm found of what matters, a sentence each. Raises NoAnswer where it could look up nothing."""
    if "vulnerabilities" not in answer:
        raise NoAnswer
    return [
        f"{name}: {flaw['severity']}, versions {flaw['range']}"
        for name, flaw in sorted(answer["vulnerabilities"].items())
        if flaw["severity"] in SERIOUS
    ]


def asked(what: str, command: tuple[str, ...], read: Callable[[dict[str, Any]], list[str]]) -> list[str]:
    """The findings of one program; where it or its registry is silent, a sentence is printed."""
    try:
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
        return read(json.loads(run.stdout))
    except (NoAnswer, ValueError, OSError, subprocess.TimeoutExpired):
        print(f"The registry did not answer for {what}: whether something of it is known to be unsafe was not asked.")
        return []


def main() -> int:
    """Ask both at once; 1 where something is unsafe."""
    with ThreadPoolExecutor(2) as pool:
        both = [
            pool.submit(asked, "the hub's packages", PYTHON, of_python),
            pool.submit(asked, "the pages' packages", PAGES, of_the_pages),
        ]
    found = [sentence for future in both for sentence in future.result()]
    print("\n".join(found) or "Nothing unsafe is known of what was looked up.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
