"""The shapes that the files of a flow may have: the closed vocabulary, as one table.

The loader refuses what is not in this table.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.hours import DAYS
from bot.core.service import CONTACTS, NATIONS


@dataclass(frozen=True, slots=True)
class Text:
    """One text; `one_of` closes the list, `is_name` asks for a lower-case word."""

    one_of: tuple[str, ...] = ()
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose items have one shape."""

    item: Shape


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table whose keys the author chooses, with values of one shape."""

    value: Shape
    keys_are_names: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record, and what it is for in a few words."""

    name: str
    shape: Shape
    says: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A table whose keys are all known."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """A short way (text) or a long way (list or table) to say the same."""

    text: Text | None = None
    items: ListOf | None = None
    table: Record | TableOf | None = None


Shape = Text | ListOf | TableOf | Record | Either

NAME = Text(is_name=True)
TEXT = Text()
YES_NO = Text(one_of=("yes", "no"))
PROVED = Text(one_of=("yes", "no", "unproved"))

NAME_OR_NAMES = Either(text=NAME, items=ListOf(NAME))
WHEN = TableOf(NAME_OR_NAMES)
SET = TableOf(NAME_OR_NAMES)

TEXTS = Either(
    text=TEXT,
    items=ListOf(
        Either(
            text=TEXT,
            table=Record(
                (
                    Field("when", WHEN, "shown when these facts hold", required=True),
                    Field("say", TEXT, "the words", required=True),
                )
            ),
        )
    ),
)

NEXT = Either(
    text=NAME,
    items=ListOf(
        Record(
            (
                Field("when", WHEN, "the condition over facts"),
                Field("goes_to", NAME, "the step where it leads"),
                Field("otherwise", NAME, "the step when no rule above held"),
            )
        )
    ),
)

OPTIONS = TableOf(
    Either(
        text=TEXT,
        table=Record(
            (
                Field("label", TEXT, "the words on the button", required=True),
                Field("typed", ListOf(TEXT), "other words people type for it"),
                Field("set", SET, "facts that tapping it sets"),
                Field("goes_to", NAME, "a step of its own to go to"),
            )
        ),
    )
)

ALSO = ListOf(
    Either(
        text=NAME,
        table=Record(
            (
                Field("when", WHEN, "shown when these facts hold", required=True),
                Field("show", NAME, "the service", required=True),
            )
        ),
    )
)

QUESTION_KEYS = ("asks", "fact", "options", "also", "next", "required")
NOTICE_KEYS = ("says", "options", "also", "next")
OUTCOME_KEYS = ("ends", "route", "also", "options", "next")

STEP = Record(
    (
        Field("asks", TEXTS, "a question: its words"),
        Field("fact", NAME, "a question: the fact that the answer becomes"),
        Field("says", TEXTS, "a notice: its words"),
        Field("ends", TEXTS, "an outcome: its words"),
        Field("route", NAME, "an outcome: the service one reports or turns to"),
        Field("also", ALSO, "services shown under the words"),
        Field("options", OPTIONS, "what may be tapped"),
        Field("next", NEXT, "where it leads: a step, or rules; the first that fits"),
        Field("required", YES_NO, "a question: yes takes the skip button away"),
    )
)

INTERRUPT = Record(
    (
        Field("button", TEXT, "the words of its button, on every screen"),
        Field("command", TEXT, "the slash command that does the same"),
        Field("signs", ListOf(NAME), "signs in typed words that fire it"),
        Field("set", SET, "facts that it sets"),
        Field("goes_to", NAME, "the step where it leads"),
        Field("does", Text(one_of=("quick_exit", "restart")), "what it does instead"),
        Field("returns", YES_NO, "yes: its step leads back to where the person was"),
    )
)

FACT = Either(
    items=ListOf(NAME),
    table=Record(
        (Field("any_of", ListOf(NAME), "values; tick as many as fit", required=True),)
    ),
)

WORDS = Record(
    tuple(
        Field(name, TEXT, says, required=True)
        for name, says in (
            ("back", "button: to the screen before"),
            ("skip", "button: leave a question out"),
            ("done", "button: finished ticking"),
            ("unclear", "above a screen, after typed words that fit nothing"),
            ("people", "instead of 'unclear' from the third time on"),
            ("cannot_read", "above a screen, after a picture, a voice message …"),
            ("left", "the last line after a quick exit, where one is shown"),
            ("text_to", "before a number to text: {contact}"),
            ("always_open", "beside a service: open at all hours"),
            ("open_now", "beside a service that is open now"),
            ("opens", "beside a closed service; {when} is when it opens"),
            ("closed", "beside a closed service, when nobody knows when it opens"),
            ("check_hours", "beside a service whose hours are not proved"),
            ("days", "the seven days from Monday, with commas"),
            ("at", "a day and a time: {day} and {time}"),
        )
    )
)

FLOW_FILE = Record(
    (
        Field("flow", NAME, "the name of the flow", required=True),
        Field("version", TEXT, "rises when more than words changes", required=True),
        Field("language", TEXT, "the language of the words here", required=True),
        Field("start", NAME, "the first step", required=True),
        Field("facts", TableOf(FACT), "what may be remembered", required=True),
        Field("count", ListOf(NAME), "facts that may be counted, with consent"),
        Field("never_say", ListOf(TEXT), "words that no text here may use"),
        Field(
            "first_words_never",
            ListOf(TEXT),
            "words that no screen may begin with, for a locked phone shows them",
        ),
        Field("words", WORDS, "words used on many screens", required=True),
        Field("interrupts", TableOf(INTERRUPT), "tried before a step", required=True),
        Field("steps", TableOf(STEP), "the steps", required=True),
    )
)

HOURS = Either(
    text=Text(one_of=("always", "unproved")),
    table=TableOf(TEXT, keys_are_names=False),
)

SERVICE = Record(
    (
        Field("name", TEXT, "the name people know", required=True),
        *(Field(name, TEXT, f"contact: {name}") for name in CONTACTS),
        Field("how", TEXT, "how to use it, in a sentence or two"),
        Field("for", TEXT, "whom or what it is for", required=True),
        Field(
            "nations",
            Either(text=Text(one_of=("uk",)), items=ListOf(Text(one_of=NATIONS))),
            "where it helps",
            required=True,
        ),
        Field("open", HOURS, f"hours by day: {', '.join(DAYS)}", required=True),
        Field("anonymous", PROVED, "yes: nobody asks who you are", required=True),
        Field("on_bill", PROVED, "no: proved that it is not on a bill"),
        Field("free", PROVED, "whether a call is free"),
        Field("source", TEXT, "where the facts are from", required=True),
        Field("checked", TEXT, "the day it was read: 2026-11-24", required=True),
        Field("review_by", TEXT, "the day to look again", required=True),
        Field("review", TEXT, "what must be looked at, where it is due"),
    )
)

SERVICES_FILE = Record(
    (Field("services", TableOf(SERVICE), "every number, once", required=True),)
)

SIGN = Record(
    (
        Field("phrases", ListOf(TEXT), "what people type", required=True),
        Field("only_sounds_like", ListOf(TEXT), "what does not count"),
    )
)

SIGNS_FILE = Record((Field("signs", TableOf(SIGN), "signs", required=True),))

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
