"""Random rows of event tables as other people publish them, with the gaps and slips that these have."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    Row = dict[str, Any]

NAMES = (
    "NORTH KOREA", "South Korea", "United States", "Iñupiat Council", "U.S. Army", "Police (Seoul)", "김정은", "Łódź",
    "O'Neill", 'The "Front"', "NULL", "", None, "Москва", "A-B", "Ministry; Interior", "Bell\x07 Office",
)  # fmt: skip
CODES = ("PRK", "PRKMIL", "USAGOVMIL", "KOR", "IGOUNO", "PSEREBHMS", "KUR", "prk", "NULL", "USAXYZ", "", None, None)
PLACES = ("Pyongyang, North Korea", "Seoul", "Đà Nẵng", "", None, "NULL", "Site 9", "Site\x1b[1m 10")
TEXTS = (
    "Shots were fired.",
    "U.S. envoys met; nothing is known.",
    "Ärger in Łódź",
    "",
    None,
    "多くの人",
    "line\nbreak",
    "bell\x07 and \u202eback\x0btab",
)


class ForeignTable(NamedTuple):
    """A kind of table: its mapping, and what makes a row of it by number."""

    mapping: str
    types: dict[str, str]


TABLES = (
    ForeignTable("gdelt", {
        "GLOBALEVENTID": "INTEGER", "SQLDATE": "INTEGER", "Year": "INTEGER",
        "Actor1Code": "VARCHAR", "Actor1Name": "VARCHAR", "Actor2Code": "VARCHAR", "Actor2Name": "VARCHAR",
        "EventRootCode": "VARCHAR", "EventCode": "VARCHAR", "QuadClass": "INTEGER",
        "GoldsteinScale": "DOUBLE", "AvgTone": "DOUBLE", "ActionGeo_FullName": "VARCHAR", "SOURCEURL": "VARCHAR",
    }),
    ForeignTable("acled", {
        "event_id_cnty": "VARCHAR", "event_date": "VARCHAR", "time_precision": "INTEGER", "event_type": "VARCHAR",
        "sub_event_type": "VARCHAR", "actor1": "VARCHAR", "assoc_actor_1": "VARCHAR", "actor2": "VARCHAR",
        "country": "VARCHAR", "location": "VARCHAR", "source": "VARCHAR", "notes": "VARCHAR", "fatalities": "INTEGER",
    }),
    ForeignTable("ucdp", {
        "id": "INTEGER", "date_start": "DATE", "date_end": "DATE", "date_prec": "INTEGER", "dyad_name": "VARCHAR",
        "type_of_violence": "INTEGER", "side_a": "VARCHAR", "side_b": "VARCHAR", "where_coordinates": "VARCHAR",
        "country": "VARCHAR", "best": "INTEGER",
    }),
    ForeignTable("polecat", {
        "Event ID": "VARCHAR", "Event Date": "DATE", "Event Type": "VARCHAR", "Event Mode": "VARCHAR",
        "Contexts": "VARCHAR", "Actor Name": "VARCHAR", "Recipient Name": "VARCHAR", "Placename": "VARCHAR",
        "Source": "VARCHAR", "Intensity": "DOUBLE",
    }),
    ForeignTable("mid", {
        "dispnum": "INTEGER", "stday": "INTEGER", "stmon": "INTEGER", "styear": "INTEGER", "endday": "INTEGER",
        "endmon": "INTEGER", "endyear": "INTEGER", "outcome": "INTEGER", "settle": "INTEGER", "fatality": "INTEGER",
        "hostlev": "INTEGER", "namea": "VARCHAR", "nameb": "VARCHAR",
    }),
    ForeignTable("nti", {
        "F1": "INTEGER", "Date": "VARCHAR", "Launch Time (UTC)": "VARCHAR", "Missile Name": "VARCHAR",
        "Missile Type": "VARCHAR", "Launch Agency/Authority": "VARCHAR", "Facility Name": "VARCHAR",
        "Landing Location": "VARCHAR", "Confirmation Status": "VARCHAR", "Test Outcome": "VARCHAR",
        "Additional Information": "VARCHAR", "Source(s)": "VARCHAR",
    }),
    ForeignTable("wikidata", {
        "item": "VARCHAR", "itemLabel": "VARCHAR", "date": "VARCHAR", "endTime": "VARCHAR", "locationLabel": "VARCHAR",
        "participantLabel": "VARCHAR", "typeLabel": "VARCHAR", "article": "VARCHAR", "coord": "VARCHAR",
    }),
)  # fmt: skip


def rows_of(table: ForeignTable, dice: Random, count: int) -> list[Row]:
    """Return random rows of a table."""
    return [{name: _value(name, number, dice) for name in table.types} for number in range(1, count + 1)]


def _value(name: str, number: int, dice: Random) -> Any:  # noqa: ANN401 - of any column
    day = f"{dice.randint(2014, 2018)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    number_of_day = int(day.replace("-", ""))
    choices: dict[str, tuple[Any, ...]] = {
        "GLOBALEVENTID": (1000 + number,), "id": (number,), "event_id_cnty": (f"XLD{number}",),
        "Event ID": (f"E-{number}_a",), "SQLDATE": (number_of_day, number_of_day, 20151301, None),
        "Year": (2015,), "event_date": (f"{number % 28 + 1} May 2016", f"{number % 28 + 1} June 2017", "unknown"),
        "date_start": (day,), "date_end": (f"{int(day[:4])}-12-31",), "Event Date": (day, day, day, None),
        "time_precision": (1, 2, 3, None), "date_prec": (1, 2, 5), "EventRootCode": ("01", "14", "1", "99", "", None),
        "QuadClass": (1, 2, 3, None), "EventCode": ("010", "141", None), "type_of_violence": (1, 2, 3),
        "event_type": ("Battles", "Protests"), "sub_event_type": ("Armed clash", "", None),
        "Event Type": ("AGREE", "PROTEST", "NEW"), "Event Mode": ("riot", None),
        "Contexts": ("military; legal", "None", None),
        "SOURCEURL": (f"https://www.bbc.co.uk/a/{number}?x=1", "http://x.org/Ä", "BBC Monitoring", "", None),
        "source": ("Yonhap; KCNA", "KCNA", None), "Source": ("Reuters", None), "dyad_name": ("A - B", "Łódź - 김"),
        "GoldsteinScale": (4.0, -2.5, None), "AvgTone": (0.125, None), "Intensity": (-1.0, None), "notes": TEXTS,
        "dispnum": (number,), "F1": (number,), "item": (f"http://www.wikidata.org/entity/Q{900000 + number}",),
        "stday": (1, 17, 31, -9), "stmon": (2, 5, 12, -9), "styear": (2014, 2015, 2016), "endday": (1, 30, -9, None),
        "endmon": (1, 6, -9, None), "endyear": (2015, 2016, 2017, None), "hostlev": (1, 4, 5, -9, 9),
        "outcome": (1, 6, -9), "settle": (1, 4, None), "fatality": (0, 6, -9),
        "Date": (_american(day), "13/13/2015", ""),
        "Launch Time (UTC)": ("21:40:00", "", None), "Missile Type": ("SRBM", "MRBM; test", None),
        "Confirmation Status": ("Confirmed", "Unconfirmed", "Maybe", None), "Test Outcome": ("Success", "Failure"),
        "Additional Information": TEXTS, "Source(s)": ("https://x.org/a; https://y.org/b", "Agency A, 5 May", None),
        "date": (f"{day}T00:00:00Z", f"{day[:4]}-01-01T00:00:00Z", day[:7], None), "coord": ("Point(1 2)", None),
        "endTime": (f"{int(day[:4]) + 1}-05-01T00:00:00Z", None), "typeLabel": ("battle", "war", None),
        "itemLabel": ("Battle of Alpha", "A war", "김정은", None), "article": ("https://en.wikipedia.org/wiki/A", None),
        "Actor1Code": CODES, "Actor2Code": CODES,
        "fatalities": (0, 3, None), "best": (0, 12, None), "country": ("Xland", None),
    }  # fmt: skip
    places = {
        "ActionGeo_FullName", "location", "where_coordinates", "Placename", "Facility Name", "Landing Location",
        "locationLabel",
    }  # fmt: skip
    return dice.choice(choices.get(name, PLACES if name in places else NAMES))


def _american(day: str) -> str:
    year, month, day = day.split("-")
    return f"{int(month)}/{int(day)}/{year}"


def write(folder: Path, table: ForeignTable, rows: list[Row]) -> tuple[Path, Path]:
    """Write rows as CSV, and as two files of Parquet with small row groups."""
    import duckdb

    sheet, parquet = folder / "rows.csv", folder / "rows"
    parquet.mkdir()
    with duckdb.connect() as database:
        columns = ", ".join(f'"{name}" {each}' for name, each in table.types.items())
        database.execute(f"CREATE TABLE rows ({columns})")
        insert = f"INSERT INTO rows VALUES ({', '.join('?' * len(table.types))})"  # noqa: S608 - values are bound
        database.executemany(insert, [[*row.values()] for row in rows])
        with sheet.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(table.types)
            found = database.execute("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM rows").fetchall()
            writer.writerows(["" if cell is None else cell for cell in row] for row in found)
        for part, sign in enumerate(("<", ">=")):
            rows_of_part = f"FROM rows WHERE rowid {sign} {len(rows) // 2}"
            database.execute(f"COPY ({rows_of_part}) TO '{parquet}/{part}.parquet' (FORMAT parquet, ROW_GROUP_SIZE 10)")
    return sheet, parquet
