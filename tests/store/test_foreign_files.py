"""Files of others with columns of any type, that change while they are read, or that are damaged."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import DataError, NotInListError, Selection, open_table
from korea_cli.dates.days import Day

if TYPE_CHECKING:
    from pathlib import Path

duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
duck = pytest.importorskip("korea_cli.store.duck", reason="needs duckdb", exc_type=ImportError)
TODAY = Day(2018, 3, 1)


def write(path: Path, select: str) -> Path:
    target = str(path).replace("'", "''")
    with duckdb.connect() as database:
        database.execute(f"COPY ({select}) TO '{target}' (FORMAT parquet)")
    return path


def events(path: Path) -> list[dict[str, Any]]:
    with open_table(path, "none", today=TODAY, cache=False) as chronology:
        return [event.to_dict() for event in chronology.events()]


@pytest.mark.parametrize(
    ("columns", "key", "expected"),
    [
        ("['Lee', 'Kim'] AS actors", "actors", [{"id": "lee", "name": "Lee"}, {"id": "kim", "name": "Kim"}]),
        ("CAST([] AS VARCHAR[]) AS actors", "actors", []),
        ("{'lat': 1.5} AS note", "note", '{"lat":1.5}'),
        ("'Lee'::ENUM('Lee', 'Kim') AS actors", "actors", [{"id": "lee", "name": "Lee"}]),
        ("TRUE AS note", "note", "true"),
        ("4.0::DOUBLE AS note", "note", "4.0"),
        ("17.0::DOUBLE AS id", "id", "talks-17"),
        ("17.50::DECIMAL(9, 2) AS id", "id", "talks-17-50"),
        ("17::UBIGINT AS id", "id", "talks-17"),
    ],
)
def test_cells_of_any_type_are_read_as_a_sheet_has_them(columns: str, key: str, expected: Any, tmp_path: Path) -> None:  # noqa: ANN401
    select = f"SELECT DATE '2017-05-01' AS date, 'A' AS title, {columns}"
    (event,) = events(write(tmp_path / "talks.parquet", select))
    assert event[key] == expected


@pytest.mark.parametrize(
    ("date", "expected", "time"),
    [
        ("20170501.0::DOUBLE", "2017-05-01", None),
        ("20170501::DECIMAL(18, 3)", "2017-05-01", None),
        ("TIMESTAMP '2017-05-01 12:30:00'", "2017-05-01", "12:30"),
        ("TIMESTAMPTZ '2017-05-02 03:30:00+09'", "2017-05-01", "18:30"),
    ],
)
def test_dates_of_any_type_are_read_alike_everywhere(
    date: str, expected: str, time: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Seoul")
    (event,) = events(write(tmp_path / "talks.parquet", f"SELECT {date} AS date, 'A' AS title"))
    assert (event["date"], event["time"]) == (expected, time)


def test_a_table_without_rows_has_no_events(tmp_path: Path) -> None:
    assert events(write(tmp_path / "none.parquet", "SELECT '2017' AS date, 'A' AS title WHERE FALSE")) == []


def test_a_file_that_is_replaced_while_it_is_read_ends_the_answer(tmp_path: Path) -> None:
    path = write(tmp_path / "talks.parquet", "SELECT '2017' AS date, 'A' || i AS title FROM range(10) AS t(i)")
    with open_table(path, "none", today=TODAY, cache=False) as chronology:
        assert len([*chronology.events()]) == 10
        other = write(tmp_path / "new", "SELECT '2017' AS date, 'B' || i AS title FROM range(10) AS t(i)")
        other.replace(path)
        with pytest.raises(DataError, match=r"talks\.parquet has changed; run the command again"):
            [*chronology.events(Selection(terms=("title:b1",)))]
        path.unlink()
        with pytest.raises(DataError):
            [*chronology.events(Selection(terms=("title:b2",)))]


def test_the_library_opens_tables_by_their_mapping(tmp_path: Path) -> None:
    columns = "1 AS GLOBALEVENTID, 20170501 AS SQLDATE, 'PRK' AS Actor1Code, '' AS Actor1Name, '' AS Actor2Code"
    columns += ", '' AS Actor2Name, '13' AS EventRootCode, '138' AS EventCode, 1 AS QuadClass"
    path = write(tmp_path / "talks.parquet", f"SELECT {columns}")
    with open_table(f"parquet:{path}", "gdelt", today=TODAY, cache=False) as chronology:
        (event,) = chronology.events(Selection(terms=("by:north-korea",)))
        assert (event.id, str(event.date), event.actors) == ("gdelt-1", "1 May 2017", ("north-korea",))
    with pytest.raises(DataError, match="Its columns are those of '--mapping gdelt'"):
        open_table(path, None)
    with pytest.raises(NotInListError):
        open_table(path, "gdeld", cache=False)
    with pytest.raises(DataError, match="there is no such file"):
        open_table(tmp_path / "no.parquet", "gdelt", cache=False)


class Busy:
    """A connection that is at two fifths of a query."""

    def query_progress(self) -> float:
        """Return how far it is, as DuckDB does."""
        return 40.0


def test_the_share_of_a_long_query_is_reported_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duck, "_LONG", 0.0)
    monkeypatch.setattr(duck, "_OFTEN", 0.01)
    reported: list[float | None] = []
    is_reported = Event()

    def watch(share: float | None) -> None:
        reported.append(share)
        is_reported.set()

    assert duck.interruptible(Busy(), lambda: is_reported.wait(60), watch)
    *shares, end = reported
    assert (set(shares), end) == ({0.4}, None)


def test_whoever_watches_gets_the_same_answers(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "talks.parquet", "SELECT '2017' AS date, 'A' || i AS title FROM range(10) AS t(i)")
    with open_table(path, "none", today=TODAY, cache=False, watch=lambda _: None) as chronology:
        for _ in range(12):  # more than there are connections whose progress is known
            assert len([*chronology.events(Selection(terms=("title:a1",)))]) == 1
    assert capfd.readouterr() == ("", "")


def test_blanks_of_any_script_are_stripped_and_what_has_nothing_else_is_no_title(tmp_path: Path) -> None:
    rows = [
        ("\u3000A  and\nB\u00a0", "\u3000Rome\u2003"),
        ("\u00a0", "x"),
        ("\x07", "x"),
        ("\u3000B", "\u00a0"),
        (" 한국 ", "\x85"),
    ]
    with duckdb.connect() as database:
        database.execute("CREATE TABLE t (title VARCHAR, place VARCHAR, date VARCHAR DEFAULT '2017')")
        database.executemany("INSERT INTO t (title, place) VALUES (?, ?)", rows)
        database.execute(f"COPY t TO '{tmp_path}/t.parquet' (FORMAT parquet)")
    found = [(event["title"], event["place"]) for event in events(tmp_path / "t.parquet")]
    assert found == [("A  and\nB", "Rome"), ("B", None), ("한국", None)]
