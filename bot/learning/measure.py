"""What each layer of recognition earns, on messages that nothing was learnt from.

`python -m bot.learning.measure` prints it; docs/recognition.md says what came of it. It
learns several times over, which takes some minutes. A second argument is an encoder
that was taught without the development messages: then they are measured on, too.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.core.danger.blend import Blend
from bot.core.danger.corpus import Message, read_corpus
from bot.core.danger.recogniser import Recogniser
from bot.encoder import Encoder
from bot.learning.lesson import Lesson, learnt, read_lesson
from bot.learning.report import Judged, read_judged, report
from bot.learning.slips import SLIPS, slip
from bot.learning.training import train
from bot.learnt import beside, encoder_of

Tell = Callable[[str], None]
_WRITERS = (2, 4, 8, 16)  # of the learning curve; its end is what ships
_DEVELOPMENT = "development.txt"
_SEED = 7


def main(folder: Path, tell: Tell, apart: Path | None = None) -> None:
    """Tell the layers, the slips of the thumb, the curve and the time, in order.

    `apart`: the file of an encoder that was taught without the development messages.
    """
    lesson, model, encoder = read_lesson(folder), learnt(folder), encoder_of(folder)
    if lesson is None or model is None or encoder is None:
        tell("there is nothing to measure: no messages, no weights, or no encoder")
        return
    held_out = beside(folder, "signs") / "held-out"
    judged = [each for path in sorted(held_out.glob("*")) for each in read_judged(path)]
    both = Blend(model, encoder)
    shipped = Recogniser(lesson.signs, both)
    tell(_line("as it ships", shipped, judged))
    tell(_line("no encoder", Recogniser(lesson.signs, model), judged))
    tell(_line("phrases alone", Recogniser(lesson.signs), judged))
    tell(_line("no phrases", Recogniser((), both), judged))
    plain = train(lesson.known, lesson.counts, lesson.digest, slips=False)
    blended = Blend(plain, encoder)
    tell(_line("no slips learnt", Recogniser(lesson.signs, blended), judged))
    for kind in SLIPS:
        tell(_line(f"one letter {kind}", shipped, list(_slipped(judged, kind))))
    for writers in _WRITERS:
        some = _some(folder, writers)
        few = train(some, [1.0] * len(some), lesson.digest)
        name = f"no encoder, learnt from {writers} writers, {len(some):,} messages"
        tell(_line(name, Recogniser(lesson.signs, few), judged))
    if apart:
        tell(_apart(folder, lesson, Encoder(apart)))
    tell(_times(shipped, judged))


def _line(name: str, recogniser: Recogniser, judged: Sequence[Judged]) -> str:
    made = report(judged, lambda text: next(iter(recogniser.signs(text)), None))
    shares = "; ".join(
        f"{share.name} {100 * share.hits / share.total:.1f} %" for share in made.shares
    )
    return f"{name}: {shares}"


def _slipped(judged: Sequence[Judged], kind: str) -> Iterator[Judged]:
    chance = random.Random(_SEED)  # noqa: S311 no secret: the same slips every time
    for each in judged:
        yield replace(each, text=slip(each.text, chance, kind))


def _some(folder: Path, writers: int) -> list[Message]:
    files = sorted((beside(folder, "signs") / "corpus").glob("?.txt"))[:writers]
    return [each for path in files for each in read_corpus(path.read_text("utf-8"))]


def _apart(folder: Path, lesson: Lesson, encoder: Encoder) -> str:
    """Tell of the messages on which thresholds were chosen, by what they did not teach.

    So they say more of the weights than of the thresholds.
    """
    path = beside(folder, "signs") / "corpus" / _DEVELOPMENT
    there = set(read_corpus(path.read_text("utf-8")))
    others = [each for each in lesson.messages if each not in there]
    counts = [1.0] * len(others) + lesson.counts[len(lesson.messages) :]
    model = train([*others, *lesson.phrases], counts, lesson.digest)
    name = "the development messages, learnt from all but them"
    both = Recogniser(lesson.signs, Blend(model, encoder))
    return _line(name, both, read_judged(path))


def _times(recogniser: Recogniser, judged: Sequence[Judged]) -> str:
    took = []
    for each in judged:
        began = time.perf_counter()
        recogniser.signs(each.text)
        took.append(1000 * (time.perf_counter() - began))
    median, worst = statistics.median(took), max(took)
    return f"a message takes {median:.2f} ms in the middle, {worst:.1f} at most"


if __name__ == "__main__":
    flow, *others = (*map(Path, sys.argv[1:]),) or (Path("flows/stalking"),)
    main(flow, print, *others)
