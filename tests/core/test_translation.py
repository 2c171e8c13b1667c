"""Another language changes the words of a flow, and nothing else."""

from collections.abc import Hashable
from dataclasses import replace

import pytest

from bot.core.engine.screen import Moment, services_at
from bot.core.engine.turn import decide
from bot.core.finding import Findings
from bot.core.flow import ALWAYS, Flow, Outcome, Part, Question, Reference
from bot.core.language.words_file import read_words
from bot.core.translation import Translation, entries_of, hash_of, translated
from bot.library import read_folder
from tests.languages import IN_LANGUAGES, URDU, WELSH, in_languages
from tests.walk import moves, walk

ENGLISH = in_languages().flow
LANGUAGES = (WELSH, URDU)
TAPS = 5  # further than the longest way through the flow


def bones(flow: Flow) -> Hashable:
    """Return all of a flow that is not words."""
    steps = tuple(
        (
            step.id,
            step.kind,
            tuple((o.id, o.goes_to, tuple(o.sets.items())) for o in step.options),
            tuple((rule.when, rule.goes_to) for rule in step.rules),
            tuple((shown.when, shown.service) for shown in step.also),
            tuple((part.when, named(part)) for part in step.says),
            step.route if isinstance(step, Outcome) else None,
            step.required if isinstance(step, Question) else None,
        )
        for step in flow.steps.values()
    )
    interrupts = tuple(
        (i.name, i.command, i.signs, tuple(i.sets.items()), i.goes_to, i.returns)
        for i in flow.interrupts
    )
    words = tuple((name, named(part)) for name, part in flow.words.items())
    services = tuple(
        (id_, tuple(service.contacts.items()), service.nations, service.hours)
        for id_, service in flow.services.items()
    )
    return flow.start, steps, interrupts, words, services, flow.recogniser


def named(part: Part) -> frozenset[Reference]:
    """Return the names in braces of a text: the numbers that it shows."""
    return frozenset(p for p in part.pieces if isinstance(p, Reference))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_but_words_is_changed(language: str) -> None:
    """What is proved of the flow in English is so proved of it in every language."""
    spoken = in_languages().flow_in(language)

    assert spoken.language == language
    assert bones(spoken) == bones(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_shows_the_same_services_and_leads_to_the_same(
    language: str, moment: Moment
) -> None:
    """Whoever reads Urdu is shown the number that anybody else would be shown."""
    machine = in_languages()
    spoken = machine.flow_in(language)

    for visit in walk(machine, TAPS):
        here = visit.place
        assert services_at(spoken, here, moment) == services_at(ENGLISH, here, moment)
        in_words = replace(visit.conversation, language=language)
        for event in moves(machine, visit.conversation):
            after = decide(machine, in_words, event)
            plain = decide(machine, visit.conversation, event)
            assert after.conversation is not None
            assert replace(after.conversation, language="") == plain.conversation


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_is_translated_is_shown_translated(language: str) -> None:
    """A sentence left in English is one that this person may not understand."""
    spoken = list(entries_of(in_languages().flow_in(language)))

    for own, other in zip(entries_of(ENGLISH), spoken, strict=True):
        if own.name != "at":  # "{day} at {time}" may be the same anywhere
            assert not set(own.texts) & set(other.texts), own.name


def test_a_stale_step_falls_back_whole() -> None:
    """Half a screen in each language would be read by nobody."""
    own = ENGLISH.steps["talk"]
    changed = replace(own.says[0], pieces=("Somebody else can talk with you.",))
    steps = {**ENGLISH.steps, "talk": replace(own, says=(changed, *own.says[1:]))}
    now = replace(ENGLISH, steps=steps)

    spoken = translated(now, welsh())

    assert spoken.steps["talk"] == now.steps["talk"]
    assert spoken.steps["which"] != now.steps["which"]


def test_the_hash_is_of_the_words_and_not_of_how_their_lines_are_broken() -> None:
    """An author who wraps a line differently gives a translator no work."""
    (own,) = (e for e in entries_of(ENGLISH) if e.name == "which" and e.parts)
    broken = Part(("Which of\n  these   fit?",), ALWAYS, own.at)
    other = Part(("Which of these fits?",), ALWAYS, own.at)

    assert hash_of(replace(own, parts=(broken,))) == hash_of(own)
    assert hash_of(replace(own, parts=(other,))) != hash_of(own)
    assert hash_of(replace(own, labels={**own.labels, "fixated": "?"})) != hash_of(own)


def welsh() -> Translation:
    """Return the Welsh file, as it is read."""
    text = (IN_LANGUAGES / "cy.yaml").read_text(encoding="utf-8")
    translation = read_words(text, "cy.yaml", WELSH, Findings())
    assert translation is not None
    return translation


def test_the_files_of_these_tests_hold_no_mistake() -> None:
    """Else a planted one could hide behind it."""
    reading = read_folder(IN_LANGUAGES)

    assert reading.on_offer == ("en", WELSH, URDU)
    assert {found.rule for found in reading.findings} == {"no-file"}
