"""What a person meets in the stalking flow, told as they would tell it."""

from __future__ import annotations

import pytest

from tests.person import Person


def test_she_is_followed_by_her_ex_and_tells_the_police(person: Person) -> None:
    """FOUR, what has happened, where, and the police today: she knows what to say."""
    person.starts()
    person.taps("me", "not_now", "fixated", "obsessive", "unwanted", "repeated", "done")
    person.taps("frightened", "ex_partner", "followed", "done", "england", "report")

    assert person.stands_at == "police_today"
    assert person.is_told_to_call == "101"
    assert person.sees("18001 101")
    assert person.sees("0808 2000 247")
    assert person.sees("before you touch it")

    person.taps("say")
    for words in ("It is happening to me", "fixated", "obsessive", "unwanted"):
        assert person.sees(words)
    assert person.sees("I am very frightened")
    assert person.sees("following, watching or tracking")
    assert not person.sees("threats")


def test_one_time_is_enough_to_ask(person: Person) -> None:
    """Rule 4: a single incident, and none of FOUR, is met with a route."""
    person.starts()
    person.taps("me", "not_now", "done", "done", "scotland", "report")

    assert person.is_told_to_call == "101"
    assert person.sees("One time is enough")
    assert person.sees("Police Scotland")


def test_whoever_is_not_sure_and_frightened_is_told_to_call_today(
    person: Person,
) -> None:
    """Fear alone is enough: nobody has to be certain."""
    person.starts()
    person.taps("me", "not_now", "done", "frightened", "done", "wales", "not_sure")

    assert person.stands_at == "police_today"
    assert person.sees("What you have told me is enough")


def test_whoever_is_not_sure_and_ticks_nothing_can_talk(person: Person) -> None:
    """Worry without a name still gets somebody to talk to, open now."""
    person.starts()
    person.taps("me", "not_now", "done", "done", "wales", "not_sure")

    assert person.stands_at == "talk_to_someone"
    assert person.sees("Your worry is enough")
    assert person.sees("0808 802 0300")
    assert person.sees("116 123")


def test_a_friend_learns_that_a_change_proves_nothing(person: Person) -> None:
    """The four changes are reasons to check in, never a finding."""
    person.starts()
    person.taps("someone_else", "not_now")

    assert person.options[:4] == ("withdrawn", "introverted", "anxious", "suicidal")
    assert person.sees("reason to check in")
    assert person.sees("does not prove anything")


def test_a_friend_who_fears_for_a_life_is_shown_help_and_goes_on(
    person: Person,
) -> None:
    """Rule 9: suicide is a route of its own, and no question is lost."""
    person.starts()
    person.taps("someone_else", "not_now", "anxious", "suicidal", "done")

    assert person.stands_at == "their_life"
    assert person.is_told_to_call == "999"
    for number in ("116 123", "85258", "111"):
        assert person.sees(number)

    person.taps("go_on")
    assert person.stands_at == "which_of_four"


def test_a_friend_may_report_and_learns_how_to_listen(person: Person) -> None:
    """Friends report too, and are told never to confront the person doing this."""
    person.starts()
    person.taps("someone_else", "not_now", "done", "done", "done", "england", "report")
    assert person.sees("You can report it for someone you know")

    person.taps("listen")
    assert person.sees("Believe them")
    assert person.sees("Do not talk to the person doing this")


def test_crimestoppers_comes_with_its_limits(person: Person) -> None:
    """Rule 6: no emergencies, no reference number, no call back, not the police."""
    person.starts()
    person.taps("someone_else", "not_now", "done", "done", "done", "wales")
    person.taps("stay_anonymous")

    assert person.is_told_to_call == "0800 555 111"
    assert person.sees("It is not the police")
    assert person.sees("not for emergencies")
    assert person.sees("no crime reference number")
    assert person.sees("nobody calls you back")
    assert person.sees("someone who knows about a crime and must stay unknown")


def test_someone_worried_about_themselves_is_met_without_blame(person: Person) -> None:
    """They asked; they are shown Respect, and never how to find anybody."""
    person.starts()
    person.taps("my_own_behaviour", "not_now", "scotland")

    assert person.stands_at == "own_behaviour"
    assert person.sees("0808 802 4040")
    assert person.sees("It is good that you ask")
    assert person.sees("If you might hurt someone, or yourself, call 999 now")
    assert person.sees("do not contact the other person")


@pytest.mark.parametrize(
    ("nation", "has", "lacks"),
    [
        ("england", "0808 2000 247", "psni.police.uk"),
        ("wales", "0808 80 10 800", "0808 2000 247"),
        ("scotland", "0800 027 1234", "0808 2000 247"),
        ("northern_ireland", "0808 802 1414", "0808 2000 247"),
    ],
)
def test_help_is_that_of_the_nation(
    person: Person, nation: str, has: str, lacks: str
) -> None:
    """Rule 18: lines and forms differ, and nobody has to sort them out."""
    person.starts()
    person.taps("me", "not_now", "done", "ex_partner", "done", nation, "report")

    assert person.sees(has)
    assert not person.sees(lacks)


@pytest.mark.parametrize(
    ("nation", "has", "lacks"),
    [
        ("england", "Stalking Protection Order", "Scotland"),
        ("wales", "Stalking Protection Order", "Scotland"),
        ("scotland", "no Stalking Protection Order", "England"),
        ("northern_ireland", "In Northern Ireland", "England"),
    ],
)
def test_orders_are_those_of_the_nation(
    person: Person, nation: str, has: str, lacks: str
) -> None:
    """The law differs: nobody asks for an order that their courts do not have."""
    person.starts()
    person.taps("me", "not_now", "done", "done", nation, "report", "court")

    assert person.sees(has)
    assert not person.sees(lacks)


def test_nothing_is_to_be_sent_here(person: Person) -> None:
    """Rule 12: evidence is useful, never a condition, and never for the bot."""
    person.starts()
    person.taps("me", "not_now", "done", "done", "england", "report", "keep")

    assert person.sees("You do not need proof")
    assert person.sees("Do not send any of it here")


def test_a_child_is_shown_childline_and_goes_on(person: Person) -> None:
    """Rule 18: a trusted adult and Childline, and then the questions go on."""
    person.starts(at="which_of_four")

    person.types("i am 14 btw")
    assert person.sees("0800 1111")
    assert person.sees("an adult you trust")

    person.taps("go_on")
    assert person.stands_at == "which_of_four"


@pytest.mark.parametrize("wants", ["talk_first", "stay_anonymous"])
def test_a_threat_of_suicide_is_answered_whatever_someone_wants(
    person: Person, wants: str
) -> None:
    """Rule 10: they can call 999 for that person, and need not meet or calm them."""
    person.starts()
    person.taps("me", "not_now", "done", "their_suicide", "done", "england", wants)

    assert person.sees("You do not have to meet them")
