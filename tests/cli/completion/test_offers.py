"""At every place of a line stands what the command would take there."""

from __future__ import annotations

import pytest

from korea_cli import commands, formats
from korea_cli.cli.completion.line import words_in
from korea_cli.cli.completion.offers import offer
from korea_cli.cli.completion.writing import Offer
from korea_cli.query.filters import FILTERS
from korea_cli.query.relation_filters import RELATION_FILTERS


def offered(line: str, **environment: str) -> Offer:
    words = words_in(f"korea {line}")
    return offer([word.text for word in words[1:]], environment, described=True)


def values(line: str, **environment: str) -> list[str]:
    return [choice.value for choice in offered(line, **environment).choices]


def test_a_command_is_offered_with_what_it_is_for() -> None:
    assert values("") == list(commands.names())
    (choice,) = offered("tim").choices
    assert choice == ("timeline", "List events, oldest first.", ())


@pytest.mark.parametrize(("line", "expected"), [("--v", ["--version"]), ("-", ["--help", "--version"])])
def test_before_the_command_stand_its_two_options(line: str, expected: list[str]) -> None:
    assert values(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("timeline --fo", ["--format", "--force"]),
        ("timeline --s", ["--source", "--status", "--since", "--sort"]),
        ("timeline --json --js", []),
        ("timeline -a putin --ac", ["--actor"]),
        ("timeline -a --fo", []),
        ("timeline -- --fo", []),
        ("check --str", ["--strict"]),
        ("timeline --str", []),
        ("completion --", ["--help"]),
        ("add event --tim", ["--time", "--timezone"]),
    ],
)
def test_an_option_is_offered_by_the_command_that_has_it_once_unless_it_repeats(line: str, expected: list[str]) -> None:
    assert values(line) == expected


def test_short_spellings_stand_after_a_bare_hyphen_only() -> None:
    assert {"-f", "-a", "--format", "--help"} <= set(values("timeline -"))
    assert not any(len(value) == 2 for value in values("timeline --"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("timeline --format js", ["json", "jsonl"]),
        ("timeline -f js", ["json", "jsonl"]),
        ("timeline -fjs", ["json", "jsonl"]),
        ("timeline --format=js", ["json", "jsonl"]),
        ("import x --format js", ["json", "jsonl"]),
        ("import x -f ht", []),
        ("timeline --color a", ["auto", "always"]),
        ("completion ", ["bash", "fish", "zsh"]),
        ("completion bash ", []),
        ("add ev", ["event"]),
        ("add event --status dis", ["disputed"]),
        ("help qu", ["QUERY"]),
        ("help t", ["timeline", "topics"]),
        ("help f", ["FORMATS", "facts", "fmt"]),
        ("timeline --status dis", ["disputed"]),
        ("facts status:", ["undisputed", "disputed", "contradicted", "withdrawn", "unverified", "opinion"]),
        ("actors --status contr", ["contradicted"]),
        ("timeline basis:y", ["year-inferred"]),
        ("timeline kind:te", ["test"]),
        ("facts -k f", ["fact", "forecast"]),
        ("actors -k pers", ["person"]),
        ("sources kind:off", ["official-record", "official"]),
        ("timeline --sort ti", ["title", "time", "timezone"]),
        ("search --sort ti", ["title"]),
        ("topics --sort la", ["label", "last"]),
        ("timeline --fields id,ti", ["title", "time", "timezone"]),
        ("timeline --fields title,ti", ["time", "timezone"]),
        ("show --fields answ", ["answered_by"]),
        ("stats --fields lab", ["label"]),
        ("check --fields sug", ["suggestion"]),
        ("timeline --limit ", []),
        ("timeline --from 201", []),
        ("timeline --json=", []),
        ("timeline --nonsense=", []),
        ("nonsense ", []),
    ],
)
def test_an_option_has_its_own_values(line: str, expected: list[str]) -> None:
    assert values(line) == expected


def test_every_format_is_offered() -> None:
    assert values("timeline -f ") == list(formats.names())


@pytest.mark.parametrize(
    ("command", "has", "lacks"),
    [("timeline", "to:", "about:"), ("facts", "about:", "to:"), ("search", "about:", ""), ("actors", "country:", "")],
)
def test_a_query_begins_with_the_fields_of_its_command(command: str, has: str, lacks: str) -> None:
    found = offered(f"{command} ")
    fields = [choice.value for choice in found.choices]
    assert found.unfinished
    assert has in fields
    assert lacks not in fields
    assert fields[-1] == "not:"
    assert {field.removesuffix(":") for field in fields[:-1]} <= {*FILTERS, *RELATION_FILTERS}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ac", ["actor:"]), ("acc", ["accessed:"]), ("no", ["no:", "not:"]), ("not", ["note:", "not:"]),
        ("not:quo", ["quote:"]), ("ANSWERED", ["answered-by:"]), ("pub", ["publisher:"]), ("x", []),
    ],
)  # fmt: skip
def test_fields_of_mere_keys_are_offered_where_no_other_begins_so(typed: str, expected: list[str]) -> None:
    assert values(f"timeline {typed}") == expected


@pytest.mark.parametrize(
    ("line", "expected", "kept"),
    [
        ("timeline actor:pu", ["putin"], 6),
        ("timeline not:actor:pu", ["putin"], 10),
        ("timeline actor:=pu", ["putin"], 7),
        ("timeline NOT:Actor:PU", ["putin"], 10),
        ("timeline -a pu", ["putin"], 0),
        ("timeline --actor=pu", ["putin"], 8),
        ("timeline -apu", ["putin"], 2),
        ("timeline missile -n 3 actor:pu", ["putin"], 6),
        ("timeline actor:문재", ["moon-jae-in"], 6),
        ("timeline 'actor:Han S", ["han-song-ryol"], 6),
        ("actor Vladimir\\ P", ["putin"], 0),
        ("actor putin actor:pu", ["putin"], 6),
        ("show putin vladimir\\ p", ["putin"], 0),
        ("show hwasong-14-l", ["hwasong-14-launch"], 0),
        ("timeline id:hwasong-14-l", ["hwasong-14-launch"], 3),
        ("timeline id:moon-j", [], 3),
        ("timeline topic:thaa", ["thaad"], 6),
        ("timeline answers:hwasong-14-l", ["hwasong-14-launch"], 8),
        ("facts disputed-by:icbm-ru", ["icbm-russia"], 12),
        ("timeline precision:mo", ["month"], 10),
        ("timeline voice:state", ["state-media"], 6),
        ("facts hedged:t", ["true"], 7),
        ("timeline has:quo", ["quote"], 4),
        ("timeline -t thaa", ["thaad"], 0),
        ("timeline country:Russ", ["RUS"], 8),
        ("timeline place:St\\ P", ["St Petersburg"], 6),
        ("timeline place:모스", ["Moscow"], 6),
        ("timeline date:2017", [], 5),
        ("timeline nonsense:x", [], 9),
    ],
)
def test_a_value_comes_from_the_data_by_id_or_name(line: str, expected: list[str], kept: int) -> None:
    found = offered(line)
    assert [choice.value for choice in found.choices] == expected
    assert found.start == kept


@pytest.mark.parametrize(
    "line", ["timeline -d ", "timeline -o ", "timeline --output=", "check ", "check a.toml ", "import ", "init --from "]
)
def test_files_are_left_to_the_shell(line: str) -> None:
    assert offered(line) == Offer(files=True, start=len("--output=") if "=" in line else 0)


@pytest.mark.parametrize(
    ("line", "words"), [("timeline -d b", ["builtin"]), ("check b", ["builtin"]), ("stats -o b", [])]
)
def test_the_builtin_record_stands_among_the_data_files(line: str, words: list[str]) -> None:
    assert values(line) == words
    assert offered(line).files
