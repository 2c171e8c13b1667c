"""A real Chromium without a window, for pages as people see and print them."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, async_playwright

from tests.command import PATIENCE

NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE, NARROW = 800, 320
MILLISECONDS = PATIENCE * 1000


def chromium() -> str:
    """Return the path of Chromium; without it, the test is skipped, or fails in CI."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("Chromium is missing: apt-get install chromium")
    return found or pytest.skip("Chromium is missing: apt-get install chromium")


@asynccontextmanager
async def shown(html: str, width: int) -> AsyncIterator[Page]:
    """Show a page in a window of this width, without any network."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"], timeout=MILLISECONDS
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
