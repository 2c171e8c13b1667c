"""Texts with names in braces, as "Call {police_999} now", to pieces.

A number or an address may not stand in a text: they belong in services.yaml alone.
"""

from __future__ import annotations

import re

from bot.core.finding import Findings
from bot.core.flow import ALWAYS, Part, Reference, When
from bot.core.language.nodes import Word

# Names in braces that are not services: what the settings or the moment fill in.
FROM_SETTINGS = frozenset({"forget_after"})
FROM_MOMENT = frozenset({"when", "day", "time", "contact"})

_BRACES = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z]+))?\}")
_NUMBER = re.compile(r"\d[\d ()\-]*\d")  # any two digits: 55 is a number to press
_ADDRESS = re.compile(
    r"(https?://|tel:|mailto:|www\.|\S+@\S+\.\S)\S*"
    r"|\b[a-z0-9-]+\.(?:com|org|net|uk|info|scot|wales|app)\b",
    re.IGNORECASE,
)


def read_part(word: Word, findings: Findings, when: When = ALWAYS) -> Part:
    """Return the pieces of a text; numbers, addresses and stray braces are findings."""
    pieces: list[str | Reference] = []
    end = 0
    for match in _BRACES.finditer(word.value):
        _plain(word, end, match.start(), findings, pieces)
        pieces.append(Reference(match[1], match[2]))
        end = match.end()
    _plain(word, end, len(word.value), findings, pieces)
    return Part(tuple(pieces), when, word.at)


def read_label(word: Word, findings: Findings) -> str:
    """Return the words of a button: plain text on one line, no names in braces."""
    label = " ".join(word.value.split())
    _plain(word, 0, len(word.value), findings, [])
    return label


def _plain(
    word: Word, start: int, end: int, findings: Findings, pieces: list[str | Reference]
) -> None:
    text = word.value[start:end]
    if not text:
        return
    pieces.append(text)
    for brace in re.finditer(r"[{}]", text):
        findings.add(
            "stray-brace",
            word.at_character(start + brace.start()),
            f"'{brace[0]}' stands alone.",
            "Write a service's name between braces, as in {police_999}; or remove it.",
        )
    for number in _NUMBER.finditer(text):
        findings.add(
            "number-in-text",
            word.at_character(start + number.start()),
            f"'{number[0]}' looks like a number to call.",
            "Put it in services.yaml and write its name in braces here; or use words.",
        )
    for address in _ADDRESS.finditer(text):
        findings.add(
            "address-in-text",
            word.at_character(start + address.start()),
            f"'{address[0]}' is an address.",
            "Put it in services.yaml and write its name in braces here.",
        )
