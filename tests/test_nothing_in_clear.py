"""What a thief of the data folder, or a reader of the log, finds: nothing."""

import shutil
import signal
from pathlib import Path

from tests.command import ROOT
from tests.process import running
from tests.telegram.stand_in import Telegram

CHAT = 7_123_456_789
SAID = "SENTINEL-91 blue kettle"
ANSWERS = (
    "not_now",
    "order_broken",
    "which_nation",
    "northern_ireland",
    "police_today",
)
NAMES = ("Sentinella", "sentinel_name")


def traces(token: str) -> list[bytes]:
    """Return all that must be found nowhere, as the bytes that would give it away."""
    texts = (SAID, "SENTINEL", str(CHAT), *NAMES, *ANSWERS, token.split(":")[1])
    numbers = [CHAT.to_bytes(8, order) for order in ("big", "little")]
    return [text.encode() for text in texts] + numbers


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Return what stands in each file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_nothing_is_in_clear_in_any_file_or_log_after_a_conversation(
    tmp_path: Path, proved: Path
) -> None:
    """No chat id, typed word, answer or token: not in the database, WAL, or log."""
    shutil.copy(proved, tmp_path)
    async with (
        Telegram() as telegram,
        running(
            tmp_path,
            telegram.base,
            telegram.token,
            WAYMARK_FLOW=str(ROOT / "flows" / "stalking"),
        ) as process,
    ):
        person = telegram.person(id=CHAT, first_name=NAMES[0], username=NAMES[1])
        await person.starts()
        for option in ("me", "not_now", "repeated", "done", "order_broken", "done"):
            await person.taps(option)
        await person.types(SAID)
        await person.taps("go_on")  # the safety question
        for option in ("northern_ireland", "report"):
            await person.taps(option)
        assert person.sees("Call 101")
        kept = bytes_in(tmp_path)
        process.process.send_signal(signal.SIGKILL)  # so that the WAL is left as it was
        _, log = await process.process.communicate()

    left = bytes_in(tmp_path)
    assert left["waymark.db-wal"]
    for trace in traces(telegram.token):
        assert trace not in log
        for name, data in (*kept.items(), *left.items()):
            assert trace not in data, f"{trace!r} stands in {name}"
