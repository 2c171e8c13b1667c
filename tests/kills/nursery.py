"""Starts one life of Waymark after another, run as `python -m tests.kills.nursery`.

All that Waymark imports is imported here, once; then each line on standard input forks
a process that runs the real command, as its environment sets it. So a thousand lives
take minutes, and nothing of one is there in the next. It says `born PID`, and `dead
STATUS` when that process has ended.
"""

from __future__ import annotations

import gc
import os
import sys

from uvicorn.protocols.http import auto  # noqa: F401 uvicorn imports it late

from bot.bootstrap import build
from bot.cli import main
from bot.cli.setting_up import settings_in_force
from bot.stores import postgres, sqlite  # noqa: F401 the store set is imported late


def nurse() -> None:
    """Give life to one process for each line, and wait for its end."""
    build(settings_in_force())  # whatever is read or imported on the way is, then
    gc.freeze()
    _says("ready")
    while os.read(0, 1):
        life = os.fork()
        if not life:
            _lives()
        _says(f"born {life}")
        _, status = os.waitpid(life, 0)
        _says(f"dead {status}")


def _lives() -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    sys.argv = ["waymark", "run"]
    try:
        main()
    except SystemExit as told:
        os._exit(told.code if isinstance(told.code, int) else 1)
    finally:
        os._exit(99)  # it has ended in a way in which it never should


def _says(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    nurse()
