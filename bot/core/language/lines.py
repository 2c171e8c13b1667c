"""YAML text to plain values that remember their line. The one file that knows `yaml`.

Every scalar stays the text that was typed: `no`, `999` and `22:00` are never turned
into a truth value, a number or a time (faults B37 and B38). Anchors, aliases, tags,
several documents and duplicate keys are refused (B40, R03): a volunteer never needs
them, and each can hide a branch or blow up the memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NoReturn, Protocol, cast

import yaml

from bot.core.finding import Findings, Position
from bot.core.language.nodes import Items, Node, Table, Word
from bot.core.language.unreadable import explain

MAX_CHARACTERS = 1_000_000  # the largest shipped file has a tenth; a bomb has far more
MAX_DEPTH = 12  # the language nests to 7
_AROUND = " \t'\""  # what may stand around a line of a text and not be part of it
_SPACE_BETWEEN = 80  # characters: more than what indents a line
_FARTHEST = 2_000  # characters to look for a line in a text: more than any line has
_BLOCKS = ("|", ">")  # under these signs a text begins a line further down
_BYTE_ORDER_MARK = "\ufeff"  # some editors write it at the start; it means nothing

# The C parser is eight times faster; PyYAML may have been built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What no YAML parser takes; nobody can see it, so its place is told before parsing.
# Compiled when there is something to find: that takes as long as to read a small file.
_UNREADABLE = (
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def read_yaml(text: str | None, file: str, findings: Findings) -> Node | None:
    """Return the tree of a file, or None with findings that say why there is none.

    `text` is None where the file could not be opened, for which there is a finding.
    """
    if text is None:
        return None
    text = text.removeprefix(_BYTE_ORDER_MARK)
    if _is_refused(text, file, findings):
        return None
    lines = text.splitlines()
    try:
        events = yaml.parse(text, Loader=_LOADER)
        return _Composer(file, lines, events, findings).document()
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        at = _position(_mark(error, lines), file)
        findings.add("not-yaml", at, *_explain(error, lines))
        return None


def _is_refused(text: str, file: str, findings: Findings) -> bool:
    if len(text) > MAX_CHARACTERS:
        findings.add(
            "too-large",
            Position(file, 1, 1),
            f"this file has more than {MAX_CHARACTERS:,} characters.",
            "Split it, or remove what does not belong.",
        )
        return True
    if text.replace("\n", " ").isprintable():
        return False
    unreadable = re.search(_UNREADABLE, text)
    if unreadable:
        before = f"{text[: unreadable.start()]}.".splitlines()
        findings.add(
            "not-yaml",
            Position(file, len(before), len(before[-1])),
            f"here stands a character that cannot be read ({unreadable[0]!a}).",
            "Delete it and what is around it, type that anew, and save the file as"
            " plain UTF-8 text.",
        )
    return unreadable is not None


def _mark(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> _Mark | None:
    """Return where to look: what is never closed is found at the end of the file."""
    mark = error.problem_mark
    if mark and error.context_mark and mark.line + 1 >= len(lines):
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        return mark if rest.strip() else error.context_mark
    return mark or error.context_mark


def _position(mark: _Mark | None, file: str) -> Position:
    return (
        Position(file, mark.line + 1, mark.column + 1) if mark else Position(file, 1, 1)
    )


def _explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[str, str]:
    mark = error.problem_mark or error.context_mark
    number = min(mark.line, len(lines) - 1) if mark else 0
    begins = error.context_mark.line if error.context_mark else number
    return explain(lines, number, begins, f"{error.problem} {error.context}")


def _unquoted(written: str, style: str | None) -> str:
    """Return a line of quoted text as it reads, but for rare escapes."""
    if style == "'":
        return written.replace("''", "'")
    return re.sub(r'\\(["\\])', r"\1", written) if style == '"' else written


class _Mark(Protocol):
    line: int
    column: int


class _Refused(Exception):
    """The file uses something that the language does not have."""


class _Composer:
    """Builds nodes from parse events; unlike yaml.compose it sees anchors and tags."""

    def __init__(
        self,
        file: str,
        lines: Sequence[str],
        events: Iterator[yaml.Event],
        findings: Findings,
    ) -> None:
        self._file = file
        self._lines = lines
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
        # An alias, too, has an anchor: the name of the place that it points to.
        more = getattr(event, "anchor", None), getattr(event, "tag", None)
        if depth > MAX_DEPTH or more != (None, None):
            self._refuse_what(event, depth)
        at = self._at(event)
        if isinstance(event, yaml.ScalarEvent):
            return Word(event.value, at, tuple(self._further_lines(event)))
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._items(depth)), at)
        return Table(tuple(self._entries(depth)), at)

    def _refuse_what(self, event: yaml.Event, depth: int) -> NoReturn:
        if depth > MAX_DEPTH:
            self._refuse(
                event, "this nests too deeply", "Bring it nearer to the margin."
            )
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "'*' points to another place", "Write it out here.")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._refuse(event, "'&' names a place", "Remove the '&' and its name.")
        tag = getattr(event, "tag", None)
        self._refuse(event, f"'{tag}' is a tag", "Remove it: every value is text.")

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

    def _further_lines(self, event: yaml.ScalarEvent) -> Iterator[tuple[int, Position]]:
        """Find in a text the beginnings of its lines, which YAML has folded together.

        Quoted text may stand otherwise in the file than it reads, where it has escapes:
        a line that is not found again counts to the one before.
        """
        first = cast("_Mark", event.start_mark)
        last = cast("_Mark", event.end_mark)
        if first.line == last.line:
            return
        end, not_found = 0, 0
        for number in range(first.line + (event.style in _BLOCKS), last.line + 1):
            line = self._lines[number] if number < len(self._lines) else ""
            begins = first.column if number == first.line else 0
            stop = last.column if number == last.line else len(line)
            written = line[begins:stop].strip(_AROUND)
            text = _unquoted(written, event.style)
            not_found = min(not_found + len(text) + _SPACE_BETWEEN, _FARTHEST)
            start = event.value.find(text, end, end + not_found)
            if text and start >= 0:
                end, not_found = start + len(text), 0
                if number > first.line:
                    at = Position(self._file, number + 1, line.index(written) + 1)
                    yield start, at

    def _at(self, event: yaml.Event) -> Position:
        begins = cast("_Mark", event.start_mark)
        return Position(self._file, begins.line + 1, begins.column + 1)

    def _refuse(self, event: yaml.Event, says: str, cure: str) -> NoReturn:
        self._findings.add("not-in-language", self._at(event), f"{says}.", cure)
        raise _Refused
