"""A table of somebody else in Parquet files: asked by its mapping, refused where it cannot be read, and only read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Korea

duckdb = pytest.importorskip("duckdb", reason="needs duckdb")

GDELT = (
    "GLOBALEVENTID", "SQLDATE", "Year", "Actor1Code", "Actor1Name", "Actor2Code", "Actor2Name", "EventRootCode",
    "EventCode", "QuadClass", "GoldsteinScale", "AvgTone", "ActionGeo_FullName", "SOURCEURL",
)  # fmt: skip
ROWS: list[tuple[Any, ...]] = [
    (
        1,
        20170501,
        2017,
        "PRKMIL",
        "KIM JONG UN",
        "JPN",
        "JAPAN",
        "13",
        "138",
        3,
        -7.0,
        -2.5,
        "Pyongyang",
        "https://www.bbc.co.uk/a?b#c",
    ),
    (
        2,
        20170502,
        2017,
        None,
        "JAPAN",
        None,
        None,
        "14",
        "141",
        4,
        -6.5,
        1.0,
        "Tokyo, Japan",
        "http://kcna.kp/'); DROP TABLE x;--",
    ),
    (3, 20171301, 2017, "CHN", "CHINA", None, None, "04", "042", 1, 1.9, 0.0, "Beijing", None),
    (4, None, 2017, "CHN", "CHINA", None, None, "04", "042", 1, 1.9, 0.0, None, None),
]


NUMBERS = {"GLOBALEVENTID": "BIGINT", "SQLDATE": "INTEGER", "GoldsteinScale": "DOUBLE", "AvgTone": "DOUBLE"}


def write(path: Path, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Path:
    """Write a table; columns are texts but for those of numbers."""
    quoted = {name: name.replace('"', '""') for name in columns}
    with duckdb.connect() as database:
        typed = ", ".join(f'"{name}" {NUMBERS.get(column, "VARCHAR")}' for column, name in quoted.items())
        database.execute(f"CREATE TABLE t ({typed})")
        insert = f"INSERT INTO t VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - values are bound
        database.executemany(insert, rows)
        target = str(path).replace("'", "''")
        database.execute(f"COPY t TO '{target}' (FORMAT parquet)")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a few rows as GDELT has them."""
    return write(tmp_path / "gdelt.parquet", GDELT, ROWS)


def of(path: Path, mapping: object = "gdelt") -> tuple[str, ...]:
    return "-d", f"parquet:{path}", "--mapping", str(mapping)


def test_rows_are_events_with_their_names_dates_and_sources(korea: Korea, table: Path) -> None:
    run = korea("timeline", "by:north-korea", "kind:threat", "-p", "2017-05", "--json", *of(table))
    assert run.code == 0
    (event,) = json.loads(run.out)["events"]
    assert event["id"] == "gdelt-1"
    assert (event["title"], event["date"], event["kind"]) == ("Threat: KIM JONG UN - JAPAN", "2017-05-01", "threat")
    assert event["actors"] == [{"id": "north-korea-military", "name": "North Korea: military"}]
    assert event["place"] == "Pyongyang"
    assert [(each["id"], each["locator"]) for each in event["sources"]] == [
        ("gdelt", "1"), ("bbc-co-uk", "https://www.bbc.co.uk/a?b#c"),
    ]  # fmt: skip
    assert (event["source_count"], event["voice_count"]) == (2, 1)


def test_rows_without_a_date_are_counted_in_one_note(korea: Korea, table: Path) -> None:
    run = korea("timeline", "--count", *of(table))
    assert (run.code, run.out) == (0, "2\n")
    assert run.err == (
        "korea: left out: 2 of 4 rows have no date or title that can be read, such as: date '20171301': there is no"
        " month 13. Did you mean '2017-01-13'?\n"
    )
    assert korea("timeline", "--count", "-q", *of(table)).err == ""


def test_cells_that_mean_nothing_are_counted_in_the_same_note(korea: Korea, tmp_path: Path) -> None:
    rows = [("2017-05-01", "A\x1b[1m", "Lee", "confirmed"), ("2017-05-02", "B", "; ;", "sure"), ("?", "C", ";", "sure")]
    other = write(tmp_path / "talks.parquet", ("date", "title", "actors", "status"), rows)
    for _ in range(2):  # then they are known from the cache
        run = korea("timeline", "--fields", "title,actors,status", "-f", "tsv", *of(other, "none"))
        assert run.out.split() == ["title", "actors", "status", "A[1m", "Lee", "confirmed", "B"]
        lost, _, cells = run.err.partition("; ")
        assert lost.startswith(
            "korea: left out: 1 of 3 rows has no date or title that can be read, such as: date '?': "
        )
        assert cells == "2 cells that cannot be read (1 of status, 1 of actors), such as: status 'sure'\n"


def test_events_are_found_and_exported_with_what_they_refer_to(korea: Korea, table: Path, tmp_path: Path) -> None:
    found = korea("search", "actor:north-korea", "-f", "plain", "--fields", "id", *of(table))
    assert [line.split("\t") for line in found.out.splitlines()] == [
        ["gdelt-1"], ["north-korea"], ["north-korea-military"],
    ]  # fmt: skip
    whole = tmp_path / "whole.toml"
    assert korea("export", *of(table), "-o", whole).code == 0
    assert korea("check", "-d", whole).code == 0
    both = [korea("timeline", "-f", "plain", *data).out for data in (of(table), ("-d", whole))]
    assert both[0] == both[1] != ""


def test_a_pattern_and_a_folder_are_one_table(korea: Korea, tmp_path: Path) -> None:
    folder = tmp_path / "it's [a] *?"
    folder.mkdir()
    write(folder / "1.parquet", GDELT, ROWS[:1])
    write(folder / "2.parquet", GDELT, [*ROWS[1:2], *ROWS[1:2]])
    assert korea("timeline", "--count", *of(folder)) == (0, "3\n", "")
    both = korea("timeline", "--json", *of(tmp_path / "it*" / "*.parquet"))
    assert [each["file"].rpartition("/")[2] for each in json.loads(both.out)["events"]] == [
        "1.parquet",
        *["2.parquet"] * 2,
    ]
    assert [each["line"] for each in json.loads(both.out)["events"]] == [1, 1, 2]


def test_what_is_found_is_added_to_a_record_with_where_it_is_from(korea: Korea, table: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("", "utf-8")
    found = korea("timeline", "-n", "2", "--json", "-q", *of(table))
    added = korea("add", "events", "-d", mine, input=found.out.encode())
    assert added.code == 0, added.err
    (one, two) = json.loads(korea("timeline", "--json", "-d", mine).out)["events"]
    assert (one["id"], one["date"], one["kind"]) == ("gdelt-1", "2017-05-01", "threat")
    assert [(each["id"], each["locator"]) for each in one["sources"]] == [
        ("gdelt", "1"), ("bbc-co-uk", "https://www.bbc.co.uk/a?b#c"),
    ]  # fmt: skip
    assert two["id"] == "gdelt-2"
    sources = json.loads(korea("sources", "--json", "-d", mine).out)["sources"]
    assert {(each["id"], each["title"], each["source_type"]) for each in sources} > {
        ("gdelt", "GDELT events (1.0 and 2.0)", "dataset"), ("bbc-co-uk", "bbc.co.uk", None),
    }  # fmt: skip
    assert {each["container"] for each in sources} == {"GDELT events (1.0 and 2.0)"}
    assert korea("timeline", "actor:north-korea", "--count", "-d", mine).out == "1\n"  # by its military
    assert korea("check", mine).code == 0


def test_a_name_that_is_the_beginning_of_an_address_can_be_added(korea: Korea, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("", "utf-8")
    event = {"title": "A", "date": "2017", "id": "a", "actors": [{"id": "http", "name": "http://"}]}
    added = korea("add", "events", "-d", mine, input=json.dumps(event).encode())
    assert added.code == 0, added.err
    assert json.loads(korea("actors", "--json", "-d", mine).out)["actors"][0]["name"] == "http://"


def test_json_has_what_is_referred_to_for_whoever_takes_it(korea: Korea, table: Path, tmp_path: Path) -> None:
    found = korea("timeline", "by:north-korea", "--json", "-q", *of(table)).out
    referred = json.loads(found)["referred"]
    assert {each["id"] for each in referred if each["type"] == "actor"} == {
        "north-korea", "north-korea-military", "japan",
    }  # fmt: skip
    wholes = {each["id"]: each.get("part_of") for each in referred}
    assert wholes["north-korea-military"] == [{"id": "north-korea", "name": "North Korea"}]
    mine = tmp_path / "mine.toml"
    mine.touch()
    assert korea("import", "-", "-d", mine, "--yes", input=found.encode()).code == 0
    assert korea("timeline", "actor:north-korea", "--count", "-d", mine).out == "1\n"
    assert "referred" not in json.loads(korea("timeline", "--fields", "id", "--json", "-q", *of(table)).out)
    assert "referred" not in json.loads(korea("actors", "--json", "-q", *of(table)).out)


# ---------------------------------------------------------------- refused, before any output


def refused(korea: Korea, *arguments: object) -> str:
    run = korea("timeline", *map(str, arguments))
    assert (run.code, run.out) == (3, "")
    return run.err.removeprefix("korea: ")


def test_a_table_needs_a_mapping_and_the_one_that_fits_is_named(korea: Korea, table: Path, tmp_path: Path) -> None:
    assert refused(korea, "-d", f"parquet:{table}") == (
        f"parquet:{table}: cannot read it: korea did not write it: '--mapping NAME' says what its columns are. Its"
        " columns are those of '--mapping gdelt'\n"
    )
    other = write(tmp_path / "other.parquet", ("a",), [(1,)])
    assert "Data sets: acled, gdelt, " in refused(korea, "-d", f"parquet:{other}")


def test_a_column_that_is_not_there_is_named_with_those_that_are(korea: Korea, tmp_path: Path) -> None:
    other = write(tmp_path / "other.parquet", ("day", "what", "Who"), [("2017-05-01", "A", "B")])
    error = refused(korea, *of(other))
    assert "day, what, Who" in error
    mapping = tmp_path / "own.toml"
    mapping.write_text('[columns]\nday = "date"\nwhat = "title"\nwhose = "actors"\n', "utf-8")
    assert refused(korea, *of(other, mapping)).endswith(
        f"there is no column 'whose', which '--mapping {mapping}' names. Columns: day, what, Who\n"
    )


def test_a_mapping_of_your_own_is_the_one_that_import_saves(korea: Korea, tmp_path: Path) -> None:
    hostile = """who"'; DROP VIEW entry; --"""
    other = write(tmp_path / "other.parquet", ("day", "what", hostile), [("3 May 2017", "It's \x1b[31m", "B'): --")])
    mapping = tmp_path / "own.toml"
    mapping.write_text(f'[columns]\nday = "date"\nwhat = "title"\n{json.dumps(hostile)} = "actors"\n', "utf-8")
    run = korea("timeline", "by:b", "--json", *of(other, mapping))
    assert run.code == 0, run.err
    (event,) = json.loads(run.out)["events"]
    assert (event["id"], event["date"], event["actors"][0]["name"]) == ("own-1-1", "2017-05-03", "B'): --")


def test_columns_can_be_guessed(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    other = write(tmp_path / "talks" / "*.parquet", ("day", "what", "Who"), [("2017-05-01", "A", "B")])
    assert refused(korea, *of(other, "none")).endswith(
        "'--mapping none' finds no column for 'date', which every event must have. A mapping file says which it is:"
        " --mapping FILE. Columns: day, what, Who\n"
    )
    write(other, ("date", "title", "actors"), [("2017-05-01", "A", "B; C")])
    assert korea("timeline", *of(other, "none")).out == "2017-05-01\ttalks-1-1\tA\tB; C\n"


@pytest.mark.parametrize(("columns", "expected"), [(("type",), "visit\t\n"), (("type", "kind"), "talks\tvisit\n")])
def test_a_column_called_type_has_kinds_or_topics(
    columns: tuple[str, ...], expected: str, korea: Korea, tmp_path: Path
) -> None:
    row = ("Talks", "2017", "visit", "talks")[: 2 + len(columns)]
    data = of(write(tmp_path / "t.parquet", ("title", "date", *columns), [row]), "none")
    assert korea("timeline", "-f", "plain", "--fields", "kind,topics", *data) == (0, expected, "")


def test_a_key_that_tables_cannot_have_is_named(korea: Korea, tmp_path: Path) -> None:
    table = write(tmp_path / "t.parquet", ("title", "date", "private"), [("Talks", "2017", "true")])
    assert refused(korea, *of(table, "none")).endswith(
        "'--mapping none' has column 'private' as private, which cannot be read from Parquet:"
        " map it to note, or to nothing, in a mapping file\n"
    )


def test_what_is_no_table_is_refused(korea: Korea, table: Path, tmp_path: Path) -> None:
    assert refused(korea, *of(tmp_path / "no.parquet")).endswith("there is no such file\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert refused(korea, *of(empty)).endswith("no Parquet file in this folder\n")
    text = tmp_path / "text.parquet"
    text.write_text("no Parquet", "utf-8")
    assert refused(korea, *of(text)).endswith(f"{text} is not a Parquet file, or is cut off\n")
    content = table.read_bytes()
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(content[: len(content) // 2])
    assert refused(korea, *of(cut)).endswith(f"{cut} is not a Parquet file, or is cut off\n")
    footer = tmp_path / "footer.parquet"
    footer.write_bytes(content[:-60] + b"\xff" * 52 + content[-8:])
    assert "cannot read it: DuckDB reports: " in refused(korea, *of(footer))


def test_a_part_that_cannot_be_read_ends_the_answer(korea: Korea, tmp_path: Path) -> None:
    rows = [(number, *ROWS[0][1:-1], f"https://example.org/{number * 7919}") for number in range(2000)]
    broken = write(tmp_path / "broken.parquet", GDELT, rows)
    content, middle = broken.read_bytes(), broken.stat().st_size // 2
    broken.write_bytes(content[:middle] + bytes(range(256)) + content[middle + 256 :])
    sheet = tmp_path / "all.csv"
    assert f'Failed to read file "{broken}"' in refused(korea, "-f", "csv", "-o", sheet, *of(broken))
    assert not sheet.exists()


def test_files_with_other_columns_are_named(korea: Korea, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    write(folder / "a.parquet", GDELT, ROWS)
    write(folder / "b.parquet", GDELT[:-1], [row[:-1] for row in ROWS])
    what = f"{folder}/a.parquet has 'SOURCEURL', {folder}/b.parquet has not"
    assert refused(korea, *of(folder)).endswith(f"its files have different columns: {what}\n")
    (folder / "a.parquet").unlink()
    write(folder / "c.parquet", (GDELT[0], "Date", *GDELT[2:-1]), [row[:-1] for row in ROWS])
    what = f"{folder}/b.parquet has 'SQLDATE', {folder}/c.parquet has not"
    assert refused(korea, *of(folder)).endswith(f"its files have different columns: {what}\n")
    (folder / "c.parquet").unlink()
    texts = ("title", "date"), [("Talks", "2017")]
    write(folder / "b.parquet", *texts)
    with duckdb.connect() as database:
        database.execute(f"COPY (SELECT 'Talks' AS title, 2017 AS date) TO '{folder}/c.parquet' (FORMAT parquet)")
    what = f"'date' is INTEGER in {folder}/c.parquet, VARCHAR in {folder}/b.parquet"
    assert refused(korea, *of(folder)).endswith(f"its files have different columns: {what}\n")


def test_columns_in_names_of_folders_are_named_as_not_read(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "year=2017").mkdir()
    write(tmp_path / "year=2017" / "part.parquet", ("title", "place"), [("Talks", "Rome")])
    error = refused(korea, "-d", f"parquet:{tmp_path}", "--mapping", "none")
    assert error.endswith("Columns: title, place; in names of folders, which are not read: year\n")


def test_a_folder_has_all_its_tables_but_those_that_programs_hide(korea: Korea, tmp_path: Path) -> None:
    for name in ("a.parquet", "part=1/B.PARQUET", ".a.parquet", "_temporary/0/c.parquet", ".old/d.parquet"):
        (tmp_path / "set" / name).parent.mkdir(parents=True, exist_ok=True)
        write(tmp_path / "set" / name, GDELT, ROWS[:1])
    assert korea("timeline", "--count", *of(tmp_path / "set")) == (0, "2\n", "")
    assert korea("timeline", "--count", *of(tmp_path / "set" / ".a.parquet")) == (0, "1\n", "")


def test_a_file_whose_name_is_not_utf_8_is_refused(korea: Korea, table: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.parquet")
    table.rename(tmp_path / name)
    assert "DuckDB opens only files with names in UTF-8: rename " in refused(korea, *of(tmp_path / name))
    assert "DuckDB opens only files with names in UTF-8: rename " in refused(korea, *of(tmp_path))


@pytest.mark.parametrize(
    ("file", "typed", "expected"),
    [
        ("events.2016.parquet", "events.2016.parquet", "events-2016\tevents.2016.parquet"),
        ("Part.snappy.parquet", "Part.snappy.parquet", "part\tPart.snappy.parquet"),
        ("talks/1.parquet", "talks", "talks\ttalks"),
        ("talks/1.parquet", "talks/*", "talks\ttalks"),
        ("talks/1/2.parquet", "talks/**/*.parquet", "talks\ttalks"),
        ("talks/1/2.parquet", "talks/1/..", "talks\ttalks"),
    ],
)
def test_a_data_set_is_called_as_its_file_or_folder(
    file: str, typed: str, expected: str, korea: Korea, tmp_path: Path
) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    write(tmp_path / file, ("title", "date"), [("Talks", "2017")])
    data = ("-d", f"parquet:{tmp_path / typed}", "--mapping", "none")
    assert korea("sources", "-f", "plain", "--fields", "id,title", *data) == (0, f"{expected}\n", "")


def test_a_mapping_is_for_tables_alone(korea: Korea, table: Path, tmp_path: Path) -> None:
    run = korea("timeline", "--mapping", "gdelt")
    assert run.code == 2
    assert run.err == (
        "korea: '--mapping gdelt' says how to read Parquet files: name them, as in '-d parquet:FILES'. To take in"
        " another file, use 'korea import FILE --mapping gdelt'\n"
    )
    export = tmp_path / "export"
    assert korea("export", "-f", "parquet", "-o", export, "-q").code == 0
    assert korea("timeline", *of(export)).code == 2
    assert refused(korea, *of(table), "-d", tmp_path / "x.toml").endswith(
        "it cannot be combined with other data files\n"
    )
    unknown = korea("timeline", *of(table, "gdeld"))
    assert (unknown.code, unknown.out) == (2, "")
    assert "gdelt" in unknown.err


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwrite(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:30] + bytes(8) + content[38:])


@pytest.mark.parametrize("damage", [truncate, overwrite, Path.unlink, lambda file: file.write_bytes(b"")])
@pytest.mark.parametrize("ending", ["json", "parquet"])
def test_what_is_kept_of_a_table_is_found_again_where_it_is_damaged(
    damage: Callable[[Path], object], ending: str, korea: Korea, table: Path, tmp_path: Path
) -> None:
    cache = {"KOREA_CACHE": str(tmp_path / "cache")}
    questions = [("actors", "--json"), ("timeline", "--json", "kim")]
    answers = [korea(*each, *of(table), env=cache) for each in questions]
    assert [each.code for each in answers] == [0, 0]
    kept = [*(tmp_path / "cache").rglob(f"*.{ending}")]
    assert len(kept) > 3
    for file in kept:
        damage(file)
    for _ in range(2):
        assert [korea(*each, *of(table), env=cache) for each in questions] == answers


def test_a_table_is_only_read(korea: Korea, table: Path) -> None:
    run = korea("set", "gdelt-1", "note=x", "-d", f"parquet:{table}")
    assert run.code == 3
    assert "can only be queried" in run.err
