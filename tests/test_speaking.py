"""`waymark chat` and `waymark check` with a flow in several languages."""

import json
from pathlib import Path

import pytest

from bot.library import load_flow
from tests.command import talk, waymark
from tests.languages import IN_LANGUAGES, changed

FLOW = ("--flow", str(IN_LANGUAGES))
START = {"start": True}


def test_a_conversation_is_held_in_the_language_that_is_asked_for() -> None:
    """A translator reads their own words as people will."""
    first, second = talk([START, {"tap": "not_now"}], *FLOW, "--language", "cy")

    assert first["text"].startswith("Mewn perygl? Ffoniwch 999.")
    assert second["text"] == "Pa rai sy'n wir?"


def test_a_language_is_tapped_as_anything_else() -> None:
    """The JSON has the same form in every language, and for this button, too."""
    english, urdu, again = talk([START, {"tap": "language_ur"}, START], *FLOW)

    assert {"id": "language_ur", "label": "اردو"} in english["options"]
    assert urdu["text"].startswith("خطرے میں ہیں؟ \u2068999\u2069")
    assert urdu.keys() == english.keys()
    assert urdu["services"] == english["services"]
    assert urdu["facts"] == english["facts"] == {}
    assert again == english  # a start shows the same, whatever was chosen before


def test_a_tap_on_a_language_is_refused_where_no_button_is() -> None:
    """A script is told so, and what it could tap instead."""
    lines = [START, {"tap": "not_now"}, {"tap": "language_cy"}, {"tap": "fixated"}]
    *_, question, refused, ticked = talk(lines, *FLOW)

    assert "not offered" in refused["error"]
    assert "fixated" in refused["error"]
    assert ticked["text"] == question["text"]  # the same question, in the same words


def test_the_terminal_talks_in_the_language_too() -> None:
    """The same words, whichever way they are shown."""
    ran = waymark("chat", *FLOW, "--language", "cy", typed="not_now\n")

    assert "Ffoniwch 999." in ran.stdout
    assert "Pa rai sy'n wir?" in ran.stdout


def test_a_language_that_nobody_wrote_is_refused_with_those_there_are() -> None:
    """A typing error is seen at once."""
    ran = waymark("chat", *FLOW, "--language", "de")

    assert ran.returncode == 2
    assert "en, cy, ur" in ran.stderr


@pytest.mark.parametrize(
    "edit",
    [
        {"  back: {of: 76900f, say: Yn ôl}\n": ""},
        {"Ffoniwch {police_999} nawr": "Ffoniwch {numbre} nawr"},
        {"Ffoniwch {police_999} nawr": "Ffoniwch {police_999 nawr"},
        {"language: cy": "language: [cy"},
    ],
)
def test_r06_a_faulty_file_of_words_shows_english(
    tmp_path: Path, edit: dict[str, str]
) -> None:
    """Never the name of a key, never a crash, and never less than the flow (R06)."""
    folder = changed(tmp_path, {"cy.yaml": edit})
    flow = ("--flow", str(folder), "--language", "cy")
    first, danger = talk([START, {"interrupt": "danger"}], *flow)

    assert first["text"].startswith("In danger? Call 999.")
    assert danger["text"].startswith("Call 999 now")
    assert "language_cy" not in [option["id"] for option in first["options"]]
    assert "language_ur" in [option["id"] for option in first["options"]]
    ran = waymark("chat", "--json", *flow, typed="")
    assert "cy is not on offer" in ran.stderr


def test_the_check_tells_what_is_on_offer_and_what_is_missing(tmp_path: Path) -> None:
    """The translator's list of work, by line, and nothing that holds the flow up."""
    ran = waymark("check", str(IN_LANGUAGES))
    assert ran.returncode == 0
    assert "languages on offer: en, cy, ur" in ran.stdout

    edit = {"  back: {of: 76900f, say: Yn ôl}\n": ""}
    folder = changed(tmp_path, {"cy.yaml": edit})
    ran = waymark("check", str(folder), "--json")
    assert ran.returncode == 0
    told = json.loads(ran.stdout)
    assert told["summary"]["languages"] == ["en", "ur"]
    (found,) = (each for each in told["findings"] if each["rule"] == "not-translated")
    assert (Path(found["file"]).name, found["line"], found["blocks"]) == (
        "cy.yaml",
        6,
        False,
    )
    assert "76900f" in found["cure"]


def test_a_new_language_is_on_offer_as_soon_as_its_file_is_there(
    tmp_path: Path,
) -> None:
    """An operator adds a file and changes nothing else."""
    folder = changed(tmp_path, {})
    written = (folder / "cy.yaml").read_text(encoding="utf-8")
    (folder / "cy_gb.yaml").write_text(
        written.replace("language: cy", "language: cy_gb"), encoding="utf-8"
    )
    (folder / "notes.yaml").write_text("no: language", encoding="utf-8")

    assert load_flow(folder).languages == ("en", "cy", "cy_gb", "ur")


def test_a_journey_is_the_same_in_every_language() -> None:
    """What the terminal shows to paste holds no tap on a language."""
    ran = waymark("chat", *FLOW, typed="4\nNac ydw, ddim nawr\n")

    assert "Pa rai sy'n wir?" in ran.stdout
    assert "language" not in ran.stdout.partition("- who:")[2]
