"""Markdown says what was asked of it, whatever the data holds; GitHub's own parser and another one read it back."""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

import cmarkgfm  # type: ignore[import-untyped]
import pytest
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from korea_cli import formats
from korea_cli.base.sanitize import clean_line
from korea_cli.chronology.opening import open_chronology
from korea_cli.commands.actor import actor
from korea_cli.commands.facts import facts
from korea_cli.commands.show import show
from korea_cli.commands.sources import sources
from korea_cli.commands.timeline import timeline
from korea_cli.formats._marked import link
from korea_cli.query.selection import Selection
from korea_cli.report.report import Report
from korea_cli.report.screen import Screen
from korea_cli.report.sections import Section
from korea_cli.rows.column import Column, Columns
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Korea
    from korea_cli.chronology import Chronology

# ---------------------------------------------------------------- readers


@cache
def _markdown_it() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)


def by_github(text: str) -> str:
    """Make HTML with the parser that GitHub uses; HTML in the text would stay as it is."""
    options = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE
    return str(cmarkgfm.github_flavored_markdown_to_html(text, options=options))


def by_markdown_it(text: str) -> str:
    """Make HTML with another parser; HTML in the text would stay as it is."""
    return str(_markdown_it().render(text))


readers = pytest.mark.parametrize("read", [by_github, by_markdown_it])
BLOCKS = {"h1", "h2", "p", "li", "blockquote"}
TAGS = BLOCKS | {
    *("table", "thead", "tbody", "tr", "th", "td", "ul", "ol", "a", "em", "strong", "sup", "section", "hr", "code")
}
REFERENCE = re.compile(r"(?<![\w`])@[A-Za-z0-9]|(?:^|[\s(\[])(?:[\w.-]+/[\w.-]+)?#\d|\bGH-\d", re.IGNORECASE)


class Page(HTMLParser):
    """What a reader of the page sees: rows of tables, blocks of text, links, footnotes and the marks of them."""

    def __init__(self, html: str) -> None:
        """Read a page; tags that our Markdown has no use for are an error."""
        super().__init__()
        self.rows: list[list[str]] = []
        self.blocks: list[list[str]] = []
        self.links: list[str] = []
        self.marks: list[str] = []
        self.notes: dict[str, str] = {}
        self.code: list[str] = []
        self._open: list[str] = []
        self._note = self._mark = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row, a cell, a block or a footnote; of a mark only its target is kept."""
        told = {key: value or "" for key, value in attrs}
        assert tag in TAGS
        self._open.append(tag)
        if self._mark:
            self.marks += [told["href"]] if tag == "a" else []
        elif told.get("class") in {"footnote-ref", "footnote-backref"}:
            self._mark = tag
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
        elif tag == "a":
            self.links.append(told["href"])
        elif tag == "li" and told.get("id", "").startswith("fn"):
            self._note = f"#{told['id']}"
            self.notes[self._note] = ""
        elif tag in BLOCKS and not self._note:
            self.blocks.append([tag, ""])

    def handle_endtag(self, tag: str) -> None:
        """End what has begun."""
        assert self._open.pop() == tag
        if tag == self._mark:
            self._mark = ""
        elif tag == "li":
            self._note = ""

    def handle_data(self, data: str) -> None:
        """Add text to where it stands; beside cells, blocks and footnotes there is none."""
        if self._mark:
            return
        if self._open[-1:] == ["code"]:
            self.code.append(data)
        elif "a" not in self._open:
            assert not REFERENCE.search(data), data
        if self._note:
            self.notes[self._note] += data
        elif {"td", "th"} & {*self._open}:
            self.rows[-1][-1] += data
        elif BLOCKS & {*self._open}:
            self.blocks[-1][1] += data
        else:
            assert not data.strip()

    def texts(self, tag: str) -> list[str]:
        """Give the text of all blocks of a sort."""
        return [same(text) for each, text in self.blocks if each == tag]


def words(text: str) -> str:
    """Give a text as it is shown where it stands alone."""
    return clean_line(text).strip()


def same(text: str) -> str:
    """Give what must come back of a text; in addresses, other letters may be escaped than were."""
    return unquote(words(text))


def checked(page: Page) -> Page:
    """Check that every mark has its footnote, every footnote a mark, and that links go to the web only."""
    assert set(page.marks) == set(page.notes)
    assert [each for each in page.links if not each.startswith(("http://", "https://"))] == []
    return page


# ---------------------------------------------------------------- any table

PIECES = [
    *("|", "\\", "\\|", "`", "``` ", "*", "**", "_", "__x__", "[", "]", "[x](javascript:alert(1))", "![x](http://y)"),
    *("[x]: http://y", "[^a]", "[^a]: b", "^[a]", "<", ">", "<script>", "<!-- ", "<a href=javascript:x>", "<b>", "&"),
    *(
        "&lt;",
        "&#124;",
        "&amp",
        "~",
        "~~x~~",
        "$x$",
        "#",
        "# ",
        " #",
        "- ",
        "-",
        "+ ",
        "= ",
        "===",
        "---",
        "1. ",
        "12) ",
    ),
    *("[ ] ", "\n", "\n\n", "\t", "  \n", "    ", "\r\n", "\x0b", "\x00", "\u202e", "\u2028", "\x85", "\xa0", "\u3000"),
    *("https://x.example/a_b_c?d=1&copy;=2", "http://", "https://x.example/(a)", "https://x.example/|", "\ufeff"),
    *("www.x.example", "<https://x.example>", "javascript:alert(1)", "mailto:a@x.example", "a@x.example", "%41"),
    *("org/repo#3", "GH-4", "gh-12", "#3", "a#3", "@org/team", "a5c3785ed8d6", "https://x.example/a_(b)", "(", ")"),
    *("https://x.example/\ud55c", "a", "a_b", "문재인", "e\u0301", "😀", ":smile:", "@who", "x\\", "'", '"', "→", "·"),
]
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=6
).map("".join)


class Row(NamedTuple):
    """A row of some values."""

    values: tuple[Any, ...]
    type: str = "row"


KEYS = ("one", "two", "three")
COLUMNS = Columns(
    ("row",),
    lambda _: tuple(Column(key, lambda row, place=place: row.values[place]) for place, key in enumerate(KEYS)),  # type: ignore[misc]
)


def table_of(rows: list[list[str]], screen: Screen) -> str:
    made = tuple(Row(tuple(row)) for row in rows)
    section = Section(key="rows", rows=made, columns=COLUMNS, plain=KEYS, layout="grid")
    header = StoredHeader(title="<b>")
    report = Report(command="ask", header=header, documents=(), sections=(section,), listed=1, matched=1)
    return "".join(formats.load("markdown").render(report, screen))


@readers
def test_no_two_pieces_of_markup_make_anything_together(read: Callable[[str], str]) -> None:
    rows = [[one + other, one, other] for one in PIECES for other in PIECES]
    page = checked(Page(read(table_of(rows, Screen()))))
    found = zip(page.rows[1:], rows, strict=True)
    assert [row for cells, row in found if [*map(same, cells)] != [*map(same, row)]] == []


@readers
@given(rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=3), unicode=st.booleans())
@example(rows=[[each, each, each] for each in PIECES], unicode=False)
def test_every_cell_of_a_table_comes_back(read: Callable[[str], str], rows: list[list[str]], *, unicode: bool) -> None:
    text = table_of(rows, Screen(unicode=unicode))
    page = checked(Page(read(text)))
    assert [[same(cell) for cell in row] for row in page.rows] == [list(KEYS), *([*map(same, row)] for row in rows)]
    assert page.texts("h1") == ["<b>"]
    assert page.notes == {}
    assert text.isascii() or unicode


# ---------------------------------------------------------------- a chronology of hostile texts

TITLES = TEXTS.filter(lambda text: words(text) != "")


class Told(NamedTuple):
    """What the things in a chronology are called, and what else is said of them."""

    event: str
    fact: str
    actor: str
    source: str
    said: str
    locator: str


DATA = """
[chronology]
title = {event}
date_rule = {said}
[[sources]]
id = "s"
title = {source}
authors = [{actor}]
container = {said}
url = "https://x.example/a_b"
[[actors]]
id = "a"
name = {actor}
aliases = ["title", "name"]
role = {said}
[[events]]
id = "e"
title = {event}
date = "2017-07-04~"
other_dates = [{{date = "2017-07-03", sources = ["s"], note = {said}}}]
actors = ["a"]
recipients = ["a"]
disputed_by = ["f"]
summary = {said}
quote = {said}
sources = ["s", {locator}]
[[facts]]
id = "f"
text = {fact}
kind = "claim"
holders = ["a"]
reported_by = ["a"]
events = ["e"]
sources = ["s"]
"""


def opened(told: Told) -> Chronology:
    cited = told._replace(locator=f"s#{told.locator}")._asdict()
    texts = {key: json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f") for key, text in cited.items()}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mine.toml"
        file.write_text(DATA.format(**texts), "utf-8")
        return open_chronology(str(file), cache=False)


def page_of(read: Callable[[str], str], report: Report) -> Page:
    return checked(Page(read("".join(formats.load("markdown").render(report, Screen())))))


chronologies = given(
    told=st.builds(Told, TITLES, TITLES, TITLES, TITLES, TEXTS, TITLES).map(
        lambda told: Told(*(normalize("NFC", text) for text in told))
    )
)
fewer = settings(max_examples=40)


@readers
@fewer
@chronologies
def test_events_come_back_with_who_did_it_and_with_footnotes(read: Callable[[str], str], told: Told) -> None:
    page = page_of(read, timeline(opened(told), Selection()))
    assert page.texts("h1") == [same(told.event)]
    assert [[same(cell) for cell in row] for row in page.rows] == [
        ["Date", "Event", "Who → whom", "Sources"],
        [
            "c. 4 Jul 2017; or 3 Jul 2017",
            same(f"{words(told.event)} (disputed by {words(told.actor)})"),
            same(f"{told.actor} → {told.actor}"),
            "",
        ],
    ]
    assert (len(page.marks), len(page.notes)) == (4, 2)
    for note in map(same, page.notes.values()):
        author = " ".join(told.actor.split())  # a name is on one line, its words one blank apart
        assert note.startswith(same(f"{words(author)}, “{words(told.source)}”"))
        assert note.endswith(". https://x.example/a_b")


@readers
@fewer
@chronologies
def test_facts_come_back_with_how_they_are_held_and_by_whom(read: Callable[[str], str], told: Told) -> None:
    page = page_of(read, facts(opened(told), Selection()))
    assert [[same(cell) for cell in row] for row in page.rows] == [
        ["Date", "Claim", "Held by", "Sources"],
        ["", same(f"{words(told.fact)} (claim)"), same(f"{told.actor} (reported by {told.actor})"), ""],
    ]
    assert (len(page.marks), len(page.notes)) == (1, 1)


@readers
@fewer
@chronologies
def test_a_record_in_full_comes_back_as_a_list(read: Callable[[str], str], told: Told) -> None:
    page = page_of(read, show(["event:e", "source:s", "actor:a"], opened(told), Selection()))
    assert page.texts("h2") == [same(told.event), same(told.source), same(told.actor)]
    said = words(told.said)
    assert page.texts("p") == [
        "Query: event:e · source:s · actor:a",
        *([same(said)] if said else []),  # the rule for dates
        "event · e",
        *([same(said)] if said else []),  # the summary
        *([same(f"“{said}”")] if told.said else []),
        "source · s",
        "actor · a",
    ]
    items = page.texts("li")
    assert items[:2] == ["Date: c. 4 Jul 2017", same(f"Other dates: 3 Jul 2017{f' ({said})' if told.said else ''}")]
    assert same(f"Disputed by: {words(told.actor)}") in items
    assert same(f"Claimed by {told.actor}, reported by {told.actor}: {told.fact}") in items
    assert same(f"Authors: {words(told.actor)}") in items
    assert "Url: https://x.example/a_b" in items
    assert "Aliases: title; name" in items


@readers
@fewer
@chronologies
def test_a_source_in_a_list_has_its_full_citation_below(read: Callable[[str], str], told: Told) -> None:
    page = page_of(read, sources(opened(told), Selection()))
    assert page.rows[0] == ["Id", "Title", "Container", "Issued", "Events", "Facts", "Alone"]
    assert [[same(cell) for cell in row] for row in page.rows[1:]] == [
        ["s", same(told.source), same(told.said), "", "1", "1", "2"]
    ]
    assert (len(page.marks), len(page.notes)) == (1, 1)


@readers
@fewer
@chronologies
def test_an_actor_comes_back_with_what_is_counted(read: Callable[[str], str], told: Told) -> None:
    page = page_of(read, actor("actor:a", opened(told), Selection()))
    assert page.texts("h2")[:2] == [same(told.actor), "Roles"]
    assert page.rows[0] == ["Part", "Kind", "Events", "Facts"]
    assert ["was addressed", "event", "1", "0"] in page.rows


# ---------------------------------------------------------------- addresses and references


@readers
@pytest.mark.parametrize(
    "text", ["https://x.example/a_(b)", "(see http://x.example/, www.x.example)", "a“https://x.y”"]
)
def test_an_address_in_a_text_is_text(read: Callable[[str], str], text: str) -> None:
    page = checked(Page(read(table_of([[text, "", ""]], Screen()))))
    assert page.links == []
    assert page.rows[1][0] == text


HOST = "https://x.example/"
ADDRESSES = [
    f"{HOST}a)", f"{HOST}Busan_(city)_(x)", f"{HOST}Washington,_D.C.", *(f"{HOST}a{last}" for last in "!?,:;.'*_~&-=/"),
    f"{HOST}a[1]", f"{HOST}a]", f"{HOST}a|b", f"{HOST}a'b'", f"{HOST}“a”", f"{HOST}a_(b", f"{HOST}?a=<b>&copy;=1#c",
    f"{HOST}a\\\\b`c`*d*~~e~~", f"{HOST}%28%5B", f"{HOST}@who/is#3", f"{HOST}서울", "HTTP://X.Y/",
    "https://한국.kr/경로?이름=값#끝", "https://bücher.example/ä", f"{HOST}é/Київ/東京/٣", f"{HOST}한|국",
]  # fmt: skip


def target(url: str) -> str:
    """Return the target of a link, in whichever letters it and the name of its host are escaped."""
    host = re.sub(r"xn--[a-z0-9-]+", lambda found: found[0].encode().decode("idna"), url)
    return unquote(host.replace("&amp;", "&"))


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        *(
            (url, url)
            for url in ("https://한국.kr/경로?이름=값#끝", f"{HOST}é/“a”/東京", f'{HOST}a"b`c`^{{d}}', f"{HOST}%28é")
        ),
        (f"{HOST}&한;&copy;", f"{HOST}&한;&copy%3B"),
        (f"{HOST}<é>", f"{HOST}%3Cé%3E"),
        (f"{HOST}한|\\국", f"{HOST}한%7C%5C국"),
        (f"{HOST}한\u202e국\x1b", f"{HOST}한%E2%80%AE국%1B"),
        (f"{HOST}a b\u3000\n", f"{HOST}a%20b%E3%80%80%0A"),
    ],
)
def test_an_address_is_linked_as_it_is_stored_but_for_what_would_end_it(url: str, linked: str) -> None:
    assert link(url) == f"<{linked}>"
    assert target(linked) == target(url)


@readers
@pytest.mark.parametrize("url", ADDRESSES)
def test_the_addresses_of_a_source_are_linked_whole(read: Callable[[str], str], url: str, korea: Korea) -> None:
    data = (
        f'[[events]]\nid = "m"\ntitle = "M"\ndate = "2017"\nsources = ["s"]\n'
        f'[[sources]]\nid = "s"\ntitle = "About {HOST}"\nurl = "{url}"\narchive_url = "http://archive.example/{url}"\n'
    )
    both = [target(json.loads(f'"{each}"')) for each in (url, f"http://archive.example/{url}")]
    for asked in (
        ("timeline",), ("show", "source:s"), ("sources", "--fields", "url,archive_url"),
        ("cite", "s"), ("cite", "s", "--style", "apa"),
    ):  # fmt: skip
        assert [*map(target, Page(read(written(data, korea, *asked))).links)] == both, asked


@readers
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("@name", ["@name"]),
        ("by @some-one, @org/team.", ["@some-one", "@org/team"]),
        ("org/repo#3", ["org/repo#3"]),
        ("(#3) and GH-4; gh-5", ["#3", "GH-4", "gh-5"]),
        ("me#3 me@a5c3785", ["me#3", "me@a5c3785"]),
        ("at a5c3785ed8d6a35868bc169f07e40e889087fd2e", ["a5c3785ed8d6a35868bc169f07e40e889087fd2e"]),
        ("a@x.example", ["a@x.example"]),
        ("*@who*", ["@who"]),
        ("`@who`", ["@who"]),
        ("@ who, # 3, GH 4, 5#, a defaced 1234567", []),
    ],
)
def test_what_github_would_look_up_is_code(read: Callable[[str], str], text: str, code: list[str]) -> None:
    page = checked(Page(read(table_of([[text, "", ""]], Screen()))))
    assert page.code == code
    assert page.rows[1][0] == text


# ---------------------------------------------------------------- footnotes

CITING = """
[[sources]]
id = "a"
title = "What was said"
authors = ["One", "Another"]
container = "The Paper"
issued = "2017-07"
accessed = "2024-05-03"
url = "https://x.example/a"
[[sources]]
id = "a-p6"
title = "Another"
[[events]]
id = "e"
title = "It happens"
date = "2017-07-04"
sources = ["a-p6", "a#p6", "a#P6", "a", "a#pp. 3-4"]
"""


def written(data: str, korea: Korea, *arguments: str) -> str:
    run = korea(*arguments, "-d", "-", "-f", "markdown", input=data.encode())
    assert (run.code, run.err) == (0, "")
    return run.out


def test_a_footnote_cites_its_source_in_full_and_no_two_have_the_same_mark(korea: Korea) -> None:
    text = written(CITING, korea, "timeline")
    marks = "[^a-p6] [^a-p6.1] [^a-p6.2] [^a] [^a-pp-3-4]"
    a = "One, Another, “What was said”, *The Paper*, Jul 2017"
    rest = "<https://x.example/a> (read 3 May 2024)"
    assert text == (
        "# Chronology\n\n"
        "| Date | Event | Who → whom | Sources |\n| --- | --- | --- | --- |\n"
        f"| 4 Jul 2017 | It happens |  | {marks} |\n\n"
        "1 event.\n\n"
        "[^a-p6]: “Another”.\n"
        f"[^a-p6.1]: {a}, paragraph 6. {rest}\n"
        f"[^a-p6.2]: {a}, P6. {rest}\n"
        f"[^a]: {a}. {rest}\n"
        f"[^a-pp-3-4]: {a}, pp. 3-4. {rest}\n"
    )
    for read in (by_github, by_markdown_it):
        page = checked(Page(read(text)))
        assert (len(page.marks), len(page.notes)) == (5, 5)


ANSWERS = [
    *(("timeline",), ("facts",), ("actors",), ("topics",), ("sources",), ("stats",), ("actor", "putin")),
    *(("show", "hwasong-14-launch", "putin", "icbm-us"), ("search", "missile"), ("check", "--notes")),
]


@pytest.mark.parametrize("asked", ANSWERS, ids=" ".join)
def test_every_answer_of_the_record_reads_well(asked: tuple[str, ...], korea: Korea) -> None:
    text = korea(*asked, "-f", "markdown").out
    page, other = (checked(Page(read(text))) for read in (by_github, by_markdown_it))
    assert page.texts("h1") == ["Russia's Korea strategy, 2016-2017"]
    assert (page.rows, page.texts("li")) == (other.rows, other.texts("li"))
    assert len(page.marks) == text.count("[^") - len(page.notes)
    shown = [*page.notes.values(), *(cell for row in page.rows for cell in row), *(text for _, text in page.blocks)]
    assert [each for each in shown if "[^" in each or "**" in each] == []
    assert len(shown) > 10


@pytest.mark.parametrize(("command", "key"), [("timeline", "events"), ("facts", "facts"), ("sources", "sources")])
def test_a_list_has_a_row_for_each_record(command: str, key: str, korea: Korea) -> None:
    page = Page(by_github(korea(command, "-f", "markdown").out))
    assert len(page.rows) - 1 == len(json.loads(korea(command, "--json").out)[key])


# ---------------------------------------------------------------- what is said


def test_what_was_asked_and_how_dates_are_known_stand_above_and_below_how_much_was_found(korea: Korea) -> None:
    page = Page(by_github(korea("timeline", "thaad", "--from", "2017-05", "-n", "3", "-f", "markdown").out))
    asked, rule, *_, found = page.texts("p")
    assert asked == "Query: thaad · since 1 May 2017"
    assert rule.startswith("Dates are from the article")
    assert found == "3 events of 7; 1 only possibly in range."
    assert page.rows[1][0].endswith("(possibly)")


def test_doubts_are_told_in_words(korea: Korea) -> None:
    data = (
        '[[events]]\nid = "a"\ntitle = "A"\ndate = "2017"\nstatus = "unverified"\n'
        '[[events]]\nid = "b"\ntitle = "B"\ndate = "2017"\nstatus = "disputed"\n'
        '[[events]]\nid = "c"\ntitle = "C"\ndate = "2017"\nstatus = "disputed"\ndisputed_by = ["f", "w", "s"]\n'
        '[[events]]\nid = "d"\ntitle = "D"\ndate = "2017"\nstatus = "confirmed"\n'
        '[[actors]]\nid = "w"\nname = "Who"\n[[sources]]\nid = "s"\ntitle = "S"\n'
        '[[facts]]\nid = "f"\ntext = "F"\nkind = "forecast"\nhedged = true\nstatus = "opinion"\n'
        '[[facts]]\nid = "g"\ntext = "G"\nstatus = "contradicted"\ndisputed_by = ["f"]\n'
    )
    page = checked(Page(by_github(written(data, korea, "timeline"))))
    assert [row[1] for row in page.rows[1:]] == [
        "A (unverified)",
        "B (disputed)",
        "C (disputed by an unattributed claim; Who; )",
        "D",
    ]
    assert [*map(same, page.notes.values())] == ["“S”."]
    held = [row[1:3] for row in Page(by_github(written(data, korea, "facts"))).rows[1:]]
    assert held == [
        ["F (forecast, hedged, opinion)", "nobody named"],
        ["G (contradicted, disputed by “F”)", "nobody named"],
    ]


def test_who_did_it_is_told_as_far_as_it_is_known(korea: Korea) -> None:
    data = "".join(
        f'[[events]]\nid = "e{number}"\ntitle = "x"\ndate = "2017"\n{roles}\n'
        for number, roles in enumerate(
            [
                'actors = ["a", "b"]',
                'recipients = ["a"]',
                'via = ["a"]',
                'actors = ["a"]\nrecipients = ["b"]\nvia = ["c"]',
            ]
        )
    )
    who = [row[2] for row in Page(by_github(written(data, korea, "timeline"))).rows[1:]]
    assert who == ["a, b", "→ a", "via a", "a → b; via c"]


def test_counts_leave_out_what_is_the_same_for_all(korea: Korea) -> None:
    page = Page(by_github(korea("stats", "-f", "markdown").out))
    assert page.texts("h2")[:3] == ["By year", "By month", "By kind"]
    assert page.rows[:2] == [["Year", "Events", "Facts"], ["2014", "1", "0"]]
    assert "Last: ongoing" in page.texts("li")
    no_facts = Page(by_github(korea("stats", "years", "place:moscow", "-f", "markdown").out))
    assert no_facts.rows[0] == ["Year", "Events"]


def test_records_of_several_types_stand_in_one_table_best_first(korea: Korea) -> None:
    page = Page(by_github(korea("search", "emissary", "-f", "markdown").out))
    assert page.rows[0] == ["Type", "Date", "Record", "Who", "Sources"]
    found = json.loads(korea("search", "emissary", "--json").out)["results"]
    assert [row[0] for row in page.rows[1:]] == [row["type"] for row in found]
    assert "Yonhap" in [row[3] for row in page.rows[1:] if row[0] == "source"]


def test_chosen_fields_are_the_only_columns_as_they_are_stored(korea: Korea) -> None:
    page = Page(by_github(korea("timeline", "-n", "2", "--fields", "date_text,date,sources", "-f", "markdown").out))
    assert page.rows == [
        ["date_text", "date", "sources"],
        ["", "2014-11-20", "sputnik-2014-11-20; ecns-2014-11-21"],
        ["in early 2016", "2016-37", "ramani-2017#p4; cns-nti; csis-provocations"],
    ]


def test_problems_stand_in_a_table(korea: Korea) -> None:
    run = korea("check", "-", "-f", "markdown", input=b'[[topics]]\nid = "a|b"\nlabel = "x"\n')
    page = Page(by_github(run.out))
    assert run.code == 1
    assert page.rows[0] == ["Place", "Severity", "Record", "Message", "Suggestion"]
    assert {"a|b" in "".join(row) for row in page.rows[1:]} == {True}


def test_nothing_found_is_no_table(korea: Korea) -> None:
    text = korea("timeline", "zeppelin", "-f", "markdown").out
    assert "|" not in text
    assert text.endswith("\n\n0 events.\n")


def test_the_ending_of_a_file_means_it() -> None:
    assert {formats.for_extension(ending) for ending in (".md", ".markdown")} == {"markdown"}
