"""Which numbers of a week may leave, so that no small one can be worked out.

A measure shares the people of one lot and week out among its values. A value with
fewer than ten is hidden, and so is one with nobody: that nobody came from somewhere is
a small number, too. As the number of people is known, what is hidden adds up to a
number that anyone can work out, so more is hidden until that sum tells of nobody:

- they hold twenty people or more together, so that there are at least two, and
- if all of them were small, none would be forced above nothing by the others.

Then, as far as the numbers tell, each hidden value may be anything from nobody up to
ten and more. Who knows these lines knows which values were hidden besides the small
ones only as far as the order says, in which they are taken: the author's, from the last
value to the first, and never one that comes from the numbers. (The smallest first would
tell: it is never larger than what is shown.) So even they are left with all that "fewer
than ten" can mean.

Everything else that is ever told (totals of many weeks, exports made later) is made of
shown numbers of weeks that are over, which never change: it says nothing new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEWEST = 10  # people; a smaller number never leaves
FEWEST_TOGETHER = 2 * FEWEST  # so that any small one leaves a large one beside it


@dataclass(frozen=True, slots=True)
class Shown:
    """What may leave of a measure: some values, and the others only together.

    `together` is how many people all `hidden` values have, whose number is known too.
    """

    people: Mapping[str, int]
    hidden: int = 0
    together: int = 0

    @property
    def everyone(self) -> int:
        """How many people a measure is of."""
        return sum(self.people.values()) + self.together


def shown_of(people: Mapping[str, int]) -> Shown:
    """Return what may leave of a measure, of which each value has so many people.

    Every value that someone could have must be in `people`, in the author's order.
    There must be ten people or more in all: of fewer, nothing may leave, and that is
    the caller's to see to.
    """
    hidden = [value for value in people if people[value] < FEWEST]
    more = reversed([value for value in people if people[value] >= FEWEST])
    while hidden and not _tells_of_nobody([people[value] for value in hidden]):
        value = next(more, None)
        if value is None:
            break
        hidden.append(value)
    return Shown(
        {value: people[value] for value in people if value not in hidden},
        len(hidden),
        sum(people[value] for value in hidden),
    )


def _tells_of_nobody(hidden: Iterable[int]) -> bool:
    numbers = list(hidden)
    small = FEWEST - 1
    forced = max(numbers) <= small and sum(numbers) > small * (len(numbers) - 1)
    return sum(numbers) >= FEWEST_TOGETHER and not forced
