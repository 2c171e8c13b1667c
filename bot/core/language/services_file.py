"""services.yaml to services: every number and address, once, with where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from types import MappingProxyType
from typing import cast

from bot.core.finding import Findings
from bot.core.hours import DAYS, BankHolidays, Hours, Span
from bot.core.language.fitting import fit
from bot.core.language.grammar import SERVICES_FILE
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Table, Word, texts
from bot.core.service import CONTACTS, UK, Service, YesNo

_DAY_RANGE = re.compile(r"(\w{3})(?:-(\w{3}))?")
_TIME_RANGE = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_BANK_HOLIDAYS = ("closed", "as_usual", "unproved")


def read_services(text: str, file: str, findings: Findings) -> Mapping[str, Service]:
    """Return the services of a file by id; what is wrong becomes findings."""
    root = read_yaml(text, file, findings)
    fitted = fit(root, SERVICES_FILE, "this file", findings) if root else None
    if not isinstance(fitted, Table):
        return MappingProxyType({})
    return MappingProxyType(dict(_services(fitted.table("services"), findings)))


def _services(table: Table, findings: Findings) -> Iterator[tuple[str, Service]]:
    for key, node in table.entries:
        if isinstance(node, Table):
            service = _service(key, node, findings)
            if service is not None:
                yield key.value, service


def _service(key: Word, node: Table, findings: Findings) -> Service | None:
    contacts = {
        word.value: value.value
        for word, value in node.entries
        if word.value in CONTACTS and isinstance(value, Word)
    }
    if not contacts:
        findings.add(
            "no-contact",
            key.at,
            f"service '{key.value}' has no number and no address.",
            f"Add one of: {', '.join(CONTACTS)}.",
        )
        return None
    nations = texts(node.get("nations"))
    nations = UK if nations == ("uk",) else nations
    return Service(
        id=key.value,
        name=node.text("name"),
        contacts=MappingProxyType(contacts),
        how=node.text("how"),
        whom=node.text("for"),
        nations=nations,
        hours=_hours(node, nations, findings),
        anonymous=_proved(node, "anonymous"),
        on_bill=_proved(node, "on_bill"),
        free=_proved(node, "free"),
        source=node.text("source"),
        checked=_day(node, "checked", findings),
        review_by=_day(node, "review_by", findings),
        review=node.text("review"),
        at=key.at,
    )


def _proved(node: Table, key: str) -> YesNo:
    return cast("YesNo", node.text(key) or "unproved")


def _day(node: Table, key: str, findings: Findings) -> date:
    word = node.get(key)
    if isinstance(word, Word):
        try:
            return date.fromisoformat(word.value)
        except ValueError:
            findings.add(
                "not-a-day",
                word.at,
                f"'{word.value}' is not a day.",
                "Write year, month and day: 2026-11-24.",
            )
    return date.min


def _hours(node: Table, nations: tuple[str, ...], findings: Findings) -> Hours:
    table = node.get("open")
    if not isinstance(table, Table):
        return Hours(always=node.text("open") == "always", nations=nations)
    spans: list[Span] = []
    bank_holidays = "unproved"
    for key, value in table.entries:
        if key.value == "bank_holidays" and isinstance(value, Word):
            if value.value in _BANK_HOLIDAYS:
                bank_holidays = value.value
            else:
                _bad_hours(value, findings)
        elif isinstance(value, Word):
            spans.extend(_spans(key, value, findings))
    return Hours(
        spans=tuple(spans),
        bank_holidays=cast("BankHolidays", bank_holidays),
        nations=nations,
    )


def _spans(key: Word, value: Word, findings: Findings) -> Iterator[Span]:
    days = _DAY_RANGE.fullmatch("mon-sun" if key.value == "daily" else key.value)
    times = _TIME_RANGE.fullmatch(value.value)
    if not days or not times or not {days[1], days[2] or days[1]} <= set(DAYS):
        _bad_hours(key if not days else value, findings)
        return
    try:
        since = time(int(times[1]), int(times[2]))
        until = time(int(times[3]) % 24, int(times[4]))
    except ValueError:
        _bad_hours(value, findings)
        return
    first, last = DAYS.index(days[1]), DAYS.index(days[2] or days[1])
    for weekday in range(first, last + 1):
        yield Span(weekday, since, until)


def _bad_hours(word: Word, findings: Findings) -> None:
    findings.add(
        "not-hours",
        word.at,
        f"'{word.value}' can't be read as opening hours.",
        "Write them as {mon-fri: 09:30-16:00, wed: 13:00-16:00, bank_holidays: closed}"
        f" with days from {', '.join(DAYS)} or daily;"
        f" bank_holidays is one of {', '.join(_BANK_HOLIDAYS)}.",
    )
