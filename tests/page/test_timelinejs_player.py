"""The player of TimelineJS itself has room for the slides, and for the navigation below them, in 1280 by 640 pixels."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from conftest import Korea

HEIGHT = 640
PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{dist}/css/timeline.css">
<style>html, body {{ margin: 0 }} #timeline {{ height: {height}px }}</style><div id="timeline"></div>
<script src="{dist}/js/timeline.js"></script>
<script>new TL.Timeline("timeline", {document}, {{ font: "{dist}/css/fonts/font.default.css" }})</script>
"""
# What stands where, once it has not moved for thirty frames: the player moves its parts into their places.
MEASURE = """async () => {
  const box = (name) => document.querySelector(name).getBoundingClientRect();
  const measure = () => ({
    slides: box(".tl-storyslider").height, navigation: box(".tl-timenav").top, bottom: box(".tl-timenav").bottom,
    groups: [...document.querySelectorAll(".tl-timegroup")].map((each) => each.textContent),
    marks: document.querySelectorAll(".tl-timemarker").length,
    mark: box(".tl-timemarker-content-container").height,
  });
  let [last, same] = ["", 0];
  while (same < 30) {
    const now = JSON.stringify(measure());
    [same, last] = now === last ? [same + 1, last] : [0, now];
    await new Promise(requestAnimationFrame);
  }
  return measure();
}"""


@pytest.fixture
def played(browser: Browser, node_modules: Path, korea: Korea, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Give what plays the timeline of a command line, without a network, and measures what is seen."""
    dist = (node_modules / "@knight-lab" / "timelinejs" / "dist").as_uri()
    context = browser.new_context(viewport={"width": 1280, "height": HEIGHT}, offline=True)
    context.set_default_timeout(0)

    def play(*arguments: str) -> Any:  # noqa: ANN401 - what the script measures
        run = korea("timeline", "-f", "timelinejs", "-q", *arguments)
        file = tmp_path / "player.html"
        file.write_text(PAGE.format(dist=dist, height=HEIGHT, document=run.out), "utf-8")
        page, said = context.new_page(), list[str]()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(file.as_uri())
        page.wait_for_selector(".tl-timemarker", state="attached")
        seen = page.evaluate(MEASURE)
        assert said == []
        assert seen["marks"] == len(json.loads(run.out)["events"]) > 0
        return seen

    yield play
    context.close()


def test_without_groups_the_slides_have_two_thirds_of_the_height(played: Callable[..., Any]) -> None:
    seen = played()
    assert seen["groups"] == []
    assert seen["slides"] > HEIGHT * 2 / 3
    assert seen["navigation"] < seen["bottom"] <= HEIGHT + 1
    assert seen["mark"] > 20  # a line of text


@pytest.mark.parametrize("group", ["topic", "actor"])
def test_with_groups_the_slides_and_the_navigation_have_room(group: str, played: Callable[..., Any]) -> None:
    seen = played("--group", group)
    assert len(seen["groups"]) == 6
    assert "Other" in seen["groups"]
    assert seen["slides"] > HEIGHT * 0.6
    assert seen["navigation"] < seen["bottom"] <= HEIGHT + 1
    assert seen["mark"] > 20
