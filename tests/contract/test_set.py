"""`korea set`, `rename` and `remove` as they are installed: single places change, every other byte is as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from launch import ACTORS, ANSWER, LAUNCH

if TYPE_CHECKING:
    from conftest import Korea

BUILTIN = Path(__file__).parents[2] / "data" / "events.toml"
MINE = f"# mine\n\n{ACTORS}\n{LAUNCH}\n# the answer\n{ANSWER}"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Give a small file."""
    path = tmp_path / "mine.toml"
    path.write_text(MINE)
    return path


@pytest.mark.parametrize(
    ("values", "told", "old", "new"),
    [
        (["title=The launch"], "title: A launch → The launch", "'A launch'     #", '"The launch"     #'),
        (["actors+=Moon"], "actors: + moon", '[ "kim" ]', '[ "kim", "moon" ]'),
        (["actors-=kim", "actors+=moon"], "actors: - kim\n  actors: + moon", '[ "kim" ]', '["moon"]'),
        (["actors=moon"], "actors: - kim\n  actors: + moon", '[ "kim" ]', '["moon"]'),
        (["actors="], "actors: - kim", 'actors = [ "kim" ]\n', ""),
        (["kind=test"], "kind: + test", '07-04"\n', '07-04"\nkind = "test"\n'),
        (["note=a=b # c"], "note: + a=b # c", '[ "kim" ]\n', '[ "kim" ]\nnote = "a=b # c"\n'),
        (["date=5 July 2017"], "date: 2017-07-04 → 2017-07-05", '"2017-07-04"', '"2017-07-05"'),
    ],
)
def test_a_value_is_set_and_nothing_else_is_touched(  # noqa: PLR0913, PLR0917 - what is told is a case too
    values: list[str], told: str, old: str, new: str, mine: Path, korea: Korea
) -> None:
    assert MINE.count(old) == 1
    out = f"Changed event 'launch' ({mine}:11)\n  {told}\n"
    assert korea("set", "launch", *values, "-d", mine) == (0, out, "")
    assert mine.read_text() == MINE.replace(old, new)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("set", "launch", "titel=x"), 2, "unknown key 'titel'. Did you mean 'title'?"),
        (("set", "launch", "title"), 2, "'title' is not KEY=VALUE"),
        (("set", "launch", "id=x"), 2, "use 'korea rename' to change an id"),
        (("set", "launch", "kind+=x"), 2, "'kind' has a single value. Use kind=x"),
        (("set", "launch", "kind-=x"), 2, "'kind-=x': 'kind' has a single value. Use kind= to remove it"),
        (("set", "launch", "note-=x"), 2, "'note-=x': 'note' has a single value. Use note= to remove it"),
        (
            ("set", "launch", "title-=A launch"), 2,
            "'title-=A launch': 'title' is required. Use title=VALUE to change it.",
        ),
        (("set", "launch", "date-=2017"), 2, "'date' is required. Use date=VALUE to change it."),
        (("set", "kim", "name-=Kim"), 2, "'name' is required. Use name=VALUE to change it."),
        (("set", "launch", "date=recent"), 2, "it is too vague; name the month or the days, such as 2017-06"),
        (("set", "launch", "foo="), 2, "unknown key 'foo'. Allowed values: id, title, "),
        (("set", "launch", "actors-=moon"), 2, "'moon' is not in 'actors', which has 'kim'"),
        (("set", "launch", "title="), 2, "title is required"),
        (("set", "launch", "date=2017-13"), 2, "date '2017-13' is not a date: there is no month 13"),
        (("set", "launch", "actors+=nobody"), 1, "actor not found: 'nobody'"),
        (("set", "lunch", "title=x"), 1, "record not found: 'lunch'. Did you mean 'A launch' (launch)?"),
        (("rename", "launch", "No Slug"), 2, "'No Slug' is not an id: only a-z, 0-9 and hyphens. Did you mean 'no-"),
        (("rename", "launch", "answer"), 2, "the id 'answer' is already used at "),
        (("remove", "launch"), 1, "cannot remove event 'launch': it is referred to by event 'answer' (responds_to)"),
        (("remove", "kim"), 1, "cannot remove actor 'kim': it is referred to by event 'launch'"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], code: int, told: str, mine: Path, korea: Korea
) -> None:
    run = korea(*arguments, "-d", mine)
    assert (run.code, run.out) == (code, "")
    assert run.err.startswith("korea: ")
    assert told in run.err
    assert mine.read_text() == MINE
    assert [each.name for each in mine.parent.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize(
    "arguments", [("set", "launch", "title=x"), ("rename", "launch", "start"), ("remove", "answer")]
)  # fmt: skip
def test_a_dry_run_shows_what_would_change(arguments: tuple[str, ...], mine: Path, korea: Korea) -> None:
    run = korea(*arguments, "-d", mine, "--dry-run")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"--- {mine} (now)\n+++ {mine} (changed)\n@@ ")
    assert mine.read_text() == MINE


def test_a_record_is_renamed_wherever_it_is_referred_to(mine: Path, korea: Korea) -> None:
    assert korea("rename", "launch", "start", "-d", mine).out == f"Renamed event 'launch' to 'start' ({mine}:11)\n"
    assert mine.read_text() == MINE.replace('"launch"', '"start"')


def test_it_is_renamed_in_every_file_that_is_named(mine: Path, tmp_path: Path, korea: Korea) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[[events]]\nid = "talks"\ntitle = "Talks"\ndate = "2018"\nactors = ["kim", "moon"]\n')
    assert korea("rename", "actor:kim", "kim-jong-un", "-d", mine, "-d", other).code == 0
    assert '["kim-jong-un", "moon"]' in other.read_text()
    assert mine.read_text() == MINE.replace('"kim"', '"kim-jong-un"')


def test_a_record_is_removed_with_its_comment(mine: Path, korea: Korea) -> None:
    assert korea("remove", "answer", "-d", mine).out == f"Removed event 'answer' ({mine}:18)\n"
    assert mine.read_text() == MINE.partition("\n# the answer")[0]
    assert korea("remove", "an offer", "-d", mine).code == 1


def test_the_built_in_record_is_not_changed(korea: Korea) -> None:
    before = BUILTIN.read_bytes()
    for arguments in (("set", "putin", "note=x"), ("rename", "putin", "x"), ("remove", "hwasong-14-launch")):
        run = korea(*arguments)
        assert (run.code, run.out) in {(4, ""), (1, "")}
        assert "built-in" in run.err or "referred to" in run.err
    assert BUILTIN.read_bytes() == before


def test_every_actor_of_a_whole_record_can_be_renamed_there_and_back(tmp_path: Path, korea: Korea) -> None:
    path = tmp_path / "copy.toml"
    shutil.copy(BUILTIN, path)
    for actor in ("putin", "russia", "dprk"):
        assert korea("rename", f"actor:{actor}", "somebody", "-d", path).code == 0
        assert f'"{actor}"' not in path.read_text()
        assert korea("rename", "actor:somebody", actor, "-d", path).code == 0
    assert path.read_bytes() == BUILTIN.read_bytes()


def test_several_at_once_each_change_the_record_that_they_name(korea: Korea, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    records = [f'[[events]]\nid = "e{number}"\ntitle = "E"\ndate = "2017"\n' for number in range(8)]
    mine.write_text("\n".join(records), "utf-8")
    patient = korea.patient("korea_cli.editing.saving._TIMEOUT")
    running = [patient.start("set", f"e{number}", f"place=Place {number}", "-d", mine) for number in range(0, 8, 2)]
    running += [patient.start("remove", f"e{number}", "-d", mine) for number in range(1, 8, 2)]
    assert [process.wait() for process in running] == [0] * 8
    left = [
        f'[[events]]\nid = "e{number}"\ntitle = "E"\ndate = "2017"\nplace = "Place {number}"\n'
        for number in (0, 2, 4, 6)
    ]
    assert mine.read_text("utf-8") == "\n".join(left)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_long_list_is_written_as_fmt_would_write_it(end: str, korea: Korea, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_bytes(f'[[actors]]{end}id = "north"{end}name = "The North"{end}'.encode())
    names = [f"A rather long name number {number}" for number in range(4)]
    assert korea("set", "north", *(f"aliases={name}" for name in names), "-d", mine).code == 0
    wanted = f"aliases = [{end}" + "".join(f'    "{name}",{end}' for name in names) + f"]{end}"
    assert wanted.encode() in mine.read_bytes()
    assert korea("set", "north", f"aliases-={names[0]}", f"aliases-={names[1]}", "-d", mine).code == 0
    assert f'aliases = ["{names[2]}", "{names[3]}"]{end}'.encode() in mine.read_bytes()
    assert korea("fmt", "--check", mine) == (0, "", "")


NAMED = """\
[[actors]]
id = "lena-search"
name = "Lena Search"
aliases = ["The Searcher"]

[[events]]
id = "e10"
title = "The tenth"
date = "2017"

[[topics]]
id = "e10"
label = "Ten"
"""
WRITING = {
    "set": ("note=x",),
    "remove": (),
    "rename": ("another",),
    "edit": ("--dry-run",),
}  # fmt: skip


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("lena", "record not found: 'lena'. Did you mean 'Lena Search' (lena-search)? Type its id."),
        (
            "Lena Search",
            "record not found: 'Lena Search'. Did you mean 'Lena Search' (lena-search)? Type its id.",
        ),
        (
            "the searcher",
            "record not found: 'the searcher'. Did you mean 'Lena Search' (lena-search)? Type its id.",
        ),
        (
            "LENA-SEARCH",
            "record not found: 'LENA-SEARCH'. Did you mean 'Lena Search' (lena-search)? Type its id.",
        ),
        ("actor:lena", "record not found: 'actor:lena'. Did you mean 'Lena Search' (lena-search)? Type its id."),
        ("e1", "record not found: 'e1'. Did you mean 'Ten' (topic:e10) or 'The tenth' (event:e10)? Type its id."),
        ("zeppelin", "record not found: 'zeppelin'"),
        ("", "record not found: ''"),
    ],
)
def test_a_name_or_a_beginning_is_offered_and_never_acted_on(
    typed: str, message: str, command: str, tmp_path: Path, korea: Korea
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(NAMED)
    assert korea(command, typed, *WRITING[command], "-d", mine) == (1, "", f"korea: {message}\n")
    assert mine.read_text() == NAMED


def test_a_name_is_offered_also_where_the_file_refers_to_what_does_not_exist(mine: Path, korea: Korea) -> None:
    mine.write_text(
        f'{MINE}topics = ["gone"]\nsources = ["lost#p1"]\nother_dates = [{{ date = "2018", sources = ["lost"] }}]\n'
        '[[actors]]\nid = "moon-2"\nname = "Moon Two"\npart_of = ["nowhere"]\n'
        '[[facts]]\nid = "f"\ntext = "F"\nholders = ["nobody"]\ndisputed_by = ["lost"]\n'
        '[[sources]]\nid = "s"\ntitle = "S"\n[[topics]]\nid = "t"\nlabel = "T"\nbroader = "gone"\n'
    )
    before = mine.read_text()
    told = "korea: record not found: 'Moon Two'. Did you mean 'Moon Two' (moon-2)? Type its id.\n"
    assert korea("rename", "Moon Two", "moon-3", "-d", mine) == (1, "", told)
    assert korea("merge", "Moon Two", "kim", "-d", mine) == (1, "", told)
    assert mine.read_text() == before


@pytest.mark.parametrize("command", WRITING)
def test_an_id_of_two_types_is_ambiguous_and_a_type_settles_it(command: str, tmp_path: Path, korea: Korea) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(NAMED)
    run = korea(command, "e10", *WRITING[command], "-d", mine)
    assert run.code == 1
    assert "Ten (topic:e10), The tenth (event:e10)" in run.err
    assert mine.read_text() == NAMED
    assert korea(command, "topic:e10", *WRITING[command], "-d", mine).code == 0


def test_the_same_removal_typed_twice_removes_one_record(tmp_path: Path, korea: Korea) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(NAMED + '\n[[actors]]\nid = "lena"\nname = "Lena"\n')
    assert korea("remove", "lena", "-d", mine).code == 0
    assert korea("remove", "lena", "-d", mine).code == 1
    assert mine.read_text() == NAMED


# ---------------------------------------------------------------- keys that no record has

ODD_KEYS = {
    "foo": "foo = 5",
    "titel": 'titel = "x"',
    "é w": '"é w" = [\n  1, 2,\n]',
    "a.b": "'a.b' = { c = nan }",
    "": '"" = 1',
    "a\nb": r'"a\nb" = 1',
    'a"b': r'"a\"b" = 1',
    "한": r'"\uD55C" = [1]',
    r"a\nb": r"'a\nb' = 1",
}


@pytest.mark.parametrize("key", ODD_KEYS)
def test_a_key_that_no_record_has_can_be_removed(key: str, mine: Path, korea: Korea) -> None:
    text = MINE.replace('date = "2017-07-05"\n', f'{ODD_KEYS[key]}\ndate = "2017-07-05"\n')
    mine.write_text(text)
    shown = key.replace("\n", " ")
    assert f"{mine}:21:1\terror\tevents[2] 'answer'\tunknown key '{shown}'" in korea("check", mine).out
    run = korea("set", "answer", f"{key}=", "-d", mine)
    assert (run.code, run.err) == (0, "")
    shown = shown or "''"
    assert run.out.startswith(f"Changed event 'answer' ({mine}:18)\n  {shown}: - ")
    assert mine.read_text() == MINE


def test_of_two_keys_that_no_record_has_one_can_be_removed(mine: Path, korea: Korea) -> None:
    mine.write_text(f"{MINE}foo = 1\nbar = 2\n")
    assert korea("set", "answer", "foo=", "-d", mine, "-q") == (0, "", "")
    assert mine.read_text() == f"{MINE}bar = 2\n"
    assert korea("set", "launch", "kind=test", "-d", mine).code == 3
    assert korea("set", "answer", "bar=", "kind=statement", "-d", mine, "-q") == (0, "", "")
    assert korea("check", mine).code == 0


@pytest.mark.parametrize("assignment", ["foo=x", "foo+=x", "foo-=1"])
def test_a_key_that_no_record_has_cannot_be_set(assignment: str, mine: Path, korea: Korea) -> None:
    mine.write_text(f"{MINE}foo = 1\n")
    told = "korea: unknown key 'foo'. Use foo= to remove it.\n"
    assert korea("set", "answer", assignment, "-d", mine) == (2, "", told)
    assert korea("set", "launch", "foo=", "-d", mine).code == 2
    assert mine.read_text() == f"{MINE}foo = 1\n"


# ---------------------------------------------------------------- records with tables of their own

WITH_TABLES = """\
[[sources]]
id = "s"
type = "article"
title = "S"

[[events]]
id = "a"
title = "A"
date = "2017"
other_dates = [{ date = "2016" }]

[[events]]
id = "b"
title = "B"
date = "2017"
"""
SUBTABLES = {
    "plain": '[[events.other_dates]]\ndate = "2015"\n',
    "quoted": '[["events"."other_dates"]]\n"date" = "2015"\n',
    "two": '[[events.other_dates]]\ndate = "2015"\n[[events.other_dates]]\ndate = "2014"\nnote = "n"\n',
    "commented": '\n# as the ministry has it\n[[events.other_dates]]  # a guess\n# by it\ndate = "2015"\n',
    "indented": '\n  [[ events . other_dates ]]\n    date = "2015"\n',
    "all keys": '[[events.other_dates]]\ndate = "2015"\n[[events.other_dates]]\n'
    'date = "2014"\nsources = ["s"]\nnote = """\n[[events]]\n"""\n',
}


@pytest.fixture(params=SUBTABLES)
def with_tables(request: pytest.FixtureRequest, mine: Path, korea: Korea) -> Path:
    """Return a valid file whose last record has tables of its own."""
    mine.write_text(WITH_TABLES + SUBTABLES[request.param])
    assert korea("check", mine).code == 0
    return mine


@pytest.mark.parametrize(
    ("values", "old", "new"),
    [
        (["note=x"], '"2017"\n', '"2017"\nnote = "x"\n'),
        (["note+=x"], '"2017"\n', '"2017"\nnote = "x"\n'),
        (["sources+=s"], '"2017"\n', '"2017"\nsources = ["s"]\n'),
        (["sources=s", "kind=test"], '"2017"\n', '"2017"\nkind = "test"\nsources = ["s"]\n'),
        (["title=C"], 'title = "B"\n', 'title = "C"\n'),
        (["kind=", "note=", "note=x"], '"2017"\n', '"2017"\nnote = "x"\n'),
    ],
)
def test_a_key_is_written_before_the_tables_of_its_record(
    values: list[str], old: str, new: str, with_tables: Path, korea: Korea
) -> None:
    text = with_tables.read_text()
    run = korea("set", "b", *values, "-d", with_tables)
    assert (run.code, run.err) == (0, "")
    head, mark, tail = text.partition('id = "b"\n')
    assert with_tables.read_text() == head + mark + tail.replace(old, new, 1)


def test_a_record_with_tables_is_renamed_removed_and_followed_by_another(with_tables: Path, korea: Korea) -> None:
    text = with_tables.read_text()
    assert korea("rename", "s", "t", "-d", with_tables, "-q") == (0, "", "")
    assert with_tables.read_text() == text.replace('"s"', '"t"')
    assert korea("add", "event", "--title", "C", "--date", "2018", "-d", with_tables).code == 0
    assert with_tables.read_text().startswith(text.replace('"s"', '"t"'))
    assert korea("remove", "b", "-d", with_tables, "-q") == (0, "", "")
    assert korea("check", with_tables).code == 0
    assert with_tables.read_text().count("other_dates") == 1  # those of the other event


@pytest.mark.parametrize("value", ["other_dates=", "other_dates=2014", "other_dates+=2014", "other_dates-=2015"])
def test_a_key_that_is_written_as_tables_is_named_where_it_cannot_be_changed(
    value: str, with_tables: Path, korea: Korea
) -> None:
    text = with_tables.read_text()
    run = korea("set", "b", value, "-d", with_tables)
    reason = "cannot make this change automatically: 'other_dates' is written as separate tables; edit the file by hand"
    assert run == (1, "", f"korea: {reason}\n")
    assert with_tables.read_text() == text


APART = """\
[[events]]
id = "a"
title = "A"
date = "2017"

[[sources]]
id = "s"
type = "article"
title = "S"

[[events.other_dates]]
date = "2016"
"sources" = [ # it's [here]
  "s#p. [3]", 's',
]
"""


def test_tables_that_stand_apart_from_their_record_are_left_there_or_named(mine: Path, korea: Korea) -> None:
    mine.write_text(APART)
    assert korea("set", "a", "note=x", "-d", mine, "-q") == (0, "", "")
    assert korea("set", "s", "note=y", "-d", mine, "-q") == (0, "", "")
    assert korea("rename", "s", "t", "-d", mine, "-q") == (0, "", "")
    text = APART.replace('"2017"\n', '"2017"\nnote = "x"\n').replace('"S"\n', '"S"\nnote = "y"\n')
    text = text.replace('id = "s"', 'id = "t"').replace('"s#', '"t#').replace("'s'", "'t'")
    assert mine.read_text() == text
    told = "cannot make this change automatically: [events.other_dates] does not directly follow its record"
    assert korea("remove", "a", "-d", mine) == (1, "", f"korea: {told}; edit the file by hand\n")
    assert mine.read_text() == text


# ---------------------------------------------------------------- values that are there already, or twice

VALUES = """\
[[actors]]
id = "kim"
name = "Kim"

[[actors]]
id = "moon"
name = "Moon"

[[facts]]
id = "f"
text = "F"
hedged = false

[[events]]
id = "e"
"""


@pytest.mark.parametrize(
    ("record", "written", "typed"),
    [
        ("e", 'title = """\nA"""\ndate = "2017"', ["title=A"]),
        ("e", "title = 'A'\ndate = \"2017\"", ["title=A"]),
        ("e", 'title = "\\u0041"\ndate = "2017"', ["title=A", "date=2017"]),
        ("e", 'title = "A"\ndate = 2017-07-04', ["date=4 July 2017"]),
        ("e", 'title = "A"\ndate = 2017', ["date=2017"]),
        ("e", 'title = "A"\ndate = "2017"\nactors = ["kim",]', ["actors=kim"]),
        ("e", 'title = "A"\ndate = "2017"\nactors = [\n  "kim", # a\n]', ["actors=Kim"]),
        ("e", 'title = "A"\ndate = "2017"\nactors = [ \'kim\' ]', ["actors+=moon", "actors-=moon"]),
        ("e", 'title = "A"\ndate = "2017"\nother_dates = [{ date="2016" }]', ["other_dates=2016"]),
        ("e", 'title = "A"\ndate = "2017"', ["kind=", "actors+=kim", "actors-=kim"]),
        ("e", 'title = "A"\ndate = "2017"\n[[events.other_dates]]\ndate="2016"', ["other_dates=2016"]),
        ("f", 'title = "A"\ndate = "2017"', ["hedged=no"]),
    ],
)
def test_a_value_that_is_there_already_is_no_change(
    record: str, written: str, typed: list[str], mine: Path, korea: Korea
) -> None:
    mine.write_text(f"{VALUES}{written}\n")
    assert korea("check", mine).code == 0
    run = korea("set", record, *typed, "-d", mine)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Nothing to change: ")
    answer = json.loads(korea("set", record, *typed, "-d", mine, "--json").out)
    assert (answer["changes"], answer["files"]) == ([], [])
    assert mine.read_text() == f"{VALUES}{written}\n"


@pytest.mark.parametrize(
    ("written", "typed", "told", "new"),
    [
        ('actors = ["kim", "kim"]', ["actors-=kim"], "actors: - kim, kim", ""),
        ('actors = ["kim", "moon", "kim"]', ["actors-=Kim"], "actors: - kim, kim", 'actors = ["moon"]\n'),
        ('actors = ["kim", "kim"]', ["actors=kim"], "actors: kim, kim → kim", 'actors = ["kim"]\n'),
        ('actors = ["kim", "moon"]', ["actors=moon", "actors=kim"], "actors: kim, moon → moon, kim",
         'actors = ["moon", "kim"]\n'),
        ("actors = []", ["actors="], "actors: - (empty)", ""),
        ('note = ""', ["note="], "note: - (empty)", ""),
    ],
)  # fmt: skip
def test_whatever_changes_is_named(  # noqa: PLR0913, PLR0917 - what is told is a case too
    written: str, typed: list[str], told: str, new: str, mine: Path, korea: Korea
) -> None:
    start = f'{VALUES}title = "A"\ndate = "2017"\n'
    mine.write_text(f"{start}{written}\n")
    preview = korea("set", "e", *typed, "-d", mine, "--json", "--dry-run")
    assert json.loads(preview.out)["changes"]
    run = korea("set", "e", *typed, "-d", mine)
    assert (run.code, run.err) == (0, "")
    assert run.out.partition("\n")[2] == f"  {told}\n"
    assert mine.read_text() == start + new


@pytest.mark.parametrize(
    ("written", "typed", "told"),
    [
        ('[1, "kim"]', ["1"], "1"),
        ('[1, "kim", 2, 1]', ["1", "2"], "1, 2, 1"),
        ('["kim", 1, "1", true]', ["1", "1", "yes"], "1, 1, yes"),
        ('[1.5, "kim", 2017-07-04]', ["2017-07-04", "1.5"], "1.5, 2017-07-04"),
        ('[["kim", "moon"], "kim"]', ["kim, moon"], "kim, moon"),
        ('[{ a = "x" }, "kim"]', ["x"], "x"),
    ],
)
def test_a_value_that_no_list_should_have_is_removed_as_it_is_shown(
    written: str, typed: list[str], told: str, mine: Path, korea: Korea
) -> None:
    start = f'{VALUES}title = "A"\ndate = "2017"\nactors = '
    mine.write_text(f"{start}{written}\n")
    out = f"Changed event 'e' ({mine}:14)\n  actors: - {told}\n"
    assert korea("set", "e", *(f"actors-={each}" for each in typed), "-d", mine) == (0, out, "")
    assert mine.read_text() == f'{start}["kim"]\n'


@pytest.mark.parametrize("value", ['""', "0", "false", "{}", "0.0"])
@pytest.mark.parametrize("typed", ["actors+=kim", "actors-=kim", "note+=x"])
def test_an_empty_value_of_another_form_is_neither_a_list_nor_a_text(
    typed: str, value: str, mine: Path, korea: Korea
) -> None:
    key, what = ("note", "a text") if "note" in typed else ("actors", "a list")
    text = f'{VALUES}title = "A"\ndate = "2017"\n{key} = {value}\n'
    mine.write_text(text)
    run = korea("set", "e", typed, "-d", mine, "--dry-run")
    if (key, value) == ("note", '""'):
        assert (run.code, run.err) == (0, "")
    else:
        assert run.code == 2
        assert f"'{key}' is not {what}. Use {key}=" in run.err


# ---------------------------------------------------------------- names

ALIASED = MINE.replace('name = "Kim"\n', 'name = "Kim"\naliases = ["K", "Kim Jong-un"]\n')


def test_a_new_name_keeps_the_old_one_as_an_alias(mine: Path, korea: Korea) -> None:
    mine.write_text(ALIASED)
    run = korea("rename", "kim", "--name", "Kim Jong-un", "-d", mine)
    out = f"Renamed actor 'kim' to 'Kim Jong-un' ({mine}:3)\n  name: Kim → Kim Jong-un\n"
    assert run == (0, f"{out}  aliases: - Kim Jong-un\n  aliases: + Kim\n", "")
    after = ALIASED.replace('name = "Kim"', 'name = "Kim Jong-un"').replace('["K", "Kim Jong-un"]', '["K", "Kim"]')
    assert mine.read_text() == after
    run = korea("rename", "kim", "--name", "Kim Jong-un", "-d", mine)
    assert run == (0, f"Nothing to change: actor 'kim' has this name already ({mine}:3)\n", "")
    run = korea("rename", "kim", "kim", "-d", mine)
    assert run == (0, f"Nothing to change: actor 'kim' has this id already ({mine}:3)\n", "")
    assert mine.read_text() == after


def test_an_id_and_a_name_are_changed_in_one_go(mine: Path, tmp_path: Path, korea: Korea) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[[events]]\nid = "talks"\ntitle = "Talks"\ndate = "2018"\nactors = ["kim", "moon"]\n')
    run = korea("rename", "kim", "kim-jong-un", "--name", "Kim Jong-un", "-d", mine, "-d", other)
    out = f"Renamed actor 'kim' to 'kim-jong-un' ({mine}:3)\n  id: kim → kim-jong-un\n  name: Kim → Kim Jong-un\n"
    assert run == (0, f"{out}  aliases: + Kim\n", "")
    assert mine.read_text() == MINE.replace('"kim"', '"kim-jong-un"').replace(
        'name = "Kim"\n', 'name = "Kim Jong-un"\naliases = ["Kim"]\n'
    )
    assert 'actors = ["kim-jong-un", "moon"]' in other.read_text()
    assert korea("show", "Kim", "-d", mine, "-d", other, "--fields", "id").out.startswith("kim-jong-un")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("rename", "kim"), 2, "what is the new id, or the new name? Give NEW, or --name NAME, or both"),
        (("rename", "launch", "--name", "The launch"), 2, "run: korea set event:launch title=..."),
        (("rename", "kim", "--name", "Moon"), 2, "name 'Moon' is also a name of actor 'moon'"),
        (("rename", "kim", "moon", "--name", "Kim Jong-un"), 2, "the id 'moon' is already used at "),
    ],
)
def test_a_name_that_cannot_be_given_is_refused(
    arguments: tuple[str, ...], code: int, told: str, mine: Path, korea: Korea
) -> None:
    run = korea(*arguments, "-d", mine)
    assert (run.code, run.out) == (code, "")
    assert told in run.err
    assert mine.read_text() == MINE
