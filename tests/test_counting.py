"""Who is counted, who is not, and what is known of them: through the front desk."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bot.core.engine.conversation import Interrupted, Said, Started
from bot.core.person import PersonKey
from bot.frontdesk import Note
from bot.library import load_unproved
from bot.stores.base import Kept, Record
from tests.counting import (
    ANSWERS,
    DANGER,
    ROUTES,
    STOPS,
    Counted,
    counting_flow,
)
from tests.walk import SHIPPED

LEAVE = Interrupted("leave")


@pytest.fixture
def counted() -> Counted:
    """Give a front desk that counts."""
    return Counted()


@pytest.mark.parametrize("says", ["no", "skip"])
async def test_whoever_does_not_agree_is_not_counted(
    counted: Counted, says: str
) -> None:
    """No is no, and so is no answer."""
    for person in range(12):
        await counted.goes_through(person, says, "wales")

    assert await counted.written() == {}


async def test_consent_can_be_taken_back_until_they_leave(counted: Counted) -> None:
    """Nothing has been counted until then, so nothing has to be taken out."""
    for person in range(12):
        begun = (Started(), "me", "not_now", "yes", "done")
        await counted.does(person, *begun, "back", "back", "no", "done", LEAVE)

    assert await counted.written() == {}


async def test_whatever_is_answered_the_same_is_seen(counted: Counted) -> None:
    """The question is no price for help."""
    seen = []
    for person, says in enumerate(("yes", "no", "skip")):
        replies = [await counted.does(person, Started(), "someone_else", "not_now")]
        replies.append(await counted.does(person, says))
        further = ("done", "done", "done", "scotland", "report", "say", "seen")
        replies += [await counted.does(person, event) for event in further]
        seen.append([reply.screen for reply in replies])

    assert seen[0] == seen[1] == seen[2]


async def test_where_counting_is_off_nobody_is_asked() -> None:
    """One tap less, and no word about numbers."""
    on, off = counting_flow(), load_unproved(SHIPPED)

    assert set(on.flow.steps) - set(off.flow.steps) == {"may_we_count", "was_it_useful"}
    assert not any(
        option.goes_to == "was_it_useful"
        for step in off.flow.steps.values()
        for option in step.options
    )


async def test_danger_comes_before_the_question(counted: Counted) -> None:
    """Nobody in danger is asked anything before they see 999."""
    reply = await counted.does(1, Started(), "me", "now")

    assert reply.screen is not None
    assert reply.screen.step == "call_999"
    typed = await counted.does(2, Started(), DANGER)
    assert typed.screen is not None
    assert typed.screen.step == "call_999"


async def test_danger_that_was_told_is_counted_also_when_it_has_passed(
    counted: Counted,
) -> None:
    """Whoever was in danger is not lost in the figures by being safe again."""
    for person in range(20):
        counted.lot = ANSWERS if person < 10 else ROUTES
        begun = (Started(), "me", "now", "safe_now", "yes", DANGER, "safe_now")
        await counted.does(person, *begun, LEAVE)

    people = await counted.written()

    assert people["answer danger", "now"] == 10
    assert people["danger sign", "typed"] == 10
    assert people["turns", "1 to 5"] == 10


async def test_fewer_than_ten_are_never_written(counted: Counted) -> None:
    """Two copies of the database never differ by so few that one can be seen."""
    for person in range(9):
        await counted.goes_through(person, "yes", "wales")
    assert await counted.written() == {}

    await counted.goes_through(9, "yes", "wales")
    assert (await counted.written())["started", "all"] == 10


async def test_someone_who_begins_again_is_counted_once(counted: Counted) -> None:
    """What is remembered for that is one word, and it goes with their record."""
    for person in range(10):
        for _ in range(3):
            await counted.does(person, Started(), "me", "not_now", "yes", "done")
        await counted.does(person, LEAVE)

    assert (await counted.written())["started", "all"] == 10


async def test_who_is_idle_is_counted_when_they_are_forgotten(
    counted: Counted,
) -> None:
    """Most people just put the phone away."""
    for lot in (ROUTES, STOPS):
        counted.lot = lot
        for person in range(11):
            await counted.does(person, Started(), "me", "not_now", "yes", "done")
        counted.now += timedelta(hours=2)
        await counted.desk.forget_idle()

    people = await counted.written()

    assert people["started", "all"] == 22
    assert people["left quickly", "no"] == 11
    assert people["stopped at", "what_else"] == 11


async def test_who_is_forgotten_is_counted_and_their_messages_taken_out(
    counted: Counted,
) -> None:
    """One clearing up does both, though the channel has changed its notes since."""
    for person in range(10):
        await counted.does(person, Started(), "me", "not_now", "yes", DANGER)
        notes: Note = partial(dict, chat=person)
        await counted.desk.note(PersonKey(b"person %d" % person), notes)
    counted.now += timedelta(hours=2)

    left = await counted.desk.forget_idle()

    assert [notes["chat"] for notes in left] == list(range(10))
    assert (await counted.written())["danger sign", "typed"] == 10
    assert await counted.desk.forget_idle() == ()


async def test_nothing_is_noted_before_they_agree(counted: Counted) -> None:
    """Until then the record is just what the conversation needs."""
    kept: list[Record | None] = []

    def looks(found: Kept) -> tuple[Record | None, None]:
        kept.append(found.record)
        return found.record, None

    await counted.does(1, Started(), "me", "not_now")
    await counted.store.turn(PersonKey(b"person 1"), None, looks)
    await counted.does(1, "yes")
    await counted.store.turn(PersonKey(b"person 1"), None, looks)

    before, after = kept
    assert before is not None
    assert after is not None
    assert "counting" not in before
    assert after["counting"]["turns"] == 1


async def test_no_word_and_no_name_is_ever_in_a_count(counted: Counted) -> None:
    """Only names from the flow, and numbers: whatever people type or are called."""
    marks = ("canary", "424242", "/secret", "Zebedee")
    for person in range(12):
        for words in marks:
            await counted.does(person, Started(), "me", "not_now", "yes", Said(words))
            await counted.does(person, "done", Said(f"{words} is outside"), "safe_now")
        await counted.does(person, Started(), "me", "not_now", "yes", LEAVE)
    await counted.written()

    flow = counted.desk.machine.flow
    values = {value for fact in flow.facts.values() for value in fact.values}
    routes = set(flow.services) | set(flow.steps) | values
    standing = {"all", "none", "yes", "no", "not answered", "typed", "tapped"}
    standing |= {"tapped and typed", "1 to 5", "6 to 10", "11 to 20", "more than 20"}
    cells = await counted.cells()
    assert cells
    assert {cell.value for cell in cells} <= routes | standing
    assert {cell.week for cell in cells} == {"2026-11-23"}
    assert not any(mark in str(cell) for cell in cells for mark in marks)
    assert not any("language" in cell.measure for cell in cells)


async def test_every_value_is_written_also_those_of_nobody(counted: Counted) -> None:
    """Which rows there are must not tell who came."""
    for person in range(10):
        await counted.goes_through(person, "yes", "wales")
    await counted.written()

    nations = {c.value for c in await counted.cells() if c.measure == "answer nation"}
    known = counted.desk.machine.flow.facts["nation"].values
    assert nations == {*known, "not answered"}


async def test_counts_go_when_their_time_is_past_and_not_before(
    counted: Counted,
) -> None:
    """Nothing goes before its time, and everything after."""
    for person in range(10):
        await counted.goes_through(person, "yes", "wales")
    await counted.written()
    week_is_over = counted.now.replace(hour=0) + timedelta(days=7)

    counted.now = week_is_over + timedelta(days=90) - timedelta(seconds=1)
    assert await counted.tally.forget_past(counted.store) == 0
    assert await counted.cells()

    counted.now += timedelta(seconds=1)
    assert await counted.tally.forget_past(counted.store) == 1
    assert await counted.cells() == []
