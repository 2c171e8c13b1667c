"""A file of words in another language is read as it was written."""

import pytest

from bot.core.finding import Findings
from bot.core.language.words_file import read_words
from bot.core.translation import Translation

FILE = """\
language: {language}
name: A language
steps:
  welcome: {{of: 8c1d4e, says: [One., "Two {{police_999}}."], options: {{no: Na}}}}
"""


def read(text: str, language: str) -> tuple[Translation | None, list[str]]:
    """Read a file of words; return the rules of what is found, too."""
    findings = Findings()
    translation = read_words(text, f"{language}.yaml", language, findings)
    return translation, [found.rule for found in findings]


def test_every_scalar_is_text() -> None:
    """The option `no` keeps its name, as in the flow."""
    translation, found = read(FILE.format(language="cy"), "cy")

    assert translation is not None
    assert found == []
    entry = translation.entries["steps", "welcome"]
    assert entry.of == "8c1d4e"
    assert entry.texts == ("One.", "Two {police_999}.", "Na")
    assert (entry.at.line, entry.at.column) == (4, 3)


@pytest.mark.parametrize(
    ("language", "marked", "direction"),
    [
        ("cy", "", "ltr"),
        *((language, "", "rtl") for language in ("ar", "fa", "he", "ps", "ur")),
        ("pa", "", "ltr"),
        ("pa_pk", "direction: rtl\n", "rtl"),
        ("ur", "direction: ltr\n", "ltr"),
    ],
)
def test_the_direction_is_known_or_said(
    language: str, marked: str, direction: str
) -> None:
    """Panjabi is written in two scripts, so its file must say which way it runs."""
    translation, found = read(FILE.format(language=language) + marked, language)

    assert translation is not None
    assert found == []
    assert translation.direction == direction


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty-file"),
        ("language: cy", "missing-key"),
        ("language: [cy", "not-yaml"),
        (FILE.format(language="ur"), "other-language"),
        (FILE.format(language="cy") + "stpes: {}\n", "unknown-key"),
        (FILE.format(language="cy") + "words: {back: Yn ôl}\n", "wrong-shape"),
        (FILE.format(language="cy") + "direction: right\n", "unknown-value"),
    ],
)
def test_a_mistake_of_shape_is_found(text: str, rule: str) -> None:
    """A translator is told what is wrong, as any author is."""
    _, found = read(text, "cy")

    assert found == [rule]
