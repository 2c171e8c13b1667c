"""What `waymark doctor` says of one part."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """Whether a part is fit to run; the value is the word for it."""

    FIT = "fit"
    NOTE = "note"  # it runs, and something should be done all the same
    MEND = "mend"  # it would not run, or not as it should


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One part: how it is, in a line, and in further lines what to do about it."""

    part: str
    state: State
    says: str
    to_do: tuple[str, ...] = ()
