"""Recognition learns from messages, tells what changes, and loses nobody."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from bot.core.danger.corpus import Message, read_corpus
from bot.core.danger.model import to_bytes
from bot.core.danger.recogniser import Recogniser
from bot.core.danger.signs import Sign
from bot.core.finding import Position
from bot.learning.changes import changes
from bot.learning.lesson import learnt, read_lesson
from bot.learning.slips import SLIPS, slip
from bot.learning.training import train
from tests.command import SMALL_FLOW, waymark

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "flows" / "stalking"
HERE = Position("signs.yaml", 1, 1)
WRITTEN = """\
# EMERGENCY_NOW | outside | someone
he is banging on the window
she is banging on my window now
they / are / banging / on the window
# *OTHER | past | someone
he banged on the window years ago
the rain was banging on the window
# SUICIDE_RISK | third | someone
my brother says he cannot go on
my brother wrote goodbye to us
"""


def test_a_writers_file_is_read_with_what_each_message_means() -> None:
    """Labels, hard ones, other people, and messages sent one after the other."""
    messages = list(read_corpus(WRITTEN))

    assert messages[2].text == "they are banging on the window"
    assert messages[2].signs == ("danger_now",)
    assert (messages[3].signs, messages[3].hard) == ((), True)
    assert messages[5].signs == ("suicide", "suicide_someone")


def test_the_same_messages_always_teach_the_same() -> None:
    """Weights that ship can be made again by whoever doubts them."""
    messages = list(read_corpus(WRITTEN))

    first, again = (train(messages, [1.0] * len(messages), "d") for _ in range(2))

    assert to_bytes(first) == to_bytes(again)


def test_what_was_taught_is_heard_in_other_words() -> None:
    """It is not a list of phrases: a sentence nobody wrote is heard too."""
    messages = list(read_corpus(WRITTEN)) * 5
    model = train(messages, [1.0] * len(messages), "d")

    near, far = "now he is banging on my window", "he banged years ago"

    assert model.scores(near)["danger_now"] > model.scores(far)["danger_now"]


def test_the_shipped_weights_were_learnt_from_what_is_shipped() -> None:
    """Whoever changes a message or a phrase must let it be learnt: waymark check."""
    lesson, model = read_lesson(SHIPPED), learnt(SHIPPED)

    assert lesson is not None
    assert model is not None
    assert model.digest == lesson.digest
    assert len(lesson.messages) > 10_000


def test_messages_to_measure_with_are_not_learnt_from() -> None:
    """A figure from messages that were learnt from says nothing."""
    held_out = ROOT / "flows" / "signs" / "held-out"
    apart = {m.text for p in held_out.glob("*.txt") for m in read_corpus(p.read_text())}
    lesson = read_lesson(SHIPPED)

    assert lesson is not None
    shared = apart.intersection(message.text for message in lesson.messages)
    # Some words anybody would write, such as "help".
    assert len(shared) < len(apart) / 15


def test_a_change_that_loses_a_cry_for_help_is_told() -> None:
    """What was heard, and would be passed over in silence, is lost."""
    heard = Recogniser([Sign("danger_now", ("the cake is ready",), (), (), HERE)])
    known = [Message("the cake is ready", ("danger_now",), kind="phrase")]
    deaf = Recogniser([Sign("danger_now", (), (), (), HERE)])

    (change,) = changes(known, heard, deaf)

    assert change.lost
    assert (change.before, change.after) == (("danger_now",), ("unclear",))


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_of_the_thumb_leaves_a_word_to_be_read(kind: str) -> None:
    """A slip changes one place, and never all of a short word."""
    chance = random.Random(1)

    spoilt = slip("he is outside", chance, kind)

    assert spoilt != "he is outside"
    assert abs(len(spoilt) - len("he is outside")) <= 1
    assert slip("hi", chance, kind) == "hi"


def _a_charity(folder: Path) -> Path:
    """Return a flow's folder with a small corpus of its own."""
    shutil.copytree(SMALL_FLOW, folder / "small")
    (folder / "small" / "signs.yaml").rename(folder / "signs.yaml")
    corpus = folder / "signs" / "corpus"
    corpus.mkdir(parents=True)
    (corpus / "a.txt").write_text(WRITTEN, encoding="utf-8")
    return folder / "small"


def test_check_learns_what_a_volunteer_wrote(tmp_path: Path) -> None:
    """A line in signs.yaml is all that it takes; what changes is told."""
    flow = _a_charity(tmp_path)
    signs = tmp_path / "signs.yaml"

    first = waymark("check", str(flow))
    assert "learning from" in first.stderr
    assert "learning from" not in waymark("check", str(flow)).stderr
    text = signs.read_text()
    signs.write_text(
        text.replace("[he is outside,", "[he is outside, the owl is late,")
    )
    second = waymark("check", str(flow))

    assert "are understood in another way" in second.stderr
    assert "the owl is late: unclear -> danger_now" in second.stderr
