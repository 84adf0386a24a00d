"""What no person writes is refused as anything else is: numbers, names and lists without end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.base.nearest import nearest
from korea_cli.checks.load import load
from korea_cli.reading import findings
from korea_cli.reading.findings import Finding, RecordPlace, Typo, to_problems
from korea_cli.reading.toml import Document

if TYPE_CHECKING:
    from pathlib import Path

HUGE = f"0x{'f' * 3600}"
EVENT = '[[events]]\nid = "a"\ntitle = "A"\ndate = "2017"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(text: str) -> list[str]:
    """Read a file and return its problems."""
    with open("x.toml", "w", encoding="utf-8") as file:  # noqa: PTH123 - of the folder one is in
        file.write(text)
    return [str(problem) for problem in load(["x.toml"]).problems]


@pytest.mark.parametrize("key", ["title", "date", "kind", "actors", "sources", "other_dates", "time", "x"])
@pytest.mark.parametrize("value", [HUGE, f"[{HUGE}]", f"[[{HUGE}]]", f"[{{date = {HUGE}}}]", f"0b{'1' * 20000}"])
def test_a_number_of_thousands_of_digits_is_a_wrong_value(key: str, value: str) -> None:
    problems = said(f'[[events]]\nid = "a"\n{key} = {value}\n')
    assert {problem.split(":")[1] for problem in problems} == {"1", "3"}
    assert max(map(len, problems)) < 1200


def test_a_schema_of_thousands_of_digits_is_an_unknown_one() -> None:
    (problem,) = said(f"[chronology]\nschema = {HUGE}\n{EVENT}")
    assert problem.startswith("x.toml:2:10: [chronology]: unknown schema 0xffffff")
    assert problem.endswith("fff; this program reads schema 1")
    assert len(problem) < 1200


@pytest.mark.parametrize("written", ['kind = "{}"', 'time = "{}"', 'date_basis = "{}"', "{} = 1", 'actors = ["{}"]'])
def test_a_text_without_end_is_quoted_at_its_beginning_and_its_end(written: str) -> None:
    declared = '[[actors]]\nid = "b"\nname = "B"\n'
    long = f"first{'m' * 100_000}last"
    (problem,) = said(f"{declared}{EVENT}{written.format(long)}\n")
    assert "first" in problem
    assert "last" in problem
    assert len(problem) < 1200


def test_an_id_without_end_is_cut_where_it_is_named() -> None:
    (problem,) = said(EVENT.replace('"a"', f'"{"a" * 100_000}"') + "x = 1\n")
    assert problem.endswith("unknown key 'x'")
    assert len(problem) < 1200


@pytest.mark.parametrize("count", [20, 21, 5000])
def test_unknown_keys_of_a_record_are_listed_up_to_twenty_and_the_rest_is_counted(count: int) -> None:
    problems = said(EVENT + "".join(f"k{number} = 1\n" for number in range(count)))
    listed = [f"x.toml:{number + 5}:1: events[1] 'a': unknown key 'k{number}'" for number in range(20)]
    counted = [f"x.toml:1:1: events[1] 'a': has {count - 20:,} more unknown keys"] if count > 20 else []
    assert problems == counted + listed


def test_each_record_has_its_own_unknown_keys() -> None:
    keys = "".join(f"k{number} = 1\n" for number in range(19))
    assert len(said("".join(EVENT.replace('"a"', f'"e{number}"') + keys for number in range(3)))) == 57


@pytest.mark.parametrize(("written", "listed"), [("[k{}]\n", 21), ("[[k{}]]\n", 21), ("k{} = 1\n", 21)])
def test_unknown_tables_and_keys_before_them_are_counted_too(written: str, listed: int) -> None:
    problems = said("".join(written.format(number) for number in range(5000)))
    assert len(problems) == listed
    assert "has 4,980 more unknown tables and keys" in "".join(problems)


def test_unknown_keys_of_the_header_are_counted_too() -> None:
    assert len(said("[chronology]\n" + "".join(f"k{number} = 1\n" for number in range(5000)))) == 21


def suggested(count: int, known: set[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return how many of so many mistyped words get a suggestion, and how often one was looked for."""
    asked: list[str] = []

    def counted(word: str, words: Any) -> str | None:  # noqa: ANN401 - as the real one takes them
        asked.append(word)
        return nearest(word, words)

    monkeypatch.setattr(findings, "nearest", counted)
    place, document = RecordPlace(0, "", 0), Document(name="x", path=None, text="")
    wrong = [Finding(place, "", "m", Typo(f"word{number}x", known, "; advice")) for number in range(count)]
    problems = to_problems(wrong, [document])
    assert all((problem.message == "m") is (problem.suggestion is not None) for problem in problems)
    return sum(problem.suggestion is not None for problem in problems), len(asked)


def test_suggestions_are_looked_for_only_as_long_as_that_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert suggested(300, {f"word{number}" for number in range(300)}, monkeypatch) == (300, 300)
    assert suggested(5000, {f"word{number}" for number in range(5000)}, monkeypatch)[1] == 96
    monkeypatch.setattr(findings, "_EFFORT", 10)
    assert suggested(5000, {"word1", "word2"}, monkeypatch)[1] == 5


def test_the_same_slip_gets_the_same_suggestion_however_often_it_stands() -> None:
    events = "".join(EVENT.replace('"a"', f'"e{number}"') + "acters = []\n" for number in range(3000))
    assert {problem.partition("unknown")[2] for problem in said(events)} == {" key 'acters'. Did you mean 'actors'?"}


def test_what_is_too_long_or_too_unlike_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def matches(_: str, words: list[str], **__: object) -> list[str]:
        compared.extend(words)
        return []

    monkeypatch.setattr("difflib.get_close_matches", matches)
    nearest("a" * 101, ["a" * 101])
    nearest("missile", ["mis", "missiles", "missile-defence-of-korea", "xissile"])
    assert compared == ["missiles", "xissile"]
    compared.clear()
    nearest("missile", [f"missil{number}" for number in range(2000)] + ["xissile"])
    assert (len(compared), "xissile" in compared) == (1000, False)


def belonging(parents: dict[str, list[str]], table: str) -> str:
    """Write actors or topics with what they belong to."""
    key, name = ("part_of", "name") if table == "actors" else ("broader", "label")
    return "".join(
        f'[[{table}]]\nid = "{child}"\n{name} = "{child}"\n{key} = {above if table == "actors" else repr(above[0])}\n'
        if above
        else f'[[{table}]]\nid = "{child}"\n{name} = "{child}"\n'
        for child, above in parents.items()
    )


def chain(count: int) -> dict[str, list[str]]:
    return {f"a{number}": [f"a{number - 1}"] if number else [] for number in range(count)}


@pytest.mark.parametrize(("table", "key"), [("actors", "part_of"), ("topics", "broader")])
def test_a_chain_of_belonging_may_have_a_hundred_steps(table: str, key: str) -> None:
    assert said(belonging(chain(101), table)) == []
    (problem,) = said(belonging(chain(2000), table))  # told once, where it begins to be too many
    message = f"{key} leads to more than 100 others in all; remove some of them"
    assert problem.endswith(f"{table}[102] 'a101': {message}")


def test_what_belongs_to_many_by_many_ways_is_refused_too() -> None:
    wide: dict[str, list[str]] = {f"a{number}": [] for number in range(101)}
    assert [problem.split("'")[1] for problem in said(belonging(wide | {"b": list(wide)}, "actors"))] == ["b"]
    layers = [[f"a{layer}-{number}" for number in range(30)] for layer in range(40)]
    parents = {name: above for layer, above in zip(layers, [[], *layers], strict=False) for name in layer}
    assert {problem.split("'")[1] for problem in said(belonging(parents, "actors"))} == set(layers[4])


@pytest.mark.parametrize("step", [1, -1])
def test_a_circle_of_thousands_is_found_once(step: int) -> None:
    circle = {f"a{number}": [f"a{(number + step) % 3000}"] for number in range(3000)}
    (problem,) = said(belonging(circle, "actors"))
    assert "part_of forms a cycle: a0 -> a" in problem
    assert len(problem) < 1200


def test_circles_without_end_are_listed_up_to_twenty() -> None:
    everybody = [f"a{number}" for number in range(60)]
    problems = said(belonging(dict.fromkeys(everybody, everybody), "actors"))
    assert len(problems) == 20
    assert all("part_of forms a cycle" in problem for problem in problems)


def test_problems_without_end_are_listed_up_to_a_number_and_the_rest_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(findings, "_MOST", 100)
    problems = said("[[events]]\n" * 1000)
    assert len(problems) == 101
    assert problems[0] == "x.toml:1:1: events[1]: id is required"
    assert problems[-1] == "x.toml: has 2,900 more problems, which are not listed"
    assert said("".join(EVENT.replace('"a"', f'"e{number}"') for number in range(100))) == []
    assert [str(problem) for problem in load(["x.toml"]).check("warning")][100:] == [
        "x.toml: has 100 more problems, which are not listed"
    ]
