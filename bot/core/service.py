"""A service: a number or address to turn to, with whom it serves, where and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.core.finding import Position
    from bot.core.hours import Hours

CONTACTS = ("call", "text", "web", "email", "app")
NATIONS = ("england", "wales", "scotland", "northern_ireland", "elsewhere")
UK = NATIONS[:4]

YesNo = Literal["yes", "no", "unproved"]


@dataclass(frozen=True, slots=True)
class Service:
    """One entry of services.yaml. Contacts are in the author's order, main first."""

    id: str
    name: str
    contacts: Mapping[str, str]
    how: str
    whom: str
    nations: tuple[str, ...]
    hours: Hours
    anonymous: YesNo
    on_bill: YesNo
    free: YesNo
    source: str
    checked: date
    review_by: date
    review: str
    at: Position

    @property
    def main(self) -> str:
        """The contact that stands for the service in a text."""
        return next(iter(self.contacts.values()), "")

    def serves(self, nation: str | None) -> bool:
        """Tell whether it helps there. An unknown nation hides nothing of the UK."""
        if nation is None:
            return any(nation in UK for nation in self.nations)
        return nation in self.nations

    def is_due(self, today: date) -> bool:
        """Tell whether a person must look at the live page before relying on it."""
        return today >= self.review_by
