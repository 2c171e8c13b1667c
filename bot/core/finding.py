"""A finding: what is wrong in a file of a flow, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from shlex import quote

MOST_OF_A_RULE = 50  # in one file: nobody reads on, and a broken file would take hours

MOST_KNOWN = 10  # names in one cure: nobody looks through more
NEAR, LIKELY = 0.6, 0.75  # how alike two words are, from 0 to 1

Cure = str | Callable[[], str]  # a cure that takes time to find waits until it is told


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
class Source:
    """What findings need to know of the file that a flow was read from.

    What could not be read is found already, and what follows from that is not found
    once more: `lost_steps` and `lost_facts` stand in the file, and `broken` are the
    places of steps and interrupts of which a part was left out.
    """

    places: Mapping[str, Position] = field(default_factory=dict)  # of the outline
    lost_steps: frozenset[str] = frozenset()
    lost_facts: frozenset[str] = frozenset()
    broken: frozenset[Position] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether every step and every way between them could be read."""
        return not self.lost_steps and not self.broken


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
    """Collects findings while files are read, so that the author sees all at once.

    Of one rule in one file the first 50 are told, and how many more there are.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._found: list[Finding] = []
        self._counts: dict[tuple[str, str], int] = {}  # of each rule in each file
        self._beyond: dict[tuple[str, str], Finding] = {}  # the first one not told

    def add(
        self, rule: str, at: Position, says: str, cure: Cure, *, blocks: bool = True
    ) -> None:
        """Note one thing to mend."""
        key = (rule, at.file)
        self._counts[key] = count = self._counts.get(key, 0) + 1
        if count <= MOST_OF_A_RULE:
            cure = cure if isinstance(cure, str) else cure()
            self._found.append(Finding(rule, at, says, cure, blocks))
            return
        first = self._beyond.get(
            key, Finding(rule, at, "", "Mend those first.", blocks)
        )
        self._beyond[key] = replace(first, blocks=first.blocks or blocks)

    def append(self, finding: Finding) -> None:
        """Note a finding that was made elsewhere."""
        self._found.append(finding)

    @property
    def block(self) -> bool:
        """Whether one of them blocks."""
        return any(found.blocks for found in self._all())

    def _all(self) -> Iterator[Finding]:
        yield from self._found
        for key, first in self._beyond.items():
            count = self._counts[key] - MOST_OF_A_RULE
            says = f"there are {count} more like the {MOST_OF_A_RULE} before."
            yield replace(first, says=says)

    def __iter__(self) -> Iterator[Finding]:
        """Give them file by file, in the order of their lines."""
        return iter(sorted(self._all(), key=lambda found: found.at))

    def __len__(self) -> int:
        """Count them."""
        return len(self._found) + len(self._beyond)


def check_command(folder: str) -> str:
    """Return the command that shows all findings of a flow's folder, to be pasted."""
    return f"waymark check {quote(folder)}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was likely meant, or None.

    Where they are not much alike, both begin with one letter: 'hom' is not 'who'.
    """
    known = list(known)
    if word in known:
        return word
    alike = [each for each in known if each[:1] == word[:1]]
    likely = get_close_matches(word, known, n=1, cutoff=LIKELY)
    return next(iter(likely or get_close_matches(word, alike, n=1, cutoff=NEAR)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a cure: the nearest known word, or the first ten where none is near."""
    known = list(known)
    near = nearest(word, known)
    if near:
        return f"Did you mean '{near}'?"
    if not known:
        return "Nothing is known here."
    more = len(known) - MOST_KNOWN
    rest = f" and {more} more" if more > 0 else ""
    return f"Known here: {', '.join(known[:MOST_KNOWN])}{rest}."
