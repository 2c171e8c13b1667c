"""Anyone can see how fast this build is, from a plain checkout."""

import json

import pytest

from tests.command import waymark

BOTS = {"Waymark", "ConversationHandler", "bare aiohttp client"}


@pytest.mark.slow
def test_bench_measures_all_three_side_by_side() -> None:
    """A figure alone says nothing: each stands beside those of the same minute."""
    given = ("--rounds", "1", "--seconds", "0.3", "--way", "saturated", "--json")
    ran = waymark("bench", *given)

    assert ran.returncode == 0, ran.stderr
    figures = [json.loads(line) for line in ran.stdout.splitlines()]
    answered = {each["bot"] for each in figures if each.get("rate", 0) > 0}
    started = {each["bot"] for each in figures if each.get("seconds", 0) > 0}
    assert answered == started == BOTS
