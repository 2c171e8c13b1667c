"""In words that run from the right, every number keeps the order it is dialled in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.checker.wording import longest_screen
from bot.core.engine.conversation import Place
from bot.core.engine.directory import isolated, numbers_isolated, service_block
from bot.core.engine.screen import Moment, show
from tests.languages import URDU, WELSH, in_languages
from tests.person import NUMBER, Person
from tests.walk import walk

TAPS = 5
NIGHT, NOON = (datetime(2026, 11, 25, hour, tzinfo=UTC) for hour in (3, 12))


def test_b44_every_number_is_held_together_where_words_run_from_the_right() -> None:
    """Unmarked, "116 123" is shown as "123 116" in Urdu (fault B44)."""
    for now in (NIGHT, NOON, NOON + timedelta(days=3)):
        sam = Person(in_languages(), Moment(now))
        for visit in walk(in_languages(), TAPS):
            sam.keeps(replace(visit.conversation, language=URDU))
            sam.types("?")
            for text in (sam.screen.text, *(each.label for each in sam.screen.options)):
                for number in NUMBER.finditer(text):
                    start = text.rfind("\u2068", 0, number.start())
                    end = text.find("\u2069", start)
                    assert start >= 0, text
                    assert start < number.start() < number.end() <= end, text
                assert text.count("\u2068") == text.count("\u2069")


def test_an_address_and_a_time_are_held_together_too() -> None:
    """An address's parts change places as those of a number do."""
    flow = in_languages().flow_in(URDU)
    listeners = service_block(flow, flow.services["listeners"], NIGHT).splitlines()
    helpline = service_block(flow, flow.services["helpline"], NIGHT).splitlines()

    assert listeners[:2] == [
        "\u2068116 123\u2069",
        "\u2068listeners.example/talk\u2069",
    ]
    assert helpline[0] == "\u20680300 000 0000\u2069"
    assert "\u206809:00\u2069" in helpline[-1]
    assert "\u20682\u2069" in helpline[-2]


def test_no_screen_is_longer_than_the_check_takes_it_to_be() -> None:
    """The marks count, too, when a message must fit into what Telegram carries."""
    flow = in_languages().flow_in(URDU)

    for step in flow.steps.values():
        screen = show(flow, Place(step.id), Moment(NIGHT), back=True, note="people")
        assert len(screen.text) <= longest_screen(flow, step)


def test_the_marks_around_an_address_are_counted() -> None:
    """An address is what makes this screen as long as it can be."""
    flow = in_languages().flow_in(URDU)
    unmarked = replace(flow, direction="ltr")
    step = flow.steps["stay_alive"]

    assert longest_screen(flow, step) == longest_screen(unmarked, step) + 2


def test_words_that_run_from_the_left_have_no_marks() -> None:
    """Nothing that a copied number would carry along without need."""
    flow = in_languages().flow_in(WELSH)

    assert isolated(flow, "0800 555 111") == "0800 555 111"
    assert numbers_isolated(flow, "Text 85258 now") == "Text 85258 now"
