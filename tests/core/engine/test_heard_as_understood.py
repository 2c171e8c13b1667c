"""What `waymark understand` says of a message is what the conversation does with it."""

from __future__ import annotations

from pathlib import Path

from bot.core.danger.corpus import read_corpus
from bot.core.engine.typed import plain_words
from bot.core.engine.understanding import NOTHING, does
from tests.person import Person

CORPUS = Path("flows/signs/corpus/development.txt")
QUESTION = "which_nation"  # an ordinary one
# Where each answer leads; None: nothing is shown, for the person has left.
LEADS_TO = {
    "shows_999": {"call_999"},
    "shows_suicide_help": {"stay_alive", "keep_alive"},
    "cannot_speak": {"call_silently"},
    "leaves": None,
    "restarts": {"welcome"},
    "shows_crimestoppers": {"tell_unknown"},
    "shows_101": {"tell_police"},
    "shows_own_behaviour_help": {"help_to_stop"},
    "shows_child_help": {"under_19"},
    "helps_friend": {"help_friend"},
    "asks_danger": {"are_you_safe"},
    NOTHING: {QUESTION},
}


def test_every_message_is_heard_as_it_is_understood(person: Person) -> None:
    """A report over `understand` tells of what people get, not of something like it.

    At a question whose own answers the messages are not: those come first.
    """
    person.starts(at=QUESTION)
    typed = person.machine.typed(QUESTION)
    answers = {*typed.labels, *typed.others}
    told_apart = set()
    messages = read_corpus(CORPUS.read_text(encoding="utf-8"))
    for text in (*(message.text for message in messages), "start again"):
        if plain_words(text) in answers:
            continue
        person.starts(at=QUESTION)

        person.types(text)

        expected = does(person.machine.flow, text)
        told_apart.add(expected)
        leads_to = LEADS_TO[expected]
        if leads_to is None:
            assert person.has_left, text
        else:
            assert person.stands_at in leads_to, text
            assert person.sees("999"), text
    assert told_apart == set(LEADS_TO)
