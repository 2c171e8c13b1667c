"""People choose a language on the first screen, and keep it wherever they go."""

from dataclasses import replace

import pytest

from bot.core.engine.conversation import (
    Chose,
    Conversation,
    Place,
    Started,
    from_plain,
    to_plain,
)
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment
from tests.languages import WELSH, in_languages
from tests.person import Person
from tests.walk import walk

TAPS = 5


@pytest.fixture
def sam(moment: Moment) -> Person:
    """Give someone who has not written yet, to a bot with three languages."""
    return Person(in_languages(), moment)


def test_the_first_screen_offers_each_language_in_its_own_words(sam: Person) -> None:
    """Nobody needs to read English to find their own language."""
    sam.starts()

    labels = {button.id: button.label for button in sam.screen.options}
    assert labels["language_cy"] == "Cymraeg"
    assert labels["language_ur"] == "اردو"
    assert "language_en" not in labels


def test_choosing_shows_the_same_screen_in_that_language(sam: Person) -> None:
    """A tap on the language, and the very words are there, with a way to the others."""
    sam.starts()
    sam.taps("language_cy")

    assert sam.stands_at == "welcome"
    assert sam.sees("Mewn perygl? Ffoniwch 999.")
    assert sam.sees("Mewn perygl nawr")
    assert sam.sees("English")
    assert sam.sees("اردو")
    assert not sam.sees("Cymraeg")


def test_the_way_back_and_the_ticks_are_as_they_were(sam: Person) -> None:
    """A change of language is no step: it is not what "back" goes back to."""
    sam.starts()
    sam.taps("language_cy", "not_now", "fixated")
    assert sam.ticked == ("fixated",)
    sam.taps("back")

    assert sam.sees("Mewn perygl? Ffoniwch 999.")
    assert sam.screen.back is None


def test_only_the_first_screen_has_the_buttons(sam: Person) -> None:
    """A tap that no button stands for is not taken, in this as in anything else."""
    sam.starts()
    sam.taps("not_now")
    assert not [option for option in sam.options if option.startswith("language")]
    sam.taps("language_cy")
    assert not sam.tap_was_taken
    assert sam.sees("Which of these fit?")


def test_a_first_screen_further_up_still_gives_the_language(sam: Person) -> None:
    """Whoever scrolls up to their language's name gets it, where they stand now."""
    sam.starts()
    sam.taps("not_now")
    sam.taps("language_cy", on_screen="welcome")

    assert sam.tap_was_taken
    assert sam.sees("Pa rai sy'n wir?")


def test_whoever_is_forgotten_still_gets_the_language_they_tap(sam: Person) -> None:
    """The first screen may outlive what is kept; its buttons do what they say."""
    sam.taps("language_cy", on_screen="welcome")

    assert sam.stands_at == "welcome"
    assert sam.sees("Mewn perygl? Ffoniwch 999.")


def test_the_name_of_a_language_may_be_typed_anywhere(sam: Person) -> None:
    """Every button works as typed text, and this one on every screen."""
    sam.starts()
    sam.types("Cymraeg")
    assert sam.sees("Mewn perygl? Ffoniwch 999.")
    sam.taps("not_now")
    sam.types("english")
    assert sam.sees("Which of these fit?")


@pytest.mark.parametrize("language", ["de", "", "en_gb", "x" * 300, "language_cy"])
def test_a_language_that_is_not_on_offer_changes_nothing(
    sam: Person, language: str
) -> None:
    """Nobody is left before an empty screen, whatever a device sends."""
    sam.starts()
    sam.does(Chose(language))

    assert not sam.tap_was_taken
    assert sam.sees("In danger? Call 999.")


@pytest.mark.parametrize(
    ("device", "words"),
    [
        ("cy", "Mewn perygl?"),
        ("cy-GB", "Mewn perygl?"),
        ("CY", "Mewn perygl?"),
        ("ur-PK", "خطرے میں ہیں؟"),
        ("en-GB", "In danger?"),
        ("de", "In danger?"),
        ("cym", "In danger?"),
        ("", "In danger?"),
    ],
)
def test_a_start_is_in_the_language_of_the_device(
    sam: Person, device: str, words: str
) -> None:
    """Whose phone speaks Urdu need not look for a button at all."""
    sam.does(Started(device))

    assert sam.sees(words)


def test_what_the_device_speaks_is_kept_only_if_it_is_spoken_here(sam: Person) -> None:
    """A language that few speak would be a trace of whoever wrote."""
    sam.does(Started("de"))

    assert sam.conversation is not None
    assert sam.conversation.language == ""


def test_a_choice_outlives_a_restart_but_no_start(sam: Person) -> None:
    """Whoever goes on reads on; whoever starts sees what every newcomer sees."""
    sam.does(Started("en"))
    sam.taps("language_ur", "not_now")

    sam.uses("restart")
    assert sam.stands_at == "welcome"
    assert sam.sees("خطرے میں ہیں؟")

    sam.does(Started("en"))
    assert sam.sees("In danger?")


def test_typed_words_are_those_of_the_language(sam: Person) -> None:
    """A button's words, other words for it, and those for skip, in Welsh."""
    sam.does(Started(WELSH))
    sam.types("Nac ydw, ddim nawr")
    assert sam.stands_at == "which"
    sam.types("eto")
    assert sam.ticked == ("repeated",)
    sam.types("cwestiwn nesaf")
    assert sam.stands_at == "talk"
    sam.types("Yn ôl")
    assert sam.stands_at == "which"


@pytest.mark.parametrize("language", in_languages().languages)
def test_danger_brings_999_from_everywhere_in_every_language(
    language: str, moment: Moment
) -> None:
    """Typed, tapped or by its button's own words: 999 comes, in words they can read."""
    machine = in_languages()
    flow = machine.flow_in(language)
    (danger, *_) = flow.interrupts
    assert danger.button is not None
    for visit in walk(machine, TAPS):
        sam = Person(machine, moment)
        sam.keeps(replace(visit.conversation, language=language))
        for said in ("he is outside", "999", danger.button):
            sam.types(said)
            assert sam.stands_at == "call_999"
            assert sam.is_told_to_call == "999"
            (part,) = flow.steps["call_999"].says
            assert sam.sees(str(part.pieces[-1]).strip())


def test_a_conversation_from_before_there_were_languages_goes_on(
    sam: Person,
) -> None:
    """What was stored by an older Waymark is read as the flow's own language."""
    plain = to_plain(Conversation("small", "1", Place("which")))
    del plain["language"]
    sam.keeps(from_plain(plain))
    sam.taps("fixated")

    assert sam.ticked == ("fixated",)
    assert sam.sees("Which of these fit?")


def test_a_language_that_is_taken_away_leaves_people_where_they_are(
    moment: Moment,
) -> None:
    """A mistake in a file of words must not cost anybody their place."""
    kept = Conversation("small", "1", Place("which"), language=WELSH)
    sam = Person(FlowMachine(in_languages().flow), moment)
    sam.keeps(kept)
    sam.taps("fixated")

    assert sam.ticked == ("fixated",)
    assert sam.sees("Which of these fit?")


def test_a_new_version_keeps_the_language(sam: Person) -> None:
    """Also for those who must begin again, because their step is gone."""
    for step in ("which", "a_step_of_before"):
        sam.keeps(Conversation("small", "0", Place(step), language=WELSH))
        sam.types("?")
        assert sam.sees("Ffoniwch 999")
        assert sam.conversation
        assert sam.conversation.language == WELSH
        assert sam.stands_at == ("which" if step == "which" else sam.machine.flow.start)
