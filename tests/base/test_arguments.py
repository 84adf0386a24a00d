"""What a caller of the library passes: a value of a wrong type is an error that says what to write."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import korea_cli
from korea_cli import DataError, KoreaError, Selection, open_chronology
from korea_cli.base.errors import USAGE, ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Korea
    from korea_cli import Chronology

LISTS = ("terms", "actors", "topics", "kinds", "sources", "statuses")
DAYS = ("since", "until", "period", "today", "around", "known_by")
FLAGS = ("certain", "reverse", "with_withdrawn")
METHODS = ("events", "facts", "actors", "topics", "sources", "search")
NOON = dt.datetime(2017, 5, 1, 12, tzinfo=dt.UTC)
WRONG: list[Any] = [
    None, 0, 5, -1, 2**70, True, False, float("nan"), float("inf"), 1.0, Decimal(1), 1j, b"putin", bytearray(b"x"),
    "putin", "", Path("putin"), object(), int, len, {"putin"}, frozenset({"putin"}), {"putin": 1}, range(3), iter("ab"),
    (letter for letter in "putin"), ["putin", ["moon"]], ("putin", ("moon",)), [None], [b"putin"], [1], ["putin"],
    dt.date(2017, 5, 1), NOON, dt.time(12), dt.timedelta(1), Ellipsis, NotImplemented, Selection(),
]  # fmt: skip
# What fits each kind of field, of the above.
FITS: dict[tuple[str, ...], Any] = {
    LISTS: lambda value: isinstance(value, list | tuple) and all(type(each) is str for each in value),
    DAYS: lambda value: value is None or isinstance(value, str) or type(value) is dt.date,
    FLAGS: lambda value: isinstance(value, bool),
    ("limit", "days"): lambda value: value is None or (type(value) is int and value >= 0),
    ("sort",): lambda value: value is None or isinstance(value, str),
}


@pytest.fixture(scope="module", params=["index", "memory"])
def record(request: pytest.FixtureRequest) -> Chronology:
    return open_chronology("builtin", cache=request.param == "index")


def error_of(ask: Callable[[], object]) -> KoreaError | None:
    """Return the error of a question, if it has one; any that is not the library's own passes through."""
    try:
        ask()
    except KoreaError as error:
        return error
    return None


# ---------------------------------------------------------------- selections


def test_every_field_of_a_selection_is_tried() -> None:
    assert sorted(field for fields in FITS for field in fields) == sorted(Selection._fields)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("field", Selection._fields)
def test_a_value_of_a_wrong_type_is_an_error_that_names_the_field(field: str, method: str, record: Chronology) -> None:
    fits = next(fit for fields, fit in FITS.items() if field in fields)
    for value in WRONG:
        selection = Selection(**{field: value})
        if fits(value):  # it may still name nothing that there is, or no day
            assert not isinstance(error_of(lambda: getattr(record, method)(selection).count), ArgumentError)  # noqa: B023
        else:
            with pytest.raises(KoreaError, match=f"{field} must be|each of {field} must be") as raised:
                getattr(record, method)(selection)
            assert raised.value.status == USAGE


@pytest.mark.parametrize("value", [value for value in WRONG if type(value) is not Selection], ids=lambda _: "value")
def test_what_is_no_selection_is_refused(value: Any, record: Chronology) -> None:  # noqa: ANN401 - anything
    for method in METHODS:
        with pytest.raises(ArgumentError, match="selection must be a Selection, not"):
            getattr(record, method)(value)


@pytest.mark.parametrize("field", LISTS)
def test_a_single_string_is_refused_with_what_to_write(field: str, record: Chronology) -> None:
    with pytest.raises(ArgumentError) as raised:
        record.events(Selection(**{field: "putin"}))  # type: ignore[arg-type]
    assert str(raised.value) == f"{field} must be a list or tuple of strings, not a string: write {field}=['putin']"


WRITE: list[tuple[dict[str, Any], str]] = [
    ({"since": 2017}, 'since must be a string or a datetime.date, not int: write since="2017"'),
    ({"until": NOON}, "until must be a string or a datetime.date, not datetime: write until=….date()"),
    ({"terms": ["a", 1]}, "each of terms must be a string, not int"),
    ({"limit": "5"}, "limit must be a whole number or None, not str"),
    ({"limit": True}, "limit must be a whole number or None, not bool"),
    ({"certain": "no"}, "certain must be True or False, not str"),
    ({"reverse": 1}, "reverse must be True or False, not int"),
    ({"sort": ["date"]}, "sort must be a string, not list"),
    ({"terms": "x" * 1000}, "terms must be a list or tuple of strings, not a string"),
]


@pytest.mark.parametrize(("asked", "message"), WRITE, ids=lambda value: str(value)[:20])
def test_the_message_says_what_to_write(asked: dict[str, Any], message: str, record: Chronology) -> None:
    with pytest.raises(ArgumentError) as raised:
        record.events(Selection(**asked))
    assert str(raised.value) == message


def test_a_date_of_a_record_is_no_day_but_its_ends_are(record: Chronology) -> None:
    launch = record.find("hwasong-14-launch", "event").date
    with pytest.raises(ArgumentError, match=r"not StoredDate: write since=….earliest or since=….latest"):
        record.events(Selection(since=launch))  # type: ignore[arg-type]
    assert launch.earliest
    assert record.events(Selection(since=launch.earliest)).count == record.events(Selection(since="2017-07-04")).count


def test_a_string_for_a_selection_is_refused_with_what_to_write(record: Chronology) -> None:
    with pytest.raises(ArgumentError, match=r"write Selection\(terms=\['thaad'\]\)"):
        record.search("thaad")  # type: ignore[arg-type]


@pytest.mark.parametrize("day", [dt.date(2017, 5, 1), dt.date(1, 1, 1), dt.date(33, 4, 3), dt.date(9999, 12, 31)])
@pytest.mark.parametrize("field", DAYS)
def test_a_date_is_the_same_as_its_text(field: str, day: dt.date, record: Chronology) -> None:
    for method in METHODS:
        asked: list[dict[str, Any]] = [{field: day}, {field: day.isoformat()}]
        by_date, by_text = (getattr(record, method)(Selection(**each)) for each in asked)
        assert [each.id for each in by_date] == [each.id for each in by_text]
        assert by_date.query.window == by_text.query.window


def test_lists_and_tuples_are_the_same(record: Chronology) -> None:
    listed = record.events(Selection(terms=["moscow"], actors=["putin", "lavrov"]))
    assert list(listed) == list(record.events(Selection(terms=("moscow",), actors=("putin", "lavrov"))))
    assert listed.count > 0


def test_a_list_changed_later_does_not_change_the_answer(record: Chronology) -> None:
    terms = ["thaad"]
    answer = record.events(Selection(terms=terms))
    before = answer.count
    terms.append("nothing-like-this")
    assert (answer.count, len(list(answer))) == (before, before)


@pytest.mark.parametrize("limit", [2**31, 2**63 - 1, 2**63, 2**70])
def test_a_limit_beyond_all_counting_limits_nothing(limit: int, record: Chronology) -> None:
    for method in METHODS:
        answer = getattr(record, method)(Selection(limit=limit))
        assert len(list(answer)) == answer.count == answer.matched


@pytest.mark.parametrize("command", ["timeline", "chart", "actors"])
def test_a_limit_of_thirty_digits_can_be_typed(command: str, korea: Korea) -> None:
    assert korea(command, "--limit", "9" * 30, "-d", "builtin").code == 0


# ---------------------------------------------------------------- answers


@pytest.mark.parametrize("asked", [{}, {"limit": 3}, {"limit": 0}, {"terms": ["thaad"]}, {"period": "1990"}])
@pytest.mark.parametrize("method", METHODS)
def test_an_answer_is_as_long_and_as_true_as_what_it_yields(
    asked: dict[str, Any], method: str, record: Chronology
) -> None:
    answer = getattr(record, method)(Selection(**asked))
    assert len(answer) == answer.count == len(list(answer))
    assert bool(answer) == (len(list(answer)) > 0)


# ---------------------------------------------------------------- what is shown


SHOWN: list[tuple[Selection, str]] = [
    (Selection(), "Selection()"),
    (Selection(terms=("thaad",)), "Selection(terms=('thaad',))"),
    (Selection(since="2017", certain=True, limit=0), "Selection(since='2017', certain=True, limit=0)"),
    (Selection(until=dt.date(2017, 5, 1)), "Selection(until=datetime.date(2017, 5, 1))"),
    (Selection(terms=("\x1b\n\u202e",)), "Selection(terms=('\\x1b\\n\\u202e',))"),
]


@pytest.mark.parametrize(("selection", "shown"), SHOWN, ids=lambda value: str(value)[:30])
def test_a_selection_is_shown_by_what_is_set(selection: Selection, shown: str) -> None:
    assert repr(selection) == shown
    assert eval(shown, {"Selection": Selection, "datetime": dt}) == selection  # noqa: S307 - the line above


def test_an_answer_and_a_query_are_shown_in_short_without_asking_anything(record: Chronology) -> None:
    answer = record.events(Selection(terms=["thaad"], since="2017"))
    assert repr(answer) == "<Answer of events, Selection(terms=('thaad',), since='2017')>"
    assert repr(answer.query) == "<Query Selection(terms=('thaad',), since='2017'), today 2017-07-08>"
    assert repr(record.search()) == "<Answer of events, facts, actors, topics, sources, Selection()>"


# ---------------------------------------------------------------- opening


NO_FILES = [value for value in WRONG if not isinstance(value, str | Path)]


@pytest.mark.parametrize("value", NO_FILES, ids=lambda value: type(value).__name__)
def test_a_file_is_a_string_or_a_path(value: Any) -> None:  # noqa: ANN401 - anything
    with pytest.raises(ArgumentError, match=f"each file must be a string or a path, not {type(value).__name__}"):
        open_chronology(value)


def test_files_in_a_list_are_refused_with_what_to_write() -> None:
    with pytest.raises(ArgumentError, match=r"write open_chronology\(\*files\)"):
        open_chronology(["builtin"])  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [*WRONG[1:], "2017-05-01"], ids=lambda value: type(value).__name__)
def test_today_is_a_day(value: Any) -> None:  # noqa: ANN401 - anything
    if type(value) is dt.date:
        assert open_chronology("builtin", today=value).events().count
    else:
        with pytest.raises(ArgumentError, match=r"today must be a datetime\.date, not"):
            open_chronology("builtin", today=value)


@pytest.mark.parametrize("value", WRONG, ids=lambda value: type(value).__name__)
def test_a_size_is_a_number(value: Any) -> None:  # noqa: ANN401 - anything
    if type(value) is int:
        assert isinstance(error_of(lambda: open_chronology("builtin", max_size=value)), DataError | None)
    else:
        with pytest.raises(ArgumentError, match="max_size must be a whole number of bytes, not"):
            open_chronology("builtin", max_size=value)


def test_the_public_names_are_listed_before_they_are_used() -> None:
    assert set(korea_cli.__all__) <= set(dir(korea_cli))
