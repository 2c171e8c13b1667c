"""What a channel can carry: the bytes behind a button, and words on it."""

from __future__ import annotations

from bot.core.checker.buttons import standing_labels
from bot.core.finding import Findings, Position
from bot.core.flow import AnyStep, Flow

CALLBACK_BYTES = 64  # Telegram's Bot API, InlineKeyboardButton.callback_data
LONGEST_MARK = ":off"  # what stands behind the option of a tick
LABEL_CHARACTERS = 60  # two lines on a small phone; longer labels are cut off there
DAYS_IN_A_WEEK = 7


def check_limits(flow: Flow, findings: Findings) -> None:
    """Find what a channel would refuse, or cut off."""
    _version(flow, findings)
    _days(flow, findings)
    _labels(flow, findings)
    names = ("skip", "done", "seen", "back", *(i.name for i in flow.interrupts))
    standing = max(names, key=len)
    for step in flow.steps.values():
        if check_callback(flow, step, standing, findings):
            continue  # shorter names of options alone would not mend it
        for option in step.options:
            check_callback(flow, step, option.id, findings)


def check_callback(flow: Flow, step: AnyStep, button: str, findings: Findings) -> bool:
    """Find a button whose names take too many bytes; tell whether they do."""
    size = len(f"{flow.version}:{step.id}:{button}{LONGEST_MARK}".encode())
    if size > CALLBACK_BYTES:
        findings.add(
            "long-name",
            step.at,
            f"the names '{step.id}' and '{button}' take {size} bytes together; Telegram"
            f" carries {CALLBACK_BYTES}.",
            "Give the step or the button a shorter name.",
        )
    return size > CALLBACK_BYTES


def _labels(flow: Flow, findings: Findings) -> None:
    places = {name: part.at for name, part in flow.words.items()}
    places |= {interrupt.name: interrupt.at for interrupt in flow.interrupts}
    for name, label in standing_labels(flow).items():
        _label(label, places[name], findings)
    for step in flow.steps.values():
        for option in step.options:
            _label(option.label, option.at, findings)


def _label(label: str, at: Position, findings: Findings) -> None:
    if len(label) > LABEL_CHARACTERS:
        findings.add(
            "long-label",
            at,
            f"these words have {len(label)} characters; a phone cuts them off after"
            f" {LABEL_CHARACTERS}.",
            "Say it shorter.",
        )


def _version(flow: Flow, findings: Findings) -> None:
    if flow.version and not flow.version.isdecimal():
        findings.add(
            "not-a-version",
            flow.source.places["version"],
            f"version '{flow.version}' is not a whole number.",
            "Write 1, 2, 3 and so on.",
        )


def _days(flow: Flow, findings: Findings) -> None:
    days = flow.words.get("days")
    if days and days.plain.count(",") != DAYS_IN_A_WEEK - 1:
        findings.add(
            "not-seven-days",
            days.at,
            "these are not seven days.",
            "Write them from Monday on, with commas between them.",
        )
