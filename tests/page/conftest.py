"""Open pages in Chromium as a reader does, and watch what they say and whom they call."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, CDPSession, Dialog, Page, ViewportSize, sync_playwright

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
SPARE = 3  # tabs that are kept; each has a process of its own
SIZE = ViewportSize(width=1280, height=720)  # of a window, where a test says nothing else


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


class Tab:
    """A tab in a window of its own, which can be used again as if it were new."""

    def __init__(self, browser: Browser, settings: dict[str, Any]) -> None:
        """Open a window with some settings."""
        self.settings = settings
        context = browser.new_context(viewport=SIZE, **settings)
        context.set_default_timeout(LONGEST)
        self.page: Page = context.new_page()
        self._session: CDPSession = context.new_cdp_session(self.page)
        self._heard: dict[Any, Callable[..., None]] = {}

    def hear(self, event: str, heard: Callable[..., None]) -> None:
        """Let something hear of an event until the tab is cleared."""
        name: Any = event
        self._heard[name] = heard
        self.page.on(name, heard)

    def clear(self) -> bool:
        """Leave no trace of what was done here, and return whether that is possible."""
        if self.page.is_closed() or len(self.page.context.pages) > 1:
            return False
        self.page.mouse.move(-1, -1)
        self.page.emulate_media(media="null")
        self.page.goto("about:blank")
        self._session.send("Page.resetNavigationHistory")
        for event, heard in self._heard.items():
            self.page.remove_listener(event, heard)
        self._heard.clear()
        return True

    def close(self) -> None:
        """Close its window."""
        self.page.context.close()


class Tabs:
    """Tabs of a browser, used again: to open a window takes three times as long as to open a page in it."""

    def __init__(self, browser: Browser) -> None:
        """Begin with none."""
        self._browser = browser
        self._spare: list[Tab] = []

    def take(self, viewport: ViewportSize = SIZE, **settings: Any) -> Tab:  # noqa: ANN401 - as playwright takes them
        """Give a tab of this size and with these settings that shows nothing."""
        tab = next((each for each in self._spare if each.settings == settings), None)
        if tab:
            self._spare.remove(tab)
        tab = tab or Tab(self._browser, settings)
        tab.page.set_viewport_size(viewport)
        return tab

    def give_back(self, tab: Tab) -> None:
        """Keep a tab for the next test, instead of the one that was not used for longest."""
        if tab.clear():
            self._spare.append(tab)
        else:
            tab.close()
        while len(self._spare) > SPARE:
            self._spare.pop(0).close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """Give the tabs of all tests."""
    return Tabs(browser)


class Reader:
    """Someone who opens a page; what it writes to the console and whom it calls is noted."""

    def __init__(self, tabs: Tabs) -> None:
        """Sit before a browser."""
        self._tabs, self._open = tabs, list[Tab]()
        self.said: list[str] = []
        self.called: list[str] = []

    def open(self, page: Path, fragment: str = "", **settings: Any) -> Page:  # noqa: ANN401 - as playwright takes them
        """Open a page in a window of its own."""
        tab = self._tabs.take(**settings)
        self._open.append(tab)
        tab.hear("console", lambda message: self.said.append(message.text))
        tab.hear("pageerror", lambda error: self.said.append(str(error)))
        tab.hear("dialog", self._dismiss)
        tab.hear("request", lambda request: self.called.append(request.url))
        tab.page.goto(f"{page.as_uri()}{fragment}")
        return tab.page

    def _dismiss(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()

    def leave(self) -> None:
        """Leave all pages."""
        while self._open:
            self._tabs.give_back(self._open.pop())


@pytest.fixture
def reader(tabs: Tabs) -> Iterator[Reader]:
    """Give a reader; in the end, no page must have said anything nor called anybody."""
    sitting = Reader(tabs)
    yield sitting
    sitting.leave()
    assert sitting.said == []
    assert {url.partition(":")[0] for url in sitting.called} <= {"file", "data"}
    assert all(url.partition("#")[0].endswith(".html") for url in sitting.called if url.startswith("file:"))
