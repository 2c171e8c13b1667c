"""A name that nothing bears is found, with the name that was meant."""

import pytest

from tests.core.seeding import Fault, found_in, planted, small

OPENS, AT = "Closed now. Opens {when}.", '"{day} at {time}"'

FAULTS = (
    Fault(
        "unknown-step",
        {"goes_to: call_999\n": "goes_to: call_99\n", "  danger:": "  »danger:"},
        says="interrupt 'danger' goes to 'call_99'",
        cure="Did you mean 'call_999'?",
    ),
    Fault(
        "unknown-step",
        {"{otherwise: which_of_four}": "»{otherwise: which_of_for}"},
        says="step 'about_whom' leads to 'which_of_for', and there is no such step",
        cure="Did you mean 'which_of_four'?",
    ),
    Fault(
        "unknown-step",
        {
            "      safe_now: I am safe now": (
                "      »safe_now: {label: I am safe, goes_to: safe}"
            )
        },
        says="option 'safe_now' goes to 'safe'",
        cure="Known here: about_whom",
        beside=("no-way-back",),
    ),
    Fault(
        "unknown-fact",
        {"{who: friend}, say: Think": "{whom: friend}, say: »Think"},
        says="there is no fact 'whom'",
        cure="Did you mean 'who'?",
    ),
    Fault(
        "unknown-value",
        {"{when: {who: friend}, goes_to": "»{when: {who: fiend}, goes_to"},
        says="fact 'who' has no value 'fiend'",
        cure="Did you mean 'friend'?",
    ),
    Fault(
        "unknown-value",
        {"{when: {four: none}": "»{when: {four: [none, unknown, nought]}"},
        says="fact 'four' has no value 'nought'",
        cure="Known here: fixated, repeated",
    ),
    Fault(
        "unknown-value",
        {"{when: {who: friend}, goes_to": "»{when: {who: none}, goes_to"},
        says="fact 'who' has no value 'none'",
        cure="Known here: me, friend",
    ),
    Fault(
        "unknown-fact",
        {"set: {who: me}": "set: {what: me}", "  danger:": "  »danger:"},
        says="there is no fact 'what'",
        cure="Known here: who, four.",
    ),
    Fault(
        "too-many-values",
        {"set: {who: me}": "set: {who: [me, friend]}", "  danger:": "  »danger:"},
        says="'who' holds one value, and 2 are set",
        cure="Set one of them.",
    ),
    Fault(
        "unknown-service",
        {
            "  talk_to_someone:\n    ends:": "  »talk_to_someone:\n    ends:",
            "route: helpline": "route: helplines",
        },
        says="step 'talk_to_someone' names the service 'helplines'",
        cure="Did you mean 'helpline'?",
    ),
    Fault(
        "unknown-service",
        {"{when: {four: none}, show: listeners}": "»listener"},
        says="step 'talk_to_someone' names the service 'listener'",
        cure="Did you mean 'listeners'?",
    ),
    Fault(
        "unknown-service",
        {"says: Believe them.": "says: »Believe {them}."},
        says="the text names 'them', which is not in services.yaml",
        cure="Known here: police_999, helpline, listeners",
    ),
    Fault(
        "unknown-service",
        {"unclear: Please": "unclear: »Ask {helplin}. Please"},
        says="the text names 'helplin'",
        cure="Did you mean 'helpline'?",
    ),
    Fault(
        "unknown-contact",
        {"says: Believe them.": "says: »Believe {helpline.wed}."},
        says="'helpline' has no 'wed'",
        cure="Did you mean 'web'?",
    ),
    Fault(
        "unknown-contact",
        {"- After {forget_after} minutes": "- »After {forget_after.web} minutes"},
        says="'forget_after' has no 'web'",
        cure="Write {forget_after}.",
    ),
    Fault(
        "no-words-for-setting",
        {
            "  left: Closed.\n": "  left: Closed.\n  counting_off: Not counted.\n",
            "- After {forget_after}": "- »For {counting}, after {forget_after}",
        },
        says="there are no words 'counting_on' to tell of 'counting'",
        cure="Write them under words: counting_on.",
    ),
    Fault(
        "never-holds",
        {"{when: {who: friend}, goes_to": "»{when: {who: []}, goes_to"},
        says="this names no value of 'who', and so it never holds",
        cure="Name one, or `none` or `unknown`.",
    ),
    *(
        Fault("not-filled", {words: f"»{wrong}"}, f"nothing fills in {says}", cure)
        for words, wrong, says, cure in (
            ("Closed.", "Closed {when}.", "'when' in the words 'left'", "braces"),
            ("Back\n", "Back {when}\n", "'when' in the words 'back'", "without"),
            (
                "Closed now.\n",
                "Call {helpline}\n",
                "'helpline' in the words",
                "without",
            ),
            (OPENS, "Opens {day}.", "'day' in the words 'opens'", "Write {when}"),
            (OPENS, "Opens {when.web}.", "'when' in the words 'opens'", "{when}"),
            (AT, '"{when}"', "'when' in the words 'at'", "Write {day} and {time}"),
            (
                "Text {contact}",
                "Text {helpline}",
                "'helpline' in the words 'text_to'",
                "",
            ),
        )
    ),
    *(
        Fault("not-named", {words: f"»{less}"}, f"the words '{name}' leave out", cure)
        for name, words, less, cure in (
            ("opens", OPENS, "Closed now.", "Put in {when}."),
            ("at", AT, '"{time}"', "Put in {day} and {time}."),
            ("text_to", "Text {contact}", "Text them", "Put in {contact}."),
        )
    ),
    Fault(
        "unknown-service",
        {"Please tap a button. In": "»Please tap {when}. In"},
        says="the text names 'when', which is not in services.yaml",
        cure="Known here: police_999, helpline, listeners",
    ),
    Fault(
        "unknown-sign",
        {
            "signs: [leave]": "signs: [leaves]",
            "  leave:\n    button": ("  »leave:\n    button"),
        },
        says="interrupt 'leave' waits for the sign 'leaves'",
        cure="Did you mean 'leave'?",
    ),
    Fault(
        "no-option",
        {
            "      repeated: It is repeated\n": "",
            "  which_of_four:\n": ("  »which_of_four:\n"),
        },
        says="question 'which_of_four' offers no option for 'repeated'",
        cure="Add it, or take 'repeated' out of fact 'four'.",
    ),
    Fault(
        "unknown-value",
        {
            "fixated: They are fixated": (
                "fixated: They are fixated\n      »fixed: They are fixed"
            )
        },
        says="option 'fixed' is no value of fact 'four'",
        cure="Did you mean 'fixated'? Or give it a `goes_to`.",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_name_that_leads_nowhere_is_found(fault: Fault) -> None:
    """A slip of one letter never reaches a person."""
    fault.check()


def test_a_text_may_name_the_service_itself() -> None:
    """`name` is what people know it by; every contact may be named, too."""
    both = "says: Ask {helpline.name}, {helpline.call} or {helpline.web}."

    assert not found_in(planted({"says: Believe them.": both}))


def test_a_choose_any_fact_may_be_set_to_several_values() -> None:
    """What may be ticked together may be set together."""
    edits = {"set: {who: me}": "set: {four: [fixated, repeated]}"}

    assert not found_in(planted(edits))


def test_words_above_a_screen_may_name_services() -> None:
    """Whoever is not understood is told whom to call instead."""
    edits = {"A person can help. In": "Ask {helpline.name}, {helpline}. In"}

    assert not found_in(planted(edits))


UNREADABLE = {
    "services.yaml": ("services: [", "not-yaml"),
    "signs.yaml": ("signs: [", "not-yaml"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_names_of_a_file_that_can_not_be_read_are_not_called_wrong(name: str) -> None:
    """One bracket left open is one mistake, not one in every step."""
    text, rule = UNREADABLE[name]

    assert [each.rule for each in found_in({**small(), name: text})] == [rule]
