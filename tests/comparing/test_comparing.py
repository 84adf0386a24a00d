"""Two versions of a chronology differ in what was changed and in nothing else, each difference told by its meaning."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.checks.load import load_valid
from korea_cli.comparing import renames
from korea_cli.comparing.changes import COMPARED, Change, compare
from korea_cli.dates.parse import parse_stored
from korea_cli.model.citation import Citation
from korea_cli.model.field_spec import LISTS
from korea_cli.model.records import RECORDS, Event, Fact, Source, keys_of, title_of
from korea_cli.reading.draft import Draft
from korea_cli.reading.records import read_records
from korea_cli.reading.toml import Document, parse_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from korea_cli.model.records import Record

BUILTIN = load_valid(["builtin"]).draft
TITLES = {"event": "title", "fact": "text", "actor": "name", "topic": "label", "source": "title"}
Told = tuple[str, str, str, str]  # change, type of record, id, key


def read(text: str) -> Draft:
    draft = read_records([parse_document(Document(name="x.toml", path=None, text=text))[0]])
    assert draft.findings == []
    return draft


def told(changes: Iterable[Change]) -> list[Told]:
    return [(each.change, each.record, each.id, each.key) for each in changes]


def with_records(records: dict[str, list[Any]]) -> Draft:
    return Draft(header=BUILTIN.header, records=records)


def event(id_: str = "launch", **keys: str) -> str:
    values = {"title": '"A launch"', "date": '"2017-07-04"', **keys}
    return f'[[events]]\nid = "{id_}"\n' + "".join(f"{key} = {value}\n" for key, value in values.items())


def difference(before: str, after: str) -> Change:
    (change,) = compare(read(before), read(after))
    return change


# ---- one difference


@pytest.mark.parametrize(
    ("key", "old", "new", "change", "words"),
    [
        ("date", '"2017-07-04"', '"2017-07-03/2017-07-04"', "redated", "was: 4 Jul 2017; now: 3–4 Jul 2017"),
        ("title", '"A launch"', '"A test"', "retitled", "was: A launch; now: A test"),
        ("status", '"reported"', '"confirmed"', "changed", "was: reported; now: confirmed"),
        ("status", '""', '"disputed"', "gained", "disputed"),
        ("note", '"Seen."', '""', "lost", "Seen."),
        ("sources", '["s#p1"]', '["s#p1", "s#p2", "t"]', "gained", "s#p2, t"),
        ("sources", '["s#p1", "t"]', '["t"]', "lost", "s#p1"),
        ("disputed_by", "[]", '["f"]', "gained", "f"),
        ("other_dates", "[]", '[{ date = "2017-07-03", sources = ["s"], note = "n" }]', "gained", "3 Jul 2017 by s: n"),
        ("other_dates", '[{ date = "2017" }]', "[]", "lost", "2017"),
    ],
)
def test_a_difference_is_told_by_what_it_means(key: str, old: str, new: str, change: str, words: str) -> None:
    found = difference(event(**{key: old}), event(**{key: new}))
    assert told([found]) == [(change, "event", "launch", key)]
    assert found.words == words


def test_values_are_given_as_a_file_has_them() -> None:
    gone = difference(event(sources='["s#p1", "t"]'), event(sources='["t"]'))
    assert (gone.old, gone.new) == (["s#p1"], None)
    dated = difference(event(), event(date='"2017"'))
    assert (dated.old, dated.new) == ("2017-07-04", "2017")
    other = difference(event(), event(other_dates='[{ date = "2017-07-03", sources = ["s#p1"] }]'))
    assert other.new == [{"date": "2017-07-03", "sources": ["s#p1"], "note": None}]


def test_a_flag_changes_from_one_answer_to_the_other() -> None:
    fact = '[[facts]]\nid = "f"\ntext = "T"\n'
    found = difference(fact, f"{fact}hedged = true\n")
    assert (found.change, found.key, found.old, found.new, found.words) == (
        "changed", "hedged", False, True, "was: no; now: yes",
    )  # fmt: skip


def test_what_a_chronology_says_of_itself_is_compared_but_not_how_it_is_written() -> None:
    head = '[chronology]\ntitle = "{}"\nschema = 1\nas_of = "{}"\n'
    changes = list(compare(read(head.format("A", "2017")), read(head.format("B", "2018").replace("schema = 1\n", ""))))
    assert told(changes) == [("changed", "chronology", "", "title"), ("changed", "chronology", "", "as_of")]
    assert changes[1].words == "was: 2017; now: 2018"


def test_a_source_is_told_under_the_keys_of_json() -> None:
    source = '[[sources]]\nid = "s"\ntitle = "S"\ntype = "{}"\n'
    assert difference(source.format("book"), source.format("web")).key == "source_type"


# ---- no difference


def test_the_order_of_records_and_of_most_lists_is_no_difference() -> None:
    one, two = event("one", actors='["a", "b"]', sources='["s", "t#1"]'), event("two")
    other = event("one", actors='["b", "a"]', sources='["t#1", "s"]')
    assert list(compare(read(one + two), read(two + other))) == []


@pytest.mark.parametrize(
    ("before", "key"),
    [
        ('[[sources]]\nid = "s"\ntitle = "S"\nauthors = ["A", "B", "C"]\n', "authors"),
        ('[[facts]]\nid = "f"\ntext = "F"\nreported_by = ["A", "B", "C"]\n'.replace("A", "a"), "reported_by"),
    ],
)
def test_the_order_of_authors_and_reporters_is_one(before: str, key: str) -> None:
    after = before.replace('"B", "C"', '"C", "B"')
    found = [each for each in compare(read(before.lower()), read(after.lower())) if each.record in {"source", "fact"}]
    assert [(each.change, each.key) for each in found] == [("reordered", key)]
    assert found[0].words == "was: a, b, c; now: a, c, b".replace(", ", "; " if key == "authors" else ", ")


def test_an_empty_value_and_none_are_the_same() -> None:
    assert list(compare(read(event()), read(event(note='""', sources="[]", kind='""')))) == []


# ---- other ids


def test_a_record_that_has_another_id_and_says_the_same_is_renamed_and_what_refers_to_it_follows() -> None:
    def text(id_: str) -> str:
        return event(id_, note='"N"') + event("answer", responds_to=f'["{id_}"]', title='"An answer"')

    found = difference(text("launch"), text("take-off"))
    assert told([found]) == [("renamed", "event", "take-off", "id")]
    assert (found.old, found.new, found.words) == ("launch", "take-off", "was: launch; now: take-off")


def test_renamed_records_may_refer_to_one_another_in_a_row() -> None:
    def text(end: str) -> str:
        topics = f'[[topics]]\nid = "t{end}"\nlabel = "T"\n[[sources]]\nid = "s{end}"\ntitle = "S"\n'
        facts = f'[[facts]]\nid = "f{end}"\ntext = "F"\nsources = ["s{end}#p1"]\nevents = ["b{end}"]\n'
        other = f'[{{ date = "2016", sources = ["s{end}"] }}]'
        first = event(f"a{end}", topics=f'["t{end}"]', other_dates=other)
        return topics + facts + event(f"b{end}", responds_to=f'["a{end}"]', title='"B"') + first

    changes = told(compare(read(text("1")), read(text("2"))))
    assert {change for change, *_ in changes} == {"renamed"}
    assert {id_ for _, _, id_, _ in changes} == {"t2", "s2", "f2", "a2", "b2"}


@pytest.mark.parametrize("length", [2, 9, 40, 300])
@pytest.mark.parametrize("backwards", [False, True])
def test_a_chain_of_renamed_records_is_followed_to_its_end(
    length: int, backwards: bool, monkeypatch: pytest.MonkeyPatch  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    def text(end: str) -> str:
        events = [event(f"e0{end}")]
        events += [event(f"e{n}{end}", responds_to=f'["e{n - 1}{end}"]') for n in range(1, length)]
        return "\n".join(reversed(events) if backwards else events)

    looked_at: list[str] = []
    content = renames._content  # noqa: SLF001 - what it costs is counted there

    def counted(entry: Record, ways: renames.Renames) -> tuple[Any, ...]:
        looked_at.append(entry.id)
        return content(entry, ways)

    monkeypatch.setattr("korea_cli.comparing.renames._content", counted)
    changes = told(compare(read(text("")), read(text("-new"))))
    assert sorted(changes) == sorted(("renamed", "event", f"e{n}-new", "id") for n in range(length))
    assert len(looked_at) <= 3 * length  # each record once, and once more where what it refers to was renamed


def test_an_id_in_two_tables_is_followed_in_the_one_that_is_meant() -> None:
    def text(actor: str, disputed: str) -> str:
        return (
            '[[topics]]\nid = "x"\nlabel = "X"\n[[facts]]\nid = "x"\ntext = "X"\n'
            f'[[actors]]\nid = "{actor}"\nname = "X"\n' + event(actors=f'["{actor}"]', disputed_by=f'["{disputed}"]')
        )

    renamed = ("renamed", "actor", "y", "id")
    assert told(compare(read(text("x", "x")), read(text("y", "x")))) == [renamed]
    assert told(compare(read(text("x", "x")), read(text("y", "y")))) == [
        ("gained", "event", "launch", "disputed_by"),
        ("lost", "event", "launch", "disputed_by"),
        renamed,
    ]


def test_an_actor_or_topic_whose_name_a_new_one_has_is_renamed_whatever_else_has_changed() -> None:
    def text(id_: str, keys: str, label: str = "T") -> str:
        topic = f'[[topics]]\nid = "t{id_}"\nlabel = "{label}"\n'
        return f'[[actors]]\nid = "{id_}"\n{keys}' + topic + event(actors=f'["{id_}"]', topics=f'["t{id_}"]')

    before = text("x", 'name = "X"\n')
    assert told(compare(read(before), read(text("y", 'name = "Y"\naliases = ["Z", "X"]\nrole = "R"\n')))) == [
        ("renamed", "actor", "y", "id"),
        ("retitled", "actor", "y", "name"),
        ("gained", "actor", "y", "aliases"),
        ("gained", "actor", "y", "role"),
        ("renamed", "topic", "ty", "id"),
    ]
    both = text("y", 'name = "Y"\n', "U") + '[[topics]]\nid = "z"\nlabel = "V"\naliases = ["T"]\n'
    changes = set(told(compare(read(before), read(both + '[[topics]]\nid = "w"\nlabel = "T"\nnote = "N"\n'))))
    assert not {each for each in changes if each[0] == "renamed"}, (
        "two have the name of the topic, none that of the actor"
    )


def test_of_several_that_say_the_same_each_is_renamed_once() -> None:
    before, after = event("a") + event("b") + event("c"), event("x") + event("y")
    changes = list(compare(read(before), read(after)))
    assert [(each.change, each.old, each.id) for each in changes] == [
        ("renamed", "a", "x"),
        ("renamed", "b", "y"),
        ("removed", None, "c"),
    ]


def test_a_record_that_has_another_id_and_says_something_else_is_another_record() -> None:
    changes = list(compare(read(event("a")), read(event("b", date='"2018"'))))
    assert [(each.change, each.id, each.words) for each in changes] == [
        ("added", "b", "2018"),
        ("removed", "a", "4 Jul 2017"),
    ]


# ---- order


def test_differences_stand_by_type_then_as_in_the_new_file_with_what_is_gone_behind() -> None:
    fact = '[[facts]]\nid = "f"\ntext = "{}"\n'
    before = fact.format("F") + event("gone", title='"G"') + event("one") + event("two", title='"T"')
    after = event("two", title='"U"') + event("new", title='"N"') + event("one", note='"n"') + fact.format("E")
    assert [id_ for _, _, id_, _ in told(compare(read(before), read(after)))] == ["two", "new", "one", "gone", "f"]


def test_every_type_of_record_is_compared() -> None:
    assert set(COMPARED) == set(RECORDS)


# ---- laws


class Mutation(NamedTuple):
    """A change of one record: what becomes of it, and what must be told of it."""

    name: str
    change: Callable[[Any], Any]
    told: Callable[[Any], list[tuple[str, str]]]
    types: tuple[type[Record], ...] = RECORDS


def _retitled(entry: Any) -> Any:  # noqa: ANN401 - a record
    return replace(entry, **{TITLES[entry.type]: f"{title_of(entry)}!"})


def _without(entry: Any, key: str) -> list[tuple[str, str]]:  # noqa: ANN401
    return [("lost", key)] if getattr(entry, key) else []


MUTATIONS = (
    Mutation("retitle", _retitled, lambda entry: [("retitled", TITLES[entry.type])]),
    Mutation("remove", lambda _: None, lambda _: [("removed", "")]),
    Mutation(
        "note",
        lambda entry: replace(entry, note=f"{entry.note}!"),
        lambda entry: [("changed" if entry.note else "gained", "note")],
    ),
    Mutation(
        "redate",
        lambda entry: replace(entry, date=parse_stored("1950-06-25")),
        lambda entry: [("redated" if entry.date else "gained", "date")],
        (Event, Fact),
    ),
    Mutation(
        "cite",
        lambda entry: replace(entry, sources=(*entry.sources, Citation("ramani-2017", "p99"))),
        lambda _: [("gained", "sources")],
        (Event, Fact),
    ),
    Mutation(
        "uncite",
        lambda entry: replace(entry, sources=()),
        lambda entry: _without(entry, "sources"),
        (Event, Fact),
    ),
    Mutation(
        "undispute",
        lambda entry: replace(entry, disputed_by=()),
        lambda entry: _without(entry, "disputed_by"),
        (Event, Fact),
    ),
    Mutation("unnamed", lambda entry: replace(entry, url=""), lambda entry: _without(entry, "url"), (Source,)),
)
PLACES = [(record.table, number) for record in RECORDS for number in range(len(BUILTIN.records[record.table]))]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Draft, list[Told]]:
    """Give the built-in record with some records changed, and what must be told of that."""
    records = {table: list(entries) for table, entries in BUILTIN.records.items()}
    expected: list[Told] = []
    for table, number in draw(st.lists(st.sampled_from(PLACES), unique=True, max_size=12)):
        entry = records[table][number]
        mutation = draw(st.sampled_from([each for each in MUTATIONS if type(entry) in each.types]))
        records[table][number] = mutation.change(entry)
        expected += [(change, entry.type, entry.id, key) for change, key in mutation.told(entry)]
    for table, number in draw(st.lists(st.sampled_from(PLACES), unique=True, max_size=3)):
        copied = _retitled(BUILTIN.records[table][number])
        added = replace(copied, id=f"new-{copied.id}", note="new")
        records[table].append(added)
        expected.append(("added", added.type, added.id, ""))
    kept = {table: [entry for entry in entries if entry] for table, entries in records.items()}
    return with_records(kept), sorted(expected)


def shuffled(draft: Draft, seed: int) -> Draft:
    """Give a draft with its records, and the lists that are sets, in another order, from another file."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets

    def moved(entry: Any) -> Any:  # noqa: ANN401 - a record
        lists = {
            name: tuple(dice.sample(getattr(entry, name), len(getattr(entry, name))))
            for name, key in keys_of(type(entry)).items()
            if key.form in LISTS and name not in {"authors", "reported_by"}
        }
        return replace(entry, **lists, file="elsewhere.toml", line=1)

    return with_records(
        {
            table: dice.sample([moved(entry) for entry in entries], len(entries))
            for table, entries in draft.records.items()
        }
    )


@given(version=mutated(), seed=st.integers())
def test_a_version_does_not_differ_from_itself_in_any_order(version: tuple[Draft, list[Told]], seed: int) -> None:
    draft, _ = version
    assert list(compare(draft, draft)) == []
    assert list(compare(draft, shuffled(draft, seed))) == []


@given(version=mutated(), seed=st.integers())
def test_what_was_changed_is_told_and_nothing_else(version: tuple[Draft, list[Told]], seed: int) -> None:
    draft, expected = version
    assert sorted(told(compare(BUILTIN, draft))) == expected
    assert sorted(told(compare(BUILTIN, shuffled(draft, seed)))) == expected


MIRRORED = {"added": "removed", "removed": "added", "gained": "lost", "lost": "gained"}


@given(version=mutated())
def test_the_other_way_round_the_same_is_told_the_other_way_round(version: tuple[Draft, list[Told]]) -> None:
    draft, _ = version
    there, back = list(compare(BUILTIN, draft)), list(compare(draft, BUILTIN))
    assert sorted((MIRRORED.get(each.change, each.change), each.id, each.key) for each in there) == sorted(
        (each.change, each.id, each.key) for each in back
    )
    assert sorted((each.id, each.key, str((each.new, each.old))) for each in there) == sorted(
        (each.id, each.key, str((each.old, each.new))) for each in back
    )
