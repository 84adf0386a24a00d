"""Measure in Chromium how long a page takes to open and to be filtered, as JSON: seconds of its main thread.

    python benchmarks/browsing.py page.html

Other work on the machine does not count for opening; filtering is the median of five.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from runner import CHROMIUM

FILTERED = """() => [...document.querySelectorAll('.option input')].slice(0, 5).map((box) => {
    const begun = performance.now();
    box.click();
    document.body.offsetHeight;
    return performance.now() - begun;
})"""


def main() -> None:
    """Open the page, tick five filters, and print what that took."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=0)
        page = browser.new_page()
        page.set_default_timeout(0)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(Path(sys.argv[1]).resolve().as_uri())
        measured = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        filtered = sorted(page.evaluate(FILTERED))[2] / 1000
        browser.close()
    print(json.dumps({"opening": measured["TaskDuration"], "filtering": filtered}))


if __name__ == "__main__":
    main()
