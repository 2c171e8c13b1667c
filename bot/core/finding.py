"""A finding: what is wrong in a file of a flow, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where something stands: file name, and line and column counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """Write it as editors and terminals link it: file:line:column."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `blocks` says that the flow must not be published with it."""

    rule: str
    at: Position
    says: str
    cure: str
    blocks: bool = True
    shown_by: tuple[str, ...] = ()  # a conversation for `waymark chat --json`
    touches: int = 0  # how many configurations

    def __str__(self) -> str:
        """Write it as one line for a person."""
        return f"{self.at} {self.says} {self.cure}"


class Findings:
    """Collects findings while files are read, so that the author sees all at once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: list[Finding] = []

    def add(
        self, rule: str, at: Position, says: str, cure: str, *, blocks: bool = True
    ) -> None:
        """Note one thing to mend."""
        self._found.append(Finding(rule, at, says, cure, blocks))

    def append(self, finding: Finding) -> None:
        """Note a finding that was made elsewhere."""
        self._found.append(finding)

    @property
    def block(self) -> bool:
        """Whether one of them blocks."""
        return any(found.blocks for found in self._found)

    def __iter__(self) -> Iterator[Finding]:
        """Give them file by file, in the order of their lines."""
        return iter(sorted(self._found, key=lambda found: found.at))

    def __len__(self) -> int:
        """Count them."""
        return len(self._found)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a cure: the nearest known word, or all of them where none is near."""
    known = list(known)
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"Known here: {', '.join(known)}." if known else "Nothing is known here."
