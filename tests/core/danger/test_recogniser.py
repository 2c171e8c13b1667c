"""The recogniser finds signs in what people type, and never takes anything away.

Where nothing has been learnt, whatever is no phrase is unclear, and is asked about.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from bot.core.danger.model import Model
from bot.core.danger.recogniser import Recogniser
from bot.core.danger.signs import EMERGENCIES, Sign
from bot.core.engine.machine import FlowMachine
from bot.core.finding import Position
from bot.learning.lesson import learnt

HERE = Position("signs.yaml", 1, 1)


class Likely:
    """Stands in for what was learnt: every text is as likely to be each sign."""

    def __init__(self, **likely: float) -> None:
        """Take how likely each kind of sign is, from 0 to 1."""
        self._likely = likely

    def scores(self, _: str) -> dict[str, float]:
        """Return the same for any text."""
        return self._likely


def first_sign(**likely: float) -> str:
    """Return what a text is answered for that seems so likely to be each sign."""
    return Recogniser((), cast("Model", Likely(**likely))).signs("whatever")[0]


SMALL = Recogniser(
    [
        Sign("danger_now", ("he is here", "help"), (), ("help with homework",), HERE),
        Sign("leave", ("quit", "..."), ("bye",), (), HERE),
    ]
)


@pytest.mark.parametrize(
    "text",
    ["he is here", "HE IS HERE", "omg he is here now", "he  is\nhere!", "hé is here"],
)
def test_a_phrase_is_found_wherever_it_stands(text: str) -> None:
    """People do not type a phrase alone, nor as it stands in the file."""
    assert SMALL.signs(text) == ("danger_now",)


@pytest.mark.parametrize("text", ["", "she is hereby told", "the is here", "quite"])
def test_a_part_of_a_word_is_no_phrase(text: str) -> None:
    """Whoever types "quite" does not want to quit."""
    assert SMALL.signs(text) == ("unclear",)


def test_a_word_that_counts_alone_counts_only_alone() -> None:
    """Whoever writes "bye" means to leave; whoever says that they said it does not."""
    assert SMALL.signs("Bye!") == ("leave",)
    assert SMALL.signs("i said bye to him") == ("unclear",)


def test_what_only_sounds_like_it_does_not_count() -> None:
    """A volunteer can say how a phrase is meant harmlessly."""
    assert SMALL.signs("i need help with homework") == ("unclear",)


def test_what_only_sounds_like_it_takes_nothing_else_away() -> None:
    """The same message may also hold the real thing: that counts."""
    assert SMALL.signs("help with homework, no, he is here") == ("danger_now",)
    assert SMALL.signs("help with homework help") == ("danger_now",)


def test_cutting_out_makes_no_new_phrase() -> None:
    """Words that stood apart are not pushed together into a sign."""
    small = Recogniser([Sign("danger_now", ("he is here",), (), ("not yet",), HERE)])

    assert small.signs("he is not yet here") == ("unclear",)


def test_several_signs_can_hold_at_once() -> None:
    """Nothing is lost because something else was said too."""
    assert SMALL.signs("help i quit") == ("danger_now", "leave")


def test_a_phrase_of_signs_alone_matches_nothing() -> None:
    """A slip in the file ("...") must not turn every message into a sign."""
    assert SMALL.signs("hello there") == ("unclear",)


def test_it_knows_its_kinds() -> None:
    """The checker asks which signs an interrupt may wait for."""
    assert SMALL.kinds == {"danger_now", "leave", "unclear"}


@pytest.mark.parametrize(("risk", "first"), [(0.8, "danger_now"), (0.2, "unclear")])
def test_a_card_needs_an_emergency_of_some_kind_to_be_likely(
    risk: float, first: str
) -> None:
    """What speaks for one and against all of them together is asked about."""
    assert first_sign(danger_now=0.6, risk=risk) == first


@pytest.mark.parametrize("suicide", [0.6, 0.9])
@pytest.mark.parametrize(("danger", "first"), [(0.65, "unclear"), (0.75, "danger_now")])
def test_where_both_are_clear_danger_has_to_be_sure_to_come_first(
    danger: float, first: str, suicide: float
) -> None:
    """The question has both; nobody who wants to die is sent past their own help."""
    assert first_sign(danger_now=danger, suicide=suicide, risk=1.0) == first


@pytest.mark.parametrize("kind", ["danger_now", "suicide", "leave", "restart"])
def test_an_added_sentence_takes_nothing_away(machine: FlowMachine, kind: str) -> None:
    """Whatever stands around a sign, it is found; an emergency at least asked about."""
    recogniser = machine.flow.recogniser
    phrase = {
        "danger_now": "he is outside my house",
        "suicide": "i want to die",
        "leave": "delete this chat",
        "restart": "start again",
    }[kind]

    for text in (phrase, f"sorry to bother you. {phrase}", f"{phrase}. i think, lol"):
        asked = {"unclear"} if kind in EMERGENCIES else set()
        assert {kind, *asked} & set(recogniser.signs(text)), text
    assert kind in recogniser.signs(phrase)


@pytest.mark.parametrize(
    "text",
    [
        "he's outside my flat",
        "theres someone at the door",
        "shes got a knife",
        "he is following me",
        "im hiding in the bathroom",
        "HELP",
        "🆘",
        "sos",
        "he wont let me leave",
    ],
)
def test_danger_as_people_type_it(machine: FlowMachine, text: str) -> None:
    """These come every day; each must be met with 999."""
    assert "danger_now" in machine.flow.recogniser.signs(text)


@pytest.mark.parametrize(
    "text",
    ["my ex is outside", "hes downstairs", "he is behind me", "hes at my house"],
)
def test_danger_in_other_everyday_words(machine: FlowMachine, text: str) -> None:
    """Presence now is said in few words, and they are nearly always these."""
    assert "danger_now" in machine.flow.recogniser.signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "what is stalking",
        "my phone is dead",
        "can you help with my coursework",
    ],
)
def test_harmless_words_raise_no_alarm(machine: FlowMachine, text: str) -> None:
    """Somebody who only asks is not frightened with a card they did not need."""
    assert set(machine.flow.recogniser.signs(text)) <= {"unclear", "chatter"}


@pytest.mark.parametrize(
    "text",
    [
        "make it stop",
        "he is at the exit of the station",
        "i quit my job because of him",
        "why doesnt he stop",
    ],
)
def test_a_plea_is_not_taken_for_leaving(machine: FlowMachine, text: str) -> None:
    """Whoever asks for help must not find the chat wiped instead."""
    assert "leave" not in machine.flow.recogniser.signs(text)


@pytest.mark.parametrize(
    "text",
    ["he is at the door of my flat", "can you help me", "please can you help me"],
)
def test_a_harmless_phrase_does_not_hide_danger(
    machine: FlowMachine, text: str
) -> None:
    """A bare plea, and a man at the door of a flat, are danger in any words."""
    assert "danger_now" in machine.flow.recogniser.signs(text)


@pytest.mark.parametrize("text", ["it was at 9 last night", "im in year 9"])
def test_a_nine_is_not_999(machine: FlowMachine, text: str) -> None:
    """A child who tells their school year is met with Childline, not with 999."""
    assert "danger_now" not in machine.flow.recogniser.signs(text)


def test_what_an_author_knows_to_be_harmless_is_asked_about() -> None:
    """It makes a card the question, never silence: a real cry may have its words."""
    said = "hes got the big knife out hes carving the gammon"
    model = learnt(Path("flows/stalking"))
    nobody = Sign("danger_now", ("he is here",), (), (), HERE)
    author = Sign("danger_now", ("he is here",), (), ("carving the gammon",), HERE)

    assert Recogniser([nobody], model).signs(said) == ("danger_now",)
    assert Recogniser([author], model).signs(said) == ("unclear",)
    assert Recogniser([author], model).signs(f"{said} he is here") == ("danger_now",)
