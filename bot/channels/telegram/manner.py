"""What the operator chose about messages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """Messages typed are deleted; a last line is sent to whoever leaves."""

    deletes_typed: bool = True
    last_line: bool = False


AS_USUAL = Manner()
