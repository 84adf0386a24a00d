"""What is given are the sources of exactly what was selected, each once, in the order in which they are first cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.chronology.opening import open_chronology
from korea_cli.citing.sources import CITING, cited_sources
from korea_cli.query.selection import Selection
from korea_cli.report.lookups import Related
from korea_cli.report.report import listing
from korea_cli.report.supported import SupportedRows

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.chronology import Chronology

FILE = """
[chronology]
title = "Sources"
schema = 1
[[sources]]
id = "unused"
title = "Nobody rests on this"
[[sources]]
id = "second"
title = "Word of both"
[[sources]]
id = "first"
title = "Word of one"
[[sources]]
id = "rival"
title = "Another day"
[[actors]]
id = "word"
name = "A word"
[[events]]
id = "one"
title = "One word"
date = "2017-01-01"
sources = ["first#p1", "second", "first#p2"]
other_dates = [{ date = "2017-01-02", sources = ["rival#p3"] }]
[[events]]
id = "two"
title = "Two"
date = "2017-01-03"
sources = ["second#p9"]
[[facts]]
id = "held"
text = "Held by a word"
kind = "claim"
holders = ["word"]
sources = ["second", "rival"]
"""


@pytest.fixture
def record(tmp_path: Path) -> Chronology:
    path = tmp_path / "sources.toml"
    path.write_text(FILE, encoding="utf-8")
    return open_chronology(path)


def cited(record: Chronology, answer: Any) -> tuple[list[str], str]:  # noqa: ANN401 - an Answer of any record
    report = listing("any", record, answer, "records", ("id",))
    rows = SupportedRows(report, CITING)
    return [source["id"] for source in cited_sources(rows, report.related)], " ".join(rows.notes)


def test_events_cite_what_they_and_their_other_dates_rest_on(record: Chronology) -> None:
    assert cited(record, record.events()) == (["first", "second", "rival"], "")
    assert cited(record, record.events(Selection(limit=1, reverse=True))) == (["second"], "")


def test_facts_cite_what_they_rest_on(record: Chronology) -> None:
    assert cited(record, record.facts()) == (["second", "rival"], "")


def test_sources_cite_themselves_also_those_nothing_rests_on(record: Chronology) -> None:
    found, _ = cited(record, record.sources(Selection(sort="id")))
    assert found == ["first", "rival", "second", "unused"]


def test_of_a_search_what_cites_nothing_is_counted(record: Chronology) -> None:
    found, told = cited(record, record.search(Selection(terms=("word",))))
    assert sorted(found) == ["first", "rival", "second"]
    assert told == "left out, as this format does not support them: 1 actor"


def test_sources_are_whole(record: Chronology) -> None:
    report = listing("any", record, record.events(), "records", ("id",))
    found = cited_sources(SupportedRows(report, CITING), report.related)
    assert [source["title"] for source in found] == ["Word of one", "Word of both", "Another day"]


def test_a_report_that_relates_to_nothing_cites_nothing(record: Chronology) -> None:
    report = listing("any", record, record.events(), "records", ("id",))
    assert list(cited_sources(SupportedRows(report, CITING), Related())) == []
