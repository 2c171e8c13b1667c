"""Logging, set up once, to stderr: nothing about a person and no secret, at any level.

Libraries write what they handle into their logs: httpx the token in each address,
transitions the names of steps, python-telegram-bot a reply that it cannot read, asyncio
what a failed task was holding (faults B34 and B35). So of a library's record only the
fixed words are written, without what was filled in, and of an error only its class and
where in the code it arose.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from select import select
from traceback import walk_tb
from typing import TextIO

from bot.settings import LogFormat

OURS = "bot"  # the logger above all of our own; libraries never get below WARNING
PLACES = 4  # of each error the innermost places in the code, where it arose
MAX_DEPTH = 5  # of causes behind an error

# As it stands in addresses too, where a colon may be written %3A.
_TOKEN_SHAPE = re.compile(r"\d{3,}(?::|%3[Aa])(?=[\w-]*[A-Za-z])[\w-]{3,}")

log = logging.getLogger(__name__)


def set_up_logs(log_format: LogFormat = "text", level: str = "INFO") -> None:
    """Write the log of this process to stderr, one record a line.

    `level` holds for our own records. What Python itself would print about an error
    that nobody caught is reduced in the same way.
    """
    handler = _NeverWaits(sys.stderr)
    handler.setFormatter(_JsonLines() if log_format == "json" else _TextLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(OURS).setLevel(level)
    # Else a record that cannot be written is printed, with all that it was given.
    logging.raiseExceptions = False
    sys.excepthook = lambda _, error, __: _log_uncaught(error)
    sys.unraisablehook = lambda unraisable: _log_uncaught(unraisable.exc_value)
    threading.excepthook = lambda failed: _log_uncaught(failed.exc_value)


def masked(text: str) -> str:
    """Return a text on one line, with all that has the shape of a token hidden."""
    return " ".join(_TOKEN_SHAPE.sub("<token>", text).split())


def what_failed(error: BaseException) -> str:
    """Return the classes of an error and its causes, and where they arose."""
    return "; from ".join(_chain(error))


def _chain(error: BaseException) -> Iterator[str]:
    current: BaseException | None = error
    for _ in range(MAX_DEPTH):
        if current is None:
            return
        places = [
            f"{Path(frame.f_code.co_filename).name}:{line}"
            for frame, line in walk_tb(current.__traceback__)
        ]
        within = ""
        if isinstance(current, BaseExceptionGroup):
            within = f" of [{', '.join(what_failed(e) for e in current.exceptions)}]"
        where = " > ".join(places[-PLACES:])
        yield f"{type(current).__name__}{within}{' at ' if where else ''}{where}"
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)


def _words(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] == OURS:
        return masked(record.getMessage())
    if isinstance(record.msg, str) and not record.name.startswith("asyncio"):
        return masked(record.msg)
    return "(words left out: they may hold what someone said)"


def _fields(record: logging.LogRecord) -> dict[str, str]:
    at = datetime.fromtimestamp(record.created, UTC)
    fields = {
        "time": at.isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": _words(record),
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        fields["error"] = what_failed(error)
    return fields


class _NeverWaits(logging.StreamHandler[TextIO]):
    """Leaves a record out where nobody takes the log, rather than hold up turns (B28).

    A pipe that is full would stop the whole process until somebody reads it.
    """

    _left_out = 0

    def emit(self, record: logging.LogRecord) -> None:
        if not _is_taken(self.stream):
            self._left_out += 1
            return
        if self._left_out:
            left_out, self._left_out = self._left_out, 0
            log.warning("%d records are left out: nobody took the log", left_out)
        super().emit(record)


def _is_taken(stream: TextIO) -> bool:
    try:
        return bool(select([], [stream], [], 0)[1])
    except (OSError, ValueError):  # it is none that anybody could wait for
        return True


class _TextLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return " ".join(_fields(record).values())


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_fields(record))


def _log_uncaught(error: BaseException | None) -> None:
    log.critical("an error that nobody caught", exc_info=error)
