"""What people type from habits of other programs is answered with a sentence that names what to type here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from korea_cli import Selection, commands, open_chronology
from korea_cli.base.errors import KoreaError, UnknownFieldError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("timeline", "thaad", "and", "icbm"), 2, "'and' is not an operator: write 'AND'"),
        (("facts", "icbm", "Or", "thaad"), 2, "write 'text:or'"),
        (("timeline", "--", "-thaad"), 2, "write 'not:thaad'"),
        (
            ("timeline", "--", "--thaad"),
            2,
            "'--thaad' does not exclude anything: write 'not:thaad'; options go before '--'",
        ),
        (("facts", "--", "icbm", "---missile"), 2, "write 'not:missile'"),
        (("search", "--", "missile", "--not:topic:thaad"), 2, "write 'not:topic:thaad'"),
        (("timeline", "--", "--한국"), 2, "write 'not:한국'"),
        (("pairs", "--", "-thaad"), 2, "write 'not:thaad'"),
        (("pairs", "russia", "--", "-china"), 2, "write 'not:china'"),
        (("timeline", "--", "thaad", "--json"), 2, "options go before '--'"),
        (("timeline", "--", "-actor:putin"), 2, "write 'not:actor:putin'"),
        (("timeline", "-status:confirmed"), 2, "write 'not:status:confirmed'"),
        (("search", "-topic:thaad"), 2, "write 'not:topic:thaad'"),
        (("actors", "--country:RUS"), 2, "write 'not:country:RUS'"),
        (("timeline", "outlet:state-media"), 2, "Did you mean 'source:state-media'?"),
        (("facts", "speaker:russia"), 2, "Did you mean 'by:russia'?"),
        (("timeline", "type:meeting"), 2, "Did you mean 'kind:meeting'?"),
        (("timeline", "other_dates:2017-05-24"), 2, "Did you mean 'date:2017-05-24'?"),
        (("facts", "reported_by:song"), 2, "Did you mean 'via:song'?"),
        (("facts", "reported-by:song"), 2, "Did you mean 'via:song'?"),
        (("timeline", "earliest:2017-05"), 2, "Did you mean 'begins:2017-05'?"),
        (("facts", "latest:2017"), 2, "Did you mean 'ends:2017'?"),
        (("timeline", "source_count:1"), 2, "Did you mean 'sources:1'?"),
        (("facts", "voice_count:>=3"), 2, "Did you mean 'voices:>=3'?"),
        (("actors", "event_count:0"), 2, "Did you mean 'events:0'?"),
        (("topics", "fact_count:>2"), 2, "Did you mean 'facts:>2'?"),
        (("timeline", "since:2017"), 2, "Did you mean '--from 2017'?"),
        (("timeline", "before:2017-05"), 2, "Did you mean '--to 2017-05'?"),
        (("timeline", "https://x.org"), 2, "write 'text:https://x.org'"),
        (("timeline", "12:30"), 2, "write 'text:12:30'"),
        (("timeline", "sources:"), 2, "in a shell, put < and > in quotes: 'sources:>=3'"),
        (("facts", "place:moscow"), 2, "It is a field of events."),
        (("timeline", "about:dprk"), 2, "It is a field of facts."),
        (("timeline", "colour:red"), 2, "Fields here: text, actor, by"),
        (("timeline", "kind:launch"), 1, "Known values: accusation, agreement"),
        (("timeline", "topic:nukes"), 1, "six-party-talks"),
        (("timeline", "country:XXX"), 1, "Known values: AUS, BHR, CHN"),
        (("timeline", "--as-of", "2017-05-30"), 2, "--today"),
        (("facts", "--as-of=2017-05-30"), 2, "--today"),
        (("timeline", "topic:thaad or topic:icbm"), 2, "'or' is not an operator"),
        (("timeline", "topic:thaad  Or\tTOPIC:icbm"), 2, "'Or' is not an operator"),
        (("facts", "status:disputed or status:reported"), 2, "write 'OR'"),
        (("timeline", "(actor:putin or actor:lavrov)"), 2, "write 'OR'"),
        (("timeline", "thaad and topic:icbm"), 2, "write 'AND'"),
        (("timeline", "(actor:putin OR actor:lavrov"), 2, "this '(' is not closed"),
        (("timeline", "actor:putin OR"), 2, "a term is missing"),
        (("timeline", "-a", "putin OR lavrov"), 1, "OR joins terms of a query: 'actor:putin OR actor:lavrov'"),
        (("search", "thaad not topic:icbm"), 2, "write 'NOT'"),
        (("actors", "kind:person and not:country:RUS"), 2, "write 'AND'"),
        (("actors", "kind:person OR topic:thaad"), 2, "'kind:' and 'topic:' cannot be in one OR or NOT: one is"),
        (("actors", "NOT (kind:person topic:thaad)"), 2, "'kind:' and 'topic:' cannot be in one OR or NOT: one is"),
        (("timeline", "text:thaad or topic:icbm"), 2, "'or' is not an operator"),
        (("timeline", "-thaad"), 1, "'-thaad' does not exclude anything: write 'not:thaad'"),
        (("timeline", "-not:thaad"), 2, "'-not:thaad' does not exclude anything: write 'not:thaad'"),
        (("timeline", "-putin"), 2, "write 'not:putin'"),
        (("facts", "-missile"), 2, "write 'not:missile'"),
        (("facts", "icbm", "-korea"), 1, "write 'not:korea'"),
        (("search", "missile", "-dprk"), 3, "write 'not:dprk'"),
        (("stats", "-quiet"), 2, "write '--quiet'"),
        (("timeline", "-reverse"), 2, "'-reverse' is not an option: write '--reverse'"),
        (("timeline", "-json"), 2, "write '--json'"),
        (("facts", "-limit"), 2, "write '--limit'"),
        (("timeline", "-period:2017"), 2, "write '--period 2017'"),
        (("timeline", "-on:2017"), 2, "'-on:2017' is not an option: write '--on 2017'"),
        (("timeline", "thaad", "-obama"), 2, "write 'not:obama'; for the file 'bama', write '-o bama'"),
        (("search", "-https://x.org"), 2, "write 'not:https://x.org'"),
        (("timeline", "thaad", "-hanoi"), 2, "'-hanoi' does not exclude anything: write 'not:hanoi'"),
        (("timeline", "-from:2017"), 2, "write '--from 2017'"),
        (("timeline", "-until:2017-05"), 2, "write '--to 2017-05'"),
        (("timeline", "mailto:x@y"), 2, "write 'text:mailto:x@y'"),
        (("facts", "urn:isbn:1"), 2, "write 'text:urn:isbn:1'"),
        (("search", "Re: missiles"), 2, "write 'text:re:missiles'"),
        (("timeline", "arxiv:10.1000/182"), 2, "Fields here: text, actor, by"),
        (("timeline", "actr:putin"), 2, "Did you mean 'actor'?"),
    ],
)
def test_the_answer_names_what_to_type(typed: tuple[str, ...], code: int, said: str, korea: Korea) -> None:
    run = korea(*typed)
    assert (run.code, run.out) == (code, "")
    assert said in run.err
    assert run.err.startswith("korea: ")


@pytest.mark.parametrize("typed", [("or",), ("text:or", "thaad"), ("war and peace", "thaad"), ("not:topic:thaad",)])
def test_a_word_that_is_no_operator_is_looked_for(typed: tuple[str, ...], korea: Korea) -> None:
    assert korea("timeline", *typed).code == 0


@pytest.mark.parametrize(
    "typed",
    [
        *("war and peace", "War and Peace", "bread or butter", "text:War and Peace", '"salem, OR"', "and not bread"),
        *("peace and: bread", "bread or", '"AND"', "text:or", "Bread or butter: a choice"),
    ],
)
def test_a_phrase_with_a_word_like_an_operator_is_found(typed: str, tmp_path: Path, korea: Korea) -> None:
    titles = ("War and peace and: bread or butter: a choice, and not bread", "Salem, OR")
    written = "".join(
        f'[[events]]\nid = "e{place}"\ntitle = "{title}"\ndate = "2017"\n' for place, title in enumerate(titles)
    )
    (tmp_path / "a.toml").write_text(written, "utf-8")
    run = korea("timeline", "-d", tmp_path / "a.toml", typed, "--fields", "id")
    assert (run.code, run.err) == (0, "")
    assert run.out


@pytest.mark.parametrize("typed", [("show", "-launch"), ("show", "-russia"), ("show", "-status")])
def test_names_are_no_words_that_could_be_excluded(typed: tuple[str, ...], korea: Korea) -> None:
    run = korea(*typed)
    assert run.code != 0
    assert "not:" not in run.err


@pytest.mark.parametrize(
    "typed", ['actor:"BLACK AND WHITE"', "--actor=BLACK AND WHITE", 'place:"Bosnia AND Herzegovina"',
              'not:text:"X OR Y"', 'not:"THIS AND THAT" OR thaad', 'actor:="BLACK AND WHITE"'],
)  # fmt: skip
def test_a_value_may_have_a_word_like_an_operator(typed: str, tmp_path: Path, korea: Korea) -> None:
    (tmp_path / "a.toml").write_text(
        '[[actors]]\nid = "baw"\nname = "BLACK AND WHITE"\n\n[[events]]\nid = "e"\ntitle = "Search OR rescue"\n'
        'date = "2017"\nactors = ["baw"]\nplace = "Bosnia AND Herzegovina"\n'
    )
    run = korea("timeline", typed, "-d", tmp_path / "a.toml", "--fields", "id")
    assert (run.code, run.out, run.err) == (0, "e\n", "")


@pytest.mark.parametrize("typed", ["-fjson", "-n2", "-tthaad", "-p2017-05", "-aputin", "-qfplain"])
def test_a_value_may_be_glued_to_an_option_of_one_letter(typed: str, korea: Korea) -> None:
    run = korea("timeline", typed)
    assert run.code == 0
    assert "not:" not in run.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        *((("-n5x",), "'5x'"), (("-p2017-13",), "no month 13"), (("-5",), "-5"), (("-f", "jsn"), "'jsn'")),
        *(
            (("-dmissing.toml",), "no such file"),
            (("-omissing/x.csv",), "missing/x.csv"),
            (("-fa.b",), "a.b"),
            (("-t", "haad", "-n2"), "'haad'"),
            (("-t", "haad", "-qfjson"), "'haad'"),
            (("topic:haad", "-aputin"), "'haad'"),
        ),
    ],
)
def test_what_is_no_word_is_not_taken_for_one_to_exclude(typed: tuple[str, ...], said: str, korea: Korea) -> None:
    run = korea("timeline", *typed)
    assert said in run.err
    assert "exclude" not in run.err


def test_where_nothing_is_asked_for_no_minus_excludes(korea: Korea) -> None:
    assert "exclude" not in korea("check", "-qxyz").err
    assert "exclude" not in korea("add", "-dnowhere", "actor").err


@pytest.mark.parametrize("name", commands.names())
def test_today_is_named_where_it_is_an_option_and_nowhere_else(name: str, korea: Korea) -> None:
    run = korea(name, "--as-of", "2017-05-30")
    assert run.code == 2
    listed = "--today" in korea(name, "--help").out
    assert ("--today" in run.err) is listed
    assert listed or "no such option: --as-of" in run.err


def test_what_the_hints_suggest_is_understood(korea: Korea) -> None:
    for terms in (("text:12:30",), ("text:https://x.org",), ("source:state-media",), ("by:russia",), ("text:or",)):
        run = korea("facts", *terms, "--count")
        assert run.code == 0, run.err


def test_today_is_the_day_that_typed_dates_are_read_from(korea: Korea) -> None:
    assert (
        '"today": "2017-05-30"' in korea("timeline", "--today", "2017-05-30", "--period", "last 2 weeks", "--json").out
    )


@pytest.mark.parametrize("name", ["timeline", "facts", "chart", "stats", "actor", "search", "actors"])
def test_help_lists_the_fields_that_a_command_accepts_and_no_others(name: str, korea: Korea) -> None:
    words = {"actor": ("putin",), "search": ("x",)}.get(name, ())
    shown = korea(name, "--help").out.partition("Query fields (korea help QUERY): ")[2]
    listed = set(shown.partition("\nJSON")[0].replace(",", "").split())
    assert {"text", "actor", "topic", "date"} <= listed
    for field in ("to", "about", "place", "basis"):  # those that not all records have
        assert (f"unknown field '{field}'" in korea(name, *words, f"{field}:zzzz").err) is (field not in listed)


@pytest.mark.parametrize(
    ("typed", "id_"),
    [("north-korea", "dprk"), ("North-Korea", "dprk"), ("han-song-ryol", "han-song-ryol"), ("vladimir-putin", "putin")],
)
def test_a_slug_of_a_name_is_a_name(typed: str, id_: str) -> None:
    with open_chronology("builtin") as chronology:
        assert chronology.find(typed, "actor").id == id_
        assert chronology.events(Selection(terms=(f"actor:{typed}",))).count


def test_an_unknown_field_can_be_handled_by_a_program() -> None:
    with open_chronology("builtin") as chronology, pytest.raises(UnknownFieldError) as refused:
        chronology.events(Selection(terms=("colour:x",)))
    assert isinstance(refused.value, KoreaError)
    assert "source" in refused.value.allowed


@pytest.mark.parametrize("command", ["search", "timeline", "facts", "sources", "positions", "stats"])
@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("tilerson", "'tilerson'. Did you mean 'Rex Tillerson' (tillerson)?"),
        ("sanctons", "'sanctons'. Did you mean 'Sanctions' (sanctions)?"),
        ("putn AND thaad", "'putn'. Did you mean 'Vladimir Putin' (putin)?"),
        ("Лавровв", "'Лавровв'. Did you mean 'Sergei Lavrov' (lavrov)?"),
    ],
)
def test_a_word_that_no_record_has_gets_the_name_it_may_be_meant_for(
    command: str, words: str, meant: str, korea: Korea
) -> None:
    run = korea(command, words)
    assert run.code == 0
    assert run.err.endswith(f"; no record has {meant}\n")


def test_a_word_that_some_record_has_is_no_typo(korea: Korea) -> None:
    for words in (["zeppelin"], ["tillerson", "zeppelin"], ["thaad", "artillery", "tillerson"]):
        assert "Did you mean" not in korea("timeline", *words).err


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (
            "timeline source:ramani-2017#p99",
            "no event matches 'source:ramani-2017#p99'. Did you mean 'source:ramani-2017#p9'?",
        ),
        ("timeline -s ramani-2017#6", "no event matches 'source:ramani-2017#6'. Did you mean 'source:ramani-2017#p6'?"),
        ("facts locator:6", "no fact matches 'locator:6'. Did you mean 'locator:p6'?"),
        ("facts forecast", "no fact matches 'forecast'. Did you mean 'kind:forecast'?"),
        ("facts topic:thaad Contradicted", "no fact matches 'Contradicted'. Did you mean 'status:Contradicted'?"),
        ("timeline year-inferred --from 2016", "no event matches 'year-inferred'. Did you mean 'basis:year-inferred'?"),
        ("actors person", "no actor matches 'person'. Did you mean 'kind:person'?"),
        ("facts hedged", "no fact matches 'hedged'. Did you mean 'hedged:true'?"),
        ("facts thaad outcome_sources", "no fact matches 'outcome_sources'. Did you mean 'has:outcome_sources'?"),
        ("positions thaad AND hedged", "no event or fact matches 'hedged'. Did you mean 'hedged:true'?"),
        ("sources language:rus", "no source matches 'language:rus'. Did you mean 'language:ru'?"),
    ],
)
def test_a_term_that_matches_nothing_gets_the_field_or_the_value_that_is_meant(
    typed: str, reason: str, korea: Korea
) -> None:
    run = korea(*typed.split())
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith(f"; {reason}\n")
    meant = re.findall("'([^']+)'", reason)[-1]
    assert korea(typed.split(maxsplit=1)[0], meant).out


def test_values_that_no_typed_one_is_like_are_listed(korea: Korea) -> None:
    """Places in a source are in the order of their numbers."""
    places = "bio, credit, deck, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17"
    for term in ("source:ramani-2017#conclusion", "locator:conclusion"):
        run = korea("timeline", term)
        assert run.err.endswith(f"; no event matches '{term}'. Known values: {places}\n")
    assert ". Known values: ar, de, en, fr, " in korea("facts", "language:korean").err


@pytest.mark.parametrize(
    "typed",
    [
        "timeline hedged",  # events have no such field
        "timeline note:zeppelin", "timeline zeppelin", "timeline language:ko --from 2020",
        "facts not:forecast zeppelin", "timeline not:by:russia by:russia", "sources events:99",
        "timeline source:ramani-2017#bio", "timeline source:lowy-2019-08", "facts forecast's",
        "stats holder:ramani --by place",  # only events have a place, and only facts a holder
    ],
)  # fmt: skip
def test_nothing_is_suggested_that_would_not_help(typed: str, korea: Korea) -> None:
    run = korea(*typed.split())
    assert (run.code, run.out) == (0, "")
    assert not re.search("Did you mean|Known values", run.err)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["disputes", "state:open"], "'--state open'"),
        (["timeline", "known-by:2017"], "'--known-by 2017'"),
        (["timeline", "around:2017-07-04"], "'--around 2017-07-04'"),
        (["timeline", "--after", "2017-07-04"], "'--from'"),
        (["timeline", "--before=2017-07-04"], "'--to'"),
    ],
)
def test_another_name_of_an_option_gets_that_of_ours(words: list[str], hint: str, korea: Korea) -> None:
    run = korea(*words)
    assert (run.code, run.out) == (2, "")
    assert f"Did you mean {hint}?" in run.err


def test_a_word_inside_the_title_of_a_source_does_not_name_it(korea: Korea) -> None:
    """Nothing rests on Song alone, who is named in the title of one source."""
    run = korea("timeline", "only:song")
    assert (run.code, run.out) == (1, "")
    assert "source not found: 'song'. Did you mean 'Meeting with South Korean" in run.err


def test_a_place_in_a_source_is_found_as_it_is_displayed(korea: Korea) -> None:
    found = [
        korea("search", value, "--fields", "id").out for value in ("source:ramani-2017#p6", "source:ramani-2017 p6")
    ]
    assert found[0] == found[1] != ""


@pytest.mark.parametrize("typed", [("timeline", "csv"), ("timeline", "thaad", "CSV"), ("export", "csv", "out")])
def test_a_word_that_is_a_format_is_told_how_to_choose_it(typed: tuple[str, ...], korea: Korea) -> None:
    run = korea(*typed)
    assert run.code == 0
    assert run.err.splitlines()[1:] == ["korea: to choose a format, write '-f csv'"]


def test_a_word_that_is_a_format_and_is_found_is_a_word(korea: Korea) -> None:
    run = korea("timeline", "table", "-d", "-", input=b'[[events]]\nid = "a"\ntitle = "A table"\ndate = "2017"\n')
    assert (run.out, run.err) == ("2017\ta\tA table\t\n", "")
