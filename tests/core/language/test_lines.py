"""YAML becomes words that stay as they were typed, or a finding that says why not."""

import pytest

from bot.core.finding import Findings, Position
from bot.core.language.lines import MAX_CHARACTERS, read_yaml
from bot.core.language.nodes import Items, Node, Table, Word
from tests.core.seeding import Fault, flow_of, planted, small

FLOW = small()["flow.yaml"]

FAULTS = (
    Fault(
        "too-large",
        {"# A small flow": "#" * MAX_CHARACTERS},
        says="more than 1,000,000 characters",
        cure="Split it",
    ),
    Fault(
        "not-yaml",
        {"start: about_whom": "start: about_whom»: now"},
        says="here stands a ': ' too many",
        cure="put the whole text in quotes",
    ),
    Fault(
        "not-yaml",
        {"[fixated, repeated]": "[fixated, repeated»"},
        says="this part begins on line 10 and has no end",
        cure="a quote or bracket that is not closed",
    ),
    Fault(
        "not-yaml",
        {"Who is this about?": "Who is this about»\0?"},
        says="here stands a character that cannot be read ('\\x00')",
        cure="plain UTF-8",
    ),
    Fault(
        "not-yaml",
        {"    asks: Who is this about?": "»\tasks: Who is this about?"},
        says="this line begins with a tab",
        cure="Use spaces.",
    ),
    Fault(
        "not-yaml",
        {"says: Believe them.": "says: »@police is here"},
        says="this line cannot be read",
        cure="A text that begins with {, [, *, &, !, %, @ or a quote",
    ),
    Fault("empty-file", {FLOW: ""}, says="empty", cure="Restore it"),
    Fault("empty-file", {FLOW: "# note\n"}, says="this file is empty", cure="remove"),
    Fault(
        "duplicate-key",
        {"back: Back\n": "back: Back\n  »back: Again\n"},
        says="'back' stands here and on line 14.",
        cure="Keep one",
    ),
    Fault(
        "not-in-language",
        {"asks: Who is this about?": "asks: »&who Who is this about?"},
        says="'&' names a place",
        cure="Remove the '&'",
    ),
    Fault(
        "not-in-language",
        {"asks: Who is this about?": "asks: »*who"},
        says="'*' points to another place",
        cure="Write it out here",
    ),
    Fault(
        "not-in-language",
        {"version: 1": "version: »!!int 1"},
        says="'tag:yaml.org,2002:int' is a tag",
        cure="every value is text",
    ),
    Fault(
        "not-in-language",
        {"\nsteps:\n": "\n»---\nsteps:\n"},
        says="a second document begins here",
        cure="Remove '---'",
    ),
    Fault(
        "not-in-language",
        {"  left: Closed.": "  ? »[left]\n  : Closed."},
        says="a key is a list or a table",
        cure="Use one word",
    ),
    Fault(
        "not-in-language",
        {"  left: Closed.": "  left: " + "[" * 11 + "»["},
        says="nests too deeply",
        cure="nearer to the margin",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_mistake_is_found_where_it_stands(fault: Fault) -> None:
    """An author is led to the very line, and told what to do there."""
    fault.check()


def tree(text: str) -> Node:
    """Return what a text becomes; it must hold no mistake."""
    findings = Findings()
    node = read_yaml(text, "a.yaml", findings)
    assert node is not None, list(findings)
    assert not len(findings), list(findings)
    return node


WORDS = (
    *("yes", "no", "on", "off", "Yes", "NO", "true", "false", "null", "~", "y", "n"),
    *("999", "101", "01234567", "0800555111", "+442079460123", "1_0_1", "0x1F"),
    *("1e3", ".5", "22:00", "1:30", "2026-11-24", "0800 555 111", "09:30-16:00"),
)


@pytest.mark.parametrize("typed", WORDS)
def test_b37_b38_a_word_or_number_stays_as_typed(typed: str) -> None:
    """A person reads 999 and "no" just as the author typed them, never 342391."""
    node = tree(f"{typed}: {typed}\nlist: [{typed}, '{typed}']\n")

    assert isinstance(node, Table)
    (key, value), (_, items) = node.entries
    assert isinstance(value, Word)
    assert isinstance(items, Items)
    assert (key.value, value.value) == (typed, typed)
    assert [word.value for word in items.items if isinstance(word, Word)] == [
        typed,
        typed,
    ]


def test_b37_a_question_may_be_answered_yes_and_no() -> None:
    """Unquoted yes and no are two buttons, each with a way of its own."""
    flow = flow_of(
        planted(
            {
                "who: [me, friend]": "who: [yes, no]",
                "set: {who: me}": "set: {who: yes}",
                "me: About me": "yes: YES",
                "friend: {label: About a friend, typed: [my friend]}": "no: No",
                "- {when: {who: friend}, goes_to": "- {when: {who: no}, goes_to",
                "- {when: {who: friend}, say": "- {when: {who: no}, say",
            }
        )
    )

    step = flow.steps["about_whom"]
    assert [(option.id, option.label) for option in step.options] == [
        ("yes", "YES"),
        ("no", "No"),
    ]
    assert step.rules[0].when.holds({"who": ("no",)})
    assert not step.rules[0].when.holds({"who": ("yes",)})


def test_b37_yes_and_quoted_yes_are_one_key() -> None:
    """Two buttons named yes would hide each other, with quotes or without."""
    findings = Findings()

    read_yaml("yes: a\n'yes': b\n", "a.yaml", findings)

    (found,) = findings
    assert (found.rule, str(found.at)) == ("duplicate-key", "a.yaml:2:1")


def test_b40_a_second_step_of_one_name_is_refused_with_both_lines() -> None:
    """A branch can't vanish because a name was used twice."""
    findings = Findings()

    read_yaml("steps:\n  danger: a\n  other: b\n  danger: c\n", "a.yaml", findings)

    (found,) = findings
    assert (found.rule, str(found.at)) == ("duplicate-key", "a.yaml:4:3")
    assert "on line 2" in found.says


def test_every_word_knows_its_line_and_column() -> None:
    """A finding can only be as exact as what was remembered."""
    node = tree('# first\na: {b: [c, "d"]}\n\né🆘: |\n  text\n')

    assert isinstance(node, Table)
    (a, inner), (emoji, block) = node.entries
    assert isinstance(inner, Table)
    ((b, items),) = inner.entries
    assert isinstance(items, Items)
    assert [at.at for at in (a, b, *items.items, emoji, block)] == [
        Position("a.yaml", line, column)
        for line, column in ((2, 1), (2, 5), (2, 9), (2, 12), (4, 1), (4, 5))
    ]


def test_windows_line_ends_change_nothing() -> None:
    """A volunteer's editor may end its lines as it likes."""
    assert tree("a: b\r\nc: d\r\n") == tree("a: b\nc: d\n")


def test_an_unreadable_character_is_found_on_its_line() -> None:
    """Nobody can see such a character: only its place helps to find it."""
    findings = Findings()

    read_yaml("a: b\nc: d\0e\n", "a.yaml", findings)

    (found,) = findings
    assert str(found.at) == "a.yaml:2:5"


def test_a_quote_that_is_not_closed_is_found_where_it_opens() -> None:
    """The end of the file is no help to an author who forgot one quote."""
    Fault(
        "not-yaml",
        {"  left: Closed.": "  left: »'Closed."},
        says="this part begins on line 21 and has no end",
        cure="a quote or bracket that is not closed, from line 21",
    ).check()
