"""The flow that is there when no file can be used: one screen, with 999 on it.

Its numbers stand here and not in services.yaml, because it must not need a file.
Sources are those of `core/engine/emergency.py`, whose screen it shows.
"""

from __future__ import annotations

from datetime import date

from bot.core.danger.recogniser import Recogniser
from bot.core.engine.emergency import EMERGENCY_TEXT
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Position
from bot.core.flow import ALWAYS, Flow, Interrupt, Outcome, Part, Reference
from bot.core.hours import Hours
from bot.core.service import UK, Service

_HERE = Position("built in", 1, 1)
_SCREEN = "emergency"
_WORDS = {
    "back": "Back",
    "seen": "Back",
    "skip": "Skip",
    "done": "Done",
    "unclear": "In danger? Call 999 now.",
    "people": "In danger? Call 999 now.",
    "cannot_read": "In danger? Call 999 now.",
    "left": "Closed.",
}


_POLICE = Service(
    id="police_999",
    name="Police emergency",
    contacts={"call": "999"},
    how="",
    whom="Danger now.",
    nations=UK,
    hours=Hours(always=True),
    anonymous="no",
    on_bill="unproved",
    free="yes",
    source="see core/engine/emergency.py",
    checked=date(2026, 11, 24),
    review_by=date(2027, 5, 24),
    review="",
    at=_HERE,
)


def built_in_machine() -> FlowMachine:
    """Return the flow of last resort, ready to run."""
    before, _, after = EMERGENCY_TEXT.partition(_POLICE.main)
    screen = Outcome(
        id=_SCREEN,
        says=(Part((before, Reference(_POLICE.id), after), ALWAYS, _HERE),),
        options=(),
        rules=(),
        also=(),
        at=_HERE,
        route=_POLICE.id,
    )
    danger = Interrupt(
        "danger", _HERE, button="🆘 In danger now", command="999", goes_to=_SCREEN
    )
    leave = Interrupt(
        "leave", _HERE, button="Leave now", command="exit", does="quick_exit"
    )
    words = {name: Part((said,), ALWAYS, _HERE) for name, said in _WORDS.items()}
    return FlowMachine(
        Flow(
            id="built_in",
            version="0",
            language="en",
            start=_SCREEN,
            facts={},
            count=(),
            words=words,
            interrupts=(danger, leave),
            steps={_SCREEN: screen},
            services={_POLICE.id: _POLICE},
            recogniser=Recogniser(()),
        )
    )
