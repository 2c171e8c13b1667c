"""Danger is heard in every language on offer, and in ten that people may type in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.engine.screen import Moment
from tests.languages import in_languages
from tests.person import Person
from tests.walk import walk


@pytest.mark.parametrize("language", in_languages().languages)
@pytest.mark.parametrize("words", ["he is outside", "HE IS OUTS1DE!!", "999"])
def test_danger_typed_in_any_language_on_offer_shows_999(
    moment: Moment, language: str, words: str
) -> None:
    """Whatever someone reads in, at every step, the number comes first."""
    for visit in walk(in_languages(), 5):
        sam = Person(in_languages(), moment)
        sam.keeps(replace(visit.conversation, language=language))

        sam.types(words)

        assert sam.is_told_to_call == "999"
        assert sam.sees("999")


# in danger, thinking of suicide, wanting to leave.
IN_OTHER_WORDS = {
    "cy": ("mae o tu allan i'r drws", "dwi isio marw", "dileu popeth"),
    "pl": ("on stoi pod drzwiami pomocy", "nie chce juz zyc", "usun wszystko"),
    "ur": ("wo bahar khara hai madad", "main marna chahti hoon", "sab delete karo"),
    "pa": ("oh bahar khara hai bachao", "main marna chaunda haan", "sab mita deo"),
    "bn": ("se dorjar baire ache bachao", "ami more jete chai", "sob muche dao"),
    "ro": ("e la usa mea ajutor", "vreau sa mor", "sterge tot"),
    "ar": ("هو برا الباب ساعدوني", "اريد ان اموت", "احذف كل شي"),
    "pt": ("ele esta na porta socorro", "quero morrer", "apaga tudo"),
    "fr": ("il est devant la porte au secours", "je veux mourir", "efface tout"),
    "es": ("esta fuera de mi casa ayuda", "quiero morir", "borra todo"),
}


@pytest.mark.parametrize("language", IN_OTHER_WORDS)
def test_danger_in_ten_other_languages_is_never_passed_over(
    person: Person, language: str
) -> None:
    """Native or Latin script: 999, its own help, or the question, and always 999."""
    danger, suicide, leave = IN_OTHER_WORDS[language]

    person.starts(at="which_of_four")
    person.types(danger)
    assert person.stands_at in {"call_999", "call_silently", "are_you_safe"}
    person.starts(at="which_of_four")
    person.types(suicide)
    assert person.stands_at in {"stay_alive", "keep_alive", "are_you_safe"}
    assert person.sees("999")
    person.starts(at="which_of_four")
    person.types(leave)
    assert person.has_left or person.stands_at == "are_you_safe"
