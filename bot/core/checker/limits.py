"""What a channel can carry: the bytes behind a button, and words on it."""

from __future__ import annotations

from bot.core.finding import Findings, Position
from bot.core.flow import Flow

CALLBACK_BYTES = 64  # Telegram's Bot API, InlineKeyboardButton.callback_data
LONGEST_MARK = ":off"  # what stands behind the option of a tick
LABEL_CHARACTERS = 60  # two lines on a small phone; longer labels are cut off there
DAYS_IN_A_WEEK = 7


def check_limits(flow: Flow, findings: Findings) -> None:
    """Find what a channel would refuse, or cut off."""
    _version(flow, findings)
    _days(flow, findings)
    names = ["skip", "done", "back", *(interrupt.name for interrupt in flow.interrupts)]
    for step in flow.steps.values():
        for name in (*(option.id for option in step.options), *names):
            _callback(flow, step.id, name, step.at, findings)
        for option in step.options:
            if len(option.label) > LABEL_CHARACTERS:
                findings.add(
                    "long-label",
                    option.at,
                    f"these words have {len(option.label)} characters; a phone cuts"
                    f" them off after {LABEL_CHARACTERS}.",
                    "Say it shorter.",
                )


def _callback(
    flow: Flow, step: str, option: str, at: Position, findings: Findings
) -> None:
    size = len(f"{flow.version}:{step}:{option}{LONGEST_MARK}".encode())
    if size > CALLBACK_BYTES:
        findings.add(
            "long-name",
            at,
            f"the names '{step}' and '{option}' take {size} bytes together; Telegram"
            f" carries {CALLBACK_BYTES}.",
            "Give the step or the option a shorter name.",
        )


def _version(flow: Flow, findings: Findings) -> None:
    if not flow.version.isdecimal():
        at = Position(next(iter(flow.steps.values())).at.file, 1, 1)
        findings.add(
            "not-a-version",
            at,
            f"version '{flow.version}' is not a whole number.",
            "Write 1, 2, 3 and so on.",
        )


def _days(flow: Flow, findings: Findings) -> None:
    days = flow.words.get("days")
    if days and "".join(map(str, days.pieces)).count(",") != DAYS_IN_A_WEEK - 1:
        findings.add(
            "not-seven-days",
            days.at,
            "these are not seven days.",
            "Write them from Monday on, with commas between them.",
        )
