"""Nobody is ever stuck, sent in circles, or led past a rule that was meant for them."""

import pytest

from tests.core.seeding import Fault, found_in, planted

LISTEN = "  how_to_listen:\n    says: Believe them.\n"
LISTEN_ON = LISTEN + "    options:\n      go_on: Go on with the questions\n"

FAULTS = (
    Fault(
        "tick-leads-on",
        {
            "      fixated: They are fixated": (
                "      »fixated: {label: They are fixated, goes_to: talk_to_someone}"
            )
        },
        says="'fixated' is ticked and leads nowhere by itself",
        cure="Take them away",
    ),
    Fault(
        "no-otherwise",
        {"{otherwise: which_of_four}": "»{when: {who: me}, goes_to: which_of_four}"},
        says="the last rule of 'about_whom' has a condition",
        cure="End with {otherwise: step}",
    ),
    Fault(
        "after-otherwise",
        {
            "- {otherwise: which_of_four}": (
                "- {otherwise: which_of_four}\n      - »{otherwise: talk_to_someone}"
            )
        },
        says="stands after `otherwise` and can never be used",
        cure="Move `otherwise` to the end.",
    ),
    Fault(
        "no-next",
        {
            "  which_of_four:\n": "  »which_of_four:\n",
            "    next: talk_to_someone\n": "",
        },
        says="step 'which_of_four' does not say where it leads",
        cure="Add `next:`",
        beside=("out-of-reach",),
    ),
    Fault(
        "stuck",
        {
            "start: about_whom": "start: hello",
            "\nsteps:\n": "\nsteps:\n  »hello: {says: Hello, next: about_whom}\n",
        },
        says="nothing can be tapped at 'hello'",
        cure="Add `options:`",
    ),
    Fault(
        "no-words",
        {LISTEN: LISTEN.replace("  how", "  »how").replace(" Believe them.", " []")},
        says="step 'how_to_listen' says nothing",
        cure="Write its words.",
    ),
    Fault(
        "reserved-name",
        {"go_on: Go on": "»back: Go on"},
        says="'back' is the name of a button that any screen may have",
        cure="Give the option another name.",
    ),
    Fault(
        "reserved-name",
        {"go_on: Go on": "»leave: Go on"},
        says="'leave' is the name of a button",
        cure="Give the option another name.",
    ),
    Fault(
        "same-label",
        {"repeated: It is repeated": "»repeated: THEY are fixated"},
        says="'fixated' and 'repeated' have the same words",
        cure="tell them apart",
    ),
    Fault(
        "same-label",
        {
            "fixated: They are fixated": "fixated: It's repeated",
            "repeated: It is repeated": "»repeated: ITS  repeated!",
        },
        says="'fixated' and 'repeated' have the same words",
        cure="tell them apart",
    ),
    *(
        Fault(
            "same-label",
            {"friend: {label: About a friend": f"»friend: {{label: {label}"},
            says=f"'{button}' and 'friend' have the same words",
            cure="tell them apart",
        )
        for label, button in (
            ("BACK", "back"),
            ("skip!", "skip"),
            ("In danger now", "danger"),
        )
    ),
    *(
        Fault(
            "same-words",
            {
                "friend: {label: About a friend, typed: [my friend]}": (
                    f"»friend: {{label: About a friend, typed: [my friend, {words}]}}"
                )
            },
            says=f"whoever types '{words}' could mean 'friend' or '{button}'",
            cure=f"Take it out of `typed`, or out of '{button}'.",
        )
        for words, button in (
            ("about me", "me"),
            ("back", "back"),
            ("leave now", "leave"),
        )
    ),
    Fault(
        "half-an-interrupt",
        {"does: quick_exit": "does: quick_exit\n  »talk: {button: Talk}"},
        says="interrupt 'talk' needs one of `goes_to` and `does`",
        cure="Say where it leads, or what it does.",
    ),
    Fault(
        "half-an-interrupt",
        {
            "does: quick_exit": (
                "does: quick_exit\n  »talk: {goes_to: talk_to_someone, does: restart}"
            )
        },
        says="interrupt 'talk' needs one of",
        cure="Say where it leads, or what it does.",
    ),
    Fault(
        "no-way-back",
        {
            "  call_999:\n": "  »call_999:\n",
            "safe_now: I am safe now": (
                "safe_now: {label: I am safe now, goes_to: about_whom}"
            ),
        },
        says="interrupt 'danger' returns, but no option here leads back",
        cure="Add an option without `goes_to`.",
    ),
    Fault(
        "out-of-reach",
        {
            "goes_to: how_to_listen": "goes_to: talk_to_someone",
            LISTEN: LISTEN.replace("  how", "  »how"),
        },
        says="nothing leads to step 'how_to_listen'",
        cure="Lead somewhere to it, or remove it.",
    ),
    Fault(
        "never-ends",
        {
            "goes_to: how_to_listen": "goes_to: circle",
            "\nsteps:\n": (
                "\nsteps:\n  »circle:\n    says: Round.\n    options: {on: On}\n"
                "    next: how_to_listen\n"
            ),
            LISTEN_ON + "    next: which_of_four": LISTEN_ON + "    next: circle",
        },
        says="from step 'circle' no outcome can be reached",
        cure="Lead on from here to an outcome.",
        beside=("never-ends",),
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault} {fault.edits}")
def test_a_way_that_goes_wrong_is_found(fault: Fault) -> None:
    """An author hears of it before anybody is lost there."""
    fault.check()


def test_b41_two_steps_that_lead_to_each_other_are_both_found() -> None:
    """A circle of notices without a way out would hold a person for ever."""
    circle = LISTEN_ON + "    next: other\n  other:\n    says: Round.\n"
    found = found_in(
        planted(
            {
                LISTEN_ON + "    next: which_of_four\n": (
                    circle + "    options: {on: On}\n    next: how_to_listen\n"
                )
            }
        )
    )

    assert [each.rule for each in found] == ["never-ends", "never-ends"]
    assert ["'how_to_listen'" in found[0].says, "'other'" in found[1].says] == [
        True
    ] * 2


def test_b41_a_target_that_does_not_exist_is_found() -> None:
    """Whoever taps must arrive somewhere."""
    found = found_in(planted({"    next: talk_to_someone": "    next: talk_to_nobody"}))

    (wrong,) = [each for each in found if each.rule == "unknown-step"]
    assert "'talk_to_nobody'" in wrong.says
    assert "'talk_to_someone'" in wrong.cure


def test_b41_a_step_that_leads_to_itself_is_found() -> None:
    """The smallest circle is a circle, too."""
    edits = {
        LISTEN_ON + "    next: which_of_four": LISTEN_ON + "    next: how_to_listen"
    }

    assert [each.rule for each in found_in(planted(edits))] == ["never-ends"]


def test_a_page_that_is_opened_and_closed_with_back_is_no_mistake() -> None:
    """A notice without options is read and left again with the back button."""
    page = "how: {label: How to listen, goes_to: how_to_listen}"
    edits = {
        LISTEN_ON + "    next: which_of_four\n": LISTEN,
        "repeated: It is repeated": f"repeated: It is repeated\n      {page}",
        "{who: friend}, goes_to: how_to_listen}": (
            "{who: friend}, goes_to: which_of_four}"
        ),
    }

    assert not found_in(planted(edits))


def test_done_is_a_button_only_where_ticks_are_set() -> None:
    """At another question nobody could mean that button by its word."""
    assert not found_in(planted({"About a friend": "Done"}))


def test_labels_of_emoji_alone_are_told_apart_by_tapping() -> None:
    """Nobody types them back, so they can't be mistaken for each other."""
    edits = {"fixated: They are fixated": "fixated: 👍", "It is repeated": "👎"}

    assert not found_in(planted(edits))


def test_a_step_that_is_not_there_is_one_mistake() -> None:
    """That nothing leads on from there follows from it, and mends itself."""
    edits = {"    next: talk_to_someone": "    next: talk_to_nobody"}

    assert [each.rule for each in found_in(planted(edits))] == ["unknown-step"]
