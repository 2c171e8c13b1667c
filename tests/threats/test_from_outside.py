"""Posts, repeats, old buttons, floods, and slips of our own: row by row."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.bootstrap import build
from bot.core.checker.walk import Effort
from bot.core.errors import SettingsError
from bot.library import read_folder
from bot.settings import read_settings
from bot.shelf import Shelf
from tests.channels.posting import Posted
from tests.channels.running import Desk
from tests.command import ROOT, SMALL_FLOW
from tests.telegram.stand_in import Telegram
from tests.walk import SHIPPED

UNPROVED = Effort(reading_age=False, proof=False)
BELONGINGS = ("Dockerfile", "Makefile", "compose.yaml", "pyproject.toml")


async def test_threat_forged_updates(
    telegram: Telegram, hook: Posted, desk: Desk
) -> None:
    """Without the secret nothing is read, and without one set nothing starts."""
    sam = telegram.person()
    telegram.updates.hold()
    update = await sam.starts(waits=False)
    forged = {"update_id": update, "message": sam.chat[-1].as_json()}
    assert (await hook.post(b"guessed", json=forged)).status_code == 401
    assert await desk.kept(sam.id) is None

    url = {"WAYMARK_WEBHOOK_URL": "https://bot.example/telegram"}
    settings = read_settings(url | {"WAYMARK_TELEGRAM_TOKEN": "1:abc"})
    with pytest.raises(SettingsError, match="WAYMARK_WEBHOOK_SECRET"):
        build(settings)


@pytest.mark.usefixtures("channel")
async def test_threat_replays(telegram: Telegram, desk: Desk) -> None:
    """An update that comes again counts once, also when a later one came before it."""
    sam = telegram.person()
    await sam.starts()
    no = await sam.taps("not_now")
    await sam.taps("fixated")
    assert no is not None
    before = await desk.kept(sam.id)

    telegram.updates.repeat(no)
    await telegram.until(lambda: telegram.ledger.handed(no) == 2)
    await telegram.person().starts()

    after = await desk.kept(sam.id)
    assert before
    assert after
    assert after["conversation"] == before["conversation"]


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize("data", ["2:right_now:now2", "x", "3:which:nowhere", None])
async def test_threat_stale_or_forged_buttons(
    telegram: Telegram, desk: Desk, data: str | None
) -> None:
    """What is not offered shows the screen again; danger works however old it is."""
    sam = telegram.person()
    await sam.starts()
    screen = sam.screen
    await sam.taps("not_now")
    at = await desk.step(sam.id)

    await sam.taps_data(data)
    assert await desk.step(sam.id) == at
    await sam.taps("danger", on_message=screen)
    assert "Call 999" in sam.screen.text


@pytest.mark.usefixtures("channel")
async def test_threat_flooding(telegram: Telegram) -> None:
    """Someone floods: others are answered, and so is danger in the flood itself."""
    flood, sam = telegram.person(), telegram.person()
    for number in range(100):
        await flood.types(f"hello {number}", waits=False)
    await flood.types("he is outside", waits=False)
    await sam.starts()
    assert "call 999" in sam.screen.text

    await telegram.until(lambda: not telegram.updates.pending)
    await telegram.until(lambda: [m.by_bot for m in flood.chat] == [True])
    assert "Call 999 now" in flood.screen.text
    await flood.taps("leave")
    assert flood.chat == []


def test_threat_a_bad_edit_of_the_yaml(tmp_path: Path) -> None:
    """Checked before it is used; the last good flow stays, or else a 999 screen."""
    folder = shutil.copytree(SMALL_FLOW, tmp_path / "flow")
    shelf = Shelf(folder)
    in_use = shelf.machine
    path = folder / "flow.yaml"
    path.write_text(path.read_text().replace("route: helpline", "route: helplin"))

    shelf.look()
    assert shelf.machine is in_use
    assert not shelf.has_nothing

    at_the_start = Shelf(folder)
    assert at_the_start.has_nothing
    first = at_the_start.machine.flow.steps[at_the_start.machine.flow.start]
    assert "police_999" in first.says[0].reaches


def test_threat_a_stale_telephone_number() -> None:
    """Past its day of review a service is told, at every check and every start."""
    flow = read_folder(SHIPPED, date(2026, 11, 24), UNPROVED).flow
    assert flow
    latest = max(service.review_by for service in flow.services.values())

    found = read_folder(SHIPPED, latest + timedelta(days=1), UNPROVED).findings

    due = {each.at.line for each in found if each.rule == "due-for-review"}
    numbers = ("police_999", "police_101", "samaritans", "stalking_helpline")
    assert due >= {flow.services[name].at.line for name in numbers}


def test_threat_a_modified_dependency() -> None:
    """All that is installed has its hash; the container cannot write, nor be root."""
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in BELONGINGS}
    locks = ("requirements.lock", "requirements-dev.lock", "requirements-encoder.lock")
    for lock in locks:
        lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        pinned = [number for number, line in enumerate(lines) if "==" in line]
        assert pinned
        assert all("--hash=sha256:" in lines[number + 1] for number in pinned)
    assert texts["Makefile"].count("--require-hashes") == len(locks)
    assert "--require-hashes" in texts["Dockerfile"]
    assert "USER 10001" in texts["Dockerfile"]
    for line in ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true"):
        assert line in texts["compose.yaml"]
    needed = re.search(
        r"^dependencies = \[(.*?)^\]", texts["pyproject.toml"], re.MULTILINE | re.DOTALL
    )
    assert needed
    assert len(needed[1].strip().splitlines()) <= 21
