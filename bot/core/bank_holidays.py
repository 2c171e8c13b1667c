"""The bank holidays of each nation of the United Kingdom, from the `holidays` package.

To import that takes a tenth of a second, in which nobody is answered, and eleven
megabytes: it reads those of every country. So whoever knows them already may tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

# By the name that a service has for a nation, what the package calls it.
NATIONS = {
    "england": "ENG",
    "wales": "WLS",
    "scotland": "SCT",
    "northern_ireland": "NIR",
}

_known: dict[tuple[str, int], frozenset[date]] = {}


def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """Return those of one of NATIONS in a year."""
    if (nation, year) not in _known:
        import holidays

        days: Iterable[date] = holidays.country_holidays(
            "GB", subdiv=NATIONS[nation], years=year
        )
        know_bank_holidays(nation, year, days)
    return _known[nation, year]


def know_bank_holidays(nation: str, year: int, days: Iterable[date]) -> None:
    """Have all of them in a year from now on, without the package."""
    _known[nation, year] = frozenset(days)
