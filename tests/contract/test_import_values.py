"""What the cells of other people's sheets mean: words for nothing, codes, parts of a title, words of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Korea, Run

    Import = Callable[..., Run]
    Rows = Callable[..., list[dict[str, Any]]]

CASES = Path(__file__).parents[1] / "data" / "import"
MID = [
    f"--map={pair}"
    for pair in (
        "dispnum=title", "stday=day", "stmon=month", "styear=year", "endday=end_day", "endmon=end_month",
        "endyear=end_year",
    )
]  # fmt: skip


@pytest.fixture
def take(korea: Korea, mine: Path) -> Import:
    """Return what imports a case by name, or a sheet of some lines."""

    def imported(name: str, *options: str, lines: tuple[str, ...] = ()) -> Run:
        file = mine.with_name(name) if lines else CASES / name
        if lines:
            file.write_text("\n".join(lines) + "\n", "utf-8")
        return korea("import", file, "-d", mine, "--rejects", mine.with_name("rejects"), *options)

    return imported


def each(records: list[dict[str, Any]], key: str) -> list[Any]:
    return [record[key] for record in records]


# ---------------------------------------------------------------- words for a missing value


def test_days_and_months_that_are_coded_as_unknown_are_missing(take: Import, rows: Rows) -> None:
    run = take("09_missing_parts.csv", *MID)
    assert (run.code, each(rows(), "date")) == (
        0, ["1902-07/1903-01-24", "1913-05-02/1913-10-25", "1914-07/1914", "1915"],
    )  # fmt: skip
    assert "taken for missing: 2 of endday, 2 of endmon, 1 of endyear, 3 of stday, 1 of stmon." in run.err


def test_words_for_nothing_are_no_names_no_ends_and_no_sources(take: Import, rows: Rows) -> None:
    run = take("26_missing_words.csv")
    assert (run.code, each(rows(), "title")) == (0, ["A", "B", "C", "D"])
    assert each(rows("actors"), "name") == ["Lee"]
    assert each(rows("sources"), "url") == ["https://example.org/a"]
    assert "taken for missing: 2 of actors, 2 of end_date, 2 of url. Use --missing" in run.err


@pytest.mark.parametrize("word", ["NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "-", "-9", "-99"])
def test_no_word_for_nothing_is_a_place_or_an_actor(word: str, take: Import, rows: Rows) -> None:
    take("a.csv", lines=("date,title,place,actors", f"2031,A,{word},{word}"))
    assert each(rows(), "place") == [None]
    assert rows("actors") == []


@pytest.mark.parametrize("key", ["title", "note", "quote", "summary"])
def test_a_title_or_text_may_be_a_word_for_nothing(key: str, take: Import, rows: Rows) -> None:
    head = {"title": "T", "date": "2031", "sources": "S#p1"} | {key: "None"}
    take("a.csv", lines=(",".join(head), ",".join(head.values())))
    assert each(rows(), key) == ["None"]


def test_numbers_are_missing_as_programs_write_them_too(take: Import, rows: Rows) -> None:
    lines = ("title,year,month,day,place", "A,1902,7.0,-9.0,Seoul", "B,1903,99.0,0.0,-99.0", "C,1904,7, -9 , NA ")
    take("a.csv", lines=lines)
    assert each(rows(), "date") == ["1902-07", "1903", "1904-07"]
    assert each(rows(), "place") == ["Seoul", None, None]


def test_a_word_in_a_cell_is_no_missing_value(take: Import, rows: Rows) -> None:
    take("a.csv", lines=("date,title,place", "2031,A,Na", "2032,B,NA Town"))
    assert each(rows(), "place") == ["Na", "NA Town"]


def test_own_words_for_nothing_replace_the_usual_ones(take: Import, rows: Rows) -> None:
    run = take("a.csv", "--missing", "tba, ?", lines=("date,title,place", "2031,A,tba", "2032,B,?", "2033,C,NA"))
    assert each(rows(), "place") == [None, None, "NA"]
    assert "taken for missing: 2 of place" in run.err


def test_no_words_for_nothing_are_asked_for_by_an_empty_list(take: Import, rows: Rows) -> None:
    take("a.csv", "--missing", "", lines=("date,title,place", "2031,A,NA"))
    assert each(rows(), "place") == ["NA"]


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "tsv", "ics"])
def test_what_korea_wrote_means_each_of_its_words(form: str, korea: Korea, tmp_path: Path, mine: Path) -> None:
    old = tmp_path / "old.toml"
    old.write_text(
        '[[actors]]\nid = "na"\nname = "NA"\n[[topics]]\nid = "unknown"\nlabel = "Unknown"\n[[events]]\nid = "a"\n'
        'title = "A"\ndate = "2031-01-01"\nactors = ["na"]\ntopics = ["unknown"]\nplace = "None"\n',
        "utf-8",
    )
    file = tmp_path / f"old.{form}"
    assert korea("timeline", "-d", old, "-o", file).code == 0
    run = korea("import", file, "-d", mine)
    assert "missing" not in run.err
    assert 'place = "None"' in mine.read_text("utf-8")
    assert form == "ics" or 'actors = ["na"]' in mine.read_text("utf-8")


def test_a_rejected_row_keeps_its_words_and_none_of_them_is_counted(take: Import, mine: Path) -> None:
    run = take("a.csv", lines=("date,title,place", "soon,A,NA", "2031,B,x"))
    assert run.code != 0
    assert "missing" not in run.err
    assert "soon,A,NA" in mine.with_name("rejects").read_text("utf-8")


def test_in_json_words_for_nothing_are_missing_at_any_depth(take: Import, rows: Rows) -> None:
    events = [{"date": "2031", "title": "A", "place": "N/A", "sources": [{"title": "S", "outlet": "NULL"}]}]
    run = take("a.json", lines=(json.dumps([*events, {"date": "2032", "title": "B", "actors": ["NA", "Lee"]}]),))
    assert each(rows(), "place") == [None, None]
    assert each(rows("sources"), "container") == [None]
    assert each(rows("actors"), "name") == ["Lee"]
    assert "taken for missing: 1 of actors, 1 of place, 1 of sources[].outlet" in run.err


# ---------------------------------------------------------------- codebooks


def test_a_precision_column_makes_dates_as_vague_as_it_says(take: Import, rows: Rows) -> None:
    run = take("19_precision_codes.csv", "--values", "time_precision=1=day,2=week,3=month")
    assert [(row["id"], row["date"], row["date_text"]) for row in rows()] == [
        ("xyz2", "2031-05", None), ("xyz1", "2031-05-16", "16 May 2031"),
    ]  # fmt: skip
    assert "1 date made as vague as the precision beside it" in run.err


def test_the_precision_of_acled_needs_no_codebook(take: Import, rows: Rows) -> None:
    take("a.csv", lines=("event_date,event,time_precision", "2031-05-16,A,1", "2031-05-16,B,2", "2031-05-16,C,3"))
    found = {row["title"]: row["date"] for row in rows()}
    assert found == {"A": "2031-05-16", "B": "[2031-05-12..2031-05-18]", "C": "2031-05"}


def test_a_code_of_precision_without_a_codebook_is_refused_with_advice(take: Import) -> None:
    run = take("a.csv", lines=("date,title,precision", "2031-05-16,A,1"))
    assert "precision '1' is not one of day, week, month, year, decade, century, millennium, " in run.err
    assert "approximate, within. Use --values" in run.err


@pytest.mark.parametrize(
    "book", ["1,test\n2,meeting\n", "1\ttest\n2\tmeeting\n", "1;test\n2;meeting", "\ufeff1,test\n\n2,meeting\n"]
)
def test_a_codebook_is_a_file_with_two_columns(book: str, take: Import, rows: Rows, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text(book, "utf-8")
    lines = ("date,title,code", "2031,A,1", "2032,B,2", "2033,C,3")
    run = take("a.csv", "--map", "code=kind", "--values", f"code={tmp_path / 'book.csv'}", lines=lines[:3])
    assert each(rows(), "kind") == ["test", "meeting"]
    assert "without a code" not in run.err


def test_a_value_without_a_code_stays_and_is_counted(take: Import, rows: Rows) -> None:
    run = take("a.csv", "--values", "place=1=Seoul,2=", lines=("date,title,place", "2031,A,1", "2032,B,2", "2033,C,3"))
    assert each(rows(), "place") == ["Seoul", None, "3"]
    assert "values without a code in --values, imported as they are: 1 of place 3" in run.err


def test_codes_in_a_list_of_json_are_read_too(take: Import, rows: Rows) -> None:
    take(
        "a.json",
        "--values",
        "actors=1=Lee,2=Han",
        lines=(json.dumps([{"date": "2031", "title": "A", "actors": [1, 2]}]),),
    )
    assert sorted(each(rows("actors"), "name")) == ["Han", "Lee"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("kind", "'kind' is not COLUMN=FILE or COLUMN=CODE=VALUE,..."), ("kind=none.csv", "no such file: none.csv"),
        ("kind=1=a,2", "'2' is not CODE=VALUE"), ("knd=1=a", "unknown column 'knd'. Did you mean 'kind'?"),
    ],
)  # fmt: skip
def test_what_is_no_codebook_is_refused(typed: str, told: str, take: Import, mine: Path) -> None:
    run = take("a.csv", "--values", typed, lines=("date,title,kind", "2031,A,1"))
    assert (run.code, mine.read_text("utf-8")) == (2, "")
    assert told in run.err


def test_a_codebook_with_more_columns_is_refused_with_its_line(take: Import, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text("1,a\n2,b,c\n", "utf-8")
    run = take("a.csv", "--values", f"kind={tmp_path / 'book.csv'}", lines=("date,title,kind", "2031,A,1"))
    assert "book.csv:2 has 3 cells instead of a code and a value" in run.err


def test_a_mapping_keeps_codes_words_and_the_title(take: Import, rows: Rows, mine: Path) -> None:
    lines = ("day,code,who,where", "2031-01-01,1,Lee,tba", "2031-01-02,2,Han,x")
    saved = str(mine.with_name("saved.toml"))
    options = ("--title", "{who}: {code}", "--missing", "tba", "--values", "code=1=sits,2=speaks", "--map", "day=date")
    take("a.csv", *options, "--save-mapping", saved, "--dry-run", lines=lines)
    take("a.csv", "--mapping", saved, lines=lines)
    assert each(rows(), "title") == ["Lee: sits", "Han: speaks"]
    assert each(rows(), "place") == [None, "x"]


# ---------------------------------------------------------------- titles


def test_titles_of_coded_data_are_composed(take: Import, rows: Rows) -> None:
    run = take(
        "17_gdelt.tsv", "--title", "{Actor1Name} {EventCode} {Actor2Name}", "--map", "SQLDATE=date",
        "--map", "GLOBALEVENTID=id", "--map", "GoldsteinScale=note", "--map", "AvgTone=note",
    )  # fmt: skip
    assert each(rows(), "title") == ["MOSCOW 036 NORTH KOREA", "NORTH KOREA 130 UNITED STATES"]
    assert each(rows(), "note") == ["GoldsteinScale: 4.0\nAvgTone: -1.2", "GoldsteinScale: -4.4\nAvgTone: -6.1"]
    assert each(rows(), "date_text") == [None, None]
    assert "'EventCode'" not in run.err.partition("ignored")[2]


def test_a_single_column_that_is_a_note_has_no_name_in_it(take: Import, rows: Rows) -> None:
    take("a.csv", "--map", "scale=note", lines=("date,title,scale", "2031,A,4.0"))
    assert each(rows(), "note") == ["4.0"]


def test_what_a_title_is_composed_of_leaves_no_gaps(take: Import, rows: Rows) -> None:
    lines = ("date,who,did,whom", "2031,Lee,met,NA", "2032,,NULL,-")
    run = take("a.csv", "--title", "{who} {did} {whom}", lines=lines)
    assert each(rows(), "title") == ["Lee met"]
    assert "title is required" in run.err


def test_a_title_can_be_composed_of_json(take: Import, rows: Rows) -> None:
    lines = (json.dumps([{"date": "2031", "a": {"name": "Lee"}, "b": ["x", "y"]}]),)
    run = take("a.json", "--title", "{a.name}: {b}", lines=lines)
    assert each(rows(), "title") == ["Lee: x, y"]
    assert "ignored" not in run.err


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("a meeting", "--title 'a meeting' names no column, such as {date}"),
        ("{titel}", "unknown column 'titel'. Did you mean 'title'?"),
    ],
)
def test_a_title_of_no_column_is_refused(title: str, told: str, take: Import) -> None:
    run = take("a.csv", "--title", title, lines=("date,title", "2031,A"))
    assert run.code == 2
    assert told in run.err


@pytest.mark.parametrize("heading", ["name", "battle_name", "EventName", "label", "Headline", "war name", "name_en"])
def test_what_is_called_a_name_is_the_title_rather_than_the_description(heading: str, take: Import, rows: Rows) -> None:
    take("a.csv", lines=(f"date,description,{heading}", "2031,What came to pass,A battle"))
    assert [(row["title"], row["summary"]) for row in rows()] == [("A battle", "What came to pass")]


@pytest.mark.parametrize("heading", ["place_name", "country_name", "Actor1Name", "file_name", "source_name"])
def test_the_name_of_something_else_is_no_title(heading: str, take: Import, rows: Rows) -> None:
    take("a.csv", lines=(f"date,description,{heading}", "2031,What came to pass,Something"))
    assert each(rows(), "title") == ["What came to pass"]


def test_of_two_columns_the_one_called_title_is_the_title(take: Import, rows: Rows) -> None:
    take("a.csv", lines=("date,event,title", "2031,coup,A coup in the north"))
    assert each(rows(), "title") == ["A coup in the north"]


def test_a_long_title_is_told(take: Import) -> None:
    run = take("a.csv", lines=("date,title", f"2031,{'x' * 200}", f"2032,{'y' * 201}"))
    assert "1 title longer than 200 letters. Use --map 'COLUMN=title' or --title for shorter ones." in run.err


# ---------------------------------------------------------------- kinds in other words

KINDS = ("date,title,kind", "2031,A,Armed clash", "2032,B,MEETING", "2033,C,Armed clash", "2034,D,Riot")


def test_an_unknown_kind_becomes_a_topic_and_is_told_once(take: Import, rows: Rows) -> None:
    run = take("a.csv", lines=KINDS)
    assert each(rows(), "kind") == [None, "meeting", None, None]
    assert [[topic["label"] for topic in row["topics"]] for row in rows()] == [
        ["Armed clash"], [], ["Armed clash"], ["Riot"],
    ]  # fmt: skip
    assert run.err.count("Armed clash") == 1
    assert "unknown kinds became topics: 2 of Armed clash, 1 of Riot. Use --new-kinds" in run.err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[chronology]\nkinds = ["armed-clash", "riot"]\n'),
        ("# mine\n", '[chronology]\nkinds = ["armed-clash", "riot"]\n'),
        ('[chronology]\ntitle = "T" # of it\n', '[chronology]\ntitle = "T" # of it\nkinds = ["armed-clash", "riot"]\n'),
        ('[chronology]\nkinds = ["raid"] # own\n', '[chronology]\nkinds = ["raid", "armed-clash", "riot"] # own\n'),
        ('[[actors]]\nid = "a"\nname = "A"\n', '[chronology]\nkinds = ["armed-clash", "riot"]\n'),
    ],
)
def test_the_header_can_be_made_to_allow_them(before: str, after: str, take: Import, rows: Rows, mine: Path) -> None:
    mine.write_text(before, "utf-8")
    run = take("a.csv", "--new-kinds", lines=KINDS)
    assert run.code == 0, run.err
    assert after in mine.read_text("utf-8")
    assert each(rows(), "kind") == ["armed-clash", "meeting", "armed-clash", "riot"]
    assert "allowed in [chronology]: kinds armed-clash, riot" in run.err
    assert "skipped 4 existing records" in take("a.csv", lines=KINDS).out


def test_kinds_that_the_header_allows_are_known(take: Import, rows: Rows, mine: Path) -> None:
    mine.write_text('[chronology]\nkinds = ["Armed Clash"]\nactor_kinds = ["Trade union"]\n', "utf-8")
    take("a.csv", lines=KINDS[:2])
    take("b.csv", "--type", "actor", lines=("name,kind", "A,trade union"))
    assert each(rows(), "kind") == ["Armed Clash"]
    assert each(rows("actors"), "kind") == ["Trade union"]


def test_a_kind_of_what_has_no_topics_is_left_out_and_told(take: Import, rows: Rows) -> None:
    run = take("a.csv", "--type", "actor", lines=("name,kind", "A,Tank", "B,person"))
    assert each(rows("actors"), "kind") == [None, "person"]
    assert "left out unknown actor kinds: 1 of Tank. Use --new-kinds to allow them." in run.err


def test_new_kinds_of_actors_and_types_of_sources_are_allowed_too(take: Import, rows: Rows, mine: Path) -> None:
    event = {"date": "2031", "title": "T", "actors": [{"name": "X", "kind": "Tribe"}]}
    lines = (json.dumps([event | {"sources": [{"title": "S", "type": "podcast"}]}]),)
    run = take("a.json", "--new-kinds", lines=lines)
    assert run.code == 0, run.err
    assert (each(rows("actors"), "kind"), each(rows("sources"), "source_type")) == (["tribe"], ["podcast"])
    assert mine.read_text("utf-8").startswith('[chronology]\nactor_kinds = ["tribe"]\nsource_types = ["podcast"]\n')


def test_a_dry_run_allows_nothing(take: Import, mine: Path) -> None:
    run = take("a.csv", "--new-kinds", "--dry-run", lines=KINDS)
    assert mine.read_text("utf-8") == ""
    assert "allowed in [chronology]: kinds armed-clash, riot" in run.err


# ---------------------------------------------------------------- names in a cell


@pytest.fixture
def known(mine: Path) -> Path:
    """Return the data file with three actors."""
    blocks = (f'[[actors]]\nid = "{name.lower()}"\nname = "{name}"\n' for name in ("Lee", "Han", "Research and Trade"))
    mine.write_text("\n".join(blocks).replace("research and trade", "rt"), "utf-8")
    return mine


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        *((cell, ["Lee", "Han"]) for cell in ("Lee;Han", "Lee | Han", "Lee, Han", "Lee/Han", "Lee & Han")),
        ("Lee and Han", ["Lee", "Han"]),
        ("['Lee', 'Han']", ["Lee", "Han"]), ('["Lee", "Han"]', ["Lee", "Han"]), ("[]", []), ("[Lee]", ["Lee"]),
        ("Lee, Kim", ["Lee, Kim"]), ("Sandy & Andes", ["Sandy & Andes"]),
        ("Research and Trade", ["Research and Trade"]), ("Lee, Research and Trade", ["Lee, Research and Trade"]),
        ("Lee, Han; Lee / Han", ["Lee", "Han"]), ("lee, HAN", ["Lee", "Han"]), ("[None, 'Lee']", ["Lee"]),
        ("Lee, and Han", ["Lee", "Han"]), ("Lee, Han, and Han", ["Lee", "Han"]), ("('Lee', 'Han')", ["Lee", "Han"]),
        ("Lee\uff1bHan", ["Lee", "Han"]), ("Lee\u3001Han", ["Lee", "Han"]), ("Lee\uff0cHan", ["Lee", "Han"]),
    ],
)  # fmt: skip
def test_names_are_taken_apart_where_all_are_known(cell: str, meant: list[str], take: Import, rows: Rows) -> None:
    take("a.jsonl", lines=(json.dumps({"date": "2031", "title": "A", "actors": cell}),))
    assert [actor["name"] for actor in rows()[0]["actors"]] == meant


def test_who_addressed_whom_is_known_by_the_headings(take: Import, rows: Rows) -> None:
    take("a.csv", lines=("date,title,By whom,To whom", "2031,A,Lee,Han"))
    (event,) = rows()
    assert [[actor["name"] for actor in event[key]] for key in ("actors", "recipients")] == [["Lee"], ["Han"]]


def test_a_date_may_be_an_object_of_its_parts(take: Import, rows: Rows) -> None:
    take(
        "a.jsonl", lines=('{"title": "A", "date": {"year": 2031, "month": 5}, "end_date": {"year": 2031, "month": 6}}',)
    )
    take("a.csv", lines=("title,Start Year,Start Month", "B,2032,7"))
    assert each(rows(), "date") == ["2031-05/2031-06", "2032-07"]


def test_a_topic_may_be_part_of_one_that_no_row_has(take: Import, rows: Rows) -> None:
    run = take("a.csv", "--type", "topic", lines=("label,broader", "A,B", "C,A"))
    assert run.code == 0, run.err
    assert {row["id"]: (row["broader"] or {}).get("id") for row in rows("topics")} == {"a": "b", "b": None, "c": "a"}


@pytest.mark.parametrize("between", [";", "; ", ", ", " ", "|", "\n"])
def test_addresses_in_a_cell_are_taken_apart(between: str, take: Import, rows: Rows) -> None:
    cells = (f"https://x.org/a;b{between}https://x.org/c", "A paper, https://x.org/d")
    lines = (json.dumps({"date": "2031", "title": cell, "sources": cell}) for cell in cells)
    take("a.jsonl", lines=tuple(lines))
    assert each(rows("sources"), "url") == ["https://x.org/a;b", "https://x.org/c", "https://x.org/d"]


@pytest.mark.parametrize(
    ("headings", "date"),
    [
        ("날짜;제목;장소;비고", "2031년 5월 1일"), ("日付;見出し;場所;備考", "2031年5月1日"),
        ("Дата;Событие;Место;Примечание", "1 мая 2031 г."), ("Fecha;Título;Lugar;Notas", "1 de mayo de 2031"),
    ],
)  # fmt: skip
def test_headings_of_other_languages_are_known(headings: str, date: str, take: Import, rows: Rows) -> None:
    take("a.csv", lines=(headings, f"{date};A;B;C"))
    assert [values(row) for row in rows()] == [["2031-05-01", "A", "B", "C"]]


def values(row: dict[str, Any]) -> list[Any]:
    return [row[key] for key in ("date", "title", "place", "note")]


def test_numbers_of_json_keep_all_their_digits(take: Import, rows: Rows) -> None:
    take("a.jsonl", lines=('{"date": "2031", "title": "A", "note": 0.12345678901234567890, "place": 1e400}',))
    assert (rows()[0]["note"], rows()[0]["place"]) == ("0.12345678901234567890", "1e400")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark(encoding: str, korea: Korea, rows: Rows, mine: Path) -> None:
    file = mine.with_name("a.csv")
    file.write_bytes("date,title\n2031,\u00c4 \ud68c\ub2f4\n".encode(encoding))
    assert korea("import", file, "-d", mine).code == 0
    assert rows()[0]["title"] == "\u00c4 \ud68c\ub2f4"


@pytest.mark.parametrize(("separator", "cell"), [(",", "Sandy, Y"), ("and", "Sandy and Y"), ("/", "Sandy/Y")])
def test_a_separator_takes_names_apart_that_nobody_knows(separator: str, cell: str, take: Import, rows: Rows) -> None:
    take("a.csv", "--separator", separator, lines=("date;title;actors", f"2031;A;{cell}"))
    assert [actor["name"] for actor in rows()[0]["actors"]] == ["Sandy", "Y"]


@pytest.mark.usefixtures("known")
def test_a_role_in_brackets_is_one_and_other_brackets_stay_and_are_told(take: Import, rows: Rows) -> None:
    lines = (
        "date;title;actors",
        "2031;A;Moon (President)",
        "2031;B;Rebels (North)",
        "2031;C;Han (envoy) & Lee",
        "2031;D;Kim [UK]",
    )
    run = take("a.csv", lines=lines)
    assert {actor["name"]: actor["role"] for actor in rows("actors")} == {
        "Moon": "President", "Rebels (North)": None, "Kim [UK]": None, "Lee": None, "Han": None,
        "Research and Trade": None,
    }  # fmt: skip
    assert "read as a role what is in brackets: Moon (President), Han (envoy)" in run.err
    assert "kept brackets as part of a name: Rebels (North), Kim [UK]" in run.err
    assert "did not overwrite 1 value of existing records: actor 'han' role" in run.err


@pytest.mark.usefixtures("known")
def test_new_actors_are_listed_with_the_known_one_that_is_most_like_them(take: Import) -> None:
    lines = ("date,title,actors", "2031,A,Leee", "2031,B,Zhukov", "2031,C,Han")
    run = take("a.csv", "--dry-run", lines=lines)
    assert "new actor 'Leee': the nearest known one is 'Lee'" in run.err
    assert "new actors like no known one: 'Zhukov'" in run.err
    assert "'Han'" not in run.err


@pytest.mark.usefixtures("known")
def test_a_dry_run_lists_all_new_actors_and_twenty_records(take: Import) -> None:
    lines = ("date,title,actors", *(f"2031,Title {number},{number * 7919 % 100000:x}q{number}" for number in range(30)))
    run = take("a.csv", "--dry-run", lines=lines)
    assert run.out.count("[[events]]") == 20
    assert "more (--dry-run lists all)" not in run.err
    assert "and 10 more (--dry-run lists all)" in take("a.csv", lines=lines).err


def test_in_a_file_without_actors_only_a_dry_run_lists_them(take: Import) -> None:
    lines = ("date,title,actors", "2031,A,Lee")
    assert "new actors like no known one: 'Lee'" in take("a.csv", "--dry-run", lines=lines).err
    assert "new actor" not in take("a.csv", lines=lines).err


# ---------------------------------------------------------------- codes


def test_names_of_countries_and_addresses_become_codes_and_what_means_none_is_named(take: Import, rows: Rows) -> None:
    head = "id,title,country,language,doi,isbn"
    lines = (
        'a,A,Germany,english,https://doi.org/10.1000/182,"ISBN 0-306-40615-2"', "b,B,UK,EN,10.1000/182,0306406152",
        "c,C,Ruritania,en-XY,no,0-306-40615-1", "d,D,SUN,,,",
    )  # fmt: skip
    run = take("sources.csv", "--type", "source", lines=(head, *lines))
    found = [tuple(each[key] for key in ("country", "language", "doi", "isbn")) for each in rows("sources")]
    assert found == [
        ("DEU", "en", "10.1000/182", "0-306-40615-2"), ("GBR", "en", "10.1000/182", "0306406152"),
        (None, None, None, None), ("SUN", None, None, None),
    ]  # fmt: skip
    coded = ("country 'Germany' as DEU", "country 'UK' as GBR", "language 'EN' as en", "language 'english' as en")
    assert f"read as codes: {', '.join(f'1 of {each}' for each in coded)}\n" in run.err
    unread = ("country 'Ruritania'", "doi 'no'", "isbn '0-306-40615-1'", "language 'en-XY'")
    assert f"left out what is no value of its key: {', '.join(f'1 of {each}' for each in unread)}." in run.err


def test_codes_in_the_actors_that_json_spells_out_are_read_as_those_of_a_column(take: Import, rows: Rows) -> None:
    actors = [{"name": "Kim", "country": "North Korea", "wikidata": "q1"}, {"name": "Moe", "country": "Nowhere"}]
    run = take("a.json", lines=(json.dumps([{"date": "2031", "title": "A", "actors": actors}]),))
    assert [(each["country"], each["wikidata"]) for each in rows("actors")] == [("PRK", "Q1"), (None, None)]
    assert "read as codes: 1 of actors[].country 'North Korea' as PRK" in run.err
    assert "left out what is no value of its key: 1 of actors[].country 'Nowhere'." in run.err
