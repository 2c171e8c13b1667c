"""Proof that being counted, or asked about it, changes no help: two walks side by side.

One walk is through the flow as it is where counting is on, the other where it is off.
Every answer to every question about counting is tried, and so is none.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime

from bot.core.checker.moves import Move, Way, done, events_of, moves
from bot.core.checker.side_by_side import configurations_of, seen_at
from bot.core.checker.told import told
from bot.core.checker.walk import trimmed
from bot.core.counting.questions import (
    FOR_COUNTING,
    counting_questions,
    without_counting,
)
from bot.core.engine.conversation import Conversation, Started, Tapped
from bot.core.engine.machine import FlowMachine
from bot.core.engine.turn import begin
from bot.core.finding import Finding, Findings
from bot.core.flow import Flow


def prove_uncounted(flow: Flow, moment: datetime, findings: Findings) -> None:
    """Add a finding where a question about counting changes what anyone is shown.

    Where something blocks already, it is left for the next time.
    """
    questions = counting_questions(flow)
    way = None if findings.block or not questions else first_change(flow, moment)
    if way is not None:
        first = min(flow.steps[each].at for each in questions)
        finding = Finding(
            "counting",
            first,
            "whoever is asked about counting is shown something else in the end than"
            " whoever is not.",
            "Let each such question lead to where people are without it. The lines"
            " below show it, with WAYMARK_COUNT=on.",
            shown_by=told(way, moment),
        )
        findings.append(finding)


def first_change(flow: Flow, moment: datetime) -> Way | None:
    """Return a way on which the questions about counting change something, or None.

    None is a proof: at `moment`, on every way, whatever is answered to them, or not,
    every step, answer, word, service, option and tick is as where nobody is asked.
    """
    pairs = _Pairs(flow, moment)
    start = begin(pairs.asked), begin(pairs.plain)
    waiting: deque[tuple[Conversation, Conversation, Way]] = deque()
    waiting.append((*start, (Started(),)))
    seen = {pairs.number(*start)}
    while waiting:
        left, right, way = waiting.popleft()
        if not pairs.same(left, right):
            return way
        for event in moves(pairs.asked, pairs.asked.flow.steps[left.here.step]):
            now, then = pairs.move(left, right, event)
            if (now is None) != (then is None):
                return (*way, *events_of(event))
            if now is None or then is None:
                continue
            number = pairs.number(now, then)
            if number not in seen:
                seen.add(number)
                waiting.append((trimmed(now), trimmed(then), (*way, *events_of(event))))
    return None


class _Pairs:
    """One person twice: where they are asked about counting, and where they are not."""

    def __init__(self, flow: Flow, moment: datetime) -> None:
        plain = without_counting(flow)
        self.asked, self.plain = FlowMachine(flow), FlowMachine(plain)
        self._moment = moment
        self._questions = counting_questions(flow)
        self._kept = configurations_of(flow), configurations_of(plain)

    def number(self, left: Conversation, right: Conversation) -> tuple[int, int]:
        asked, plain = self._kept
        return asked.number(left.here), plain.number(right.here)

    def move(
        self, left: Conversation, right: Conversation, event: Move
    ) -> tuple[Conversation | None, Conversation | None]:
        """Let both do the same; where it is about counting, the right one waits."""
        now = done(self.asked, left, event).conversation
        if self._is_for_counting(left, event):
            return now, right
        return now, done(self.plain, right, event).conversation

    def same(self, left: Conversation, right: Conversation) -> bool:
        """Tell whether both see the same, questions about counting left out."""
        if left.here.step in self._questions:
            return True  # the right one waits where the left one must come to
        step, *shown, options, ticked = seen_at(self.asked, left, self._moment)
        theirs = tuple(each for each in options if not self._leads_away(left, each[0]))
        answers = {
            fact: answer
            for fact, answer in left.here.facts.items()
            if fact not in FOR_COUNTING
        }
        plain = (*seen_at(self.plain, right, self._moment), dict(right.here.facts))
        return (step, *shown, theirs, ticked, answers) == plain

    def _is_for_counting(self, left: Conversation, event: Move) -> bool:
        if not isinstance(event, Tapped):
            return False
        asks = left.here.step in self._questions
        return asks or self._leads_away(left, event.option)

    def _leads_away(self, left: Conversation, option_id: str) -> bool:
        option = self.asked.flow.steps[left.here.step].option(option_id)
        return option is not None and option.goes_to in self._questions
