"""A service as lines of text: the number first, then whose it is, then what it is for.

Opening times are UK time, and only what is proved is said.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.core.flow import Flow, Reference
from bot.core.hours import Opening
from bot.core.service import Service

NEXT_WEEK = timedelta(days=6)  # beyond it, the name of a day is not enough
# Around what has digits, in a language that is read from the right: without these marks
# "0800 555 111" is shown as "111 555 0800" (fault B44).
_APART, _TOGETHER = "\u2068", "\u2069"
_NUMBER = re.compile(r"[+#*]?\d(?:[\d .:/\-]*\d)?")


def isolated(flow: Flow, text: str) -> str:
    """Return a number or an address so that it is shown in the order it is typed."""
    return f"{_APART}{text}{_TOGETHER}" if flow.direction == "rtl" else text


def numbers_isolated(flow: Flow, text: str) -> str:
    """Return a text with each number in it shown in the order it is typed."""
    return _NUMBER.sub(lambda number: isolated(flow, number[0]), text)


def language_name(flow: Flow) -> str:
    """Return what the language of these words is called in itself."""
    return words(flow, "language") if "language" in flow.words else flow.language


def service_block(flow: Flow, service: Service, now: datetime) -> str:
    """Return the lines of one service, each contact on a line of its own."""
    contacts = [
        words(flow, "text_to", contact=isolated(flow, contact))
        if kind == "text"
        else isolated(flow, contact)
        for kind, contact in service.contacts.items()
    ]
    about = (service.name, service.whom, service.how)
    lines = [*contacts, *(numbers_isolated(flow, line) for line in about)]
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
    time = isolated(flow, f"{opens:%H:%M}")
    return words(flow, "opens", when=words(flow, "at", day=day, time=time))
