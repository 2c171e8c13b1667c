"""A flow's promises and journeys are put to the test: do they notice a fault?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot.core.checker.mutate import Verdict, count_mutants, try_mutants
from bot.core.engine.machine import FlowMachine
from bot.core.flow import Flow
from bot.core.promise import Intent
from bot.library import read_folder
from tests.command import ROOT
from tests.replay import last_screen, replayed

TODAY = date(2026, 11, 25)
EXAMPLE = ROOT / "flows" / "example"


@cache
def example() -> tuple[Flow, Intent]:
    """Return the example, and all that it is held against."""
    reading = read_folder(EXAMPLE, TODAY)
    assert reading.flow is not None
    assert reading.intent is not None
    return reading.flow, reading.intent
