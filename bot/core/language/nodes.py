"""What a YAML file becomes: words, lists and tables that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.finding import Position


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar: the text as typed, and where it stands."""

    value: str
    at: Position
    block: bool = False  # written under `|` or `>`: the text begins a line further down

    def at_character(self, index: int) -> Position:
        """Return the line of one character of the text."""
        below = self.value.count("\n", 0, index) + self.block
        return Position(self.at.file, self.at.line + below, self.at.column)


@dataclass(frozen=True, slots=True)
class Items:
    """A list of nodes."""

    items: tuple[Node, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping in the author's order, each key with its own place."""

    entries: tuple[tuple[Word, Node], ...]
    at: Position

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


Node = Word | Items | Table


def each(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list, or the one node that stands for a list of one."""
    if node is None:
        return ()
    return node.items if isinstance(node, Items) else (node,)


def texts(node: Node | None) -> tuple[str, ...]:
    """Return the texts of a list, or of the one text that stands for it."""
    return tuple(item.value for item in each(node) if isinstance(item, Word))
