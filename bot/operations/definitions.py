"""What each figure of the statistics means, in words for whoever reads them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.counting.contribution import (
    ANSWER,
    LEFT,
    ROUTE,
    SIGN,
    STARTED,
    STOPPED,
    TURNS,
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A heading for a measure, and what is counted in it."""

    title: str
    means: str


DEFINITIONS = {
    STARTED: Definition(
        "How many came",
        "People who said yes to being counted, once each. Whoever said no, skipped the"
        " question or left before it is not here.",
    ),
    ROUTE: Definition(
        "Where they were sent",
        "The last place to turn to that each person was shown after they said yes.",
    ),
    STOPPED: Definition(
        "Where they stop",
        "The screen that each person saw last: when they left, began again, or were"
        " idle until their answers were forgotten.",
    ),
    LEFT: Definition(
        "Left quickly", "Whether they ended with the button or the words to leave."
    ),
    TURNS: Definition(
        "How many taps", "Taps and messages of each person, after they said yes."
    ),
    SIGN: Definition(
        "How danger was told",
        "Whether they tapped the danger button, or typed words of danger, after they"
        " said yes.",
    ),
}
ORDER = (ROUTE, STOPPED, LEFT, SIGN, TURNS)  # after the answers; the first is the total


def definition(measure: str) -> Definition:
    """Return the words for a measure; a fact that an author counts is its own title."""
    if measure in DEFINITIONS:
        return DEFINITIONS[measure]
    name = plain(measure.removeprefix(ANSWER))
    return Definition(
        f"Answer: {name}",
        "What each person answered. Where an answer changed, the one that the question"
        " names first.",
    )


def in_order(measures: frozenset[str]) -> list[str]:
    """Return the names of measures as they are shown, the total left out."""
    answers = sorted(name for name in measures if name.startswith(ANSWER))
    return [*answers, *(name for name in ORDER if name in measures)]


def plain(name: str) -> str:
    """Return an author's name as words."""
    return name.replace("_", " ")


def by_lot(people: int) -> str:
    """Return of how many people a figure is."""
    return f"Of {people} people, drawn by lot."


def hidden_rule(fewest: int) -> str:
    """Return in a sentence what is hidden, and why sums are said to be at least."""
    return (
        f"Numbers below {fewest} are never shown, and others are hidden with them, so"
        " that nobody can work them out. A sum over several weeks leaves out what is"
        " hidden: read it as “at least”. A week is shown once it is over. A lot decides"
        " which figures each person is counted in: answers, or route and taps, or where"
        " they stop. So figures of different lots are of different people."
    )
