"""What an operator can count: how the bot is doing, and nothing of anybody."""

from __future__ import annotations

import re
from pathlib import Path

from tests.process import running
from tests.telegram.stand_in import Telegram

SAID = "SENTINEL-91 behind the shed"
CHAT = 7_123_456_789
# Every label there is, and all that it may say: what stands in the code.
LABELS = {
    "shown": r"question|notice|outcome|again|left|nothing|emergency",
    "method": r"[a-zA-Z]+",
    "result": r"ok|flood|refused|broken|lost",
    "status": r"\d\d\d",
    "where": r"bot\.[a-z_.]+",
    "kind": r"[A-Za-z]+",
    "le": r"[\d.]+|\+Inf",
}
LINE = re.compile(r"([a-z_]+)(?:\{(.*)\})? ([-+\d.eE]+|NaN)")


async def test_no_line_tells_anything_of_a_conversation(tmp_path: Path) -> None:
    """Whoever reads the numbers learns that someone was answered, not who or what."""
    async with (
        Telegram() as telegram,
        running(tmp_path, telegram.base, telegram.token) as process,
    ):
        person = telegram.person(
            id=CHAT, first_name="Sentinella", username="sentinel_name"
        )
        await person.starts("SENTINEL")
        for option in ("not_now", "fixated", "done"):
            await person.taps(option)
        await person.types(SAID)
        await person.taps("leave", waits=False)
        await telegram.until(lambda: not telegram.updates.pending)
        page = (await process.page("/metrics")).text
        ready = (await process.page("/ready")).status_code

    traces = (SAID, "SENTINEL", "sentinel", str(CHAT), telegram.token.split(":")[1])
    steps = ("not_now", "fixated", "which", "welcome", "talk", "danger", "helpline")
    for trace in (*traces, *steps):
        assert trace not in page
    for line in page.splitlines():
        if not line.startswith("#"):
            _looks_at(line)
    assert 'waymark_turns_total{shown="question"}' in page
    assert 'waymark_turns_total{shown="outcome"}' in page
    assert 'waymark_telegram_calls_total{method="sendMessage",result="ok"}' in page
    assert "waymark_flow_fit 1.0" in page
    assert "waymark_store_keeps 1.0" in page
    assert f"waymark_ready {float(ready == 200)}" in page


def _looks_at(line: str) -> None:
    found = LINE.fullmatch(line)
    assert found, line
    assert found[1].startswith(("waymark_", "process_")), line
    for label in filter(None, (found[2] or "").split(",")):
        name, _, value = label.partition("=")
        assert re.fullmatch(LABELS[name], value.strip('"')), line
