"""What an operator would find in the log, of the records that a test has caught."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from bot.logs import _TextLines


def written(records: Iterable[logging.LogRecord]) -> str:
    """Return the lines that `set_up_logs` writes for records, at any level."""
    lines = _TextLines()
    return "\n".join(lines.format(record) for record in records)
