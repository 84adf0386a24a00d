"""Families and filters: who belongs to whom, and how many entries each has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.chronology.opening import open_chronology
from korea_cli.formats.page.document import build_page
from korea_cli.formats.page.entries import source_lines
from korea_cli.formats.page.families import family
from korea_cli.formats.page.text import clean_values, safe_link
from korea_cli.query.selection import Selection
from korea_cli.report.lookups import Related
from korea_cli.report.report import listing

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.formats.page.document import Page
    from korea_cli.rows.types import SourceCitation


@pytest.fixture(scope="module")
def chronology() -> Chronology:
    return open_chronology("builtin")


def test_a_family_has_all_that_its_members_belong_to(chronology: Chronology) -> None:
    actors = family("actor", ["safronkov"], Related(chronology))
    assert set(actors) > {"safronkov", "russia"}
    assert actors["safronkov"].within[-1] == "russia"
    assert actors.tops(["safronkov"]) == ("russia",)
    trees = [(member.id, depth) for member, depth in actors.trees(["safronkov"])]
    assert trees[0] == ("russia", 0)
    assert trees[-1] == ("safronkov", len(actors["safronkov"].within))


def test_filters_count_each_entry_once_for_a_member_and_all_it_belongs_to(chronology: Chronology) -> None:
    page = made(chronology)
    numbers = {option.id: option.number for facet in page.facets if facet.key == "actor" for option in facet.options}
    for actor in ("russia", "putin", "china"):
        assert numbers[actor] == chronology.events(Selection(actors=(actor,))).count
    statuses = next(facet for facet in page.facets if facet.key == "status")
    assert sum(option.number for option in statuses.options) == chronology.events().count


def made(chronology: Chronology) -> Page:
    report = listing("timeline", chronology, chronology.events(), "timeline", ("id",))
    return build_page(report, report.sections[0].values())


def test_years_are_headings_in_the_order_of_time_only(chronology: Chronology) -> None:
    assert list(made(chronology).years) == ["2014", "2016", "2017"]
    asked = chronology.events(Selection(sort="title"))
    report = listing("timeline", chronology, asked, "timeline", ("id",))
    assert list(build_page(report, report.sections[0].values()).years) == [""]


@pytest.mark.parametrize(
    ("locator", "medium", "place"),
    [
        ("p6", "article", "paragraph 6"),
        ("p6", "book", "page 6"),
        ("p6", None, "paragraph 6"),
        ("bio", "article", "bio"),
        (None, "web", ""),
    ],
)
def test_a_place_in_a_source_is_said_in_words_where_its_meaning_is_known(
    locator: str | None, medium: str | None, place: str
) -> None:
    citation: SourceCitation = {"id": "s", "locator": locator, "title": "S", "url": None}
    keys = ("issued", "voice", "country", "container", "publisher", "number", "archive_url")
    found: Any = {**dict.fromkeys(keys), "authors": [], "source_type": medium}
    (source,) = source_lines([citation], {"s": found})
    assert source.plain.place == place


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " http://x", "//x", "", None, "ftp://x"])
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert safe_link(url) == ""
    assert safe_link("HTTPS://example.org") == "HTTPS://example.org"


def test_text_is_cleaned_at_any_depth() -> None:
    dirty = {"a": ["\u202ex\u202c", {"b": "\x1b[31mred\n"}], "c": 1, "d": None}
    assert clean_values(dirty) == {"a": ["x", {"b": "[31mred\n"}], "c": 1, "d": None}
