"""YAML text to plain values that remember their line. The one file that knows `yaml`.

Every scalar stays the text that was typed: `no`, `999` and `22:00` are never turned
into a truth value, a number or a time (faults B37 and B38). Anchors, aliases, tags,
several documents and duplicate keys are refused (B40, R03): a volunteer never needs
them, and each can hide a branch or blow up the memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn, Protocol

import yaml

from bot.core.finding import Findings, Position
from bot.core.language.nodes import Items, Node, Table, Word

MAX_CHARACTERS = 1_000_000  # the largest shipped file has a tenth; a bomb has far more
MAX_DEPTH = 12  # the language nests to 7

# The C parser is eight times faster; PyYAML may have been built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, file: str, findings: Findings) -> Node | None:
    """Return the tree of a file, or None with findings that say why there is none."""
    start = Position(file, 1, 1)
    if len(text) > MAX_CHARACTERS:
        findings.add(
            "too-large",
            start,
            f"this file has more than {MAX_CHARACTERS:,} characters.",
            "Split it, or remove what does not belong.",
        )
        return None
    try:
        events = yaml.parse(text, Loader=_LOADER)
        return _Composer(file, events, findings).document()
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        findings.add(
            "not-yaml",
            _position(error.problem_mark or error.context_mark, file),
            *_explain(error),
        )
    except (yaml.YAMLError, ValueError) as error:
        findings.add(
            "not-yaml",
            start,
            f"this file cannot be read ({type(error).__name__}).",
            "Save it as plain UTF-8 text.",
        )
    return None


def _position(mark: _Mark | None, file: str) -> Position:
    return (
        Position(file, mark.line + 1, mark.column + 1) if mark else Position(file, 1, 1)
    )


def _explain(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    return (
        f"this is not readable as YAML: {error.problem or error.context}.",
        (
            "Look at this line and the one above: indent with spaces, close every quote"
            " and bracket, and put a text that holds ': ' or ' #' in quotes."
        ),
    )


class _Mark(Protocol):
    line: int
    column: int


class _Refused(Exception):
    """The file uses something that the language does not have."""


class _Composer:
    """Builds nodes from parse events; unlike yaml.compose it sees anchors and tags."""

    def __init__(
        self, file: str, events: Iterator[yaml.Event], findings: Findings
    ) -> None:
        self._file = file
        self._events = events
        self._findings = findings

    def document(self) -> Node | None:
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self._refuse(
                        event, "a second document begins here", "Remove '---'."
                    )
                node = self._node(next(self._events), 0)
        if node is None:
            self._findings.add(
                "empty-file",
                Position(self._file, 1, 1),
                "this file is empty.",
                "Restore it, or remove it.",
            )
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            self._refuse(
                event, "this nests too deeply", "Bring it nearer to the margin."
            )
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "'*' points to another place", "Write it out here.")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._refuse(event, "'&' names a place", "Remove the '&' and its name.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._refuse(event, f"'{tag}' is a tag", "Remove it: every value is text.")
        at = self._at(event)
        if isinstance(event, yaml.ScalarEvent):
            return Word(event.value, at, block=event.style in {"|", ">"})
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._items(depth)), at)
        return Table(tuple(self._entries(depth)), at)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[tuple[Word, Node]]:
        seen: dict[str, Position] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Word):
                self._refuse(event, "a key is a list or a table", "Use one word.")
            value = self._node(next(self._events), depth + 1)
            if key.value in seen:
                self._findings.add(
                    "duplicate-key",
                    key.at,
                    f"'{key.value}' stands here and on line {seen[key.value].line}.",
                    "Keep one: the other would be lost without a word.",
                )
                continue
            seen[key.value] = key.at
            yield key, value

    def _at(self, event: yaml.Event) -> Position:
        return _position(event.start_mark, self._file)

    def _refuse(self, event: yaml.Event, says: str, cure: str) -> NoReturn:
        self._findings.add("not-in-language", self._at(event), f"{says}.", cure)
        raise _Refused
