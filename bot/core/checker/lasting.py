"""Facts that last are set only where the proof looks at what comes of it.

It looks, at every step, at going into an interrupt and coming back (`walk.moves`).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.checker.ways import only_asides
from bot.core.finding import Findings, Position
from bot.core.flow import Flow, Question


def check_lasting(flow: Flow, findings: Findings) -> None:
    """Find facts that last and are set by anything but an interrupt that returns.

    The options of a step to which only such interrupts lead may set them, too.
    """
    for name, at, says in _set_elsewhere(flow):
        if name in flow.lasting:
            findings.add(
                "lasting",
                at,
                f"'{name}' lasts, and {says}.",
                "Set it by an interrupt with `returns: yes`, or by an option of a step"
                " where only such an interrupt leads. Or take it out of `lasting:`.",
            )


def _set_elsewhere(flow: Flow) -> Iterator[tuple[str, Position, str]]:
    asides = only_asides(flow)
    for step in flow.steps.values():
        if isinstance(step, Question):
            yield step.fact.name, step.at, f"question '{step.id}' asks for it"
        for option in step.options if step.id not in asides else ():
            for name in option.sets:
                yield name, option.at, f"option '{option.id}' sets it"
    for interrupt in flow.interrupts:
        for name in interrupt.sets if not interrupt.returns else ():
            yield name, interrupt.at, f"interrupt '{interrupt.name}' does not return"
