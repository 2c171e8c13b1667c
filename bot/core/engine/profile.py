"""What a bot says of itself before anyone has written: name, descriptions, commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.engine.screen import Moment, filled
from bot.core.engine.standing import BACK
from bot.core.flow import Flow

START = "start"  # the command that every channel has


@dataclass(frozen=True, slots=True)
class Profile:
    """In one language; empty: nothing is said. `commands`: (command, what it does)."""

    language: str
    name: str
    short_description: str
    description: str
    commands: tuple[tuple[str, str], ...]


def profile_of(flow: Flow, moment: Moment) -> Profile:
    """Return what the words of a flow put on the bot."""
    return Profile(
        language=flow.language,
        name=_said(flow, "name", moment),
        short_description=_said(flow, "short_description", moment),
        description=_said(flow, "description", moment),
        commands=tuple((name, says) for name, says in _menu(flow, moment) if says),
    )


def _menu(flow: Flow, moment: Moment) -> Iterator[tuple[str, str]]:
    yield START, _said(flow, "menu_start", moment)
    yield BACK, _said(flow, "menu_back", moment)
    for interrupt in flow.interrupts:
        if interrupt.command:
            yield interrupt.command, interrupt.menu or ""


def _said(flow: Flow, name: str, moment: Moment) -> str:
    return filled(flow, flow.words[name], moment) if name in flow.words else ""
