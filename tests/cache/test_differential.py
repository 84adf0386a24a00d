"""An answer is the same to the letter whether the files were read, just indexed, or opened by their index."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from korea_cli import DataError, KoreaError, Selection, commands, formats, open_chronology
from korea_cli.cache import build
from korea_cli.report.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from korea_cli import Chronology

TODAY = dt.date(2018, 1, 1)
FEW = settings(max_examples=60)
TEXTS = st.text(st.sampled_from("ab zéßİŁ문재인\u0301\u2028\u202e\t\"'\\%_*\x1b😀"), min_size=1, max_size=12).filter(
    str.strip
)
IDS = st.sampled_from(["a", "b", "c", "d-1", "d-2"])
DATES = st.sampled_from(
    [
        "2017", "2017-05", "2017-05-01", "2017-05-24~", "2017?", "2016/2018", "2017-05/..", "../2017-06",
        "[2017-05-01,2017-05-03]", "[2017-05-01..2017-06-02]", "0001-01-01", "9999",
    ]
)  # fmt: skip
KINDS = st.sampled_from(["meeting", "statement", "test"])
REFERRING = {"part_of", "actors", "recipients", "topics", "sources", "holders"}
ASKS = st.sampled_from(["timeline", "facts", "actors", "topics", "sources", "search", "stats"])
TERMS = st.one_of(
    TEXTS,
    IDS,
    st.builds(
        "{}{}:{}{}".format,
        st.sampled_from(["", "not:"]),
        st.sampled_from(["actor", "by", "to", "topic", "kind", "place", "source", "id", "status", "date", "text"]),
        st.sampled_from(["", "="]),
        st.one_of(IDS.map("a-{}".format), IDS.map("t-{}".format), KINDS, DATES, TEXTS),
    ),
)
SELECTIONS = st.fixed_dictionaries(
    {
        "terms": st.lists(TERMS, max_size=2).map(tuple),
        "period": st.none() | st.sampled_from(["2017", "may 2017", "2017-05..2017-06", "early 2016", "today"]),
        "certain": st.booleans(),
        "limit": st.none() | st.integers(0, 3),
        "reverse": st.booleans(),
        "sort": st.none() | st.sampled_from(["title", "date", "id", "nothing"]),
    }
).map(lambda asked: Selection(**asked))  # type: ignore[arg-type]


def refs(table: str) -> st.SearchStrategy[list[str]]:
    return st.lists(IDS.map(lambda id_: f"{table}-{id_}"), max_size=2, unique=True)


def records(table: str, **further: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Make records of a table, ids of their own, and some further keys of theirs."""
    record = st.fixed_dictionaries({"id": IDS.map(lambda id_: f"{table}-{id_}")}, optional={"note": TEXTS})
    required = {name: value for name, value in further.items() if name in {"title", "name", "label", "text", "date"}}
    optional = {name: value for name, value in further.items() if name not in required}
    whole = st.tuples(record, st.fixed_dictionaries(required, optional=optional)).map(lambda two: two[0] | two[1])
    return st.lists(whole, max_size=4, unique_by=lambda each: str(each["id"]))


CHRONOLOGIES = st.fixed_dictionaries(
    {
        "chronology": st.fixed_dictionaries({}, optional={"title": TEXTS, "as_of": st.just("2017-07-08")}).map(
            lambda header: [header]
        ),
        "sources": records("s", title=TEXTS, url=st.just("https://example.org/x")),
        "actors": records("a", name=TEXTS, aliases=st.lists(TEXTS, max_size=2, unique=True), part_of=refs("a")),
        "topics": records("t", label=TEXTS),
        "events": records(
            "e", title=TEXTS, date=DATES, kind=KINDS, actors=refs("a"), recipients=refs("a"), topics=refs("t"),
            place=TEXTS, sources=refs("s"), quote=TEXTS,
        ),
        "facts": records("f", text=TEXTS, kind=st.just("claim"), holders=refs("a"), date=DATES, sources=refs("s")),
    }
)  # fmt: skip


def written(chronology: dict[str, list[dict[str, Any]]]) -> str:
    """Write a chronology as TOML: what JSON writes of texts and lists of them, TOML reads.

    References are kept where they lead somewhere, and from what belongs to a whole where that comes before it.
    """
    known = {str(entry["id"]) for table in ("actors", "topics", "sources") for entry in chronology[table]}
    parts = []
    for table, entries in chronology.items():
        for entry in entries:
            parts.append("[chronology]" if table == "chronology" else f"[[{table}]]")
            for key, value in entry.items():
                kept = [each for each in value if each in known] if key in REFERRING else value
                if key == "part_of":
                    kept = [each for each in kept if each < entry["id"]]
                parts.append(f"{key} = {json.dumps(kept, ensure_ascii=False)}")
    return "\n".join([*parts, ""])


# Rows as they are kept, rows made of values, and records that are looked up; the others are made of the same.
FORMS = ("json", "jsonl", "plain", "bibtex")


def told(chronology: Chronology, command: str, selection: Selection) -> Iterator[str]:
    """Return the output of a command for a selection in several formats, or its error."""
    for form in FORMS:
        try:
            report = commands.load(command).answer(chronology=chronology, selection=selection)
            assert not isinstance(report, str)
            yield "".join(formats.render(formats.load(form), report, Screen(80), {}))
            yield report.nothing if not report.matched else ""
        except KoreaError as error:
            yield f"{type(error).__name__}: {error}"


def answers(path: Path, asked: list[tuple[str, Selection]], *, cache: bool) -> list[str]:
    """Return all answers of a file, or its errors."""
    try:
        with open_chronology(path, today=TODAY, cache=cache) as chronology:
            assert chronology.store.has_json is cache
            return [text for command, selection in asked for text in told(chronology, command, selection)]
    except DataError as error:
        return [str(error)]


@pytest.mark.usefixtures("cache")
@FEW
@given(
    st.lists(CHRONOLOGIES, min_size=2, max_size=3),
    st.lists(st.tuples(ASKS, SELECTIONS), min_size=1, max_size=4),
    st.booleans(),
)
def test_answers_are_the_same_without_an_index_with_a_new_one_with_an_old_one_and_after_edits(
    versions: list[dict[str, Any]], asked: list[tuple[str, Selection]], large: bool  # noqa: FBT001 - drawn
) -> None:  # fmt: skip
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_WHOLE", 0 if large else 1000)
        path = Path(folder) / "data.toml"
        for version, _ in product(versions, range(2)):
            path.write_text(written(version), "utf-8")
            read = answers(path, asked, cache=False)
            assert answers(path, asked, cache=True) == read
            assert answers(path, asked, cache=True) == read


NAMED = {"actor": "a-a", "by": "a-a", "to": "a-a", "topic": "t-a", "kind": "meeting", "place": "z", "source": "s-a"}
NAMED |= {"id": "e-a", "status": "confirmed", "date": "2017", "text": "ab"}
WHOLE: dict[str, list[dict[str, Any]]] = {
    "chronology": [{"title": "ab"}],
    "sources": [{"id": "s-a", "title": "ab", "note": "z"}],
    "actors": [{"id": "a-a", "name": "ab"}],
    "topics": [{"id": "t-a", "label": "ab"}],
    "events": [
        {
            "id": "e-a", "title": "ab", "date": "2017-05-01", "kind": "meeting", "status": "confirmed", "place": "z",
            "actors": ["a-a"], "recipients": ["a-a"], "topics": ["t-a"], "sources": ["s-a"],
        }
    ],
    "facts": [
        {
            "id": "f-a", "text": "ab", "kind": "claim", "date": "2017", "holders": ["a-a"], "topics": ["t-a"],
            "sources": ["s-a"],
        }
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        ("timeline", set()),
        ("search", set()),
        ("stats", set()),
        ("facts", {"to", "kind", "place", "id", "status"}),
        ("actors", {"kind", "id"}),
        ("topics", {"id"}),
        ("sources", {"kind", "id"}),
    ],
)
def test_these_questions_find_what_they_name_where_it_is(command: str, refused: set[str], tmp_path: Path) -> None:
    """Random questions test something because each of their parts finds something in a chronology that has it."""
    path = tmp_path / "data.toml"
    path.write_text(written(WHOLE), "utf-8")
    found = set()
    with open_chronology(path, today=TODAY, cache=False) as chronology:
        for field, value in NAMED.items():
            text = ("ab",) if command == "search" else ()
            with suppress(KoreaError):
                selection = Selection(terms=(*text, f"{field}:{value}"))
                report = commands.load(command).answer(chronology=chronology, selection=selection)
                assert not isinstance(report, str)
                found |= {field} if report.matched else set()
    assert found == NAMED.keys() - refused
