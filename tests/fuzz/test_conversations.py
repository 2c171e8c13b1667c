"""Whatever people, Telegram and forgers send, in whatever order: everyone is guided.

Chance tells stories: some people at once, updates of every kind that Telegram's table
knows, whole and broken. After each the pure core is asked what had to come of it.
`make fuzz` tells more of them; WAYMARK_FUZZ_CASES says how many updates.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Coroutine, Iterator
from random import Random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from bot.library import load_unproved
from tests.fuzz.sent import CODES, DATA, KIND, TEXT, WAITS, WHO
from tests.fuzz.world import Player, World
from tests.languages import IN_LANGUAGES
from tests.telegram.any_update import Maker
from tests.telegram.attachments import ATTACHMENTS
from tests.telegram.chats import Message
from tests.telegram.json_types import Json
from tests.walk import SHIPPED

CASES = int(os.environ.get("WAYMARK_FUZZ_CASES", "0"))
UPDATES, A_STORY = CASES or 600, 20
FLOWS = {"in languages": IN_LANGUAGES, "shipped": SHIPPED}

# In the suite always the same stories: what fails today fails for everybody.
story_settings = settings(
    max_examples=max(1, UPDATES // A_STORY // len(FLOWS)),
    stateful_step_count=A_STORY,
    deadline=None,
    derandomize=not CASES,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    phases=[*Phase] if CASES else [Phase.generate],
)

Doing = Callable[[Player], Coroutine[None, None, int | None]]
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "A group"}
CHANNEL: Json = {"id": -1002, "type": "channel", "title": "A channel"}
BOT: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group"}


class Story(RuleBasedStateMachine):
    """Three people, a group, a channel, and a bot."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.world.begin()
        self.people: list[Player] = []
        self.sent: list[tuple[Player, int]] = []
        self.old: list[Message] = []

    @initialize(codes=st.tuples(CODES, CODES, CODES))
    def come(self, codes: tuple[str, ...]) -> None:
        """Three people come."""
        self.people = [self.world.player(code) for code in codes]

    @rule(who=WHO, waits=WAITS, payload=st.sampled_from(("", "ref_leaflet7", "x" * 64)))
    def starts(self, who: int, *, waits: bool, payload: str) -> None:
        """Somebody starts, perhaps by a link."""
        self.does(who, lambda player: player.starts(payload), waits=waits)

    @rule(who=WHO, waits=WAITS, nth=st.integers(0, 11))
    def taps(self, who: int, *, waits: bool, nth: int) -> None:
        """Somebody taps what they see, or a screen from before."""
        self.is_free(who)
        player = self.people[who]
        shown = [m for m in player.chat if m.by_bot and m.buttons]
        if not shown:
            self.does(who, lambda player: player.starts(), waits=waits)
            return
        buttons = shown[-1].buttons
        _, data = buttons[nth % len(buttons)]
        self.old.append(shown[-1])
        self.does(who, lambda p: p.taps_data(data, on_message=shown[-1]), waits=waits)

    @rule(who=WHO, waits=WAITS, text=TEXT, marked=st.booleans())
    def types(self, who: int, *, waits: bool, text: str, marked: bool) -> None:
        """Somebody types, perhaps words that nobody else uses."""
        said = f"{text} {mark(who)}" if marked else text
        self.does(who, lambda player: player.types(said), waits=waits)

    @rule(who=WHO, waits=WAITS, text=TEXT)
    def edits(self, who: int, *, waits: bool, text: str) -> None:
        """Somebody changes what they typed."""
        self.is_free(who)
        if any(not message.by_bot for message in self.people[who].chat):
            said = f"{text} {mark(who)}"
            self.does(who, lambda player: player.edits(said), waits=waits)

    @rule(who=WHO, waits=WAITS, data=DATA, on=st.integers(0, 99))
    def forges(self, who: int, *, waits: bool, data: str | None, on: int) -> None:
        """Forge a button that perhaps nobody was shown, as a changed client can."""
        self.is_free(who)
        player = self.people[who]
        messages = [*player.chat, *self.old]
        if messages:
            message = messages[on % len(messages)]
            self.does(who, lambda p: p.taps_data(data, on_message=message), waits=waits)

    @rule(who=WHO, waits=WAITS, kind=st.sampled_from([*sorted(ATTACHMENTS), "forward"]))
    def sends(self, who: int, *, waits: bool, kind: str) -> None:
        """Somebody sends what cannot be read."""
        if kind == "forward":
            self.does(
                who, lambda player: player.forwards(f"yes {mark(who)}"), waits=waits
            )
        else:
            self.does(who, lambda player: player.sends(kind), waits=waits)

    @rule(kind=KIND, seed=st.integers(0, 2**32), broken=st.booleans())
    def anything(self, kind: str, seed: int, *, broken: bool) -> None:
        """Anything comes, of any kind, about anyone, whole or broken."""
        self.world.settles()
        chats = [*(player.chat_about for player in self.people), GROUP, CHANNEL]
        users = [*(player.about for player in self.people), BOT]
        maker = Maker(Random(seed), chats, users, mark(seed % 3))
        update = maker.update(kind)
        if broken:
            update = maker.broken(update)
        if update:
            self.world.run(self.world.sends(update, self.people))
        self.world.settles()

    @rule(who=WHO, nth=st.integers(0, 99))
    def comes_again(self, who: int, nth: int) -> None:
        """Telegram hands an update once more."""
        self.is_free(who)
        mine = [number for player, number in self.sent if player is self.people[who]]
        if mine:
            number = mine[nth % len(mine)]
            self.world.run(self.world.sends_again(number, self.people[who]))

    @rule(who=WHO, how=st.sampled_from(("blocks", "unblocks")))
    def turns_away(self, who: int, how: str) -> None:
        """Somebody blocks the bot, or lets it in again."""
        self.is_free(who)
        self.world.run(getattr(self.people[who], how)())

    @rule(who=WHO)
    def clears(self, who: int) -> None:
        """Somebody takes all messages out of the chat."""
        self.is_free(who)
        self.people[who].clears_chat()

    @rule()
    def time_passes(self) -> None:
        """Nobody does anything for so long that all are forgotten."""
        self.world.passes_time()

    def is_free(self, who: int) -> None:
        """Wait until nothing of somebody's is under way."""
        if self.world.is_busy(self.people[who]):
            self.world.settles()

    def does(self, who: int, what: Doing, *, waits: bool) -> None:
        """Have somebody do something, and wait for the answer or not."""
        self.is_free(who)
        number = self.world.run(what(self.people[who]))
        assert number is not None
        self.sent.append((self.people[who], number))
        if waits:
            self.world.settles()

    def teardown(self) -> None:
        """All is answered, nothing broke, and nobody's words are anywhere."""
        self.world.settles()
        self.world.is_sound([mark(who) for who in range(3)])


def mark(who: int) -> str:
    """Return a word that only one of them uses."""
    return f"zq{who}kw"


@pytest.fixture(scope="module", params=sorted(FLOWS))
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """Give a running bot."""
    world = World(load_unproved(FLOWS[request.param]))
    yield world
    world.close()
    if CASES:
        told = f"{request.param}: {world.counted.total()} updates, {world.counted}"
        sys.stdout.write(f"\n{told}\n")


def test_whatever_comes_everyone_is_guided(world: World) -> None:
    """No crash, no leak, and no step that was not offered; and 999 in reach of all."""
    Story.world = world
    run_state_machine_as_test(Story, settings=story_settings)
