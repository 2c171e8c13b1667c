"""The simulation behind docs/scale.md agrees with what can be worked out by hand."""

from __future__ import annotations

from random import Random

from tests.scale.waiting import A_BOT, waits


def test_below_the_limit_hardly_anybody_waits() -> None:
    """A third of what the bot may send: a screen goes out as soon as it is there."""
    assert waits(100, 10, 5, Random(1)).median < 0.1


def test_above_it_everybody_waits_as_long_as_the_limit_makes_them() -> None:
    """Each reads and waits in turn: together they take what the bot may send."""
    people, reading = 900, 10.0

    told = waits(people, reading, 10, Random(1))

    assert abs(told.median - (people / A_BOT - reading)) < 3
