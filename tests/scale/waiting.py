"""How long people wait for a screen when Telegram's limit for one bot is what binds."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from random import Random

# Telegram's own words, core.telegram.org/bots/faq: about 30 messages a second for a
# bot, and no more than one a second in a chat. Whether edits count is not said there;
# here they do, so that what comes out is the least that can be hoped for.
A_BOT, A_CHAT = 30.0, 1.0


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds from a tap to the moment at which its screen may be sent."""

    median: float
    slowest: float  # of a hundred, all but one are shown sooner


def waits(people: int, reading: float, minutes: float, chance: Random) -> Waits:
    """Let so many people read each screen for `reading` seconds on average, and tap.

    Each turn sends one screen. It goes out when both limits allow.
    """
    apart, ends = 1 / A_BOT, minutes * 60
    taps = [(chance.expovariate(1 / reading), person) for person in range(people)]
    heapq.heapify(taps)
    free, shown, waited = 0.0, [-1 / A_CHAT] * people, []
    while taps[0][0] < ends:
        tapped, person = heapq.heappop(taps)
        at = max(tapped, free, shown[person] + 1 / A_CHAT)
        free, shown[person] = max(tapped, free) + apart, at
        waited.append(at - tapped)
        heapq.heappush(taps, (at + chance.expovariate(1 / reading), person))
    waited.sort()
    return Waits(waited[len(waited) // 2], waited[len(waited) * 99 // 100])
