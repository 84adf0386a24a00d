"""The library gives what the command line gives, typed, and fails with the errors it documents."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import korea_cli
from korea_cli import DataError, Event, KoreaError, Selection, StoredDate, open_chronology
from korea_cli.base.errors import (
    NO,
    USAGE,
    AmbiguousNameError,
    ArgumentError,
    DateError,
    NotInListError,
    UnknownNameError,
)
from korea_cli.model.records import RECORDS, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from korea_cli import Chronology
    from korea_cli.model.field_spec import Key

KOREA = Path(sys.executable).parent / "korea"
COMMANDS = {"event": "timeline", "fact": "facts", "actor": "actors", "topic": "topics", "source": "sources"}
HEAVY = {"typer", "rich", "dateutil", "tomli", "sqlite3", "json", "difflib", "zoneinfo", "argparse", "asyncio"}


# What a caller may pass by mistake in the place of a string; lists and tuples of other things come last.
NOT_TEXTS: list[Any] = [
    None, 5, -1, 2**70, True, float("nan"), b"putin", Path("putin"), object(), {"putin"}, {"putin": 1}, range(3),
    (letter for letter in "putin"), dt.date(2017, 5, 1), ["putin", ["moon"]], ("putin", ("moon",)),
]  # fmt: skip


def repr_of_type(value: object) -> str:
    return type(value).__name__


@pytest.fixture(scope="module")
def record() -> Chronology:
    return open_chronology("builtin")


def run_in_fresh_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


# ---------------------------------------------------------------- the front door


def test_every_public_name_is_found_at_the_front_door() -> None:
    for name in korea_cli.__all__:
        assert getattr(korea_cli, name).__name__ == name
    assert set(korea_cli.__all__) >= {"open_chronology", "Selection", "Event", "Fact", "Actor", "Topic", "Source"}
    told = run_in_fresh_python("from korea_cli import *; print(open_chronology('builtin').find('putin').name)")
    assert told == "Vladimir Putin\n"


WRONG: list[dict[str, Any]] = [
    *({"limit": -1}, {"limit": "1"}, {"period": "2017", "since": "2016"}, {"since": "someday"}, {"sort": "size"}),
    *({"terms": (term,)} for term in ("colour:red", "thaad or by:putin", "status:sure", "actor:nobody", "actor:a")),
    *({"terms": "thaad"}, {"terms": ("(thaad OR icbm",)}, {"days": 3}, {"around": "no-such-event"}),
]


def _events(wrong: dict[str, Any], chronology: Chronology) -> object:
    return chronology.events(Selection(**wrong))


def _events_when_closed(chronology: Chronology) -> object:
    chronology.close()
    return chronology.events()


FAILING: dict[str, Callable[[Chronology], object]] = {
    **{str(each): partial(_events, each) for each in WRONG},
    "pickled": lambda record: pickle.loads(pickle.dumps(record.find("putin"))).to_dict(),  # noqa: S301 - made here
    "closed": _events_when_closed,
    "missing": lambda _: open_chronology("nowhere.toml"),
}


@pytest.mark.parametrize("name", FAILING)
def test_every_error_of_the_library_has_a_public_name(name: str) -> None:
    with open_chronology("builtin") as chronology, pytest.raises(KoreaError) as raised:
        FAILING[name](chronology)
    assert type(raised.value).__name__ in korea_cli.__all__


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'korea_cli' has no attribute 'Evnet'"):
        korea_cli.__getattr__("Evnet")
    with pytest.raises(ImportError):
        exec("from korea_cli import Evnet")  # noqa: S102 - a name that linters would refuse


def public_parts(owner: type) -> list[tuple[str, Any]]:
    return [
        (f"{owner.__name__}.{name}", part)
        for name, part in vars(owner).items()
        if not name.startswith("_") and (inspect.isfunction(part) or isinstance(part, property))
    ]


def test_every_public_name_and_method_says_what_it_is() -> None:
    named = [(name, getattr(korea_cli, name)) for name in korea_cli.__all__]
    parts = [part for _, owner in named if inspect.isclass(owner) for part in public_parts(owner)]
    assert len(parts) > 15
    for name, part in (("korea_cli", korea_cli), *named, *parts):
        doc = inspect.getdoc(part) or ""
        assert doc.split("\n\n")[0].endswith("."), name
        assert not doc.startswith(f"{name}("), name  # what Python makes up for a value type


def test_importing_the_package_alone_imports_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); import korea_cli; print(*set(sys.modules) - before)"
    imported = run_in_fresh_python(code).split()
    assert "korea_cli" in imported
    assert HEAVY.isdisjoint(imported)
    assert [name for name in imported if name.startswith("korea_cli.")] == []


def test_asking_by_the_library_imports_nothing_of_the_command_line() -> None:
    code = (
        "import sys; from korea_cli import Selection, open_chronology;"
        "list(open_chronology('builtin').events(Selection(since='2017-05'))); print(*sys.modules)"
    )
    imported = set(run_in_fresh_python(code).split())
    assert "sqlite3" in imported
    assert {"typer", "rich", "dateutil.parser", "korea_cli.cli.main", "korea_cli.cli.output"}.isdisjoint(imported)


# ---------------------------------------------------------------- the same as the command line


def as_json(value: Any, key: Key) -> Any:  # noqa: ANN401 - whatever a key holds
    """Say a typed value as JSON does, references by their ids alone."""
    if key.form in {"texts", "refs"}:
        return list(value)
    if key.form == "cites":
        return [tuple(cited) for cited in value]
    if key.form == "other_dates":
        return [(other.date.text, [tuple(cited) for cited in other.sources], other.note or None) for other in value]
    if isinstance(value, StoredDate):
        return value.text
    if key.form == "claims":
        return [
            (*claim[:2], *map(list, claim[2:4]), claim.status, [tuple(cited) for cited in claim.sources])
            for claim in value
        ]
    return None if value == "" else value


def reduced(value: Any, key: Key) -> Any:  # noqa: ANN401
    """Reduce a value of JSON to what the typed value holds: ids, and places in sources."""
    if key.form in {"ref", "refs"}:
        return [each["id"] for each in value] if isinstance(value, list) else value and value["id"]
    if key.form == "cites":
        return [(each["id"], each["locator"]) for each in value]
    if key.form == "other_dates":
        return [
            (each["date"], [(cited["id"], cited["locator"]) for cited in each["sources"]], each["note"])
            for each in value
        ]
    if key.form == "claims":
        return [
            (
                each["id"], each["text"], [own["id"] for own in each["holders"]],
                [own["id"] for own in each["reported_by"]], each["status"] or "",
                [(cited["id"], cited["locator"]) for cited in each["sources"]],
            )
            for each in value
        ]  # fmt: skip
    return value


@pytest.mark.parametrize("asked", [(), ("--period", "2017-05")], ids=["everything", "in-a-window"])
@pytest.mark.parametrize("record_type", RECORDS, ids=lambda record_type: str(record_type.type))
def test_typed_values_say_what_json_says(record: Chronology, record_type: Any, asked: tuple[str, ...]) -> None:  # noqa: ANN401 - a record type
    done = subprocess.run(
        [KOREA, COMMANDS[record_type.type], "-d", "builtin", "--json", *asked], capture_output=True, check=True
    )
    listed = json.loads(done.stdout)[record_type.table]
    typed = list(getattr(record, record_type.table)(Selection(period=asked[1] if asked else None)))
    assert [each.id for each in typed] == [each["id"] for each in listed] != []
    for each, told in zip(typed, listed, strict=True):
        assert isinstance(each, record_type)
        assert (each.to_dict(), list(each.to_dict())) == (told, list(told))
        for name, key in keys_of(record_type).items():
            assert as_json(getattr(each, name), key) == reduced(told[key.shown_as or name], key), (each.id, name)
            if key.dated and (date := getattr(each, name)):
                bounds = (date.earliest and str(date.earliest), date.latest and str(date.latest), date.precision)
                assert bounds == (told["earliest"], told["latest"], told["precision"]), each.id


def test_records_are_frozen_typed_values(record: Chronology) -> None:
    launch = record.find("hwasong-14-launch")
    assert isinstance(launch, Event)
    assert (launch.date.earliest, launch.date.precision) == ((2017, 7, 4), "day")
    assert str(launch.date) == launch.date.show() == "4 Jul 2017"
    assert launch.sources[0].id == "ramani-2017"
    with pytest.raises(FrozenInstanceError):
        launch.title = "Something else"  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        launch.mood = "grim"  # type: ignore[attr-defined]


# ---------------------------------------------------------------- opening


SMALL = '[chronology]\ntitle = "Small"\n[[events]]\nid = "e{0}"\ntitle = "E"\ndate = "2017-07-0{0}"\n'


def test_files_are_opened_by_name_or_path_and_merged(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.toml" for number in (1, 2)]
    for number, file in enumerate(files, 1):
        file.write_text(SMALL.format(number), "utf-8")
    chronology = open_chronology(files[1], str(files[0]))
    assert [event.id for event in chronology.events()] == ["e1", "e2"]
    assert [document.name for document in chronology.documents] == [str(files[1]), str(files[0])]


def test_without_files_the_environment_names_them_else_the_built_in_record_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL.format(3), "utf-8")
    monkeypatch.setenv("KOREA_DATA", str(file))
    assert [event.id for event in open_chronology().events()] == ["e3"]
    assert open_chronology("builtin").events().count > 1
    monkeypatch.delenv("KOREA_DATA")
    assert open_chronology().header == open_chronology("builtin").header


def test_today_is_the_day_given(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL.format(3), "utf-8")
    asked = Selection(period="july 3")
    assert open_chronology(file, today=dt.date(2017, 8, 1)).events(asked).count == 1
    assert open_chronology(file, today=dt.date(2017, 7, 2)).events(asked).count == 0
    assert open_chronology(file, today=dt.date(2030, 1, 1)).events(asked).count == 1  # no later than the last event


# ---------------------------------------------------------------- asking


def test_find_gives_the_one_record_that_is_named(record: Chronology) -> None:
    assert record.find("문재인").id == "moon-jae-in"
    assert record.find("Rex", "actor").id == "tillerson"
    assert record.find("thaad", "topic").type == "topic"
    assert record.named("putin") == ("actor", "putin", "Vladimir Putin")


def test_what_is_found_of_one_type_is_typed_so(record: Chronology) -> None:
    """The annotations are read by mypy: each names an attribute that only records of its type have."""
    found: tuple[str, str, str, str, str] = (
        record.find("hwasong-14-launch", "event").title,
        next(iter(record.facts())).text,
        record.find("putin", "actor").name,
        record.find("thaad", "topic").label,
        record.find("ramani-2017", "source").container,
    )
    assert all(found)
    several: str = record.find("thaad", "topic", "actor").id
    assert several == "thaad"


@pytest.mark.parametrize("type_", ["planet", "actors", "Actor", ""])
def test_a_type_of_record_that_there_is_not_is_refused(type_: str, record: Chronology) -> None:
    for ask in (record.find, record.named):
        with pytest.raises(NotInListError, match="unknown record type") as raised:
            ask("putin", type_)
        assert raised.value.allowed == ("event", "fact", "actor", "topic", "source")


@pytest.mark.parametrize("name", NOT_TEXTS, ids=repr_of_type)
def test_a_name_that_is_no_string_is_refused(name: Any, record: Chronology) -> None:  # noqa: ANN401 - anything
    for ask in (
        record.find,
        record.named,
        lambda name: record.find("putin", name),
        lambda name: record.records([name]),
    ):
        with pytest.raises(ArgumentError, match=f"must be a string, not {type(name).__name__}"):
            ask(name)


@pytest.mark.parametrize("names", [*NOT_TEXTS[:-2], "putin"], ids=repr_of_type)
def test_names_are_a_list_of_strings(names: Any, record: Chronology) -> None:  # noqa: ANN401 - anything
    with pytest.raises(ArgumentError, match=r"names must be a list or tuple of strings, not"):
        record.records(names)


def test_one_name_in_the_place_of_several_is_refused_with_what_to_write(record: Chronology) -> None:
    with pytest.raises(ArgumentError) as raised:
        record.records("putin")  # type: ignore[arg-type]
    assert str(raised.value) == "names must be a list or tuple of strings, not a string: write names=['putin']"


def test_what_refers_to_a_record_is_given_in_the_order_of_the_file(record: Chronology) -> None:
    lines = {each.id: each.line or 0 for each in record.facts()}
    found = record.referring("hwasong-14-launch", "events")
    assert len(found) > 1
    assert [lines[each.id] for each in found] == sorted(
        each.line or 0 for each in record.facts() if "hwasong-14-launch" in each.events
    )
    assert record.referring("hwasong-14-launch", "topics") == []


def test_a_title_and_an_address_are_given_where_there_is_one(record: Chronology) -> None:
    sources = {each.id: each for each in record.sources()}
    assert {id_: record.address(id_) or "" for id_ in sources} == {id_: each.url for id_, each in sources.items()}
    assert {id_: record.title("source", id_) for id_ in sources} == {id_: each.title for id_, each in sources.items()}
    assert (record.title("source", "nobody"), record.address("nobody")) == (None, None)
    assert record.title("actor", "hwasong-14-launch") is None


# ---------------------------------------------------------------- errors


def test_bad_data_raises_one_error_with_every_problem(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('[[events]]\nid = "e"\ntitel = "T"\ndate = "2017-13"\n', "utf-8")
    with pytest.raises(DataError) as raised:
        open_chronology(file)
    problems = raised.value.problems
    assert [(problem.line, problem.record) for problem in problems] == [
        (line, "events[1] 'e'") for line in (1, 3, 4)
    ]  # no title, an unknown key, no such month
    assert [problem.suggestion for problem in problems] == [None, "title", None]
    assert str(raised.value).splitlines() == [str(problem) for problem in problems]
    assert isinstance(raised.value, KoreaError)


def test_a_missing_file_is_bad_data(tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        open_chronology(tmp_path / "nowhere.toml")
    (problem,) = raised.value.problems
    assert (problem.file, problem.line) == (str(tmp_path / "nowhere.toml"), None)


def test_a_file_that_is_too_large_is_bad_data(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SMALL.format(3), "utf-8")
    size = file.stat().st_size
    assert open_chronology(file, max_size=size).events().count == 1
    with pytest.raises(DataError):
        open_chronology(file, max_size=size - 1)


def test_an_unknown_name_raises_with_those_that_come_nearest(record: Chronology) -> None:
    for ask in (lambda: record.find("tilerson"), lambda: record.events(Selection(actors=("tilerson",)))):
        with pytest.raises(UnknownNameError) as raised:
            ask()
        assert raised.value.name == "tilerson"
        assert ("Rex Tillerson", "tillerson") in raised.value.near
        assert raised.value.status == NO


def test_the_beginning_of_several_names_raises_with_all_of_them(record: Chronology) -> None:
    with pytest.raises(AmbiguousNameError) as raised:
        record.find("moon", "actor")
    assert {id_ for _, id_ in raised.value.meant} == {"moon-jae-in", "moon-chung-in"}


def test_what_cannot_be_understood_raises_when_it_is_asked(record: Chronology) -> None:
    with pytest.raises(DateError, match="'2017-02-30' is not a date") as bad_date:
        record.events(Selection(since="2017-02-30"))
    assert bad_date.value.suggestion == "2017-02-28"
    with pytest.raises(NotInListError, match="unknown field 'actr'") as bad_field:
        record.facts(Selection(terms=("actr:putin",)))
    assert "actor" in bad_field.value.allowed
    with pytest.raises(NotInListError, match="unknown sort key 'size'"):
        record.events(Selection(sort="size"))
    assert {bad_date.value.status, bad_field.value.status} == {USAGE}
