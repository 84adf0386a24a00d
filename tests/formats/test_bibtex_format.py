"""BibTeX is read by two readers of others, and what they read is what was written, whatever is in the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import pytest
from bibtexparser.entrypoint import parse_string as parse_bibtex
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database import parse_string as parse_pybtex  # type: ignore[import-untyped]
from pylatexenc.latex2text import (  # type: ignore[import-untyped]
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from korea_cli import formats
from korea_cli.base.sanitize import clean_line
from korea_cli.chronology.opening import open_chronology
from korea_cli.model.choices import SOURCE_TYPES
from korea_cli.model.records import Source, file_keys
from korea_cli.report.report import Report, listing
from korea_cli.report.screen import Screen
from korea_cli.report.sections import Section
from korea_cli.rows.column import plain_columns
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from korea_cli.report.lookups import Related

SOURCE: dict[str, Any] = {
    **dict.fromkeys(file_keys(Source)), "source_type": None, "id": "some-id", "title": "Some title", "authors": [],
    "distinct_from": [],
}  # fmt: skip
OWN_ENTRIES = {"article", "book", "un-document", "report"}  # types that BibTeX has an entry for
HOSTILE = [
    *(
        "{",
        "}",
        "}{",
        "{}}",
        "\\",
        "\\}",
        "100 % & more",
        "$x_1^2$ # ~",
        "a -- b --- c",
        "``x''",
        "<<x>>",
        "@article{x,",
    ),
    *(
        "a\nb",
        "a\tb",
        '"',
        "'",
        "é ü ñ ł",
        "문재인 习近平 Путин",
        "\\textbf{x}",
        "\u202e\x1b[31m",
        "and",
        "x and y",
        "a, b, c",
    ),
]
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]) | st.sampled_from(" {}\\%&$#_~^-`',"))
TEXTS |= st.sampled_from(HOSTILE)
# What the reader of LaTeX lacks.
MORE = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}


class Kept:
    """Gives sources as they were kept, whatever is asked."""

    def __init__(self, *sources: dict[str, Any]) -> None:
        self.sources = sources

    def records(self, named: Any) -> Any:  # noqa: ANN401 - as Related has it
        """Give all of them; the report they are asked for has no rows."""
        assert list(named) == []
        return iter(self.sources)


def written(*sources: dict[str, Any]) -> str:
    section = Section(key="sources", rows=(), columns=plain_columns("source"), plain=(), layout="list")
    report = Report("sources", StoredHeader(), (), (section,), 0, 0, related=cast("Related", Kept(*sources)))
    return "".join(formats.load("bibtex").render(report, Screen()))


def read(text: str) -> dict[str, dict[str, str]]:
    """Read entries by both readers, which must agree; give their fields by their keys."""
    found = parse_bibtex(text)
    assert found.failed_blocks == []
    entries = {entry.key: {field.key: str(field.value) for field in entry.fields} for entry in found.entries}
    other = parse_pybtex(text, "bibtex").entries
    assert list(other) == list(entries)
    for key, fields in entries.items():
        assert {name: joined(value) for name, value in other[key].fields.items() if name != "month"} == {
            name: joined(value) for name, value in fields.items() if name not in {"month", "author"}
        }
    return entries


def joined(text: str) -> str:
    return " ".join(re.split(r"[ \t\r\n]+", text)).strip(" ")


def in_plain(latex: str) -> str:
    """Say what LaTeX prints."""
    context = get_default_latex_context_db()
    context.add_context_category("more", [MacroTextSpec(*each) for each in MORE.items()], prepend=True)
    return joined(str(LatexNodes2Text(context, strict_latex_spaces=True).latex_to_text(latex)))


def of_record() -> str:
    record = open_chronology("builtin")
    report = listing("sources", record, record.sources(), "list", ("id",))
    return "".join(formats.load("bibtex").render(report, Screen()))


def test_every_source_of_the_built_in_record_is_read_with_its_title() -> None:
    entries = read(of_record())
    sources = list(open_chronology("builtin").sources())
    assert list(entries) == [source.id for source in sources]
    for source in sources:
        fields = entries[source.id]
        assert fields["title"].startswith("{")
        assert in_plain(fields["title"]) == source.title
        assert fields.get("url", "") == source.url
        issued = source.issued.text if source.issued else ""
        assert fields.get("date", "") == ("" if issued.startswith("[") else issued)  # BibLaTeX has no choices
        within = (
            ("journal", "howpublished", "series") if source.publisher else ("journal", "howpublished", "institution")
        )
        assert in_plain("".join(fields.get(name, "") for name in within)) == source.container
        assert in_plain(fields.get("number", "")) == source.number
        assert re.fullmatch(r"\d{4}", fields.get("year", "2017"))


def test_persons_are_read_by_their_family_name_and_institutions_whole() -> None:
    entries = parse_pybtex(of_record(), "bibtex").entries
    names = {str(name) for entry in entries.values() for name in entry.persons.get("author", ())}
    assert {"Ramani, Samuel", "Pinchuk, Denis", "Osborn, Andrew", "{Associated Press}", "{Jun Ji-hye}"} <= names
    assert len(entries["reuters-2017-06-01"].persons["author"]) == 2


@given(title=TEXTS, container=TEXTS, note=TEXTS, author=TEXTS)
@example(title="}", container="{", note="\\", author="and")
@example(title="".join(HOSTILE), container="--" * 9, note="%", author="x and y")
def test_whatever_is_in_a_text_comes_back(title: str, container: str, note: str, author: str) -> None:
    source = SOURCE | {"title": title, "container": container, "note": note, "authors": [author]}
    after = SOURCE | {"id": "after"}
    entries = read(written(source, after))
    assert list(entries) == ["some-id", "after"]
    fields = entries["some-id"]
    assert [in_plain(fields.get(name, "")) for name in ("title", "howpublished", "annote")] == [
        joined(clean_line(text)) for text in (title, container, note)
    ]


@given(
    authors=st.lists(st.sampled_from([each for each in HOSTILE if clean_line(each) and each != "a, b, c"]), max_size=3)
)
def test_names_are_as_many_as_there_are_authors(authors: list[str]) -> None:
    entry = parse_pybtex(written(SOURCE | {"authors": authors}), "bibtex").entries["some-id"]
    names = [in_plain(str(name)) for name in entry.persons.get("author", ())]
    assert names == [joined(clean_line(author)) for author in authors]


@given(url=st.text(st.characters(codec="utf-8")).map(lambda text: f"https://example.org/{text}"))
@example(url="https://example.org/a%20b_c~d#e&f{}{\\")
def test_an_address_stays_what_it_is_and_breaks_nothing(url: str) -> None:
    (fields,) = read(written(SOURCE | {"url": url})).values()
    assert not set(fields["url"]) & set("{}\\ \n")
    if re.fullmatch(r"[!-\[\]-z|~]+", url):
        assert fields["url"] == url


@pytest.mark.parametrize(
    ("issued", "date", "year", "month"),
    [
        ("2017-07-04", "2017-07-04", "2017", "jul"),
        ("2017-07~", "2017-07~", "2017", "jul"),
        ("0987", "0987", "0987", None),
    ],
)
def test_a_date_is_told_for_both_programs(issued: str, date: str, year: str, month: str | None) -> None:
    (fields,) = read(written(SOURCE | {"issued": issued, "accessed": issued})).values()
    assert [fields.get(name) for name in ("date", "year", "month", "urldate")] == [date, year, month, date]
    assert "note" not in fields


@pytest.mark.parametrize(
    ("issued", "date", "year", "note"),
    [
        ("2017-07-07/2017-07-08", "2017-07-07/2017-07-08", "2017", "7–8 Jul 2017"),
        ("2016/2017", "2016/2017", None, "2016–2017"),
        ("2016/..", "2016/..", None, "since 2016, ongoing"),
        ("[2016,2017]", None, None, "2016 or 2017"),
        ("[2017-05-01,2017-07-04]", None, "2017", "1 May or 4 Jul 2017"),
        ("2016-33", None, "2016", "Q1 2016"),
        ("[..2017]", None, None, "by 2017"),
    ],
)
def test_a_year_is_a_number_and_words_are_a_note(issued: str, date: str | None, year: str | None, note: str) -> None:
    (fields,) = read(written(SOURCE | {"issued": issued})).values()
    assert [fields.get(name) for name in ("date", "year", "month")] == [date, year, None]
    assert in_plain(fields["note"]) == note


def test_what_has_no_date_has_none() -> None:
    (fields,) = read(written(SOURCE)).values()
    assert not {"date", "year", "month", "note"} & fields.keys()


def test_a_document_of_the_united_nations_has_an_author_and_a_number() -> None:
    known = {"source_type": "un-document", "number": "S/2017/613", "publisher": "United Nations"}
    (fields,) = read(written(SOURCE | known)).values()
    assert (fields["author"], fields["number"], fields["institution"]) == (
        "{United Nations}", "S/2017/613", "United Nations",
    )  # fmt: skip
    entries = read(of_record())
    assert entries["un-s-2017-613"]["number"] == "S/2017/613"
    assert entries["un-s-2017-613"]["author"] == "{United Nations Security Council}"
    assert entries["un-sc-12804"]["author"] == "{United Nations}"


def test_all_keys_of_a_source_have_a_field() -> None:
    known = {
        "source_type": "report", "publisher": "RAND", "container": "Studies", "number": "RR-1", "doi": "10.1/a_b",
        "isbn": "0-306-40615-2", "archive_url": "https://a.example/1", "authors": ["김, 정은", "Ramani, Samuel"],
    }  # fmt: skip
    (fields,) = read(written(SOURCE | known)).values()
    kept = {key: fields[key] for key in ("institution", "series", "number", "doi", "isbn", "archiveurl", "author")}
    assert kept == {
        "institution": "RAND", "series": "Studies", "number": "RR-1", "doi": "10.1/a_b", "isbn": "0-306-40615-2",
        "archiveurl": "https://a.example/1", "author": "{김정은} and Ramani, Samuel",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "entry", "within"),
    [
        ("article", "article", "journal"),
        ("book", "book", "publisher"),
        *((each, "techreport", "institution") for each in ("un-document", "report")),
        *((each, "misc", "howpublished") for each in (None, *SOURCE_TYPES) if each not in OWN_ENTRIES),
    ],
)
def test_every_type_is_one_that_both_programs_know(type_: str, entry: str, within: str) -> None:
    text = written(SOURCE | {"source_type": type_, "container": "Somewhere"})
    assert text.startswith(f"@{entry}{{some-id,\n")
    assert f"  {within} = {{Somewhere}},\n" in text


@pytest.mark.parametrize(
    ("code", "told"), [("en", ("langid", "english")), ("de-AT", ("langid", "german")), ("tlh", ("language", "tlh"))]
)
def test_a_language_is_called_as_babel_does(code: str, told: tuple[str, str]) -> None:
    (fields,) = read(written(SOURCE | {"language": code})).values()
    assert told in fields.items()


def test_nothing_is_an_empty_file() -> None:
    assert written() == ""
