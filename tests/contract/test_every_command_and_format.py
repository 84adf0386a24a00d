"""Every command in every format: valid, complete, in order, also when there is nothing to give."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.store.decode_rows import sortable

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

Rows = list[dict[str, Any]]

HEAD = ["schema_version", "command", "chronology", "query", "count", "matched"]
LISTS = {
    "timeline": "events", "facts": "facts", "actors": "actors", "topics": "topics", "sources": "sources",
    "search": "results",
}  # fmt: skip
DATES = {"date", "issued", "accessed", "first", "last", "known_since"}
WORDS = {"search": ("missile",)}
# Formats that have no place for every type of record, and the commands that give what they have one for.
_RECORDS = {"timeline", "facts", "sources", "search", "show", "export"}
_CITING = {*_RECORDS, "cite"}
TAKES = {
    "bibtex": _CITING, "csl-json": _CITING, "github": {"check"}, "html": _RECORDS - {"sources"},
    "ics": {"timeline", "search", "show", "export"}, "timelinejs": {"timeline", "search", "show", "export"},
    **{form: {*_RECORDS, "actor", "actors", "topics"} for form in ("toml", "xlsx")},
}  # fmt: skip
TYPES = {"timeline": ("event",), "search": ("event", "fact", "actor", "topic", "source")}
listing = pytest.mark.parametrize("command", list(LISTS))


def document_of(korea: Korea, *arguments: str) -> dict[str, Any]:
    run = korea(*arguments, "--json", "-q")
    assert (run.code, run.err) == (0, "")
    document: dict[str, Any] = json.loads(run.out)
    assert list(document)[: len(HEAD)] == HEAD
    return document


def rows_of(korea: Korea, command: str, *arguments: str) -> Rows:
    rows: Rows = document_of(korea, command, *WORDS.get(command, ()), *arguments)[LISTS[command]]
    return rows


@pytest.fixture(scope="module")
def listed(korea: Korea) -> dict[str, list[tuple[str, str]]]:
    """Give the records that each list has, in alphabetical order."""
    return {command: sorted(named(rows_of(korea, command))) for command in LISTS}


def named(rows: Rows) -> list[tuple[str, str]]:
    return [(row["type"], row["id"]) for row in rows]


def sections_of(document: dict[str, Any]) -> list[Rows]:
    parts = [value for key, value in document.items() if key not in HEAD]
    return [part if isinstance(part, list) else [part] for part in parts]


def lines_of(document: dict[str, Any]) -> list[Rows]:
    """Give the rows of each section as formats with one row a line have them: of a dispute, its positions."""
    return [[line for row in rows for line in row.get("positions", [row])] for rows in sections_of(document)]


# ---------------------------------------------------------------- every command, every format


def refused(command: str, form: str) -> bool:
    return command not in TAKES.get(form, {command})


def test_every_command_answers_in_every_format_or_says_why_not(asked: tuple[str, ...], form: str, korea: Korea) -> None:
    run = korea(*asked, "-f", form)
    if refused(asked[0], form):
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith(f"korea: the format '{form}' is for ")
        assert f"'{asked[0]}'" in run.err
        assert run.err.count("\n") == 1
    else:
        assert run.code == 0
        told = ("korea: left out", "korea: lost or changed when imported again: ", "korea: added what these refer to: ")
        assert [line for line in run.err.splitlines() if not line.startswith(told)] == []
        assert run.out.endswith("\n")
        assert run.out.strip()


def test_the_name_of_a_format_may_be_written_in_capitals(form: str, korea: Korea) -> None:
    assert korea("topics", "-f", form.upper()) == korea("topics", "-f", form)


def test_json_is_a_short_form_of_the_format(asked: tuple[str, ...], korea: Korea) -> None:
    assert korea(*asked, "--json").out == korea(*asked, "-f", "json").out


def test_json_says_what_was_asked_and_by_what_it_was_answered(asked: tuple[str, ...], korea: Korea) -> None:
    document = document_of(korea, *asked)
    assert (document["schema_version"], document["command"]) == (2, asked[0])
    assert list(document["query"])[-3:] == ["sort", "fields", "arguments"]
    assert document["chronology"]["title"]
    (file,) = document["chronology"]["files"]
    assert file["path"] == "builtin"
    assert len(file["sha256"]) == 64


@pytest.mark.parametrize("form", ["plain", "json", "table", "bibtex", "html"])  # the others are made as these are
def test_an_answer_is_the_same_with_and_without_an_index(asked: tuple[str, ...], form: str, korea: Korea) -> None:
    read = korea(*asked, "-f", form, env={"KOREA_CACHE": "off"})
    assert bool(read.out) is not refused(asked[0], form)
    assert korea(*asked, "-f", form) == korea(*asked, "-f", form) == read


def test_every_record_of_a_type_has_all_its_keys(asked: tuple[str, ...], korea: Korea) -> None:
    for rows in sections_of(document_of(korea, *asked)):
        keys: dict[str, list[str]] = {}
        assert [row for row in rows if list(row) != keys.setdefault(row["type"], list(row))] == []


def test_jsonl_has_the_records_of_json_one_a_line(asked: tuple[str, ...], korea: Korea) -> None:
    lines = korea(*asked, "-f", "jsonl").out.removesuffix("\n").split("\n")
    assert list(map(json.loads, lines)) == [row for rows in sections_of(document_of(korea, *asked)) for row in rows]


def test_csv_has_a_row_for_each_record_of_json_and_a_column_for_each_key(asked: tuple[str, ...], korea: Korea) -> None:
    sections = lines_of(document_of(korea, *asked))
    header, *rows = csv.reader(io.StringIO(korea(*asked, "--fields", "all", "-f", "csv").out, newline=""), strict=True)
    keys = dict.fromkeys(key for section in sections for row in section for key in row)
    assert set(keys) <= set(header)
    assert (header[0] == "section") is (len(sections) > 1)
    assert len(rows) == sum(map(len, sections))
    assert {len(row) for row in rows} == {len(header)}


def test_plain_lines_of_one_section_and_type_have_the_same_number_of_tabs(asked: tuple[str, ...], korea: Korea) -> None:
    document = document_of(korea, *asked)
    lines = korea(*asked, "-f", "plain").out.removesuffix("\n").split("\n")
    if asked[0] == "show":
        return  # which gives a line for each key
    assert len(lines) == sum(map(len, lines_of(document)))
    sections = len(sections_of(document)) > 1
    counted: dict[str, set[int]] = {}
    for line in lines:
        counted.setdefault(line.split("\t")[0] if sections else "", set()).add(line.count("\t"))
    assert [section for section, tabs in counted.items() if len(tabs) > 1] == []


def leaves(path: str, value: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a value of JSON
    """List every value of a record, at whatever depth, behind the keys that lead to it."""
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in leaves(f"{path}.{key}".lstrip("."), each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in leaves(path, each)]
    return [] if value in (None, "") else [(path, value if isinstance(value, str) else json.dumps(value))]


def test_show_gives_whole_records_in_a_pipe(korea: Korea) -> None:
    ids = [f"{row['type']}:{row['id']}" for key in ("events", "facts", "actors", "topics", "sources")
           for row in document_of(korea, key if key != "events" else "timeline")[key]]  # fmt: skip
    rows = document_of(korea, "show", *ids)["results"]
    records = korea("show", *ids).out.split("\n\n")
    assert len(records) == len(rows) > 150
    for row, text in zip(rows, records, strict=True):
        assert [tuple(line.split("\t")) for line in text.splitlines()] == leaves("", row)
    assert korea("show", "putin", "--fields", "id,name").out == "putin\tVladimir Putin\n"


def test_show_in_a_pipe_tells_other_dates_links_and_ids(korea: Korea) -> None:
    lines = korea("show", "hwasong-14-launch").out.splitlines()
    for line in (
        "other_dates.date\t2017-07-03", "other_dates.sources.id\tun-res-2371",
        "other_dates.note\tthe evening before by the clock in Washington and New York", "sources.locator\tp2",
        "sources.title\tRussia's Korea Strategy", "answered_by.id\trussia-rejects-icbm-label", "facts.id\ticbm-us",
        "actors.name\tNorth Korea",
    ):  # fmt: skip
        assert line in lines


def test_a_pipe_says_how_many_matches_are_only_possible(korea: Korea, tmp_path: Path) -> None:
    asked = ("timeline", "--period", "early 2016")
    possible = sum(row["match"] == "possible" for row in json.loads(korea(*asked, "--json").out)["events"])
    told = f"{possible} of {len(korea(*asked).out.splitlines())} events "
    assert possible > 1
    for more in ((), ("--json",), ("--count",), ("-n", "1000"), ("-o", str(tmp_path / "x.csv"))):
        err = korea(*asked, *more).err
        assert f"korea: {told}are only possible in the range (1 Jan 2016 to 30 Apr 2016); --certain leaves" in err
    for more in (("-q",), ("--certain",)):
        assert korea(*asked, *more).err == ""
    assert korea.on_terminal(*asked, "--json").err == ""
    assert korea("timeline").err == ""
    assert " events and facts are only possible in the range " in korea("stats", *asked[1:]).err


@pytest.mark.parametrize("order", [(), ("--reverse",)])
def test_of_some_that_are_listed_it_says_how_many_of_those_are_only_possible(
    order: tuple[str, ...], korea: Korea
) -> None:
    matched = len(json.loads(korea("timeline", "--period", "early 2016", "--json").out)["events"])
    for limit in range(1, matched + 1):
        asked = ("timeline", "--period", "early 2016", "-n", str(limit), *order)
        rows = json.loads(korea(*asked, "--json").out)["events"]
        possible, listed = sum(row["match"] == "possible" for row in rows), "" if limit == matched else "listed "
        are = "is" if possible == 1 else "are"
        told = f"korea: {possible} of {limit} events {listed}{are} only possible in the range "
        err = korea(*asked).err
        assert err.startswith(told if possible else "")
        assert bool(err) is (possible > 0)
        footer = " ".join(korea.on_terminal(*asked, "--no-pager").out.split())
        assert (f"{possible} only possibly in range" in footer) is (possible > 0)


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        *((("stats",), ()), (("stats", "topic:thaad"), ("topic:thaad",)), (("actor", "putin"), ("actor:putin",))),
        (("actor", "russia", "topic:thaad"), ("actor:russia", "topic:thaad")),
        *((("actors", "id:usa"), ("actor:usa",)), (("topics", "id:thaad"), ("topic:thaad",))),
        *(
            (("actors", "-n", "1"), ("actor:russia",)),
            (("topics", "by:rok", "-n", "1"), ("topic:rok-us-alliance", "by:rok")),
        ),
        (("sources", "id:ramani-2017"), ("source:=ramani-2017",)),
    ],
)
def test_what_is_counted_says_how_much_of_it_is_only_possible(
    asked: tuple[str, ...], terms: tuple[str, ...], korea: Korea
) -> None:
    window = ("--period", "2017-06")
    matches = [
        row["match"]
        for command, key in (("timeline", "events"), ("facts", "facts"))
        for row in json.loads(korea(command, *terms, *window, "--json").out)[key]
    ]
    possible = matches.count("possible")
    assert possible
    counted = f"{possible} of {len(matches)} events and facts{'' if asked[0] == 'stats' else ' counted'}"
    are = "is" if possible == 1 else "are"
    said = f"korea: {counted} {are} only possible in the range (1 Jun 2017 to 30 Jun 2017); --certain leaves them out\n"
    for more in ((), ("--json",), ("--count",)):
        assert korea(*asked, *window, *more).err == said
    assert korea(*asked, *window, "-q").err == korea(*asked).err == ""
    assert "only possible" not in korea(*asked, *window, "--certain").err
    drawn = korea.on_terminal(*asked, *window, "--no-pager", "--color", "never", columns=200)
    assert f"{counted} only possibly in range" in " ".join(drawn.out.split())
    assert drawn.err == ""


def test_the_count_is_the_length_of_the_list(asked: tuple[str, ...], korea: Korea) -> None:
    document = document_of(korea, *asked)
    assert korea(*asked, "--count").out == f"{document['count']}\n"
    if asked[0] == "export":
        assert document["count"] == sum(map(len, sections_of(document)))
    elif asked[0] != "stats":  # which counts what it counts
        assert document["count"] == len(sections_of(document)[0])
    assert document["count"] == document["matched"]


# ---------------------------------------------------------------- nothing to give

NOTHING = {"search": ("zeppelin",), "show": ("hwasong-14-launch", "zeppelin"), "actor": ("putin", "zeppelin")}


@pytest.mark.parametrize("command", [*LISTS, "stats"])
def test_an_empty_answer_is_valid_in_every_format(command: str, form: str, korea: Korea) -> None:
    run = korea(command, "zeppelin", "-f", form)
    if refused(command, form):
        assert run.code == 2
        return
    assert run.code == 0
    assert run.err.startswith("korea: no ")
    assert run.err.endswith(f" match ({command}, zeppelin)\n")
    if form == "json":
        document = json.loads(run.out)
        assert (document["count"], document["matched"]) == (0, 0)
        assert command == "stats" or document[LISTS[command]] == []
    if form in {"plain", "jsonl"} and command != "stats":
        assert run.out == ""
    if form == "csv" and command != "stats":
        assert len(list(csv.reader(io.StringIO(run.out)))) == 1


@listing
def test_a_limit_of_0_lists_nothing_and_says_how_many_there_are(command: str, korea: Korea) -> None:
    document = document_of(korea, command, *WORDS.get(command, ()), "--limit", "0")
    assert (document["count"], document[LISTS[command]]) == (0, [])
    assert document["matched"] == len(rows_of(korea, command)) > 0


# ---------------------------------------------------------------- order, limit, fields


@listing
def test_a_limit_gives_the_beginning(command: str, korea: Korea) -> None:
    everything = rows_of(korea, command)
    for limit in (1, 3, 10_000):
        document = document_of(korea, command, *WORDS.get(command, ()), "-n", str(limit))
        assert named(document[LISTS[command]]) == named(everything)[:limit]
        assert (document["count"], document["matched"]) == (min(limit, len(everything)), len(everything))


@listing
def test_reverse_is_the_exact_reverse_and_comes_before_the_limit(command: str, korea: Korea) -> None:
    backwards = named(rows_of(korea, command))[::-1]
    assert named(rows_of(korea, command, "--reverse")) == backwards
    assert named(rows_of(korea, command, "--reverse", "--limit", "2")) == backwards[:2]


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (command, field)
        for command in LISTS
        for field in sortable(TYPES.get(command, (command.removesuffix("s"),)))
        if field != "distance"
    ],
)
def test_every_list_can_be_sorted_by_each_of_its_sortable_fields(
    command: str, field: str, listed: dict[str, list[tuple[str, str]]], korea: Korea
) -> None:
    rows = rows_of(korea, command, "--sort", field)
    assert sorted(named(rows)) == listed[command]
    assert named(rows_of(korea, command, "--sort", field.upper(), "--reverse")) == named(rows)[::-1]
    if field not in DATES and command != "search":  # dates have an order of their own
        values = [row[field]["id"] if isinstance(row[field], dict) else row[field] for row in rows]
        values = [value.lower() if isinstance(value, str) else value for value in values]
        given = [value for value in values if value is not None]
        assert given == sorted(given)
        assert values[len(given) :] == [None] * (len(values) - len(given))


@pytest.mark.parametrize("command", ["actors", "topics", "sources"])
def test_a_list_is_sorted_by_a_count_also_as_people_are_shown_it(command: str, korea: Korea) -> None:
    for shown, key in (("events", "event_count"), ("facts", "fact_count")):
        rows = rows_of(korea, command, "--sort", shown)
        assert named(rows) == named(rows_of(korea, command, "--sort", key))
        assert [row[key] for row in rows] == sorted(row[key] for row in rows)
    assert korea("timeline", "--sort", "events").code == 2


@pytest.mark.parametrize("command", ["timeline", "facts"])
def test_events_and_facts_are_listed_by_the_day_they_begin(command: str, korea: Korea) -> None:
    days = [row["earliest"] for row in rows_of(korea, command) if row["earliest"]]
    assert days == sorted(days)


@pytest.mark.parametrize("command", ["actors", "topics", "sources"])
def test_what_most_is_counted_for_is_listed_first(command: str, korea: Korea) -> None:
    counts = [row["event_count"] + row["fact_count"] for row in rows_of(korea, command)]
    assert counts == sorted(counts, reverse=True)


def test_fields_are_given_in_the_order_asked_for(form: str, korea: Korea) -> None:
    run = korea("timeline", "thaad", "-n", "3", "--fields", "title, id,date", "-f", form)
    if form in TAKES:  # what takes some types only takes whole records
        assert (run.code, run.out) == (2, "")
        return
    assert (run.code, run.err) == (0, "")
    rows = [
        {key: row[key] for key in ("title", "id", "date")} for row in rows_of(korea, "timeline", "thaad", "-n", "3")
    ]
    match form:
        case "json":
            assert [list(row.items()) for row in json.loads(run.out)["events"]] == [list(row.items()) for row in rows]
        case "jsonl":
            assert [list(json.loads(line)) for line in run.out.splitlines()] == [["title", "id", "date"]] * 3
        case "csv":
            assert run.out.splitlines()[0] == "title,id,date"
        case "plain":
            assert run.out == "".join("\t".join(row.values()) + "\n" for row in rows)
        case _:
            shown = run.out.replace("\\", "")  # Markdown escapes the brackets of a date
            assert shown.index(rows[0]["title"][:9]) < shown.index(rows[0]["date"])


@pytest.mark.parametrize(
    ("asked", "arguments"),
    [
        (("actor", "putin"), {"name": "putin"}),
        (("chart", "--by", "month", "--lanes", "actor", "--top", "3"), {"by": "month", "lanes": "actor", "top": 3}),
        (("chart",), {"by": None, "lanes": None, "top": None}),
        (("cite", "ramani-2017", "icbm-us", "--style", "apa"), {"names": ["ramani-2017", "icbm-us"], "style": "apa"}),
        (("show", "putin"), {"names": ["putin"]}),
        (("timeline",), {}),
    ],
)
def test_the_arguments_of_a_command_are_told_too(asked: tuple[str, ...], arguments: object, korea: Korea) -> None:
    assert document_of(korea, *asked)["query"]["arguments"] == arguments


def test_fields_help_lists_what_json_has(asked: tuple[str, ...], korea: Korea) -> None:
    run = korea(*asked, "--fields", "help")
    assert (run.code, run.err) == (0, "")
    keys = {key for rows in sections_of(document_of(korea, *asked)) for row in rows for key in row}
    assert keys <= set(run.out.split())


def test_every_field_can_be_asked_for_alone(korea: Korea) -> None:
    (event,) = rows_of(korea, "timeline", "id:hwasong-14-launch")
    for field in korea("timeline", "--fields", "help").out.split():
        (line,) = korea("timeline", "id:hwasong-14-launch", "--fields", field, "-f", "jsonl").out.splitlines()
        assert json.loads(line) == {field: event[field]}


def test_a_window_is_told_in_words_and_in_days(korea: Korea) -> None:
    document = document_of(korea, "timeline", "--from", "april", "--to", "july 2017")
    assert document["query"] == {
        "terms": [], "from": "2017-04-01", "to": "2017-07-31", "year_assumed": False, "around": None,
        "known_by": None, "certain": False, "with_withdrawn": False,
        "today": "2017-07-08", "limit": None, "reverse": False, "sort": None, "fields": None,
        "arguments": {},
    }  # fmt: skip
    assert {row["match"] for row in document["events"]} == {"certain", "possible"}
    drawn = korea("timeline", "--on", "4 july", "-f", "table").out
    assert "4 Jul 2017 (year assumed)" in drawn
