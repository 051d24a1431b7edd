"""How long the audit of 5.8 million invented rows of dealers' books takes, and what of what was planted it finds.

Run by hand: `python -m tests.bench_books [ROWS]`. It invents the books in a folder of its own, audits them with two
threads and 4 GB, judges the findings, writes the report, and prints JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tripoint.demo.books.judging import judge
from tripoint.demo.books.writing_store import invent
from tripoint.engines.books.engine_store import Choices, audit
from tripoint.reports import dealers, printing
from tripoint.reports.texts import texts
from tripoint.words.firearms import normalise_make


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-books-") as room:
        folder, out = Path(room) / "books", Path(room) / "findings.jsonl"
        planted = invent(folder, rows, 1, lambda *_: None)
        begun, used = time.monotonic(), time.process_time()
        made = audit(folder, out, Choices(), normalise_make, lambda *_: None, lambda row: None)
        report = printing.pdf(dealers.report(made, datetime.now(UTC), texts("en")))
        seconds, processor = time.monotonic() - begun, time.process_time() - used
        with out.open(encoding="utf-8") as lines:
            verdicts = judge(planted["rules"], map(json.loads, lines))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    slow = {one.recipe.name: round(one.seconds, 1) for one in made.outcomes if one.seconds > 1}
    print(json.dumps({
        "book_rows": planted["rows"], "all_rows": made.rows, "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1), "most_memory_mb": peak, "report_bytes": len(report), "slowest": slow,
        "rules": [asdict(one) for one in verdicts],
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_800_000)
