"""The author's workbench: the real command, looked at in a real Chromium."""

from __future__ import annotations

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.command import COMMAND, ROOT, SMALL_FLOW, environ, interruptible
from tests.operations.browser import chromium

PATIENCE = 30_000  # milliseconds: a busy machine may take long


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a flow's folder that may be edited."""
    return Path(shutil.copytree(SMALL_FLOW, tmp_path / "flow"))


@asynccontextmanager
async def preview(folder: Path) -> AsyncIterator[str]:
    """Start the command; give the address that it prints. Ctrl-C ends it at once."""
    with interruptible():
        process = await asyncio.create_subprocess_exec(
            *(*COMMAND, "preview", "--port", "0"),
            cwd=ROOT,
            env=environ(WAYMARK_FLOW=str(folder), PYTHONUNBUFFERED="1"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    assert process.stdout
    try:
        said = (await process.stdout.readline()).decode()
        yield said.split()[1]
        process.send_signal(signal.SIGINT)
        _, errors = await process.communicate()
        assert (process.returncode, errors.decode()) == (0, "")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@asynccontextmanager
async def browsed(address: str) -> AsyncIterator[Page]:
    """Open the page, and see it work without one complaint of the browser."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which(chromium()), args=["--no-sandbox"]
        )
        page = await browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda told: complaints.append(told.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(address)
        yield page
        await browser.close()
    assert complaints == []


async def test_an_author_tries_mends_and_sees_it_without_a_word_of_python(
    folder: Path,
) -> None:
    """Tap, type, save a mistake, see where it is, mend it, and stand as before."""
    expect.set_options(timeout=PATIENCE)
    file = folder / "flow.yaml"
    good = file.read_text(encoding="utf-8")
    async with preview(folder) as address, browsed(address) as page:
        screen = page.locator("#screen")
        await page.get_by_role("button", name="No, not right now").click()
        await expect(screen).to_have_text("Which of these fit?")
        await expect(page.locator("#picture .here")).to_have_id("which")

        await page.get_by_label("Type as they would").fill("he is outside")
        await page.get_by_role("button", name="Send").click()
        await expect(screen).to_contain_text("Call 999 now")
        await page.get_by_role("button", name="Back").click()
        await expect(screen).to_have_text("Which of these fit?")

        file.write_text(good.replace("next: talk", "next: nowhere"))
        await expect(page.locator("#verdict")).to_contain_text("Not fit to publish")
        await expect(page.locator("#findings")).to_contain_text("flow.yaml")
        await expect(page.locator("#findings")).to_contain_text("nowhere")
        await expect(screen).to_have_text("Which of these fit?")  # the last one stays

        file.write_text(good.replace("Which of these fit?", "What happens?"))
        await expect(screen).to_have_text("What happens?")
        await expect(page.locator("#verdict")).to_contain_text("Fit to publish")

        await page.get_by_role("button", name="Leave now").click()
        await expect(screen).to_contain_text("They have left")


async def test_a_broken_promise_is_shown_by_walking_to_it(folder: Path) -> None:
    """An author sees with their own eyes who would be failed, and where."""
    expect.set_options(timeout=PATIENCE)
    (folder / "promises.yaml").write_text(
        "- promise: Nobody fixated on is sent there\n  when: {four: fixated}\n"
        "  never_shows: [helpline]\n",
        encoding="utf-8",
    )
    async with preview(folder) as address, browsed(address) as page:
        await page.get_by_role("button", name="Show me").first.click()

        await expect(page.locator("#details")).to_contain_text("helpline")


async def test_only_this_computer_is_answered(folder: Path) -> None:
    """A page of somebody else cannot read an unpublished flow, or take part in it."""
    async with preview(folder) as address, httpx.AsyncClient(base_url=address) as web:
        other_name = await web.get("/state", headers={"Host": "somebody.example"})
        guessed = await web.post("/turn/guessed", content='{"start": true}')
        other_page = await web.post("/begin", headers={"Sec-Fetch-Site": "cross-site"})
        wrong_time = await web.post("/begin?at=soon")
        own = await web.get("/state")

    assert address.startswith("http://127.0.0.1:")
    assert other_name.status_code == 421
    assert "flow" not in other_name.text
    assert other_page.status_code == 403  # fifty of these would close an author's own
    assert "Load it again" in guessed.json()["error"]
    assert "2026-12-25T03:00" in wrong_time.json()["error"]
    assert own.json()["flow"] == "small"
    assert "Access-Control-Allow-Origin" not in own.headers
