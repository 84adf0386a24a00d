"""Whatever the file and whatever the change: the file says what it should, and every other byte is as it was."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from korea_cli.editing.edits import Edit, apply_edit, insert_records, remove_record, set_key
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.layout import RecordRef
from korea_cli.editing.references import rename_ids
from korea_cli.editing.toml import toml_record, toml_value
from korea_cli.model.records import Event, keys_of, written_keys
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[st.SearchStrategy[Any]], Any]

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ORDER = tuple(written_keys(Event))
KEYS = {written: keys_of(Event)[name].form for written, name in written_keys(Event).items()}
COMMENTS = st.sampled_from(["", "# a word\n", "#\n# [[events]]\n# id = 'no'\n", "\n\n", "   \n", "\t# x\n"])
LINES = st.sampled_from(["\n", "\n\n", "  # so\n", "\t\n"])
SUBTABLES = [
    '[[{}.other_dates]]\ndate = "2016"  # or so\nnote = "[[events]]"\n', "  [[ {} . 'dates' ]]\n    id = 'no'\n",
    '[{}.""]\n"" = 1\n', '["{}".x.y]\nid = "no"\n',
]  # fmt: skip


@st.composite
def values(draw: Draw, form: str) -> Any:  # noqa: ANN401 - of any form
    """Give a value of a key as TOML has it."""
    if form == "other_dates":
        return draw(
            st.lists(
                st.fixed_dictionaries({"date": TEXTS}, optional={"sources": st.lists(TEXTS, min_size=1)}),
                min_size=1,
                max_size=2,
            )
        )
    return draw(st.lists(TEXTS, min_size=1, max_size=3) if form in {"texts", "refs", "cites"} else TEXTS.filter(bool))


@st.composite
def records(draw: Draw) -> dict[str, Any]:
    """Give the values of a record, by key."""
    keys = draw(st.sets(st.sampled_from(ORDER), min_size=1, max_size=5))
    return {key: draw(values(KEYS[key])) for key in ORDER if key in keys}


@st.composite
def written(draw: Draw, value: Any) -> str:  # noqa: ANN401 - of any form
    """Write a value in one of the ways that a person may."""
    plain = toml_value(value)
    if isinstance(value, list) and draw(st.booleans()):
        items = (f"  {toml_value(each)},{draw(st.sampled_from(['', ' # [', ' # ]']))}\n" for each in value)
        return f"[\n{''.join(items)}]"
    if isinstance(value, str) and value.isprintable() and draw(st.booleans()):
        if "'" not in value:
            return f"'{value}'" if draw(st.booleans()) else f"'''{value}'''"
        if not set(value) & {'"', "\\"}:
            return f'"""\n{value}"""'
    return plain


@st.composite
def blocks(draw: Draw) -> str:
    """Write a table of records, or another, with comments and odd spacing."""
    table = draw(st.sampled_from(["[[events]]", "[[ events ]]", "[[topics]]", '[["events"]]', "  [[events]]"]))
    indent, equals = draw(st.sampled_from(["", "  "])), draw(st.sampled_from(["=", " = ", "   =  "]))
    keys = "".join(
        f"{indent}{key}{equals}{draw(written(value))}{draw(LINES)}" for key, value in draw(records()).items()
    )
    named = "topics" if "topics" in table else "events"
    inner = "".join(
        draw(COMMENTS) + each.format(named) for each in draw(st.lists(st.sampled_from(SUBTABLES), max_size=2))
    )
    return f"{draw(COMMENTS)}{table}{draw(LINES)}{draw(COMMENTS)}{keys}{inner}"


@st.composite
def texts(draw: Draw) -> str:
    """Write a file, its lines ended in either way, the last of them perhaps not at all."""
    head = draw(st.sampled_from(["", "# mine\n", '[chronology]\ntitle = "x"\n', "x = 1"]))
    text = "\n".join([head, *draw(st.lists(blocks(), max_size=4))]) + draw(COMMENTS)
    text = text.rstrip("\n") if draw(st.booleans()) else text
    return str(text.replace("\r", "").replace("\n", "\r\n") if draw(st.booleans()) else text)


def is_valid(text: str) -> bool:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return False
    return True


def changed_text(text: str, change: Edit) -> str:
    """Return what a change makes of a text."""
    document, problem = parse_document(Document(name="mine.toml", path=None, text=text))
    assert problem is None
    made = apply_edit(document, change)
    assert document.parsed.tables() == tomli.loads(text)  # what was parsed is used again, and must stay as it was
    return made.text


def untouched(before: str, after: str) -> bool:
    """Say whether a text has only been put into another, at one place."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    left = len(before) - start
    return len(after) >= len(before) and (not left or after.endswith(before[start:]))


@given(texts().filter(is_valid), records(), st.integers(0, 4))
@example("x = 1", {"id": "a"}, 0)
@example("[[events]]\r\nid = '''a'''", {"id": "b"}, 0)
def test_what_is_added_is_there_and_all_else_as_it_was(text: str, values: dict[str, Any], number: int) -> None:
    old = tomli.loads(text).get("events", [])
    number = min(number, len(old))
    made = changed_text(text, insert_records("events", {number: [(values, toml_record(Event, values))]}, len(old)))
    expected = [*old[:number], values, *old[number:]]
    assert tomli.loads(made) == tomli.loads(text) | {"events": expected}
    assert untouched(text, made)
    assert ("\r" in made) == ("\r" in text) or "\r" in str(values)


@given(texts().filter(is_valid), st.lists(records(), min_size=1, max_size=3), st.lists(st.integers(0, 3), min_size=3))
def test_several_go_to_several_places(text: str, new: list[dict[str, Any]], spots: list[int]) -> None:
    old = tomli.loads(text).get("events", [])
    groups: dict[int, list[tuple[dict[str, Any], str]]] = {}
    for each, spot in zip(new, spots, strict=False):
        groups.setdefault(min(spot, len(old)), []).append((each, toml_record(Event, each)))
    made = changed_text(text, insert_records("events", groups, len(old)))
    behind = [values for values, _ in groups.get(len(old), [])]
    expected = [each for number, one in enumerate(old) for each in (*(v for v, _ in groups.get(number, [])), one)]
    assert tomli.loads(made)["events"] == expected + behind


@given(texts().filter(is_valid), st.data())
def test_what_is_set_is_so_and_what_is_taken_away_is_gone(text: str, data: st.DataObject) -> None:
    old = tomli.loads(text).get("events", [])
    if not old:
        return
    number = data.draw(st.integers(0, len(old) - 1))
    key = data.draw(st.sampled_from([key for key in ORDER if key != "other_dates"]))
    value = data.draw(values(KEYS[key]) | st.just(""))
    setting_it = set_key(RecordRef("events", number, len(old)), key, value, ORDER)
    try:
        made = changed_text(text, setting_it)
    except UnsafeChangeError as error:
        assert "comments" in error.reason  # noqa: PT017 - which of two things happens depends on the text
        assert isinstance(old[number][key], list)
        return
    expected = {name: each for name, each in old[number].items() if name != key} | ({key: value} if value else {})
    assert tomli.loads(made)["events"] == [*old[:number], expected, *old[number + 1 :]]
    assert changed_text(made, setting_it) == made
    if key in old[number]:
        back = changed_text(made, set_key(RecordRef("events", number), key, old[number][key], ORDER))
        assert tomli.loads(back) == tomli.loads(text)


@given(texts().filter(is_valid), records(), st.integers(0, 4))
def test_what_was_added_and_is_removed_leaves_the_rest(text: str, values: dict[str, Any], number: int) -> None:
    old = tomli.loads(text).get("events", [])
    number = min(number, len(old))
    made = changed_text(text, insert_records("events", {number: [(values, toml_record(Event, values))]}, len(old)))
    back = changed_text(made, remove_record(RecordRef("events", number, len(old) + 1)))
    assert tomli.loads(back) == tomli.loads(text)
    lines = ([line.removesuffix("\r") for line in each.split("\n") if line.strip()] for each in (back, text))
    assert next(lines) == next(lines)


NAMING = st.lists(
    st.sampled_from([
        'actors = ["kim"]', 'actors = ["kim", "moon"]  # "kim" too', "via = ['kim', \"moon\"]", 'title = "kim"',
        'recipients = [\n  "kim", # "kim"\n  "moon",\n]', '"via" = ["kim"]', 'recipients=["kim"]',
        'place = "kim" # kim',
        'summary = """\n[[events]]\nactors = ["kim"]\n"""', "disputed_by = [ 'kim' ]", 'id = "kim"', 'date = "\\"kim"',
        "[events.x]\nactors = ['kim']", "[[events.other_dates]]\nactors = ['kim']", '# "kim"',
    ]),
    max_size=5, unique_by=lambda line: line.strip('"').partition(" ")[0].partition("=")[0].partition(".")[0].strip('"'),
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(["[[events]]", "[[facts]]", "  [[actors]]", "[other]"]), NAMING), max_size=4))
def test_an_id_is_renamed_wherever_it_is_one_however_it_is_written(blocks: list[tuple[str, list[str]]]) -> None:
    text = "\n".join("\n".join((header, *lines, "")) for header, lines in blocks)
    if not is_valid(text):
        return
    made = changed_text(text, rename_ids("actors", "kim", "park", {"actors"}))  # proved by the tables
    changed = [(old, new) for old, new in zip(text.splitlines(), made.splitlines(), strict=True) if old != new]
    assert all(new in {old.replace('"kim"', '"park"', 1), old.replace("'kim'", "'park'")} for old, new in changed)
