"""Keeping mapped segments in memory: locked where the system lets us, else at least read ahead.

Pages of a file that nobody touched for a while go back to the disk, and a name looked up once an hour lies on many of
them: without this, the first search in a quiet corner of a large index waits for the disk.
"""

from __future__ import annotations

import ctypes
import mmap
import threading

import numpy as np


def hold(mapped: mmap.mmap) -> bool:
    """Reads a mapping into memory and locks it there until it is unmapped (mlock, POSIX.1-2017).

    Returns whether it is locked; where the system refuses (RLIMIT_MEMLOCK), the file is only read ahead. Takes as long
    as reading the file does.
    """
    lock = getattr(ctypes.CDLL(None, use_errno=True), "mlock", None)
    whole = np.frombuffer(mapped, dtype=np.uint8)
    if lock is not None and lock(ctypes.c_void_p(whole.ctypes.data), ctypes.c_size_t(len(whole))) == 0:
        return True
    if hasattr(mapped, "madvise"):
        mapped.madvise(mmap.MADV_WILLNEED)
    return False


def hold_behind(mapped: mmap.mmap) -> threading.Thread:
    """The same in a thread of its own, so that nobody waits for it."""
    thread = threading.Thread(target=hold, args=(mapped,), name="index-holding", daemon=True)
    thread.start()
    return thread
