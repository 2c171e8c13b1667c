"""Facts that last are set where the proof looks, and it sees what comes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.test_seeded_faults import blocking, planted
from tests.replay import replayed

SET_ELSEWHERE = {
    "question 'which_nation' asks for it": ("lasting: [child]", "lasting: [nation]"),
    "option 'in_uk' sets it": ("in_uk: {", 'in_uk: {set: {child: "no"}, '),
    "interrupt 'restart' does not return": (
        "restart: {command: restart,",
        'restart: {set: {child: "no"}, command: restart,',
    ),
}
IMAGES = "{when: {happened: images%s}, show: revenge_porn_helpline}\n      - samaritans"
FOR_ADULTS, FOR_ALL = IMAGES % ', child: ["no", unknown]', IMAGES % ""


@pytest.mark.parametrize("says", SET_ELSEWHERE)
def test_set_anywhere_else_it_is_found(tmp_path: Path, says: str) -> None:
    """The proof would not see who comes where with it."""
    old, new = SET_ELSEWHERE[says]

    found = blocking(planted(tmp_path, {old: new}))

    assert says in " ".join(each.says for each in found if each.rule == "lasting")


def test_a_name_that_is_no_fact_is_found(tmp_path: Path) -> None:
    """A slip in the list is told where it stands."""
    found = blocking(planted(tmp_path, {"lasting: [child]": "lasting: [chid]"}))

    assert "there is no fact 'chid'" in found[0].says
    assert "'child'" in str(found[0])


def test_an_adults_line_that_a_child_would_see_is_found(tmp_path: Path) -> None:
    """Also where they said it elsewhere and came back; the lines show both moves."""
    reading = planted(tmp_path, {FOR_ADULTS: FOR_ALL})
    assert reading.flow

    (found,) = blocking(reading)

    assert "no line that is for adults only" in found.says
    at = found.shown_by.index('{"interrupt": "child"}')
    assert found.shown_by[at + 1] == '{"tap": "back"}'
    *_, last = replayed(reading.flow, found.shown_by)
    assert "revenge_porn_helpline" in last["services"]
    assert last["facts"]["child"] == "yes"
