"""services.yaml to services: every number and address, once, with where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from types import MappingProxyType
from typing import cast

from bot.core.finding import Findings
from bot.core.hours import DAYS, BankHolidays, Hours, Span
from bot.core.language.contacts import check_contact
from bot.core.language.fitting import fit
from bot.core.language.grammar import SERVICES_FILE
from bot.core.language.lines import read_yaml
from bot.core.language.nodes import Table, Word, texts
from bot.core.service import CONTACTS, UK, Service, YesNo

MIDNIGHT = "24:00"
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME_RANGE = re.compile(f"({_CLOCK})-({_CLOCK}|{MIDNIGHT})")
_BANK_HOLIDAYS = ("closed", "as_usual", "unproved")
_AS = (
    "Write them as {mon-fri: 09:30-16:00, wed: 13:00-16:00, bank_holidays: closed}"
    f" with days from {', '.join(DAYS)} or daily, the earlier day first, and a night as"
    " {mon: 22:00-24:00, tue: 00:00-02:00};"
    f" bank_holidays is one of {', '.join(_BANK_HOLIDAYS)}."
)


def read_services(
    text: str | None, file: str, findings: Findings
) -> Mapping[str, Service]:
    """Return the services of a file by id; what is wrong becomes findings.

    There is never nothing without a finding. `text` is None where the file could not be
    opened.
    """
    root = read_yaml(text, file, findings)
    fitted = fit(root, SERVICES_FILE, "this file", findings) if root else None
    if not isinstance(fitted, Table):
        return MappingProxyType({})
    table = fitted.table("services")
    if not table.entries and not fitted.unfit and not table.unfit:
        findings.add(
            "no-services",
            table.at,
            "this file has no services.",
            "Write at least police_999.",
        )
    return MappingProxyType(dict(_services(table, findings)))


def _services(table: Table, findings: Findings) -> Iterator[tuple[str, Service]]:
    for key, node in table.entries:
        if isinstance(node, Table):
            yield key.value, _service(key, node, findings)


def _service(key: Word, node: Table, findings: Findings) -> Service:
    contacts: dict[str, str] = {}
    for word, value in node.entries:
        if word.value in CONTACTS and isinstance(value, Word):
            contacts[word.value] = value.value
            check_contact(word.value, value, findings)
    if not contacts and node.unfit.isdisjoint(CONTACTS):
        findings.add(
            "no-contact",
            key.at,
            f"service '{key.value}' has no number and no address.",
            f"Add one of: {', '.join(CONTACTS)}.",
        )
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
    if not table.unfit and all(
        key.value == "bank_holidays" for key, _ in table.entries
    ):
        findings.add(
            "not-hours",
            table.at,
            "these opening hours name no day.",
            f"Write `unproved` where nobody knows them. {_AS}",
        )
    return Hours(
        spans=tuple(spans),
        bank_holidays=cast("BankHolidays", bank_holidays),
        nations=nations,
    )


def _spans(key: Word, value: Word, findings: Findings) -> Iterator[Span]:
    days = _days(key.value)
    times = _times(value.value)
    if not days or not times:
        _bad_hours(value if days else key, findings)
        return
    for weekday in days:
        yield Span(weekday, *times)


def _days(written: str) -> range | None:
    """Return the days of `mon-fri`, `wed` or `daily`; None where there are none."""
    first, _, last = written.partition("-")
    if written == "daily":
        return range(len(DAYS))
    if first not in DAYS or (last or first) not in DAYS or written.endswith("-"):
        return None
    return range(DAYS.index(first), DAYS.index(last or first) + 1)


def _times(written: str) -> tuple[time, time] | None:
    """Return the times of `09:30-16:00`; None where nobody could come between them."""
    match = _TIME_RANGE.fullmatch(written)
    if match is None or match[1] >= (MIDNIGHT if match[2] == "00:00" else match[2]):
        return None
    until = "00:00" if match[2] == MIDNIGHT else match[2]
    return time.fromisoformat(match[1]), time.fromisoformat(until)


def _bad_hours(word: Word, findings: Findings) -> None:
    findings.add(
        "not-hours",
        word.at,
        f"'{word.value}' can't be read as opening hours.",
        _AS,
    )
