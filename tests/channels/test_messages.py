"""A screen is shown as texts and buttons that Telegram takes as they are."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.telegram.messages import Keyboard, message_of
from bot.core.engine.emergency import emergency_screen
from bot.core.engine.screen import Button, Screen

SCREEN = Screen(
    version="3",
    step="which_of_four",
    kind="question",
    text="Which of these fit?",
    options=(
        Button("fixated", "They seem fixated", ticked=True),
        Button("repeated", "It has happened before", ticked=False),
        Button("done", "Done"),
    ),
    back=Button("back", "Back"),
    interrupts=(Button("danger", "In danger now"), Button("leave", "Leave now")),
    services=(),
    route=None,
)


def buttons(keyboard: Keyboard) -> list[list[tuple[str, str]]]:
    """Return label and callback data of each button, row by row."""
    return [
        [(button["text"], button["callback_data"]) for button in row]
        for row in keyboard
    ]


def test_each_option_has_a_row_and_help_is_always_last() -> None:
    """Thumbs find one option a row, then back, then danger and leave."""
    texts, keyboard = message_of(SCREEN)
    assert texts == ("Which of these fit?",)
    assert buttons(keyboard) == [
        [("☑ They seem fixated", "3:which_of_four:fixated:off")],
        [("☐ It has happened before", "3:which_of_four:repeated:on")],
        [("Done", "3:which_of_four:done")],
        [("Back", "3:which_of_four:back")],
        [
            ("In danger now", "3:which_of_four:danger"),
            ("Leave now", "3:which_of_four:leave"),
        ],
    ]


def test_no_back_button_where_there_is_nothing_to_go_back_to() -> None:
    """The first screen offers no way that leads nowhere."""
    _, keyboard = message_of(replace(SCREEN, back=None))
    assert [len(row) for row in buttons(keyboard)] == [1, 1, 1, 2]


def test_the_built_in_screen_needs_no_buttons() -> None:
    """When all else fails, 999 is shown by words alone."""
    texts, keyboard = message_of(emergency_screen())
    assert "999" in texts[0]
    assert keyboard == []


def test_b04_a_long_text_is_cut_at_the_end_of_a_paragraph() -> None:
    """Nothing is refused for its length, and no sentence is torn apart."""
    paragraphs = ["a" * 3000, "b" * 1000, "c" * 200]
    texts, _ = message_of(replace(SCREEN, text="\n\n".join(paragraphs)))
    assert texts == ("\n\n".join(paragraphs[:2]), paragraphs[2])


def test_b04_text_without_breaks_is_measured_as_telegram_does() -> None:
    """An emoji counts two, and none is cut through its middle."""
    text = "x" + "🆘" * 4000
    texts, _ = message_of(replace(SCREEN, text=text))
    assert "".join(texts) == text
    assert max(len(part.encode("utf-16-le")) // 2 for part in texts) <= 4096


def test_b04_lines_and_words_are_kept_whole_where_no_paragraph_ends() -> None:
    """A list too long for one message goes on in the next, between two lines."""
    lines = "\n".join(f"{number:03}" + " word" * 10 for number in range(100))
    texts, _ = message_of(replace(SCREEN, text=lines))
    assert all(part[:3].isdigit() and part.endswith("word") for part in texts)
