"""Two readers of a text: each is heard, and neither is needed."""

from __future__ import annotations

import pytest

from bot.core.danger.blend import Blend
from bot.core.danger.features import features
from bot.core.danger.model import RISK, quantised
from bot.core.danger.recogniser import Recogniser
from bot.core.danger.signs import Sign
from bot.core.finding import Position

KNOWN = dict.fromkeys(features("zebra"), 10.0)
MODEL = quantised({RISK: (-5.0, KNOWN), "danger_now": (-5.0, KNOWN)}, "digest")
UNSURE, SURE = "a horse", "a zebra"


@pytest.mark.parametrize("text", [UNSURE, SURE])
def test_where_the_encoder_says_nothing_the_model_decides(text: str) -> None:
    """A machine without the encoder's library hears what it heard before."""
    assert Blend(MODEL, lambda _: {}).scores(text) == MODEL.scores(text)


def test_either_of_them_can_make_the_other_less_sure() -> None:
    """What only one of them is sure of is no card yet, and not passed over."""
    alone = MODEL.scores(UNSURE)["danger_now"]

    blended = Blend(MODEL, lambda _: {"danger_now": 1 - alone}).scores(UNSURE)

    assert blended["danger_now"] == pytest.approx(0.5)
    assert blended[RISK] == pytest.approx(MODEL.scores(UNSURE)[RISK])


@pytest.mark.parametrize("likely", [0.0, 1.0])
def test_nothing_is_so_sure_that_the_other_does_not_count(likely: float) -> None:
    """A reader that is sure and wrong does not stand alone."""
    blended = Blend(MODEL, lambda _: {"danger_now": likely}).scores(SURE)

    assert 0.0001 < blended["danger_now"] < 1 - 1e-9


def test_what_one_of_them_fears_is_asked_about() -> None:
    """“I would like to order a pizza” says it to one of them, and not to the other."""
    calm = {RISK: 0.0, "danger_now": 0.0}
    danger = [Sign("danger_now", (), (), (), Position("signs.yaml", 1, 1))]
    fearful = quantised({RISK: (-1.0, {}), "danger_now": (-1.0, {})}, "digest")
    fearless = quantised({RISK: (-9.0, {}), "danger_now": (-9.0, {})}, "digest")

    for model, asked in ((fearful, ("unclear",)), (fearless, ())):
        blend = Blend(model, lambda _: calm)
        assert Recogniser(danger, blend).signs("a pizza") == asked


@pytest.mark.parametrize(("ours", "heard"), [(-3.5, ()), (-1.0, ("leave",))])
def test_nobody_leaves_because_one_reader_is_sure_and_wrong(
    ours: float, heard: tuple[str, ...]
) -> None:
    """To leave clears the chat: what the other reader rules out is not done."""
    leave = [Sign("leave", (), (), (), Position("signs.yaml", 1, 1))]
    model = quantised({RISK: (-9.0, {}), "leave": (ours, {})}, "digest")
    blend = Blend(model, lambda _: {RISK: 0.0, "leave": 0.99})

    assert Recogniser(leave, blend).signs("they see people less") == heard
