"""Shapes that a piece of a file can have: what the grammar is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One text; `one_of` closes the list, `is_name` asks for a lower-case word."""

    one_of: tuple[str, ...] = ()
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose items have one shape."""

    item: Shape


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table whose keys the author chooses, with values of one shape."""

    value: Shape
    keys_are_names: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record, and what it is for in a few words."""

    name: str
    shape: Shape
    says: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A table whose keys are all known."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """A short way (text) or a long way (list or table) to say the same."""

    text: Text | None = None
    items: ListOf | None = None
    table: Record | TableOf | None = None


Shape = Text | ListOf | TableOf | Record | Either
