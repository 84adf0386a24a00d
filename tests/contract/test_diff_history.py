"""Data files compared with their versions in git: the last commit, any other, two of them."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from repository import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed here")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = Folder(tmp_path / "kept")
    monkeypatch.chdir(made.path)
    return made


def event(id_: str, date: str = "2017") -> str:
    return f'[[events]]\nid = "{id_}"\ntitle = "Talks on {id_}"\ndate = "{date}"\n'


def changes(korea: Korea, *words: str, **options: Any) -> set[tuple[str, str, str]]:  # noqa: ANN401 - as `Korea` takes them
    """Return what is different: the change, the id, and the date that it is about."""
    run = korea("diff", *words, "--json", **options)
    assert run.code == 0, run.err
    return {(each["change"], each["id"], each["words"]) for each in json.loads(run.out)["changes"]}


def test_alone_it_compares_the_data_files_with_the_last_commit(folder: Folder, korea: Korea) -> None:
    folder.commit(mine=event("a"), more=event("b"))
    folder.write("mine.toml", event("a", "2018"))
    redated = ("redated", "a", "was: 2017; now: 2018")
    assert changes(korea, "-d", "mine.toml") == {redated}
    assert changes(korea, "mine.toml") == {redated}
    assert changes(korea, "-d", "builtin", "-d", "mine.toml") == {redated}
    environment = {"KOREA_DATA": f"mine.toml{os.pathsep}more.toml"}
    folder.write("more.toml", event("b") + event("c"))
    assert changes(korea, env=environment) == {redated, ("added", "c", "2017")}
    assert korea("diff", "mine.toml").out.startswith("redated\tevent\ta\tdate")
    shown = korea.on_terminal("diff", "mine.toml", "--color", "never").out.splitlines()
    assert shown[1] == "from HEAD to the working files"
    assert korea("diff", "mine.toml", "--exit-code").code == 1
    folder.git("checkout", "-q", ".")
    none = "korea: no differences between HEAD and the working files\n"
    assert korea("diff", "--exit-code", env=environment) == (0, "", none)


def test_any_revision_and_any_two_can_be_compared(folder: Folder, korea: Korea) -> None:
    folder.commit(mine=event("a"))
    folder.git("checkout", "-q", "-b", "branch")
    folder.commit(mine=event("a") + event("b"))
    folder.git("checkout", "-q", "main")
    folder.commit(mine=event("a") + event("c"))
    folder.write("mine.toml", event("a") + event("d"))
    data = ("-d", "mine.toml")
    added = {id_: ("added", id_, "2017") for id_ in "abcd"}
    removed = {id_: ("removed", id_, "2017") for id_ in "abcd"}
    assert changes(korea, "HEAD~1", *data) == {added["d"]}
    assert (
        changes(korea, "main..branch", *data) == changes(korea, "main", "branch", *data) == {added["b"], removed["c"]}
    )
    assert changes(korea, "main...branch", *data) == {added["b"]}
    assert changes(korea, "branch..", *data) == {added["c"], removed["b"]}
    assert changes(korea, "HEAD~1", "mine.toml") == {added["d"]}
    assert changes(korea, "main..branch", "mine.toml") == {added["b"], removed["c"]}
    (folder.path / "branch").mkdir()
    assert changes(korea, "branch", "mine.toml") == {added["d"], removed["b"]}
    (folder.path / "folder").mkdir()
    assert korea("diff", "folder", *data).err == "korea: folder: is a folder, not a file\n"
    (folder.path / "branch").rmdir()
    folder.write("branch", event("a"))  # a file wins
    assert changes(korea, "branch", "mine.toml") == {added["d"]}
    assert changes(korea, "HEAD@{0}", "mine.toml") == {added["d"], removed["c"]}


def test_includes_are_those_of_the_same_commit(folder: Folder, korea: Korea) -> None:
    main = '[chronology]\ninclude = ["years/*.toml", "people.toml", "**/deep.toml"]\n'
    extending = '[[events]]\nextends = "a"\nplace = "Minsk"\n'
    folder.write("record/years/2017.toml", event("a"))
    folder.write("record/x/y/deep.toml", event("deep"))
    folder.write("record/people.toml", '[[actors]]\nid = "moon"\nname = "Moon"\n' + extending)
    folder.write("record/years/ignored.txt", "not read")
    folder.commit()
    folder.write("record/main.toml", main)
    (folder.path / "record/years/again.toml").symlink_to("2017.toml")
    folder.commit()
    (folder.path / "record/years/2017.toml").unlink()
    (folder.path / "record/years/again.toml").unlink()
    folder.write("record/years/new.toml", event("a", "2018"))
    folder.write("record/x/y/deep.toml", event("deeper", "2016"))
    expected = {("redated", "a", "was: 2017; now: 2018"), ("added", "deeper", "2016"), ("removed", "deep", "2017")}
    assert changes(korea, "record/main.toml") == expected
    assert changes(korea, "main.toml", cwd=folder.path / "record") == expected
    assert changes(korea, "HEAD", "-d", "../main.toml", cwd=folder.path / "record/x") == expected
    assert changes(korea, "HEAD:record/main.toml", "record/main.toml") == expected
    folder.git("add", "-A")
    assert changes(korea, "HEAD:record/main.toml", ":record/main.toml") == expected
    assert changes(korea, ":record/main.toml", "record/main.toml") == set()
    folder.commit()
    assert changes(korea, "HEAD~1..HEAD", "-d", "record/main.toml") == expected
    bare = folder.path.parent / "bare.git"
    folder.git("clone", "-q", "--bare", str(folder.path), str(bare))
    assert changes(korea, "HEAD~1..HEAD", "-d", "record/main.toml", cwd=bare) == expected


def test_an_error_in_an_included_file_of_a_commit_names_both(folder: Folder, korea: Korea) -> None:
    folder.commit(main='[chronology]\ninclude = ["sub/a b.toml", "gone.toml"]\n')
    folder.write("sub/a b.toml", event("a", "2017-13"))
    folder.commit()
    run = korea("diff", "HEAD", "-d", "main.toml")
    assert (run.code, run.out) == (3, "")
    assert "HEAD:main.toml:2:11: [chronology]: include 'gone.toml' does not exist" in run.err
    assert "HEAD:sub/a b.toml:4:8: events[1] 'a': date '2017-13'" in run.err


def test_a_link_in_git_is_followed_within_the_folder_and_no_further(folder: Folder, korea: Korea) -> None:
    (folder.path.parent / "secret.toml").write_text(event("secret"), encoding="utf-8")
    folder.commit(real=event("a"))
    for name, target in {
        "link": "real.toml",
        "out": "../secret.toml",
        "loop": "loop.toml",
        "abroad": "/etc/hosts",
    }.items():
        (folder.path / f"{name}.toml").symlink_to(target)
    for name in ("out", "loop", "abroad", "link"):
        folder.write(f"{name}s.toml", f'[chronology]\ninclude = ["{name}.toml"]\n')
    folder.commit()
    folder.write("real.toml", event("a", "2018"))
    assert changes(korea, "link.toml") == {("redated", "a", "was: 2017; now: 2018")}
    assert changes(korea, "links.toml") == {("redated", "a", "was: 2017; now: 2018")}
    for name in ("out", "abroad"):
        run = korea("diff", f"HEAD:{name}s.toml", "real.toml")
        assert (run.code, run.out) == (3, "")
        assert f"leaves the file's own folder through the link '{name}.toml'" in run.err
        run = korea("diff", f"HEAD:{name}.toml", "real.toml")
        assert (run.code, run.out) == (3, "")
        assert "is a link that leads out of the repository, to '" in run.err
    run = korea("diff", "HEAD:loops.toml", "real.toml")
    assert (run.code, "Traceback" in run.err) == (3, False)


def test_files_that_only_one_side_has_are_new_removed_or_renamed(folder: Folder, korea: Korea) -> None:
    folder.write("mine.toml", event("a"))
    run = korea("diff", "mine.toml")
    assert (run.code, run.out) == (0, "added\tevent\ta\t\t2017\tTalks on a\n")
    assert run.err == "korea: mine.toml is not in HEAD: all its records are new\n"
    folder.commit()
    folder.write("other.toml", event("b"))
    assert changes(korea, "-d", "mine.toml", "-d", "other.toml") == {("added", "b", "2017")}
    assert korea("diff", "other.toml", "-q").err == ""
    (folder.path / "mine.toml").unlink()
    run = korea("diff", "-d", "mine.toml")
    assert run.out == "removed\tevent\ta\t\t2017\tTalks on a\n"
    assert run.err == "korea: mine.toml is not in the working files: all its records are removed\n"
    assert korea("diff", "-d", "never.toml") == (
        3, "", "korea: never.toml: no such file in HEAD or the working files\n",
    )  # fmt: skip
    folder.git("checkout", "-q", "mine.toml")
    folder.git("mv", "mine.toml", "sub folder.toml")
    run = korea("diff", "sub folder.toml")
    assert (run.out, run.err.splitlines()[0]) == (
        "", "korea: sub folder.toml is not in HEAD: it is named HEAD:mine.toml there",
    )  # fmt: skip
    folder.commit()
    assert changes(korea, "HEAD~1..HEAD", "-d", "sub folder.toml") == {("added", "b", "2017")} - {
        ("added", "b", "2017")
    }
    run = korea("diff", "HEAD~1..HEAD", "-d", "mine.toml")
    assert run.err.splitlines()[0] == "korea: mine.toml is not in HEAD: it is named HEAD:sub folder.toml there"


def test_every_file_is_compared_in_its_own_repository(folder: Folder, korea: Korea) -> None:
    folder.commit(mine=event("a"))
    theirs = Folder(folder.path.parent / "théirs")
    theirs.commit(base=event("b"))
    theirs.write("base.toml", event("b", "2018"))
    outside = folder.path.parent / "outside.toml"
    outside.write_text(event("c"), encoding="utf-8")
    lone = {"GIT_CEILING_DIRECTORIES": str(folder.path.parent)}
    names = ("-d", "mine.toml", "-d", "../théirs/base.toml")
    assert changes(korea, *names) == {("redated", "b", "was: 2017; now: 2018")}
    run = korea("diff", *names, "-d", outside, env=lone)
    assert run.out.splitlines() == ["redated\tevent\tb\tdate\twas: 2017; now: 2018\tTalks on b"]
    assert run.err == f"korea: {outside} is not in a git repository; both versions use it as it is now\n"
    run = korea("diff", "-d", outside, env=lone)
    assert (run.code, run.out) == (3, "")
    assert "this folder is not in a git repository; name two files to compare" in run.err
    run = korea("diff", "HEAD~1", *names)
    assert (run.code, run.out) == (3, "")


def test_worktrees_submodules_and_staged_files(folder: Folder, korea: Korea) -> None:
    folder.commit(mine=event("a"))
    folder.git("worktree", "add", "-q", "../second", "-b", "second")
    second = folder.path.parent / "second"
    (second / "mine.toml").write_text(event("b", "2019"), encoding="utf-8")
    expected = {("added", "b", "2019"), ("removed", "a", "2017")}
    assert changes(korea, "mine.toml", cwd=second) == expected
    assert changes(korea, "../second/mine.toml") == expected
    other = Folder(folder.path.parent / "other")
    other.commit(inner=event("inner"))
    folder.git("submodule", "add", "-q", str(other.path), "sub")
    folder.commit()
    (folder.path / "sub/inner.toml").write_text(event("inner", "2018"), encoding="utf-8")
    assert changes(korea, "sub/inner.toml") == {("redated", "inner", "was: 2017; now: 2018")}
    folder.commit(mine='[chronology]\ninclude = ["sub/*.toml"]\n' + event("a"))
    run = korea("diff", "mine.toml")
    assert (run.code, run.out) == (3, "")
    assert "is a submodule, whose files are in another repository; name them with -d instead" in run.err


def test_what_cannot_be_compared_is_told_with_what_to_do(folder: Folder, korea: Korea) -> None:
    name_one = "name your data file with -d or $KOREA_DATA, or two files to compare\n"
    assert korea("diff") == (2, "", f"korea: the built-in record has no versions in git; {name_one}")
    assert korea("diff", "-d", "-", input=b"") == (2, "", f"korea: standard input has no versions in git; {name_one}")
    folder.commit(mine=event("a"))
    run = korea("diff", "HEAED", "-d", "mine.toml")
    assert run == (3, "", "korea: HEAED: no such file, and git has no revision 'HEAED'\n")
    for typed in (["HEAD", "HEAED"], ["HEAED", "HEAD"], ["HEAD..HEAED"], ["HEAED...HEAD"]):
        name = typed[0] if len(typed) == 1 else "HEAED"
        told = f"korea: {name}: no such file, and git has no revision 'HEAED'\n"
        assert korea("diff", *typed, "-d", "mine.toml") == (3, "", told)
    assert korea("diff", "HEAD..nothing", "-d", "mine.toml").code == 3
    run = korea("diff", "--", "-p", "-d")
    assert (run.code, run.out) == (3, "")
    run = korea("diff", "HEAD:mine.toml")
    assert (run.code, "name the other too" in run.err) == (2, True)
    run = korea("diff", "mine.toml", "HEAD")
    assert run == (2, "", "korea: the revision comes first: 'korea diff HEAD mine.toml'\n")
    assert korea("diff", "").err == "korea: '': the file name is empty\n"
    (folder.path / "mine.toml").write_bytes(b"\xff\xfe")
    folder.commit()
    run = korea("diff", "HEAD~1..HEAD", "-d", "mine.toml")
    assert (run.code, run.err) == (3, "korea: HEAD:mine.toml: the text is UTF-16; save it as UTF-8\n")
    run = korea("diff", "-d", "mine.toml", env={"PATH": str(folder.path)})
    assert (run.code, "git cannot be run to look for it" in run.err) == (3, True)
    folder.git("checkout", "-q", "--orphan", "apart")
    folder.commit(mine=event("b"))
    run = korea("diff", "main...apart", "-d", "mine.toml")
    assert (run.code, "have no single commit in common; compare them with '..'" in run.err) == (2, True)
