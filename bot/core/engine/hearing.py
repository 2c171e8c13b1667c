"""Typed words to what they may mean where someone stands, in the order it is tried.

First the words of a button, then what is said of an emergency, then other words for a
button, then all signs. What is left unclear is asked about, once in a while, and never
answered with "I did not get that" alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.danger.signs import DANGER, EMERGENCIES, UNCLEAR, in_order
from bot.core.engine.conversation import Conversation, Interrupted, Said
from bot.core.engine.machine import FlowMachine
from bot.core.engine.typed import Meant, plain_words
from bot.core.flow import Flow, Interrupt

# Whoever has just answered the safety question is not asked again at every sentence.
ASK_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Listener:
    """Someone who has typed: where they stand, and when.

    `known`: they were shown the screen that they stand at. `now` may be None where time
    does not matter, as in a proof; then the safety question is never too soon.
    """

    machine: FlowMachine
    conversation: Conversation
    now: datetime | None
    known: bool

    def meanings(self, said: Said) -> Iterator[Meant]:
        """Give what typed words may mean, the first to be tried first."""
        typed = self.machine.typed(
            self.conversation.here.step, self.conversation.language
        )
        words = plain_words(said.text)
        label = typed.labels.get(words)
        # With no screen shown there is nothing to answer, but danger and leave are
        # heard. Nor is an edit, or what was written before this screen was shown, an
        # answer to anything; but it may be the only cry for help.
        answers = self.known and not said.edited and not said.stale
        if label and (answers or isinstance(label, Interrupted)):
            yield label
        # "He's gone" answers the 999 card, where the author wrote it, whatever else it
        # is like; but an author cannot make "help" anything but danger.
        if answers and words in typed.others:
            phrases = self.machine.flow.recogniser.said(said.text)
            yield from self._fired(sign for sign in phrases if sign in EMERGENCIES)
            yield typed.others[words]
        signs = signs_in(self.machine.flow, said)
        heard = EMERGENCIES if said.edited else signs
        yield from self._fired(sign for sign in signs if sign in heard)
        if UNCLEAR in signs or (self._at_the_question() and not said.edited):
            yield from self._unclear(said)

    def asks(self, meant: Meant) -> bool:
        """Tell whether this is the safety question."""
        question = waits_for(self.machine.flow, UNCLEAR)
        return question is not None and meant == Interrupted(question.name)

    def _unclear(self, said: Said) -> Iterator[Meant]:
        question = waits_for(self.machine.flow, UNCLEAR)
        if question is None:
            return
        if self._at_the_question() and not said.before:
            # Asked already, and still unclear: nobody in danger is asked twice.
            yield from self._fired([DANGER])
        elif self._at_the_question() or not self._just_asked():
            yield Interrupted(question.name)

    def _at_the_question(self) -> bool:
        question = waits_for(self.machine.flow, UNCLEAR)
        return question is not None and self.conversation.here.step == question.goes_to

    def _fired(self, signs: Iterable[str]) -> Iterator[Interrupted]:
        for sign in signs:
            if sign == UNCLEAR:
                continue
            interrupt = waits_for(self.machine.flow, sign)
            if interrupt is not None:
                yield Interrupted(interrupt.name)

    def _just_asked(self) -> bool:
        asked = self.conversation.asked
        if asked is None or self.now is None:
            return False
        return self.now.timestamp() - asked < ASK_AGAIN_AFTER.total_seconds()


def signs_in(flow: Flow, said: Said) -> tuple[str, ...]:
    """Return the signs in what was typed, and in it together with what came before.

    What came before can only add to it.
    """
    alone = flow.recogniser.signs(said.text)
    if not said.before:
        return alone
    together = flow.recogniser.signs(" ".join((*said.before, said.text)))
    return in_order((*together, *alone))


def waits_for(flow: Flow, sign: str) -> Interrupt | None:
    """Return the first interrupt that waits for a sign, or None."""
    waiting = (each for each in flow.interrupts if sign in each.signs)
    return next(waiting, None)


def keeps_its_card(flow: Flow, step: str, interrupt: Interrupt) -> bool:
    """Tell whether a step is an emergency's card, which no unclear word takes away."""
    if UNCLEAR not in interrupt.signs:
        return False
    cards = (waits_for(flow, sign) for sign in EMERGENCIES)
    return step in {card.goes_to for card in cards if card}
