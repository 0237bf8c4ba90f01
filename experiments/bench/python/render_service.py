"""The published FrontCoder render service's way in Python: Playwright's async API, one browser, and for each document a
file, a context, a page, a wait for the network to be idle and a full-page PNG. Prints the best rate of some concurrencies, given as multiples of the cores, e.g. 2,4,8.

    python render_service.py FOLDER_OF_HTML BROWSER WIDTH HEIGHT SECONDS CONCURRENCIES
"""

import asyncio
import json
import math
import os
import sys
import time
from pathlib import Path

from playwright.async_api import async_playwright

ARGS = ["--disable-dev-shm-usage", "--no-sandbox", "--disable-setuid-sandbox", "--disable-gpu"]


async def render(browser, file: Path, viewport: dict) -> None:
    context = await browser.new_context(viewport=viewport)
    page = await context.new_page()
    await page.goto(file.as_uri(), wait_until="domcontentloaded", timeout=25_000)
    try:
        await page.wait_for_load_state("networkidle", timeout=25_000)
    except Exception:
        pass
    await page.screenshot(path=str(file.with_suffix(".png")), full_page=True, timeout=25_000)
    await page.close()
    await context.close()


async def rate(browser, files: list[Path], viewport: dict, concurrency: int, seconds: float) -> float:
    """Pages a second, after every file was rendered once."""
    count = 0

    async def run(go_on) -> None:
        async def worker() -> None:
            nonlocal count
            while go_on():
                count += 1
                await render(browser, files[count % len(files)], viewport)

        await asyncio.gather(*(worker() for _ in range(concurrency)))

    await run(lambda: count < len(files))
    count = 0
    started = time.perf_counter()
    await run(lambda: time.perf_counter() - started < seconds)
    return count / (time.perf_counter() - started)


async def main(folder: str, path: str, width: str, height: str, seconds: str, times: str) -> None:
    files = sorted(Path(folder).glob("*.html"))
    viewport = {"width": int(width), "height": int(height)}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGS)
        cores = os.cpu_count() or 1
        tried = [math.ceil(cores * float(factor)) for factor in times.split(",")]
        rates = [await rate(browser, files, viewport, concurrency, float(seconds)) for concurrency in tried]
        await browser.close()
    print(json.dumps({"pagesPerSecond": max(rates)}))


asyncio.run(main(*sys.argv[1:]))
