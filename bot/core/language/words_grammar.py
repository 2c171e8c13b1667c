"""The shape of cy.yaml and the like: a flow's words in another language."""

from __future__ import annotations

from bot.core.language.grammar import TEXT
from bot.core.language.intent_grammar import TEXT_OR_TEXTS
from bot.core.language.shapes import Field, ListOf, Record, TableOf, Text

# Not required: `waymark check` says which one to write, as it does when it is old.
OF = Field("of", TEXT, "the hash of the English that this translates, from the check")

SAID = Record((OF, Field("say", TEXT, "the words", required=True)))
BUTTON = Record(
    (
        OF,
        Field("button", TEXT, "the words on its button"),
        Field("menu", TEXT, "what the list of commands says of it"),
    )
)
STEP_SAID = Record(
    (
        OF,
        Field("says", TEXT_OR_TEXTS, "a text for each of the English", required=True),
        Field("options", TableOf(TEXT), "the words on each of its buttons"),
        Field("typed", TableOf(ListOf(TEXT)), "other words people type for a button"),
    )
)
SERVICE_SAID = Record(
    (
        OF,
        Field("name", TEXT, "the name people know", required=True),
        Field("for", TEXT, "whom or what it is for", required=True),
        Field("how", TEXT, "how to use it, in a sentence or two"),
    )
)

WORDS_FILE = Record(
    (
        Field("language", TEXT, "two letters, as the file's name", required=True),
        Field("name", TEXT, "the language's own name, for its button", required=True),
        Field("direction", Text(one_of=("ltr", "rtl")), "rtl: read from the right"),
        Field("never_say", ListOf(TEXT), "words that no text here may use"),
        Field("first_words_never", ListOf(TEXT), "words no screen may begin with"),
        Field("words", TableOf(SAID), "words used on many screens"),
        Field("interrupts", TableOf(BUTTON), "buttons on every screen"),
        Field("steps", TableOf(STEP_SAID), "the steps"),
        Field("services", TableOf(SERVICE_SAID), "what is said about services"),
    )
)
