"""Measure in Chromium how long a page takes to be ready and to answer, as JSON: seconds of its main thread.

    python benchmarks/browsing.py page.html

Ready is when the drawing and the first entries are there. A keystroke in the search, with what is drawn and laid out
after it, is the mean of five, once the page has prepared its words.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from playwright.sync_api import CDPSession, sync_playwright

from runner import CHROMIUM

READY = "document.querySelector('#drawing svg') !== null && document.querySelector('.entry') !== null"
TYPED = "missi"
TYPE = """(text) => {
    const field = document.getElementById('q');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
PREPARED = 3_000  # milliseconds in which a page folds the words of its entries


def main() -> None:
    """Open the page, type a word, and print what that took."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=0)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(0)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(Path(sys.argv[1]).resolve().as_uri())
        while not page.evaluate(READY):
            page.wait_for_timeout(10)
        ready = busy(session)
        page.wait_for_timeout(PREPARED)
        before = busy(session)
        for end in range(1, len(TYPED) + 1):
            page.evaluate(TYPE, TYPED[:end])
        keystroke = (busy(session) - before) / len(TYPED)
        browser.close()
    print(json.dumps({"being ready": ready, "keystroke": keystroke}))


def busy(session: CDPSession) -> float:
    """Return for how many seconds the main thread of the page has worked."""
    measured = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return float(measured["TaskDuration"])


if __name__ == "__main__":
    main()
