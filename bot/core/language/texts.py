"""Texts with names in braces, as "Call {police_999} now", to pieces.

A number or an address may not stand in a text: they belong in services.yaml alone.
"""

from __future__ import annotations

import re

from bot.core.finding import Findings
from bot.core.flow import ALWAYS, Part, Reference, When
from bot.core.language.nodes import Word

_BRACES = re.compile(r"\{[^{}\n]*\}|\{[a-z][a-z0-9_]*|[{}]")
_NAME = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z]+))?\}")
_MASK = "\ufffc"  # stands for each character of a name: no space, no letter, no digit

# Any two digits, for 55 is a number to press: close together, as 9-9-9 or in emoji of
# keys, or single ones with dots between them.
_BETWEEN = "[^\\S\n]|[()\\-\u2010-\u2015\u200b-\u200d\u2060\ufe0f\u20e3]"
_NUMBER = re.compile(rf"\d(?:(?:{_BETWEEN})*\d)+|\d(?:\.\d){{2,}}")

# Endings of which Telegram makes a link, though nobody wrote "https". Left out are
# words that may follow a full stop without a space, as in "I need help.Now".
_ENDINGS = (
    *("com", "org", "net", "uk", "gov", "info", "eu", "ie", "scot", "wales", "cymru"),
    *("london", "app", "io", "me", "co", "ai", "dev", "tv", "ly", "gl", "gg", "link"),
    *("charity", "foundation", "ngo", "website", "online", "page", "biz"),
)
_LABELS = r"(?<![\w-]) (?: [a-z0-9-]{1,63}+ \. ){1,8}"
# Each line begins at the start of a word alone, or goes no further than an address can:
# so a text of one long word takes no longer than any other.
_ADDRESS = re.compile(
    rf"""
      (?<!\w) (?: https?:// | tel: | mailto: | www\. ) \S*
    | (?<!\S) [^\s@]++ @ \S+ \. \S+
    | {_LABELS} [a-z]{{2,63}} / \S*
    | {_LABELS} (?: {"|".join(_ENDINGS)} ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def read_part(word: Word, findings: Findings, when: When = ALWAYS) -> Part:
    """Return the pieces of a text; numbers, addresses and stray braces are findings."""
    pieces: list[str | Reference] = []
    end = 0
    for name in _NAME.finditer(word.value):
        pieces += [word.value[end : name.start()], Reference(name[1], name[2])]
        end = name.end()
    pieces.append(word.value[end:])
    _look_at(word, findings)
    return Part(tuple(piece for piece in pieces if piece), when, word.at)


def read_label(word: Word, findings: Findings) -> str:
    """Return the words of a button: plain text on one line, no names in braces."""
    for name in _NAME.finditer(word.value):
        findings.add(
            "name-on-button",
            word.at_character(name.start()),
            f"a button cannot hold '{name[0]}'.",
            "Say it in words, and put the name in the text above the buttons.",
        )
    _look_at(word, findings)
    return " ".join(word.value.split())


def _look_at(word: Word, findings: Findings) -> None:
    for brace in _BRACES.finditer(word.value):
        if not _NAME.fullmatch(brace[0]):
            _stray(brace, word, findings)
    outside = _BRACES.sub(_masked, word.value)
    for address in _ADDRESS.finditer(outside):
        findings.add(
            "address-in-text",
            word.at_character(address.start()),
            f"'{word.value[address.start() : address.end()]}' is an address.",
            "Put it in services.yaml and write its name in braces here.",
        )
    for number in _NUMBER.finditer(_ADDRESS.sub(_masked, outside)):
        findings.add(
            "number-in-text",
            word.at_character(number.start()),
            f"'{number[0]}' looks like a number to call.",
            _instead_of(number[0]),
        )


def _stray(brace: re.Match[str], word: Word, findings: Findings) -> None:
    name = brace[0].strip("{}")
    if name and not brace[0].endswith("}"):
        findings.add(
            "open-brace",
            word.at_character(brace.start()),
            f"the brace before '{name}' is not closed.",
            f"Write {{{name}}}.",
        )
        return
    findings.add(
        "stray-brace",
        word.at_character(brace.start()),
        f"'{brace[0]}' is not a name in braces.",
        "Write a service's name between braces, as in {police_999}; or remove it.",
    )


def _instead_of(number: str) -> str:
    if number == "999":
        return "Write {police_999} instead of 999."
    return (
        "Put it in services.yaml and write its name in braces here, as in"
        " {police_999}. If it is not a number to call, write it in words."
    )


def _masked(match: re.Match[str]) -> str:
    return _MASK * len(match[0])
