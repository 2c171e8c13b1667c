"""What each layer of recognition earns, on messages that nothing was learnt from.

`python -m bot.learning.measure` prints it; docs/recognition.md says what came of it. It
learns several times over, which takes some minutes.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.core.danger.corpus import Message, read_corpus
from bot.core.danger.recogniser import Recogniser
from bot.folder import beside
from bot.learning.lesson import Lesson, learnt, read_lesson
from bot.learning.report import Judged, read_judged, report
from bot.learning.slips import SLIPS, slip
from bot.learning.training import train

Tell = Callable[[str], None]
_WRITERS = (2, 4, 8, 16)  # of the learning curve; its end is what ships
_DEVELOPMENT = "development.txt"
_SEED = 7


def main(folder: Path, tell: Tell) -> None:
    """Tell the layers, the slips of the thumb, the curve and the time, in order."""
    lesson, model = read_lesson(folder), learnt(folder)
    if lesson is None or model is None:
        tell("there is nothing to measure: no messages, or no weights beside them")
        return
    held_out = beside(folder, "signs") / "held-out"
    judged = [each for path in sorted(held_out.glob("*")) for each in read_judged(path)]
    shipped = Recogniser(lesson.signs, model)
    tell(_line("as it ships", shipped, judged))
    tell(_line("phrases alone", Recogniser(lesson.signs), judged))
    tell(_line("no phrases", Recogniser((), model), judged))
    plain = train(lesson.known, lesson.counts, lesson.digest, slips=False)
    tell(_line("no slips learnt", Recogniser(lesson.signs, plain), judged))
    for kind in SLIPS:
        tell(_line(f"one letter {kind}", shipped, list(_slipped(judged, kind))))
    for writers in _WRITERS:
        some = _some(folder, writers)
        few = train(some, [1.0] * len(some), lesson.digest)
        name = f"learnt from {writers} writers, {len(some):,} messages"
        tell(_line(name, Recogniser(lesson.signs, few), judged))
    tell(_apart(folder, lesson))
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


def _apart(folder: Path, lesson: Lesson) -> str:
    """Tell of the messages on which thresholds were chosen, by what they did not teach.

    So they say more of the weights than of the thresholds.
    """
    path = beside(folder, "signs") / "corpus" / _DEVELOPMENT
    there = set(read_corpus(path.read_text("utf-8")))
    others = [each for each in lesson.messages if each not in there]
    counts = [1.0] * len(others) + lesson.counts[len(lesson.messages) :]
    model = train([*others, *lesson.phrases], counts, lesson.digest)
    name = "the development messages, learnt from all but them"
    return _line(name, Recogniser(lesson.signs, model), read_judged(path))


def _times(recogniser: Recogniser, judged: Sequence[Judged]) -> str:
    took = []
    for each in judged:
        began = time.perf_counter()
        recogniser.signs(each.text)
        took.append(1000 * (time.perf_counter() - began))
    median, worst = statistics.median(took), max(took)
    return f"a message takes {median:.2f} ms in the middle, {worst:.1f} at most"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "flows/stalking"), print)
