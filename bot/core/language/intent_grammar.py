"""The shapes of promises.yaml and journeys.yaml: what a flow is held against."""

from __future__ import annotations

from bot.core.language.grammar import NAME, NAME_OR_NAMES, PROVED, SET, TEXT, WHEN
from bot.core.language.shapes import Either, Field, ListOf, Record, Text

WANTED = Either(
    text=NAME,
    items=ListOf(NAME),
    table=Record(
        (
            Field("open", Text(one_of=("now",)), "open at that very moment"),
            Field("anonymous", PROVED, "whether nobody asks who you are"),
            Field("on_bill", PROVED, "whether it is on a bill"),
            Field("free", PROVED, "whether a call is free"),
        )
    ),
)
SHOWS = Field("shows", WANTED, "services that must be shown")
NEVER_SHOWS = Field("never_shows", WANTED, "services that must not be shown")

TEXT_OR_TEXTS = Either(text=TEXT, items=ListOf(TEXT))

PROMISES_FILE = ListOf(
    Record(
        (
            Field("promise", TEXT, "the promise in plain words", required=True),
            Field("when", WHEN, "wherever these facts hold"),
            Field("after", WHEN, "right after whatever makes these facts hold"),
            Field("except", WHEN, "but not where these hold"),
            Field("at", NAME_OR_NAMES, "at these steps only"),
            SHOWS,
            NEVER_SHOWS,
            Field("reads", TEXT_OR_TEXTS, "words that everybody must read there"),
            Field("route", NAME, "the route that an outcome must have"),
            Field("at_every_outcome", Record((SHOWS, NEVER_SHOWS)), "at every outcome"),
            Field(
                "at_most",
                Record((Field("taps", TEXT, "a number", required=True),)),
                "every outcome within so many taps",
            ),
        )
    )
)

DEED = Either(
    text=NAME,
    table=Record(
        (
            Field("says", TEXT, "words that are typed"),
            Field("interrupt", NAME, "an interrupt that is used"),
            Field("stands_at", NAME, "the step where they must be by then"),
        )
    ),
)

JOURNEYS_FILE = ListOf(
    Record(
        (
            Field("who", TEXT, "somebody, in a sentence", required=True),
            Field("at", TEXT, "UK day and time: 2026-12-25T03:00"),
            Field("answers", SET, "what they answer: fact and value"),
            Field("then", ListOf(DEED), "what they do besides, in order"),
            Field("arrives", NAME, "the step where they must be", required=True),
            Field("shows", NAME_OR_NAMES, "services they must see there"),
            Field("never_shows", NAME_OR_NAMES, "services they must not see there"),
        )
    )
)
