"""A chronology on Spark: answered by commands that read as the data file is, and refused where it cannot be."""

from __future__ import annotations

import json
import os
import re
import signal
from threading import Timer
from typing import TYPE_CHECKING

import pytest

from korea_cli import Selection, UsageError, formats, open_chronology
from korea_cli.commands.timeline import timeline
from law.engines import without_files

if TYPE_CHECKING:
    from conftest import Korea

LINE = re.compile(r'"(?:line|file)": [^,}]+')


def test_every_command_answers_as_it_does_from_the_data_file(
    asked: tuple[str, ...], korea: Korea, database: str
) -> None:
    if asked[0] == "check":
        return  # which does not query
    plain, spark = (korea(*asked, "--json", "-q", *of) for of in ((), ("-d", database)))
    assert (spark.code, spark.err) == (plain.code, plain.err)
    assert without_files(spark.out) == without_files(plain.out)


@pytest.mark.parametrize("form", ["csv", "table", "markdown", "jsonl"])
def test_formats_write_the_same(form: str, korea: Korea, database: str) -> None:
    plain, spark = (korea("timeline", "topic:thaad", "-f", form, *of) for of in ((), ("-d", database)))
    assert (spark.code, spark.err) == (plain.code, plain.err)
    assert LINE.sub("", spark.out) == LINE.sub("", plain.out)


def test_the_data_file_made_of_it_is_that_made_of_the_data_file(korea: Korea, database: str) -> None:
    found = korea("export", "-d", database)
    assert (found.code, found.err) == (0, "")
    assert found.out == korea("export").out


def test_the_database_is_named_where_files_are_but_no_parameter(korea: Korea, database: str) -> None:
    run = korea("topics", "--json", env={"KOREA_DATA": f"{database};user_agent=zxqv"})
    (file,) = json.loads(run.out)["chronology"]["files"]
    assert file["path"] == database
    assert len(file["sha256"]) == 64
    assert "zxqv" not in run.out


def test_formats_that_hold_all_records_are_refused_for_many(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MOST", 10)
    with open_chronology(database) as chronology:
        few, many = (timeline(chronology, Selection(limit=limit)) for limit in (10, 11))
        formats.require_few(formats.load("table"), few)
        formats.require_few(formats.load("jsonl"), many)
        with pytest.raises(UsageError, match=r"^11 records are too many for '-f table'"):
            formats.require_few(formats.load("table"), many)


def test_several_answers_are_read_at_the_same_time(database: str) -> None:
    with open_chronology(database) as chronology, open_chronology("builtin") as plain:
        one, other = (iter(each.store.rows("SELECT id FROM entry ORDER BY seq")) for each in (chronology, plain))
        for (id_,), (same,) in zip(one, other, strict=True):
            assert id_ == same
            (kind,) = next(chronology.store.rows("SELECT type FROM entry WHERE id = ? ORDER BY seq", (id_,)))
            assert kind
            if id_.startswith("m"):
                break


def test_a_signal_ends_a_query_and_others_go_on(database: str) -> None:
    with open_chronology(database) as chronology:
        rows = chronology.store.rows(
            "SELECT java_method('java.lang.Thread', 'sleep', CAST(600000 AS INTEGER)) FROM header"
        )
        timer = Timer(1, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            next(rows)
        assert chronology.store.value("SELECT COUNT(*) FROM event") == 86
