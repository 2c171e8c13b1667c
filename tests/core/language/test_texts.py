"""Numbers and addresses stand in services.yaml alone: one in a text is found."""

import pytest

from bot.core.finding import Findings, Position
from bot.core.flow import Reference
from bot.core.language.nodes import Word
from bot.core.language.texts import read_label, read_part
from tests.core.seeding import Fault

TOP = Position("a.yaml", 1, 1)

FAULTS = (
    Fault(
        "number-in-text",
        {"ends: Call {police_999} now.": "ends: »Call {police_999}, or 101 now."},
        says="'101' looks like a number to call",
        cure="If it is not a number to call, write it in words.",
    ),
    Fault(
        "number-in-text",
        {"safe_now: I am safe now": "safe_now: »I called 999"},
        says="'999' looks like a number to call",
        cure="Write {police_999} instead of 999.",
    ),
    Fault(
        "number-in-text",
        {"button: In danger now": "button: »Press 55"},
        says="'55' looks like a number to call",
        cure="Put it in services.yaml",
    ),
    Fault(
        "address-in-text",
        {"says: Believe them.": "says: »See police.uk first."},
        says="'police.uk' is an address",
        cure="Put it in services.yaml",
    ),
    Fault(
        "name-on-button",
        {"safe_now: I am safe now": "safe_now: »I called {police_999}"},
        says="a button cannot hold '{police_999}'",
        cure="Say it in words",
    ),
    Fault(
        "stray-brace",
        {"says: Believe them.": "says: »Call {Police 999}."},
        says="'{Police 999}' is not a name in braces",
        cure="{police_999}",
    ),
    Fault(
        "stray-brace",
        {"says: Believe them.": 'says: »"Believe them}."'},
        says="'}' is not a name in braces",
        cure="{police_999}",
    ),
    Fault(
        "open-brace",
        {"says: Believe them.": 'says: »"Call {police_101. It is free."'},
        says="the brace before 'police_101' is not closed",
        cure="Write {police_101}.",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_mistake_is_found_where_it_stands(fault: Fault) -> None:
    """An author is led to the very text, and told where the number belongs."""
    fault.check()


def rules_of(text: str) -> list[str]:
    """Return the rules that a text breaks."""
    findings = Findings()
    read_part(Word(text, TOP), findings)
    return [found.rule for found in findings]


NUMBERS = (
    *("999", "55", "0800 555 111", "020 3866 4107", "0808-802-0300"),
    *("(0808) 802 0300", "+44 20 7946 0123", "18001 101", "9 9 9", "٩٩٩"),
    *("9️⃣9️⃣9️⃣", "9.9.9", "9\u20119\u20119", "9\u00a09", "9 (9) 9"),
)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_found_however_it_is_written(number: str) -> None:
    """A wrong number in one sentence could cost a life, so none may stand there."""
    assert rules_of(f"Call {number}.") == ["number-in-text"]


ADDRESSES = (
    *("https://police.uk/report", "http://example.com", "www.example.org"),
    *("help@example.com", "mailto:help@example.com", "respectphoneline.org.uk"),
    *("Scotland.police.uk", "example.app", "POLICE.UK", "...police.uk"),
    *("t.me/waymark", "example.london", "example.io", "t.me", "help.example/form"),
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_found_however_it_is_written(address: str) -> None:
    """Addresses change, so each stands once, with the day it was checked."""
    assert rules_of(f"See {address} for more.") == ["address-in-text"]


def test_b46_a_tel_link_in_a_text_is_found() -> None:
    """Telegram refuses a whole message for one such link; then 999 would not arrive."""
    assert "address-in-text" in rules_of("Call tel:999")
    assert rules_of("Call tel:{police_999}") == ["address-in-text"]


def test_b46_a_tel_link_on_a_button_is_found() -> None:
    """The same holds for the words of a button."""
    findings = Findings()

    read_label(Word("tel:999", TOP), findings)

    assert "address-in-text" in [found.rule for found in findings]


PLAIN = (
    "It happened 2 or more times.",
    "Help for LGBT+ people. It's OK, e.g. now.",
    "Are you under nineteen?",
    "I need help.Now please.",
    "/start begins again.",
    "It takes 1.5 hours. 2 of 3 people waited.",
    "Is it a hotel: yes or no?",
    "Him and/or her.",
)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_raise_no_alarm(text: str) -> None:
    """An author who is stopped for nothing stops listening."""
    assert rules_of(text) == []


def test_a_text_becomes_its_words_and_names() -> None:
    """The names in braces are filled in later; the words stay as typed."""
    part = read_part(Word("Call {a}, {b_2.web}.", TOP), Findings())

    assert part.pieces == (
        "Call ",
        Reference("a"),
        ", ",
        Reference("b_2", "web"),
        ".",
    )


def test_a_label_is_one_line() -> None:
    """A button has no room for line breaks."""
    assert read_label(Word("Yes,\n  right  now\n", TOP), Findings()) == "Yes, right now"


def test_a_name_in_braces_on_a_button_is_one_mistake() -> None:
    """A button can't hold a number: the author is told so, once."""
    findings = Findings()

    read_label(Word("Call {police_999}", TOP), findings)

    assert len(findings) == 1


FAR_DOWN = (
    "|\n      First line.\n      »Call 999.\n",
    "|\n\n      First line.\n\n\n      »Call 999.",
    ">\n      First.\n      »Call 999.",
    ">\n      First.\n      »999 is the number.",
    ">-\n      First.\n\n      »Call 999.\n      Last.",
    "First.\n      »Call 999.",
    "First.\n\n        »Call 999.\n      Last.",
    '"First.\n      »Call 999."',
    "'First, it''s so.\n      It''s so.\n      »Call 999.'",
    '"First \\\n      and \\"second\\".\n      »Call 999."',
)


@pytest.mark.parametrize("text", FAR_DOWN)
def test_a_number_far_down_in_a_text_is_found_on_its_line(text: str) -> None:
    """Nobody has to search through a long text, however it is written."""
    Fault(
        "number-in-text",
        {"says: Believe them.": f"says: {text}"},
        says="'999' looks like a number to call",
        cure="Write {police_999} instead of 999.",
    ).check()
