"""Formats with an entry for each event say of each how far it is from what was asked, and whether it only may match."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import html5lib
import pytest

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from pathlib import Path

    from conftest import Korea

FILE = """
[[sources]]
id = "month"
title = "Month"
issued = "2017-07"
[[events]]
id = "before"
title = "Before"
date = "2017-05-01/2017-05-04"
sources = ["month"]
[[events]]
id = "that-day"
title = "That day"
date = "2017-05-09"
sources = ["month"]
[[events]]
id = "some-day"
title = "Some day"
date = "2017-05"
[[facts]]
id = "undated"
text = "It is so."
sources = ["month"]
"""
IN_RANGE = "Only possibly in range: 6 May 2017 to 12 May 2017"
KNOWN = "Perhaps not known yet: as known by 1 Jul 2017; each status is the record's own"
RANGES = [
    (("-p", "2017-05-06..2017-05-12"), {"that-day": "", "some-day": IN_RANGE}),
    (("--known-by", "2017-07-01"), {"before": KNOWN, "that-day": KNOWN, "some-day": KNOWN}),
    ((), {"before": "", "that-day": "", "some-day": ""}),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("data") / "days.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def entries(korea: Korea, data: Path, *words: str) -> dict[str, ET.Element]:
    """Return the entries of the page by the ids of their records."""
    page = html5lib.parse(korea("search", "-d", data, "-f", "html", *words).out, namespaceHTMLElements=False)
    return {str(each.get("id")).partition(":")[2]: each for each in page.iter("article")}


def lines(entry: ET.Element, class_: str) -> list[str]:
    return ["".join(each.itertext()) for each in entry.iter("p") if each.get("class") == class_]


def test_the_page_has_the_distance_of_each_entry(korea: Korea, data: Path) -> None:
    found = entries(korea, data, "id:that-day OR id:before OR id:some-day", "--around", "2017-05-09")
    distances = {id_: lines(entry, "distance") for id_, entry in found.items()}
    assert distances == {"before": ["-5 d"], "that-day": ["Tue 0 d"], "some-day": ["0 d"]}
    assert not lines(entries(korea, data, "id:that-day")["that-day"], "distance")


def test_the_page_says_what_is_only_possible(korea: Korea, data: Path) -> None:
    found = entries(korea, data, "id:that-day OR id:some-day", "-p", "2017-05-06..2017-05-12")
    marked = {id_: lines(entry, "possible") for id_, entry in found.items()}
    assert marked == {"that-day": [], "some-day": ["only possibly in range"]}
    found = entries(korea, data, "id:that-day OR id:some-day OR id:undated", "--known-by", "2017-07-01")
    assert [lines(entry, "possible") for entry in found.values()] == [["perhaps not known yet"]] * 3


@pytest.mark.parametrize(("words", "doubts"), RANGES)
def test_a_calendar_says_what_is_only_possible(
    words: tuple[str, ...], doubts: dict[str, str], korea: Korea, data: Path
) -> None:
    text = korea("timeline", "-d", data, "-f", "ics", "--include-imprecise", *words).out.replace("\r\n ", "")
    texts = {
        re.findall(r"UID:(.*?)@", each)[0]: each.replace("\\n", "\n").replace("\\;", ";")
        for each in text.split("BEGIN:VEVENT")[1:]
    }
    assert {id_: _doubt(each) for id_, each in texts.items()} == doubts


@pytest.mark.parametrize(("words", "doubts"), RANGES)
def test_a_slide_says_what_is_only_possible(
    words: tuple[str, ...], doubts: dict[str, str], korea: Korea, data: Path
) -> None:
    slides = json.loads(korea("timeline", "-d", data, "-f", "timelinejs", *words).out)["events"]
    texts = {slide["unique_id"]: slide["text"]["text"].replace("</p>", "\n").replace("<p>", "") for slide in slides}
    assert {id_: _doubt(each) for id_, each in texts.items()} == doubts


def _doubt(text: str) -> str:
    """Return the line that says that an event only possibly matches; "" if there is none."""
    return next((line for line in text.splitlines() if line.startswith(("Only possibly", "Perhaps"))), "")
