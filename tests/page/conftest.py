"""Open pages in Chromium as a reader does, and watch what they say and whom they call."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from without import miss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Korea

BROWSER_MISSING = "needs Debian's package 'chromium'; or set KOREA_TESTS_WITHOUT=chromium"
NODE_MISSING = "needs what 'npm install --prefix tests' installs; or set KOREA_TESTS_WITHOUT=node"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

LONGEST = 120_000  # milliseconds; only what is missing takes so long


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give one browser for all tests."""
    if CHROMIUM is None:
        miss("chromium", BROWSER_MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=0)
        yield started
        started.close()


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Give the folder of what others have written for Node.js."""
    folder = Path(__file__).parents[1] / "node_modules"
    if not all((folder / name).is_dir() for name in ("axe-core", "typescript")):
        miss("node", NODE_MISSING)
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, measured_korea: Korea) -> Callable[..., Path]:
    """Give what makes the page of a command line, once for all tests."""
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def make(*arguments: str) -> Path:
        page = folder / f"{len(list(folder.iterdir()))}.html"
        assert measured_korea(*arguments, "-f", "html", "-o", page).code == 0
        return page

    return make


@pytest.fixture(scope="session")
def answer(unmeasured_korea: Korea) -> Callable[..., list[dict[str, Any]]]:
    """Return what asks for the events and facts that a page shows, once for all tests."""

    @cache
    def ask(*arguments: str) -> list[dict[str, Any]]:
        run = unmeasured_korea(*arguments, "-f", "jsonl")
        assert run.code == 0
        rows = (json.loads(line) for line in run.out.splitlines())
        return [row for row in rows if row["type"] in {"event", "fact"}]

    return ask


class Reader:
    """Someone who opens a page; what it writes to the console and whom it calls is noted."""

    def __init__(self, browser: Browser) -> None:
        """Sit before a browser."""
        self._browser = browser
        self.said: list[str] = []
        self.called: list[str] = []

    def open(self, page: Path, fragment: str = "", **settings: Any) -> Page:  # noqa: ANN401 - as playwright takes them
        """Open a page in a window of its own."""
        context = self._browser.new_context(**settings)
        context.set_default_timeout(LONGEST)
        opened = context.new_page()
        opened.on("console", lambda message: self.said.append(message.text))
        opened.on("pageerror", lambda error: self.said.append(str(error)))
        opened.on("dialog", self._dismiss)
        opened.on("request", lambda request: self.called.append(request.url))
        opened.goto(f"{page.as_uri()}{fragment}")
        return opened

    def _dismiss(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()

    def leave(self) -> None:
        """Close all windows."""
        for context in self._browser.contexts:
            context.close()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """Give a reader; in the end, no page must have said anything nor called anybody."""
    sitting = Reader(browser)
    yield sitting
    sitting.leave()
    assert sitting.said == []
    assert {url.partition(":")[0] for url in sitting.called} <= {"file", "data"}
    assert all(url.partition("#")[0].endswith(".html") for url in sitting.called if url.startswith("file:"))
