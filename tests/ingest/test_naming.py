"""What rows name is found again or declared, and told from everything else that is called like it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.errors import AmbiguousNameError
from korea_cli.checks.load import load_valid
from korea_cli.ingest.building.dedup import DifferingError, ExistingRecords, NewRecord
from korea_cli.ingest.dates.dates import DateRules
from korea_cli.ingest.dates.row_date import DateReader
from korea_cli.ingest.names.declarations import Declarations
from korea_cli.ingest.names.ids import digest, shorten_id
from korea_cli.ingest.sheet import RowError
from korea_cli.model.field_spec import Key
from korea_cli.model.records import Actor, Event, Fact, Source, Topic

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.model.records import Record

DATA = """
[[actors]]
id = "north-korea"
name = "North Korea"
aliases = ["DPRK"]
[[actors]]
id = "kim"
name = "Kim"
[[actors]]
id = "kim-2"
name = "Kim Two"
[[topics]]
id = "missiles"
label = "Missile tests"
[[sources]]
id = "un-2017"
title = "Report"
url = "https://example.org/a"
[[events]]
id = "armistice"
title = "Armistice signed"
date = "1953-07-27"
actors = ["north-korea"]
"""


def accept(declarations: Declarations) -> list[tuple[str, dict[str, object]]]:
    """Accept the row, and return what it declares."""
    before = [values for _, values in declarations.declared]
    declarations.accept()
    return [(record.table, values) for record, values in declarations.declared if values not in before]


@pytest.fixture
def declarations(tmp_path: Path) -> Declarations:
    return known_of(tmp_path)[1]


@pytest.fixture
def known(tmp_path: Path) -> ExistingRecords:
    return known_of(tmp_path)[0]


def known_of(folder: Path) -> tuple[ExistingRecords, Declarations]:
    """Return what is known of a file."""
    file = folder / "mine.toml"
    file.write_text(DATA, "utf-8")
    loaded = load_valid([str(file)])
    declarations = Declarations(loaded, file, DateReader(DateRules(), Counter()))
    return ExistingRecords(loaded.draft, declarations), declarations


def refer(declarations: Declarations, table: str, name: str, id_: str = "") -> str:
    """Return the id of a record that a row names, with an id or without."""
    value = {"id": id_, "name": name} if id_ else name
    return declarations.refer(table, Key("", "refs", refers=(table,)), value)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("table", "name", "id_"),
    [
        ("actors", "north-korea", "north-korea"), ("actors", "North  korea", "north-korea"),
        ("actors", "dprk", "north-korea"), ("actors", "Kim Two", "kim-2"), ("actors", "kim 2", "kim-2"),
        ("topics", "missile TESTS", "missiles"), ("sources", "https://example.org/a", "un-2017"),
        ("sources", "report", "un-2017"), ("actors", "South Korea", None), ("topics", "DPRK", None),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(
    table: str, name: str, id_: str | None, declarations: Declarations
) -> None:
    assert declarations.find(name, table) == id_


def test_a_name_that_several_have_is_rejected_with_their_ids_and_an_id_is_not(declarations: Declarations) -> None:
    declarations.add(Actor, {"id": "nk", "name": "North Korea"})
    with pytest.raises(AmbiguousNameError) as rejected:
        declarations.find("North Korea", "actors")
    assert str(rejected.value) == "'North Korea' is ambiguous: North Korea (nk), North Korea (north-korea)"
    assert declarations.find("nk", "actors") == "nk"


def test_a_name_with_other_signs_between_its_words_is_another_name(declarations: Declarations) -> None:
    first = refer(declarations, "topics", "War, Peace")
    declarations.accept()
    assert first == "war-peace"
    assert refer(declarations, "topics", "War/Peace") == "war-peace-2"
    assert refer(declarations, "topics", "War_Peace") == "war-peace"  # as another program may write the id


def test_what_a_row_names_is_declared_once_and_forgotten_with_the_row(declarations: Declarations) -> None:
    assert refer(declarations, "actors", "South Korea") == refer(declarations, "actors", "south korea") == "south-korea"
    declarations.reject()
    assert declarations.find("South Korea", "actors") is None
    assert not declarations.has("actors", "south-korea")
    assert refer(declarations, "actors", "South Korea") == "south-korea"
    assert accept(declarations) == [("actors", {"id": "south-korea", "name": "South Korea"})]
    assert accept(declarations) == []
    declarations.reject()
    assert declarations.find("South Korea", "actors") == "south-korea"


def test_forgetting_a_row_leaves_what_others_are_called(declarations: Declarations) -> None:
    declarations.cite("Other https://example.org/b")
    accept(declarations)
    declarations.cite({"id": "x", "title": "Report"})
    declarations.reject()
    assert declarations.find("report", "sources") == "un-2017"
    assert declarations.find("https://example.org/b", "sources") == "other"


def test_an_id_that_a_row_says_wins_over_its_name(declarations: Declarations) -> None:
    assert refer(declarations, "actors", "Whoever", "kim") == "kim"
    assert refer(declarations, "actors", "Kim", "nobody-yet") == "kim"
    assert refer(declarations, "actors", "Someone", "some-id") == "some-id"
    with pytest.raises(RowError, match="one of its topics has no name"):
        refer(declarations, "topics", " ")


def test_an_id_that_is_taken_gets_a_number(declarations: Declarations) -> None:
    assert declarations.unused_id("actors", "Seoul") == "seoul"
    assert declarations.unused_id("actors", "Kim") == "kim-3"
    assert declarations.unused_id("actors", "D.P.R.K") == "d-p-r-k"
    assert declarations.unused_id("actors", "DPRK") == "dprk-2"  # somebody is called so
    assert declarations.unused_id("events", "Armistice") == "armistice-2"
    assert declarations.unused_id("events", "DPRK") == "dprk"
    assert declarations.unused_id("events", "Armistice", "1953~") == "armistice-1953"


def test_a_name_without_a_letter_that_an_id_may_have_gets_one_of_a_checksum(declarations: Declarations) -> None:
    made = declarations.unused_id("topics", "\u2014")
    assert made == f"topic-{digest(chr(0x2014))}"
    assert len(digest("x")) == 8
    assert digest("x") == "b1ba07e5"


@pytest.mark.parametrize(
    ("slug", "short"),
    [
        ("a" * 60, "a" * 60), ("a" * 61, "a" * 60), (f"{'a' * 59}-b", "a" * 59),
        (f"{'a' * 58}-b", f"{'a' * 58}-b"),
        (f"{'a' * 60}-b", "a" * 60),
        (f"a-{'b' * 59}-c", "a"), (f"a-{'b' * 60}", "a"), (f"a-{'b' * 30}-{'c' * 40}", f"a-{'b' * 30}"),
    ],
)  # fmt: skip
def test_an_id_of_a_long_title_is_cut_at_a_hyphen(slug: str, short: str) -> None:
    assert shorten_id(slug) == short


@pytest.mark.parametrize(
    ("text", "cited", "declared"),
    [
        ("un-2017", "un-2017", {}), ("un-2017#p. 3", "un-2017#p. 3", {}), ("Report", "un-2017", {}),
        ("see https://example.org/a", "un-2017", {}), ("https://example.org/a", "un-2017", {}),
        ("nyt", "nyt", {"title": "nyt"}), ("The Times", "the-times", {"title": "The Times"}),
        ("Times, https://www.example.org/b", "times", {"title": "Times", "url": "https://www.example.org/b"}),
        (
            "https://www.example.org/b", "example-org-b",
            {"title": "https://www.example.org/b", "url": "https://www.example.org/b"},
        ),
    ],
)  # fmt: skip
def test_a_source_is_cited_by_whatever_names_it(
    text: str, cited: str, declared: dict[str, str], declarations: Declarations
) -> None:
    assert declarations.cite(text) == cited
    assert [values for _, values in accept(declarations)] == ([{"id": cited, **declared}] if declared else [])


def test_a_source_of_our_json_is_cited_with_its_place(declarations: Declarations) -> None:
    assert declarations.cite({"id": "un-2017", "locator": "p. 3", "title": "x"}) == "un-2017#p. 3"
    assert declarations.cite({"id": "un-2017", "locator": None}) == "un-2017"
    assert declarations.cite({"id": "new", "title": "New", "url": "https://example.org/n"}) == "new"
    assert declarations.cite({"title": "Newer"}) == "newer"
    assert accept(declarations) == [
        ("sources", {"id": "new", "title": "New", "url": "https://example.org/n"}),
        ("sources", {"id": "newer", "title": "Newer"}),
    ]


def test_a_name_of_another_actor_is_refused_and_ones_own_is_not(declarations: Declarations) -> None:
    declarations.require_own_names(Actor, {"id": "north-korea", "name": "DPRK", "aliases": ["North Korea"]})
    declarations.require_own_names(Topic, {"id": "x", "label": "DPRK"})
    names: list[dict[str, object]] = [{"name": "DPRK"}, {"name": "X", "aliases": ["Y", "dprk"]}]
    for values in names:
        with pytest.raises(RowError, match="is also a name of actor 'north-korea'"):
            declarations.require_own_names(Actor, {"id": "x", **values})


def test_a_record_with_a_row_of_its_own_is_found_by_all_its_names(declarations: Declarations) -> None:
    declarations.add(Actor, {"id": "us", "name": "United States", "aliases": ["America"]})
    declarations.add(Source, {"id": "nyt", "title": "Times", "url": "https://example.org/t"})
    declarations.add(Event, {"id": "e", "title": "E"})
    assert {declarations.find(name, "actors") for name in ("us", "united states", "america")} == {"us"}
    assert {declarations.find(name, "sources") for name in ("nyt", "times", "https://example.org/t")} == {"nyt"}
    assert declarations.has("events", "e")


# ---------------------------------------------------------------- what is there already


def event(title: str = "Armistice signed", date: str = "1953-07-27", **further: Any) -> NewRecord:  # noqa: ANN401 - values of any key
    return made(Event, title=title, date=date, **further)


def made(record: type[Record], **values: Any) -> NewRecord:  # noqa: ANN401 - as above
    return NewRecord(record, values, given_id=str(values.pop("id", "")))


def test_a_row_without_an_id_gets_one_of_its_title_and_of_its_date_where_that_is_taken(known: ExistingRecords) -> None:
    for row, id_ in (
        (event("Armistice"), "armistice-1953-07-27"),
        (event("Truce"), "truce"),
        (event("Armistice", "1953"), "armistice-1953"),
        (event("\u2014"), f"event-{digest(chr(0x2014) + chr(10) + '1953-07-27')}"),
        (event("Armistice signed", place="Panmunjom"), "armistice-signed"),
        (made(Fact, text="It was signed"), "it-was-signed"),
        (made(Topic, label="Talks"), "talks"),
        (made(Source, title="Memoir"), "memoir"),
    ):
        assert known.find(row) is False
        assert row.id == id_
    with pytest.raises(DifferingError, match="actor 'north-korea' already exists and differs in name"):
        known.find(made(Actor, name="DPRK"))


def test_a_row_with_the_same_values_is_there_and_one_with_others_is_told_with_the_keys(known: ExistingRecords) -> None:
    assert known.find(event(actors=["north-korea"]))
    assert known.find(event(id="armistice"))
    assert known.find(event(id="armistice", actors=["north-korea"], note=""))
    many = dict.fromkeys(("title", "summary", "place", "note", "quote", "kind", "status"), "x")
    with pytest.raises(DifferingError) as differing:
        known.find(made(Event, id="armistice", date="1953-07-27", **many))
    assert str(differing.value) == "event 'armistice' already exists and differs in title, summary, place, note, quote"


def test_a_row_of_which_a_record_has_more_is_that_record_where_no_other_row_is(known: ExistingRecords) -> None:
    first, second = event(), event()
    assert known.find(first) is known.find(second) is None
    assert known.find_last(first)
    assert not known.find_last(second)
    assert second.id == "armistice-signed"


def test_a_record_that_an_id_names_is_left_to_that_row(known: ExistingRecords) -> None:
    assert known.find(event(id="armistice"))
    assert known.find(event()) is known.find(event(actors=["north-korea"])) is False


@pytest.mark.parametrize(
    ("given", "id_"), [("Armistice Day", "armistice-day"), (17, "event-17"), ("x17", "x17"), ("1953 b", "1953-b")]
)
def test_an_id_is_made_one_that_a_file_may_have(given: object, id_: str, known: ExistingRecords) -> None:
    row = event(id=given)
    assert not known.find(row)
    assert row.values["id"] == id_


def test_an_id_without_a_letter_that_it_may_have_is_rejected(known: ExistingRecords) -> None:
    with pytest.raises(RowError, match="has no letter or digit"):
        known.find(event(id="\u2014"))


@pytest.mark.parametrize(
    ("cell", "title", "url"),
    [
        ("Times (https://x.org/b)", "Times", "https://x.org/b"),
        ("Times (https://x.org/b).", "Times", "https://x.org/b"),
        ("Times, https://x.org/b.", "Times", "https://x.org/b"),
        ("Times: https://x.org/b; ", "Times", "https://x.org/b"),
        ("https://x.org/b (Times)", "Times", "https://x.org/b"),
        ("Wiki https://x.org/Busan_(city)", "Wiki", "https://x.org/Busan_(city)"),
        ("Wiki (https://x.org/Busan_(city))", "Wiki", "https://x.org/Busan_(city)"),
        ("https://x.org/b.", "https://x.org/b.", "https://x.org/b."),
        ("https://x.org/b)", "https://x.org/b)", "https://x.org/b)"),
        ("Report no. 4", "Report no. 4", None),
        ("Doe Jr. https://x.org/b", "Doe Jr.", "https://x.org/b"),
    ],
)
def test_an_address_among_words_is_told_from_the_marks_around_it(
    cell: str, title: str, url: str | None, declarations: Declarations
) -> None:
    declarations.cite(cell)
    ((_, values),) = accept(declarations)
    assert (values["title"], values.get("url")) == (title, url)
