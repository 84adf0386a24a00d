"""A locator with a clock time makes a link to that moment of a recording, and breaks no address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.citing.moments import moment_in, timed_address
from korea_cli.model.choices import SOURCE_TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

WATCH, SHORT = "https://www.youtube.com/watch?v=x", "https://youtu.be/x"
FILE = "https://example.org/hearing.mp4"


def timed(url: str | None, locator: str | None, type_: str | None = "video") -> str:
    return timed_address(url, locator, type_)


@pytest.mark.parametrize(
    ("locator", "moment"),
    [
        ("1:02:33", (3753, None)), ("12:33", (753, None)), ("0:07", (7, None)), ("00:12:33.5", (753, None)),
        ("t=62", (62, None)), ("t=1m2s", (62, None)), ("1h2m", (3720, None)), ("75m", (4500, None)),
        ("12:33-13:10", (753, 790)), ("12:33 – 13:10", (753, 790)), ("t=1:02", (62, None)),
        *((each, None) for each in ("", "p6", "12", "62", "12:63", "1:2", "13:10-12:33", "12:33-", "12:33-p6", "t=")),
    ],
)  # fmt: skip
def test_a_clock_time_is_read_as_players_and_addresses_have_it(locator: str, moment: object) -> None:
    assert moment_in(locator) == moment


@pytest.mark.parametrize(
    ("url", "locator", "result"),
    [
        (WATCH, "12:33", f"{WATCH}&t=753s"), (f"{WATCH}&t=5&list=y#c", "12:33", f"{WATCH}&list=y&t=753s#c"),
        (SHORT, "1:02:33", f"{SHORT}?t=3753s"), ("http://m.youtube.com/live/x?", "0:07", "http://m.youtube.com/live/x?t=7s"),
        ("https://www.youtube-nocookie.com/embed/x?rel=0", "12:33", "https://www.youtube-nocookie.com/embed/x?rel=0&start=753"),
        ("https://vimeo.com/1", "12:33-13:10", "https://vimeo.com/1#t=753s"),
        (FILE, "12:33", f"{FILE}#t=753"), (f"{FILE}?a=1&t=2", "12:33-13:10", f"{FILE}?a=1&t=2#t=753,790"),
        (f"{FILE}#t=5", "12:33", f"{FILE}#t=753"), (f"{FILE}#chapter", "12:33", f"{FILE}#chapter"),
        ("https://youtube.com.example.org/watch", "12:33", "https://youtube.com.example.org/watch#t=753"),
        ("https://[/", "12:33", "https://[/"), (WATCH, "p6", WATCH), (WATCH, None, WATCH), (None, "12:33", ""),
    ],
)  # fmt: skip
def test_the_address_of_a_moment_is_as_the_site_has_it(url: str | None, locator: str | None, result: str) -> None:
    assert timed(url, locator) == result


def test_only_recordings_have_moments() -> None:
    having = {type_ for type_ in SOURCE_TYPES if timed(FILE, "12:33", type_) != FILE}
    assert having == {"video", "broadcast", "hearing", "interview"}
    assert timed(FILE, "12:33", "podcast") == f"{FILE}#t=753"  # a type that a chronology has added
    assert timed(FILE, "12:33", None) == FILE


@given(st.from_regex(r"https?://[^/\s]\S*", fullmatch=True), st.sampled_from(["12:33", "t=5", "1:00-2:00"]))
def test_no_address_loses_what_it_has(url: str, locator: str) -> None:
    try:
        before = urlsplit(url)
    except ValueError:
        assert timed(url, locator) == url
        return
    after = urlsplit(timed(url, locator))
    assert (after.scheme, after.netloc, after.path) == (before.scheme, before.netloc, before.path)
    assert {*before.query.split("&")} - {*after.query.split("&")} <= {"", before.query} | {
        each for each in before.query.split("&") if each.startswith(("t=", "start="))
    }
    assert before.fragment in {"", after.fragment} or before.fragment.startswith("t=")


RECORD = f"""
[[sources]]
id = "hearing"
type = "hearing"
title = "A hearing"
url = "{WATCH}"
archive_url = "https://web.archive.org/web/2017/{WATCH}"

[[events]]
id = "remark"
title = "A remark"
date = "2017-05-25"
sources = ["hearing#1:02:33"]
"""


@pytest.mark.parametrize("form", ["table", "markdown", "html", "ics", "timelinejs"])
def test_each_format_links_to_the_moment(form: str, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(RECORD)
    command = ("show", "remark") if form == "table" else ("timeline",)
    run = korea(*command, "-f", form, "-d", "x.toml", cwd=tmp_path)
    text = run.out.replace("\r\n ", "").replace("&amp;", "&").replace("\\/", "/").replace("\\u0026", "&")
    assert f"{WATCH}&t=3753s" in "".join(text.split()), run.err
    if form in {"html", "markdown"}:
        assert f"https://web.archive.org/web/2017/{WATCH}" in text.replace("&#61;", "=")
    if form == "html":
        assert ">archived copy</a>" in text


def test_a_citation_links_to_the_moment_and_names_the_copy(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(RECORD)
    run = korea("cite", "remark", "-d", "x.toml", "--json", cwd=tmp_path)
    rows: list[dict[str, Any]] = json.loads(run.out)["citations"]
    assert rows[0]["text"].endswith(f"1:02:33, {WATCH}&t=3753s, archived at https://web.archive.org/web/2017/{WATCH}.")
    whole = json.loads(korea("timeline", "-d", "x.toml", "--json", cwd=tmp_path).out)["events"][0]["sources"][0]
    assert (whole["url"], whole["locator"]) == (WATCH, "1:02:33")  # the parts, for programs
    bib = korea("sources", "-d", "x.toml", "-f", "bibtex", cwd=tmp_path)
    assert f"addendum = {{Archived at https://web.archive.org/web/2017/{WATCH}}}" in bib.out
    assert "of archive_url" not in bib.err  # it comes back
