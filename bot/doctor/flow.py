"""Whether the flow is fit to be published, and its numbers are looked after."""

from __future__ import annotations

from datetime import date

from bot.core.checker.walk import Effort
from bot.core.counting.questions import counting_questions
from bot.core.finding import check_command
from bot.doctor.diagnosis import Diagnosis, State
from bot.library import Reading, read_folder
from bot.operations.directory import entries
from bot.settings import Settings
from bot.shelf import NOBODY_ASKED

PART = "flow"
HARD_OF_HEARING = ("weights-unreadable", "encoder-unreadable")


def examine_flow(settings: Settings) -> Diagnosis:
    """Check the flow and prove its promises, as a start does; takes some seconds."""
    today = date.today()  # noqa: DTZ011 the day where the operator is
    reading = read_folder(settings.flow, today, Effort(reading_age=False))
    blocking = [found for found in reading.findings if found.blocks]
    if reading.flow is None or blocking:
        says = f"{len(blocking)} to mend; {_meanwhile(reading)}"
        notes = (str(blocking[0]), f"All: {check_command(str(settings.flow))}")
        return Diagnosis(PART, State.MEND, says, notes)
    to_do = [str(found) for found in reading.findings if found.rule in HARD_OF_HEARING]
    due = [each for each in entries(reading.flow.services.values(), today) if each.due]
    if due:
        to_do.append(
            f"{len(due)} services are due for review before people rely on them:"
            " waymark services"
        )
    if settings.count and not counting_questions(reading.flow):
        to_do.append(f"{NOBODY_ASKED}.")
    flow, languages = reading.flow, ", ".join(reading.on_offer)
    says = f"'{flow.id}', version {flow.version}, in {languages}"
    return Diagnosis(PART, State.NOTE if to_do else State.FIT, says, tuple(to_do))


def _meanwhile(reading: Reading) -> str:
    """Return what people would be shown if Waymark began with such a flow."""
    if reading.runs:  # a mistake in other words takes that language away, no more
        return f"until then it is offered in {', '.join(reading.on_offer)} alone"
    return "people would be shown 999 and nothing else"
