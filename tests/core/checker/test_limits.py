"""What Telegram would refuse or a phone would cut off is found by its author."""

import pytest

from tests.core.seeding import Fault, found_in, planted

STEP = "  which_of_four:\n    asks:\n"
LONG = "n" * 47  # 1:…:repeated:off is 64 bytes with a step of 49 letters

FAULTS = (
    Fault(
        "long-name",
        {
            "\nsteps:\n": (
                f"\nsteps:\n  »{'s' * 44}:\n    says: Hello.\n"
                f"    options: {{{'o' * 14}: On}}\n    next: which_of_four\n"
            ),
            "goes_to: how_to_listen": f"goes_to: {'s' * 44}",
            "- {otherwise: which_of_four}": "- {otherwise: how_to_listen}",
        },
        says=f"the names '{'s' * 44}' and '{'o' * 14}' take 65 bytes together",
        cure="Give the step or the button a shorter name.",
    ),
    Fault(
        "long-label",
        {"repeated: It is repeated": f"»repeated: {'a' * 61}"},
        says="these words have 61 characters; a phone cuts them off after 60",
        cure="Say it shorter.",
    ),
    Fault(
        "long-profile",
        {"  left: Closed.\n": f"  left: Closed.\n  name: »{'a' * 65}\n"},
        says="'name' has 65 characters; Telegram takes 64",
        cure="Say it shorter.",
    ),
    Fault(
        "telling-profile",
        {
            "\nwords:\n": "\nfirst_words_never: [stalk]\nwords:\n",
            "  left: Closed.\n": "  left: Closed.\n  menu_start: »Help when stalked\n",
        },
        says="'menu_start' says 'stalk' to whoever picks up the phone",
        cure="Say it in words that anyone may see.",
    ),
    Fault(
        "not-a-version",
        {"version: 1": "version: »'1.5'"},
        says="version '1.5' is not a whole number",
        cure="Write 1, 2, 3 and so on.",
    ),
    Fault(
        "not-seven-days",
        {
            "days: Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday": (
                "days: »Monday, Tuesday, Wednesday, Thursday, Friday"
            )
        },
        says="these are not seven days",
        cure="Write them from Monday on, with commas between them.",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_what_a_channel_can_not_carry_is_found(fault: Fault) -> None:
    """A button that Telegram refuses would take the whole screen with it."""
    fault.check()


def with_option(step: str, option: str, version: str = "1") -> dict[str, str]:
    """Return the small flow with one more step and option of these names."""
    return planted(
        {
            "version: 1": f"version: {version}",
            "\nsteps:\n": (
                f"\nsteps:\n  {step}:\n    says: Hello.\n"
                f"    options: {{{option}: On}}\n    next: which_of_four\n"
            ),
            "goes_to: how_to_listen": f"goes_to: {step}",
            "- {otherwise: which_of_four}": "- {otherwise: how_to_listen}",
        }
    )


def test_b04_names_that_just_fit_into_64_bytes_are_let_through() -> None:
    """The limit is Telegram's, not a guess on the safe side."""
    assert not found_in(with_option("s" * 44, "o" * 13))


def test_b04_a_higher_version_takes_its_bytes_too() -> None:
    """Version 10 must not break what version 9 could carry."""
    found = found_in(with_option("s" * 44, "o" * 13, version="10"))

    assert [each.rule for each in found] == ["long-name"]


def test_b04_names_in_other_letters_are_refused_before_they_are_measured() -> None:
    """Thirty Arabic letters are sixty bytes; names are a to z, words are free."""
    found = found_in(with_option("خ" * 30, "o"))

    assert "not-a-name" in [each.rule for each in found]
    assert all(each.at.line for each in found)


def test_b04_a_step_with_too_long_a_name_is_found_once() -> None:
    """One name to shorten is one finding, however many buttons the screen has."""
    found = found_in(with_option("s" * 60, "o"))

    assert [each.rule for each in found] == ["long-name"]


@pytest.mark.parametrize(
    "edits",
    [
        {"button: Leave now": f"button: {'a' * 61}"},
        {"  back: Back": f"  back: {'a' * 61}"},
        {"  done: Done": f"  done: {'a' * 61}"},
    ],
)
def test_the_words_of_every_button_are_measured(edits: dict[str, str]) -> None:
    """The way out and the way back are cut off like any other button."""
    assert [each.rule for each in found_in(planted(edits))] == ["long-label"]
