"""Words that would hurt, or give someone away, are found; so are too many of them."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.checker.wording import check_services, check_wording, longest_screen
from bot.core.engine.conversation import Place
from bot.core.engine.screen import Moment, show
from bot.core.finding import Findings
from tests.core.checker.promised import found, shipped

TODAY = date(2026, 12, 1)
VICTIM_SUPPORT = {"name: A helpline": "name: Victim Support, England and Wales"}


def test_the_small_flow_says_nothing_wrong() -> None:
    """Else what the other tests plant would prove nothing."""
    assert found({}) == []


@pytest.mark.parametrize(
    "edits",
    [
        {"says: Believe them.": "says: »It is low risk."},
        {"says: Believe them.": "says: »This is LOW-RISK, they say."},
        {"says: Believe them.": "says: »Believe every victim's words."},
        {"- You can talk to someone.": "- »Victims can talk to someone."},
        {"- You can talk to someone.": "- »Why didn\u2019t you talk to someone?"},
        {"say: Think of what they told you.": "say: »Is it low risk?"},
        {"      fixated: They are fixated": "      »fixated: They want a victim"},
        {"  friend: {label: About a friend": "  »friend: {label: About a victim"},
        {"check_hours: Check its": "check_hours: »Victims, check its"},
        {"  leave:\n    button: Leave now": "  »leave:\n    button: Victim leaves"},
        {"  helpline:\n": "  »helpline:\n", "for: Anyone.": "for: Any victim."},
        {"says: Believe them.": "says: »They say it is\n      low risk."},
    ],
)
def test_words_promised_not_to_be_used_are_found(edits: dict[str, str]) -> None:
    """A label, a verdict or blame can be the last thing that someone reads here."""
    (finding,) = found(edits)

    assert finding.rule == "never-say"
    assert finding.blocks
    assert "which no text here may use" in finding.says
    assert "under never_say" in finding.cure


@pytest.mark.parametrize(
    "text",
    [
        "Call Victim Support, England and Wales.",
        "Call Victim Support. They listen.",
        "Call {helpline.name}.",
        "The wind is low. Risk nothing.",
        "It was victimless, they say.",
    ],
)
def test_a_name_and_a_longer_word_are_not_held_against_the_author(text: str) -> None:
    """Victim Support is called what it is called."""
    assert found({"says: Believe them.": f"says: {text}", **VICTIM_SUPPORT}) == []


@pytest.mark.parametrize(
    "edits",
    [
        {"says: Believe them.": "says: »Stalking is not their fault."},
        {"says: Believe them.": "says: »If they would kill, tell someone."},
        {"unclear: Please tap": "unclear: »A stalker? Please tap"},
        {
            "asks:\n      - Which of these fit?": (
                "asks:\n      - {when: {who: me}, say: »Were you stalked?}\n"
                "      - Which of these fit?"
            )
        },
    ],
)
def test_telling_first_words_are_found(edits: dict[str, str]) -> None:
    """A locked phone shows how a message begins to whoever is near."""
    (finding,) = found(edits)

    assert finding.rule == "first-words"
    assert finding.blocks
    assert "would show on a locked phone" in finding.says


@pytest.mark.parametrize(
    "text",
    [
        "You can talk about it with a person here. Stalking is not their fault.",
        "It takes skill.",
        "[Believe them., Stalking is not their fault.]",
    ],
)
def test_first_words_that_tell_nothing_are_let_through(text: str) -> None:
    """What comes later may be named, and 999 always comes first."""
    assert found({"says: Believe them.": f"says: {text}"}) == []


def test_a_screen_that_may_not_fit_into_one_message_is_found() -> None:
    """Telegram carries 4,096 characters, numbers and services included."""
    lines = "Go on and sit. " * 250
    assert found({"says: Believe them.": f"says: {lines}"}) == []

    (finding,) = found(
        {
            "  how_to_listen:\n    says: Believe them.": (
                f"  »how_to_listen:\n    says: {lines}{lines}"
            )
        }
    )

    assert finding.rule == "long-screen"
    assert finding.blocks
    assert "4,096" in finding.says


@pytest.mark.parametrize("note", [None, "unclear", "people", "cannot_read"])
def test_no_screen_is_longer_than_was_reckoned(
    moment: Moment, note: str | None
) -> None:
    """The reckoning must be above everything that the engine can show."""
    flow = shipped()
    everything = {
        fact.name: fact.values if fact.any_of else fact.values[:1]
        for fact in flow.facts.values()
        if fact.name != "nation"
    }
    for step in flow.steps:
        screen = show(flow, Place(step, everything), moment, back=True, note=note)
        shown = len(screen.text.encode("utf-16-le")) // 2

        assert shown <= longest_screen(flow, flow.steps[step]), step


def test_words_missing_from_a_flow_do_not_stop_the_check() -> None:
    """An author sees all mistakes at once, so a hole in one place is no end."""
    assert found({"  opens: Closed now. Opens {when}.\n": ""}) == []


def test_the_shipped_flow_keeps_its_word() -> None:
    """What is promised is promised of the words that people read today."""
    flow, findings = shipped(), Findings()
    check_wording(flow, findings)
    check_services(flow.services, TODAY, findings)

    assert [str(each) for each in findings if each.blocks] == []


def test_a_promised_word_in_the_shipped_flow_is_found() -> None:
    """The list that is shipped is read, not only that of the tests."""
    flow, findings = shipped(), Findings()
    wrong = replace(flow.services["samaritans"], how="This is confidential.")
    check_wording(replace(flow, services={"samaritans": wrong}), findings)

    assert any("'confidential'" in each.says for each in findings)
