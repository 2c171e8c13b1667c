"""How Python itself is set for a process that answers people: measured, then chosen."""

from __future__ import annotations

import ctypes
import gc
import sys

# Seconds after which a thread that works lets one that waits go on. SQLite's thread
# waits for it after every statement, and whoever is to be answered waits for SQLite.
_LETS_OTHERS_ON = 0.0005
# New objects before the youngest are looked through. A turn makes some hundreds, and
# almost none of them refer to each other in a circle; a start makes a hundred thousand
# that stay, and a proof many more that do not.
_LOOK_AFTER, _LOOK_AFTER_AT_START = 20_000, 300_000


def tune_for_a_start() -> None:
    """Set it for building everything, which is done once and soon."""
    gc.set_threshold(_LOOK_AFTER_AT_START, 10, 10)


def tune() -> None:
    """Set it, once everything is built: what is there now is there to stay."""
    sys.setswitchinterval(_LETS_OTHERS_ON)
    gc.freeze()  # never looked through again
    gc.set_threshold(_LOOK_AFTER, 10, 10)
    give_room_back()  # what reading a flow needed, and serving it does not


def give_room_back() -> None:
    """Hand the system the memory that is not needed any more.

    The allocator of Linux's usual C library would keep it; others have no such call.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
