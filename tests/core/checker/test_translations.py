"""A translation that lost a number or an emergency step is not offered to anybody."""

from pathlib import Path

import pytest

from bot.core.finding import Finding
from bot.core.translation import entries_of, hash_of
from bot.library import Reading, load_flow, read_folder
from tests.languages import changed, in_file, in_languages, welsh_with

HASHES = {(e.kind, e.name): hash_of(e) for e in entries_of(in_languages().flow)}
CALL_999 = "Ffoniwch {police_999} nawr a gofyn am yr heddlu."
OF_TALK = f"of: {HASHES['steps', 'talk']}"
OF_CALL_999 = f"of: {HASHES['steps', 'call_999']}"
OF_DANGER = f"of: {HASHES['interrupts', 'danger']}"
OF_POLICE = f"of: {HASHES['services', 'police_999']}"
OF_HELPLINE = f"of: {HASHES['services', 'helpline']}"
LINES = (
    Path(__file__).parents[2] / "flows_in_languages" / "small" / "cy.yaml"
).read_text(encoding="utf-8")


def only(reading: Reading, rule: str) -> Finding:
    """Return the one finding in cy.yaml, which must be of this rule."""
    (found,) = in_file(reading, "cy.yaml")
    assert found.rule == rule, str(found)
    return found


@pytest.mark.parametrize(
    ("lost", "says"),
    [
        ("Ffoniwch yr heddlu nawr.", "names nothing where the flow names {police_999}"),
        ("Ffoniwch {helpline} nawr.", "names {helpline} where the flow names"),
        ("Ffoniwch {numbre} nawr.", "names {numbre} where the flow names {police_999}"),
        ("Ffoniwch {police_999.name}.", "names {police_999.name} where the flow names"),
    ],
)
def test_a_number_that_is_lost_in_translation_blocks(
    tmp_path: Path, lost: str, says: str
) -> None:
    """Whoever reads "call now" and no number, or the wrong one, is left alone."""
    reading = welsh_with(tmp_path, CALL_999, lost)

    found = only(reading, "other-words")
    assert found.blocks
    assert "step 'call_999'" in found.says
    assert says in found.says
    assert reading.blocked
    assert reading.on_offer == ("en", "ur")


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        (CALL_999, "Ffoniwch { nawr.", "stray-brace"),
        (CALL_999, "Ffoniwch 999 nawr.", "number-in-text"),
        ("Mewn perygl nawr", "Mewn perygl? 999", "number-in-text"),
        ("options: {more: Ateb eto}", "options: {mroe: Ateb eto}", "other-words"),
        ("says: Pa rai sy'n wir?", "says: [Pa rai, sy'n wir?]", "other-words"),
        ("typed: {now: [ydw]}", "typed: {nwo: [ydw]}", "other-words"),
        ("Pwyswch 2 am y Gymraeg.", "Pwyswch 3 am y Gymraeg.", "other-words"),
        ("Yn agor {when}.", "Yn agor wedyn.", "other-words"),
        ("language: cy", "language: ur", "other-language"),
        ("name: Cymraeg", "name: Cymraeg {police_999}", "name-on-button"),
        ("Wedi gorffen", "Mae'n obsesiynol", "same-label"),
        ("Mae'n obsesiynol", "Mae'n obsesiynol " * 4, "long-label"),
        ("Gall rhywun siarad â chi.", "Mae'n berygl isel." * 300, "long-screen"),
        ("Gall rhywun siarad â chi.", "Perygl isel.", "never-say"),
        ("dydd Llun, dydd Mawrth, ", "dydd Llun, ", "not-seven-days"),
    ],
)
def test_what_must_not_be_shown_takes_its_language_away(
    tmp_path: Path, right: str, wrong: str, rule: str
) -> None:
    """A mistake in one language blocks, and takes nothing from the others."""
    reading = welsh_with(tmp_path, right, wrong)

    rules = {found.rule for found in in_file(reading, "cy.yaml") if found.blocks}
    assert rule in rules
    assert reading.blocked
    assert reading.on_offer == ("en", "ur")
    assert load_flow(tmp_path / "changed").languages == ("en", "ur")


def test_a_missing_step_says_what_to_translate(tmp_path: Path) -> None:
    """A translator sees the English, and the hash to write, without looking it up."""
    start = LINES.index("  which:")
    step = LINES[start : LINES.index("  talk:")]

    reading = welsh_with(tmp_path, step, "")

    found = only(reading, "not-translated")
    assert not found.blocks
    assert "step 'which'" in found.says
    assert "Which of these fit? / They seem fixated / It has happened" in found.says
    assert f"of: {HASHES['steps', 'which']}" in found.cure
    assert LINES.splitlines()[found.at.line - 1] == "steps:"
    assert not reading.blocked
    assert reading.on_offer == ("en", "ur")


@pytest.mark.parametrize("word", ["back", "unclear", "skip_typed"])
def test_missing_words_keep_a_language_from_being_offered(
    tmp_path: Path, word: str
) -> None:
    """A button in English under a Welsh question is no use to whoever needs Welsh."""
    (line,) = (li for li in LINES.splitlines(keepends=True) if f"  {word}:" in li)

    reading = welsh_with(tmp_path, line, "")

    assert f"'{word}'" in only(reading, "not-translated").says
    assert reading.on_offer == ("en", "ur")


def test_an_old_step_shows_in_english_and_says_what_to_write(tmp_path: Path) -> None:
    """When an English sentence changes, nobody is told what it said before."""
    folder = changed(tmp_path, {"flow.yaml": {"Answer again": "Answer once more"}})
    reading = read_folder(folder)

    found = only(reading, "old-translation")
    assert not found.blocks
    assert "step 'talk'" in found.says
    assert "Answer once more" in found.says
    assert "when the words fit again" in found.cure
    assert LINES.splitlines()[found.at.line - 1] == "  talk:"
    assert reading.on_offer == ("en", "cy", "ur")
    welsh = load_flow(folder).flow_in("cy")
    assert welsh.steps["talk"].options[0].label == "Answer once more"
    assert welsh.steps["which"].options[0].label == "Mae'n obsesiynol"


def test_the_hash_that_is_told_is_the_hash_to_write(tmp_path: Path) -> None:
    """Or the translator would be sent round in a circle."""
    folder = changed(tmp_path, {"flow.yaml": {"Answer again": "Answer once more"}})
    found = only(read_folder(folder), "old-translation")
    told = found.cure.removeprefix("Write ").partition(" when")[0]
    words = folder / "cy.yaml"
    words.write_text(LINES.replace(OF_TALK, told), encoding="utf-8")

    assert in_file(read_folder(folder), "cy.yaml") == []


def test_without_a_hash_the_words_count_as_old(tmp_path: Path) -> None:
    """A translator may write first, and be told afterwards what to write beside it."""
    reading = welsh_with(tmp_path, f"    {OF_TALK}\n", "")

    assert OF_TALK in only(reading, "old-translation").cure


@pytest.mark.parametrize("urgent", [OF_CALL_999, OF_DANGER, OF_POLICE])
def test_what_is_urgent_may_not_be_old(tmp_path: Path, urgent: str) -> None:
    """In danger nobody may meet half a screen that they cannot read."""
    reading = welsh_with(tmp_path, urgent, "of: 000000")

    only(reading, "old-translation")
    assert not reading.blocked
    assert reading.on_offer == ("en", "ur")


def test_a_service_that_is_not_urgent_may_stay_in_english(tmp_path: Path) -> None:
    """A new helpline does not take a language away; its block is in English, whole."""
    reading = welsh_with(tmp_path, OF_HELPLINE, "of: 000000")

    only(reading, "old-translation")
    assert reading.on_offer == ("en", "cy", "ur")
    service = load_flow(tmp_path / "changed").flow_in("cy").services["helpline"]
    assert (service.name, service.whom) == ("A helpline", "Anyone who wants to talk.")


def test_what_the_flow_does_not_have_is_told(tmp_path: Path) -> None:
    """A name that is misspelt would else look as if it were only missing."""
    reading = welsh_with(tmp_path, "  talk:\n", "  tlak:\n")

    rules = {found.rule: found for found in in_file(reading, "cy.yaml")}
    assert rules.keys() == {"nothing-to-translate", "not-translated"}
    assert "Did you mean 'talk'?" in rules["nothing-to-translate"].cure


def test_a_flow_without_a_name_for_its_own_language_is_told(tmp_path: Path) -> None:
    """Whoever tapped the wrong button must find the way back to English."""
    folder = changed(tmp_path, {"flow.yaml": {"  language: English\n": ""}})

    found = only(read_folder(folder), "no-language-name")
    assert not found.blocks
    assert "'en'" in found.says


def test_words_to_type_that_mean_danger_are_told(tmp_path: Path) -> None:
    """The sign comes first, whatever the translator meant by the words."""
    reading = welsh_with(tmp_path, "typed: {now: [ydw]}", "typed: {now: [end my life]}")

    assert not only(reading, "typed-is-a-sign").blocks
    assert reading.on_offer == ("en", "cy", "ur")


def test_the_flows_own_language_has_no_file_of_its_own(tmp_path: Path) -> None:
    """Else nobody would know which of two English texts people read."""
    folder = changed(tmp_path, {"cy.yaml": {"language: cy": "language: en"}})
    (folder / "cy.yaml").rename(folder / "en.yaml")

    reading = read_folder(folder)

    assert "own-language" in [found.rule for found in in_file(reading, "en.yaml")]
    assert reading.on_offer == ("en", "ur")


def test_an_option_may_not_take_the_name_of_a_language_button(tmp_path: Path) -> None:
    """One tap would mean two things."""
    folder = changed(tmp_path, {"flow.yaml": {"{more: Answer": "{language_x: Answer"}})

    rules = [found.rule for found in in_file(read_folder(folder), "flow.yaml")]
    assert "reserved-name" in rules


def test_a_language_button_must_fit_into_what_telegram_carries(tmp_path: Path) -> None:
    """A button that Telegram refuses takes the whole first screen with it."""
    folder = changed(tmp_path, {"flow.yaml": {}})
    name = "welcome_" + "x" * 42
    for file in ("flow.yaml", "cy.yaml", "ur.yaml"):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace("welcome", name), encoding="utf-8")

    reading = read_folder(folder)

    assert [found.rule for found in reading.findings if found.blocks] == [
        "long-name"
    ] * 2
    assert reading.on_offer == ("en",)
