"""The vocabulary is closed: what is not in it is found, with what was meant."""

import pytest

from tests.core.seeding import Fault, found_in, planted

FAULTS = (
    Fault(
        "unknown-key",
        {"fact: who": "»facts: who"},
        says="'about_whom' has no 'facts'",
        cure="Did you mean 'fact'?",
    ),
    Fault(
        "unknown-key",
        {"version: 1": "version: 1\n»zzzz: 1"},
        says="a flow has no 'zzzz'",
        cure="Known here: flow, version, language",
    ),
    Fault(
        "missing-key",
        {
            "friend: {label: About a friend, typed: [my friend]}": (
                "friend: »{typed: [my friend]}"
            )
        },
        says="'friend' lacks 'label'",
        cure="Add it: the words on the button",
    ),
    Fault(
        "missing-key",
        {"words:\n  back: Back": "words:\n  »skip: Skip", "  skip: Skip\n": ""},
        says="'words' lacks 'back'",
        cure="Add it: button: to the screen before",
    ),
    Fault(
        "unknown-value",
        {"does: quick_exit": "does: »quick_exits"},
        says="'does' can't be 'quick_exits'",
        cure="Did you mean 'quick_exit'?",
    ),
    Fault(
        "unknown-value",
        {"returns: yes": "returns: »true"},
        says="'returns' can't be 'true'",
        cure="Known here: yes, no",
    ),
    Fault(
        "unknown-value",
        {"nations: [england, wales]": "nations: [england, »cymru]"},
        says="an item of 'nations' can't be 'cymru'",
        cure="Known here: england, wales",
    ),
    Fault(
        "empty",
        {"asks: Who is this about?": "asks:»"},
        says="'asks' is empty",
        cure="Write it, or remove it.",
    ),
    Fault(
        "empty",
        {"me: About me": 'me: »"  "'},
        says="'me' is empty",
        cure="Write it, or remove it.",
    ),
    Fault(
        "not-a-name",
        {"facts:\n  who: [me, friend]": "facts:\n  who: [me, friend, »Someone Else]"},
        says="an item of 'who' 'Someone Else' is not a name",
        cure="Did you mean 'someone_else'? A name has small letters",
    ),
    Fault(
        "not-a-name",
        {"me: About me": "me: About me\n      »Ich: About me too"},
        says="in 'options', 'Ich' is not a name",
        cure="Did you mean 'ich'?",
    ),
    Fault(
        "wrong-shape",
        {"signs: [leave]": "signs: »leave"},
        says="'signs' is a text",
        cure="Write it in square brackets: [leave].",
    ),
    Fault(
        "wrong-shape",
        {"words:\n": "words: »[one]\nother_words:\n"},
        says="'words' is a list",
        cure="Write keys with values, as in {who: me}, here.",
        beside=("unknown-key",),
    ),
    Fault(
        "wrong-shape",
        {"version: 1": "version: »[1]"},
        says="'version' is a list",
        cure="Write a text here.",
    ),
    Fault(
        "wrong-shape",
        {"    next: talk_to_someone": "    next: »{to: talk_to_someone}"},
        says="'next' has keys",
        cure="Write a text or a list here.",
    ),
    Fault(
        "wrong-shape",
        {"  who: [me, friend]": "  who: »me"},
        says="'who' is a text",
        cure="Write it in square brackets: [me].",
    ),
    Fault(
        "wrong-shape",
        {"nations: [england, wales]": "nations: »scotland"},
        says="'nations' is a text",
        cure="Write it in square brackets: [scotland].",
    ),
    Fault(
        "missing-key",
        {"{when: {who: friend}, say: Think of what": "»{say: Think of what"},
        says="lacks 'when'",
        cure="For everybody? Then write only the words after the dash.",
    ),
    Fault(
        "stray-text",
        {"say: Think of what they told you.}": "say: Think first, »choose yes.}"},
        says="'choose yes.' stands alone after a comma",
        cure="If it belongs to the text before it, put the whole text in quotes.",
    ),
    Fault(
        "stray-text",
        {"{label: About a friend,": "{label: \u201cA friend, »I know\u201d,"},
        says="stands alone after a comma",
        cure="Use straight quotes, not curly ones.",
    ),
    Fault(
        "stray-text",
        {"set: {who: me}": "set: {who: me, »or me}"},
        says="'or me' stands alone after a comma",
        cure="put the whole text in quotes",
    ),
    Fault(
        "cut-text",
        {"- Which of these fit?": "- »Remember: which of these fit?"},
        says="'Remember' is read as a key, because ':' follows it",
        cure="Put the whole sentence in quotes.",
    ),
    Fault(
        "cut-text",
        {"phrases: [exit]": "phrases: [»exit: now]"},
        says="'exit' is read as a key",
        cure="Put the whole sentence in quotes.",
    ),
    Fault(
        "cut-text",
        {"says: Believe them.": "says: »{police_999}"},
        says="'says' begins with a brace",
        cure="A text that begins with {",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_mistake_is_found_where_it_stands(fault: Fault) -> None:
    """An author is led to the very word, and told what may stand there."""
    fault.check()


def test_six_mistakes_are_found_at_once_in_the_order_of_the_file() -> None:
    """An author mends everything in one go, from the top to the bottom."""
    texts = planted(
        {
            "version: 1": "version: one",
            "back: Back": "back: Back 55",
            "signs: [danger_now]": "signs: [dangers_now]",
            "fact: four": "fact: for",
            "goes_to: how_to_listen": "goes_to: how_to_liste",
            "route: helpline": "rout: helpline",
        }
    )

    found = found_in(texts)

    of_six = (
        "not-a-version",
        "number-in-text",
        "unknown-sign",
        "unknown-step",
        "unknown-fact",
        "unknown-key",
    )
    first = {each.rule: each for each in reversed(found) if each.rule in of_six}
    assert sorted(first, key=lambda rule: first[rule].at) == list(of_six)
    assert [each.at for each in found] == sorted(each.at for each in found)


def test_findings_of_three_files_come_file_by_file() -> None:
    """Nobody has to jump between files while mending."""
    found = found_in(
        planted(
            {
                "version: 1": "version: one",
                "checked: 2026-11-24": "checked: today",
                "phrases: [exit]": "phrase: [exit]",
                "back: Back": "back: Back 55",
            }
        )
    )

    assert [each.at.file for each in found] == [
        *("flow.yaml", "flow.yaml"),
        "services.yaml",
        "signs.yaml",
    ]
