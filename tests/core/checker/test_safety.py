"""999 and the way out stay one tap away, whatever an author changes."""

import pytest

from tests.core.seeding import Fault, found_in, planted

DANGER = """  danger:
    button: In danger now
    signs: [danger_now]
    set: {who: me}
    goes_to: call_999
    returns: yes
"""
LEAVE = """  leave:
    button: Leave now
    signs: [leave]
    does: quick_exit
"""

FAULTS = (
    Fault(
        "danger-first",
        {DANGER + LEAVE: "  »" + LEAVE.strip() + "\n" + DANGER},
        says="the first two interrupts are not 'danger' and 'leave'",
        cure="Put them first, in this order",
    ),
    Fault(
        "danger-first",
        {"interrupts:\n" + DANGER + LEAVE: "interrupts: »{}\n"},
        says="the first two interrupts are not",
        cure="nothing may come before them",
    ),
    Fault(
        "no-button",
        {LEAVE: "  »" + LEAVE.strip().replace("    button: Leave now\n", "") + "\n"},
        says="interrupt 'leave' has no button",
        cure="Add `button:`",
    ),
    Fault(
        "danger-without-999",
        {
            DANGER: "  »" + DANGER.strip() + "\n",
            "route: police_999": "route: helpline",
        },
        says="'danger' does not lead to an outcome whose route is 'police_999'",
        cure="Lead it to the screen that says: call 999.",
    ),
    Fault(
        "999-not-in-words",
        {
            "  call_999:\n": "  »call_999:\n",
            "ends: Call {police_999} now.": (
                'ends: [Call now., {when: {who: me}, say: "Call {police_999}."}]'
            ),
        },
        says="the words of 'call_999' do not name {police_999}",
        cure="Begin them with the number to call.",
    ),
    Fault(
        "danger-loses-place",
        {DANGER: "  »" + DANGER.strip().replace("returns: yes", "returns: no") + "\n"},
        says="'danger' does not return",
        cure="Add `returns: yes`.",
    ),
    Fault(
        "leave-stays",
        {LEAVE: "  »" + LEAVE.strip().replace("quick_exit", "restart") + "\n"},
        says="'leave' does not leave",
        cure="Write `does: quick_exit`.",
    ),
    Fault(
        "danger-unheard",
        {
            DANGER: "  »"
            + DANGER.strip().replace("signs: [danger_now]", "signs: []")
            + "\n"
        },
        says="'danger' has no signs",
        cure="Add `signs:` with names from signs.yaml.",
    ),
    Fault(
        "not-999",
        {
            "  police_999:\n    name: Police\n": (
                "  »police_999:\n    name: Police\n    web: police.example\n"
            )
        },
        says="the first contact of 'police_999' is not the number 999",
        cure='Write `call: "999"` before its other contacts.',
    ),
    *(
        Fault(
            "unclear-without-999",
            {f"{words} In danger? Call {{police_999}}.": f"»{words}"},
            says=f"'{name}' does not name {{police_999}}",
            cure="Nothing that is not understood may end without it.",
        )
        for name, words in (
            ("unclear", "Please tap a button."),
            ("people", "A person can help."),
            ("cannot_read", "I can only read words."),
        )
    ),
    Fault(
        "typed-is-a-sign",
        {
            "      friend: {label: About a friend, typed: [my friend]}": (
                "      »friend: {label: About a friend, typed: [please help me]}"
            )
        },
        says="is understood as 'danger', because signs.yaml has 'help me' for it",
        cure="Take it out of `typed`, or change the sign.",
        blocks=False,
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_what_would_keep_help_away_is_found(fault: Fault) -> None:
    """No change to a flow can take 999 or the way out from someone."""
    fault.check()


WEAKENED = {
    "no danger at all": {DANGER: ""},
    "no leaving at all": {LEAVE: ""},
    "danger has no button": {"    button: In danger now\n": ""},
    "danger starts again": {"    goes_to: call_999\n": "    does: restart\n"},
    "danger asks a question": {"    goes_to: call_999\n": "    goes_to: about_whom\n"},
}


@pytest.mark.parametrize("name", WEAKENED)
def test_a_flow_with_weaker_help_is_never_published(name: str) -> None:
    """Each of these blocks; a bot without them must not start."""
    assert any(each.blocks for each in found_in(planted(WEAKENED[name])))


def test_police_999_must_have_the_right_number() -> None:
    """The one number that must be right is right."""
    found = found_in(planted({'call: "999"\n': 'call: "998"\n'}))

    assert [each.rule for each in found if each.blocks] == [
        "not-999",
        "not-an-emergency-number",
    ]


def test_danger_must_have_signs() -> None:
    """Someone who can only type must reach 999, too."""
    (found,) = found_in(planted({"    signs: [danger_now]\n": ""}))

    assert (found.rule, found.blocks) == ("danger-unheard", True)
