"""The records of a document of JSON are found where they are, and what is beside them is counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.ingest.files.source_file import opened
from korea_cli.ingest.json.json_lists import find_records
from korea_cli.ingest.json.json_shapes import unwrapped
from korea_cli.ingest.sheet import ReaderOptions
from korea_cli.model.records import Event, Source

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.ingest.sheet import Sheet
    from korea_cli.model.records import Record

A, B = {"title": "A", "date": "2031"}, {"title": "B", "date": "2032"}

OWN = ("command", "chronology", "query", "matched", "count", "schema_version")  # what korea writes beside records


def found(document: object, at: str = "", record: type[Record] = Event) -> tuple[Any, str, dict[str, int]]:
    records = find_records(document, at, record)
    assert records is not None
    return records.records, records.path, dict(records.left_out)


@pytest.mark.parametrize(
    ("document", "path", "left"),
    [
        ([A, B], "", {}),
        ({"events": [A, B]}, "", {}),
        ({"events": [A, B], "count": 2, "empty": "", "pages": [1, 2, 3]}, "", {"count": 1, "pages": 3}),
        ({"schema_version": 2, "events": [A, B], "count": 2}, "", {"schema_version": 1, "count": 1}),
        ({**dict.fromkeys(OWN, 1), "events": [A, B]}, "", {}),
        ({"data": [A, B]}, "data", {}),
        ({"status": 200, "data": {"page": 1, "items": [A, B]}}, "data.items", {"status": 1, "data.page": 1}),
        ({"Result": [A, B]}, "Result", {}),
        ({"type": "FeatureCollection", "features": [A, B]}, "features", {"type": 1}),
        ({"head": {"vars": ["x"]}, "results": {"bindings": [A, B]}}, "results.bindings", {"head.vars": 1}),
        ({"data": [A, B], "included": [{"x": 1}]}, "data", {"included[].x": 1}),
        ({"days": [{"day": 1, "all": [A]}, {"day": 2, "all": [B]}], "x": 1}, "days[].all", {"x": 1, "days[].day": 2}),
        (
            [{"year": 1, "events": [A]}, {"year": 2, "events": [B], "more": [1]}],
            "[].events",
            {"[].year": 2, "[].more": 1},
        ),
        ({"a": [{"b": [{"c": [A, B], "d": 1}]}]}, "a[].b[].c", {"a[].b[].d": 1}),
        ({"a": {"entries": {"0": A, "1": B}}}, "a.entries", {}),
        ({"a": {"entries": {"1": A, "2": B}}}, "a.entries", {}),
        ({"columns": ["title", "date"], "rows": [["A", "2031"], ["B", "2032"]]}, "", {}),
        ({"fields": [{"name": "title"}, {"name": "date"}], "data": [["A", "2031"], ["B", "2032"]]}, "", {}),
        ([["title", "date"], ["A", "2031"], ["B", "2032"]], "", {}),
        ({"2031": "A", "2032": ["B"]}, "", {}),
        ({"2031": ["A"], "2032": ["B"]}, "", {}),
        ({"title": ["A", "B"], "date": ["2031", "2032"]}, "", {}),
        ({"title": {"0": "A", "1": "B"}, "date": {"0": "2031", "1": "2032"}}, "", {}),
    ],
)
def test_records_are_found_wherever_they_are(document: object, path: str, left: dict[str, int]) -> None:
    records, where, beside = found(document)
    if isinstance(document, dict) and "events" in document:
        records = [{key: each for key, each in record.items() if key != "type"} for record in records]
    assert (list(records), where, beside) == ([A, B], path, left)


def test_objects_by_id_have_their_keys_as_ids() -> None:
    assert found({"x": A, "y": B}) == ([{"id": "x", **A}, {"id": "y", **B}], "", {})
    assert found({"all": {"x": A, "y": B}})[0] == [{"id": "x", **A}, {"id": "y", **B}]
    with_ids = {"x": {**A, "id": "x"}, "y": {**B, "id": "other"}}
    assert [each["object key"] for each in found(with_ids)[0]] == ["x", "y"]


@pytest.mark.parametrize(
    "document",
    [
        {**A, "sources": [{"title": "S", "date": "2031"}], "actors": [{"name": "x"}], "parts": [{"name": "y"}]},
        {"type": "Feature", "properties": A, "geometry": {"type": "Point"}},
        {"name": "A", "year": 2031, "extra": {"a": {"b": 1}, "c": {"d": 2}}},
    ],
)
def test_an_object_with_all_that_a_record_must_have_is_one(document: object) -> None:
    assert found(document) == ([document], "", {})


def test_what_a_record_is_depends_on_its_type() -> None:
    source = {"title": "S", "authors": [{"name": "Lee"}]}
    assert found(source, record=Source)[0] == [source]
    assert found({"title": "All", "date": "2030", "events": [A, B], "sources": [{"title": "S"}]})[0] == [
        {"type": "source", "title": "S"}, {"type": "event", **A}, {"type": "event", **B},
    ]  # fmt: skip


def test_of_several_lists_one_must_be_chosen_unless_only_one_has_records() -> None:
    document = {"first": [A], "second": {"all": [B]}, "c": [{"x": 1}]}
    with pytest.raises(UsageError) as refused:
        find_records(document, "", Event)
    assert str(refused.value) == (
        "the file has several lists: first (1), second.all (1), c (1). Choose one with --at, as in --at first"
    )
    assert found(document, "second.all") == ([B], "second.all", {"first[].title": 1, "first[].date": 1, "c[].x": 1})
    assert found(document, "c")[0] == [{"x": 1}]
    with pytest.raises(NotInListError, match=r"unknown path 'secand\.all'. Did you mean 'second\.all'\?"):
        find_records(document, "secand.all", Event)


def test_lists_in_records_are_parts_of_these_and_so_are_those_in_objects_that_say_as_little() -> None:
    records = [{**A, "sources": [{"title": "S", "date": "2030"}], "steps": [A]}]
    assert found({"data": records}) == (records, "data", {})
    assert found(records) == (records, "", {})
    unknown = [{"when": None, "x": [{"y": 1}]}]
    assert found({"data": unknown}) == (unknown, "data", {})
    assert found(unknown) == (unknown, "", {})
    assert found({"bins": [{"year": 2031, "data": [{"date": "2031", "description": "A"}]}]})[1] == "bins[].data"


def test_a_path_may_lead_to_one_object_and_its_keys_have_dots() -> None:
    left = dict.fromkeys(("x[].title", "x[].date", "y[].title", "y[].date"), 1)
    assert found({"a": {"b.c": {"d": A}}, "x": [A], "y": [B]}, "a.b.c.d") == ([A], "a.b.c.d", left)
    for path in ("a.x", "x.y", "n"):
        with pytest.raises(NotInListError, match="unknown path"):
            find_records({"a": {"b": 1}, "x": [A], "n": 3}, path, Event)


@pytest.mark.parametrize("document", [1, "x", None, {}, {"a": 1}, {"a": {"b": {"c": 1}}}, {"events": 3}, {"a": [1, 2]}])
def test_a_document_without_objects_has_no_records(document: object) -> None:
    assert find_records(document, "", Event) is None


def test_an_object_that_wraps_a_record_is_taken_off_and_what_is_around_it_is_kept() -> None:
    point = {"type": "Point"}
    assert unwrapped({"type": "Feature", "id": 3, "geometry": point, "properties": A}) == {
        **A, "object type": "Feature", "id": 3, "geometry": point,
    }  # fmt: skip
    assert unwrapped({"id": 3, "properties": {**A, "id": 4}}) == {**A, "id": 4, "object id": 3}
    assert unwrapped({"type": "event", "id": "x", "attributes": A}) == {**A, "object type": "event", "id": "x"}
    assert unwrapped({"_index": "i", "_id": "x", "_source": A}) == {**A, "_index": "i", "_id": "x"}
    assert unwrapped({"node": A, "cursor": "c"}) == {**A, "cursor": "c"}
    term = {"type": "literal", "value": "A", "xml:lang": "en"}
    assert unwrapped({"title": term, "date": {"type": "literal", "value": "2031"}}) == {**A, "title.xml:lang": "en"}
    for other in ({**A, "properties": {"x": 1}}, {"title": {"type": "a", "value": "b"}, "date": "2031"}, {}, [A], 3):
        assert unwrapped(other) == other


def sheet_of(tmp_path: Path, text: str | bytes, name: str = "x.json", encoding: str = "") -> Sheet:
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with opened(str(file), None, ReaderOptions(encoding)) as (sheet, _):
        return sheet._replace(rows=iter(list(sheet.rows)))


@pytest.mark.parametrize(
    "text",
    [
        "storyjs_jsonp_data = {};",
        "var data = {}",
        "window.data = {} ;\n",
        "callback({});",
        "\n const x={}",
        "jQuery.call( {} )",
    ],
)
def test_json_in_a_script_is_read(tmp_path: Path, text: str) -> None:
    sheet = sheet_of(tmp_path, text.format() if "{}" not in text else text.replace("{}", json.dumps([A])), "x.jsonp")
    assert [row.cells for row in sheet.rows] == [A]
    assert [row.cells for row in sheet_of(tmp_path, text.replace("{}", json.dumps([A])), "x").rows] == [A]


def test_lines_of_json_are_recognized_whatever_their_extension_and_one_line_is_a_document(tmp_path: Path) -> None:
    lines = f"{json.dumps(A)}\n\n{json.dumps({'type': 'Feature', 'properties': B})}\n"
    for name in ("x.json", "x.txt", "x", "x.jsonl"):
        assert [row.cells for row in sheet_of(tmp_path, lines, name).rows] == [A, {**B, "object type": "Feature"}]
    for name in ("x.json", "x.txt", "x"):
        sheet = sheet_of(tmp_path, json.dumps({"data": [A, B]}) + "\n", name)
        assert [row.cells for row in sheet.rows] == [A, B]
        assert sheet.notes == ("read the records in 'data'",)


def test_an_encoding_that_is_named_or_marked_is_read(tmp_path: Path) -> None:
    text = '[{"title": "Caf\xe9"}]'
    for raw, encoding in ((text.encode("latin-1"), "latin-1"), (text.encode("utf-16"), ""), (text.encode(), "")):
        for name in ("x.json", "x.jsonl"):
            raw_lines = raw if name == "x.json" else raw.replace(b"[", b" ", 1).replace(b"]", b" ", 1)
            assert [row.cells for row in sheet_of(tmp_path, raw_lines, name, encoding).rows] == [{"title": "Caf\xe9"}]


@pytest.mark.parametrize("before", [19, 20])
def test_a_list_is_judged_by_its_first_twenty_objects(before: int) -> None:
    plain = {"x": "y"}
    document = {"one": [*[plain] * before, A], "two": [plain, plain]}
    if before < 20:
        assert found(document)[1] == "one"
    else:
        with pytest.raises(UsageError, match="the file has several lists"):
            found(document)
