"""`tripoint bench`: how many checks a second this machine answers, and how fast."""

from __future__ import annotations

import typer

bench_app = typer.Typer(no_args_is_help=True, help="Measure this machine.")


@bench_app.callback()
def bench() -> None:
    """Measure this machine."""
