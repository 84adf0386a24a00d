"""Take screenshots of the web page in Chromium for the README: light, dark, and on a phone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
LARGEST = 250_000  # bytes
DESK: dict[str, Any] = {"viewport": {"width": 1200, "height": 860}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
# Each picture: the fragment of the URL, and the settings of the window.
SHOTS: dict[str, tuple[str, dict[str, Any]]] = {
    "page-light": ("", DESK | {"color_scheme": "light"}),
    "page-dark": (
        "actor=russia&topic=icbm&time=2017-07..",
        DESK | {"color_scheme": "dark"},
    ),
    "page-phone": ("event:hwasong-14-launch", PHONE | {"color_scheme": "light"}),
}


def main() -> int:
    """Write every picture; return the exit status, 1 if one of them is too large."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("Chromium is not installed. On Debian: apt install chromium", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "page.html"
        korea = Path(sys.executable).parent / "korea"
        subprocess.run([korea, "timeline", "-q", "-d", "builtin", "-f", "html", "-o", page], check=True)
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        sizes = [shot(browser, page, name) for name in SHOTS]
        browser.close()
    return int(max(sizes) > LARGEST)


def shot(browser: Browser, page: Path, name: str) -> int:
    """Save one screenshot; return its size in bytes."""
    fragment, settings = SHOTS[name]
    window = browser.new_context(**settings).new_page()
    window.goto(f"{page.as_uri()}#{fragment}")
    window.wait_for_timeout(300)  # until it has scrolled to the fragment
    target = PICTURES / f"{name}.png"
    window.screenshot(path=target)
    window.context.close()
    size = target.stat().st_size
    print(f"Updated {target.relative_to(PICTURES.parents[1])}, {size:,} bytes")
    return size


if __name__ == "__main__":
    sys.exit(main())
