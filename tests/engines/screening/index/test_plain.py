"""Without the compiler the same index is built and the same answers are given."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from tests.engines.screening.index.invented import batch, people, shared_words
from tripoint.engines.screening.index import build, open_index
crowd = people(12)
build(sys.argv[1], [batch(crowd, audiences=[at % 3 for at in range(12)])])
index = open_index(sys.argv[1], shared_words)
print([[(found.ref.hex(), found.score) for found in index.search(person, None, 5)] for person in crowd])
"""


def run(folder: Path, **how: str) -> str:
    command = [sys.executable, "-W", "error", "-c", SCRIPT, str(folder)]
    done = subprocess.run(command, env=os.environ | how, cwd=Path.cwd(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_plain_python_gives_the_same_bytes_and_answers(tmp_path: Path) -> None:
    compiled, plain = run(tmp_path / "one"), run(tmp_path / "other", NUMBA_DISABLE_JIT="1")
    assert compiled == plain
    (one,), (other,) = ((tmp_path / folder).glob("*.segment") for folder in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
