"""The lines that a finding shows, fed to what stands behind `waymark chat --json`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.json_lines import JsonLines
from bot.core.counting.questions import without_counting
from bot.core.engine.conversation import Event
from bot.core.engine.machine import FlowMachine
from bot.core.flow import Flow
from bot.core.hours import LONDON
from bot.core.person import PersonKey
from bot.frontdesk import FrontDesk
from bot.reply import Reply
from bot.stores.memory import MemoryStore

COMMAND = "waymark chat --json"
ANY_TIME = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def replayed(flow: Flow, shown_by: Sequence[str]) -> list[dict[str, Any]]:
    """Return the answer to each line that a finding shows, after its command."""
    command, *lines = shown_by
    assert command.startswith(COMMAND)
    at = command.partition(" --at ")[2]
    now = datetime.fromisoformat(at).replace(tzinfo=LONDON) if at else ANY_TIME
    desk = FrontDesk(
        FlowMachine(without_counting(flow)),  # as the command does, unless it is on
        MemoryStore(lambda: now, timedelta(hours=1)),
        lambda: now,
    )
    with asyncio.Runner() as runner:

        def receive(event: Event) -> Reply:
            return runner.run(desk.receive(PersonKey(b"a reader"), event))

        answers = JsonLines(flow).answers((line.encode() for line in lines), receive)
        return [json.loads(answer) for answer in answers]


def last_screen(flow: Flow, shown_by: Sequence[str]) -> dict[str, Any]:
    """Return the screen at which a finding's lines end. Each of them must be taken."""
    screens = replayed(flow, shown_by)
    refused = [each for each in screens if "error" in each]
    assert not refused, f"{refused} of {shown_by}"
    return screens[-1]
