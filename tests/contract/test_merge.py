"""`korea merge` as it is installed: one record takes over all of another in every file, and nothing else is touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.errors import UsageError
from korea_cli.editing.files import Editable
from korea_cli.editing.merging import plan_merge
from korea_cli.reading.locate import MAX_SIZE

if TYPE_CHECKING:
    from conftest import Korea

ACTORS = """\
# people
[[actors]]
id = "kim"   # he
name = "Kim"
kind = "person"
aliases = [
  "K", # in letters
]
country = "PRK"
note = "One."

# the other
[[actors]]
id = "kim-2"
name = "Kim Jong-un"
aliases = ["K", "KJU"]
country = "KOR"
role = "leader"
note = "Two."
part_of = ["kim", "dprk"]

[[actors]]
id = "dprk"
name = "North"
part_of = ["kim-2"]
"""
EVENTS = """\
[[events]]
id = "launch"
title = "A launch"
date = "2017"
actors = ["kim", "kim-2"]   # both
recipients = ["kim-2", "dprk"]
disputed_by = ["kim-2"]
"""
OTHER = """\
[[facts]]
id = "said"
text = "He said so"   # kim-2
holders = [
  "kim-2", # x
]
about = ["kim-2", "kim"]
"""
TWINS = """\
[[sources]]
id = "paper"
title = "Paper"

[[sources]]
id = "paper-2"
title = "Paper"
url = "https://example.org/a"

[[events]]
id = "talks"
title = "Talks"
date = "2018-05"
sources = ["paper#p1"]
other_dates = [{ date = "2018", sources = ["paper", "paper-2"] }]
key = true

[[events]]
id = "talks-2"
title = "Talks in May"
date = "2018-05"
responds_to = ["talks"]
sources = ["paper-2#p1", "paper#p2"]
place = "Seoul"

[[events]]
id = "answer"
title = "Answer"
date = "2019"
responds_to = ["talks-2", "talks"]
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """Give two files that are read together."""
    (tmp_path / "a.toml").write_text(ACTORS + "\n" + EVENTS)
    (tmp_path / "b.toml").write_text(OTHER)
    return ("-d", str(tmp_path / "a.toml"), "-d", str(tmp_path / "b.toml"))


def test_an_actor_takes_over_names_lists_single_values_and_references(
    files: tuple[str, ...], tmp_path: Path, korea: Korea
) -> None:
    (tmp_path / "a.toml").write_text((ACTORS + "\n" + EVENTS).replace('part_of = ["kim-2"]\n', ""))
    run = korea("merge", "kim", "kim-2", "--prefer", "kim", *files)
    assert (run.code, run.err) == (0, "korea: removed from 'kim' what would refer to itself: part_of\n")
    assert run.out.splitlines() == [
        f"Merged actor 'kim-2' into 'kim' ({files[1]}:2)",
        "  aliases: + Kim Jong-un, KJU",
        "  role: + leader",
        "  part_of: + dprk",
        "  note: One. → One.  Two.",
    ]
    after = (tmp_path / "a.toml").read_text()
    assert tomli.loads(after)["actors"][0] == {
        "id": "kim", "name": "Kim", "kind": "person", "aliases": ["K", "Kim Jong-un", "KJU"], "country": "PRK",
        "role": "leader", "part_of": ["dprk"], "note": "One.\n\nTwo.",
    }  # fmt: skip
    assert 'id = "kim"   # he\n' in after
    assert '  "K", # in letters\n' in after
    new = EVENTS.replace('["kim", "kim-2"]', '["kim"]').replace('"kim-2"', '"kim"')
    assert after.endswith(f'[[actors]]\nid = "dprk"\nname = "North"\n\n{new}')
    assert (tmp_path / "b.toml").read_text() == OTHER.replace('["kim-2", "kim"]', '["kim"]').replace('"kim-2"', '"kim"')
    assert korea("timeline", "actor:KJU", *files, "--count").out == "1\n"


def test_values_that_contradict_are_listed_and_refused_until_one_is_preferred(
    files: tuple[str, ...], tmp_path: Path, korea: Korea
) -> None:
    run = korea("merge", "kim", "kim-2", *files)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "korea: cannot merge 'kim-2' into 'kim': 1 value differs; choose whose values win with"
        " --prefer kim or --prefer kim-2\nkorea: country: PRK (kim) or KOR (kim-2)\n"
    )
    assert korea("merge", "kim", "kim-2", "--prefer", "dprk", *files).err == (
        "korea: --prefer must be 'kim' or 'kim-2', not 'dprk'\n"
    )
    assert (tmp_path / "a.toml").read_text() == ACTORS + "\n" + EVENTS
    (tmp_path / "a.toml").write_text((ACTORS + "\n" + EVENTS).replace('part_of = ["kim-2"]\n', ""))
    assert korea("merge", "actor:kim", "actor:kim-2", "--prefer", "actor:kim-2", *files, "-q").code == 0
    kim = tomli.loads((tmp_path / "a.toml").read_text())["actors"][0]
    assert (kim["id"], kim["name"], kim["country"]) == ("kim", "Kim", "KOR")


def test_what_would_refer_to_itself_goes_and_is_said(tmp_path: Path, korea: Korea) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(TWINS)
    run = korea("merge", "talks", "talks-2", "--prefer", "talks", "-d", mine, "--dry-run")
    assert run.err == "korea: removed from 'talks' what would refer to itself: responds_to\n"
    run = korea("merge", "talks-2", "talks", "--prefer", "talks", "-d", mine)
    assert run.err == "korea: removed from 'talks-2' what would refer to itself: responds_to\n"
    events = tomli.loads(mine.read_text())["events"]
    assert events[0] == {
        "id": "talks-2", "title": "Talks", "date": "2018-05", "place": "Seoul", "key": True,
        "other_dates": [{"date": "2018", "sources": ["paper", "paper-2"]}],
        "sources": ["paper-2#p1", "paper#p2", "paper#p1"],
    }  # fmt: skip
    assert events[1]["responds_to"] == ["talks-2"]
    assert korea("check", mine).code == 0


def test_sources_are_merged_with_citations_by_locator(tmp_path: Path, korea: Korea) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(TWINS.replace('["paper", "paper-2"]', '["paper-2"]'))
    run = korea("merge", "paper", "paper-2", "-d", mine, "--json")
    assert run.code == 0
    assert {each["change"] for each in json.loads(run.out)["changes"]} >= {"removed", "gained"}
    found = tomli.loads(mine.read_text())
    assert found["sources"] == [{"id": "paper", "title": "Paper", "url": "https://example.org/a"}]
    assert [each.get("sources") for each in found["events"]] == [["paper#p1"], ["paper#p1", "paper#p2"], None]
    assert found["events"][0]["other_dates"] == [{"date": "2018", "sources": ["paper"]}]


def test_a_record_that_is_below_the_other_may_be_the_one_that_stays(tmp_path: Path, korea: Korea) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(TWINS)
    run = korea("merge", "answer", "talks-2", "--prefer", "talks-2", "-d", mine)
    assert (run.code, run.err) == (0, "korea: removed from 'answer' what would refer to itself: responds_to\n")
    assert run.out.splitlines()[0] == f"Merged event 'talks-2' into 'answer' ({mine}:26)"
    assert "  title: Answer → Talks in May" in run.out.splitlines()
    assert [each["id"] for each in tomli.loads(mine.read_text())["events"]] == ["talks", "answer"]


def test_what_extends_the_other_extends_the_one(tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "base.toml").write_text(TWINS)
    (tmp_path / "more.toml").write_text('[[events]]\nextends = "talks"\nnote = "More."\n')
    data = ("-d", tmp_path / "base.toml", "-d", tmp_path / "more.toml")
    assert korea("merge", "answer", "talks", "--prefer", "answer", *data).code == 0
    assert (tmp_path / "more.toml").read_text() == '[[events]]\nextends = "answer"\nnote = "More."\n'


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("kim", "kim"), 2, "'kim' cannot be merged with itself"),
        (
            ("kim", "launch"),
            2,
            "only records of one type can be merged: 'kim' is of type actor, 'launch' of type event",
        ),
        (("kim", "kmi"), 1, "record not found: 'kmi'. Did you mean 'Kim' (kim)?"),
        (("kim",), 2, "missing argument 'OTHER'"),
    ],
)
def test_what_cannot_be_merged_is_refused(
    arguments: tuple[str, ...], code: int, told: str, files: tuple[str, ...], korea: Korea
) -> None:
    run = korea("merge", *arguments, *files)
    assert (run.code, run.out) == (code, "")
    assert told in run.err
    assert Path(files[1]).read_text() == ACTORS + "\n" + EVENTS
    assert korea("merge", "putin", "dprk").code == 4  # the built-in record


@pytest.mark.parametrize("line", ["foo = 1", "aliases = 5", 'name = ["x"]', "part_of = 1979-05-27"])
def test_what_a_record_should_not_have_is_not_lost(line: str, tmp_path: Path, korea: Korea) -> None:
    mine = tmp_path / "mine.toml"
    key = line.partition(" ")[0]
    name = "" if key == "name" else 'name = "B"\n'
    text = f'[[actors]]\nid = "a"\nname = "A"\n\n[[actors]]\nid = "b"\n{name}{line}\n'
    mine.write_text(text)
    run = korea("merge", "a", "b", "-d", mine)
    assert (run.code, run.out) == (1, "")
    assert f"run: korea set actor:b {key}=" in run.err
    assert mine.read_text() == text


NAMES = ("kept", "gone", "other")
REFS = st.lists(st.sampled_from(NAMES), max_size=3)


@given(
    events=st.lists(st.fixed_dictionaries({}, optional={"actors": REFS, "via": REFS, "disputed_by": REFS}), max_size=4)
)
def test_lists_name_the_one_once_where_they_named_the_other_and_all_else_stays(
    events: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "merged.toml"
    blocks = [f'[[actors]]\nid = "{name}"\nname = "{name}"  # {name}\n' for name in NAMES]
    for number, event in enumerate(events):
        keys = [f"{key} = {json.dumps(value)}  # of {number}\n" for key, value in event.items() if value]
        blocks.append(f'# {number}\n[[events]]\nid = "e{number}"\ntitle = "E"\ndate = "2018"\n{"".join(keys)}')
    path.write_text("\n".join(blocks))
    files = Editable((str(path),), MAX_SIZE)
    loaded = files.load()
    if loaded.problems:  # such as a list with one actor twice
        return
    files.write(lambda read: plan_merge(read, files.locate(read, "kept"), files.locate(read, "gone"), None).edits)
    for number, event in enumerate(events):
        expected = {
            key: list(dict.fromkeys("kept" if each == "gone" else each for each in value))
            if "gone" in value else value
            for key, value in event.items() if value
        }  # fmt: skip
        found = tomli.loads(path.read_text())["events"][number]
        assert {key: found[key] for key in found.keys() - {"id", "title", "date"}} == expected
    before, after = (
        [line for line in text.splitlines() if line and '"gone"' not in line and not line.startswith("aliases")]
        for text in ("\n".join([blocks[0], *blocks[2:]]), path.read_text())
    )
    assert [line for line in before if line in after] == before


def test_an_id_under_which_a_key_means_another_record_is_not_given_to_references(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[actors]]\nid = "a"\nname = "A"\n\n[[actors]]\nid = "b"\nname = "B"\n\n[[facts]]\nid = "a"\ntext = "F"\n\n'
        '[[facts]]\nid = "f"\ntext = "G"\ndisputed_by = ["b"]\n'
    )
    files = Editable((str(path),), MAX_SIZE)
    with pytest.raises(Exception, match="under disputed_by of events, the id 'a' is that of another record") as raised:
        files.write(lambda read: plan_merge(read, files.locate(read, "actor:a"), files.locate(read, "b"), None).edits)
    assert not isinstance(raised.value, UsageError)
