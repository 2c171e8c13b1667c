"""A new version of a flow leaves nobody behind who is in the middle of the old one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from bot.core.checker.against import check_against
from bot.core.checker.check import check_flow
from bot.core.checker.walk import Effort
from bot.core.engine.conversation import Conversation
from bot.core.finding import Finding, Findings
from bot.core.flow import Flow
from bot.core.language.promises_file import read_promises
from bot.core.promise import Intent
from tests.core.seeding import flow_of, planted, read, small
from tests.replay import last_screen, replayed

OLD = flow_of(small())
Edits = Mapping[str, str]

VERSION_2 = {"version: 1": "version: 2"}
RENAMED = {
    "otherwise: which_of_four": "otherwise: what_fits",
    "\n  which_of_four:": "\n  what_fits:",
    "Go on with the questions\n    next: which_of_four": (
        "Go on with the questions\n    next: what_fits"
    ),
    "safe_now: I am safe now\n    next: which_of_four\n": (
        "safe_now: I am safe now\n    next: what_fits\n"
    ),
}
LAST = "safe_now: I am safe now\n    next: what_fits\n"
# A friend is led to people to write to, and never to the helpline any more.
FRIENDS_APART = {
    "Go on with the questions\n    next: which_of_four": (
        "Go on with the questions\n    next: write_to_someone"
    ),
    "\n  talk_to_someone:": (
        "\n  write_to_someone:\n    ends: You can write to someone.\n"
        "    route: listeners\n\n  talk_to_someone:"
    ),
}
NOT_FOR_FRIENDS = """
- promise: The helpline is not for friends
  when: {who: friend}
  never_shows: helpline
"""


def with_end(edits: Edits, end: str) -> Edits:
    """Return edits with more lines at the end of flow.yaml."""
    (last,) = [old for old, new in edits.items() if new == LAST]
    return {**edits, last: LAST + end}


def against(
    new: Flow, old: Flow = OLD
) -> tuple[list[Finding], tuple[Conversation, ...]]:
    """Return what is found in a new version, and who is carried over to it."""
    findings = Findings()
    midway = check_against(new, old, findings, Effort())
    return list(findings), tuple(person.conversation for person in midway)


def test_whoever_stands_at_a_step_that_is_gone_is_found_with_their_way() -> None:
    """An author sees whom a new name of a step would leave without a place."""
    new = flow_of(planted({**VERSION_2, **RENAMED}))

    (found,), _ = against(new)

    assert found.rule == "stranded"
    assert found.blocks
    assert "whoever stands at 'which_of_four' in version 1" in found.says
    assert "{since: 1, steps: {which_of_four: its new name}}" in found.cure
    assert last_screen(OLD, found.shown_by)["step"] == "which_of_four"
    assert found.touches > 1


def test_a_new_name_that_is_told_leaves_nobody_behind() -> None:
    """With `migrate` everybody stands where they stood, under the new name."""
    told = "\nmigrate: [{since: 1, steps: {which_of_four: what_fits}}]\n"
    new = flow_of(planted({**VERSION_2, **with_end(RENAMED, told)}))

    found, carried = against(new)

    assert found == []
    assert {each.here.step for each in carried} == set(new.steps)
    assert {each.version for each in carried} == {"2"}


def test_whoever_is_sent_elsewhere_on_purpose_is_not_found() -> None:
    """`stranded` says where they begin again: that is a place."""
    told = "\nmigrate: [{since: 1, stranded: what_fits}]\n"

    found, _ = against(flow_of(planted({**VERSION_2, **with_end(RENAMED, told)})))

    assert found == []


def test_a_name_that_is_told_does_not_hide_one_that_is_not() -> None:
    """Whoever thought of one step has not thought of every step."""
    told = "\nmigrate: [{since: 1, steps: {how_to_listen: talk_to_someone}}]\n"

    found, _ = against(flow_of(planted({**VERSION_2, **with_end(RENAMED, told)})))

    assert [each.rule for each in found] == ["stranded"]


@pytest.mark.parametrize(
    "edits",
    [
        {"    required: yes\n": ""},
        {"  four: {any_of: [fixated, repeated]}": "  four: {any_of: [repeated]}"}
        | {"      fixated: They are fixated\n": ""},
        {"{when: {four: none}, show: listeners}": "listeners"},
        {"    set: {who: me}\n": ""},
        {"{who: friend}, goes_to: how_to_listen": "{who: me}, goes_to: how_to_listen"},
    ],
)
def test_a_version_that_stays_while_more_than_words_changes(
    edits: Edits,
) -> None:
    """A bot that runs could not tell who began in the version before."""
    (found,), _ = against(flow_of(planted(edits)))

    assert found.rule == "version-not-raised"
    assert found.blocks
    assert found.cure == "Raise `version` by one."


def test_new_words_need_no_new_version() -> None:
    """A volunteer who mends a sentence has nothing else to do."""
    new = flow_of(
        planted(
            {
                "Which of these fit?": "Which of these fit? Choose any.",
                "safe_now: I am safe now": "safe_now: I am safe again",
                "label: About a friend": "label: It is about a friend",
                "back: Back": "back: Go back",
                "button: Leave now": "button: Leave",
            }
        )
    )

    found, carried = against(new)

    assert found == []
    assert {each.here.step for each in carried} == set(OLD.steps)


def test_a_flow_held_against_itself_carries_everyone_over_unchanged() -> None:
    """Nobody notices that the same flow was read again."""
    found, carried = against(OLD)

    assert found == []
    assert {(each.version, each.misses) for each in carried} == {("1", 0)}


def broken_for_a_friend(reads: Edits, old: Flow | None) -> list[Finding]:
    """Return what breaks the promise about friends in the version that parts them."""
    new = read(planted({**VERSION_2, **FRIENDS_APART, **reads}), Findings())
    assert new is not None
    findings = Findings()
    promises = read_promises(NOT_FOR_FRIENDS, "promises.yaml", findings)
    intent = Intent(promises, (), date(2026, 11, 25))
    check_flow(new, intent, findings, Effort(reading_age=False), old)
    return [found for found in findings if found.rule == "promise"]


@pytest.mark.parametrize(
    "reads",
    [
        {"{when: {four: none}, show": "{when: {who: friend}, show"},
        {},
    ],
)
def test_a_promise_is_kept_for_those_in_the_middle_too(reads: Edits) -> None:
    """A new rule that nobody new can pass by may still come too late for some.

    `reads`: whether the old version, too, still looks at for whom they ask.
    """
    assert broken_for_a_friend(reads, old=None) == []

    (found,) = broken_for_a_friend(reads, old=flow_of(planted(reads)))

    assert "The helpline is not for friends" in found.says
    assert "is broken at 'talk_to_someone'" in found.says
    assert "for someone who was in the middle of the earlier version" in found.says


def test_who_was_in_the_middle_is_shown_by_a_conversation_in_the_old_version() -> None:
    """The lines lead, in the old version, to where they stood when the new one came."""
    reads = {"{when: {four: none}, show": "{when: {who: friend}, show"}
    old = flow_of(planted(reads))
    (found,) = broken_for_a_friend(reads, old)

    screens = replayed(old, found.shown_by)

    assert not any("error" in each for each in screens)
    assert screens[-1]["facts"]["who"] == "friend"
