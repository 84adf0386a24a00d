"""Records by options and by JSON: fitted to their keys, all or none, each problem where it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import tomli

from korea_cli.base.errors import NO, USAGE, DataError, KoreaError, UsageError

if TYPE_CHECKING:
    from ingest.conftest import Mine


def refused(mine: Mine, type_: str, **given: object) -> tuple[int, tuple[str, ...]]:
    """Give the status and the sentences by which a record is refused."""
    before = mine.text
    with pytest.raises(KoreaError) as raised:
        mine.add(type_, **given)
    assert mine.text == before
    return raised.value.status, raised.value.sentences


def problems(mine: Mine, type_: str, text: str) -> list[str]:
    """Give the problems for which piped records are refused."""
    before = mine.text
    with pytest.raises(DataError) as raised:
        mine.pipe(type_, text)
    assert mine.text == before
    return [str(problem) for problem in raised.value.problems]


def test_an_event_is_added_with_names_as_ids_and_its_date_as_it_was_meant(mine: Mine) -> None:
    said = mine.add(
        "event", title="Talks", date="7 May 2018", actors=["minister han"], recipients=["Северная Корея"],
        topics=["TALKS"], sources=["gazette#p2"],
        other_dates=[{"date": "8 May 2018", "sources": ["gazette"], "note": "so"}],
    ).text  # fmt: skip
    assert said == f"Added event 'talks' ({mine.path}:24), 7 May 2018, after 'offer'\n"
    assert mine.text.splitlines()[23:25] == ["[[events]]", 'id = "talks"']
    assert tomli.loads(mine.text)["events"][1] == {
        "id": "talks", "title": "Talks", "date": "2018-05-07", "actors": ["han"], "recipients": ["north"],
        "topics": ["talks"], "sources": ["gazette#p2"],
        "other_dates": [{"date": "2018-05-08", "sources": ["gazette"], "note": "so"}],
    }  # fmt: skip


def test_a_fact_may_be_hedged_and_have_no_date(mine: Mine) -> None:
    assert mine.add("fact", text="So.", hedged=True, events=["An offer"]).text == f"Added fact 'so' ({mine.path}:24)\n"
    assert tomli.loads(mine.text)["facts"] == [{"id": "so", "text": "So.", "events": ["offer"], "hedged": True}]


def test_text_is_stored_composed_as_reading_has_it(mine: Mine) -> None:
    mine.add("topic", label="\u1100\u1161")
    assert tomli.loads(mine.text)["topics"][1]["label"] == "\uac00"


def test_every_option_that_is_wrong_is_told(mine: Mine) -> None:
    assert refused(mine, "event", date="May 7", kind="metting", url="x", actors=["norht"]) == (
        USAGE,
        (
            "--title is required",
            "--date 'May 7' is not a date: the year is missing. Did you mean '2017-05-07'?",
            "unknown kind 'metting'. To allow it, add \"metting\" to kinds under [chronology]. Did you mean 'meeting'?",
            "actor not found: 'norht'. Did you mean 'The North' (north)?",
            f"to add it, run: korea add actor --id norht --name Norht -d {mine.path}",
        ),
    )


def test_a_name_that_is_not_there_alone_is_no_wrong_command_line(mine: Mine) -> None:
    status, sentences = refused(mine, "event", title="x", date="2018", topics=["x"])
    assert (status, len(sentences)) == (NO, 2)


def test_an_id_that_is_used_is_refused_with_its_place(mine: Mine) -> None:
    assert refused(mine, "event", id="offer", title="x", date="2018") == (
        USAGE, (f"--id 'offer' is already used at {mine.path}:18",),
    )  # fmt: skip


def test_halves_of_letters_are_refused(mine: Mine) -> None:
    assert refused(mine, "topic", label="a\udcff") == (
        USAGE,
        ("--label contains something that is not a letter in any script",),
    )


def test_a_name_of_another_actor_is_refused(mine: Mine) -> None:
    for name in ("minister han", "Minister  Han"):
        told = f"--alias '{name}' is also a name of actor 'han' at {mine.path}:10"
        assert refused(mine, "actor", name="Other", aliases=[name]) == (2, (told,))


def test_what_looks_like_a_copy_is_noted_and_added(mine: Mine) -> None:
    outcome = mine.add("event", title="Talks", date="2018-03-07", actors=["han"])
    assert outcome.notes == [f"event 'offer' has the same date and also involves han: 'An offer' at {mine.path}:18"]
    assert mine.add("event", title="Speech", date="2018-03-08", actors=["han"]).notes == []


def test_the_first_declared_actor_takes_along_those_that_were_only_named(mine: Mine) -> None:
    mine.write('[[events]]\nid = "x"\ntitle = "x"\ndate = "2018"\nactors = ["kim", "moon"]\n')
    assert mine.add("actor", id="kim", name="Kim Jong-un").text == f"Added 2 actors to {mine.path}\n"
    assert tomli.loads(mine.text)["actors"] == [{"id": "moon", "name": "moon"}, {"id": "kim", "name": "Kim Jong-un"}]


def test_lines_of_json_are_added_together_and_may_refer_to_each_other(mine: Mine) -> None:
    text = '{"title": "B", "date": "May 2018", "responds_to": ["c"]}\n\n{"id": "c", "title": "C", "date": 2017}\n'
    assert mine.pipe("event", text) == f"Added 2 events to {mine.path}\n"
    assert [each["id"] for each in tomli.loads(mine.text)["events"]] == ["c", "offer", "b"]


@pytest.mark.parametrize("form", ["lines", "list", "document", "spread"])
def test_json_has_several_forms(form: str, mine: Mine) -> None:
    records = [
        {"type": "topic", "id": "a", "label": "A", "note": None},
        {"id": "b", "label": "B", "broader": {"id": "a"}},
    ]
    document = {"schema_version": 1, "query": {"topics": [], "terms": ['"topics": [']}, "topics": records}
    text = {
        "lines": "".join(f"{json.dumps(each)}\n" for each in records),
        "list": json.dumps(records),
        "document": json.dumps(document),
        "spread": json.dumps(document, indent=2),
    }[form]
    mine.pipe("topic", text)
    added = [{"id": "a", "label": "A"}, {"id": "b", "label": "B", "broader": "a"}]
    assert tomli.loads(mine.text)["topics"][1:] == added


def test_every_problem_of_json_is_told_by_its_line_and_nothing_is_added(mine: Mine) -> None:
    text = (
        '{"title": "fine", "date": "2017"}\n'
        '{"title": "b", "date": "2017-13", "acters": []}\n'
        "\n"
        '{"title": "c" "date": "2017"}\n'
        '{"id": "offer", "title": 1, "date": "2017"}\n'
        "[]\n"
        '{"type": "fact", "title": "d", "date": "2017", "actors": ["nobody"], "sources": "gazette"}\n'
    )
    assert problems(mine, "event", text) == [
        "standard input:2: event 'b': unknown key 'acters'. Did you mean 'actors'?",
        "standard input:2: event 'b': date '2017-13' is not a date: there is no month 13",
        "standard input:4: invalid JSON: expecting ',' delimiter",
        f"standard input:5: event 'offer': id 'offer' is already used at {mine.path}:18",
        "standard input:5: event 'offer': title must be text in quotes, not the number 1",
        "standard input:6: event: must be an object, written {...}",
        "standard input:7: event 'd': must have the type 'event', not 'fact'",
        "standard input:7: event 'd': actor not found: 'nobody'",
        "standard input:7: event 'd': sources must be a list in [ ], not text. Did you mean '[\"gazette\"]'?",
    ]


def test_the_same_id_twice_is_told(mine: Mine) -> None:
    text = '[{"id": "z", "label": "a"},\n {"id": "z", "label": "b"}]'
    assert problems(mine, "topic", text) == ["standard input:2: topic 'z': id 'z' is already used at standard input:1"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"label": "a"},\n{"label": "b"}', "standard input:2: invalid JSON: the list has no end"),
        ('{"label": "a"}\n{"label": "b', "standard input:2: invalid JSON: unterminated string starting at"),
        ("[" * 100_000, "standard input:1: is nested too deeply"),
    ],
)
def test_json_that_was_cut_off_adds_nothing(text: str, told: str, mine: Mine) -> None:
    assert told in problems(mine, "topic", text)


@pytest.mark.parametrize("text", ["", " \n", "[]", '{"schema_version": 1, "events": [{}]}'])
def test_nothing_to_add_is_a_wrong_command_line(text: str, mine: Mine) -> None:
    with pytest.raises(UsageError, match="nothing to add"):
        mine.pipe("topic", text)


def test_a_source_says_its_type_under_either_name(mine: Mine) -> None:
    mine.pipe("source", '{"type": "source", "source_type": "book", "title": "A"}\n{"type": "web", "title": "B"}')
    assert [each["type"] for each in tomli.loads(mine.text)["sources"][1:]] == ["book", "web"]
