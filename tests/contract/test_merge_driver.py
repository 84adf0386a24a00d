"""Branches of a record merged by git with `korea merge-driver`, and without git."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
import tomli

from repository import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed here")
BASE = """\
# A record of talks.

[chronology]
title = "Talks"

# --- people ---

[[actors]]
id = "moon"
name = "Moon Jae-in"

# --- events ---

[[events]]
id = "launch"
title = "A launch"
date = "2017-07-04"  # by the press
status = "reported"
actors = ["moon"]
topics = ["icbm"]

[[events]]
id = "talks"
title = "Talks"
date = "2018"
responds_to = ["launch"]
"""
TALKS = BASE[BASE.index('[[events]]\nid = "talks"') :]


def event(id_: str, date: str, more: str = "") -> str:
    return f'[[events]]\nid = "{id_}"\ntitle = "About {id_}"\ndate = "{date}"\n{more}'


class Desk:
    """A folder with three versions of a file, merged without git."""

    def __init__(self, folder: Path, korea: Korea) -> None:
        self.folder, self.korea = folder, korea

    def merge(self, ours: str, theirs: str, base: str = BASE, *more: str) -> tuple[int, str, str]:
        """Return the status, the merged text and the messages."""
        for name, text in {"o": base, "a": ours, "b": theirs}.items():
            (self.folder / name).write_bytes(text.encode())
        run = self.korea("merge-driver", "o", "a", "b", *more, cwd=self.folder)
        assert run.out == ""
        return run.code, (self.folder / "a").read_bytes().decode(), run.err

    def clean(self, ours: str, theirs: str, base: str = BASE) -> str:
        """Return the merged text where nothing is in conflict; whoever merges, it has the same records."""
        code, text, messages = self.merge(ours, theirs, base)
        assert (code, messages) == (0, "")
        _, other, _ = self.merge(theirs, ours, base)
        assert _records(text) == _records(other)
        return text


def _records(text: str) -> list[str]:
    """Return the records of a text in any order, each with the values of its lists in any order."""
    return sorted(
        str({key: sorted(value) if isinstance(value, list) else value for key, value in sorted(each.items())})
        for records in tomli.loads(text.removeprefix("\ufeff")).values()
        if isinstance(records, list)
        for each in records
    )


@pytest.fixture
def desk(tmp_path: Path, korea: Korea) -> Desk:
    return Desk(tmp_path, korea)


def test_events_that_both_add_at_the_same_place_are_both_kept_in_order_of_date(desk: Desk) -> None:
    ours = BASE.replace(TALKS, event("b", "2017-09", 'note = "ours"\n') + "\n" + event("d", "2017-11") + "\n" + TALKS)
    theirs = BASE.replace(TALKS, event("a", "2017-08") + "\n" + event("c", "2017-10") + "\n" + TALKS)
    merged = desk.clean(ours, theirs)
    assert [each["id"] for each in tomli.loads(merged)["events"]] == ["launch", "a", "b", "c", "d", "talks"]
    parts = [
        event("a", "2017-08"),
        event("b", "2017-09", 'note = "ours"\n'),
        event("c", "2017-10"),
        event("d", "2017-11"),
    ]
    assert merged == BASE.replace(TALKS, "\n".join([*parts, TALKS]))
    assert desk.clean(f"{BASE}\n{event('x', '2019')}", f"{BASE}\n{event('y', '2018')}") == (
        f"{BASE}\n{event('y', '2018')}\n{event('x', '2019')}"
    )


def test_a_comment_right_below_a_record_stays_there(desk: Desk) -> None:
    base = BASE.replace('name = "Moon Jae-in"\n', 'name = "Moon Jae-in"\n# his birthday is 24 January\n# or not\n')
    ours, theirs = f"{base}\n{event('x', '2019')}", f"{base}\n{event('y', '2018-02')}"
    assert desk.clean(ours, theirs) == f"{base}\n{event('y', '2018-02')}\n{event('x', '2019')}"


def test_a_file_that_both_created_has_the_records_of_both(desk: Desk) -> None:
    assert desk.clean(event("a", "2018"), event("b", "2017"), "") == f"{event('b', '2017')}\n{event('a', '2018')}"
    ours = f"# A.\n\n{event('a', '2018')}"
    assert desk.clean(ours, event("b", "2017"), "") == f"{ours}\n{event('b', '2017')}"  # a comment has no date
    assert desk.clean("# Ours.\n", "# Theirs.\n", "") == "# Ours.\n\n# Theirs.\n"


def test_keys_of_one_record_and_values_of_one_list_are_merged(desk: Desk) -> None:
    ours = BASE.replace('"reported"', '"confirmed"').replace('["icbm"]', '["icbm", "thaad"]  # our view')
    theirs = (
        BASE.replace('"2017-07-04"  # by the press', '"2017-07-05"  # by the army')
        .replace('["icbm"]', '["missiles"]')
        .replace('[[events]]\nid = "launch"', '# Look again.\n[[events]]\nid = "launch"')
        .replace('title = "Talks"\n\n', 'title = "Talks"\nkinds = ["raid"]\n\n')
    )
    assert desk.clean(ours, theirs) == (
        theirs.replace('"reported"', '"confirmed"').replace('["missiles"]', '["thaad", "missiles"]  # our view')
    )


def test_what_one_side_formats_sorts_or_comments_stays_beside_the_changes_of_the_other(
    desk: Desk, korea: Korea
) -> None:
    base = BASE.replace('id = "talks"', "id='talks'").replace('["icbm"]', '[\n  "icbm", # why\n]')
    shuffled = (
        base.replace(TALKS.replace('id = "talks"', "id='talks'"), "").rstrip("\n") + "\n\n" + event("old", "2001")
    )
    (desk.folder / "x.toml").write_text(shuffled, "utf-8")
    assert korea("fmt", "--sort", "x.toml", cwd=desk.folder).code == 0
    ours = (desk.folder / "x.toml").read_text("utf-8")
    theirs = shuffled.replace('"reported"', '"confirmed"').replace("# --- events", "# --- more\n\n# --- events")
    merged = desk.clean(ours, theirs, shuffled)
    assert merged == ours.replace('"reported"', '"confirmed"').replace("# --- events", "# --- more\n\n# --- events")
    assert [each["id"] for each in tomli.loads(merged)["events"]] == ["old", "launch"]
    other = desk.clean(theirs, ours, shuffled)
    assert [each["id"] for each in tomli.loads(other)["events"]] == ["old", "launch"]


def test_a_renamed_record_is_the_same_record(desk: Desk) -> None:
    ours = BASE.replace('"launch"', '"take-off"')
    theirs = BASE.replace('"reported"', '"confirmed"') + "\n" + event("more", "2019", 'responds_to = ["launch"]\n')
    merged = desk.clean(ours, theirs)
    assert "launch" not in [each["id"] for each in tomli.loads(merged)["events"]]
    assert merged == theirs.replace('"launch"', '"take-off"')
    ours = ours.replace('"2017-07-04"', '"2017-07-05"')  # renamed and changed
    assert desk.clean(ours, theirs) == theirs.replace('"launch"', '"take-off"').replace('"2017-07-04"', '"2017-07-05"')
    code, text, messages = desk.merge(ours, BASE.replace('"launch"', '"lift-off"'))
    assert code == 1
    assert "'launch' was renamed to 'take-off' and to 'lift-off'" in messages
    assert text.count("<<<<<<< ours\n") == 2


def test_what_one_side_adds_refers_to_an_actor_that_the_other_renamed_with_a_new_name(desk: Desk, korea: Korea) -> None:
    ours = desk.folder / "mine.toml"
    ours.write_text(BASE)
    assert korea("rename", "moon", "president", "--name", "The President", "-d", ours).code == 0
    renamed, more = ours.read_text(), "\n" + event("more", "2019", 'actors = ["moon"]\n')
    assert desk.clean(renamed, BASE + more) == renamed + more.replace('"moon"', '"president"')


def test_another_record_of_the_same_title_is_not_the_removed_one(desk: Desk) -> None:
    ours = BASE.replace(TALKS, event("round-2", "2020", 'kind = "meeting"\n').replace("About round-2", "Talks"))
    code, text, messages = desk.merge(ours, BASE.replace('"2018"', '"2018-01"'))
    assert (code, messages) == (1, "korea: the file: conflict in event 'talks'\n")
    assert 'id = "round-2"\ntitle = "Talks"\ndate = "2020"' in text


def test_lines_of_a_text_that_look_like_comments_stay_in_it(desk: Desk) -> None:
    base = BASE.replace('responds_to = ["launch"]', 'note = """\n[[events]]\n# One.\n# Two."""') + event("next", "2020")
    ours, theirs = base.replace("# Two", "# Three"), f"{base}# A remark.\n\n{event('last', '2021')}"
    theirs = theirs.replace('"2018"', '"2018-01"')
    code, text, messages = desk.merge(ours, theirs, base)
    assert (code, text) == (0, theirs.replace("# Two", "# Three"))
    assert "not all of 'events' is written as tables" in messages  # as far as its lines show
    plain = [each.replace("[[events]]\n# One", "# One") for each in (ours, theirs, base)]
    assert desk.clean(*plain) == plain[1].replace("# Two", "# Three")


def test_a_removed_record_is_gone_unless_the_other_side_changed_it(desk: Desk) -> None:
    without = BASE.replace("\n" + TALKS, "")
    theirs = BASE.replace('"reported"', '"confirmed"')
    assert desk.clean(without, theirs) == without.replace('"reported"', '"confirmed"')
    assert desk.clean(theirs, without) == without.replace('"reported"', '"confirmed"')
    changed = TALKS.replace('"2018"', '"2018-01"')
    code, text, messages = desk.merge(without, BASE.replace(TALKS, changed), BASE, "7", "my record.toml")
    assert (code, messages) == (1, "korea: my record.toml: conflict in event 'talks'\n")
    assert text == f"{without}\n<<<<<<< ours\n=======\n{changed}>>>>>>> theirs\n"


def test_a_conflict_is_marked_where_it_is_and_check_names_it(desk: Desk, korea: Korea) -> None:
    ours = BASE.replace('"reported"', '"confirmed"').replace('name = "Moon', 'name = "President Moon')
    theirs = (
        BASE.replace('"reported"', '"disputed"').replace('name = "Moon', 'name = "Mr Moon').replace('"2018"', '"2019"')
    )
    code, text, messages = desk.merge(ours, theirs)
    assert code == 1
    assert messages.splitlines() == [
        "korea: the file: conflict in actor 'moon' (name)", "korea: the file: conflict in event 'launch' (status)",
    ]  # fmt: skip
    status = '<<<<<<< ours\nstatus = "confirmed"\n=======\nstatus = "disputed"\n>>>>>>> theirs\n'
    name = '<<<<<<< ours\nname = "President Moon Jae-in"\n=======\nname = "Mr Moon Jae-in"\n>>>>>>> theirs\n'
    assert text == (
        BASE.replace('status = "reported"\n', status)
        .replace('name = "Moon Jae-in"\n', name)
        .replace('"2018"', '"2019"')
    )
    run = korea("check", "a", cwd=desk.folder)
    assert run.code == 1
    problem = (
        "line 10 is a git conflict marker, in actor 'moon' (name): finish the merge first; others begin on line 22"
    )
    assert problem in run.out
    assert "<<<<<<<<<<<< ours\n" in desk.merge(ours, theirs, BASE, "12")[1]
    assert "is a git conflict marker, in actor 'moon' (name)" in korea("check", "a", cwd=desk.folder).out


def test_one_id_added_twice_is_a_conflict_unless_it_is_the_same_record(desk: Desk, korea: Korea) -> None:
    one, other = event("new", "2019"), event("new", "2020")
    code, text, _ = desk.merge(f"{BASE}\n{one}", f"{BASE}\n{other}")
    assert (code, text) == (1, f"{BASE}\n<<<<<<< ours\n{one}=======\n{other}>>>>>>> theirs\n")
    assert "is a git conflict marker, in event 'new': finish" in korea("check", "a", cwd=desk.folder).out
    assert desk.clean(f"{BASE}\n{one}", f"{BASE}\n{one.replace(' = ', '=')}") == f"{BASE}\n{one}"


def test_the_order_of_authors_is_not_guessed(desk: Desk) -> None:
    source = '[[sources]]\nid = "s"\ntitle = "S"\nauthors = ["A", "B"]\n'
    assert desk.merge(source.replace('"B"', '"B", "C"'), source.replace('"B"', '"B", "D"'), source)[0] == 1
    assert desk.clean(source.replace('"B"', '"B", "C"'), source.replace('"A", ', ""), source) == source.replace(
        '"A", "B"', '"B", "C"'
    )


def test_comments_within_a_list_are_kept_or_the_list_is_a_conflict(desk: Desk) -> None:
    lines = '[\n    "icbm",{}\n]'
    ours = BASE.replace('["icbm"]', lines.format(""))
    theirs = BASE.replace('["icbm"]', lines.format("  # why"))
    assert desk.clean(ours, theirs) == theirs  # only written differently by us
    assert desk.clean(ours.replace('m",', 'm", "thaad",'), BASE) == ours.replace('m",', 'm", "thaad",')
    both = desk.merge(BASE.replace('["icbm"]', '["icbm", "thaad"]'), theirs)[1]
    assert "# why" in both
    code, text, messages = desk.merge(BASE.replace('["icbm"]', '["icbm", "thaad"]'), theirs.replace('icbm"', 'x"'))
    assert (code, messages) == (1, "korea: the file: conflict in event 'launch' (topics)\n")
    assert ("# why" in text, '"thaad"' in text) == (True, True)


def test_a_key_that_is_gone_is_a_conflict_if_the_other_side_wrote_a_comment_on_it(desk: Desk) -> None:
    ours, theirs = BASE.replace('topics = ["icbm"]\n', ""), BASE.replace("topics", "# Are they?\ntopics")
    code, text, messages = desk.merge(ours, theirs)
    assert (code, messages) == (1, "korea: the file: conflict in event 'launch' (topics)\n")
    marked = '<<<<<<< ours\n=======\n# Are they?\ntopics = ["icbm"]\n>>>>>>> theirs\n'
    assert text == BASE.replace('topics = ["icbm"]\n', marked)


def test_texts_over_several_lines_are_merged_by_line(desk: Desk) -> None:
    base = BASE + 'note = """\nOne.\nTwo.\nThree.\nFour.\nFive.\n"""\n'
    merged = desk.clean(base.replace("One.", "Eins."), base.replace("Five.", "Fünf."), base)
    assert merged == base.replace("One.", "Eins.").replace("Five.", "Fünf.")
    code, text, _ = desk.merge(base.replace("One.", "Eins."), base.replace("One.", "Uno."), base)
    assert (code, text.count("<<<<<<<")) == (1, 1)


def test_line_ends_and_marks_stay_as_ours_has_them(desk: Desk) -> None:
    ours = "\ufeff" + (BASE + "\n" + event("ours", "2019")).replace("\n", "\r\n")
    merged = desk.clean(ours, BASE.replace('"reported"', '"confirmed"'))
    assert merged == ours.replace('"reported"', '"confirmed"')


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("no TOML", 'title = "A launch"', 'title = "A launch'),
        ("an unfinished merge", 'title = "A launch"', '<<<<<<< x\ntitle = "A"\n=======\ntitle = "B"\n>>>>>>> y'),
        ("records without an id", 'id = "launch"', 'place = "Minsk"'),
        ("a table in a line", '[chronology]\ntitle = "Talks"', 'chronology = { title = "Talks" }'),
        ("an id twice", 'id = "talks"', 'id = "launch"'),
    ],
)
def test_a_file_that_has_no_records_to_merge_is_merged_line_by_line(what: str, old: str, new: str, desk: Desk) -> None:
    ours, theirs = (
        BASE.replace(old, new),
        BASE.replace("# A record of talks.", "# Talks.") + "\n" + event("more", "2019"),
    )
    code, text, messages = desk.merge(ours, theirs)
    assert (code, text) == (0, theirs.replace(old, new)), what
    assert messages.startswith("korea: the file: merged line by line, not by record: ")
    code, text, messages = desk.merge(ours.replace('"2018"', '"2019"'), theirs.replace('"2018"', '"2020"'))
    assert (code, "<<<<<<< ours\n" in text, messages.count("\n")) == (1, True, 2), what


def test_what_cannot_be_merged_at_all_fails_as_git_expects_it_and_leaves_ours(desk: Desk, korea: Korea) -> None:
    desk.merge("x = [", "x = {", "")
    run = korea("merge-driver", "o", "a", "missing", cwd=desk.folder)
    assert (run.code, run.err) == (
        129,
        "korea: cannot write the file: its versions cannot be read: no such file or directory\n",
    )
    (desk.folder / "a").write_bytes(b"\x00 = [")
    run = korea("merge-driver", "o", "a", "b", cwd=desk.folder, env={"PATH": str(desk.folder)})
    assert (run.code, (desk.folder / "a").read_bytes()) == (129, b"\x00 = [")
    run = korea("merge-driver", "o", "a", "b", cwd=desk.folder)
    assert (run.code, run.err.count("git reports: ")) == (129, 1)


# ---- by git


@pytest.fixture
def folder(tmp_path: Path, korea: Korea, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Give a repository with the driver, and a branch called `theirs`."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("PATH", korea.environment["PATH"])
    for name, value in {"NAME": "A", "EMAIL": "a@example.org"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    made = Folder(tmp_path / "kept")
    made.write(".gitattributes", "*.toml merge=korea\n")
    made.git("config", "merge.korea.driver", "korea merge-driver %O %A %B %L %P")
    made.commit(**{"sub/my record": BASE})
    made.git("branch", "theirs")
    return made


def branches(folder: Folder, ours: str, theirs: str) -> None:
    """Commit a version on each branch."""
    folder.commit(**{"sub/my record": ours})
    folder.git("checkout", "-q", "theirs")
    folder.commit(**{"sub/my record": theirs})
    folder.git("checkout", "-q", "main")


@pytest.mark.parametrize(
    "how", ["merge --no-edit theirs", "rebase theirs", "cherry-pick theirs", "revert --no-edit HEAD"]
)
def test_git_merges_rebases_and_picks_with_it(how: str, folder: Folder, korea: Korea) -> None:
    ours, theirs = f"{BASE}\n{event('ours', '2019')}", f"{BASE}\n{event('theirs', '2020')}"
    branches(folder, ours, theirs)
    if how.startswith("revert"):
        folder.commit(**{"sub/my record": f"{ours}\n{event('later', '2021')}"})
        how = "revert --no-edit HEAD~1"
    folder.git(*how.split())
    text = (folder.path / "sub/my record.toml").read_text("utf-8")
    ids = ["later"] if how.startswith("revert") else ["ours", "theirs"]
    assert [each["id"] for each in tomli.loads(text)["events"]][2:] == ids
    assert folder.git("status", "--porcelain") == ""
    assert korea("check", folder.path / "sub/my record.toml").code == 0


def test_git_reports_a_conflict_and_keeps_the_file_to_be_solved(folder: Folder) -> None:
    branches(folder, BASE.replace('"2018"', '"2018-01"'), BASE.replace('"2018"', '"2018-02"'))
    told = folder.git("merge", "theirs", code=1)
    assert "korea: sub/my record.toml: conflict in event 'talks' (date)" in told
    assert "CONFLICT (content): Merge conflict in sub/my record.toml" in told
    assert folder.git("status", "--porcelain") == 'UU "sub/my record.toml"'
    text = (folder.path / "sub/my record.toml").read_text("utf-8")
    assert '<<<<<<< ours\ndate = "2018-01"\n=======\ndate = "2018-02"\n>>>>>>> theirs\n' in text


def test_branches_with_two_common_ancestors_are_merged(folder: Folder) -> None:
    branches(folder, BASE.replace('"2018"', '"2018-01"'), f"{BASE}\n{event('theirs', '2020')}")
    folder.git("branch", "before")
    folder.git("merge", "-q", "--no-edit", "theirs")
    folder.git("checkout", "-q", "theirs")
    folder.git("merge", "-q", "--no-edit", "before")
    folder.commit(more=BASE)
    folder.git("checkout", "-q", "main")
    folder.commit(
        **{"sub/my record": f"{(folder.path / 'sub/my record.toml').read_text('utf-8')}\n{event('last', '2021')}"}
    )
    folder.git("merge", "--no-edit", "theirs")
    ids = [each["id"] for each in tomli.loads((folder.path / "sub/my record.toml").read_text("utf-8"))["events"]]
    assert ids == ["launch", "talks", "theirs", "last"]
