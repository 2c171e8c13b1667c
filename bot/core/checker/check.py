"""All rules over a flow; findings come back in the author's order."""

from __future__ import annotations

from bot.core.checker.limits import check_limits
from bot.core.checker.names import check_names
from bot.core.checker.safety import check_safety
from bot.core.checker.ways import check_ways
from bot.core.finding import Findings
from bot.core.flow import Flow


def check_flow(flow: Flow, findings: Findings) -> None:
    """Add every finding about a flow whose files could be read."""
    check_names(flow, findings)
    check_ways(flow, findings)
    check_safety(flow, findings)
    check_limits(flow, findings)
