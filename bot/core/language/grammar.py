"""The shapes that the files of a flow may have: the closed vocabulary, as one table.

The loader refuses what is not in this table.
"""

from __future__ import annotations

from bot.core.hours import DAYS
from bot.core.language.shapes import Either, Field, ListOf, Record, TableOf, Text
from bot.core.service import CONTACTS, NATIONS

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
        Field("menu", TEXT, "what the list of commands says of it"),
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

TOLD = (  # put in where a text has {typed_words}, {last_line} or {counting}
    ("typed_deleted", "of a setting: what people type is deleted"),
    ("typed_kept", "of a setting: what people type stays in the chat"),
    ("last_line_sent", "of a setting: after leaving, one line is sent"),
    ("last_line_not_sent", "of a setting: after leaving, nothing is sent"),
    ("counting_on", "of a setting: people are asked whether they may be counted"),
    ("counting_off", "of a setting: nothing is counted"),
)
PROFILE = (  # put on the bot itself by `waymark setup`
    ("name", "the bot's name, in the list of chats"),
    ("short_description", "what the bot's profile says of it"),
    ("description", "what an empty chat with the bot says"),
    ("menu_start", "what the list of commands says of /start"),
    ("menu_back", "what the list of commands says of /back"),
)
MAY_LACK = frozenset(
    [
        *("skip_typed", "done_typed", "changed", "language"),
        *(name for name, _ in (*TOLD, *PROFILE)),
    ]
)

WORDS = Record(
    tuple(
        Field(name, TEXT, says, required=name not in MAY_LACK)
        for name, says in (
            ("back", "button: to the screen before"),
            ("seen", "button of a page: to where it was opened"),
            ("skip", "button: leave a question out"),
            ("done", "button: finished ticking"),
            ("skip_typed", "what people type for skip, with commas"),
            ("done_typed", "what people type for done, with commas"),
            ("unclear", "above a screen, after typed words that fit nothing"),
            ("people", "instead of 'unclear' from the third time on"),
            ("cannot_read", "above a screen, after a picture, a voice message …"),
            ("changed", "above a screen, when a new version came in the middle"),
            ("left", "the last line after a quick exit, where one is shown"),
            ("text_to", "before a number to text: {contact}"),
            ("always_open", "beside a service: open at all hours"),
            ("open_now", "beside a service that is open now"),
            ("opens", "beside a closed service; {when} is when it opens"),
            ("closed", "beside a closed service, when nobody knows when it opens"),
            ("check_hours", "beside a service whose hours are not proved"),
            ("days", "the seven days from Monday, with commas"),
            ("at", "a day and a time: {day} and {time}"),
            ("language", "button: the name of this language, where there are others"),
            *TOLD,
            *PROFILE,
        )
    )
)

MIGRATE = ListOf(
    Record(
        (
            Field("since", TEXT, "the earlier version", required=True),
            Field("steps", TableOf(NAME), "old step: the step it is now"),
            Field("values", TableOf(TableOf(NAME)), "fact: old value: the value now"),
            Field("stranded", NAME, "where those begin again whose step is gone"),
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
        Field("lasting", ListOf(NAME), "facts that stay true after going back"),
        Field("never_say", ListOf(TEXT), "words that no text here may use"),
        Field(
            "first_words_never",
            ListOf(TEXT),
            "words that no screen may begin with, for a locked phone shows them",
        ),
        Field("words", WORDS, "words used on many screens", required=True),
        Field("interrupts", TableOf(INTERRUPT), "tried before a step", required=True),
        Field("steps", TableOf(STEP), "the steps", required=True),
        Field("migrate", MIGRATE, "what becomes of people in the middle"),
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
        Field("alone", ListOf(TEXT), "what counts only when nothing else is typed"),
        Field("only_sounds_like", ListOf(TEXT), "what does not count"),
    )
)

SIGNS_FILE = Record((Field("signs", TableOf(SIGN), "signs", required=True),))
