"""A conversation in a shell: the screen as a panel, and everything that can be chosen.

A number or an option's words choose it; whatever else is typed is taken as words, as in
any channel. Leaving clears the screen and what could be scrolled back to.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.core.checker.told import as_journey
from bot.core.engine.conversation import Event, Interrupted, Said, Started, Tapped
from bot.core.engine.screen import Button, Screen
from bot.core.engine.standing import LEAVE
from bot.reply import Receive

START = "/start"  # what every channel takes as a wish to begin
WIDTH = 78  # long lines are hard to read
_CLEAR_ALL = "\x1b[2J\x1b[3J\x1b[H"  # the screen, what was scrolled away, and home
_MARKS = {None: "", True: "[x] ", False: "[ ] "}
_TO_PASTE = "To keep this way as a journey, paste it into journeys.yaml:"
_HOW = "Type a number, or say it in your own words."


class Terminal:
    """Talks with the one person at the keyboard, until they leave."""

    def __init__(
        self, receive: Receive, console: Console | None = None, *, language: str = ""
    ) -> None:
        """Begin with nothing shown. `receive` takes one event to the front desk."""
        self._start = Started(language)
        self._receive = receive
        self._console = console or Console(highlight=False)
        self._done: list[Event] = []

    def talk(self) -> None:
        """Hold the conversation. Ctrl-C and Ctrl-D end it, and show it as a journey."""
        journey = ""
        try:
            journey = self._hold()
        finally:  # also where something breaks: others may see this screen
            if self._console.is_terminal:
                self._console.file.write(_CLEAR_ALL)
                self._console.file.flush()
        if journey:
            self._console.print(Text(_TO_PASTE, style="dim"))
            self._console.print(Text(journey), soft_wrap=True)

    def _hold(self) -> str:
        """Go on until the person leaves; return the journey, unless they left at once.

        Ctrl-D is an author who has seen enough. "Leave now" leaves nothing behind.
        """
        reply = self._receive(self._start)
        while reply.screen is not None:
            self._show(reply.screen)
            event = self._listen(reply.screen)
            if event is None:
                self._receive(Interrupted(LEAVE))
                return as_journey(self._done, reply.screen.step)
            self._done = [] if isinstance(event, Started) else [*self._done, event]
            reply = self._receive(event)
        return ""

    def _show(self, screen: Screen) -> None:
        urgent = screen.kind == "outcome"
        self._console.print()
        self._console.print(
            Panel(
                Text(screen.text),
                box=box.ROUNDED,
                border_style="bold" if urgent else "dim",
                padding=(1, 2),
                width=min(WIDTH, self._console.width),
            )
        )
        for number, (button, event) in enumerate(_choices(screen), start=1):
            style = "bold red" if isinstance(event, Interrupted) else ""
            line = f"{number:>3}  {_MARKS[button.ticked]}{button.label}"
            self._console.print(Text(line, style=style))
        self._console.print()

    def _listen(self, screen: Screen) -> Event | None:
        choices = [event for _, event in _choices(screen)]
        try:
            while not (typed := self._read()):
                self._console.print(Text(_HOW, style="dim"))
        except (EOFError, KeyboardInterrupt):
            return None
        for number, choice in enumerate(choices, start=1):
            if typed == str(number):
                return choice
        return self._start if typed == START else Said(typed)

    def _read(self) -> str:
        self._console.print("> ", end="")
        _await_line()
        return self._console.input().strip()


def _choices(screen: Screen) -> Iterator[tuple[Button, Event]]:
    for button in (*screen.options, *([screen.back] if screen.back else [])):
        yield button, Tapped(button.id, screen.step)
    for button in screen.interrupts:
        yield button, Interrupted(button.id)


def _await_line() -> None:
    """Return once a line has been typed; at once where nobody sits at a keyboard.

    Python looks for Ctrl-C before it reads, and the system tells it of one during the
    read. One that comes between the two would be heard only after the next line, and
    the screen would stay. So both are waited for together: a signal writes to a pipe.

    Raises KeyboardInterrupt when Ctrl-C is pressed.
    """
    if not sys.stdin.isatty():
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)  # as set_wakeup_fd wants it
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    try:
        select.select([sys.stdin, heard], [], [])
    finally:
        signal.set_wakeup_fd(before)
        os.close(heard)
        os.close(told)
