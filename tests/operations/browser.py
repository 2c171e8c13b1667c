"""A real Chromium without a window, for pages as people see and print them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import pytest
from playwright.async_api import Page, async_playwright

from tests.command import PATIENCE

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "there is no Chromium that starts: apt-get install chromium"
WIDE, NARROW = 800, 320
MILLISECONDS = PATIENCE * 1000


def chromium() -> str:
    """Return the path of Chromium; without it, the test is skipped, or fails in CI."""
    found = next(filter(_starts, NAMES), None)
    if found is None and os.environ.get("CI"):
        pytest.fail(MISSING)
    return found or pytest.skip(MISSING)


@cache
def _starts(name: str) -> bool:
    """Tell whether there is such a browser; some systems have a stub by its name."""
    try:
        ran = subprocess.run([name, "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return ran.returncode == 0


@asynccontextmanager
async def shown(html: str, width: int) -> AsyncIterator[Page]:
    """Show a page in a window of this width, without any network."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which(chromium()),
            args=["--no-sandbox"],
            timeout=MILLISECONDS,
        )
        context = await browser.new_context(
            viewport={"width": width, "height": 900}, offline=True
        )
        context.set_default_timeout(MILLISECONDS)
        page = await context.new_page()
        await page.set_content(html)
        yield page
        await browser.close()


async def screenshot(html: str, width: int) -> bytes:
    """Return the whole page as a PNG."""
    async with shown(html, width) as page:
        return await page.screenshot(full_page=True)
