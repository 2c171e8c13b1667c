"""What was measured, side by side: the median of all rounds, and the ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median

from bot.bench.contestants import BARE, CONTESTANTS, HANDLER, Contestant
from bot.bench.measure import Figures, Measured, Start, Way

Rounds = dict[tuple[Contestant, Way | None], list[Figures | Start]]


def by_round(measured: Iterable[Measured]) -> Rounds:
    """Return what was measured of each bot in each way, round by round."""
    rounds: Rounds = {}
    for bot, way, figures in measured:
        rounds.setdefault((bot, way), []).append(figures)
    return rounds


def lines(measured: Iterable[Measured]) -> Iterator[str]:
    """Give the lines of the table. A ratio is taken within a round, never across."""
    rounds = by_round(measured)
    for way in dict.fromkeys(way for _, way in rounds if way):
        yield f"\n{way.name}: {way.about}"
        yield _row("", "turns/s", "x handler", "x bare", "p50 ms", "p99 ms", "CPU ms")
        for bot in CONTESTANTS:
            yield _figures(rounds, bot, way)
    yield "\nstart"
    yield _row("", "s to poll", "idle MB")
    for bot in CONTESTANTS:
        starts = [each for each in rounds[bot, None] if isinstance(each, Start)]
        seconds = [each.seconds for each in starts]
        megabytes = [each.megabytes for each in starts]
        yield _row(bot.name, ends(seconds, 2), ends(megabytes, 0))


def _figures(rounds: Rounds, bot: Contestant, way: Way) -> str:
    own = _taken(rounds, bot, way)

    def ratio(other: Contestant) -> str:
        theirs = _taken(rounds, other, way)
        return ends([_ratio(a, b) for a, b in zip(own, theirs, strict=True)], 2)

    def all_of(part: Callable[[Figures], float], places: int) -> str:
        return ends([part(each) for each in own], places)

    return _row(
        bot.name,
        all_of(lambda each: each.rate, 0),
        ratio(HANDLER),
        ratio(BARE),
        all_of(lambda each: each.p50, 2),
        all_of(lambda each: each.p99, 2),
        all_of(lambda each: each.cpu, 2),
    )


def _ratio(one: Figures, other: Figures) -> float:
    return one.rate / other.rate if other.rate else float("nan")


def _taken(rounds: Rounds, bot: Contestant, way: Way) -> list[Figures]:
    return [each for each in rounds[bot, way] if isinstance(each, Figures)]


def ends(values: Sequence[float], places: int) -> str:
    """Write the median, and where there are several values the least and the most."""
    middle, low, high = median(values), min(values), max(values)
    if len(values) == 1:
        return f"{middle:.{places}f}"
    return f"{middle:.{places}f} ({low:.{places}f}-{high:.{places}f})"


def _row(name: str, *cells: str) -> str:
    return f"{name:<20}" + "".join(f"  {cell:>25}" for cell in cells)
