"""A service as lines of text: the number first, then whose it is, then what it is for.

Opening times are UK time, and only what is proved is said.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.flow import Flow, Reference
from bot.core.hours import Opening
from bot.core.service import Service

NEXT_WEEK = timedelta(days=6)  # beyond it, the name of a day is not enough


def service_block(flow: Flow, service: Service, now: datetime) -> str:
    """Return the lines of one service, each contact on a line of its own."""
    contacts = [
        words(flow, "text_to", contact=contact) if kind == "text" else contact
        for kind, contact in service.contacts.items()
    ]
    lines = [*contacts, service.name, service.whom, service.how]
    lines.append(_hours(flow, service, now))
    return "\n".join(line for line in lines if line)


def words(flow: Flow, name: str, **values: str) -> str:
    """Return standing words with their names in braces filled in."""
    return "".join(
        values[piece.name] if isinstance(piece, Reference) else piece
        for piece in flow.words[name].pieces
    )


def _hours(flow: Flow, service: Service, now: datetime) -> str:
    if service.hours.always:
        return words(flow, "always_open")
    opening = service.hours.at(now)
    if opening is Opening.OPEN:
        return words(flow, "open_now")
    if opening is Opening.UNKNOWN:
        on_the_web = service.contacts.keys() <= {"web", "app", "email"}
        return "" if on_the_web else words(flow, "check_hours")
    opens = service.hours.opens_next(now)
    if opens is None or opens - now > NEXT_WEEK:  # "Friday" would be another Friday
        return words(flow, "closed")
    day = words(flow, "days").split(",")[opens.weekday()].strip()
    return words(flow, "opens", when=words(flow, "at", day=day, time=f"{opens:%H:%M}"))
