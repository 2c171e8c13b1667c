"""Threat: overstated anonymity. What is said of privacy follows the settings."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bot.bootstrap import build_desk
from bot.core.engine.conversation import Interrupted, Started
from bot.core.engine.machine import FlowMachine
from bot.core.person import PersonKey
from bot.library import load_unproved
from bot.settings import Settings, read_settings
from tests.walk import SHIPPED

FIRST, PRIVACY = Started(), Interrupted("privacy")
SOMEONE = PersonKey(b"someone")

TOLD = [
    (("FORGET_AFTER", "2h"), "60 minutes", "120 minutes", True),
    (("DELETE_TYPED", "off"), "What you type is taken", "What you type stays", True),
    (("LAST_LINE", "on"), "Nothing is sent after", "one last line", False),
    (("COUNT", "on"), "Nobody is counted", "whether I may count your", False),
]
# Settings of which a person is told nothing, and why.
NOT_TOLD = {
    **dict.fromkeys(("telegram_token", "telegram_api", "proxy"), "how Telegram is met"),
    **dict.fromkeys(("webhook_url", "webhook_secret", "listen"), "how Telegram is met"),
    **dict.fromkeys(
        ("data", "store", "key"), "where it is locked away, not for how long"
    ),
    **dict.fromkeys(("health", "log_format", "log_level"), "nothing of a person there"),
    "flow": "these are its words",
    "keep_counts": "a count is of nobody",
    "unknown": "no setting",
}


async def texts(machine: FlowMachine, **settings: str) -> tuple[str, str]:
    """Return the first screen and the page of /privacy with some settings."""
    desk = build_desk(machine, read_settings(settings))
    screens = [
        (await desk.receive(SOMEONE, event)).screen for event in (FIRST, PRIVACY)
    ]
    first, privacy = (screen.text if screen else "" for screen in screens)
    return first, privacy


@pytest.mark.parametrize(("setting", "usual", "other", "on_the_first_screen"), TOLD)
async def test_each_setting_changes_its_sentence(
    setting: tuple[str, str],
    usual: str,
    other: str,
    *,
    on_the_first_screen: bool,
) -> None:
    """Nobody is told of a promise that this bot does not keep."""
    name, value = setting
    off, on = (load_unproved(SHIPPED, counting=c) for c in (False, name == "COUNT"))
    before = await texts(off)
    after = await texts(on, **{f"WAYMARK_{name}": value})

    for index in (0, 1) if on_the_first_screen else (1,):
        assert (usual in before[index], other in before[index]) == (True, False)
        assert (usual in after[index], other in after[index]) == (False, True)


def test_of_each_setting_people_are_told_or_there_is_a_reason() -> None:
    """Whoever adds a setting decides whether it changes what people are promised."""
    told = {name.lower() for (name, _), *_ in TOLD}

    assert told | NOT_TOLD.keys() == {field.name for field in fields(Settings)}
    assert not told & NOT_TOLD.keys()


async def test_where_the_flow_asks_nobody_nobody_is_said_to_be_counted(
    machine: FlowMachine,
) -> None:
    """A setting alone counts nobody: there has to be a question that is said yes to."""
    _, privacy = await texts(machine, WAYMARK_COUNT="on")

    assert "Nobody is counted" in privacy


async def test_privacy_says_what_cannot_be_promised(machine: FlowMachine) -> None:
    """Telegram, other devices and older messages are named, whatever is set."""
    _, privacy = await texts(machine)

    assert "Telegram keeps this chat on its own computers" in privacy
    assert "every device where you are logged in" in privacy
    assert "less than two days old" in privacy


@pytest.mark.parametrize(
    "fact",
    [
        *("Settings, then Devices", "Whoever uses it may notice", "locked phone"),
        *("Settings, then Notifications", "Android:", "iPhone:", "Computer:"),
        *("both sides", "never had in their hands", "Safer ways to get in touch"),
    ],
)
async def test_is_this_phone_safe_says_how_to_look(
    machine: FlowMachine, fact: str
) -> None:
    """Devices, previews, deleting, and other ways: one tap from the first screen."""
    desk = build_desk(machine, read_settings({}))
    first = (await desk.receive(SOMEONE, FIRST)).screen
    assert first is not None
    assert "phone" in [option.id for option in first.options]

    place = machine.flow.steps["safe_phone"]

    assert fact in "".join(str(piece) for part in place.says for piece in part.pieces)
