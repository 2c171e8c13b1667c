"""A flow's promises and journeys are put to the test: would they notice a fault.

That they notice every fault of the example is seen in tests/flows/test_example.py.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.core.checker.mutants import mutants
from bot.core.checker.mutate import Verdict, count_mutants, try_mutants
from bot.core.flow import Flow
from bot.core.promise import Intent
from bot.library import read_folder
from tests.command import ROOT
from tests.replay import last_screen, replayed

TODAY = date(2026, 11, 25)
EXAMPLE = ROOT / "flows" / "example"
RULE = "      - {otherwise: what_seen}\n"


def read(folder: Path) -> tuple[Flow, Intent]:
    """Return a flow without mistakes, and all that it is held against."""
    reading = read_folder(folder, TODAY)
    assert not reading.blocked
    assert reading.flow is not None
    assert reading.intent is not None
    return reading.flow, reading.intent


@cache
def example() -> tuple[Flow, Intent]:
    """Return the example, read once."""
    return read(EXAMPLE)


@cache
def survivors_without(promise: str) -> tuple[Verdict, ...]:
    """Return what nothing notices once the example has lost one of its promises."""
    flow, intent = example()
    left = tuple(each for each in intent.promises if each.says != promise)
    assert len(left) == len(intent.promises) - 1
    verdicts = try_mutants(flow, replace(intent, promises=left))
    return tuple(verdict for verdict in verdicts if verdict.fate == "survived")


@pytest.fixture
def survivors() -> tuple[Verdict, ...]:
    """Give what survives without the promise that speaks of one page."""
    return survivors_without("Whoever listens has a line to ask")


def test_without_its_promise_a_fault_goes_unnoticed(
    survivors: tuple[Verdict, ...],
) -> None:
    """An author sees which sentence in promises.yaml is still to be written."""
    assert [verdict.mutant for verdict in survivors] == [
        "how_to_listen: papyrus is lost"
    ]
    assert {verdict.why for verdict in survivors} == {"no promise or journey notices"}


def test_a_fault_that_goes_unnoticed_can_be_seen(
    survivors: tuple[Verdict, ...],
) -> None:
    """Its lines lead, with the fault and without, to two different screens."""
    flow, _ = example()
    made = {mutant.says: mutant.flow for mutant in mutants(flow)}

    for verdict in survivors:
        sound = last_screen(flow, verdict.shown_by)
        faulty = replayed(made[verdict.mutant], verdict.shown_by)[-1]
        assert "papyrus" in sound["services"]
        assert "papyrus" not in faulty["services"]


def test_every_mutant_is_counted_and_judged() -> None:
    """The bar that an author watches ends where it should, and no fault comes twice."""
    flow, _ = example()
    made = list(mutants(flow))

    assert len(made) == count_mutants(flow)
    assert all(mutant.flow != flow for mutant in made)
    assert len({mutant.says for mutant in made}) == len(made)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """Give the verdicts on an example in which one rule says what holds anyhow."""
    folder = Path(
        shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("flows") / "example")
    )
    path = folder / "flow.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(RULE) == 1
    extra = "      - {when: {danger: not_now}, goes_to: what_seen}\n"
    path.write_text(text.replace(RULE, extra + RULE), encoding="utf-8")
    flow, intent = read(folder)
    return {verdict.mutant: verdict for verdict in try_mutants(flow, intent)}


def test_a_fault_that_changes_nothing_for_anyone_is_called_equivalent(
    verdicts: dict[str, Verdict],
) -> None:
    """Two rules that never hold together may stand in any order."""
    equivalent = {name: v for name, v in verdicts.items() if v.fate == "equivalent"}
    (line,) = {name.split()[4] for name in equivalent if "is lost" in name}

    assert sorted(equivalent) == [
        f"hello: rule of line {int(line) - 1} changes places with the next",
        f"hello: rule of line {line} is lost",
    ]
    assert not any(verdict.shown_by for verdict in equivalent.values())
    assert "the same on every way" in next(iter(equivalent.values())).why


def test_a_fault_that_is_noticed_says_by_what(verdicts: dict[str, Verdict]) -> None:
    """Whoever doubts a promise reads which fault it has caught."""
    killed = verdicts["call_999: route police_999 becomes relay_uk"]

    assert killed.fate == "killed"
    assert "does not lead to an outcome whose route is 'police_999'" in killed.why
    assert killed.shown_by == ()
