"""What stands on the bot itself: whoever picks up the phone sees it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.checker.telling import telling_words
from bot.core.checker.written import plain
from bot.core.danger.folding import fold
from bot.core.finding import Findings, Position
from bot.core.flow import Flow

# Telegram's Bot API: setMyName, setMyShortDescription, setMyDescription, BotCommand.
LONGEST = {"name": 64, "short_description": 120, "description": 512}
LONGEST_IN_MENU = 256


def check_profile(flow: Flow, findings: Findings) -> None:
    """Find words on the bot itself that tell too much, or that Telegram refuses."""
    telling = telling_words(flow.first_words_never)
    for name, at, text, longest in _texts(flow):
        if len(text) > longest:
            findings.add(
                "long-profile",
                at,
                f"'{name}' has {len(text)} characters; Telegram takes {longest}.",
                "Say it shorter.",
            )
        if found := telling.search(fold(text)):
            findings.add(
                "telling-profile",
                at,
                f"'{name}' says '{found[0]}' to whoever picks up the phone.",
                "Say it in words that anyone may see.",
            )


def _texts(flow: Flow) -> Iterator[tuple[str, Position, str, int]]:
    for name, longest in LONGEST.items():
        if name in flow.words:
            yield name, flow.words[name].at, plain(flow.words[name]), longest
    for name in ("menu_start", "menu_back"):
        if name in flow.words:
            yield name, flow.words[name].at, plain(flow.words[name]), LONGEST_IN_MENU
    for each in flow.interrupts:
        if each.menu:
            yield f"menu of {each.name}", each.at, each.menu, LONGEST_IN_MENU
