"""CSL-JSON keeps to the rules of CSL, and what is read from it by others is what was written."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any, cast

import pytest
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from korea_cli import formats
from korea_cli.base.sanitize import clean
from korea_cli.chronology.opening import open_chronology
from korea_cli.model.choices import SOURCE_TYPES
from korea_cli.model.records import Source, file_keys
from korea_cli.query.selection import Selection
from korea_cli.report.report import Report, listing
from korea_cli.report.screen import Screen
from korea_cli.report.sections import Section
from korea_cli.rows.column import plain_columns
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from korea_cli.report.lookups import Related

TYPES = [
    *("article-magazine", "article-newspaper", "book", "broadcast", "dataset", "document", "report", "webpage"),
    *("legal_case", "hearing", "personal_communication", "interview", "post", "motion_picture"),
]
# Those rules of https://github.com/citation-style-language/schema, schemas/input/csl-data.json, that concern our keys.
TEXT = {"type": "string"}
NAME = {"type": "object", "properties": dict.fromkeys(("family", "given", "literal"), TEXT)}
PARTS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {"type": "array", "items": PARTS, "minItems": 1, "maxItems": 2},
        "circa": {"type": "boolean"}, "literal": TEXT,
    },
    "additionalProperties": False,
}  # fmt: skip
ITEM = {
    "type": "object",
    "properties": {
        "type": {"enum": TYPES},
        "author": {"type": "array", "items": NAME | {"additionalProperties": False}},
        **dict.fromkeys(
            (
                "id",
                "genre",
                "title",
                "container-title",
                "publisher",
                "authority",
                "number",
                "URL",
                "archive_location",
                "DOI",
                "ISBN",
                "language",
                "note",
            ),
            TEXT,
        ),
        **dict.fromkeys(("issued", "accessed"), DATE),
    },
    "required": ["type", "id"],
    "additionalProperties": False,
}
RULES = Draft202012Validator({"type": "array", "items": ITEM})
SOURCE = {**dict.fromkeys(file_keys(Source), ""), "source_type": ""}
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ["é 문재인 \u202e", '{"\\', "a\nb", "100 %"]
)


class Kept:
    """Gives sources as they were kept, whatever is asked."""

    def __init__(self, *sources: dict[str, Any]) -> None:
        self.sources = sources

    def records(self, named: Any) -> Any:  # noqa: ANN401 - as Related has it
        """Give all of them; the report they are asked for has no rows."""
        assert list(named) == []
        return iter(self.sources)


def written(*sources: dict[str, Any], unicode: bool = True) -> str:
    section = Section(key="sources", rows=(), columns=plain_columns("source"), plain=(), layout="list")
    report = Report("sources", StoredHeader(), (), (section,), 0, 0, related=cast("Related", Kept(*sources)))
    return "".join(formats.load("csl-json").render(report, Screen(unicode=unicode)))


def of_record(**asked: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - of Selection
    record = open_chronology("builtin")
    report = listing("sources", record, record.sources(Selection(**asked)), "list", ("id",))
    return cast("list[dict[str, Any]]", json.loads("".join(formats.load("csl-json").render(report, Screen()))))


def test_every_source_of_the_built_in_record_keeps_the_rules() -> None:
    items = of_record()
    RULES.validate(items)
    assert [item["id"] for item in items] == [source.id for source in open_chronology("builtin").sources()]
    assert items[0] == {
        "id": "ramani-2017", "type": "article-magazine", "author": [{"family": "Ramani", "given": "Samuel"}],
        "title": "Russia's Korea Strategy", "container-title": "The Diplomat", "language": "en",
        "issued": {"date-parts": [[2017, 7]]}, "note": items[0]["note"],
    }  # fmt: skip


def test_a_citation_processor_reads_every_source() -> None:
    items = of_record()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # which it raises for a key it does not know
        read = CiteProcJSON([{key: value for key, value in item.items() if key != "note"} for item in items])
    for item in items:
        found = read[item["id"]]
        assert (found.type, str(found.title)) == (item["type"], item["title"])
        assert [dict(name) for name in found.get("author", [])] == item.get("author", [])
        issued = item.get("issued", {"date-parts": [[]]})
        if "literal" in issued:  # a date without a day on which it begins and ends
            assert found.issued.text == issued["literal"]
            continue
        parts = issued["date-parts"][0]
        assert [found.issued[key] for key in ("year", "month", "day")[: len(parts)] if parts] == parts


@given(title=TEXTS, container=TEXTS, note=TEXTS, author=TEXTS.filter(lambda text: "," not in text))
def test_texts_come_back_as_they_were(title: str, container: str, note: str, author: str) -> None:
    source = SOURCE | {"id": "x", "title": title, "container": container, "note": note, "authors": [author]}
    for unicode in (True, False):
        text = written(source, unicode=unicode)
        (item,) = json.loads(text)
        RULES.validate([item])
        found = [item.get(key, "") for key in ("title", "publisher", "note")]
        assert found == [clean(title), clean(container), clean(note)]
        assert text.isascii() or unicode
        assert text.count("\n") == 3


@pytest.mark.parametrize("type_", [*SOURCE_TYPES, None])
@pytest.mark.parametrize("voice", ["press", "official", None])
@pytest.mark.parametrize("issued", ["2017", "2017-07-04~", "2016/2017", "2016/..", "[2016,2017]", "2016-33", None])
def test_every_kind_of_source_and_date_keeps_the_rules(type_: str, voice: str, issued: str) -> None:
    source = SOURCE | {"id": "x", "title": "T", "authors": [], "source_type": type_, "voice": voice, "issued": issued}
    RULES.validate(json.loads(written(source)))


def test_every_type_of_source_that_a_file_may_name_has_a_type_of_its_own_in_csl() -> None:
    made = {type_: json.loads(written(SOURCE | {"id": "x", "authors": [], "source_type": type_}))[0]["type"]
            for type_ in SOURCE_TYPES}  # fmt: skip
    assert "document" not in made.values()


def test_all_keys_of_a_source_are_in_the_item() -> None:
    known = {
        "id": "x", "title": "T", "source_type": "report", "publisher": "RAND", "container": "Studies", "number": "RR-1",
        "doi": "10.1/a", "isbn": "0-306-40615-2", "archive_url": "https://a.example/1",
        "authors": ["김, 정은", "Yonhap"],
    }  # fmt: skip
    (item,) = json.loads(written(SOURCE | known))
    assert item == {
        "id": "x", "type": "report", "title": "T", "author": [{"family": "김", "given": "정은"}, {"literal": "Yonhap"}],
        "container-title": "Studies", "publisher": "RAND", "number": "RR-1", "DOI": "10.1/a", "ISBN": "0-306-40615-2",
        "archive_location": "https://a.example/1",
    }  # fmt: skip


def test_a_document_of_the_united_nations_has_an_author_and_a_number() -> None:
    items = {item["id"]: item for item in of_record()}
    letter = items["un-s-2017-613"]
    assert (letter["author"], letter["number"]) == ([{"literal": "United Nations Security Council"}], "S/2017/613")
    assert items["un-sc-12804"]["author"] == [{"literal": "United Nations"}]


def test_the_list_is_valid_also_when_it_is_empty() -> None:
    assert written() == "[]\n"
