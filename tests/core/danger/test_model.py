"""What was learnt: plain data that is read back as it was, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.core.danger.features import BUCKETS, features
from bot.core.danger.model import RISK, Model, from_bytes, quantised, to_bytes
from bot.core.danger.recogniser import Recogniser
from bot.core.danger.signs import Sign
from bot.core.engine.machine import FlowMachine
from bot.core.errors import Unreadable
from bot.core.finding import Position
from tests.command import waymark
from tests.walk import shipped

HERE = Position("signs.yaml", 1, 1)


def small() -> Model:
    """Return a model that knows one word for danger."""
    word = dict.fromkeys(features("zebra"), 10.0)
    return quantised({RISK: (-5.0, word), "danger_now": (-5.0, word)}, "digest")


def test_a_model_is_read_back_as_it_was_written() -> None:
    """Whoever builds the image has what was measured."""
    model = small()

    again = from_bytes(to_bytes(model))

    assert again == model
    assert again.scores("a zebra") == model.scores("a zebra")


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda data: data[:-20],
    "another form": lambda data: data.replace(b'"form":1', b'"form":2'),
    "no head": lambda data: b"{}\n" + data.split(b"\n", 1)[1],
    "no risk": lambda data: data.replace(b'"risk"', b'"none"'),
    "pickled": lambda _: b"\x80\x04pickle",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_refused(damage: str) -> None:
    """Half a file must not decide about anyone; the bot then asks."""
    with pytest.raises(Unreadable):
        from_bytes(DAMAGE[damage](to_bytes(small()))).looked_at()


def test_what_was_learnt_says_which_words_made_it_so() -> None:
    """A volunteer sees why a message is taken for danger."""
    signs = Recogniser([Sign("danger_now", (), (), (), HERE)], small())

    assert "zebra" in signs.understand("i saw a zebra").because["danger_now"]


def test_whatever_fails_in_recognition_is_asked_about() -> None:
    """A fault of ours must not be what keeps 999 from someone."""
    broken = Model((RISK,), (0.0,), (1.0,), b"", "")

    assert Recogniser([], broken).signs("he is outside") == ("unclear",)


def test_the_shipped_weights_read_every_kind_of_text(machine: FlowMachine) -> None:
    """Nothing in recognition fails on what people may send, so nothing hides there."""
    model = shipped().flow.recogniser._model  # noqa: SLF001 the layer below, by itself
    assert model is not None
    for text in (
        "",
        " ",
        "?",
        "🔪" * 4096,
        "a" * 4096,
        "\ufeff\u200b",
        "مساعدة",
        "x y " * 900,
    ):
        scores = model.scores(text)
        by_phrases_alone = {"unclear", "restart", "chatter"}
        assert set(machine.flow.recogniser.kinds) - by_phrases_alone <= set(scores)
        assert all(0 <= score <= 1 for score in scores.values())


def test_features_stay_within_the_weights() -> None:
    """Each feature has a weight of its own place, whatever is typed."""
    found = features("he's OUTSIDE 🔪 za oknem ਬਾਹਰ")

    assert found
    assert all(0 <= number < BUCKETS for number in found)


def test_the_same_words_are_understood_alike_in_every_process() -> None:
    """Which of several signs is answered never depends on how a process was started."""
    words = "im 14 and i keep messaging her, can i report it without my name"
    told = {
        waymark("understand", typed=f"{words}\n", PYTHONHASHSEED=seed).stdout
        for seed in ("1", "2", "3", "4")
    }

    assert len(told) == 1
    assert len(json.loads(told.pop())["signs"]) > 1
