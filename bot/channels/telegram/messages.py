"""A screen to what Telegram shows: texts, and the buttons under the last. Pure.

Texts go out as they are, without a parse mode, so that no dot or bracket can make
Telegram refuse one (fault B45).
"""

from __future__ import annotations

from collections.abc import Iterator

from telegram.constants import MessageLimit

from bot.core.engine.screen import Button, Screen

_TICKED, _NOT_TICKED = "☑ ", "☐ "
_BREAKS = ("\n\n", "\n", " ")  # where a text is cut in two, best first
_UNIT = (
    2  # bytes; Telegram measures texts in units of UTF-16, where an emoji counts two
)

# Rows of buttons as Telegram reads them. The library would make an object of each
# button, check it, and take it apart again, which took longer than the whole turn.
Keyboard = list[list[dict[str, str]]]


def message_of(screen: Screen) -> tuple[tuple[str, ...], Keyboard]:
    """Return the texts of a screen, at least one, and the keyboard for the last."""
    return tuple(_pieces(screen.text)), list(_rows(screen))


def _rows(screen: Screen) -> Iterator[list[dict[str, str]]]:
    for option in screen.options:
        yield [_button(screen, option)]
    if screen.back:
        yield [_button(screen, screen.back)]
    if screen.interrupts:
        yield [_button(screen, interrupt) for interrupt in screen.interrupts]


def _button(screen: Screen, button: Button) -> dict[str, str]:
    data = f"{screen.version}:{screen.step}:{button.id}"
    if button.ticked is None:
        return {"text": button.label, "callback_data": data}
    mark, turn = (_TICKED, "off") if button.ticked else (_NOT_TICKED, "on")
    return {"text": mark + button.label, "callback_data": f"{data}:{turn}"}


def _pieces(text: str) -> Iterator[str]:
    longest = MessageLimit.MAX_TEXT_LENGTH * _UNIT
    while len(text.encode("utf-16-le")) > longest:
        head = text.encode("utf-16-le")[:longest].decode("utf-16-le", "ignore")
        breaks = (head.rfind(mark) for mark in _BREAKS)
        cut = next((place for place in breaks if place > 0), len(head))
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    yield text
