"""What can happen to a file of a flow: bytes, lines, keys and values changed by chance.

A change is made from a seed, so that the same seed gives the same file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

# A line with a key: what is before it, the key, what is after its colon.
_KEYED = re.compile(r"(?m)^([ \-]*)([\w\"']+):[ ]*(.*)$")
_WORD = re.compile(r"[a-z][a-z_]{2,}")
_BYTES = (b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xc2\x85", b"\t", b"\r", b"\xf0\x9f\x86")
_SIGNS = (
    b":",
    b"- ",
    b"#",
    b"'",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b"|",
    b">",
    b"&a ",
    b"*a",
)
_VALUES = (
    *(
        "",
        "null",
        "~",
        "yes",
        "no",
        "[]",
        "{}",
        "[[]]",
        "{a: {b: c}}",
        "- a",
        "|",
        ">-",
    ),
    *(
        "999",
        "-1",
        "0",
        "1e999",
        ".inf",
        ".nan",
        "0x1F",
        "0o17",
        "9" * 400,
        "1_0",
        "1.5",
    ),
    *(
        "2026-02-30",
        "24:61",
        "!!python/name:os.system",
        "!!binary aGk=",
        "&a [*a]",
        "*a",
    ),
    *(
        "<<: {a: b}",
        "{police_999}",
        "{",
        "}",
        "{}{",
        "a" * 5000,
        "🆘" * 3000,
        "%s",
        "\\u0",
    ),
    *(
        '"unclosed',
        "'",
        "? a",
        "@",
        "`",
        "a: b: c",
        "[1, 2",
        "\u202e999",
        "{a: b, a: c}",
    ),
)
_BOMB = "\n".join(
    f"zz{n}: &zz{n} [{', '.join([f'*zz{n - 1}' if n else 'x'] * 9)}]" for n in range(9)
)
_DEEP = ("[" * 3000, "{a: " * 2000, "- " * 2000, "? " * 1000)


def changed(raw: bytes, how: str, chance: Random) -> bytes:
    """Return a file with one thing changed in it."""
    return CHANGES[how](raw, chance)


def _byte(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    new = chance.choice((b"", bytes([chance.randrange(256)]), *_BYTES, *_SIGNS))
    return raw[:at] + new + raw[at + chance.randrange(2) :]


def _cut(raw: bytes, chance: Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _line(raw: bytes, chance: Random) -> bytes:
    lines = raw.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    new = chance.choice(
        (
            [],
            [lines[one], lines[one]],
            [lines[other]],
            [b"  " + lines[one]],
            [lines[one].lstrip()],
            [lines[one], lines[other]],
        )
    )
    return b"\n".join([*lines[:one], *new, *lines[one + 1 :]])


def _key(raw: bytes, chance: Random) -> bytes:
    return _keyed(
        raw, chance, lambda before, _, value, other: f"{before}{other}: {value}"
    )


def _value(raw: bytes, chance: Random) -> bytes:
    value = chance.choice(_VALUES)
    return _keyed(raw, chance, lambda before, key, _, __: f"{before}{key}: {value}")


def _twice(raw: bytes, chance: Random) -> bytes:
    return _keyed(
        raw,
        chance,
        lambda before, key, value, _: (
            f"{before}{key}: {value}\n{' ' * len(before)}{key}: {value}"
        ),
    )


def _word(raw: bytes, chance: Random) -> bytes:
    text = raw.decode("utf-8", "replace")
    found = list(_WORD.finditer(text))
    if not found:
        return raw
    one, other = chance.choice(found), chance.choice(found)
    return (text[: one.start()] + other[0] + text[one.end() :]).encode()


def _bomb(raw: bytes, chance: Random) -> bytes:
    new = chance.choice((_BOMB, *_DEEP, *(f"zz: {deep}" for deep in _DEEP)))
    return raw + f"\n{new}\n".encode() if chance.random() < 0.5 else new.encode() + raw


def _keyed(
    raw: bytes, chance: Random, new: Callable[[str, str, str, str], str]
) -> bytes:
    text = raw.decode("utf-8", "replace")
    found = list(_KEYED.finditer(text))
    if not found:
        return raw
    one, other = chance.choice(found), chance.choice(found)
    put = new(one[1], one[2], one[3], other[2])
    return (text[: one.start()] + put + text[one.end() :]).encode()


CHANGES: dict[str, Callable[[bytes, Random], bytes]] = {
    "byte": _byte,
    "cut": _cut,
    "line": _line,
    "key": _key,
    "value": _value,
    "twice": _twice,
    "word": _word,
    "bomb": _bomb,
}


def all_of(raw: bytes, hows: Sequence[str], seed: int) -> bytes:
    """Return a file with several things changed in it."""
    chance = Random(seed)
    for how in hows:
        raw = changed(raw, how, chance)
    return raw
