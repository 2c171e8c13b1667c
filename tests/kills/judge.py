"""Tells from Telegram's own ledger whether anyone was harmed by the kills.

What somebody did, in its order and each of it once, leads through the flow in one way
only. So every screen that was shown has its place on that way, and may neither run
ahead of what the bot had been handed by then (an answer that nobody gave) nor fall
behind one that was shown before (a turn that was lost).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.channels.telegram.messages import message_of
from bot.core.engine.conversation import Conversation
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, Screen
from bot.core.engine.turn import screen_of, take_turn
from bot.library import load_flow
from tests.command import SMALL_FLOW
from tests.kills.walker import Deed, Walker
from tests.telegram.ledger import Call, Ledger

MACHINE = load_flow(SMALL_FLOW)
BEGAN = Moment(datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody was shown: words, and what the buttons under them do."""

    text: str
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands after some of their deeds, and what may be shown there."""

    conversation: Conversation | None
    right: frozenset[Shown | None]  # None: nothing


def way(machine: FlowMachine, deeds: Iterable[Deed]) -> list[Place]:
    """Return where someone stands before their deeds, and after each of them.

    A helpline may have opened or closed since all began: it may be told either way.
    """
    moments = BEGAN, Moment(datetime.now(UTC))
    places = [Place(None, frozenset({None}))]
    for deed in deeds:
        before = places[-1].conversation
        turns = [take_turn(machine, before, deed.event, each) for each in moments]
        after = turns[0].decision.conversation
        right = {_shown(turn.screen) if turn.screen else None for turn in turns}
        if after:  # shown again, it has no note above it
            right |= {_shown(screen_of(machine, after, each)) for each in moments}
        places.append(Place(after, frozenset(right)))
    return places


def nobody_is_harmed(people: Iterable[Walker], *, late: bool = False) -> None:
    """Fail with what the first few have met, if anyone was harmed.

    `late`: a screen may come after a later one, if it is taken back: several processes
    show what they have kept side by side.
    """
    wrong = [fault for each in people for fault in faults(each, late=late)]
    wrong += [
        f"{each.person.id} sees {seen(each)}" for each in people if not right(each)
    ]
    assert not wrong, "\n".join(wrong[:3])


def right(walker: Walker) -> bool:
    """Tell whether somebody sees the screen at which they stand."""
    return seen(walker) in way(MACHINE, walker.deeds)[-1].right


def faults(walker: Walker, *, late: bool) -> Iterator[str]:
    """Give what went wrong for one person, in a line each."""
    ledger, chat = walker.person.telegram.ledger, walker.person.id
    places = way(MACHINE, walker.deeds)
    handed = sorted(_handed(ledger, walker.deeds))
    reached = 0
    for call in ledger.calls_for(chat):
        screen = _screen(call)
        if screen is None:
            continue
        known = bisect(handed, call.order)
        later = range(reached, known + 1)
        found = next((place for place in later if screen in places[place].right), None)
        if found is not None:
            reached = found
        elif not late or not any(screen in place.right for place in places[:reached]):
            yield _told(walker, call, screen, places, reached, known)
            return


def seen(walker: Walker) -> Shown | None:
    """Return the screen that someone sees now, or None."""
    screen = walker.screen
    if screen is None:
        return None
    return Shown(screen.text, tuple(data for _, data in screen.buttons))


def _told(  # noqa: PLR0913, PLR0917 all that whoever mends it needs
    walker: Walker,
    call: Call,
    screen: Shown,
    places: list[Place],
    reached: int,
    known: int,
) -> str:
    ever = [number for number, place in enumerate(places) if screen in place.right]
    lost = "lost" if any(number < reached for number in ever) else "ahead"
    near = [
        f"{number}: {deed.event} ({deed.update})"
        for number, deed in enumerate(walker.deeds, 1)
        if reached - 3 <= number <= known + 3
    ]
    return (
        f"{walker.person.id} {lost}: call {call.order} shows {screen}, which is right"
        f" after {ever[-9:]}; between {reached} and {known} of {near}"
    )


def _handed(ledger: Ledger, deeds: Iterable[Deed]) -> list[int]:
    first: dict[int, int] = {}
    for event in ledger.events:
        if event.happened == "handed":
            first.setdefault(event.update_id, event.order)
    return [first[deed.update] for deed in deeds if deed.update in first]


def _screen(call: Call) -> Shown | None:
    if call.method not in {"sendMessage", "editMessageText"} or call.status != 200:
        return None
    keyboard = call.parameters.get("reply_markup", {}).get("inline_keyboard", [])
    data = tuple(button["callback_data"] for row in keyboard for button in row)
    return Shown(call.parameters["text"], data)


def _shown(screen: Screen) -> Shown:
    texts, keyboard = message_of(screen)
    data = (button["callback_data"] for row in keyboard for button in row)
    return Shown(texts[-1], tuple(data))
