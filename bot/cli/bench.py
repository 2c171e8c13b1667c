"""What a developer types to see how fast this build is: bench."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click


@click.command()
@click.option(
    "--rounds",
    type=click.IntRange(1, 100),
    default=5,
    show_default=True,
    help="How often all are measured, in turns.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 600),
    default=3.0,
    show_default=True,
    help="How long each is measured, each time.",
)
@click.option(
    "--way",
    "chosen",
    multiple=True,
    type=click.Choice(["saturated", "far", "single"]),
    help="Only this one; may be given more than once.",
)
@click.option(
    "--inside",
    is_flag=True,
    help="Instead, what a turn costs without Telegram, by how many people there are.",
)
@click.option("--json", "as_json", is_flag=True, help="Every figure, a line each.")
def bench(
    *,
    rounds: int,
    seconds: float,
    chosen: tuple[str, ...],
    inside: bool,
    as_json: bool,
) -> None:
    """Measure this build beside what people would use instead.

    Waymark keeps every turn, encrypted, before it answers. ConversationHandler, from
    python-telegram-bot, and a bare aiohttp client keep nothing. All talk to a stand-in
    for Telegram on this computer. Compare ratios, and nothing of different runs.
    """
    if inside:
        _tell_inside()
    else:
        _tell_side_by_side(rounds, seconds, chosen, as_json=as_json)


def _tell_side_by_side(
    rounds: int, seconds: float, chosen: tuple[str, ...], *, as_json: bool
) -> None:
    import asyncio

    import uvloop

    from bot.bench.measure import WAYS, Measured, measured
    from bot.bench.table import lines

    ways = [way for way in WAYS if not chosen or way.name in chosen]

    async def collect(data: Path) -> list[Measured]:
        found: list[Measured] = []
        async for each in measured(ways, rounds, seconds, data):
            bot, way, figures = each
            found.append(each)
            named = {"bot": bot.name, "way": way.name if way else "start"}
            if as_json:
                click.echo(json.dumps(named | asdict(figures)))
            else:
                click.echo(".", nl=False, err=True)
        return found

    with (
        TemporaryDirectory() as data,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        _prove(Path(data))
        found = runner.run(collect(Path(data)))
    if not as_json:
        click.echo(err=True)
        for line in lines(found):
            click.echo(line)


def _prove(data: Path) -> None:
    """Prove the flow, as the first of all starts does, and remember it in `data`."""
    from bot.proved import PROVED, load_flow
    from bot.settings import read_settings

    load_flow(read_settings({}).flow, data / PROVED)


def _tell_inside() -> None:
    import asyncio

    from bot.bench.inside import OPEN, engine_turn, with_open
    from bot.proved import load_flow
    from bot.settings import read_settings

    machine = load_flow(read_settings({}).flow)
    click.echo(f"engine: {engine_turn(machine):.1f} µs a turn, the median")
    click.echo(f"{'open':>8}  {'64 together, CPU µs':>20}  {'alone, ms':>10}")
    for people in OPEN:
        with TemporaryDirectory() as data:
            cost = asyncio.run(with_open(people, machine, Path(data)))
        click.echo(f"{people:>8,}  {cost.together:>20.0f}  {cost.alone:>10.2f}")
