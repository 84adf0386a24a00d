"""What is private is nowhere in what others get: a secret in every text of every record is looked for everywhere."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import _NEEDED, reporting
from korea_cli import formats
from korea_cli.checks.load import load
from korea_cli.chronology.opening import open_chronology
from korea_cli.cli.completion.line import words_in
from korea_cli.cli.completion.offers import offer
from korea_cli.dates.days import Day
from korea_cli.model.header import HIDING, Header
from korea_cli.model.records import EXTENDS, RECORDS, Record, file_keys, keys_of
from korea_cli.query.fields import all_filters

if TYPE_CHECKING:
    from conftest import Korea
    from korea_cli.model.field_spec import Key

    Values = dict[str, Any]

ROOT = Path(__file__).parents[2]
SECRET, YEAR = "zxqv", "1453"  # neither is anywhere else
OTHERS = [name for name in formats.names() if getattr(formats.load(name), "FOR_OTHERS", False)]
PARTS = ("here", "later", "elsewhere")  # a secret that is private, one under embargo, one in a private file
WORD_LISTS = {"kinds": "event", "actor_kinds": "actor", "source_types": "source"}


def secret_id(record: type[Record], part: str) -> str:
    return f"{SECRET}-{record.type}-{part}"


def secret_values(record: type[Record], part: str) -> Values:
    """Return a secret record with a value under every key that can have one."""
    values: Values = {"id": secret_id(record, part)}
    for written, key in file_keys(record).items():
        if (
            written not in {"id", *HIDING}
            and key.role != "whole"
            and (value := secret_value(record, written, key, part))
        ):
            values[written] = value
    values["distinct_from"] = [f"open-{record.type}"]  # not itself
    return {written: value for written, value in values.items() if value}


def secret_value(record: type[Record], written: str, key: Key, part: str) -> Any:  # noqa: ANN401 - as the key takes it
    word = f"{SECRET} {record.type} {written} {part}"
    own = f"{SECRET}-{record.type}-kind"
    cited = f"{secret_id(RECORDS[0], part)}#{SECRET}{written}"
    return {
        "text": word,
        "texts": [word],
        "url": f"https://{SECRET}.example/{written}",
        "doi": f"10.{YEAR}/{SECRET}",
        "wikidata": f"Q{YEAR}{YEAR}",
        "date": f"{YEAR}-05-29",
        "choice": own if key.more_in else key.choices[:1] and key.choices[0],
        "refs": [f"{SECRET}-{table.removesuffix('s')}-{part}" for table in key.refers],
        "ref": f"{SECRET}-{key.refers[0].removesuffix('s')}-{part}" if key.refers else "",
        "cites": [cited],
        "other_dates": [{"date": f"{YEAR}-05-30", "sources": [cited], "note": word}],
    }.get(key.form, "")


def open_values(record: type[Record]) -> Values:
    """Return a record for everybody that names a secret one wherever it can, and its words where they are quoted."""
    values: Values = {"id": f"open-{record.type}"}
    for written, key in file_keys(record).items():
        if key.words_of and "outcome" in key.words_of:
            values[written] = f"{SECRET} {written}"
        elif key.required and key.form == "text":
            values[written] = f"Open {record.type}"
        elif key.form == "ref":
            values[written] = secret_value(record, written, key, "here")
        elif key.form == "refs":
            shown = [f"open-{table.removesuffix('s')}" for table in key.refers if table != record.table]
            values[written] = [each for part in PARTS for each in secret_value(record, written, key, part)] + shown
        elif key.form in {"cites", "other_dates"}:
            values[written] = [each for part in PARTS for each in secret_value(record, written, key, part)]
            values[written] += ["open-source#p1"] if written == "sources" else []
    return values | ({"date": "2017-05-01", "place": "Busan"} if record.type == "event" else {})


def toml_of(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {toml_of(each)}' for key, each in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml_of, value))}]"
    return json.dumps(value, ensure_ascii=False)


def table_of(name: str, values: Values) -> str:
    lines = (f"{key} = {toml_of(value)}\n" for key, value in values.items())
    return f"{name}\n# {SECRET} in a comment\n{''.join(lines)}\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a chronology with a record of each type for everybody, and others with secrets in all their keys."""
    folder = tmp_path_factory.mktemp("private")
    words: Values = {name: [f"{SECRET}-{type_}-kind"] for name, type_ in WORD_LISTS.items()}
    places = [["Busan", "부산"], [f"{SECRET} event place here", f"{SECRET} lair"]]
    header: Values = {"title": "Open", "place_names": places, **words, "include": [f"{SECRET}-file.toml"]}
    texts = [table_of("[chronology]", header)]
    for record in RECORDS:
        texts.append(table_of(f"[[{record.table}]]", open_values(record)))
        texts.append(table_of(f"[[{record.table}]]", secret_values(record, "here") | {"private": True}))
        texts.append(table_of(f"[[{record.table}]]", secret_values(record, "later") | {"embargo": "2999-01-01"}))
    # Makes no sense without what is secret, or is only there for it, and does not say that it is private itself.
    held = {"id": f"{SECRET}-held", "text": f"{SECRET} held", "holders": [f"{SECRET}-actor-here"]}
    texts.append(table_of("[[facts]]", held))
    texts.append(table_of("[[sources]]", {"id": f"{SECRET}-only", "title": f"{SECRET} only"}))
    meeting: Values = {"id": f"{SECRET}-meeting", "title": f"{SECRET} meeting", "date": "2017", "private": True}
    texts.append(table_of("[[events]]", meeting | {"sources": [f"{SECRET}-only"]}))
    (folder / "main.toml").write_text("".join(texts), "utf-8")
    own: Values = {
        name: [f"{SECRET} {name}"] if key.form == "texts" else f"{SECRET} {name}"
        for name, key in keys_of(Header).items() if key.form in {"text", "texts"} and name != "include"
    }  # fmt: skip
    texts = [table_of("[chronology]", own | {"private": True, "place_names": [["Busan", f"{SECRET} place"]]})]
    for record in RECORDS:
        texts.append(table_of(f"[[{record.table}]]", secret_values(record, "elsewhere")))
        added: Values = {EXTENDS: f"open-{record.type}", "note": f"{SECRET} note"}
        texts.append(table_of(f"[[{record.table}]]", added))
    (folder / f"{SECRET}-file.toml").write_text("".join(texts), "utf-8")
    loaded = load([str(folder / "main.toml")])
    assert [problem.message for problem in loaded.problems] == []
    return folder / "main.toml"


def asked_of(command: str) -> list[str]:
    """Return a command with what it needs to find what is for everybody."""
    named = {"actor": ["open-actor"], "cite": ["open-event"], "show": [f"open-{each.type}" for each in RECORDS]}
    return [command, *named.get(command, ["open"] if command in _NEEDED else [])]


COMMANDS = [name for name in reporting() if name != "check"]


def leaks(text: str) -> bool:
    return SECRET in text.casefold() or YEAR in text


def test_everybody_gets_what_is_not_private_and_nothing_of_what_is(data: Path, korea: Korea) -> None:
    answers = {
        (command, form): korea(*asked_of(command), "-d", data, "--public", "-f", form)
        for command, form in product(COMMANDS, formats.names())
    }
    assert [key for key, run in answers.items() if leaks(run.out + run.err)] == []
    assert {run.code for run in answers.values()} == {0, 2}
    assert answers["timeline", "plain"].out == "2017-05-01\topen-event\tOpen event\tOpen actor\n"
    facts = [json.loads(line) for line in answers["facts", "jsonl"].out.splitlines()]
    assert [(each["id"], each["outcome"], each["outcome_sources"]) for each in facts] == [("open-fact", None, [])]


@pytest.mark.repeated  # it reaches what the test before it reaches
def test_formats_for_others_and_the_environment_ask_for_the_same(data: Path, korea: Korea) -> None:
    for command, form in product(COMMANDS, OTHERS):
        words = [*asked_of(command), "-d", str(data), "-f", form]
        public, own, everybody = korea(*words, "--public"), korea(*words), korea(*words, env={"KOREA_PUBLIC": "1"})
        assert public == everybody
        assert own.out == public.out
        assert not leaks(own.err)
        assert own.err == f"korea: left out 23 private records; --with-private includes them\n{public.err}"


def test_the_docs_name_the_formats_for_others() -> None:
    for page, after in {"formats": "data-format.md#private-records)", "data-format": "leave such records out"}.items():
        text = (ROOT / "docs" / f"{page}.md").read_text("utf-8").partition(f"{after}: ")[2]
        assert set(re.findall("`([a-z-]+)`", text.partition(".")[0])) == set(OTHERS), page


def test_the_keeper_gets_everything(data: Path, korea: Korea, tmp_path: Path) -> None:
    assert leaks(korea("timeline", "-d", data).out)
    assert leaks(korea("timeline", "-d", data, "-f", "ics", "--with-private").out)
    assert leaks(korea("check", data, "--notes", env={"KOREA_PUBLIC": "1"}).out)
    (tmp_path / "empty.toml").write_text("", "utf-8")
    assert leaks(korea("diff", tmp_path / "empty.toml", data, env={"KOREA_PUBLIC": "1"}).out)
    page = tmp_path / "page.html"
    run = korea("timeline", "-d", data, "-o", page)
    assert "left out 23 private records; --with-private includes them" in run.err
    assert not leaks(page.read_text("utf-8"))
    assert korea("timeline", "-d", data, "-o", page, "-q").err == ""


def test_no_message_names_what_is_private(data: Path, korea: Korea) -> None:
    near = SECRET[:-1]
    words = [("show", near), ("actor", near), ("cite", f"{near}-source"), ("timeline", "--from", f"{near}-event-here")]
    words += [
        ("timeline" if "event" in each.types else "facts", f"{name}:{near}") for name, each in all_filters().items()
    ]
    words += [("show", secret_id(record, part)) for record, part in product(RECORDS, PARTS)]
    for asked in words:
        run = korea(*asked, "-d", data, "--public")
        assert not leaks((run.out + run.err).replace(asked[-1], "").replace(asked[1], "")), run
    for line in ("show ", "actor ", "timeline actor:", "timeline place:", "timeline kind:", "facts id:", "sources "):
        offered = offer([each.text for each in words_in(f"{line}--public -d {data} ")][:-1], {}, described=True)
        assert not leaks(str(offered))
        typed = line.split(" ")
        offered = offer(typed, {"KOREA_DATA": str(data), "KOREA_PUBLIC": "1"}, described=True)
        assert not leaks(str(offered))
        assert leaks(str(offer(typed, {"KOREA_DATA": str(data)}, described=True))) is not line.startswith("sources")


def test_an_embargo_ends_by_the_clock(data: Path, korea: Korea) -> None:
    def known(day: str) -> list[str]:
        run = korea("timeline", "-d", data, "--public", "--today", day, "--fields", "id")
        return run.out.split()

    assert known("2998-12-31") == known("2017-01-01") == ["open-event"]
    assert known("2999-01-01") == [f"{SECRET}-event-later", "open-event"]
    assert known("2998") == ["open-event"]
    with open_chronology(data, public=Day(2999, 1, 1)) as later, open_chronology(data, public=True) as now:
        assert (later.left_out, now.left_out) == (18, 23)
        assert len(later.events()) == 2
        assert len(now.events()) == 1


def test_what_others_see_has_an_index_of_its_own_where_something_is_private(
    data: Path, korea: Korea, tmp_path: Path
) -> None:
    own = {"KOREA_CACHE": str(tmp_path / "indexes")}
    korea("timeline", "-d", data, "--public", env=own)
    (index,) = (tmp_path / "indexes").glob("*.index")
    assert not leaks(index.read_bytes().decode("latin-1"))
    korea("timeline", "-d", data, env=own)
    assert len(list((tmp_path / "indexes").glob("*.index"))) == 2
    (tmp_path / "open.toml").write_text('[[events]]\nid = "a"\ntitle = "A"\ndate = "2017"\n', "utf-8")
    for public in ((), ("--public",)):
        korea("timeline", "-d", tmp_path / "open.toml", *public, env=own)
    assert len(list((tmp_path / "indexes").glob("*.index"))) == 3


def test_to_ask_for_both_is_a_conflict(data: Path, korea: Korea) -> None:
    run = korea("timeline", "-d", data, "--public", "--with-private")
    assert (run.code, run.err) == (2, "korea: '--public' and '--with-private' cannot be used together\n")
    run = korea("timeline", "-d", data, "--with-private", env={"KOREA_PUBLIC": "1"})
    assert (run.code, run.err) == (2, "korea: '--with-private' cannot be used while $KOREA_PUBLIC is set\n")


def test_check_finds_the_names_of_private_records_in_what_others_may_read(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        """
        actors = [
            { id = "envoy", name = "The Envoy", aliases = ["특사", "Kim"], private = true },
            { id = "kim", name = "Kim Jong Un" }
        ]
        events = [
            { id = "talks", title = "THE ENVOY meets Kim Jong Un", date = "2017-05-25", note = "특사는 왔다" },
            { id = "walk", title = "The Envoys walk", date = "2017-05-26", note = "The envoy's word", private = true },
        ]
        facts = [{ id = "fact", text = "He saw how the envoys walk." }]
        """,
        "utf-8",
    )
    found = [line.split("\t")[3] for line in korea("check", "-d", file).out.splitlines() if "private" in line]
    assert found == [
        "title has the name of a private record, 'THE ENVOY', and others may read it",
        "note has the name of a private record, '특사', and others may read it",
        "text has the name of a private record, 'the envoys walk', and others may read it",
    ]


def test_no_table_of_an_export_has_a_secret(data: Path, korea: Korea, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
    for folder, setting in (("others", ()), ("own", ("--with-private",))):
        run = korea("export", "-d", data, "-f", "parquet", "-o", tmp_path / folder, *setting)
        assert run.code == 0, run.err
        files = [*(tmp_path / folder).rglob("*.parquet")]
        text = repr([duckdb.sql(f"FROM '{file}'").fetchall() for file in files])
        manifest = (tmp_path / folder / "manifest.json").read_text("utf-8")
        assert bool(leaks(text) or leaks(manifest)) is bool(setting)
    assert data.name not in text
    assert korea("export", "-d", f"parquet:{tmp_path / 'others'}").out == korea("export", "-d", data, "--public").out
