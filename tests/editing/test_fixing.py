"""What is safe to mend is mended, in the files of the user alone, and nothing that is used is taken away."""

from __future__ import annotations

import io
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import DataError, OutputError, UsageError
from korea_cli.checks.load import load
from korea_cli.editing.errors import UnformattedError, UnsafeChangeError
from korea_cli.editing.files import Editable
from korea_cli.editing.fixing import fix_files, format_files

if TYPE_CHECKING:
    from pathlib import Path

UNTIDY = "[[topics]]\nlabel='T'\nid='t'\n"
TIDY = '[[topics]]\nid = "t"\nlabel = "T"\n'
DECLARED = """# kept
[[sources]]
id = "cited"
title = "Cited"

[[sources]]
id = "cited-beside"
title = "Cited for another date"

[[sources]]
id = "idle"
title = "Idle"

# of the house
[[actors]]
id = "house"
name = "House"

# of the member
[[actors]]
id = "member"
name = "Member"
part_of = ["house"]

[[actors]]
id = "acts"
name = "Acts"
part_of = ["parent"]

[[actors]]
id = "parent"
name = "Parent"

[[topics]]
id = "wide"
label = "Wide"

[[topics]]
id = "narrow"
label = "Narrow"
broader = "wide"

[[events]]
id = "a"
title = "A"
date = "2017"
other_dates = [{ date = "2016", sources = ["cited-beside"] }]
actors = ["acts"]
sources = ["cited#p1"]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, "utf-8", newline="")


def test_only_files_that_are_not_in_form_are_written(folder: Path) -> None:
    write(folder, a=UNTIDY, b=TIDY)
    before = (folder / "b.toml").stat()
    files = Editable(("a.toml", "b.toml"), 1000)
    assert format_files(files, sort=False, check=False).text == "Formatted a.toml\nAlready formatted: b.toml\n"
    assert (folder / "a.toml").read_text("utf-8") == TIDY
    assert (folder / "b.toml").stat().st_ino == before.st_ino
    assert sorted(path.name for path in folder.iterdir()) == ["a.toml", "b.toml"]


@pytest.mark.parametrize("dry", [False, True])
def test_checking_writes_nothing_and_names_what_is_not_in_form(
    dry: bool, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    write(folder, a=UNTIDY, b=TIDY)
    with pytest.raises(UnformattedError) as caught:
        format_files(Editable(("a.toml", "b.toml"), 1000, dry), sort=False, check=True)
    assert caught.value.sentences == ("a.toml is not formatted",)
    assert (folder / "a.toml").read_text("utf-8") == UNTIDY
    assert (b"+id = " in capsysbinary.readouterr().out) is dry
    assert format_files(Editable(("b.toml",), 1000, dry), sort=False, check=True).text == ""


def test_a_file_with_a_byte_order_mark_keeps_it(folder: Path) -> None:
    write(folder, a=f"\ufeff{UNTIDY}")
    format_files(Editable(("a.toml",), 1000), sort=False, check=False)
    assert (folder / "a.toml").read_text("utf-8") == f"\ufeff{TIDY}"


def test_a_part_of_a_chronology_is_put_in_form_by_itself_also_with_problems_in_it(folder: Path) -> None:
    write(folder, part="[[actors]]\nid='a'\nname='A'\n[[events]]\nid='e'\nactors=['elsewhere']\nacters=[]\n")
    assert len(load(["part.toml"]).problems) > 2
    assert format_files(Editable(("part.toml",), 1000), sort=False, check=False).text == "Formatted part.toml\n"


def test_what_is_no_toml_is_told_and_no_file_is_written(folder: Path) -> None:
    write(folder, a=UNTIDY, b="x = \n")
    with pytest.raises(DataError):
        format_files(Editable(("a.toml", "b.toml"), 1000), sort=False, check=False)
    assert (folder / "a.toml").read_text("utf-8") == UNTIDY


def test_the_built_in_record_is_looked_at_and_never_written(folder: Path) -> None:
    assert folder
    with pytest.raises(OutputError, match="built-in record"):
        format_files(Editable(("builtin",), 10**6), sort=False, check=False)
    assert format_files(Editable(("builtin",), 10**6, dry=True), sort=False, check=False).text == ""


def test_standard_input_goes_alone() -> None:
    with pytest.raises(UsageError, match="cannot be combined"):
        format_files(Editable(("-", "a.toml"), 1000), sort=False, check=False)


def test_unused_declarations_go_and_those_that_only_they_used(folder: Path) -> None:
    write(folder, a=DECLARED)
    assert fix_files(load(["a.toml"]), unused=True, dry=False, yes=True) is None
    left = (folder / "a.toml").read_text("utf-8")
    assert re.findall(r'^id = "(.*)"', left, re.MULTILINE) == ["cited", "cited-beside", "acts", "parent", "a"]
    assert re.findall("# .*", left) == ["# kept"]
    assert [each.check for each in load(["a.toml"]).check("note") if each.check == "all-used"] == []


PLACES = """[chronology]
title = "X"
place_names = [
    # of the talks
    ["Moscow", "Москва"],
    # of nothing
    ["Paris", "Париж"],  # once
    ["Seoul", "서울"],
    ["seoul", "Сеул"],
]

[[events]]
id = "a"
title = "A"
date = "2017"
place = "The Kremlin, Moscow"
"""


def test_names_of_places_that_no_event_has_go(folder: Path) -> None:
    write(folder, a=PLACES)
    fix_files(load(["a.toml"]), unused=True, dry=False, yes=True)
    left = (folder / "a.toml").read_text("utf-8")
    assert tomllib.loads(left)["chronology"] == {"title": "X", "place_names": [["Moscow", "Москва"]]}
    assert re.findall("# .*", left) == ["# of the talks", "# of nothing", "# once"]
    assert load(["a.toml"]).check("note") == load(["a.toml"]).problems


@pytest.mark.parametrize(
    "lists", ['[["Paris", "Париж"]]', '[["Paris", "Париж"], ["paris", "파리"], ["Paris", "Париж"]]']
)
def test_the_key_goes_with_the_last_names(lists: str, folder: Path) -> None:
    write(folder, a=f"[chronology]\nplace_names = {lists}\n", b=PLACES.partition("place_names")[0])
    fix_files(load(["a.toml", "b.toml"]), unused=True, dry=False, yes=True)
    assert (folder / "a.toml").read_text("utf-8") == "[chronology]\n"


def test_names_of_a_place_of_another_file_are_used(folder: Path) -> None:
    write(folder, a='[chronology]\nplace_names = [["Moscow", "Москва"]]\n', b=PLACES)
    before = (folder / "a.toml").read_text("utf-8")
    fix_files(load(["a.toml", "b.toml"]), unused=True, dry=False, yes=True)
    assert (folder / "a.toml").read_text("utf-8") == before


def test_names_in_an_unusual_header_are_left_and_named(folder: Path) -> None:
    write(folder, a='chronology.place_names = [["Paris", "Париж"]]\n')
    with pytest.raises(UnsafeChangeError, match=r"the record is not written as \[chronology\]"):
        fix_files(load(["a.toml"]), unused=True, dry=False, yes=True)


def test_without_being_asked_nothing_is_taken_away_and_nothing_moved(folder: Path) -> None:
    write(folder, a=DECLARED)
    assert fix_files(load(["a.toml"]), dry=True, yes=False) == ""
    assert fix_files(load(["a.toml"]), dry=False, yes=False) is None
    assert (folder / "a.toml").read_text("utf-8") == DECLARED


def test_every_file_of_a_chronology_is_mended_but_the_built_in_one(folder: Path) -> None:
    write(folder, a=f"[chronology]\ninclude=['b.toml']\n{UNTIDY}", b="[[topics]]\nlabel='U'\nid='a'\n", c="")
    loaded = load(["builtin", "a.toml"])
    assert loaded.problems == ()
    assert fix_files(loaded, sort=True, unused=True, dry=False, yes=True) is None
    assert tomllib.loads((folder / "b.toml").read_text("utf-8")) == {}
    assert (folder / "a.toml").read_text("utf-8") == '[chronology]\ninclude = ["b.toml"]\n'


def test_a_topic_used_in_another_file_is_used(folder: Path) -> None:
    write(folder, a=TIDY, b="[[events]]\nid = 'e'\ntitle = 'E'\ndate = '2017'\ntopics = ['t']\n")
    fix_files(load(["a.toml", "b.toml"]), unused=True, dry=False, yes=True)
    assert (folder / "a.toml").read_text("utf-8") == TIDY


def test_nothing_is_taken_for_unused_where_not_all_can_be_read(folder: Path) -> None:
    write(folder, a=f"{TIDY}\n[[events]]\nid = 'e'\ntitle = 5\ndate = '2017'\ntopics = ['t']\n")
    with pytest.raises(DataError):
        fix_files(load(["a.toml"]), unused=True, dry=False, yes=True)
    assert (folder / "a.toml").read_text("utf-8").startswith(TIDY)
    assert fix_files(load(["a.toml"]), dry=False, yes=True) is None  # its form can still be mended


def test_the_built_in_record_alone_cannot_be_mended() -> None:
    with pytest.raises(OutputError, match="built-in record"):
        fix_files(load(["builtin"]), dry=False, yes=True)


@pytest.mark.parametrize("unused", [False, True])
def test_a_file_that_somebody_changed_meanwhile_is_left_alone(unused: bool, folder: Path) -> None:  # noqa: FBT001 - a case
    write(folder, a=DECLARED.replace('id = "cited"', "id='cited'"))
    loaded = load(["a.toml"])
    changed = f"{TIDY}\n{DECLARED}  # later"
    write(folder, a=changed)
    with pytest.raises(OutputError, match="another program has changed it"):
        fix_files(loaded, unused=unused, dry=False, yes=True)
    assert (folder / "a.toml").read_text("utf-8") == changed


def test_nobody_is_asked_where_nobody_sits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a=UNTIDY)
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UsageError, match="--yes"):
        fix_files(load(["a.toml"]), dry=False, yes=False)
    assert (folder / "a.toml").read_text("utf-8") == UNTIDY


@pytest.mark.parametrize(("typed", "after"), [("y\n", TIDY), ("n\n", UNTIDY), ("", UNTIDY), (None, UNTIDY)])
def test_who_sits_at_a_terminal_is_asked_and_only_a_yes_writes(
    typed: str | None, after: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, a=UNTIDY)
    monkeypatch.setattr("os.isatty", lambda _: True)
    monkeypatch.setattr("sys.stdin", None if typed is None else io.StringIO(typed))
    if typed is None:
        with pytest.raises(UsageError, match="--yes"):
            fix_files(load(["a.toml"]), dry=False, yes=False)
    else:
        fix_files(load(["a.toml"]), dry=False, yes=False)
        assert "Write these changes? [y/N]" in capsys.readouterr().err
    assert (folder / "a.toml").read_text("utf-8") == after
