"""What a new version of a flow says of those who are in the middle of an old one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.finding import Position


@dataclass(frozen=True, slots=True)
class Migration:
    """What becomes of someone in the middle of an earlier version.

    `steps` and `values` (by fact) give new names for old ones; whoever stands at a step
    that has no place any more begins again at `stranded`, or else at the first step.
    """

    since: str
    steps: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    stranded: str | None
    at: Position
