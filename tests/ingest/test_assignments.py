"""`key=value` as typed becomes a value of its key's form: names become ids, dates are stored, lists keep comments."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli

from korea_cli.base.errors import NO, USAGE, KoreaError, NotInListError, UsageError
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.ingest.adding.assignments import build_edit
from korea_cli.ingest.names.registry import Registry
from korea_cli.ingest.names.values import InvalidValuesError

if TYPE_CHECKING:
    from ingest.conftest import Mine

FACT = '\n[[facts]]\nid = "said"\ntext = "So."\nevents = ["offer"]\nhedged = true\n'


def assign(mine: Mine, id_: str, *typed: str) -> dict[str, Any]:
    """Return what a record says when some values were typed."""
    _, found = mine.files.change(id_, lambda loaded, found: build_edit(found, typed, Registry(loaded, found.path)))
    tables = tomli.loads(mine.text)
    values: dict[str, Any] = next(each for table in tables.values() for each in table if each.get("id") == found.id)
    return values


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        (["title=A launch"], {"title": "A launch"}),
        (["title = A launch"], {"title": " A launch"}),
        (["note=a=b -= c"], {"note": "a=b -= c"}),
        (["note=two\nlines"], {"note": "two\nlines"}),
        (["note=", "note=a", "note+=b"], {"note": "a b"}),
        (["actors=", "actors=north"], {"actors": ["north"]}),
        (["actors=north", "actors=han"], {"actors": ["north", "han"]}),
        (["actors+=north", "actors-=han"], {"actors": ["north"]}),
        (["actors+=han"], {"actors": ["han"]}),
        (["actors="], {"actors": None}),
        (["actors=north", "actors+=han", "actors-=north"], {"actors": ["han"]}),
        (["actors+=Северная Корея"], {"actors": ["han", "north"]}),
        (["actors=the north", "topics+=TALKS"], {"actors": ["north"], "topics": ["talks"]}),
        (["actors-=Minister Han"], {"actors": None}),
        (["date=7 May 2018"], {"date": "2018-05-07"}),
        (["date=early 2018"], {"date": "2018-37"}),
        (["sources+=Ministers Meet#p2", "sources+=gazette"], {"sources": ["gazette#p2", "gazette"]}),
        (["note+=One.", "note+=Two."], {"note": "One. Two."}),
        (["summary=A ", "summary+=b", "summary+=\nc"], {"summary": "A b\nc"}),
        (["other_dates+=8 Mar 2018; gazette#p1; so"],
         {"other_dates": [{"date": "2018-03-08", "sources": ["gazette#p1"], "note": "so"}]}),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_as_add_reads_it(typed: list[str], values: dict[str, Any], mine: Mine) -> None:
    before = tomli.loads(mine.text)["events"][0]
    expected = {key: value for key, value in {**before, **values}.items() if value is not None}
    assert assign(mine, "offer", *typed) == expected


@pytest.mark.parametrize(("typed", "value"), [("Yes", True), ("TRUE", True), ("no", None), ("", None)])
def test_a_yes_is_a_yes_in_any_letters(typed: str, value: object, mine: Mine) -> None:
    mine.write(mine.text + FACT)
    assert assign(mine, "said", f"hedged={typed}").get("hedged") is value


@pytest.mark.parametrize(
    ("typed", "status", "message"),
    [
        ("title", USAGE, "'title' is not KEY=VALUE"),
        ("=x", USAGE, "'=x' is not KEY=VALUE"),
        ("id=x", USAGE, "use 'korea rename'"),
        ("titel=x", USAGE, "unknown key 'titel'. Did you mean 'title'?"),
        ("line=3", USAGE, "unknown key 'line'"),
        ("status+=x", USAGE, "'status+=x': 'status' has a single value. Use status=x to replace it."),
        ("title-=x", USAGE, "'title-=x': 'title' is required. Use title=VALUE to change it."),
        ("actors-=north", USAGE, "'north' is not in 'actors', which has 'han'"),
        ("actors-=nobody", USAGE, "'nobody' is not in 'actors', which has 'han'"),
        ("topics-=talks", USAGE, "'talks' is not in 'topics', which has nothing"),
        ("title=", USAGE, "title is required"),
        ("date=2018-13", USAGE, "date '2018-13' is not a date: there is no month 13"),
        ("date=1/2/2018", USAGE, "it could be 2018-01-02 or 2018-02-01"),
        (
            "kind=metting",
            USAGE,
            "unknown kind 'metting'. To allow it, add \"metting\" to kinds under [chronology]. Did you mean 'meeting'?",
        ),
        ("actors+=", USAGE, None),
        ("actors+=norht", NO, "actor not found: 'norht'. Did you mean 'The North' (north)?"),
    ],
)
def test_a_value_typed_wrong_is_refused(typed: str, status: int, message: str | None, mine: Mine) -> None:
    before = mine.text
    if message is None:
        assign(mine, "offer", typed)
    else:
        with pytest.raises(KoreaError) as raised:
            assign(mine, "offer", typed)
        assert message in str(raised.value)
        assert raised.value.status == status
    assert mine.text == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("title+=b", "title=a"), ("note=a", "note="), ("note+=a", "note="), ("kind=offer", "kind="),
        ("actors+=north", "actors=han"), ("actors-=han", "actors=north"), ("actors=north", "actors="),
        ("date=2018", "date=2019"),
    ],
)  # fmt: skip
def test_no_assignment_is_lost_to_a_later_one(first: str, second: str, mine: Mine) -> None:
    before = mine.text
    with pytest.raises(UsageError) as raised:
        assign(mine, "offer", first, second)
    key = second.partition("=")[0]
    assert str(raised.value) == f"'{first}' and '{second}' both set '{key}'. Keep one of them."
    assert mine.text == before


def test_everything_that_is_wrong_is_told_at_once(mine: Mine) -> None:
    with pytest.raises(InvalidValuesError) as raised:
        assign(mine, "offer", "kind=metting", "date=2018-13", "actors+=nobody")
    assert len(raised.value.invalid) == 3
    assert raised.value.status == USAGE


LISTED = """\
[[actors]]
id = "x"
name = "X"
aliases = [
  "eks",  # old name
  # the new ones
  'ix', # (two)
  "iks"
  # end
]
note = \"\"\"
One "line"
two\"\"\"  # beside
"""


@pytest.mark.parametrize(
    ("typed", "old", "new"),
    [
        ("aliases+=ex", '  "iks"\n', '  "iks",\n  "ex"\n'),
        ("aliases-=eks", '  "eks",  # old name\n', "  # old name\n"),
        ("aliases-=ix", "  'ix', # (two)\n", "  # (two)\n"),
        ("aliases-=iks", '  "iks"\n', ""),
        ("note+=and three", 'two"""  # beside', 'two and three"""  # beside'),
        ('note+="', 'two"""  # beside', 'two \\""""  # beside'),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_value_is_added_or_removed_and_every_other_byte_stays(
    typed: str, old: str, new: str, end: str, mine: Mine
) -> None:
    mine.write(LISTED.replace("\n", end))
    assert LISTED.count(old) == 1
    assign(mine, "x", typed)
    assert mine.text == LISTED.replace(old, new).replace("\n", end)


@pytest.mark.parametrize(
    ("written", "typed", "new"),
    [
        ('[ "a" ]', "+=b", '[ "a", "b" ]'),
        ('["a",]', "+=b", '["a", "b"]'),
        ('["a" , "c"]', "+=b", '["a" , "c", "b"]'),
        ('["a"]', "+=b", '["a", "b"]'),
        ('["a", "c"]', "-=a", '["c"]'),
        ('[ "a", "c" ]', "-=a", '[ "c" ]'),
        ('[ "a", "c" ]', "-=c", '[ "a" ]'),
        ('["a", "b", "c"]', "-=b", '["a", "c"]'),
        ('[\n"a", "b",\n"c"]', "-=b", '[\n"a", \n"c"]'),
        ('[\n"a", "b", # both\n"c"]', "-=a", '[\n"b", # both\n"c"]'),
        ("[ # first\n]", "+=b", '[ # first\n    "b",\n]'),
        ('["a" # x\n, "c"]', "+=b", '["a" # x\n, "c", "b"]'),
        ('[["a"], "c"]', "+=b", None),
    ],
)  # fmt: skip
def test_lists_are_edited_as_they_are_written(written: str, typed: str, new: str | None, mine: Mine) -> None:
    text = '[[actors]]\nid = "x"\nname = "X"\naliases = {}\n'
    mine.write(text.format(written))
    if new is None:
        with pytest.raises(KoreaError):
            assign(mine, "x", f"aliases{typed}")
        return
    assign(mine, "x", f"aliases{typed}")
    assert mine.text == text.format(new)


@pytest.mark.parametrize("typed", ["aliases=a", "aliases="])
def test_a_whole_value_that_would_lose_a_comment_is_refused_with_the_way_out(typed: str, mine: Mine) -> None:
    mine.write(LISTED)
    with pytest.raises(UnsafeChangeError, match=r"'aliases' has comments .* would be lost; use \+= and -="):
        assign(mine, "x", typed)
    assert mine.text == LISTED


def test_the_last_value_of_a_list_with_comments_is_left_to_the_editor(mine: Mine) -> None:
    mine.write('[[actors]]\nid = "x"\nname = "X"\naliases = [ # why\n"a"]\n')
    with pytest.raises(UnsafeChangeError, match="use 'korea edit'"):
        assign(mine, "x", "aliases-=a")


def test_what_is_not_a_key_or_has_no_sign_is_a_usage_error(mine: Mine) -> None:
    for typed, error in (("titel=x", NotInListError), ("x", UsageError)):
        with pytest.raises(error):
            assign(mine, "offer", typed)


CASE = (Path(__file__).parents[1] / "data" / "answers" / "05-set-loses-comments.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("id_", "typed"),
    [
        ("actor:x", "aliases+=ex"),
        ("source:s", "authors+=E, F"),
        ("source:s", "authors-=A, B"),
        ("source:s", "authors-=C, D"),
        ("event:e", "sources+=s#p2"),
        ("event:e", "actors-=x"),
        ("event:e", "title+=more"),
        ("fact:f", "holders+=y"),
    ],
)
def test_every_comment_of_a_list_is_kept(id_: str, typed: str, mine: Mine) -> None:
    mine.write(CASE + '\n[[actors]]\nid = "y"\nname = "Y"\n')
    comments = re.findall(r"#\s.*", mine.text)
    before = mine.text.splitlines()
    assign(mine, id_, typed)
    assert re.findall(r"#\s.*", mine.text) == comments
    assert sum(line not in before for line in mine.text.splitlines()) <= 2
    assert len(comments) == 6
