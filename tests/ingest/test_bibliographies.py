"""Bibliographies of other programs become sources: every value is stored, or named in the report."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from korea_cli.base.errors import UsageError
from korea_cli.base.sanitize import clean_line
from korea_cli.formats.bibtex import escape
from korea_cli.ingest.bibliographies.bibliography import readable
from korea_cli.ingest.bibliographies.bibtex_entries import read_entries
from korea_cli.ingest.bibliographies.bibtex_sources import source_cells as bibtex_cells
from korea_cli.ingest.bibliographies.csl_items import are_items, source_cells
from korea_cli.ingest.bibliographies.latex import plain_latex

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea, Run

ITEM: dict[str, Any] = {
    "id": "kim2017", "type": "article-journal", "title": "Launches", "container-title": "Asian Survey",
    "author": [{"family": "Kim", "given": "Ana", "suffix": "Jr."}, {"literal": "The Institute"}],
    "issued": {"date-parts": [["2017", 5]]}, "DOI": "https://doi.org/10.1000/ab.1", "volume": "57", "page": "1-9",
    "URL": "https://example.org/1", "language": "en_us", "ISSN": "0004-4687", "archive": "JSTOR", "file": "x.pdf",
}  # fmt: skip


def imported(korea: Korea, folder: Path, name: str, text: str, *options: str) -> tuple[Run, list[Any]]:
    """Import a file into an empty one; return the run, and the sources in it."""
    (folder / name).write_text(text, "utf-8")
    (folder / "mine.toml").write_text("")
    run = korea("import", folder / name, "-d", folder / "mine.toml", *options)
    return run, json.loads(korea("sources", "-d", folder / "mine.toml", "--json").out)["sources"]


def filled(source: dict[str, Any]) -> dict[str, Any]:
    """Return what a source has of its own."""
    derived = {"type", "event_count", "fact_count", "alone", "first", "last", "file", "line"}
    return {key: value for key, value in source.items() if value and key not in derived}


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("doi:10.1000/doi:7", "10.1000/doi:7"), ("10.1000/https://doi.org/7", "10.1000/https://doi.org/7"),
        ("https://doi.org/doi:10.1000/7", None), ("see doi:10.1000/7", None),
    ],
)  # fmt: skip
def test_only_what_is_before_a_doi_is_removed(written: str, doi: str | None, korea: Korea, tmp_path: Path) -> None:
    run, sources = imported(korea, tmp_path, "refs.json", json.dumps([{**ITEM, "DOI": written}]))
    assert sources[0]["doi"] == doi
    assert ("1 of DOI (no DOI)" in run.err) is (doi is None)


@pytest.mark.parametrize("wrap", [lambda item: [item], lambda item: item, lambda item: {"items": [item]}])
def test_items_of_csl_json_are_sources_without_any_option(wrap: Any, korea: Korea, tmp_path: Path) -> None:  # noqa: ANN401
    run, sources = imported(korea, tmp_path, "refs.json", json.dumps(wrap(ITEM)))
    assert list(map(filled, sources)) == [
        {
            "id": "kim2017", "source_type": "article", "title": "Launches", "container": "Asian Survey",
            "authors": ["Kim, Ana", "The Institute"], "issued": "2017-05", "doi": "10.1000/ab.1",
            "url": "https://example.org/1", "language": "en-US",
        }
    ]  # fmt: skip
    assert "1 of ISSN, 1 of author[].suffix, 1 of field archive, 1 of file, 1 of page, 1 of volume" in run.err


@pytest.mark.parametrize("number", [19, 20])
def test_the_first_twenty_items_show_that_a_file_is_a_bibliography(number: int, korea: Korea, tmp_path: Path) -> None:
    items: list[object] = [{**ITEM, "id": f"kim-{each}", "title": f"Launches {each}"} for each in range(number)]
    _, sources = imported(korea, tmp_path, "refs.json", json.dumps([*items, {"page": 1}]))
    assert (len(sources) == number) is (number == 20)


def test_a_field_without_a_key_is_imported_by_its_own_name(korea: Korea, tmp_path: Path) -> None:
    maps = ("--map", "volume=note", "--map", "container-title=publisher")
    run, (source,) = imported(korea, tmp_path, "refs.json", json.dumps([ITEM]), *maps)
    assert (source["note"], source["publisher"], source["container"]) == ("57", "Asian Survey", None)
    assert "volume" not in run.err.partition("ignored")[2]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ({"date-parts": [[2017, 7, 4]]}, "2017-07-04"), ({"date-parts": [["2017"]]}, "2017"),
        ({"date-parts": [[-44, 3]]}, "-0043-03"), ({"date-parts": [[2016], [2017, 2]]}, "2016/2017-02"),
        ({"date-parts": [[2017]], "circa": True}, "2017~"), ({"date-parts": [[2017]], "season": 1}, "2017"),
        ({"literal": "since 2016, ongoing"}, "2016/.."), ({"raw": "4 July 2017"}, "2017-07-04"),
        ({"raw": "4/7/2017"}, "4/7/2017"), ("2017-07", "2017-07"), ({"literal": "July 98"}, "9998-07"),
    ],
)  # fmt: skip
def test_a_date_of_csl_is_read_as_far_as_it_is_known(written: object, stored: str) -> None:
    cells = source_cells({"id": "a", "type": "book", "title": "A", "issued": written})
    assert readable(str(cells["issued"])) == stored


@pytest.mark.parametrize("written", [{"literal": "forthcoming"}, {"date-parts": [[2017, 13]]}])
def test_what_is_no_date_is_counted_as_such(written: object, korea: Korea, tmp_path: Path) -> None:
    run, (source,) = imported(korea, tmp_path, "r.json", json.dumps([ITEM | {"issued": written}]))
    assert source["issued"] is None
    assert "of issued (not a date)" in run.err or "of issued (not a date).literal" in run.err


def test_an_address_that_is_none_does_not_cost_the_entry(korea: Korea, tmp_path: Path) -> None:
    text = json.dumps([ITEM | {"URL": "in print", "DOI": "none", "language": "Nolang?"}])
    run, (source,) = imported(korea, tmp_path, "r.json", text)
    assert (source["url"], source["doi"], source["language"]) == (None, None, None)
    assert "1 of DOI (no DOI)" in run.err
    assert "1 of URL (no web address)" in run.err
    assert "1 of language (no code)" in run.err


@pytest.mark.parametrize(
    "records",
    [
        [{"type": "event", "id": "a", "title": "A"}], [{"type": "report", "title": "A", "date": "2031"}],
        [{"type": "meeting", "title": "A", "date": "2031", "URL": "https://example.org"}], [{"id": "a", "title": "A"}],
        [1], [], [{"type": {"name": "book"}, "id": "a", "title": "A"}], [{"type": ["book"], "title": "A"}],
    ],
)  # fmt: skip
def test_other_json_is_no_bibliography(records: list[object]) -> None:
    assert not are_items(records)


def test_a_bibliography_has_no_events(korea: Korea, tmp_path: Path) -> None:
    run, sources = imported(korea, tmp_path, "r.json", json.dumps([ITEM]), "--type", "event")
    assert (run.code, sources) == (2, [])
    assert "this file has sources: leave out --type event" in run.err


@pytest.mark.parametrize("form", ["csl-json", "bibtex"])
def test_what_korea_exports_comes_back_but_for_what_it_named(form: str, korea: Korea, tmp_path: Path) -> None:
    """Law: export, import into an empty file, and only the keys named on the way out differ."""
    out = korea("sources", "-f", form)
    named = set(re.findall(r"[\d,]+ of (\w+)", out.err))
    run, sources = imported(korea, tmp_path, "back", out.out, "-f", form if form != "csl-json" else "json")
    assert run.code == 0, run.err
    assert "rejected" not in run.err
    before = json.loads(korea("sources", "--json").out)["sources"]
    after = {each["id"]: each for each in sources}
    keys = set(filled(before[0])) | set(filled(sources[0])) | named
    differing = {key for each in before for key in keys if (each[key] or None) != (after[each["id"]][key] or None)}
    assert differing <= named
    assert {"voice", "country"} <= named


BIB = r"""% Exported by hand
@string{nk = "North " # "Korea"}
@preamble{"\newcommand{\noop}[1]{}"}
@article{Smith_2017,
  author = "Sm{\'i}th, J{\"o}rg and {Associated Press and Partners} and Ana Kim and others",
  title = {The {DPRK} \& its \emph{missiles}: 100% of \$5 -- a "review"},
  journal = nk # { Review},
  year = 2017, month = jul # "~4", volume = 5, number = 2, pages = {1--9}, issn = {0004-4687},
  url = {https://example.org/a\_b%20c}, doi = {10.1000/x\_1}, file = {:a.pdf:PDF}, type = {Essay},
  note = {Read twice}, annote = {Doubtful}, language = {ngerman}, keywords = {a; b},
}

@inproceedings{kid, crossref = "VOL", title = "A Paper", pages = 3}
@broken{x, title = {A
@online{web1, title = {Site}, howpublished = {\url{https://example.org/~me}}, date = {2016-05/..}, urldate = {soon}}
@proceedings{vol, title = {The Volume}, year = {2015}, publisher = {Press}}
@misc(late, title = "Later", year = "in press", month = "Spring")
@book{untitled, author = {Nobody}}
@comment{jabref}
"""


def test_entries_of_bibtex_are_sources(korea: Korea, tmp_path: Path) -> None:
    run, sources = imported(korea, tmp_path, "refs.bib", BIB)
    by_id = {each["id"]: filled(each) for each in sources}
    assert by_id["smith-2017"] == {
        "id": "smith-2017", "source_type": "article", "issued": "2017-07-04", "container": "North Korea Review",
        "title": 'The DPRK & its missiles: 100% of $5 \u2013 a "review"', "note": "Doubtful\nRead twice",
        "authors": ["Smíth, Jörg", "Associated Press and Partners", "Ana Kim"], "doi": "10.1000/x_1",
        "url": "https://example.org/a_b%20c", "language": "de",
    }  # fmt: skip
    assert by_id["kid"] == {
        "id": "kid", "source_type": "article", "title": "A Paper", "container": "The Volume", "publisher": "Press",
        "issued": "2015",
    }  # fmt: skip
    assert by_id["web1"] == {
        "id": "web1", "source_type": "web", "title": "Site", "url": "https://example.org/~me", "issued": "2016-05/..",
    }  # fmt: skip
    assert by_id["late"] == {"id": "late", "title": "Later"}
    assert (run.code, len(sources)) == (1, 5)


def test_what_no_key_is_for_is_counted_and_bad_entries_are_rejected(korea: Korea, tmp_path: Path) -> None:
    run, _ = imported(korea, tmp_path, "refs.bib", BIB)
    assert "line 14: its BibTeX is invalid: unexpected block start" in run.err
    assert "title is required" in run.err
    ignored = run.err.partition("ignored values: ")[2].partition(". Use")[0].split(", ")
    assert set(ignored) == {
        "1 of author (others)", "1 of field type", "1 of file", "1 of issn", "1 of keywords", "2 of pages",
        "1 of field number", "1 of volume", "1 of urldate (not a date)", "1 of year (not a date)",
        "1 of month (not a date)",
    }  # fmt: skip
    assert "left out, beside the records: 1 of @comment, 1 of @preamble, 1 of text between entries" in run.err


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        ("year=1998, month=10", "1998-10"), ("year=1998, month={May/June}", "[1998-05,1998-06]"),
        ("year=1998, month=jun", "1998-06"),
        ("year={c. 1998}", "1998~"), ("date={{1998-06~}}, year=1998", "1998-06~"),
        ("date={1998-06-04}, year=1998, month=jun", "1998-06-04"),
        ("date={4/7/1998}", None), ("year=98", None), ("year={n.d.}", None), ("year=1998, day=3", "1998"),
        ("year=1998, month={10~} # jan", "1998-01-10"), ("year=2016, note={by 2016}", "[..2016]"),
    ],
)  # fmt: skip
def test_dates_of_bibtex_are_never_more_precise_than_written(
    fields: str, stored: str | None, korea: Korea, tmp_path: Path
) -> None:
    _, sources = imported(korea, tmp_path, "refs.bib", f"@misc{{a, title={{A}}, {fields}}}")
    assert [each["issued"] for each in sources] == ([] if "4/7" in fields else [stored])


def test_the_day_of_access_has_several_names() -> None:
    for name in ("urldate", "lastchecked", "lastaccessed", "visited"):
        assert bibtex_cells("misc", "a", {"title": "A", name: "2017-05-02"})["accessed"] == "2017-05-02"


def test_an_entry_without_a_key_gets_an_id_and_inherits_nothing(korea: Korea, tmp_path: Path) -> None:
    text = (
        "@misc{, title={Flood Report}, publisher={P}}\n@misc{, title={Fire Report}}\n@misc{a, title={A}, crossref={a}}"
    )
    _, sources = imported(korea, tmp_path, "refs.bib", text)
    assert [(each["id"], each["publisher"]) for each in sources] == [
        ("flood-report", "P"), ("fire-report", None), ("a", None),
    ]  # fmt: skip


def test_sources_with_one_title_are_not_taken_for_one(korea: Korea, tmp_path: Path) -> None:
    """Entries without a key are distinguished by author and year; importing them again adds nothing."""
    text = "".join(f"@book{{, title={{Literacy}}, author={{Kim, A}}, year={year}}}\n" for year in (1998, 2003))
    text += "@book{, title={Literacy}, author={李, 明}, year=2003}"
    run, sources = imported(korea, tmp_path, "refs.bib", text)
    assert [each["id"][:21] for each in sources] == [
        "kim-1998-literacy",
        "kim-2003-literacy",
        "li-2003-literacy-bad4",
    ]
    assert run.code == 0
    assert "Imported nothing" in korea("import", tmp_path / "refs.bib", "-d", tmp_path / "mine.toml").out


def test_a_day_whose_order_is_open_waits_for_an_option(korea: Korea, tmp_path: Path) -> None:
    text = "@misc{a, title={A}, date={01/02/1998}}"
    run, _ = imported(korea, tmp_path, "refs.bib", text)
    assert "could be 1998-01-02 or 1998-02-01" in run.err
    _, (source,) = imported(korea, tmp_path, "refs.bib", text, "--day-first")
    assert source["issued"] == "1998-02-01"


def test_files_that_grow_without_end_are_refused(korea: Korea, tmp_path: Path) -> None:
    strings = "".join(f"@string{{s{n + 1} = {' # '.join([f's{n}'] * 10)}}}\n" for n in range(20))
    text = f'@string{{s0 = "word "}}\n{strings}@misc{{a, title = s20}}\n@misc{{b, title = {{{{{"{" * 9000}B}}}}}}'
    run, sources = imported(korea, tmp_path, "refs.bib", text + "}" * 9000)
    assert "a value has more than 1,000,000 letters" in run.err
    assert [each["title"] for each in sources] == ["B"]


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser.splitter", None)
    with pytest.raises(UsageError, match=r"needs bibtexparser: pip install 'korea-cli\[bib\]'. Or export"):
        read_entries(BIB)


@pytest.mark.parametrize(
    "text", [r"\'{\i}", r"\v S", r"\c{c}", r"\H{o}", r"\k a", r"{\aa}ngstr{\"o}m", r"\ss{}", r"\d{h}", r"\L{}"]
)
def test_accents_are_read_as_another_library_reads_them(text: str) -> None:
    assert plain_latex(text) == LatexNodes2Text().latex_to_text(text)


@pytest.mark.parametrize("text", [r"\input{/etc/passwd}", r"\write18 ls", r"a \unknown{b {c}} d"])
def test_commands_are_kept_as_they_are_and_never_run(text: str) -> None:
    assert plain_latex(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [("$x$ {a}", "x a"), ("{a} for $5", "a for $5"), (r"\$5 -- {b}", "$5 \u2013 b"), ("a~b  c", "a b c")],
)
def test_a_dollar_is_a_sign_of_money_unless_there_are_two(text: str, plain: str) -> None:
    assert plain_latex(text) == plain


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]), max_size=30))
def test_what_is_escaped_for_latex_is_read_as_it_was(text: str) -> None:
    plain = clean_line(text)
    assert plain_latex(escape(plain)) == normalize("NFC", " ".join(plain.split()))


RIS = """TY  - NEWS
TI  - My Day
AU  - Roosevelt, Eleanor
A1  - Reuters
T2  - The Beacon
CY  - Akron
DA  - 1939/10/30/
PY  - 1939
UR  - https://example.org/1
UR  - https://example.org/2
Y2  - 2017/01//
N1  - one
N1  - two
  goes on
KW  - a
KW  - b
SN  - 0004-4687
LA  - eng
ER  -

TY  - THES
T1  - A thesis
Y1  - 2001///
ID  - kim
ER  -
TY  - BOOK
TI  - Cut off
TY  - GEN
TI  - Last
PY  - in press
ER  -
"""
ZOTERO = """Key,Item Type,Publication Year,Author,Title,Publication Title,ISSN,Url,Date,Access Date,Notes
ABC,newspaperArticle,2016,"Kim, Ana; Reuters",A study,Beacon,0004,https://x.org/1,"May 3, 2016",2017-01-02,<p>A &amp; B
DEF,thesis,1998,,B,,,,,,
"""


@pytest.mark.parametrize(
    ("tags", "issued", "note"),
    [
        (["PY  - 2017/05/03/spring"], "2017-05-03", "PY: spring"), (["Y1  - 2017///Spring"], "2017", "Y1: Spring"),
        (["DA  - 2017/05//first half", "PY  - 2017"], "2017-05", "DA: first half"),
        (["DA  - 2017///Winter", "PY  - 2017///Winter"], "2017", "DA: Winter\nPY: Winter"),
        (["N1  - Doubtful", "PY  - 2017/5/3/a/b"], "2017-05-03", "Doubtful\nPY: a/b"), (["PY  - 2017///"], "2017", ""),
    ],
)  # fmt: skip
def test_what_ris_says_beside_a_date_is_kept(
    tags: list[str], issued: str, note: str, korea: Korea, tmp_path: Path
) -> None:
    text = "\n".join(["TY  - JOUR", "TI  - A title", *tags, "ER  - ", ""])
    run, sources = imported(korea, tmp_path, "x.ris", text)
    assert run.code == 0, run.err
    assert [(each["issued"], each["note"] or "") for each in sources] == [(issued, note)]
    assert "ignored" not in run.err


@pytest.mark.parametrize("name", ["refs.ris", "refs.txt"])
def test_references_of_ris_are_sources(name: str, korea: Korea, tmp_path: Path) -> None:
    run, sources = imported(korea, tmp_path, name, RIS)
    by_id = {each["id"]: filled(each) for each in sources}
    assert by_id == {
        "roosevelt-1939-my-day": {
            "id": "roosevelt-1939-my-day", "source_type": "article", "title": "My Day",
            "authors": ["Roosevelt, Eleanor", "Reuters"],
            "container": "The Beacon", "issued": "1939-10-30", "url": "https://example.org/1", "accessed": "2017-01",
            "language": "en", "note": "one\ntwo\ngoes on",
        },
        "kim": {"id": "kim", "title": "A thesis", "issued": "2001"}, "last": {"id": "last", "title": "Last"},
    }  # fmt: skip
    ignored = run.err.partition("ignored values: ")[2].partition(". Use")[0]
    assert ignored == "1 of CY, 2 of KW, 1 of PY (not a date), 1 of SN (no ISBN), 1 of TY, 1 of further UR"
    assert "reference at line 26: it has no end (ER)" in run.err


@pytest.mark.parametrize(("type_", "ignored"), [("GEN", ""), ("SLIDE", "1 of TY"), ("BOOK", "")])
def test_a_type_of_ris_that_no_source_has_is_reported(type_: str, ignored: str, korea: Korea, tmp_path: Path) -> None:
    run, sources = imported(korea, tmp_path, "refs.ris", f"TY  - {type_}\nTI  - A title\nER  - \n")
    assert [each["title"] for each in sources] == ["A title"]
    assert run.err.partition("ignored values: ")[2].partition(".")[0] == ignored


def test_a_sheet_of_zotero_has_sources_without_any_option(korea: Korea, tmp_path: Path) -> None:
    run, sources = imported(korea, tmp_path, "library.csv", ZOTERO)
    assert list(map(filled, sources)) == [
        {
            "id": "abc", "source_type": "article", "title": "A study", "authors": ["Kim, Ana", "Reuters"],
            "container": "Beacon", "issued": "2016-05-03", "url": "https://x.org/1", "accessed": "2017-01-02",
            "note": "A & B",
        },
        {"id": "def", "title": "B", "issued": "1998"},
    ]  # fmt: skip
    assert "ignored values: 1 of ISSN, 1 of Item Type." in run.err


def test_importing_a_bibliography_again_adds_nothing(korea: Korea, tmp_path: Path) -> None:
    for name, text in {"a.bib": BIB, "b.ris": RIS, "c.csv": ZOTERO, "d.json": json.dumps([ITEM])}.items():
        imported(korea, tmp_path, name, text)
        before = (tmp_path / "mine.toml").read_bytes()
        again = korea("import", tmp_path / name, "-d", tmp_path / "mine.toml")
        assert "Imported nothing" in again.out
        assert (tmp_path / "mine.toml").read_bytes() == before


HARD = r"""
[[sources]]
id = "a"
type = "book"
title = "100% of $5 -- \u201cA~B\u201d {C} \\input{x} ``d'' e_f^g #1 & <i>h</i>"
authors = ["김, 철수", "Smith, Jo", "Kim and Sons", "de la Cruz, Ana", "others", "Press, Inc."]
publisher = "P & Q"
issued = "[2016,2017]"
url = "https://example.org/a_b%20c?x={y}~z#%5C"
note = "First line\nSecond -- line"
isbn = "978-0-306-40615-7"
[[sources]]
id = "b"
type = "report"
title = "Report"
container = "Series"
issued = "2017-33"
accessed = "2017-05?"
language = "en-GB"
number = "S/2017/613"
doi = "10.1002/(SICI)1097<1::AID>3.0.CO;2-#"
archive_url = "https://web.archive.org/web/2017/https://example.org/"
[[sources]]
id = "c"
title = "C"
issued = "-0043-03-15~"
[[sources]]
id = "d"
type = "transcript"
title = "D"
issued = "2016/.."
language = "tlh"
note = "see note"
[[sources]]
id = "e"
type = "email"
title = "E  e"
authors = ["李, 明"]
issued = "2017-05-25/2017-06"
"""


@pytest.mark.parametrize("form", ["csl-json", "bibtex"])
def test_what_is_hard_to_write_comes_back_too_or_is_named(form: str, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "hard.toml").write_text(HARD, "utf-8")
    out = korea("sources", "-d", tmp_path / "hard.toml", "-f", form)
    named = set(re.findall(r"[\d,]+ of (\w+)", out.err))
    run, sources = imported(korea, tmp_path, "back", out.out)
    before = json.loads(korea("sources", "-d", tmp_path / "hard.toml", "--json").out)["sources"]
    after = {each["id"]: each for each in sources}
    assert run.code == 0, run.err
    differing = {
        (each["id"], key) for each in before for key in each
        if key not in {"file", "line", "first", "last"} and each[key] != after[each["id"]][key]
    }  # fmt: skip
    assert {key for _, key in differing} <= named, differing
    assert not {("a", "title"), ("a", "issued"), ("c", "issued")} & differing
    assert ("b", "archive_url") not in differing
