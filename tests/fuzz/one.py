"""One target under atheris, in a process of its own: `python -m tests.fuzz.one NAME FOLDER [options of libFuzzer]`.

A finding is left in the folder `found` beside the corpus; `tests/fuzz/long.py` starts these and says what came of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped]

import tripoint

SOURCE = Path(tripoint.__file__).parents[1]
# Compiled code takes no instruments.
FILES = [file.relative_to(SOURCE).with_suffix("") for file in SOURCE.glob("tripoint/engines/**/*.py")]
COMPILED = [".".join(file.parts).removesuffix(".__init__") for file in FILES]
with atheris.instrument_imports(include=["tripoint"], exclude=COMPILED):
    from tests.fuzz.targets import TARGETS
    from tests.fuzz.trying import attempt, examples

SLOWED = 20.0  # a line that is watched takes so much longer at worst; what is found is tried again without


def main(name: str, folder: Path, options: list[str]) -> None:
    """Fuzz until the options say enough."""
    target = TARGETS[name]
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    (folder / "found").mkdir(exist_ok=True)
    for place, example in enumerate(examples(name, target)):
        (folder / "corpus" / f"example-{place}").write_bytes(example)
        attempt(target, example, longest=600)
    arguments = [sys.argv[0], str(folder / "corpus"), f"-artifact_prefix={folder}/found/", *options]
    atheris.Setup(arguments, lambda data: attempt(target, data, SLOWED))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
