"""`waymark chat` in a real terminal: what someone at the keyboard sees and can do."""

import os
import pty
import re
import select
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.command import (
    COMMAND,
    PATIENCE,
    ROOT,
    SMALL_FLOW,
    environ,
    interruptible,
    waymark,
)

CLEARED = "\x1b[2J\x1b[3J"  # the screen, and what could be scrolled back to
PROMPT = "> "


class Keyboard:
    """A person at a terminal: types, and reads what is on the screen."""

    def __init__(self) -> None:
        """Start the command in a terminal of its own."""
        self._hand, far_end = pty.openpty()
        with interruptible():
            self.process = subprocess.Popen(
                [*COMMAND, "chat", "--flow", str(SMALL_FLOW)],
                stdin=far_end,
                stdout=far_end,
                stderr=far_end,
                cwd=ROOT,
                env=environ(TERM="xterm", COLUMNS="80"),
                start_new_session=True,
            )
        os.close(far_end)

    def sees(self, until: str = PROMPT) -> str:
        """Return all that is written up to some words, or to the end."""
        seen = b""
        with suppress(OSError):  # the terminal has gone with the process
            while not seen.endswith(until.encode()):
                shown, _, _ = select.select([self._hand], [], [], PATIENCE)
                assert shown, f"nothing more is shown after {seen.decode()!r}"
                more = os.read(self._hand, 1)
                if not more:
                    break
                seen += more
        return seen.decode()

    def types(self, words: str) -> str:
        """Type a line, and return what is then on the screen."""
        os.write(self._hand, f"{words}\n".encode())
        return self.sees()

    def presses(self, key: bytes) -> str:
        """Press one key, and return what is written until the end."""
        os.write(self._hand, key)
        return self.sees(until="\0")

    def goes(self) -> None:
        """End whatever is still running."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._hand)


@pytest.fixture
def keyboard() -> Iterator[Keyboard]:
    """Give a terminal in which a conversation has begun."""
    keyboard = Keyboard()
    yield keyboard
    keyboard.goes()


def test_the_first_screen_offers_danger_and_leave(keyboard: Keyboard) -> None:
    """Help and the way out are there before anything is asked."""
    screen = keyboard.sees()

    assert "In danger? Call 999." in screen
    assert "1  Yes, right now" in screen
    assert "In danger now" in screen
    assert "Leave now" in screen


def test_a_number_chooses_and_a_tick_is_seen(keyboard: Keyboard) -> None:
    """Numbers are the quickest way; what is ticked shows, and comes off again."""
    keyboard.sees()

    keyboard.types("2")
    assert "[x] They seem fixated" in keyboard.types("1")
    assert "[ ] They seem fixated" in keyboard.types("1")


def test_the_words_of_an_option_choose_it_too(keyboard: Keyboard) -> None:
    """Nobody has to look for a number."""
    keyboard.sees()

    screen = keyboard.types("no, not right now")

    assert "Which of these fit?" in screen
    assert "Yes, right now" not in screen


def test_other_words_are_read_for_danger(keyboard: Keyboard) -> None:
    """Whoever types what is happening is shown 999 at once."""
    keyboard.sees()

    assert "Call 999 now and ask for the police." in keyboard.types("he is outside")


def test_the_numbers_go_on_to_back_and_danger(keyboard: Keyboard) -> None:
    """All that can be tapped has a number, the standing buttons as well."""
    keyboard.sees()
    screen = keyboard.types("2")
    numbers = dict(re.findall(r"(\d+)  ([\w ]+?)(?:\x1b|\s*\r)", screen))
    danger = next(n for n, label in numbers.items() if label == "In danger now")
    back = next(n for n, label in numbers.items() if label == "Back")

    assert "Yes, right now" in keyboard.types(back)
    keyboard.types("2")
    assert "Call 999 now" in keyboard.types(danger)


def test_start_begins_again(keyboard: Keyboard) -> None:
    """What Telegram takes as a wish to begin works here as well."""
    keyboard.sees()
    keyboard.types("2")

    screen = keyboard.types("/start")

    assert "Yes, right now" in screen
    assert "Which of these fit?" not in screen
    assert "Back" not in screen  # it is the first one: nothing of before is left


@pytest.mark.parametrize(
    "leaves",
    [
        lambda keyboard: keyboard.types("leave now"),
        lambda keyboard: keyboard.types("/exit"),
        lambda keyboard: keyboard.presses(b"\x04"),
    ],
    ids=["words", "command", "Ctrl-D"],
)
def test_leaving_clears_the_screen(keyboard: Keyboard, leaves: object) -> None:
    """Whoever looks at the screen next sees nothing of it, scrolled back or not."""
    keyboard.sees()
    assert callable(leaves)

    seen = leaves(keyboard)

    assert CLEARED in seen
    assert "999" not in seen[seen.index(CLEARED) :]
    assert keyboard.process.wait(timeout=PATIENCE) == 0


def test_ctrl_c_leaves_as_well(keyboard: Keyboard) -> None:
    """The key that people press in a hurry must not leave it all on the screen."""
    keyboard.sees()

    keyboard.process.send_signal(signal.SIGINT)

    seen = keyboard.sees(until="\0")
    assert CLEARED in seen
    assert "Traceback" not in seen
    assert keyboard.process.wait(timeout=PATIENCE) == 0


def test_without_a_terminal_it_is_plain_text() -> None:
    """Read through a pipe there are no colours and nothing is cleared."""
    ran = waymark("chat", "--flow", str(SMALL_FLOW), typed="2\n")

    assert ran.returncode == 0
    assert "Which of these fit?" in ran.stdout
    assert "\x1b" not in ran.stdout
