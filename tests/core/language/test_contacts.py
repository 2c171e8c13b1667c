"""A mistyped number or address is found before somebody in need tries it."""

import pytest

from tests.core.seeding import Fault, found_in, planted

CALL = 'call: "0000"'
WEB = "web: helpline.example"
ONLY_DIGITS = "A number has digits and spaces only."

FAULTS = (
    Fault(
        "not-a-number",
        {CALL: "call: »0808 8O8 8141"},
        says="'0808 8O8 8141' has the letter O in it",
        cure=ONLY_DIGITS,
    ),
    Fault(
        "not-a-number",
        {'text: "0001"': "text: »0808 808 814I"},
        says="has the letter I in it",
        cure=ONLY_DIGITS,
    ),
    Fault("not-a-number", {CALL: "call: »ask us"}, says="letter a", cure=ONLY_DIGITS),
    Fault("not-a-number", {CALL: "call: »0808-802"}, says="has '-'", cure=ONLY_DIGITS),
    Fault(
        "number-length",
        {CALL: "call: »08088"},
        says="'08088' has 5 digits",
        cure="A number that begins with 0 has 10 or 11 digits",
    ),
    Fault(
        "not-an-emergency-number",
        {CALL: "call: »998"},
        says="'998' is not a number of three digits",
        cure="Those are 999, 112, 101, 111.",
    ),
    Fault(
        "not-a-web-address",
        {WEB: "web: »karmanirvana org uk"},
        says="'karmanirvana org uk' is not a web address",
        cure="It has a dot in it and no spaces",
    ),
    Fault(
        "not-an-email-address",
        {WEB: "email: »jo at samaritans.org"},
        says="'jo at samaritans.org' is not an email address",
        cure="It has an @ and a dot in it and no spaces.",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_mistyped_contact_is_found_where_it_stands(fault: Fault) -> None:
    """Somebody afraid may try only once."""
    fault.check()


@pytest.mark.parametrize(
    "contact",
    [
        *("call: 55", "call: 101", "call: 112", "call: 18000", "call: 116 123"),
        *("text: 61016", "call: 18001 101", "call: 0800 555 111", "call: 0800 1111"),
        *("call: 08 08 16 89 111", "web: police.uk/a-b?c=d", "email: a.b@c.org.uk"),
    ],
)
def test_a_contact_that_is_right_is_let_through(contact: str) -> None:
    """An author who is stopped for nothing stops listening."""
    assert found_in(planted({CALL: contact, f"    {WEB}\n": ""})) == []
