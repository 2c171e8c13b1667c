"""A record as compact text and back: the one plain form in which records are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.stores.base import Record

# Made once: `json.dumps` would make one for every record.
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def to_text(record: Record) -> str:
    """Write a record as JSON. Raises TypeError or ValueError if it is not plain."""
    return _ENCODER.encode(dict(record))


def from_text(text: str | bytes) -> dict[str, Any]:
    """Read a record that `to_text` wrote."""
    record: dict[str, Any] = json.loads(text)
    return record
