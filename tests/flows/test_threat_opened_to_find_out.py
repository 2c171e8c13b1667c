"""Threat: the person doing this opens the bot to find out. There is nothing to find."""

from __future__ import annotations

import pytest

from bot.core.engine.conversation import Chose, Started
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment
from tests.channels.running import Desk, running
from tests.languages import in_languages
from tests.person import Person
from tests.telegram.stand_in import Telegram
from tests.walk import ways

FAR = ("me", "not_now", "fixated", "done", "threats", "done", "england", "report")
SUMMARY = "There were threats to hurt or to kill."


@pytest.mark.parametrize("step", ways())
def test_start_shows_the_same_to_everyone(
    person: Person, machine: FlowMachine, moment: Moment, step: str
) -> None:
    """Nobody can tell from it that somebody was here before, or how far they came."""
    newcomer = Person(machine, moment)
    newcomer.starts()

    person.starts(at=step)
    person.does(Started())

    assert person.turn == newcomer.turn


def test_start_does_not_tell_which_language_was_chosen(moment: Moment) -> None:
    """A screen in Urdu on an English phone would tell who has been here."""
    person, newcomer = (Person(in_languages(), moment) for _ in range(2))
    newcomer.does(Started("en"))

    person.does(Started("en"), Chose("ur"), Started("en"))

    assert person.turn == newcomer.turn


async def test_the_summary_comes_when_asked_for_and_goes(machine: FlowMachine) -> None:
    """What was answered is listed on demand alone, and no copy of it stays."""
    async with Telegram() as telegram, running(telegram, Desk(machine)):
        sam = telegram.person()
        await sam.starts()
        for option in FAR:
            await sam.taps(option)
            assert not sam.sees(SUMMARY)
        for moves_on in ("seen", "types", "starts"):
            await sam.taps("say")
            assert sam.sees(SUMMARY)
            if moves_on == "seen":
                await sam.taps("seen")
            elif moves_on == "types":
                await sam.types("/back")
            else:
                await sam.starts()
            assert not sam.sees(SUMMARY)
            assert len(sam.chat) == 1
