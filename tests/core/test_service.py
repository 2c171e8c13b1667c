"""A service is shown to whom it serves, and is due when it must be looked at again."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from bot.core.service import NATIONS, UK
from tests.core.seeding import flow_of, small

SERVICES = flow_of(small()).services
HELPLINE = SERVICES["helpline"]  # England and Wales, to be looked at by 23 May 2027


@pytest.mark.parametrize("nation", NATIONS)
def test_a_service_is_shown_only_where_it_helps(nation: str) -> None:
    """A line that can't help here costs someone a call they had to find courage for."""
    assert HELPLINE.serves(nation) is (nation in {"england", "wales"})
    assert SERVICES["police_999"].serves(nation) is (nation in UK)
    assert SERVICES["listeners"].serves(nation) is (nation in {"scotland", "elsewhere"})


def test_whoever_did_not_say_where_they_are_sees_all_of_the_uk() -> None:
    """Skipping a question takes no help away."""
    assert all(service.serves(None) for service in SERVICES.values())


def test_a_service_abroad_is_not_shown_to_whoever_did_not_say() -> None:
    """It is of use only to those who are there."""
    abroad = replace(HELPLINE, nations=("elsewhere",))

    assert not abroad.serves(None)
    assert abroad.serves("elsewhere")


def test_a_service_is_due_from_its_day_on() -> None:
    """An operator hears of it on the day, not after."""
    assert not HELPLINE.is_due(date(2027, 5, 22))
    assert HELPLINE.is_due(date(2027, 5, 23))
    assert HELPLINE.is_due(date(2027, 5, 24))


def test_the_first_contact_stands_for_the_service() -> None:
    """The author decides which one, by the order in the file."""
    web_first = replace(HELPLINE, contacts={"web": "helpline.example", "call": "0000"})

    assert HELPLINE.main == "0000"
    assert web_first.main == "helpline.example"


def test_a_service_can_not_be_changed_while_the_bot_runs() -> None:
    """One conversation can never alter a number for the next."""
    with pytest.raises(FrozenInstanceError):
        HELPLINE.name = "Another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        HELPLINE.contacts["call"] = "1"  # type: ignore[index]
