"""The messages that recognition learns from, and what each of them is a sign of.

One file a writer; its form is told in flows/signs/corpus/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.danger.signs import (
    CANNOT_SPEAK,
    DANGER,
    SUICIDE,
    SUICIDE_SOMEONE,
    in_order,
)

# What the labels of the files, and of reports, are called here. OTHER is no sign.
LABELS = {
    "EMERGENCY_NOW": DANGER,
    "SUICIDE_RISK": SUICIDE,
    "CANNOT_SPEAK": CANNOT_SPEAK,
    "WANTS_QUIT": "leave",
    "WANTS_ANONYMOUS": "anonymous",
    "WANTS_POLICE": "police",
    "WORRIED_ABOUT_OTHER": "worried",
    "PERPETRATOR_SELF": "own_behaviour",
    "CHILD": "child",
}
_SOMEONE = re.compile(r"third|someone|son\b|daughter|friend|flatmate|ex threatens")


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `signs`: what it is a sign of, the one answered first coming first.

    `hard`: it looks like an emergency and is none. `kind` says what scene it is,
    `voice` how and by whom it is written.
    """

    text: str
    signs: tuple[str, ...]
    hard: bool = False
    kind: str = ""
    voice: str = ""


def read_corpus(text: str) -> Iterator[Message]:
    """Give the messages of one writer's file, in order."""
    head = Message("", ())
    for line in text.splitlines():
        if line.startswith("# "):
            head = _head(line.removeprefix("# "))
        elif line.strip():
            joined = line.replace(" / ", " ")  # sent one after the other
            yield Message(joined, head.signs, head.hard, head.kind, head.voice)


def _head(line: str) -> Message:
    labels, kind, voice, *_ = (part.strip() for part in f"{line}||".split("|"))
    signs = tuple(
        LABELS[label]
        for label in re.split(r"[/ ]+", labels.lstrip("*"))
        if label in LABELS
    )
    if SUICIDE in signs and _SOMEONE.search(kind):
        signs = (*signs, SUICIDE_SOMEONE)
    return Message("", in_order(signs), labels.startswith("*"), kind, voice)
