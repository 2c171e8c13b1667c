"""What is hard to read is found: someone afraid, on a phone, at night."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.checker.reading import check_reading, reading_age
from bot.core.finding import Findings
from tests.core.checker.promised import found, shipped

OFFICIAL = (
    "Notwithstanding the aforementioned considerations, individuals experiencing"
    " persistent harassment should immediately communicate particulars regarding every"
    " occurrence to appropriate professional organisations, additionally documenting"
    " circumstances, participants, consequences and any available corroborating"
    " documentation whatsoever."
)


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


@pytest.mark.parametrize(
    "edits",
    [
        {"closed: Closed now.": f"closed: »{OFFICIAL}"},
        {"  helpline:\n": "  »helpline:\n", "for: Anyone.": f"for: {OFFICIAL}"},
    ],
)
def test_standing_words_and_services_are_read_too(edits: dict[str, str]) -> None:
    """They stand on more screens than any step."""
    assert {each.rule for each in found(edits)} == {"hard-to-read", "long-sentence"}


def test_what_a_service_is_for_may_be_said_in_a_few_long_words() -> None:
    """A line of eight words is no passage, and a name has no shorter word."""
    assert (
        found({"for: Anyone.": "for: Older people affected by domestic abuse."}) == []
    )


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


def test_the_shipped_flow_can_be_read_at_nine() -> None:
    """Nothing in it is so hard that it must not be published."""
    findings = Findings()
    check_reading(shipped(), findings)

    assert [str(each) for each in findings if each.blocks] == []


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
