"""What typed words are understood as: understand, and what `check` learns anew."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.files import not_written
from bot.cli.setting_up import FOLDER, settings_in_force

if TYPE_CHECKING:
    from bot.core.danger.blend import Blend
    from bot.core.danger.model import Model
    from bot.learning.lesson import Lesson

MOST_CHANGES = 12  # that are shown; all of them are counted


@click.command()
@click.option("--flow", "folder", type=FOLDER, help="The folder of the flow.")
@click.option("--language", help="The language to talk in; every language is heard.")
@click.option(
    "--report",
    "measured",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file of messages whose meaning is known: print how well they are heard.",
)
def understand(
    folder: Path | None, language: str | None, measured: Path | None
) -> None:
    """Say what the bot would make of typed words.

    One message a line in, one JSON object a line out.
    """
    from bot.core.engine.understanding import understanding
    from bot.library import load_unproved

    machine = load_unproved(folder or settings_in_force().flow)
    flow = machine.flow_in(machine.spoken(language or ""))
    if measured:
        _report(measured, flow.recogniser.signs)
        return
    for line in sys.stdin.buffer:
        text = line.decode(errors="replace").rstrip("\r\n")
        made = understanding(flow, text)
        told = {
            "text": text,
            "signs": made.signs,
            "does": made.does,
            "because": made.because,
        }
        click.echo(json.dumps(told, ensure_ascii=False).encode())


def _report(path: Path, signs: Callable[[str], tuple[str, ...]]) -> None:
    from bot.learning.report import MOST_SHOWN, read_judged, report

    def first(text: str) -> str | None:
        return next(iter(signs(text)), None)

    made = report(read_judged(path), first)
    for share in made.shares:
        click.echo(share)
    click.echo("\nheard right, by what it is and how it is written, the worst first:")
    for share in made.by_kind:
        click.echo(f"  {share}")
    shown = min(MOST_SHOWN, len(made.misses))
    click.echo(f"\nmissed, {shown} of {len(made.misses)}:")
    for missed in made.misses[:MOST_SHOWN]:
        click.echo(f"  {missed.text}")


def learn_if_changed(folder: Path) -> bool:
    """Learn anew where messages or phrases have changed; False: it must not be kept.

    What is told of it goes to stderr, so that `check --json` stays JSON.
    """
    from bot.learning.lesson import learnt, read_lesson

    try:
        lesson, old = read_lesson(folder), learnt(folder)
    except (OSError, UnicodeDecodeError) as error:
        _say(f"nothing is learnt: a file cannot be read ({type(error).__name__})")
        return True  # the check itself says which file, where that is one of its own
    if lesson is None or (old is not None and old.digest == lesson.digest):
        return True
    try:
        from bot.learning.training import train
    except ImportError:
        _say(
            "signs.yaml or its messages have changed. Phrases count at once. To learn"
            " from them, type: .venv/bin/pip install --no-build-isolation --editable"
            " '.[learn]'"
        )
        return True
    _say(f"learning from {len(lesson.known):,} messages and phrases; some minutes …")
    model = train(lesson.known, lesson.counts, lesson.digest)
    model = replace(model, signs=lesson.signs)
    if old is not None and not _may_replace(folder, old, model, lesson):
        return False
    return _kept(folder, model)


def _may_replace(folder: Path, old: Model, new: Model, lesson: Lesson) -> bool:
    """Tell what changes over all that is known, and whether nothing is lost by it."""
    from bot.core.danger.recogniser import Recogniser
    from bot.learning.changes import changes

    hear = _hearing(folder)
    before, after = Recogniser(old.signs, hear(old)), Recogniser(new.signs, hear(new))
    found = list(changes(lesson.known, before, after))
    lost = [change for change in found if change.lost]
    _say(f"{len(found)} of {len(lesson.known):,} are understood in another way")
    for change in (lost or found)[:MOST_CHANGES]:
        was, now = _named(change.before), _named(change.after)
        _say(f"  {change.message.text}: {was} -> {now}")
    if lost:
        _say(
            f"{len(lost)} known messages are lost by the change. What was learnt before"
            " stays. Take back, or narrow, what you last wrote in signs.yaml."
        )
    return not lost


def _hearing(folder: Path) -> Callable[[Model], Model | Blend]:
    """Return what makes of weights all that hears; the encoder reads each text once."""
    from bot.core.danger.blend import Blend
    from bot.learnt import encoder_of

    encoder = encoder_of(folder)
    if encoder is None:
        return lambda model: model
    once = cache(encoder)
    return lambda model: Blend(model, once)


def _kept(folder: Path, model: Model) -> bool:
    from bot.core.danger.model import to_bytes
    from bot.learnt import WEIGHTS, beside

    path = beside(folder, "signs") / WEIGHTS
    try:
        path.write_bytes(to_bytes(model))
    except OSError as error:
        _say(f"{not_written(path, error)} What was learnt is lost.")
        return False
    return True


def _named(signs: tuple[str, ...]) -> str:
    return signs[0] if signs else "nothing"


def _say(text: str) -> None:
    click.echo(text, err=True)
