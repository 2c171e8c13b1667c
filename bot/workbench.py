"""A flow that is being worked on: tried out, drawn, and checked anew at every change.

It may break its promises, so nobody but its author meets it: see `waymark preview`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.built_in import built_in_machine
from bot.channels.preview import DeskOf, Preview
from bot.core.errors import FlowUnfit
from bot.core.finding import Finding
from bot.folder import stamp
from bot.library import load_unproved, read_folder
from bot.operations.drawing import svg

LOOK_EVERY_SECONDS = 1.0  # how soon an author sees what they have saved

log = logging.getLogger(__name__)


class Workbench:
    """One folder of a flow, and the conversations that are held with it."""

    def __init__(self, folder: Path, desk_of: DeskOf, *, counting: bool) -> None:
        """Read the folder for the first time.

        `desk_of` makes a front desk for a conversation. `counting`: with the flow's
        questions about counting.
        """
        self._folder = folder
        self._counting = counting
        self._preview = Preview(desk_of)
        self._machine = built_in_machine()
        self._readings = 0
        self._findings: tuple[Finding, ...] = ()
        self._proved = False
        self.answer = self._preview.answer
        self._read()

    def begin(self, at: str) -> dict[str, str]:
        """Begin a conversation with the flow as it is now, at a time; "" for now."""
        return self._preview.open(self._machine, at)

    async def watch(self) -> None:
        """Check the flow, and again whenever it has changed; never ends."""
        while True:
            try:
                await self._check()
            except Exception:  # whatever it is, the next save is looked at again
                log.exception("the flow could not be checked")
            while stamp(self._folder) == self._stamp:  # noqa: ASYNC110 files wake nobody
                await asyncio.sleep(LOOK_EVERY_SECONDS)
            self._read()

    def state(self) -> dict[str, Any]:
        """Return what a page shows beside the conversation.

        `reading` counts how often the folder was read; `proved`: the findings are
        complete, with the promises held against every way; `fit`: nothing blocks.
        """
        return {
            "flow": self._machine.flow.id,
            "version": self._machine.flow.version,
            "reading": self._readings,
            "proved": self._proved,
            "fit": not any(found.blocks for found in self._findings),
            "findings": [_told(found) for found in _blocking_first(self._findings)],
        }

    def picture(self) -> str:
        """Return the flow as SVG; each step's shape bears its name as id."""
        return svg(self._machine.flow)

    def _read(self) -> None:
        """Take the flow into use if it can be walked at all; else the last stays."""
        self._stamp = stamp(self._folder)
        self._readings += 1
        self._proved = False
        try:
            machine = load_unproved(self._folder, counting=self._counting)
        except FlowUnfit as error:
            self._findings = tuple(error.findings)
        else:
            self._findings = ()
            self._machine = machine

    async def _check(self) -> None:
        reading = await asyncio.to_thread(read_folder, self._folder)
        self._findings = reading.findings
        self._proved = True


def _blocking_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda found: not found.blocks)


def _told(found: Finding) -> dict[str, Any]:
    return {
        "place": str(found.at),
        "says": found.says,
        "cure": found.cure,
        "blocks": found.blocks,
        "shown_by": list(found.shown_by),
    }
