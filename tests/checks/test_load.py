"""Several files are merged, files that are included are read, and what is wrong with either is said."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import DataError
from korea_cli.checks.load import load, load_valid

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def event(id_: str, more: str = "") -> str:
    return f'[[events]]\nid = "{id_}"\ntitle = "{id_}"\ndate = "2017"\n{more}\n'


def ids(*names: str) -> list[str]:
    loaded = load(names)
    assert loaded.problems == ()
    return [entry.id for entry in loaded.draft.records["events"]]


def said(*names: str) -> list[str]:
    return [str(problem) for problem in load(names).problems]


# ---- several files


def test_several_files_make_one_chronology_in_the_order_named(folder: Path) -> None:
    write(folder, a=event("one"), b=event("two", 'responds_to = ["one"]'))
    assert ids("a.toml", "b.toml") == ["one", "two"]
    assert ids("b.toml", "a.toml") == ["two", "one"]


def test_a_file_is_read_once_under_whatever_names(folder: Path) -> None:
    write(folder, a=event("one"))
    (folder / "link.toml").symlink_to("a.toml")
    assert ids("a.toml", "./a.toml", str(folder / "a.toml"), "link.toml") == ["one"]


def test_an_id_used_in_two_files_names_both_places(folder: Path) -> None:
    write(folder, a=event("one") + event("two"), b="# b\n" + event("two"))
    advice = "to add to that record, write extends for id"
    assert said("a.toml", "b.toml") == [
        f"b.toml:3:6: events[1] 'two': the id 'two' is already used at a.toml:6; {advice}"
    ]


def test_problems_of_all_files_are_given_file_by_file_in_order_of_lines(folder: Path) -> None:
    write(folder, a=event("one", "x = 1") + event("two", "y = 1"), b=event("three", "z = 1"))
    assert [line.split(": ")[0] for line in said("b.toml", "a.toml")] == ["b.toml:5:1", "a.toml:5:1", "a.toml:10:1"]


def test_a_syntax_error_does_not_make_what_its_file_declares_seem_missing(folder: Path) -> None:
    write(
        folder,
        a="[[actors]]\nid = 'dprk'\nname =\n",
        b="[[actors]]\nid='x'\nname='X'\n" + event("one", 'actors = ["dprk"]'),
    )
    assert said("a.toml", "b.toml") == ["a.toml:3:7: TOML: invalid value; write text in quotes, and lists in [ ]"]


def test_every_record_says_where_it_was_read_from(folder: Path) -> None:
    write(folder, a=event("one"), b="\n\n" + event("two"))
    records = load(["a.toml", "b.toml"]).draft.records["events"]
    assert [(record.file, record.line) for record in records] == [("a.toml", 1), ("b.toml", 3)]


def test_the_first_header_that_says_something_is_heard(folder: Path) -> None:
    write(
        folder,
        a='[chronology]\ntitle = "A"\nas_of = "2017-01-02"\nkinds = ["parade"]\nplace_names = [["X", "Y"]]\n',
        b='[chronology]\ntitle = "B"\nabout = "About b"\nas_of = "2017-03-04"\nkinds = ["visit", "parade"]\n',
        c='[chronology]\nas_of = "2016"\nplace_names = [["Z", "Å"], ["X", "Y"]]\n' + event("one", 'kind = "visit"'),
    )
    header = load_valid(["a.toml", "b.toml", "c.toml"]).draft.header
    assert (header.title, header.about) == ("A", "About b")
    assert header.as_of is not None
    assert header.as_of.text == "2017-03-04"
    assert header.kinds == ("parade", "visit")
    assert header.place_names == (("X", "Y"), ("Z", "Å"))


def test_a_file_without_lists_declares_what_it_names_even_beside_one_that_has_lists(folder: Path) -> None:
    write(
        folder,
        a='[[actors]]\nid = "dprk"\nname = "North Korea"\n',
        b=event("one", 'actors = ["dprk", "usa"]\ntopics = ["icbm"]'),
    )
    draft = load_valid(["a.toml", "b.toml"]).draft
    assert [(actor.id, actor.name, actor.file, actor.line) for actor in draft.records["actors"]] == [
        ("dprk", "North Korea", "a.toml", 1),
        ("usa", "usa", "b.toml", 1),
    ]
    assert [topic.label for topic in draft.records["topics"]] == ["icbm"]


def test_load_valid_raises_all_problems_at_once(folder: Path) -> None:
    write(folder, a=event("one", "x = 1\ny = 2"))
    with pytest.raises(DataError) as caught:
        load_valid(["a.toml"])
    assert [problem.line for problem in caught.value.problems] == [5, 6]
    assert str(caught.value).count("\n") == 1


def test_judged_gives_errors_and_what_further_rules_find(folder: Path) -> None:
    write(folder, a=event("one", "x = 1") + event("two"))
    judged = load(["a.toml"]).check("warning")
    assert [(problem.severity, problem.line, problem.check) for problem in judged] == [
        ("error", 5, "keys"),
        ("warning", 6, "recommended-keys"),
        ("warning", 6, "recommended-keys"),
    ]


# ---- include


def including(*patterns: str) -> str:
    return f"[chronology]\ninclude = [{', '.join(repr(pattern) for pattern in patterns)}]\n"


def test_include_is_relative_to_the_file_that_has_it(folder: Path) -> None:
    write(folder, sub__a=including("b.toml") + event("one"), sub__b=event("two"), b=event("wrong"))
    assert ids("sub/a.toml") == ["one", "two"]


def test_include_takes_patterns_in_order_of_names(folder: Path) -> None:
    write(folder, a=including("more/*.toml"), more__z=event("z"), more__b=event("b"))
    (folder / "more" / "folder.toml").mkdir()
    assert ids("a.toml") == ["b", "z"]
    assert [document.name for document in load(["a.toml"]).documents] == ["a.toml", "more/b.toml", "more/z.toml"]


@pytest.mark.parametrize("pattern", ["**/*.toml", "*.toml", "*", "**", "a.tom?", "**/a.toml"])
def test_a_pattern_that_matches_only_its_own_file_is_an_error(folder: Path, pattern: str) -> None:
    write(folder, a=including(pattern))
    (folder / "sub").mkdir()
    error = f"a.toml:2:11: [chronology]: include '{pattern}' matches only this file itself"
    assert said("a.toml") == [error]
    (folder / "same.toml").symlink_to(folder / "a.toml")
    assert said("a.toml") == [error]


def test_include_takes_patterns_of_any_depth(folder: Path) -> None:
    write(folder, a=including("**/*.toml") + event("a"), more__b=event("b"))
    assert ids("a.toml") == ["a", "b"]


def test_included_files_include_others(folder: Path) -> None:
    write(folder, a=including("b.toml"), b=including("c.toml") + event("b"), c=event("c"))
    assert ids("a.toml") == ["b", "c"]


def test_a_file_reached_on_two_ways_is_read_once(folder: Path) -> None:
    write(folder, a=including("b.toml", "c.toml"), b=including("d.toml"), c=including("d.toml"), d=event("d"))
    assert ids("a.toml", "d.toml") == ["d"]


def test_an_include_that_goes_in_a_circle_is_refused(folder: Path) -> None:
    write(folder, a=including("b.toml"), b=including("c.toml"), c="\n" + including("a.toml"), s=including("s.toml"))
    circle = "forms a cycle: that file includes this one"
    assert said("a.toml") == [f"c.toml:3:11: [chronology]: include 'a.toml' {circle}"]
    assert said("s.toml") == [f"s.toml:2:11: [chronology]: include 's.toml' {circle}"]


def test_a_pattern_that_also_fits_the_file_itself_is_no_circle(folder: Path) -> None:
    write(folder, a=including("*.toml") + event("a"), b=including("*.toml") + event("b"))
    assert ids("a.toml") == ["a", "b"]


def test_an_include_that_names_no_file_is_an_error(folder: Path) -> None:
    write(folder, a=including("none.toml", ""))
    assert said("a.toml") == [
        "a.toml:2:11: [chronology]: include 'none.toml' does not exist",
        "a.toml:2:11: [chronology]: include '' does not exist",
    ]


@pytest.mark.parametrize("pattern", ["more/*.toml", "**/b.toml", "?", "more/**/*", "mor[e]", "*/a.toml"])
def test_a_pattern_that_matches_no_file_is_an_error(folder: Path, pattern: str) -> None:
    write(folder, a=including(pattern))
    (folder / "more" / "deeper").mkdir(parents=True)
    advice = "; write [[] for a bracket in a name" if "[" in pattern else ""
    assert said("a.toml") == [f"a.toml:2:11: [chronology]: include '{pattern}' matches no file{advice}"]


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("b[1].toml", "b[1].toml"),
        ("parts[1]/b[2].toml", "parts[1]/b[2].toml"),
        ("parts[1]/b.toml", "parts[1]/*.toml"),
        ("more/parts[1]/b.toml", "m*/parts[1]/*.toml"),
        ("b[1].toml", "b[[]1].toml"),
        ("[", "["),
    ],
)
def test_a_name_with_brackets_is_tried_as_it_is_first(folder: Path, name: str, pattern: str) -> None:
    write(folder, a=including(pattern), b1=event("wrong"), parts1__b2=event("wrong"))
    (folder / name).parent.mkdir(exist_ok=True, parents=True)
    (folder / name).write_text(event("right"), "utf-8")
    assert ids("a.toml") == ["right"]


def test_brackets_that_are_no_name_match_one_of_their_letters(folder: Path) -> None:
    write(folder, a=including("[bc].toml"), b=event("b"), c=event("c"), d=event("d"))
    assert ids("a.toml") == ["b", "c"]


def test_what_begins_with_a_dot_is_matched_only_where_the_pattern_does(folder: Path) -> None:
    write(folder, a=including("*/*.toml"), b=including(".x/*.toml", "*/.*.toml"))
    for name in (".x/d.toml", "y/.e.toml", "y/f.toml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(event(name[-6]), "utf-8")
    assert [ids("a.toml"), ids("b.toml")] == [["f"], ["d", "e"]]


@pytest.mark.parametrize(
    "pattern", ["**/" * 300 + "*.toml", "**/*/" * 12 + "*.toml", "*" * 4000 + ".toml", "**/**", "**/*/**/*/**/[" * 9]
)
def test_a_pattern_of_many_wildcards_ends(folder: Path, pattern: str) -> None:
    write(folder, a=including(pattern) + event("a"), c=event("c"))
    deep = folder.joinpath(*"deep" * 6)
    deep.mkdir(parents=True)
    (deep / "b.toml").write_text(event("b"), "utf-8")
    assert (said("a.toml") == []) is (pattern[-1] != "[")


def test_a_pattern_that_looks_at_too_many_files_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("korea_cli.reading.include._LOOKED_AT", 10)
    write(folder, a=including("**/*.toml") + event("a"), **{f"b{number}": "" for number in range(10)})
    advice = "looks at more than 10 files; name a folder with fewer"
    assert said("a.toml") == [f"a.toml:2:11: [chronology]: include '**/*.toml' {advice}"]


@pytest.mark.parametrize(
    ("link", "target", "pattern", "named"),
    [
        ("b.toml", "../outside.toml", "b.toml", "b.toml"),
        ("b.toml", "../outside.toml", "*.toml", "b.toml"),
        ("b.toml", "../none.toml", "b.toml", "b.toml"),
        ("b.toml", "/dev/zero", "b.toml", "b.toml"),
        ("more", "..", "more/outside.toml", "more"),
        ("more", "..", "more/*.toml", "more"),
        ("more", "..", "**/*.toml", "more"),
        ("more", "/", "*/*/*.toml", "more"),
    ],
)
def test_a_link_that_leads_out_of_the_folder_is_refused(
    folder: Path, link: str, target: str, pattern: str, named: str
) -> None:
    write(folder, sub__a=including(pattern) + event("a"), outside="not read")
    (folder / "sub" / link).symlink_to(target)
    (only,) = said("sub/a.toml")
    advice = f"leaves the file's own folder through the link '{named}'; name its target with -d instead"
    assert only == f"sub/a.toml:2:11: [chronology]: include '{pattern}' {advice}"


def test_links_within_the_folder_are_followed_and_each_file_is_read_once(folder: Path) -> None:
    write(folder, a=including("more/*.toml", "**/*.toml", "self/b.toml"), real__b=event("b"), b=event("c"))
    (folder / "more").symlink_to("real")
    (folder / "self").symlink_to(".")
    (folder / "real" / "up").symlink_to("..")
    (folder / "real" / "c.toml").symlink_to("../b.toml")
    assert ids("a.toml") == ["b", "c"]


@pytest.mark.parametrize("pattern", ["pipe.toml", "*.toml", "**/p*", "pip[e].toml"])
def test_a_pipe_is_not_included(folder: Path, pattern: str) -> None:
    write(folder, a=including(pattern) + event("a"))
    os.mkfifo(folder / "pipe.toml")
    advice = "matches 'pipe.toml', which is a pipe or a device, not a file"
    assert said("a.toml") == [f"a.toml:2:11: [chronology]: include '{pattern}' {advice}"]


@pytest.mark.parametrize("pattern", ["loop.toml", "*.toml", "**/loop.toml"])
def test_a_link_to_itself_is_said_to_be_one(folder: Path, pattern: str) -> None:
    write(folder, a=including(pattern) + event("a"))
    (folder / "loop.toml").symlink_to("loop.toml")
    with pytest.raises(DataError, match=r"loop\.toml: too many levels of symbolic links"):
        load(["a.toml"])


def test_files_that_include_one_another_without_end_are_refused(folder: Path) -> None:
    write(folder, **{f"a{number}": including(f"a{number + 1}.toml") for number in range(300)}, a300=event("a"))
    advice = "goes too deep: more than 100 files include one another"
    assert said("a0.toml") == [f"a100.toml:2:11: [chronology]: include 'a101.toml' {advice}"]
    assert ids("a201.toml") == ["a"]


@pytest.mark.parametrize("pattern", ["../b.toml", "/etc/*.toml", "more/../../b.toml", "../*.toml"])
def test_an_include_may_not_leave_the_folder(folder: Path, pattern: str) -> None:
    write(folder, sub__a=including(pattern), b=event("b"))
    advice = "leaves the file's own folder; name that file with -d instead"
    assert said("sub/a.toml") == [f"sub/a.toml:2:11: [chronology]: include '{pattern}' {advice}"]


def test_a_folder_is_not_included(folder: Path) -> None:
    write(folder, a=including("more"), more__b=event("b"))
    assert said("a.toml") == ["a.toml:2:11: [chronology]: include 'more' is a folder; write 'more/*.toml'"]


@pytest.mark.parametrize(
    "pattern", [r"\u0000", r"\u0000/*.toml", "a" * 5000, "a/" * 5000 + "*", "[z-a]*", "[", "[]", "*" * 5000]
)
def test_a_pattern_that_no_file_can_fit_is_no_traceback(folder: Path, pattern: str) -> None:
    (folder / "a.toml").write_text(f'[chronology]\ninclude = ["{pattern}"]\n', encoding="utf-8")
    assert [problem.check for problem in load(["a.toml"]).check()] == ["include"]


def test_a_wrong_include_is_a_wrong_type_and_nothing_more(folder: Path) -> None:
    write(folder, a="[chronology]\ninclude = [1]\n", b='[chronology]\ninclude = "b"\n')
    assert said("a.toml") == ["a.toml:2:11: [chronology]: include must contain texts in quotes, not the number 1"]
    assert [line[:11] for line in said("b.toml")] == ["b.toml:2:11"]


def test_problems_of_included_files_are_placed_in_them(folder: Path) -> None:
    write(folder, a=including("more/*"), more__b=event("b", "x = 1"), more__c="title\n")
    assert [line.split(": ")[0] for line in said("a.toml")] == ["more/c.toml:1:6", "more/b.toml:5:1"]


def test_an_included_file_that_cannot_be_read_stops_the_reading(folder: Path) -> None:
    write(folder, a=including("b.toml"))
    (folder / "b.toml").write_bytes(b"\xff")
    with pytest.raises(DataError, match=r"b\.toml:1:1: byte 0xff is not UTF-8"):
        load(["a.toml"])


@pytest.mark.parametrize("name", ["builtin", "-"])
def test_an_included_file_is_a_file_whatever_its_name(folder: Path, name: str) -> None:
    write(folder, a=including(name))
    (folder / name).write_text(event("one"), encoding="utf-8")
    assert ids("a.toml") == ["one"]
