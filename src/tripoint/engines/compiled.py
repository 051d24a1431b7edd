"""One decorator for functions that are compiled to machine code on first use.

Numba keeps what it compiled on disk, so that the next process loads it. Compiled functions hold no lock while they
run and divide as numpy does. Without numba, or with NUMBA_DISABLE_JIT=1, the same functions run as plain Python:
slower by a hundred times, with the same results.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function compiled for the types it is called with; compiled functions may call each other."""
    if find_spec("numba") is None:
        return function
    from numba import njit

    return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))
