"""The disputes of a chronology: each once, its sides and state worked out here from the file, in every format."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from questions.disagreements import Work

if TYPE_CHECKING:
    from conftest import Korea
    from questions.disagreements import Ref

DATA = Path(__file__).parents[1] / "data" / "disputes.toml"
OWN = ("-d", DATA, "-q")


@pytest.fixture(scope="module")
def work() -> Work:
    return Work(DATA.read_text("utf-8"))


def rows_of(korea: Korea, *arguments: str | Path) -> list[dict[str, Any]]:
    run = korea("disputes", *arguments, "--json")
    assert run.code == 0, run.err
    document = json.loads(run.out)
    assert document["count"] == len(document["disputes"])
    rows: list[dict[str, Any]] = document["disputes"]
    return rows


def records_in(row: dict[str, Any]) -> set[Ref]:
    return {(each["record"], each["id"]) for each in row["positions"] if each["record"] in {"event", "fact"}}


def sides_of(row: dict[str, Any]) -> list[set[str]]:
    numbers = [each["side"] for each in row["positions"]]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, row["side_count"] + 1))
    return [{each["id"] for each in row["positions"] if each["side"] == number} for number in sorted(set(numbers))]


def test_each_dispute_is_listed_once_and_whole(work: Work, korea: Korea) -> None:
    rows = [row for row in rows_of(korea, *OWN) if row["contested"] == "claims"]
    expected = work.disputes()
    assert sorted(map(sorted, map(records_in, rows))) == sorted(map(sorted, expected))
    for row in rows:
        members = records_in(row)
        own = {other for ref in members for other in work.opponents(ref)} | members
        assert {(each["record"], each["id"]) for each in row["positions"]} == own
        assert row["position_count"] == len(row["positions"]) == len(own)
        ref, title = work.title(members)
        assert row["title"] == title
        assert row["event"] == ({"type": "event", "id": ref[1], "title": title} if ref[0] == "event" else None)
        head = ref if ref in members else work.most(members)
        assert row["id"] == {("fact", "march"): "fact:march"}.get(head, head[1])


def test_sides_and_states_are_as_the_file_has_them(korea: Korea) -> None:
    found = {row["id"]: (row["state"], sides_of(row)) for row in rows_of(korea, *OWN)}
    assert found == {
        "launch#date": ("open", [{"launch"}] * 2),
        "gamma": ("settled", [{"gamma"}, {"alpha", "judge"}, {"beta"}]),
        "march": ("open", [{"march"}, {"march-denied"}]),
        "talks#date": ("open", [{"talks"}] * 3),
        "visit#date": ("one-sided", [{"visit"}] * 2),
        "quarrel-1": ("one-sided", [{"quarrel-1", "quarrel-2"}, {"judge"}]),
        "chain-4": ("one-sided", [{"chain-4", "chain-2"}, {"chain-1", "chain-3", "chain-5"}]),
        "judged": ("one-sided", [{"judged"}, {"judge"}]),
        "reported-otherwise": ("open", [{"reported-otherwise"}, {"middle"}]),
        "both-wrong": ("open", [{"both-wrong"}, {"also-wrong"}]),
        "fact:march": ("open", [{"march"}, {"marched-later"}]),
    }


@pytest.mark.parametrize("seed", range(12))
def test_no_two_on_a_side_dispute_each_other_and_all_share_opponents(seed: int, korea: Korea, tmp_path: Path) -> None:
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    number = dice.randrange(4, 24)
    lines = []
    for each in range(number):
        others = {dice.randrange(number) for _ in range(dice.randrange(3))} - {each}
        if seed % 2:
            others = {other for other in others if (other - each) % 2}  # so that two sides are enough
        disputing = [f"f{other}" for other in sorted(others)]
        lines.append(f'[[facts]]\nid = "f{each}"\ntext = "Claim {each}"\ndisputed_by = {disputing}\n')
    file = tmp_path / "random.toml"
    file.write_text("".join(lines), "utf-8")
    work, rows = Work(file.read_text("utf-8")), rows_of(korea, "-d", file, "-q")
    assert sorted(map(sorted, map(records_in, rows))) == sorted(map(sorted, work.disputes()))
    for row in rows:
        for side in sides_of(row):
            against = {id_: {other for _, other in work.opponents(("fact", id_))} for id_ in side}
            assert not any(against[id_] & side for id_ in side)
            assert len(side) == 1 or all(any(against[id_] & against[other] for other in side - {id_}) for id_ in side)
        assert row["side_count"] == 2 if seed % 2 else row["side_count"] >= 2


QUERIES = (
    ("icbm",), ("topic:icbm",), ("actor:south",), ("by:north",), ("id:chain-3",), ("disputed-by:judge",), ("march",),
    ("status:contradicted", "NOT", "actor:north"), ("launched", "--from", "2017-01-01"), ("-p", "2017-08"),
    ("source:late",), ("has:other_dates",), ("--from", "launch", "--to", "2017-03-31"),
    ("-p", "2017-01-02"), ("-p", "2017-04-07"),
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=" ".join)
def test_a_dispute_is_listed_if_one_of_its_records_matches(query: tuple[str, ...], work: Work, korea: Korea) -> None:
    matching: dict[Ref, str] = {}
    for command, key in (("timeline", "events"), ("facts", "facts")):
        run = korea(command, *query, *OWN, "--json", "--with-withdrawn")
        for row in json.loads(run.out)[key] if run.code == 0 else ():
            matching[row["type"], row["id"]] = row["match"]
    expected = {}
    for members in work.disputes():
        found = {matching[ref] for ref in {*members, work.title(members)[0]} if ref in matching}
        if found:
            match = None if found == {None} else "certain" if "certain" in found else "possible"
            expected[frozenset(members), "claims"] = match
    for ref, record in work.records.items():
        if ref in matching and "other_dates" in record.values:
            expected[frozenset({ref}), "dates"] = matching[ref]
    rows = rows_of(korea, *query, *OWN)
    assert {(frozenset(records_in(row)), row["contested"]): row["match"] for row in rows} == expected
    assert expected
    if {"-p", "--from", "--to"}.isdisjoint(query):
        assert {row["match"] for row in rows} == {None}
        run = korea("disputes", *query, *OWN, "--certain")
        assert (run.code, run.out) == (2, "")
        assert run.err == "korea: '--certain' has no effect without a date, a range or '--known-by'\n"
    else:
        assert None not in {row["match"] for row in rows}
        certain = rows_of(korea, *query, *OWN, "--certain")
        assert [row["id"] for row in certain] == [row["id"] for row in rows if row["match"] == "certain"]


def test_some_disputes_that_match_a_range_are_only_possible(korea: Korea) -> None:
    found = [{row["match"] for row in rows_of(korea, *query, *OWN)} for query in QUERIES]
    assert {"certain", "possible"} in found
    assert {"possible"} in found


def test_disputes_are_in_the_order_of_their_earliest_records(korea: Korea) -> None:
    rows = rows_of(korea, *OWN)
    assert [row["id"] for row in rows] == [
        "launch#date", "gamma", "march", "talks#date", "visit#date", "quarrel-1", "chain-4", "judged",
        "reported-otherwise", "both-wrong", "fact:march",
    ]  # fmt: skip
    assert {row["id"]: row["date"] for row in rows}["gamma"] == "2017-01"
    assert rows_of(korea, *OWN, "--reverse") == rows[::-1]
    assert rows_of(korea, *OWN, "--reverse", "-n", "2") == rows[::-1][:2]
    for key in ("id", "title", "state", "contested", "side_count", "positions"):
        values = [row[key if key != "positions" else "position_count"] for row in rows_of(korea, *OWN, "--sort", key)]
        lower = [value.lower() if isinstance(value, str) else value for value in values]
        assert lower == sorted(lower)
        assert len(values) == len(rows)


def test_the_id_of_every_dispute_can_be_shown(korea: Korea) -> None:
    for row in rows_of(korea, *OWN):
        if row["id"] == "march":  # the id of a fact too
            continue
        run = korea("show", row["id"], *OWN, "--json")
        assert run.code == 0, run.err
        id_ = row["id"].removesuffix("#date").removeprefix("fact:")
        assert [each["id"] for each in json.loads(run.out)["results"]] == [id_]
    assert korea("show", "event:Launch#date", *OWN) == korea("show", "launch", *OWN)
    for typed in ("alpha#date", "launch#dates", "no-launch#date", "fact:march#date"):
        assert korea("show", typed, *OWN).code == 1


KNOWN_FROM = {  # the disputes that each day adds, or of which it adds a record with another id, and how surely
    "2017-01-10": {"gamma": "certain", "chain-3": "possible"},  # nobody knows since when that was known
    "2017-02-10": {"launch#date": "possible", "chain-4": "possible"},  # the other date is of some day in February
    "2017-06-10": {"launch#date": "certain", "talks#date": "possible", "quarrel-1": "certain"},
    "2017-10-10": {
        "judged": "certain", "reported-otherwise": "certain", "both-wrong": "certain",
        "fact:march": "certain",  # the id of a dispute is always the same
    },
    "2018-02-28": {},
    "2018-03-01": {"march": "certain", "visit#date": "certain"},  # their sources are of that day
}  # fmt: skip


def test_what_came_later_is_left_out_of_what_was_known(korea: Korea) -> None:
    expected: dict[str, str] = {}
    for day, added in KNOWN_FROM.items():
        expected |= added
        if "chain-4" in expected:
            expected.pop("chain-3", None)
        rows = {row["id"]: row for row in rows_of(korea, *OWN, "--known-by", day)}
        assert {id_: row["match"] for id_, row in rows.items()} == expected
        beta = next(each for each in rows["gamma"]["positions"] if each["id"] == "beta")
        assert [each["id"] for each in beta["sources"]] == ["early", "middle"][: 1 + (day >= "2017-02")]
        if "launch#date" in rows:
            dates = rows["launch#date"]["positions"]
            assert [[each["id"] for each in date["sources"]] for date in dates] == [["early"], ["middle"]]
    run = korea("disputes", "-d", DATA, "--known-by", "2016", "id:march-denied")
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith("korea: no disputes match (disputes, id:march-denied, as known by 31 Dec 2016")


@pytest.mark.parametrize("state", ["open", "one-sided", "settled"])
def test_a_state_selects_and_counts(state: str, korea: Korea) -> None:
    rows = [row for row in rows_of(korea, *OWN) if row["state"] == state]
    assert rows_of(korea, *OWN, "--state", state.upper()) == rows
    assert korea("disputes", *OWN, "--state", state, "--count").out == f"{len(rows)}\n"
    document = json.loads(korea("disputes", *OWN, "--state", state, "-n", "1", "--json").out)
    assert (document["count"], document["matched"]) == (1, len(rows))
    assert document["query"]["arguments"] == {"state": state}


def test_formats_of_lines_have_a_row_for_each_position(korea: Korea) -> None:
    rows = rows_of(korea, *OWN)
    positions = [(row, each) for row in rows for each in row["positions"]]
    for form, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
        text = korea("disputes", *OWN, "-f", form, "--raw").out
        header, *lines = csv.reader(io.StringIO(text, newline=""), dialect)
        assert header[:5] == ["dispute", "type", "title", "state", "contested"]
        assert [line[0] for line in lines] == [row["id"] for row, _ in positions]
        for (row, each), line in zip(positions, lines, strict=True):
            cells = dict(zip(header, line, strict=True))
            assert (cells["state"], cells["side"], cells["id"]) == (row["state"], str(each["side"]), each["id"])
            assert cells["date"] == (each["date"] or "")
            names = "; ".join(holder["name"] for holder in each["holders"])
            assert (cells["who"], cells["holders"]) == (each["who"] or "", names)
    lines = [line.split("\t") for line in korea("disputes", *OWN, "-f", "plain").out.splitlines()]
    assert [line[:3] for line in lines] == [[row["id"], row["state"], str(each["side"])] for row, each in positions]
    assert {len(line) for line in lines} == {7}
    assert "\x1b" not in korea("disputes", *OWN, "-f", "plain").out


def test_fields_choose_disputes_or_positions(korea: Korea) -> None:
    rows = rows_of(korea, *OWN)
    assert korea("disputes", *OWN, "--fields", "id,state").out == "".join(
        f"{row['id']}\t{row['state']}\n" for row in rows
    )
    chosen = json.loads(korea("disputes", *OWN, "--fields", "dispute,side,says", "--json").out)
    expected = [
        {"dispute": row["id"], "side": each["side"], "says": each["says"]} for row in rows for each in row["positions"]
    ]
    assert (chosen["positions"], "disputes" in chosen) == (expected, False)
    listed = korea("disputes", *OWN, "--fields", "help").out.split()
    assert {"positions", "state", "dispute", "who", "says"} <= set(listed)


def test_markdown_has_a_table_for_each_dispute_and_footnotes(korea: Korea) -> None:
    text = korea("disputes", *OWN, "-f", "markdown").out
    rows = rows_of(korea, *OWN)
    assert text.count("\n## ") == len(rows)
    assert text.count("\n| Side |") == sum(row["contested"] == "claims" for row in rows)
    assert "\nSettled · 3 sides, 4 positions · gamma\n" in text
    assert "| 2 | The Judge | disputes it |  |  |" in text
    assert "It flew a little. *(hedged, contradicted)*" in text
    assert "| 2 Jan 2017 | the day in Seoul | [^middle-p2] |" in text
    assert "<b>" not in text.replace("\\<b>", "")
    assert text.endswith("\n")
    assert "\n11 disputes.\n" in text


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_a_table_fits_the_screen_and_has_every_word(columns: int, korea: Korea) -> None:
    drawn = korea("disputes", *OWN, "-f", "table", env={"COLUMNS": str(columns)}).out
    assert max(cell_len(line) for line in drawn.splitlines()) <= columns
    assert "\x1b" not in drawn
    words = " ".join(re.sub(r"[│●]", " ", drawn).split())
    for row in rows_of(korea, *OWN):
        assert row["id"] in drawn
        assert row["state"] in words
        if columns == 200:
            for each in row["positions"]:
                for text in (each["says"], each["who"] if each["record"] != "fact" else None, each["status"]):
                    shown = text not in {None, "disputed", "undisputed"}
                    assert not shown or re.sub("[\x1b\u202e]", "", str(text)) in words
    assert words.count("2017") > 20
    assert words.endswith("11 disputes")


def test_a_line_for_each_dispute_ends_with_its_id(korea: Korea) -> None:
    lines = korea("disputes", *OWN, "-1").out.splitlines()
    assert [line.split()[-1] for line in lines] == [row["id"] for row in rows_of(korea, *OWN)]
    assert "settled · 3 sides, 4 positions" in lines[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--state", "closed"), "unknown state 'closed'. Allowed values: open, one-sided, settled"),
        (("--sort", "colour"), "unknown sort key 'colour'. Allowed values: date, id, title, state, contested"),
        (("--fields", "colour"), "unknown field 'colour'"),
        (("-n", "-1"), "limit must be 0 or more, not -1"),
        (("-f", "html"), "the format 'html' is for events and facts"),
        (("-f", "ics"), "the format 'ics' is for events"),
    ],
)
def test_nonsense_is_refused(arguments: tuple[str, ...], message: str, korea: Korea) -> None:
    run = korea("disputes", "-d", DATA, *arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err
    assert korea("disputes", "-d", DATA, "actor:nobody").err.startswith("korea: actor not found: 'nobody'")


def test_an_empty_answer_says_so(korea: Korea) -> None:
    run = korea("disputes", "-d", DATA, "zeppelin", "--exit-code")
    assert (run.code, run.out, run.err) == (1, "", "korea: no disputes match (disputes, zeppelin)\n")
    assert korea("disputes", "-d", DATA, "icbm", "--exit-code").code == 0
    told = korea("disputes", "-d", DATA, "-p", "2017-01-02").err
    assert re.fullmatch(r"korea: 1 of \d disputes is only possible in the range .*\n", told)


def test_the_first_thing_to_try_answers(korea: Korea) -> None:
    (row,) = [row for row in rows_of(korea, "icbm") if ("fact", "icbm-us") in records_in(row)]
    assert (row["title"], row["state"]) == ("North Korea launches a Hwasong-14 missile", "open")
    sides = sides_of(row)
    assert len(sides) == 2
    for side in sides:
        assert len(side & {"icbm-us", "icbm-dprk"}) in {0, 2}
        assert len(side & {"icbm-us", "icbm-russia"}) == 1


def test_the_record_that_comes_with_the_program_is_whole_too(korea: Korea) -> None:
    record = Work((Path(__file__).parents[2] / "data" / "events.toml").read_text("utf-8"))
    rows = [row for row in rows_of(korea) if row["contested"] == "claims"]
    assert sorted(map(sorted, map(records_in, rows))) == sorted(map(sorted, record.disputes()))
    assert [row["title"] for row in rows] == [record.title(records_in(row))[1] for row in rows]


OPPOSED = """
[[actors]]
id = "judge"
name = "The Judge"
country = "CHE"
[[actors]]
id = "clerk"
name = "A clerk"
part_of = ["judge"]
[[actors]]
id = "shared"
name = "Of two types"
[[sources]]
id = "paper"
title = "The paper"
[[topics]]
id = "talks"
label = "Talks"
[[events]]
id = "e1"
title = "First"
date = "2017-01-01"
topics = ["talks"]
disputed_by = ["judge"]
[[events]]
id = "e2"
title = "Second"
date = "2018-02-01"
disputed_by = ["clerk", "paper"]
[[events]]
id = "e3"
title = "Third"
date = "2017-03-01"
actors = ["judge"]
disputed_by = ["shared"]
[[facts]]
id = "shared"
text = "It was the fourth"
holders = ["clerk"]
"""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (("actor:judge",), ["e1", "e3", "e2"]), (("actor:=judge",), ["e1", "e3"]), (("by:clerk",), ["e3", "e2"]),
        (("by:=judge",), ["e1", "e3"]), (("country:CHE",), ["e1", "e3"]), (("actor:shared",), []),
        (("source:paper",), ["e2"]), (("judge",), ["e1", "e3"]), (("The paper",), ["e2"]),
        (("actor:judge", "topic:talks"), ["e1"]), (("actor:judge", "--period", "2018"), ["e2"]),
        (("not:actor:judge",), []), (("holder:judge",), ["e3"]), (("to:judge",), []),
    ],
)  # fmt: skip
def test_who_disputes_without_a_claim_is_a_party(
    query: tuple[str, ...], found: list[str], tmp_path: Path, korea: Korea
) -> None:
    (tmp_path / "a.toml").write_text(OPPOSED)
    for cache in ((), ("--no-cache",)):
        rows = json.loads(korea("disputes", "-d", tmp_path / "a.toml", *query, *cache, "--json").out)["disputes"]
        assert [row["id"] for row in rows] == found


def test_only_disputes_count_who_disputes_as_a_party(tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "a.toml").write_text(OPPOSED)
    assert korea("timeline", "-d", tmp_path / "a.toml", "actor:judge", "--count").out == "1\n"


def test_every_party_of_a_dispute_finds_it(korea: Korea) -> None:
    rows = json.loads(korea("disputes", "--json").out)["disputes"]
    for row in rows:
        parties = {("actor", each["id"]) for position in row["positions"] for each in position["holders"]}
        parties |= {("source", each["id"]) for position in row["positions"] for each in position["sources"]}
        for field, id_ in parties:
            found = json.loads(korea("disputes", f"{field}:={id_}", "--json").out)["disputes"]
            assert row["id"] in {each["id"] for each in found}


def test_the_heading_has_the_state(korea: Korea) -> None:
    assert "\n--state open · topic:thaad\n" in korea("disputes", "--state", "open", "topic:thaad", "-f", "table").out
    run = korea("disputes", "--state", "settled", "--period", "2010")
    assert run.err == "korea: no disputes match (disputes, --state settled, 1 Jan 2010 to 31 Dec 2010)\n"


BY_WORDS = """
[[topics]]
id = "missile"
label = "Missile"
aliases = ["icbm"]
[[sources]]
id = "s"
title = "S"
[[events]]
id = "text"
title = "A text that calls it an ICBM is debated"
date = "2017-04-20"
disputed_by = ["debate"]
[[facts]]
id = "debate"
text = "There was no debate."
[[events]]
id = "launch"
title = "A launch"
date = "2017-07-04"
other_dates = [{ date = "2017-07-03" }]
topics = ["missile"]
[[facts]]
id = "was"
text = "It was an ICBM."
events = ["launch"]
disputed_by = ["was-not"]
[[facts]]
id = "was-not"
text = "It was no ICBM, but a missile."
events = ["launch"]
[[events]]
id = "missile-talks"
title = "Talks on the missile"
date = "2017-07-10"
summary = "It was not an ICBM."
disputed_by = ["s"]
"""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["icbm"], "was text launch#date missile-talks"),
        (["icbm", "-n", "1"], "was"),
        (["icbm", "--reverse"], "missile-talks launch#date text was"),
        (["icbm", "missile"], "was missile-talks launch#date"),
        (["icbm OR talks"], "was text missile-talks launch#date"),
        (["icbm", "--sort", "date"], "text launch#date missile-talks was"),
        (["icbm", "--sort", "id"], "launch#date missile-talks text was"),
        (["icbm", "--sort", "contested"], "text missile-talks was launch#date"),
        (["icbm", "-p", "2017-07"], "launch#date missile-talks was"),
        (["icbm", "id:was-not OR id:text OR id:launch"], "text was launch#date"),
        (["topic:icbm"], "launch#date was"),
        (["not:icbm"], "text"),
        ([], "text launch#date missile-talks was"),
    ],
)
def test_with_words_the_best_match_comes_first(words: list[str], found: str, korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(BY_WORDS)
    for how in ((), ("--no-cache",)):
        run = korea("disputes", "-d", tmp_path / "a.toml", "--fields", "id,title", *how, *words)
        assert [line.split()[0] for line in run.out.splitlines()] == found.split()


def test_the_icbm_is_the_first_dispute_that_its_name_finds(korea: Korea) -> None:
    first, *_ = rows_of(korea, "icbm")
    assert ("fact", "icbm-us") in records_in(first)
