"""A number that may be wrong, or a day or an hour that cannot be, is found."""

from collections.abc import Mapping
from datetime import date

import pytest

from bot.core.checker.wording import check_services
from bot.core.finding import Finding, Findings
from tests.core.checker.promised import read_with
from tests.core.seeding import without_mark

TODAY = date(2026, 12, 1)


def services_found(edits: Mapping[str, str], today: date = TODAY) -> list[Finding]:
    """Return what is found about the services of the small flow."""
    flow, texts = read_with(edits)
    findings = Findings()
    check_services(flow.services, today, findings)
    for each in findings:
        assert each.at == without_mark(texts)[1], str(each)
    return list(findings)


def test_services_that_were_checked_lately_are_let_through() -> None:
    """Nothing to do is said by saying nothing."""
    assert services_found({}) == []


def test_a_service_past_its_day_is_found_and_does_not_block() -> None:
    """An old number may be wrong, and a helpline less may be worse."""
    edits = {
        "  listeners:\n": "  »listeners:\n",
        "review_by: 2027-05-22": "review_by: 2026-12-01",
    }
    (finding,) = services_found(edits)

    assert finding.rule == "due-for-review"
    assert not finding.blocks
    assert "'listeners' (Listeners, 0001) is due since 2026-12-01" in finding.says
    assert finding.cure.startswith("Ask for its hours. Then mend in services.yaml")


def test_a_service_without_a_note_says_what_to_look_at() -> None:
    """Whoever mends it need not know how we keep our books."""
    edits = {
        "  helpline:\n": "  »helpline:\n",
        "review_by: 2027-05-23": "review_by: 2026-11-30",
    }
    (finding,) = services_found(edits)

    assert finding.cure.startswith("Read every line of it on its own page.")


@pytest.mark.parametrize(
    ("edits", "rule"),
    [
        ({"checked: 2026-11-23": "checked: 2026-12-02"}, "checked-in-future"),
        ({"review_by: 2027-05-23": "review_by: 2027-11-30"}, "review-too-far"),
        (
            {"  checked: 2026-11-23": "  how: Call.\n    checked: 2027-06-01"},
            "checked-in-future review-too-far",
        ),
    ],
)
def test_days_that_cannot_be_are_found(edits: dict[str, str], rule: str) -> None:
    """A typing slip in a year would keep a stale number for ten."""
    found_there = services_found({**edits, "  helpline:\n": "  »helpline:\n"})

    assert [each.rule for each in found_there] == rule.split()
    assert all(each.blocks for each in found_there)


@pytest.mark.parametrize(
    "how",
    [
        "Open 9am to 5pm.",
        "Call from 09:30.",
        "Call on weekdays.",
        "Call Monday to Friday.",
        "Someone answers 24/7.",
        "Call day and night.",
    ],
)
def test_hours_that_nobody_has_proved_are_found(how: str) -> None:
    """Someone who rings a line that is closed may not ring again."""
    edits = {
        "  listeners:\n": "  »listeners:\n",
        "review: Ask for its hours.": f'how: "{how}"',
    }
    (finding,) = services_found(edits)

    assert finding.rule == "unproved-hours"
    assert finding.blocks
    assert "under `open`" in finding.cure


@pytest.mark.parametrize(
    "how", ["No answer in 3 minutes? Send it again.", "From age 13.", "Choose 2."]
)
def test_what_is_no_opening_time_is_let_through(how: str) -> None:
    """Minutes, ages and menus are not hours."""
    assert services_found({"review: Ask for its hours.": f'how: "{how}"'}) == []


def test_proved_hours_may_be_told_in_words() -> None:
    """What `open` proves may be said."""
    edits = {
        "checked: 2026-11-23": "checked: 2026-11-23\n    how: Weekdays and Sunday."
    }

    assert services_found(edits) == []


def test_a_day_that_cannot_be_read_is_found_once() -> None:
    """The reader has found it already."""
    assert services_found({"checked: 2026-11-23": "checked: soon"}) == []
