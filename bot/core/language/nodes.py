"""What a YAML file becomes: words, lists and tables that know where they stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from bot.core.finding import Position


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar: the text as typed, and where it stands.

    `lines`: for each further line of it in the file, the character of the text with
    which that line begins, and its place.
    """

    value: str
    at: Position
    lines: tuple[tuple[int, Position], ...] = ()

    def at_character(self, index: int) -> Position:
        """Return the place of the line that holds one character of the text."""
        line = bisect_right(self.lines, index, key=lambda line: line[0])
        return self.lines[line - 1][1] if line else self.at


@dataclass(frozen=True, slots=True)
class Items:
    """A list of nodes. `unfit`: some were left out, for which there are findings."""

    items: tuple[Node, ...]
    at: Position
    unfit: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping in the author's order, each key with its own place.

    `unfit`: keys that were left out, or that were likely meant by one that was; there
    are findings for them, and nobody needs to be told that they are missing.
    """

    entries: tuple[tuple[Word, Node], ...]
    at: Position
    unfit: frozenset[str] = frozenset()

    def get(self, key: str) -> Node | None:
        """Return the node under a key, or None."""
        for word, node in self.entries:
            if word.value == key:
                return node
        return None

    def text(self, key: str) -> str:
        """Return the text under a key, or an empty one."""
        node = self.get(key)
        return node.value if isinstance(node, Word) else ""

    def table(self, key: str) -> Table:
        """Return the table under a key, or an empty one."""
        node = self.get(key)
        return node if isinstance(node, Table) else Table((), self.at)

    def lacks(self, key: str) -> bool:
        """Tell whether nobody wrote this key: not even so that it did not fit."""
        return self.get(key) is None and key not in self.unfit


Node = Word | Items | Table


def each(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list, or the one node that stands for a list of one."""
    if node is None:
        return ()
    return node.items if isinstance(node, Items) else (node,)


def texts(node: Node | None) -> tuple[str, ...]:
    """Return the texts of a list, or of the one text that stands for it."""
    return tuple(item.value for item in each(node) if isinstance(item, Word))


def whole(node: Node) -> bool:
    """Tell whether nothing in it was left out."""
    match node:
        case Word():
            return True
        case Items():
            return not node.unfit and all(whole(item) for item in node.items)
        case Table():
            return not node.unfit and all(whole(value) for _, value in node.entries)
