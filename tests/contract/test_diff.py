"""Two versions compared by the installed program: files, standard input, and files as git has them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea

    Commit = Callable[[str], None]

OLD = """
[[sources]]
id = "press"
title = "Press"

[[events]]
id = "launch"
title = "A launch"
date = "2017-07-04"
status = "reported"
sources = ["press#p1"]

[[events]]
id = "answer"
title = "An answer"
date = "2017-07-05"
responds_to = ["launch"]

[[events]]
id = "gone"
title = "A mistake"
date = "2017"
"""
NEW = """
[[sources]]
id = "press"
title = "Press"

[[events]]
id = "launch"
title = "A launch"
date = "2017-07-03/2017-07-04"
status = "confirmed"
sources = ["press#p1", "press#p2"]

[[events]]
id = "reply"
title = "An answer"
date = "2017-07-05"
responds_to = ["launch"]

[[events]]
id = "talks"
title = "Talks"
date = "2017-08"
"""
PLAIN = """\
redated\tevent\tlaunch\tdate\twas: 4 Jul 2017; now: 3–4 Jul 2017\tA launch
changed\tevent\tlaunch\tstatus\twas: reported; now: confirmed\tA launch
gained\tevent\tlaunch\tsources\tpress#p2\tA launch
renamed\tevent\treply\tid\twas: answer; now: reply\tAn answer
added\tevent\ttalks\t\tAug 2017\tTalks
removed\tevent\tgone\t\t2017\tA mistake
"""
KEYS = ["type", "change", "record", "id", "title", "key", "old", "new", "words"]
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed here")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.toml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.toml").write_text(NEW, encoding="utf-8")
    return tmp_path


@pytest.fixture
def commit(folder: Path) -> Commit:
    """Make the folder a repository; give what commits a text as events.toml, here and in a folder below."""

    def git(*words: str) -> None:
        settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True)

    def commit_text(text: str) -> None:
        for place in (folder, folder / "below"):
            place.mkdir(exist_ok=True)
            (place / "events.toml").write_text(text, encoding="utf-8")
        git("add", "events.toml", "below/events.toml")
        git("commit", "-q", "-m", "a version")

    git("init", "-q")
    return commit_text


# ---- in every form


def test_a_difference_is_a_line(korea: Korea) -> None:
    assert korea("diff", "old.toml", "new.toml") == (0, PLAIN, "")


def test_json_has_the_values_as_a_file_has_them(korea: Korea) -> None:
    document = json.loads(korea("diff", "old.toml", "new.toml", "--json").out)
    assert (document["command"], document["count"], document["matched"]) == ("diff", 6, 6)
    assert [file["path"] for file in document["chronology"]["files"]] == ["old.toml", "new.toml"]
    assert [list(change) for change in document["changes"]] == [KEYS] * 6
    assert [(change["old"], change["new"]) for change in document["changes"]] == [
        ("2017-07-04", "2017-07-03/2017-07-04"),
        ("reported", "confirmed"),
        (None, ["press#p2"]),
        ("answer", "reply"),
        (None, None),
        (None, None),
    ]


def test_every_form_has_every_difference_or_says_that_it_has_no_place_for_them(form: str, korea: Korea) -> None:
    run = korea("diff", "old.toml", "new.toml", "-f", form)
    if run.code == 2:
        assert (run.out, run.err.count("\n")) == ("", 1)
        assert f"the format '{form}' is for" in run.err
    else:
        assert (run.code, run.err) == (0, "")
        assert [word for word in ("launch", "press#p2", "reply", "talks", "gone") if word not in run.out] == []


def test_csv_has_a_column_for_each_key(korea: Korea) -> None:
    header, *rows = csv.reader(io.StringIO(korea("diff", "old.toml", "new.toml", "-f", "csv").out, newline=""))
    assert header == KEYS
    assert len(rows) == 6


def test_a_terminal_shows_what_changed_record_by_record(korea: Korea) -> None:
    run = korea.on_terminal("diff", "old.toml", "new.toml", "--color", "never")
    assert run.out.splitlines() == [
        "Chronology",
        "from old.toml to new.toml",
        "",
        f"events {'─' * 73}",
        "~ A launch  launch",
        "  ~ date             4 Jul 2017 → 3–4 Jul 2017",
        "  ~ status           reported → confirmed",
        "  + sources          press#p2",
        "~ An answer  reply",
        "  ~ id               answer → reply",
        "+ Talks  talks",
        "  Aug 2017",
        "- A mistake  gone",
        "  2017",
        "",
        "6 changes",
    ]


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_no_line_is_wider_than_the_terminal_and_none_is_cut(columns: int, korea: Korea) -> None:
    run = korea.on_terminal("diff", "old.toml", "new.toml", "--color", "never", columns=columns)
    assert max(map(len, run.out.splitlines())) <= columns
    assert [word for word in ("4 Jul 2017", "confirmed", "press#p2", "- A mistake") if word not in run.out] == []


def test_nothing_in_a_text_drives_the_terminal(folder: Path, korea: Korea) -> None:
    (folder / "new.toml").write_text(NEW.replace('"Talks"', '"Talks\\u001b[31m\\u202e"'), encoding="utf-8")
    for form in ("table", "plain", "csv", "markdown", "json"):
        out = korea("diff", "old.toml", "new.toml", "-f", form).out
        assert "Talks" in out
        assert ("\x1b" in out, "\u202e" in out) == (False, False)


# ---- statuses


def test_exit_code_says_whether_they_differ_as_git_does(korea: Korea) -> None:
    assert korea("diff", "old.toml", "new.toml", "--exit-code").code == 1
    assert korea("diff", "old.toml", "new.toml", "--exit-code", "--count") == (1, "6\n", "")
    same = (0, "", "korea: no differences between old.toml and old.toml\n")
    assert korea("diff", "old.toml", "old.toml", "--exit-code") == same
    assert korea("diff", "old.toml", "old.toml", "--quiet") == (0, "", "")


def test_a_version_with_problems_is_told_with_its_places(folder: Path, korea: Korea) -> None:
    (folder / "new.toml").write_text('[[events]]\nid = "x"\ndate = "2017-13"\n', encoding="utf-8")
    run = korea("diff", "old.toml", "new.toml")
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith("korea: new.toml:1:1: ")


def test_a_missing_file_names_its_neighbour(korea: Korea) -> None:
    run = korea("diff", "old.toml", "neww.toml")
    assert run == (3, "", "korea: neww.toml: no such file. Did you mean 'new.toml'?\n")


def test_standard_input_can_be_one_of_the_two(korea: Korea) -> None:
    assert korea("diff", "-", "new.toml", input=OLD.encode()).out == PLAIN
    assert korea("diff", "-", "-", input=b"") == (
        2, "", "korea: standard input can be read only once; use a file for one of the two\n",
    )  # fmt: skip


def test_neither_version_is_written_over(folder: Path, korea: Korea) -> None:
    for name in ("old.toml", "new.toml"):
        run = korea("diff", "old.toml", "new.toml", "-o", name, "-f", "json")
        assert (run.code, run.err) == (
            4,
            f"korea: cannot write {name}: it is the data file; use --force to overwrite it\n",
        )
    assert (folder / "old.toml").read_text("utf-8") == OLD


def test_a_file_that_extends_another_is_compared_after_that(folder: Path, korea: Korea) -> None:
    for name, locator in (("one", "p8"), ("two", "p9")):
        text = f'[[events]]\nextends = "launch"\nsources = ["press#{locator}"]\n'
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    assert korea("diff", "one.toml", "two.toml").code == 3
    assert korea("diff", "one.toml", "two.toml", "-d", "old.toml") == (
        0, "gained\tevent\tlaunch\tsources\tpress#p9\tA launch\nlost\tevent\tlaunch\tsources\tpress#p8\tA launch\n", "",
    )  # fmt: skip


# ---- git


@needs_git
def test_a_version_is_read_out_of_git(commit: Commit, folder: Path, korea: Korea) -> None:
    commit(OLD)
    commit(NEW)
    assert korea("diff", "HEAD~1:events.toml", "events.toml") == (0, PLAIN, "")
    assert korea("diff", "HEAD~1:events.toml", "HEAD:events.toml") == (0, PLAIN, "")
    assert korea("diff", "HEAD~1:./events.toml", "HEAD:below/events.toml").out == PLAIN
    assert korea("diff", f"HEAD~1:{folder}/events.toml", "HEAD:events.toml").out == PLAIN
    assert korea("diff", "HEAD~1:events.toml", "HEAD:../events.toml", cwd=folder / "below").out == PLAIN


@needs_git
def test_what_is_staged_can_be_compared(commit: Commit, folder: Path, korea: Korea) -> None:
    commit(OLD)
    (folder / "events.toml").write_text(NEW, encoding="utf-8")
    assert korea("diff", ":events.toml", "events.toml").out == PLAIN
    assert korea("diff", "HEAD:events.toml", ":events.toml").out == ""


@needs_git
def test_a_revision_may_hold_colons_in_braces(commit: Commit, korea: Korea) -> None:
    commit(OLD)
    assert korea("diff", "HEAD@{2100-01-01 10:00:00}:events.toml", "new.toml").out == PLAIN
    assert korea("diff", "HEAD^{/a: version}:events.toml", "new.toml").code == 3  # no such commit, and no traceback


@needs_git
def test_a_file_that_is_really_called_so_comes_first(commit: Commit, folder: Path, korea: Korea) -> None:
    commit(NEW)
    (folder / "HEAD:events.toml").write_text(OLD, encoding="utf-8")
    assert korea("diff", "HEAD:events.toml", "events.toml").out == PLAIN


@needs_git
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("HEAD~7:events.toml", "no such file, and git has no revision 'HEAD~7'"),
        ("--upload-pack=x:events.toml", "no such file, and '--upload-pack=x' is not a git revision"),
        ("HEAD:event.toml", "there is no 'event.toml' in HEAD. Did you mean 'HEAD:events.toml'?"),
        ("HEAD:below/event.toml", "there is no 'below/event.toml' in HEAD. Did you mean 'HEAD:below/events.toml'?"),
        (":event.toml", "there is no 'event.toml' in the staged files. Did you mean ':events.toml'?"),
        ("HEAD:below", "'below' is a folder in HEAD, not a file"),
    ],
)
def test_what_git_does_not_have_is_told_in_a_sentence(name: str, sentence: str, commit: Commit, korea: Korea) -> None:
    commit(OLD)
    assert korea("diff", "--", name, "events.toml") == (3, "", f"korea: {name}: {sentence}\n")


@needs_git
@pytest.mark.parametrize("name", ["HEAD:events.toml", ":events.toml", ":event.toml", "HEAD:event.toml"])
def test_no_program_that_a_repository_names_is_run(name: str, commit: Commit, folder: Path, korea: Korea) -> None:
    commit(OLD)
    hook = folder / "hook"
    hook.write_text(f"#!/bin/sh\ntouch {folder}/was-run\n")
    hook.chmod(0o700)
    subprocess.run(["git", "config", "core.fsmonitor", str(hook)], cwd=folder, check=True)
    assert korea("diff", name, "events.toml", cwd=folder).code in {0, 3}
    assert not (folder / "was-run").exists()


@needs_git
def test_a_problem_of_a_version_in_git_is_told_with_its_place(commit: Commit, korea: Korea) -> None:
    commit(OLD.replace('date = "2017"', 'date = "2017-13"'))
    run = korea("diff", "HEAD:events.toml", "new.toml")
    assert (run.code, run.err.partition(": date")[0]) == (3, "korea: HEAD:events.toml:22:8: events[3] 'gone'")


@needs_git
def test_a_file_in_git_may_be_too_large_or_no_text(commit: Commit, korea: Korea) -> None:
    commit(OLD)
    run = korea("diff", "HEAD:events.toml", "new.toml", "--max-size", "10")
    assert run == (
        3, "", "korea: HEAD:events.toml: the file is larger than 10 bytes; raise the limit with --max-size\n",
    )  # fmt: skip


def test_outside_a_repository_and_without_git_that_is_told(folder: Path, korea: Korea) -> None:
    lone = {"GIT_CEILING_DIRECTORIES": str(folder.parent)}
    start = "korea: HEAD:old.toml: no such file, and"
    if shutil.which("git"):
        run = korea("diff", "HEAD:old.toml", "new.toml", env=lone)
        assert run == (3, "", f"{start} this folder is not in a git repository\n")
    run = korea("diff", "HEAD:old.toml", "new.toml", env={"PATH": str(folder)})
    assert run == (3, "", f"{start} git cannot be run to look for it\n")


# ---- layers


def test_what_extends_a_record_follows_when_that_is_renamed(folder: Path, korea: Korea) -> None:
    extending = '[[events]]\nextends = "launch"\nplace = "Panghyon"\n'
    (folder / "mine.toml").write_text(extending, encoding="utf-8")
    assert korea("rename", "launch", "take-off", "-d", "old.toml", "-d", "mine.toml").code == 0
    assert (folder / "mine.toml").read_text("utf-8") == extending.replace("launch", "take-off")
    assert (
        korea("timeline", "place:panghyon", "-d", "old.toml", "-d", "mine.toml", "--fields", "id").out == "take-off\n"
    )


def test_a_layer_over_the_built_in_record_is_in_every_answer(folder: Path, korea: Korea) -> None:
    (folder / "mine.toml").write_text(
        '[[sources]]\nid = "diary"\ntitle = "A diary"\n'
        '[[events]]\nextends = "hwasong-14-launch"\nsources = ["diary#p3"]\nnote = "Seen from Japan."\n'
        'other_dates = [{ date = "2017-07-03", sources = ["diary#p3"], note = "by the diary" }]\n'
        '[[facts]]\nextends = "icbm-us"\nsources = ["diary#p4"]\n',
        encoding="utf-8",
    )
    layers = ("-d", "builtin", "-d", "mine.toml")

    def row(*arguments: str) -> dict[str, Any]:
        cached, read = (korea(*arguments, *layers, "-f", "jsonl", *more) for more in ((), ("--no-cache",)))
        assert cached == read
        made: dict[str, Any] = json.loads(cached.out)
        return made

    event, plain = row("show", "hwasong-14-launch"), json.loads(korea("show", "hwasong-14-launch", "-f", "jsonl").out)
    assert list(event) == list(plain)
    assert (event["file"], event["line"]) == (plain["file"], plain["line"])
    assert [source["id"] for source in event["sources"]] == [*(each["id"] for each in plain["sources"]), "diary"]
    assert event["other_dates"][-1]["note"] == "by the diary"
    assert event["note"] == f"{plain['note']}\n\nSeen from Japan."
    assert row("facts", "id:icbm-us")["sources"][-1]["id"] == "diary"
    assert korea("timeline", "source:diary", *layers, "--fields", "id").out == "hwasong-14-launch\n"
    assert "hwasong-14-launch" in korea("timeline", "--on", "2017-07-03", *layers, "--fields", "id").out
    assert korea("check", "builtin", "mine.toml").code == 0


# ---- a review


def test_markdown_reads_as_a_review_and_only_our_own_markup_counts(folder: Path, korea: Korea) -> None:
    from markdown_it import MarkdownIt

    summary = "The talks of the six parties began in the morning and ended at night"
    hostile = "**bold** <script>x</script> [a](http://x.example) ~~gone~~ `code` @who\\n\\n- item"
    (folder / "old.toml").write_text(OLD.replace('date = "2017"', f'date = "2017"\nsummary = "{summary}"'), "utf-8")
    text = NEW + f'summary = "{hostile}"\n\n[[events]]\nid = "gone"\ntitle = "{hostile}"\ndate = "2017"\n'
    changed = summary.replace("six", "five").replace(" in the morning", "")
    (folder / "new.toml").write_text(f'{text}summary = "{changed}"\n', "utf-8")
    run = korea("diff", "old.toml", "new.toml", "-f", "markdown")
    assert run.out.splitlines()[:12] == [
        "# Chronology", "", "## from old.toml to new.toml", "", "### Events", "",
        "- **A launch** `launch`",
        "  - date: ~~4 Jul 2017~~ **3–4 Jul 2017**",
        "  - status: ~~reported~~ **confirmed**",
        "  - sources: **press#p2**",
        "- **An answer** `reply`",
        "  - id: ~~answer~~ **reply**",
    ]  # fmt: skip
    assert "- Added **Talks** `talks`\n  - date: Aug 2017\n  - summary: " in run.out
    assert (
        "  - summary: The talks of the ~~six~~ **five** parties began ~~in the morning~~ and ended at night\n"
        in run.out
    )
    html = MarkdownIt("gfm-like", {"linkify": False}).render(run.out)
    assert ("<script" in html, "<a " in html) == (False, False)
    assert (html.count("<s>"), html.count("<strong>bold")) == (6, 0)
    added = html.partition("<strong>Talks</strong>")[2].partition("</ul>")[0]
    assert ("<strong>" in added, "<s>" in added, added.count("<li>")) == (False, False, 2)


def test_markdown_of_a_removed_record_has_its_date(korea: Korea) -> None:
    out = korea("diff", "new.toml", "old.toml", "-f", "markdown").out
    assert "- Removed **Talks** `talks` (Aug 2017)\n" in out
    assert out.endswith("\n\n6 changes.\n")
