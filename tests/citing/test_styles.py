"""Citations in prose follow the rules of their style, whatever is known of a source."""

# ruff: noqa: RUF001 - the marks of print are what is tested

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.errors import NotInListError
from korea_cli.citing import styles
from korea_cli.citing.item import item_of
from korea_cli.citing.styles import apa as apa_style
from korea_cli.citing.styles import chicago as chicago_style
from korea_cli.citing.wording import date_words, parse_marks, quote


class Plain:
    """A style whose italics are left out."""

    def __init__(self, style: styles.Style) -> None:
        """Wrap a style."""
        self.style = style

    def full(self, item: dict[str, Any], locator: str | None) -> str:
        """Return the full citation."""
        return parse_marks(self.style.full(item, locator)).text

    def short(self, item: dict[str, Any], locator: str | None) -> str:
        """Return the short one."""
        return parse_marks(self.style.short(item, locator)).text


apa, chicago = Plain(apa_style), Plain(chicago_style)
RAMANI = {"family": "Ramani", "given": "Samuel Paul"}
OSBORN = {"family": "Osborn", "given": "Jean-Luc"}
KIM = {"family": "김", "given": "정은"}
AP = {"literal": "Associated Press"}
DAY = {"date-parts": [[2017, 7, 4]]}
READ = {"date-parts": [[2018, 1, 2]]}


def article(**known: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of CSL
    item = {"id": "x", "type": "article-newspaper", "title": "A title", "container-title": "The Times", "issued": DAY}
    return {key: value for key, value in (item | known).items() if value}


def test_an_article_has_all_its_parts_in_the_order_of_the_style() -> None:
    item = article(author=[RAMANI], URL="https://example.org/a")
    assert chicago.full(item, "p6") == (
        "Samuel Paul Ramani, “A title,” The Times, July 4, 2017, para. 6, https://example.org/a."
    )
    assert chicago.short(item, "p6") == "Ramani, “A title,” para. 6."
    assert apa.full(item, "p6") == "Ramani, S. P. (2017, July 4). A title. The Times. https://example.org/a"
    assert apa.short(item, "p6") == "(Ramani, 2017, para. 6)"


@pytest.mark.parametrize(
    ("authors", "note", "entry", "in_text"),
    [
        ([], "“A title,” ", "A title. (2017", "(“A title,” 2017)"),
        ([AP], "Associated Press, “", "Associated Press. (2017", "(Associated Press, 2017)"),
        ([OSBORN], "Jean-Luc Osborn, “", "Osborn, J.-L. (2017", "(Osborn, 2017)"),
        ([RAMANI, OSBORN], "Samuel Paul Ramani and Jean-Luc Osborn, “", "Ramani, S. P., & Osborn, J.-L. (2017",
         "(Ramani & Osborn, 2017)"),
        ([RAMANI, OSBORN, OSBORN], "Samuel Paul Ramani et al., “", "Ramani, S. P., Osborn, J.-L., & Osborn, J.-L. (2",
         "(Ramani et al., 2017)"),
        ([RAMANI, AP], "Ramani, Samuel Paul and Associated Press, “", "Ramani, Samuel Paul, & Associated Press. (2017",
         "(Ramani & Associated Press, 2017)"),
        ([AP, RAMANI, OSBORN], "Associated Press et al., “",
         "Associated Press, Ramani, Samuel Paul, & Osborn, Jean-Luc. (2017", "(Associated Press et al., 2017)"),
        ([KIM], "김정은, “", "김정은. (2017", "(김, 2017)"),
        ([KIM, RAMANI], "김정은 and Samuel Paul Ramani, “", "김정은, & Ramani, S. P. (2017", "(김 & Ramani, 2017)"),
    ],
)  # fmt: skip
def test_authors_are_named_as_the_style_has_it(
    authors: list[dict[str, str]], note: str, entry: str, in_text: str
) -> None:
    item = article(author=authors)
    assert chicago.full(item, None).startswith(note)
    assert apa.full(item, None).startswith(entry)
    assert apa.short(item, None) == in_text


def test_what_has_no_date_says_so_and_when_it_was_read() -> None:
    item = article(issued=None, accessed=READ, URL="https://example.org/")
    assert chicago.full(item, None) == "“A title,” The Times, n.d., accessed January 2, 2018, https://example.org/."
    assert apa.full(item, None) == "A title. (n.d.). The Times. Retrieved January 2, 2018, from https://example.org/"
    assert apa.short(item, None) == "(“A title,” n.d.)"
    dated = article(accessed=READ, URL="https://example.org/")
    assert "2018" not in chicago.full(dated, None) + apa.full(dated, None)


def test_what_has_no_date_ends_with_one_full_stop() -> None:
    for known in ({}, {"type": "book"}, {"type": "dataset"}, {"URL": "https://example.org/a."}, {"title": "No."}):
        item = article(issued=None, **known)
        for style in (chicago, apa):
            for text in (style.full(item, None), style.short(item, "p. 6 f.")):
                assert ".." not in text
                assert text.endswith((".", ")"))
    assert chicago.full(article(issued=None), None) == "“A title,” The Times, n.d."


def source(type_: str, **known: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of a source
    keys = (
        "voice",
        "container",
        "publisher",
        "number",
        "url",
        "archive_url",
        "doi",
        "isbn",
        "accessed",
        "language",
        "note",
    )
    row: Any = (
        dict.fromkeys(keys) | {"id": "x", "title": "A title", "issued": "2017-07-04", "authors": ["Ramani, Samuel"]}
        | {"source_type": type_} | known
    )  # fmt: skip
    return item_of(row)


@pytest.mark.parametrize(
    ("type_", "known", "note", "entry"),
    [
        ("report", {"publisher": "RAND", "number": "RR-1", "doi": "10.1/a", "url": "https://x.example/"},
         "Samuel Ramani, A title, RR-1 (RAND, July 4, 2017), p. 6, https://doi.org/10.1/a.",
         "Ramani, S. (2017, July 4). A title (RR-1). RAND. https://doi.org/10.1/a"),
        ("report", {"container": "Studies", "publisher": "RAND"},
         "Samuel Ramani, A title (Studies, RAND, July 4, 2017), p. 6.",
         "Ramani, S. (2017, July 4). A title. Studies, RAND."),
        ("judgment", {"authors": [], "container": "Supreme Court", "number": "No. 15-1"},
         "A title, No. 15-1 (Supreme Court, July 4, 2017), para. 6.",
         "A title (No. 15-1). (2017, July 4). Supreme Court."),
        ("hearing", {"authors": [], "container": "Senate"}, "A title (Senate, July 4, 2017), p. 6.",
         "A title [Hearing]. (2017, July 4). Senate."),
        ("email", {}, "Samuel Ramani, “A title,” email, July 4, 2017, para. 6.",
         "Ramani, S. (2017, July 4). A title [Email]."),
        ("interview", {"container": "Echo"}, "Samuel Ramani, “A title,” interview, Echo, July 4, 2017, para. 6.",
         "Ramani, S. (2017, July 4). A title [Interview]. Echo."),
        ("post", {"container": "Blog", "url": "https://x.example/"},
         "Samuel Ramani, “A title,” Blog, July 4, 2017, para. 6, https://x.example/.",
         "Ramani, S. (2017, July 4). A title [Post]. Blog. https://x.example/"),
        ("video", {"container": "YouTube", "archive_url": "https://a.example/1"},
         "Samuel Ramani, “A title,” video, YouTube, July 4, 2017, para. 6, archived at https://a.example/1.",
         "Ramani, S. (2017, July 4). A title [Video]. YouTube. Archived at https://a.example/1"),
        ("un-document", {"authors": [], "publisher": "United Nations", "number": "S/2017/613"},
         "United Nations, A title, S/2017/613 (July 4, 2017), p. 6.",
         "United Nations. (2017, July 4). A title (S/2017/613)."),
        ("book", {"publisher": "Hurst", "isbn": "978-0-1"}, "Samuel Ramani, A title (Hurst, July 4, 2017), p. 6.",
         "Ramani, S. (2017, July 4). A title. Hurst."),
    ],
)  # fmt: skip
def test_each_type_of_source_is_cited_with_what_it_has(
    type_: str, known: dict[str, Any], note: str, entry: str
) -> None:
    item = source(type_, **known)
    assert chicago.full(item, "p6") == note
    assert apa.full(item, None) == entry


@pytest.mark.parametrize(
    ("type_", "note", "entry"),
    [
        ("article", ["The Times"], ["The Times."]),
        ("book", ["A title"], ["A title"]),
        ("report", ["A title"], ["A title"]),
        ("web", [], ["A title"]),
        ("judgment", ["A title"], ["A title"]),
    ],
)
def test_papers_and_what_stands_alone_are_in_italics(type_: str, note: list[str], entry: list[str]) -> None:
    item = source(type_, container="The Times")
    for style, italics in ((chicago_style, note), (apa_style, entry)):
        text, places, _ = parse_marks(style.full(item, None))
        assert [text[start:end].rstrip(".") for start, end in places] == [each.rstrip(".") for each in italics]
        assert text.isprintable()


@pytest.mark.parametrize("url", ["https://x.example/a)", "https://x.example/D.C.", "https://x.example/“a”"])
@pytest.mark.parametrize("style", [chicago_style, apa_style])
def test_where_the_addresses_stand_in_a_citation_is_known(style: styles.Style, url: str) -> None:
    item = article(title="See https://other.example/", URL=url, archive_location=f"{url}?")
    text, _, links = parse_marks(style.full(item, None))
    assert [text[start:end] for start, end in links] == [url, f"{url}?"]
    assert text.isprintable()


def test_each_form_is_told_as_its_style_does() -> None:
    book = article(type="book", author=[RAMANI], publisher="Hurst", **{"container-title": None})
    assert chicago.full(book, "p6-p9") == "Samuel Paul Ramani, A title (Hurst, July 4, 2017), pp. 6–9."
    assert chicago.short(book, "p6") == "Ramani, A title, p. 6."
    assert apa.short(book | {"author": []}, "p6") == "(A title, 2017, p. 6)"
    assert apa.full(article(type="book", title='A "word"'), None).startswith("A “word.” (2017")
    assert chicago.full(article(genre="Transcript"), None) == "“A title,” transcript, The Times, July 4, 2017."
    assert apa.full(article(genre="Transcript"), None).startswith("A title [Transcript]. (2017")
    assert apa.full(article(type="dataset"), None).startswith("A title [Data set]. (2017")
    assert apa.full(article(author=[AP], **{"container-title": "Associated Press"}), None) == (
        "Associated Press. (2017, July 4). A title."
    )


@pytest.mark.parametrize(
    ("locator", "told"), [("deck", "deck"), ("p. 6", "p. 6"), ("p6-7", "paras. 6–7"), ("§4", "§4")]
)
def test_a_place_is_told_as_written_where_it_is_no_number(locator: str, told: str) -> None:
    assert apa.short(article(), locator) == f"(“A title,” 2017, {told})"


@pytest.mark.parametrize(
    ("title", "note", "entry"),
    [
        ("Who knows?", "“Who knows?,” ", "Who knows? (2017"),
        ('A "word"', "“A ‘word,’” ", "A “word.” (2017"),
        ("It's 'so'", "“It\u2019s ‘so,’” ", "It\u2019s ‘so.’ (2017"),
        ("The envoys'", "“The envoys\u2019,” ", "The envoys\u2019. (2017"),
        ("Of '17", "“Of \u201917,” ", "Of \u201917. (2017"),
        ('"All" of it', "“‘All’ of it,” ", "“All” of it. (2017"),
        ("One\nline\u202e\x1b", "“One line,” ", "One line. (2017"),
        ('문재인 "대통령"', "“문재인 ‘대통령,’” ", "문재인 “대통령.” (2017"),
    ],
)  # fmt: skip
def test_marks_within_a_title_are_those_of_print(title: str, note: str, entry: str) -> None:
    assert chicago.full(article(title=title), None).startswith(note)
    assert apa.full(article(title=title), None).startswith(entry)


@pytest.mark.parametrize(
    ("date", "told", "year_first"),
    [
        ({"date-parts": [[2017]]}, "2017", "2017"),
        ({"date-parts": [[2017, 7]]}, "July 2017", "2017, July"),
        (DAY, "July 4, 2017", "2017, July 4"),
        ({"date-parts": [[2017, 7, 7], [2017, 7, 8]]}, "July 7–8, 2017", "2017, July 7–8"),
        ({"date-parts": [[2017, 6, 30], [2017, 7, 2]]}, "June 30–July 2, 2017", "2017, June 30–July 2"),
        ({"date-parts": [[2017, 4], [2017, 6]]}, "April–June 2017", "2017, April–June"),
        ({"date-parts": [[2016, 12, 31], [2017, 1, 1]]}, "December 31, 2016–January 1, 2017",
         "2016, December 31–2017, January 1"),
        ({"date-parts": [[2016], [2017, 5]]}, "2016–May 2017", "2016–2017, May"),
        ({"date-parts": [[2017], [2017, 5]]}, "2017–May 2017", "2017–2017, May"),
        ({"date-parts": [[2017, 7]], "circa": True}, "ca. July 2017", "ca. 2017, July"),
        ({"literal": "2016 or 2017"}, "2016 or 2017", "2016 or 2017"),
    ],
)  # fmt: skip
def test_a_date_is_told_in_either_order(date: dict[str, Any], told: str, year_first: str) -> None:
    assert date_words(date) == told
    assert date_words(date, year_first=True) == year_first


@given(st.text(st.characters(exclude_categories=["C"], exclude_characters="\"'“”‘’"), min_size=1))
def test_quotation_marks_enclose_the_title_and_what_follows(text: str) -> None:
    assert quote(text, ",") == f"“{text},”"


def test_a_style_is_known_in_any_case_and_an_unknown_one_lists_them() -> None:
    assert styles.names() == ("apa", "chicago")
    assert styles.load("APA") is styles.load("apa")
    with pytest.raises(NotInListError, match=r"unknown style 'chigago'\. Did you mean 'chicago'\? Allowed values: apa"):
        styles.load("chigago")
