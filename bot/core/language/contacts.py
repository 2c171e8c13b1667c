"""Contacts in services.yaml: a number or an address that was mistyped is found.

It can't tell whether somebody answers there; only that nobody could.
"""

from __future__ import annotations

import re
import unicodedata

from bot.core.finding import Findings
from bot.core.language.nodes import Word

THREE_DIGITS = ("999", "112", "101", "111")  # the numbers in our flows that have three
CHILDLINE = "08001111"  # the one number with 0 at its start that has eight digits
FULL = (10, 11)  # digits of a number with 0 at its start
_SHORT = re.compile(r"\d{2,4}|[1-9]\d{4,5}")  # 55, 101, 18000, 116 123
_RELAY = "18001"  # dialled before another number, so that a person may type

_WEB = re.compile(r"[^\s@]+\.[^\s@.]+")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")


def check_contact(kind: str, word: Word, findings: Findings) -> None:
    """Find a contact that can't be dialled or opened. `kind` is its key, as `call`."""
    if kind in ("call", "text"):
        _number(kind, word, findings)
    elif kind == "web" and not _WEB.fullmatch(word.value):
        findings.add(
            "not-a-web-address",
            word.at,
            f"'{word.value}' is not a web address.",
            "It has a dot in it and no spaces, as in police.uk.",
        )
    elif kind == "email" and not _EMAIL.fullmatch(word.value):
        findings.add(
            "not-an-email-address",
            word.at,
            f"'{word.value}' is not an email address.",
            "It has an @ and a dot in it and no spaces.",
        )


def _number(kind: str, word: Word, findings: Findings) -> None:
    odd = next((sign for sign in word.value if sign not in "0123456789 "), None)
    if odd is not None:
        findings.add(
            "not-a-number",
            word.at,
            f"'{word.value}' has {_named(odd)} in it.",
            "A number has digits and spaces only.",
        )
        return
    digits = word.value.replace(" ", "")
    dialled = digits.removeprefix(_RELAY) or digits
    if len(dialled) not in FULL and dialled != CHILDLINE and not _short(dialled):
        findings.add(
            "number-length",
            word.at,
            f"'{word.value}' has {len(digits)} digits.",
            f"A number that begins with 0 has {FULL[0]} or {FULL[1]} digits, a short"
            " one has 2 to 6. Look whether one is missing, or stands there twice.",
        )
    elif kind == "call" and len(dialled) == len(THREE_DIGITS[0]):
        _three_digits(dialled, word, findings)


def _short(digits: str) -> bool:
    return _SHORT.fullmatch(digits) is not None


def _three_digits(dialled: str, word: Word, findings: Findings) -> None:
    if dialled not in THREE_DIGITS:
        findings.add(
            "not-an-emergency-number",
            word.at,
            f"'{word.value}' is not a number of three digits that helps.",
            f"Those are {', '.join(THREE_DIGITS)}.",
        )


def _named(sign: str) -> str:
    if sign.isalpha():
        return f"the letter {sign}"
    return f"'{sign}'" if unicodedata.category(sign)[0] in "PS" else "a hidden sign"
