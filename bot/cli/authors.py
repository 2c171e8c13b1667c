"""What an author types: check, draw, preview, schema."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.files import writing
from bot.cli.setting_up import FOLDER, settings_in_force

if TYPE_CHECKING:
    from bot.core.checker.mutate import Verdict
    from bot.core.checker.walk import Effort
    from bot.library import Reading

BLOCKED, UNREADABLE = 1, 2  # exit codes of `check`

# A file of which nothing could be read at all; other findings leave the rest readable.
_NOT_READ = frozenset({"cannot-read", "not-yaml", "too-large", "empty-file"})


@click.command()
@click.argument("folder", metavar="[DIR]", type=FOLDER, required=False)
@click.option("--json", "in_json", is_flag=True, help="Findings as JSON.")
@click.option(
    "--mutate", is_flag=True, help="Put faults in, and see whether anything notices."
)
@click.option("--against", type=FOLDER, help="The folder of the version before.")
def check(
    folder: Path | None, *, in_json: bool, mutate: bool, against: Path | None
) -> None:
    """Say what to mend, and prove the promises.

    Exit code 0: fit to publish; 1: something blocks; 2: a file cannot be read.
    """
    from bot.cli.findings import as_json, report, report_verdicts
    from bot.cli.recognition import learn_if_changed
    from bot.library import load_unproved, read_folder
    from bot.proved import fingerprint, remember

    folder = folder or settings_in_force().flow
    learnt = learn_if_changed(folder)
    old = load_unproved(against).flow if against else None
    with _effort() as effort:
        digest = fingerprint(folder)
        reading = read_folder(folder, effort=effort, old=old)
    if not reading.blocked:
        remember(folder, digest, reading.on_offer[1:])
    verdicts = _verdicts(reading) if mutate and not reading.blocked else []
    if in_json:
        click.echo(as_json(reading, verdicts))
    else:
        for line in report(folder, reading):
            click.echo(line)
        if verdicts:
            for line in report_verdicts(verdicts):
                click.echo(line)
    if any(found.blocks and found.rule in _NOT_READ for found in reading.findings):
        sys.exit(UNREADABLE)
    survived = any(verdict.fate == "survived" for verdict in verdicts)
    sys.exit(0 if learnt and not reading.blocked and not survived else BLOCKED)


@click.command()
@click.argument("folder", metavar="[DIR]", type=FOLDER, required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["mermaid", "svg", "png"]),
    default="mermaid",
    show_default=True,
)
@click.option("-o", "--output", type=FOLDER, help="A file; else it is printed.")
def draw(folder: Path | None, form: str, output: Path | None) -> None:
    """Draw a flow: its questions, outcomes, and ways."""
    from bot.core.mermaid import mermaid
    from bot.library import load_unproved
    from bot.operations.drawing import png, svg

    flow = load_unproved(folder or settings_in_force().flow).flow
    if form == "png":
        drawn = png(flow)
    else:
        drawn = (svg if form == "svg" else mermaid)(flow).encode()
    if output:
        with writing(output):
            output.write_bytes(drawn)
    else:
        sys.stdout.buffer.write(drawn)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8090,
    show_default=True,
    help="Where to listen on this computer; 0 picks a free one.",
)
def preview(port: int) -> None:
    """Work on a flow in a browser: try it out, see it drawn and checked as you save.

    Only this computer can open the page. Ctrl-C ends it.
    """
    import asyncio

    from bot.bootstrap import build_workbench
    from bot.web.serving import serve

    workbench, site = build_workbench(settings_in_force(), port)
    listener = site.listen()
    click.echo(f"Open http://127.0.0.1:{listener.getsockname()[1]} in a browser.")

    async def work() -> None:
        watching = asyncio.create_task(workbench.watch())
        await serve(listener, site.routes, asyncio.Event())
        watching.cancel()

    with suppress(KeyboardInterrupt):
        asyncio.run(work())


@click.command()
@click.argument("folder", metavar="[DIR]", type=FOLDER, required=False)
def schema(folder: Path | None) -> None:
    """Write JSON Schema files, for editors.

    They go into DIR, or `schemas` beside the flow's folder when none is given.
    """
    from bot.core.language.schema import schema_files

    folder = folder or settings_in_force().flow.parent / "schemas"
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in schema_files().items():
            (folder / name).write_text(text, encoding="utf-8")
            click.echo(folder / name)


@contextmanager
def _effort() -> Iterator[Effort]:
    """Show a bar while a large flow is walked; a small one is done before it shows."""
    from rich.console import Console
    from rich.progress import Progress

    from bot.core.checker.walk import Effort

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("configurations", total=None, visible=False)

        def walked(done: int, waiting: int) -> None:
            bar.update(task, completed=done, total=done + waiting, visible=True)

        yield Effort(progress=walked)


def _verdicts(reading: Reading) -> list[Verdict]:
    """Try every mutant, with a bar: each is a whole proof."""
    from rich.console import Console
    from rich.progress import track

    from bot.core.checker.mutate import count_mutants, try_mutants

    if reading.flow is None or reading.intent is None:
        return []
    verdicts: Iterable[Verdict] = try_mutants(reading.flow, reading.intent)
    total = count_mutants(reading.flow)
    bar = Console(stderr=True)
    return list(track(verdicts, "mutants", total=total, console=bar, transient=True))
