"""`korea init --git` sets up a repository for a record, whatever is in it already, and what it writes works."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml

from repository import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed here")
EVENT = '[[events]]\nid = "{0}"\ntitle = "About {0}"\ndate = "2017"\nkind = "meeting"\n'
HOOK, MERGE_HOOK, WORKFLOW = ".git/hooks/pre-commit", ".git/hooks/pre-merge-commit", ".github/workflows/korea.yml"
NAMES = (
    "record.toml",
    'sub folder/it\'s "[my]" *.toml',
    "기록 #1!.toml",
    "-d.toml",
    "a\nb\t\\.toml",
    "$(touch x);`y`.toml",
)


@pytest.fixture
def folder(tmp_path: Path, korea: Korea, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("PATH", korea.environment["PATH"])
    made = Folder(tmp_path / "kept")
    monkeypatch.chdir(made.path)
    return made


def files(folder: Folder) -> dict[str, bytes]:
    paths = [each for each in folder.path.rglob("*") if each.is_file() and ".git/objects" not in str(each)]
    return {str(each.relative_to(folder.path)): each.read_bytes() for each in paths if each.name != "index"}


def set_up(korea: Korea, *words: str) -> list[str]:
    run = korea("init", "--git", *words, env={"GIT_CONFIG_GLOBAL": os.devnull})
    assert run.code == 0, run.err
    return run.out.splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_a_new_record_is_set_up_and_everything_written_works(name: str, folder: Folder, korea: Korea) -> None:
    (folder.path / name).parent.mkdir(exist_ok=True)
    done = set_up(korea, "--", name)
    assert [each for each in done if each.startswith("Created")][1:] == [
        "Created .gitattributes", f"Created {HOOK}", f"Created {MERGE_HOOK}", f"Created {WORKFLOW}",
    ]  # fmt: skip
    assert done[-1].startswith(f"Commit .gitattributes and {WORKFLOW}, and run in every other clone: korea init --git ")
    before = files(folder)
    assert set_up(korea, "--", name)[0].endswith(" is set up already")
    assert files(folder) == before
    assert folder.git("check-attr", "-z", "merge", "diff", "--", name).split("\0")[2::3] == ["korea", "korea"]
    folder.commit()
    assert (folder.git("show", f"HEAD:{name}") + "\n").encode() == (folder.path / name).read_bytes()
    workflow = yaml.safe_load((folder.path / WORKFLOW).read_text("utf-8"))
    steps = [each["run"] for each in workflow["jobs"]["chronology"]["steps"] if "run" in each]
    assert [each.split()[:2] for each in steps] == [["pip", "install"], ["korea", "fmt"], ["korea", "check"]]
    for step in steps[1:]:
        assert korea.shell(step, cwd=folder.path).code == 0
    text = (folder.path / name).read_text("utf-8")
    (folder.path / name).write_text(text + '\n[[events]]\nid = "x"\n', "utf-8")
    assert korea.shell(steps[2], cwd=folder.path).out.startswith("::error file=")
    assert "title is required" in refused(folder)
    (folder.path / name).write_text(text + "\n\n\n" + EVENT.format("y"), "utf-8")
    assert "Run 'korea fmt" in refused(folder)
    assert not (folder.path / "x").exists()


def refused(folder: Folder) -> str:
    """Try to commit everything, and return what the hook said."""
    folder.git("add", "-A")
    said = folder.git("commit", "-m", "a version", code=1)
    folder.git("reset", "-q")
    return said


def test_the_hook_looks_at_what_is_staged_with_what_it_includes(folder: Folder, korea: Korea) -> None:
    folder.write("record.toml", '[chronology]\ninclude = ["years/*.toml"]\n')
    folder.write("years/2017.toml", EVENT.format("a"))
    set_up(korea, "record.toml")
    assert folder.git("check-attr", "merge", "--", "years/2020.toml").endswith(": korea")
    folder.git("add", "-A")
    said = folder.git("commit", "-q", "-m", "with warnings")
    assert "warning" in korea("check", ":record.toml").out
    assert said == ""  # only what stops a commit is printed
    folder.write("other.txt", "not data")
    folder.commit()
    folder.write("years/2017.toml", 'responds_to = ["nothing"]\n' + EVENT.format("a"))
    folder.git("commit", "-q", "--allow-empty", "-m", "the broken file is not staged")
    folder.git("add", "-A")
    folder.write("years/2017.toml", EVENT.format("a"))
    assert "key 'responds_to' is outside any table" in folder.git("commit", "-q", "-m", "it is staged", code=1)
    folder.git("rm", "-q", "--cached", "record.toml")
    folder.git("commit", "-q", "-m", "no record, nothing to check")


def test_existing_files_are_extended_or_left_with_a_note(folder: Folder, korea: Korea) -> None:
    folder.write("record.toml", EVENT.format("a"))
    folder.write(".gitattributes", "*.png binary\r\n*.svg text")
    folder.write(HOOK, "#!/bin/sh\nexit 0\n")
    folder.write(WORKFLOW, "name: Mine\n")
    folder.git("config", "merge.korea.driver", "mine %A")
    run = korea("init", "record.toml", "--git")
    assert run.code == 0
    assert (folder.path / ".gitattributes").read_bytes() == (
        b"*.png binary\r\n*.svg text\r\n/record.toml merge=korea diff=korea\r\n"
    )
    kept = {name: (folder.path / name).read_text("utf-8") for name in ("record.toml", HOOK, WORKFLOW)}
    assert list(kept.values()) == [EVENT.format("a"), "#!/bin/sh\nexit 0\n", "name: Mine\n"]
    notes = run.err.splitlines()
    assert [each.split(" ")[1] for each in notes] == ["merge.korea.driver", HOOK, WORKFLOW]
    line = notes[1].partition("add to it: ")[2]
    folder.write(HOOK, f"#!/bin/sh\nset -e\n{line}\n")
    (folder.path / HOOK).chmod(0o755)
    folder.commit()
    folder.write("record.toml", "[[events]]\n")
    assert "id is required" in refused(folder)
    (folder.path / "link.toml").symlink_to("record.toml")
    assert set_up(korea, "link.toml")[0].endswith("record.toml is set up already")
    run = korea("init", "record.toml", "--git", "--from", "builtin")
    assert (run.code, run.err) == (4, "korea: record.toml already exists; not overwritten\n")


def test_a_second_record_is_added_to_the_same_files(folder: Folder, korea: Korea) -> None:
    set_up(korea, "one.toml")
    done = set_up(korea, "two.toml")
    assert done[1:-1] == [
        "Extended .gitattributes",
        f"Extended {HOOK}",
        f"Extended {MERGE_HOOK}",
        f"Extended {WORKFLOW}",
    ]
    before = files(folder)
    set_up(korea, "one.toml")
    assert files(folder) == before
    runs = [each.get("run", "") for each in yaml.safe_load(before[WORKFLOW])["jobs"]["chronology"]["steps"]]
    assert runs[3:] == [
        f"korea {what} -- {name}.toml" for name in ("one", "two") for what in ("fmt --check", "check -f github")
    ]
    folder.commit()
    folder.git("clone", "-q", ".", "../clone")
    run = korea("init", "--git", "one.toml", cwd=folder.path.parent / "clone")
    settings = "Set merge.korea.name, merge.korea.driver, diff.korea.xfuncname in this clone"
    assert run.out.splitlines() == [settings, f"Created {HOOK}", f"Created {MERGE_HOOK}"]
    for name in ("one", "two"):
        folder.write(f"{name}.toml", "[[events]]\n")
        assert "id is required" in refused(folder)
        folder.git("checkout", "-q", ".")


def test_hooks_are_where_git_looks_for_them_but_never_outside_the_repository(folder: Folder, korea: Korea) -> None:
    folder.write("record.toml", EVENT.format("a"))
    folder.git("config", "core.hooksPath", ".hooks")
    assert f"Created .hooks{os.sep}pre-commit" in set_up(korea, "record.toml")
    folder.git("config", "core.hooksPath", str(folder.path.parent / "shared"))
    run = korea("init", "--git", "record.toml")
    assert (
        "pre-commit is shared by several repositories and was not changed; to check data files, add to it: " in run.err
    )
    assert not (folder.path.parent / "shared").exists()
    folder.git("config", "--unset", "core.hooksPath")
    folder.commit()
    folder.git("worktree", "add", "-q", "../second", "-b", "second")
    assert set_up(korea, "../second/record.toml")[0] == f"Created {HOOK}"
    second = Folder(folder.path.parent / "second")
    second.write("record.toml", "[[events]]\n")
    assert "id is required" in refused(second)


def test_what_cannot_be_set_up_is_refused_before_anything_is_written(folder: Folder, korea: Korea) -> None:
    outside = folder.path.parent / "outside"
    outside.mkdir()
    lone = {"GIT_CEILING_DIRECTORIES": str(folder.path.parent)}
    run = korea("init", "--git", "record.toml", cwd=outside, env=lone)
    advice = "this folder is not in a git repository; run 'git init .' first, or leave out --git"
    assert (run.code, run.err) == (4, f"korea: cannot write the settings of git: {advice}\n")
    assert list(outside.iterdir()) == []
    run = korea("init", "--git", "${{ github.token }}.toml")
    assert (run.code, "GitHub cannot run commands on a file called" in run.err) == (4, True)
    run = korea("init", "--git", ".git/record.toml")
    assert (run.code, "is not among the files of a repository" in run.err) == (4, True)
    assert [each.name for each in folder.path.iterdir()] == [".git"]
    (folder.path / ".gitattributes").symlink_to(outside / "attributes")
    run = korea("init", "--git", "record.toml")
    assert (run.code, "it is a link; replace it by a file" in run.err) == (4, True)
    assert not (outside / "attributes").exists()
    run = korea("init", "--git", "record.toml", env={"PATH": str(outside)})
    assert (run.code, "git cannot be run" in run.err) == (4, True)


def test_branches_are_merged_by_record_and_where_korea_is_gone_as_git_does(folder: Folder, korea: Korea) -> None:
    folder.write("record.toml", EVENT.format("a"))
    set_up(korea, "record.toml")
    folder.commit()
    folder.git("branch", "theirs")
    folder.commit(record=f"{EVENT.format('a')}\n{EVENT.format('ours')}")
    folder.git("checkout", "-q", "theirs")
    folder.commit(record=f"{EVENT.format('a')}\n{EVENT.format('theirs')}")
    folder.git("checkout", "-q", "main")
    without = folder.path.parent / "bin"
    without.mkdir()
    for name in ("git", "sh", "test"):
        (without / name).symlink_to(str(shutil.which(name)))
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    told = folder.git(
        "merge", "theirs", env={"PATH": str(without), "GIT_CONFIG_GLOBAL": os.devnull, **identity}, code=1
    )
    assert "CONFLICT (content)" in told
    assert "<<<<<<<" in (folder.path / "record.toml").read_text("utf-8")
    folder.git("merge", "--abort")
    folder.git("merge", "--no-edit", "theirs")
    merged = (folder.path / "record.toml").read_text("utf-8")
    assert merged == f"{EVENT.format('a')}\n{EVENT.format('ours')}\n{EVENT.format('theirs')}"
    folder.write("record.toml", merged.replace('"About theirs"', '"Later"'))
    assert '@@ id = "theirs"' in folder.git("diff", "-U0")


def test_a_clean_merge_with_something_missing_is_not_committed(folder: Folder, korea: Korea) -> None:
    actors = "\n".join(f'[[actors]]\nid = "{name}"\nname = "{name}"\nkind = "person"\n' for name in ("moon", "kim"))
    base = f'{actors}\n{EVENT.format("a")}actors = ["kim"]\n'
    folder.write("record.toml", base)
    set_up(korea, "record.toml")
    folder.commit()
    folder.git("branch", "theirs")
    folder.commit(record=base[base.index('[[actors]]\nid = "kim"') :])
    folder.git("checkout", "-q", "theirs")
    folder.commit(record=f'{base}\n{EVENT.format("b")}actors = ["moon"]\n')
    folder.git("checkout", "-q", "main")
    said = folder.git("merge", "--no-edit", "theirs", code=1)
    assert "actors names 'moon', but no actor has that id" in said
    assert "<<<<<<<" not in (folder.path / "record.toml").read_text("utf-8")


def test_versions_in_git_are_checked_by_name(folder: Folder, korea: Korea) -> None:
    folder.commit(record=EVENT.format("a") + "x = 1\n")
    folder.write("record.toml", EVENT.format("a"))
    run = korea("check", "HEAD:record.toml")
    assert (run.code, run.out.partition("\t")[0]) == (1, "HEAD:record.toml:6:1")
    assert korea("check", ":record.toml", "--strict").code == 1
    assert korea("check", "HEAD:other.toml").err == "korea: HEAD:other.toml: there is no 'other.toml' in HEAD\n"
    assert korea("check", "HEAD:record.toml", ":record.toml").code == 2
    assert korea("check", "--fix", "--yes", "HEAD:record.toml").code != 0
    assert folder.git("status", "--porcelain") == "M record.toml"
