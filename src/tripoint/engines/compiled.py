"""One decorator for functions that are compiled to machine code on first use.

Numba keeps what it compiled on disk, so that the next process loads it. Compiled functions hold no lock while they
run and divide as numpy does. Without numba, or with NUMBA_DISABLE_JIT=1, the same functions run as plain Python:
slower by a hundred times, with the same results.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])
SOURCES = Path(__file__).parent


def compiled(function: Function) -> Function:
    """The function compiled for the types it is called with; compiled functions may call each other."""
    if find_spec("numba") is None:
        return function
    keep_apart()
    from numba import njit

    return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))


def borrowing(function: Function) -> Function:
    """As `compiled`, for functions that make no array and keep none: they count no references to those they are given.

    Counting costs more than the work where small functions are called a million times with many columns. The option
    is numba's own and not documented; without it the results are the same.
    """
    if find_spec("numba") is None:
        return function
    keep_apart()
    from numba import njit

    options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    return cast(Function, njit(**options)(function))


def summing(function: Function) -> Function:
    """As `compiled`, for functions that sum long rows: sums may be taken in another order, so that lanes are used.

    Results may differ from plain Python in the last digits, never in more; no value may be infinite or missing.
    """
    if find_spec("numba") is None:
        return function
    keep_apart()
    from numba import njit

    return cast(Function, njit(cache=True, nogil=True, error_model="numpy", fastmath=True)(function))


@cache
def keep_apart() -> None:
    """Keeps what is compiled in a folder named after the sources, before numba is imported.

    Numba renews a kept function when its own file changes, but not when a function it calls from another file does:
    after an update it would go on with the old one.
    """
    if "NUMBA_CACHE_DIR" not in os.environ:
        digest = blake2b(digest_size=8)
        for source in sorted(SOURCES.rglob("*.py")):
            digest.update(source.read_bytes())
        os.environ["NUMBA_CACHE_DIR"] = str(kept_in() / digest.hexdigest())


def kept_in() -> Path:
    """Beside the sources where they may be written to, else in the user's own cache."""
    beside = SOURCES / "__pycache__" / "compiled"
    try:
        beside.mkdir(parents=True, exist_ok=True)
    except OSError:
        pass
    else:
        if os.access(beside, os.W_OK):
            return beside
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tripoint"
