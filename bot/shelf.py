"""The flow in use: a changed file is checked, and swapped in only when it is fit.

The last good flow stays in use while a file is being mended. Where none was ever good,
the built-in one shows 999: a bot that answers with little is better than one that is
silent (threats: a bad edit of the YAML).
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from bot.built_in import built_in_machine
from bot.core.counting.questions import counting_questions
from bot.core.engine.machine import FlowMachine
from bot.core.errors import FlowUnfit
from bot.core.hours import LONDON
from bot.folder import Stamp, stamp
from bot.proved import load_flow

NOBODY_ASKED = (
    "WAYMARK_COUNT is on, but nobody is counted: the flow asks nobody. Add the fact"
    " `may_count: [yes, no]` and a question for it, or turn WAYMARK_COUNT off"
)
DUE = "services due for review before people rely on them: %d; see waymark services"

log = logging.getLogger(__name__)


class Shelf:
    """Reads one folder of flows, and again whenever a file in it has changed."""

    def __init__(
        self, folder: Path, proved: Path | None = None, *, counting: bool = False
    ) -> None:
        """Read it for the first time. `proved`: where to remember what was proved.

        `counting`: with the flow's questions about counting.
        """
        self._counting = counting
        self._folder = folder
        self._proved = proved
        self._stamp: Stamp = ()
        self.machine: FlowMachine = built_in_machine()
        self.has_nothing = True
        self.look()

    def has_changed(self) -> bool:
        """Tell whether a file differs from what was last read, by size and time."""
        return stamp(self._folder) != self._stamp

    def look(self) -> None:
        """Read and check the folder; take the flow into use if it is fit."""
        self._stamp = stamp(self._folder)
        try:
            self.machine = load_flow(
                self._folder, self._proved, counting=self._counting
            )
        except FlowUnfit as error:
            self._tell(error)
            return
        except Exception:  # a fault of our own must not end the looking, either
            log.exception("the flow could not be read; what is in use stays")
            return
        self.has_nothing = False
        flow = self.machine.flow
        log.info("flow '%s', version %s, is in use", flow.id, flow.version)
        today = datetime.now(LONDON).date()
        due = sum(service.is_due(today) for service in flow.services.values())
        if due:
            log.warning(DUE, due)
        if self._counting and not counting_questions(flow):
            log.warning(NOBODY_ASKED)

    def _tell(self, error: FlowUnfit) -> None:
        in_use = (
            "Only 999 is shown." if self.has_nothing else "The last good one stays."
        )
        log.error(
            "%d to mend in the flow, the first at %s %s %s",
            len(error.blocking),
            error.blocking[0],
            in_use,
            error.for_all,
        )
