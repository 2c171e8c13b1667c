"""Words that would hurt, give someone away or be hard to read are found."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.checker.reading import check_reading, reading_age
from bot.core.checker.wording import check_services, check_wording, longest_screen
from bot.core.engine.conversation import Place
from bot.core.engine.machine import FlowMachine
from bot.core.engine.screen import Moment, show
from bot.core.finding import Finding, Findings
from bot.core.flow import Flow
from tests.core.seeding import planted, read, without_mark

TODAY = date(2026, 12, 1)
PROMISED = {
    "count: [who]": (
        "count: [who]\n"
        "never_say: [low risk, victim, why didn't you]\n"
        "first_words_never: [stalk, kill]"
    ),
    "minutes this is forgotten.": "minutes it is gone.",  # easy to read, as the rest
}
VICTIM_SUPPORT = {"name: A helpline": "name: Victim Support, England and Wales"}
OFFICIAL = (
    "Notwithstanding the aforementioned considerations, individuals experiencing"
    " persistent harassment should immediately communicate particulars regarding every"
    " occurrence to appropriate professional organisations, additionally documenting"
    " circumstances, participants, consequences and any available corroborating"
    " documentation whatsoever."
)


def read_with(edits: Mapping[str, str]) -> tuple[Flow, Mapping[str, str]]:
    """Return the small flow with its promised words and these edits, and its texts."""
    texts = planted({**edits, **PROMISED})
    flow = read(without_mark(texts)[0], Findings())
    assert flow is not None
    return flow, texts


def found(edits: Mapping[str, str]) -> list[Finding]:
    """Return what is found about the wording, each at the mark » where one stands."""
    flow, texts = read_with(edits)
    findings = Findings()
    check_wording(flow, findings)
    check_reading(flow, findings)
    for each in findings:
        assert each.at == without_mark(texts)[1], str(each)
    return list(findings)


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
    assert "promised not to be used" in finding.says
    assert "never_say in flow.yaml" in finding.cure


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
        "You can talk about it. Stalking is not their fault.",
        "It takes skill.",
    ],
)
def test_first_words_that_tell_nothing_are_let_through(text: str) -> None:
    """What comes later may be named, and 999 always comes first."""
    assert found({"says: Believe them.": f"says: {text}"}) == []


def test_a_sentence_of_more_than_twenty_words_is_found() -> None:
    """Somebody who is afraid loses the thread."""
    words = " ".join(["We sit and talk", *["and we sit and talk"] * 3])
    assert found({"says: Believe them.": f"says: {words} now."}) == []

    (finding,) = found({"says: Believe them.": f"says: »{words} now and then."})

    assert finding.rule == "long-sentence"
    assert not finding.blocks
    assert "'We sit and talk and …' has 22 words" in finding.says
    assert "at most 20 words" in finding.cure


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (OFFICIAL, True),
        ("Communicate with aforementioned organisations.", False),
    ],
)
def test_words_that_are_hard_to_read_are_found(text: str, *, blocks: bool) -> None:
    """The aim is what a child of nine can read; a few hard words hold nothing up."""
    hard = [
        each
        for each in found({"says: Believe them.": f"says: »{text}"})
        if each.rule == "hard-to-read"
    ]

    assert [each.blocks for each in hard] == [blocks]
    assert "the aim is 9" in hard[0].says
    assert "aforementioned" in hard[0].cure


def test_hard_words_in_another_language_are_not_judged_by_english_rules() -> None:
    """The formula counts as English does; in Welsh it would be wrong."""
    edits = {
        "says: Believe them.": f"says: »{OFFICIAL}",
        "language: en": "language: cy",
    }

    assert [each.rule for each in found(edits)] == ["long-sentence"]


def test_reading_age_is_the_flesch_kincaid_grade_and_five() -> None:
    """An author can work it out again: ten words, two sentences, twelve syllables."""
    text = "The cat sat by the door. It was very happy."
    grade = 0.39 * 10 / 2 + 11.8 * 12 / 10 - 15.59

    assert reading_age([text]) == round(grade + 5)


def test_names_and_numbers_do_not_count_as_hard_words() -> None:
    """Nobody can say National Stalking Helpline in shorter words."""
    plain = reading_age(["Call her there at one now."])

    assert reading_age(["Call Organisational Communication at 0 now."]) == plain
    name = "Communication Organisation"
    assert reading_age([f"{name} can help you now."], [name]) == reading_age(
        ["The man can help you now."]
    )


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
    machine: FlowMachine, moment: Moment, note: str | None
) -> None:
    """The reckoning must be above everything that the engine can show."""
    flow = machine.flow
    everything = {
        fact.name: fact.values if fact.any_of else fact.values[:1]
        for fact in flow.facts.values()
        if fact.name != "nation"
    }
    for step in flow.steps:
        screen = show(flow, Place(step, everything), moment, back=True, note=note)
        shown = len(screen.text.encode("utf-16-le")) // 2

        assert shown <= longest_screen(flow, flow.steps[step]), step


def services_found(edits: Mapping[str, str], today: date = TODAY) -> list[Finding]:
    """Return what is found about the services of the small flow."""
    flow, texts = read_with(edits)
    findings = Findings()
    check_services(flow.services, today, findings)
    for each in findings:
        assert each.at == without_mark(texts)[1], str(each)
    return list(findings)


def test_services_that_were_checked_lately_are_let_through() -> None:
    """Nothing to do is said by saying nothing."""
    assert services_found({}) == []


def test_a_service_past_its_day_is_found_and_does_not_block() -> None:
    """An old number may be wrong, and a helpline less may be worse."""
    edits = {
        "  listeners:\n": "  »listeners:\n",
        "review_by: 2027-05-22": "review_by: 2026-12-01",
    }
    (finding,) = services_found(edits)

    assert finding.rule == "due-for-review"
    assert not finding.blocks
    assert "'listeners' (Listeners, 0001) is due since 2026-12-01" in finding.says
    assert finding.cure.startswith("Ask for its hours. Then mend in services.yaml")


def test_a_service_without_a_note_says_what_to_look_at() -> None:
    """Whoever mends it need not know how we keep our books."""
    edits = {
        "  helpline:\n": "  »helpline:\n",
        "review_by: 2027-05-23": "review_by: 2026-11-30",
    }
    (finding,) = services_found(edits)

    assert finding.cure.startswith("Read every line of it on its own page.")


@pytest.mark.parametrize(
    ("edits", "rule"),
    [
        ({"checked: 2026-11-23": "checked: 2026-12-02"}, "checked-in-future"),
        ({"review_by: 2027-05-23": "review_by: 2027-11-30"}, "review-too-far"),
        (
            {"  checked: 2026-11-23": "  how: Call.\n    checked: 2027-06-01"},
            "checked-in-future review-too-far",
        ),
    ],
)
def test_days_that_cannot_be_are_found(edits: dict[str, str], rule: str) -> None:
    """A typing slip in a year would keep a stale number for ten."""
    found_there = services_found({**edits, "  helpline:\n": "  »helpline:\n"})

    assert [each.rule for each in found_there] == rule.split()
    assert all(each.blocks for each in found_there)


@pytest.mark.parametrize(
    "how",
    [
        "Open 9am to 5pm.",
        "Call from 09:30.",
        "Call on weekdays.",
        "Call Monday to Friday.",
        "Someone answers 24/7.",
        "Call day and night.",
    ],
)
def test_hours_that_nobody_has_proved_are_found(how: str) -> None:
    """Someone who rings a line that is closed may not ring again."""
    edits = {
        "  listeners:\n": "  »listeners:\n",
        "review: Ask for its hours.": f'how: "{how}"',
    }
    (finding,) = services_found(edits)

    assert finding.rule == "unproved-hours"
    assert finding.blocks
    assert "under `open`" in finding.cure


@pytest.mark.parametrize(
    "how", ["No answer in 3 minutes? Send it again.", "From age 13.", "Choose 2."]
)
def test_what_is_no_opening_time_is_let_through(how: str) -> None:
    """Minutes, ages and menus are not hours."""
    assert services_found({"review: Ask for its hours.": f'how: "{how}"'}) == []


def test_proved_hours_may_be_told_in_words() -> None:
    """What `open` proves may be said."""
    edits = {
        "checked: 2026-11-23": "checked: 2026-11-23\n    how: Weekdays and Sunday."
    }

    assert services_found(edits) == []


def test_a_day_that_cannot_be_read_is_found_once() -> None:
    """The reader has found it already."""
    assert services_found({"checked: 2026-11-23": "checked: soon"}) == []


def test_words_missing_from_a_flow_do_not_stop_the_check() -> None:
    """An author sees all mistakes at once, so a hole in one place is no end."""
    assert found({"  opens: Closed now. Opens {when}.\n": ""}) == []


@pytest.mark.xfail(
    strict=True,
    reason="'at high risk' about Paladin, and how the page for men begins",
)
def test_the_shipped_flow_keeps_its_word(machine: FlowMachine) -> None:
    """What is promised is promised of the words that people read today."""
    findings = Findings()
    check_wording(machine.flow, findings)
    check_services(machine.flow.services, TODAY, findings)

    assert [str(each) for each in findings if each.blocks] == []


def test_the_shipped_flow_can_be_read_at_nine(machine: FlowMachine) -> None:
    """Nothing in it is so hard that it must not be published."""
    findings = Findings()
    check_reading(machine.flow, findings)

    assert [str(each) for each in findings if each.blocks] == []


def test_a_promised_word_in_the_shipped_flow_is_found(machine: FlowMachine) -> None:
    """The list that is shipped is read, not only that of the tests."""
    safe = machine.flow.services["samaritans"]
    services = {"samaritans": replace(safe, how="This is confidential.")}
    findings = Findings()
    check_wording(replace(machine.flow, services=services), findings)

    assert any("'confidential'" in each.says for each in findings)


def test_a_bot_that_runs_does_not_wait_for_the_library_of_syllables() -> None:
    """Reading age is for authors; someone who writes at night does not pay for it."""
    root = Path(__file__).parents[3]
    code = (
        "import sys; import bot.core.checker.reading, bot.core.checker.wording;"
        "sys.exit('syllapy' in sys.modules)"
    )

    assert (
        subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode
        == 0
    )
