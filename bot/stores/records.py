"""A record as compact text and back: the one plain form in which records are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.quick_json import read_json, write_json

if TYPE_CHECKING:
    from bot.stores.base import Record


def to_text(record: Record) -> str:
    """Write a record as JSON. Raises TypeError or ValueError if it is not plain."""
    return write_json(dict(record)).decode()


def from_text(text: str | bytes) -> dict[str, Any]:
    """Read a record that `to_text` wrote."""
    record: dict[str, Any] = read_json(text)
    return record
