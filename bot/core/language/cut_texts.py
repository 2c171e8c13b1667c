"""Texts without quotes that YAML cuts: at ': ', at a comma, at a brace."""

from __future__ import annotations

from typing import TypeGuard

from bot.core.finding import Findings, nearest
from bot.core.language.nodes import Node, Table, Word
from bot.core.language.shapes import Either, Record, Text
from bot.core.language.unreadable import CURLY, IN_QUOTES, STRAIGHT


def is_sentence(node: Node, shape: Either) -> TypeGuard[Table]:
    """Tell whether a table is a text of which the beginning is taken for a key."""
    if not isinstance(node, Table) or not node.entries:
        return False
    if shape.text is None or shape.text.is_name or shape.text.one_of:
        return False
    match shape.table:
        case None:
            return True
        case Record(fields=fields):
            known = [field.name for field in fields]
            return all(nearest(key.value, known) is None for key, _ in node.entries)
    return False


def cut(table: Table, what: str, findings: Findings) -> None:
    """Find a text that became a table. `what` names it."""
    if not table.entries or stray(table, table.entries[0][1]):
        findings.add("cut-text", table.at, f"{what} begins with a brace.", IN_QUOTES)
        return
    key = table.entries[0][0]
    findings.add(
        "cut-text",
        key.at,
        f"'{key.value}' is read as a key, because ':' follows it.",
        "Put the whole sentence in quotes.",
    )


def stray(table: Table, value: Node) -> bool:
    """Tell whether words stand alone between braces, as after a comma."""
    in_braces = table.entries[0][0].at != table.at
    return in_braces and isinstance(value, Word) and not value.value


def alone(key: Word, table: Table, findings: Findings) -> None:
    """Find words that stand alone between braces: the rest of a text."""
    values = [value.value for _, value in table.entries if isinstance(value, Word)]
    curly = any(quote in text for text in (*values, key.value) for quote in CURLY)
    findings.add(
        "stray-text",
        key.at,
        f"'{key.value}' stands alone after a comma.",
        "If it belongs to the text before it, put the whole text in quotes."
        f"{f' {STRAIGHT}' if curly else ''}",
    )


def stands_for_a_list(node: Node, shape: Either) -> bool:
    """Tell whether this one text would fit as an item of a list, and only there."""
    if not isinstance(node, Word) or shape.text is None or shape.items is None:
        return False
    item = shape.items.item
    one_of = item.one_of if isinstance(item, Text) else ()
    return node.value in one_of and node.value not in shape.text.one_of
