"""Names in braces: each text may name only what is put in there when it is shown."""

from __future__ import annotations

from bot.core.checker.known import check_service
from bot.core.engine.screen import SWITCHES
from bot.core.finding import Findings, Position, did_you_mean
from bot.core.flow import Flow, Part, Reference

FROM_SETTINGS = frozenset({"forget_after", *SWITCHES})
# What is put into standing words when they are shown: all of it must stand there.
GIVEN = {"text_to": ("contact",), "opens": ("when",), "at": ("day", "time")}
NAME_SERVICES = ("unclear", "people", "cannot_read", "changed", "description")


def check_braces(flow: Flow, findings: Findings) -> None:
    """Find names in braces that nothing fills, and those that are left out."""
    for step in flow.steps.values():
        for part in step.says:
            _in_text(flow, part, findings)
    for name, part in flow.words.items():
        if name in NAME_SERVICES:
            _in_text(flow, part, findings)
        else:
            _in_words(name, part, GIVEN.get(name, ()), findings)


def _in_text(flow: Flow, part: Part, findings: Findings) -> None:
    for piece in part.pieces:
        if not isinstance(piece, Reference):
            continue
        if piece.name in FROM_SETTINGS:
            _field(piece, (), part.at, findings)
            _told(flow, piece, part.at, findings)
            continue
        check_service(flow, piece.name, part.at, "the text names", findings)
        service = flow.services.get(piece.name)
        if service:
            _field(piece, (*service.contacts, "name"), part.at, findings)


def _told(flow: Flow, reference: Reference, at: Position, findings: Findings) -> None:
    for name in SWITCHES.get(reference.name, ()):
        if name not in flow.words:
            findings.add(
                "no-words-for-setting",
                at,
                f"there are no words '{name}' to tell of '{reference.name}'.",
                f"Write them under words: {name}.",
            )


def _field(
    reference: Reference, known: tuple[str, ...], at: Position, findings: Findings
) -> None:
    if reference.field and reference.field not in known:
        findings.add(
            "unknown-contact",
            at,
            f"'{reference.name}' has no '{reference.field}'.",
            did_you_mean(reference.field, known)
            if known
            else f"Write {{{reference.name}}}.",
        )


def _in_words(
    name: str, part: Part, given: tuple[str, ...], findings: Findings
) -> None:
    named = [piece for piece in part.pieces if isinstance(piece, Reference)]
    wrong = [piece for piece in named if piece.field or piece.name not in given]
    missing = set(given) - {piece.name for piece in named}
    may = " and ".join(f"{{{each}}}" for each in given)
    if wrong:
        findings.add(
            "not-filled",
            part.at,
            f"nothing fills in '{wrong[0].name}' in the words '{name}'.",
            f"Write {may} instead." if may else "Write these words without braces.",
        )
    elif missing:
        findings.add(
            "not-named",
            part.at,
            f"the words '{name}' leave out what belongs there.",
            f"Put in {may}.",
        )
