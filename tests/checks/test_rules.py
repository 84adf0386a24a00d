"""Every rule is broken by one small file and kept by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from korea_cli.checks import rules_of
from korea_cli.checks.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.base.problems import Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Case(NamedTuple):
    """A rule, a file that breaks it, the messages about that, and files that keep it."""

    rule: str
    broken: str
    said: tuple[str, ...]
    kept: tuple[str, ...]


def table(name: str, /, **keys: str) -> str:
    return f"[[{name}]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())


def event(id_: str = "a", **keys: str) -> str:
    return table("events", **({"id": f"'{id_}'", "title": "'A'", "date": "'2017-05-25'"} | keys))


def timed(date: str, time: str, zone: str, id_: str = "a") -> str:
    return event(id_, date=f"'{date}'", time=f"'{time}'", timezone=f"'{zone}'")


def fact(id_: str = "f", **keys: str) -> str:
    return table("facts", **({"id": f"'{id_}'", "text": "'F'"} | keys))


def actor(id_: str, /, **keys: str) -> str:
    return table("actors", **({"id": f"'{id_}'", "name": f"'{id_.upper()}'"} | keys))


def topic(id_: str, **keys: str) -> str:
    return table("topics", **({"id": f"'{id_}'", "label": "'T'"} | keys))


def source(id_: str = "s", **keys: str) -> str:
    return table("sources", **({"id": f"'{id_}'", "title": "'S'"} | keys))


def firsts(count: int, others: int) -> str:
    days = [f"2017-0{number + 1}-01" for number in range(count)] + ["2017-05-25"] * others
    return "".join(event(f"e{number}", date=f"'{day}'") for number, day in enumerate(days))


SKIPPED = "there was no {} on {}: clocks in {} went forward to"
LONG = "'" + "word " * 26 + "'"
SHORT = "'" + "word " * 25 + "'"

INVENTED = "one of 5 events dated to the first of a month; write a month if only that is known"
UNDECLARED = "but no fact or actor or source has that id; declare it with [[facts]] or [[actors]] or [[sources]]"

SETTLED = "'korea merge x y' unites them; if they differ, add distinct_from = [\"x\"]"
LAUNCH = event("x", title="'North Korea launches a missile'", actors="['dprk']")
SETTLED_Z = SETTLED.replace("x y", "z w").replace('"x"', '"z"')
IS_LIKE = "'A missile is launched by North Korea' is like 'North Korea launches a missile'"
AGAIN = {"title": "'A missile is launched by North Korea'", "actors": "['dprk']"}
PEOPLE = [
    ("Kim Jong Un", "Jong-un Kim"), ("Kim Jong-un", "KIM Jongun"), ("Kim Jong-un", "김정은"), ("Moon Jae-in", "문재인"),
    ("Sergei Lavrov", "Сергей Лавров"), ("Sergey Lavrov", "Lavrov Sergei"), ("Xi Jinping", "习近平"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"), ("Putin", "Путин"),
]  # fmt: skip
OTHERS = [
    ("Kim Jong-un", "Kim Jong-nam"), ("Kim Jong-un", "Kim Jong-il"), ("Moon Jae-in", "Moon Chung-in"),
    ("Kim", "Gim"), ("Sergei Lavrov", "Sergei Ryabkov"), ("Wang Yi", "Wang Wi"), ("Ana Silva", "Vasil Ana"),
]  # fmt: skip

CASES = [
    # ---- errors
    Case(
        "distinct-from-others",
        "".join(make("x", distinct_from="['y', 'x']") + make("y") for make in (actor, topic, source, event, fact)),
        tuple(
            f"{line}:17: {table}[1] 'x': distinct_from names the record itself"
            for line, table in ((4, "actors"), (11, "topics"), (18, "sources"), (26, "events"), (34, "facts"))
        ),
        (actor("x", distinct_from="['y']") + actor("y", distinct_from="['x']"),),
    ),
    Case(
        "unique-ids",
        event() + event(),
        ("6:6: events[2] 'a': the id 'a' is already used at x.toml:1",),
        (event() + event("b"), event() + fact("a")),
    ),
    Case(
        "unique-ids",
        "".join(both for make in (actor, topic, source, fact) for both in (make("x"), make("x", note="''"))),
        (
            "5:6: actors[2] 'x': the id 'x' is already used at x.toml:1",
            "12:6: topics[2] 'x': the id 'x' is already used at x.toml:8",
            "19:6: sources[2] 'x': the id 'x' is already used at x.toml:15",
            "26:6: facts[2] 'x': the id 'x' is already used at x.toml:22",
        ),
        (),
    ),
    Case(
        "references",  # as another branch may have it, after a merge or a new name
        actor("anna-kang", aliases="['A', 'Lee Anna', '문재인']") + event(actors="['lee-anna', 'mun-jae-in']"),
        tuple(
            f"9:10: events[1] 'a': actors names '{id_}', but no actor has that id. Did you mean 'anna-kang'?"
            for id_ in ("lee-anna", "mun-jae-in")
        ),
        (),
    ),
    Case(
        "references",
        actor("x") + event(actors="['y']"),
        ("8:10: events[1] 'a': actors names 'y', but no actor has that id; declare it with [[actors]]",),
        (actor("x") + event(actors="['x']"), event(actors="['y']")),
    ),
    Case(
        "references",
        event(other_dates="[{ date = '2017', sources = ['s#p1'] }]"),
        ("5:15: events[1] 'a': other_dates names 's', but no source has that id; declare it with [[sources]]",),
        (source() + event(other_dates="[{ date = '2017', sources = ['s#p1'] }]", sources="['s', 's#p2']"),),
    ),
    Case(
        "references",
        fact(events="['a']", disputed_by="['x']") + topic("t", broader="'top'"),
        (
            "4:10: facts[1] 'f': events names 'a', but no event has that id; declare it with [[events]]",
            f"5:15: facts[1] 'f': disputed_by names 'x', {UNDECLARED}",
            "9:11: topics[1] 't': broader names 'top', but no topic has that id; declare it with [[topics]]",
        ),
        (
            event()
            + fact(events="['a']", disputed_by="['x', 's', 'f']")
            + actor("x")
            + source()
            + topic("t", broader="''"),
        ),
    ),
    Case(
        "distinct-names",
        actor("x", aliases='["\uff39"]') + actor("y"),
        (
            "6:6: actors[2] 'y': 'y' is also a name of actor 'x' at x.toml:1",
            "7:8: actors[2] 'y': 'Y' is also a name of actor 'x' at x.toml:1",
        ),
        (actor("x", aliases="['й', 'X', 'x']") + actor("y", aliases="['и']"),),
    ),
    Case(
        "distinct-names",
        actor("x") + actor("y", aliases="['x']"),
        ("7:11: actors[2] 'y': 'x' is also a name of actor 'x' at x.toml:1",),
        (),
    ),
    Case(
        "no-circles",
        actor("x", part_of="['y']") + actor("y", part_of="['x']"),
        ("4:11: actors[1] 'x': part_of forms a cycle: x -> y -> x",),
        (actor("x", part_of="['y', 'z']") + actor("y", part_of="['z']") + actor("z"),),
    ),
    Case(
        "no-circles",
        topic("t", broader="'t'"),
        ("4:11: topics[1] 't': broader forms a cycle: t -> t",),
        (topic("t", broader="'u'") + topic("u"),),
    ),
    Case(  # of two circles that share a member, each is told
        "no-circles",
        actor("a", part_of="['b']") + actor("b", part_of="['a', 'c']") + actor("c", part_of="['b']"),
        (
            "4:11: actors[1] 'a': part_of forms a cycle: a -> b -> a",
            "8:11: actors[2] 'b': part_of forms a cycle: b -> c -> b",
        ),
        (),
    ),
    # ---- warnings
    Case(
        "recommended-keys",
        event() + fact() + source() + actor("x"),
        (
            "1:1: events[1] 'a': has no 'kind'",
            "1:1: events[1] 'a': has no 'sources'",
            "5:1: facts[1] 'f': has no 'kind'",
            "5:1: facts[1] 'f': has no 'holders'",
            "5:1: facts[1] 'f': has no 'sources'",
            "8:1: sources[1] 's': has no 'type'",
            "11:1: actors[1] 'x': has no 'kind'",
        ),
        (
            event(kind="'test'", sources="['s']", actors="['x']")
            + fact(kind="'claim'", holders="['x']", sources="['s']")
            + source(type="'web'"),
        ),
    ),
    Case(
        "responses-follow",
        event() + event("b", date="'2017-05-24'", responds_to="['a']"),
        ("9:15: events[2] 'b': responds to 'a' but is dated before it (2017-05-24); no note explains why",),
        (
            event() + event("b", date="'2017-05-24'", responds_to="['a']", note="'The report came later.'"),
            event() + event("b", date="'2017-05'", responds_to="['a']"),
            event() + event("b", responds_to="['a']"),
            event(date="'[..2017-05-25]'") + event("b", date="'2016'", responds_to="['a']"),
        ),
    ),
    Case(
        "estimates-are-vague",
        event(date_basis="'estimate'"),
        ("4:8: events[1] 'a': is an estimate but exact to the day; add ~ to it",),
        (
            event(date_basis="'estimate'", date="'2017-05-25~'"),
            event(date_basis="'estimate'", date="'2017-05'"),
            event(date_basis="'stated'"),
        ),
    ),
    Case(
        "disputes-are-explained",
        event(status="'disputed'") + fact(status="'disputed'"),
        (
            "5:10: events[1] 'a': is disputed, but neither disputed_by nor a note explains it",
            "9:10: facts[1] 'f': is disputed, but neither disputed_by nor a note explains it",
        ),
        (
            event(status="'disputed'", disputed_by="['f']") + fact(status="'disputed'", note="'By some.'"),
            event(status="'reported'") + fact(status="'undisputed'"),
        ),
    ),
    Case(
        "withdrawals-have-the-status",
        event(withdrawn="'2017-06-01'") + fact(status="'disputed'", note="'N'", withdrawn_reason="'It was wrong.'"),
        (
            "5:13: events[1] 'a': withdrawn is set, but status is not 'withdrawn'",
            "11:20: facts[1] 'f': withdrawn_reason is set, but status is not 'withdrawn'",
        ),
        (event(status="'withdrawn'", withdrawn="'2017-06-01'", withdrawn_reason="'R'") + fact(status="'withdrawn'"),),
    ),
    Case(
        "private-names-are-unsaid",
        "actors = [{ id = 'envoy', name = 'The Envoy', private = true }]\n" + event(title="'The envoy walks'"),
        ("4:9: events[1] 'a': title has the name of a private record, 'The envoy', and others may read it",),
        (
            "actors = [{ id = 'envoy', name = 'The Envoy', private = true }]\n"
            + event(title="'The envoys walk'", note="'The Envoy'", private="true"),
        ),
    ),
    Case(
        "forecasts-are-opinion",
        fact(kind="'forecast'", status="'undisputed'") + fact("g", kind="'forecast'"),
        (
            "4:8: facts[1] 'f': is a forecast, so its status should be 'opinion'",
            "9:8: facts[2] 'g': is a forecast, so its status should be 'opinion'",
        ),
        (fact(kind="'forecast'", status="'opinion'"), fact(kind="'claim'", status="'undisputed'")),
    ),
    Case(
        "distinct-actors",
        actor("x", name="'Han Song Ryol'") + actor("y", name="'Ryol Sóng-Han'"),
        (f"6:8: actors[2] 'y': 'Ryol Sóng-Han' looks like another spelling of 'Han Song Ryol' (x); {SETTLED}",),
        (
            actor("x", name="'Moon Jae-in'") + actor("y", name="'Moon Chung-in'"),
            actor("x", name="'Han Song Ryol'") + actor("y", name="'Ryol Song Han'", distinct_from="['x']"),
            actor("x", name="'Han Song Ryol'", distinct_from="['y']") + actor("y", name="'Ryol Song Han'"),
        ),
    ),
    Case(
        "firsts-are-rare",
        firsts(5, 10),
        (f"4:8: events[1] 'e0': {INVENTED}",),
        (firsts(4, 0), firsts(5, 11), firsts(5, 10).replace("-01'", "-01~'", 1).replace("-01'", "-02'", 1)),
    ),
    Case(
        "quotes-are-short",
        source() + event(quote=LONG, sources="['s#p1']") + event("b", quote="'So.'", sources="['s']"),
        (
            "8:9: events[1] 'a': quote is longer than 25 words",
            "14:9: events[2] 'b': quote has no source with a locator or URL",
        ),
        (
            source() + event(quote=SHORT, sources="['s#p1']"),
            source(url="'https://example.org'") + event(quote="'So.'", sources="['s']"),
        ),
    ),
    Case(
        "distinct-places",
        "[chronology]\nplace_names = [['Moscow', 'Москва'], ['Idaho', 'москва', 'moscow'], ['moscow', 'Moskau']]\n",
        (
            "2:15: [chronology]: 'москва' is a name of both 'Moscow' and 'Idaho'",
            "2:15: [chronology]: 'moscow' is a name of both 'Moscow' and 'Idaho'",
        ),
        ("[chronology]\nplace_names = [['Moscow', 'Москва'], ['Moscow, Idaho', '莫斯科'], ['MOSCOW', 'Moskau']]\n",),
    ),
    Case(
        "clean-text",
        event(title=r'"A\u001b[31m"', note=r'"\u202eA"')
        + actor("x", aliases=r'["\u0085", "\u200f"]')
        + source(container=r'"\u2066"'),
        (
            "3:9: events[1] 'a': title contains U+001B",
            "5:8: events[1] 'a': note contains U+202E (right-to-left override)",
            "9:11: actors[1] 'x': aliases contains U+0085 and U+200F (right-to-left mark)",
            "13:13: sources[1] 's': container contains U+2066 (left-to-right isolate)",
        ),
        (event(title=r'"A\tB\nC"', note="'é 한 \u00a0'"),),
    ),
    Case(
        "clean-text",
        '[chronology]\ntitle = "A\\u2028B"\nkinds = ["x\\u200e"]\n'
        + source(url=r'"https://x.example/\u202e"', authors=r'["A", "B\u2029"]')
        + event(place=r'"A\u000bB"', sources=r'["s#p\u061c1"]', other_dates=r'[{date = "2016", note = "\u007f"}]')
        + topic("t", label=r'"T\r"'),
        (
            "2:9: [chronology]: title contains U+2028 (line separator)",
            "3:9: [chronology]: kinds contains U+200E (left-to-right mark)",
            "7:7: sources[1] 's': url contains U+202E (right-to-left override)",
            "8:11: sources[1] 's': authors contains U+2029 (paragraph separator)",
            "13:9: events[1] 'a': place contains U+000B",
            "14:11: events[1] 'a': sources contains U+061C (arabic letter mark)",
            "15:15: events[1] 'a': other_dates contains U+007F",
            "18:9: topics[1] 't': label contains U+000D",
        ),
        (),
    ),
    Case(
        "clean-text",
        event(title=r'"A\u2028\u202eB\u2028"', note='"' + "".join(f"\\u{each:04x}" for each in range(1, 8)) + '"'),
        (
            "3:9: events[1] 'a': title contains U+2028 (line separator) and U+202E (right-to-left override)",
            "5:8: events[1] 'a': note contains U+0001, U+0002, U+0003, U+0004, U+0005 and 2 more",
        ),
        (),
    ),
    Case(
        "copies-are-unchanged",
        source(file="'a.pdf'", sha256=f"'{'0' * 64}'") + source("t", sha256=f"'{'0' * 64}'"),
        (
            "4:8: sources[1] 's': file 'a.pdf' does not exist",
            "9:10: sources[2] 't': has a sha256 but no 'file' that it is of",
        ),
        (source(),),
    ),
    Case(
        "time-zones-exist",
        event(time="'09:10'")
        + event("b", timezone="'Asia/Seoul'")
        + event("c", time="'09:10'", timezone="'Asia/Seol'"),
        (
            "1:1: events[1] 'a': has a time but no 'timezone'",
            "6:1: events[2] 'b': has a timezone but no 'time'",
            "16:12: events[3] 'c': unknown time zone 'Asia/Seol'. Did you mean 'Asia/Seoul'?",
        ),
        (event(), event(time="'09:10'", timezone="'Asia/Pyongyang'")),
    ),
    # ---- notes
    Case(
        "withdrawals-are-explained",
        event(status="'withdrawn'") + fact(status="'withdrawn'", withdrawn="'2017-06'"),
        (
            "5:10: events[1] 'a': is withdrawn, but has no 'withdrawn'",
            "5:10: events[1] 'a': is withdrawn, but has no 'withdrawn_reason'",
            "9:10: facts[1] 'f': is withdrawn, but has no 'withdrawn_reason'",
        ),
        (event(status="'withdrawn'", withdrawn="'2017'", withdrawn_reason="'R'") + fact(status="'disputed'"),),
    ),
    Case(
        "visible-text",
        actor("x", aliases=r'["\u2060B\u2060", "C\u00ad"]'),
        ("4:11: actors[1] 'x': aliases contains U+2060 (word joiner) and U+00AD (soft hyphen), which cannot be seen",),
        (),
    ),
    Case(
        "visible-text",
        event(title=r'"A\u200bB"', summary=r'"A\u00adB"', place=r'"\u3164"')
        + actor("x", aliases=r'["B", "\u2060"]')
        + source(title=r'"S\U000e0041"', note=r'"\ufeff"'),
        (
            "3:9: events[1] 'a': title contains U+200B (zero width space), which cannot be seen",
            "5:11: events[1] 'a': summary contains U+00AD (soft hyphen), which cannot be seen",
            "6:9: events[1] 'a': place contains U+3164 (hangul filler), which cannot be seen",
            "10:11: actors[1] 'x': aliases contains U+2060 (word joiner), which cannot be seen",
            "13:9: sources[1] 's': title contains U+E0041 (tag latin capital letter a), which cannot be seen",
            "14:8: sources[1] 's': note contains U+FEFF (zero width no-break space), which cannot be seen",
        ),
        (event(title=r'"\U0001f600\u200d\ufe0f \u0645\u06cc\u200c\u062e \u00a0 한"'),),
    ),
    Case(
        "confirmed-by-one",
        source() + event(status="'confirmed'", sources="['s#p1', 's#p2']"),
        ("9:11: events[1] 'a': is confirmed but has only one source (s)",),
        (
            source() + source("t") + event(status="'confirmed'", sources="['s', 't']"),
            source() + event(status="'reported'", sources="['s']"),
            event(status="'confirmed'"),
        ),
    ),
    Case(
        "rests-on-one",
        source() + event(sources="['s#p1', 's#p2']") + fact(sources="['s']"),
        (
            "8:11: events[1] 'a': has only one source (s)",
            "12:11: facts[1] 'f': has only one source (s)",
        ),
        (
            source() + source("t") + event(sources="['s', 't']") + fact(sources="['s', 't']"),
            source() + event(status="'confirmed'", sources="['s']"),
            event() + fact(),
        ),
    ),
    Case(
        "citations-are-located",
        source() + event(sources="['s']") + fact(sources="['s', 's#p2']") + source("t") + fact("g", sources="['t']"),
        (
            "8:11: events[1] 'a': cites 's' without a locator (2 times in all)",
            "19:11: facts[2] 'g': cites 't' without a locator (1 time in all)",
        ),
        (source() + event(sources="['s#p1']"),),
    ),
    Case(
        "place-names-are-used",
        "[chronology]\nplace_names = [['Moscow', 'Москва'], ['Rome', 'Roma']]\n" + event(place="'Romania, Москва'"),
        ("2:15: [chronology]: 'Rome' is the place of no event",),
        ("[chronology]\nplace_names = [['Rome', 'Roma']]\n" + event(place="'Piazza Navona, ROMA'"),),
    ),
    Case(
        "all-used",
        source() + actor("x") + topic("t") + event(),
        (
            "1:1: sources[1] 's': 'S' is not used",
            "4:1: actors[1] 'x': 'X' is not used",
            "7:1: topics[1] 't': 'T' is not used",
        ),
        (
            source()
            + actor("x")
            + actor("y", part_of="['x']")
            + topic("t")
            + event(other_dates="[{ date = '2016', sources = ['s'] }]", via="['y']", topics="['t']"),
        ),
    ),
    Case(
        "distinct-events",
        LAUNCH + event("y", **AGAIN),
        (f"8:9: events[2] 'y': {IS_LIKE} on the same day, with the same actors; {SETTLED}",),
        (
            LAUNCH + event("y", **AGAIN, distinct_from="['x']"),
            LAUNCH + event("y", **(AGAIN | {"date": "'2017-05-26'"})),
            LAUNCH + event("y", **(AGAIN | {"actors": "['dprk', 'rok']"})),
            LAUNCH + event("y", **(AGAIN | {"title": "'North Korea denies a request'"})),
            LAUNCH + event("y", **(AGAIN | {"title": "'North Korea launches 2 missiles'"})),
            event("x", actors="['a']", place="'Seoul'") + event("y", actors="['a']", place="'Busan'"),
            event("x", actors="['a']", date="'2017-05'") + event("y", actors="['a']", date="'2017-05'"),
            event("x") + event("y"),
        ),
    ),
    Case(
        "distinct-people",
        actor("x", name="'Kim Jong Un'", kind="'person'") + actor("y", name="'Leader'", aliases="['김정은']"),
        (f"7:8: actors[2] 'y': 'Leader' may be another way to write the name of 'Kim Jong Un'; {SETTLED}",),
        (
            actor("x", name="'Kim Jong Un'", aliases="['김정은', 'Jong-un Kim', 'Ким Чен Ын']"),
            actor("x", name="'Kim Jong Un'") + actor("y", name="'김정은'", distinct_from="['x']"),
            actor("x", name="'Kim Jong Un'") + actor("y", name="'김정은'", kind="'group'"),
        ),
    ),
    Case(
        "distinct-sources",
        source("x", url="'https://www.example.org/report/?utm_source=feed&b=2&a=1#top'")
        + source("y", url="'https://web.archive.org/web/20170525/http://example.org/report?a=1&b=2'")
        + source("z", doi="'10.1000/Ab'")
        + source("w", doi="'10.1000/aB'"),
        (
            f"5:1: sources[2] 'y': has the address of 'S' (x); {SETTLED}",
            f"13:1: sources[4] 'w': has the address of 'S' (z); {SETTLED_Z}",
        ),
        (
            source("x", url="'https://example.org/'") + source("y", url="'https://example.org/a'"),
            source("x", url="'https://example.org/?a=1'") + source("y", url="'https://example.org/?a=2'"),
            source("x", url="'https://example.org/#/a'") + source("y", url="'https://example.org/#/b'"),
            source("x", url="'https://example.org/'") + source("y", url="'http://example.org'", distinct_from="['x']"),
            source("x", url="'https://[/'") + source("y", url="'https://[/'"),
        ),
    ),
    Case(
        "clocks-are-real",
        timed("2017-03-12", "02:30", "America/New_York")
        + timed("2017-03-26", "02:00:00", "Europe/Berlin", "b")
        + timed("2011-12-30", "12:00", "Pacific/Apia", "c")
        + timed("2018-05-04", "23:45", "Asia/Pyongyang", "d"),
        (
            f"5:8: events[1] 'a': {SKIPPED.format('02:30', '2017-03-12', 'America/New_York')} 03:30",
            f"11:8: events[2] 'b': {SKIPPED.format('02:00:00', '2017-03-26', 'Europe/Berlin')} 03:00",
            f"17:8: events[3] 'c': {SKIPPED.format('12:00', '2011-12-30', 'Pacific/Apia')} 12:00 on 2011-12-31",
            f"23:8: events[4] 'd': {SKIPPED.format('23:45', '2018-05-04', 'Asia/Pyongyang')} 00:15 on 2018-05-05",
        ),
        (
            timed("2017-03-12", "01:59", "America/New_York"),
            timed("2017-03-12", "03:00", "America/New_York"),
            timed("2017-11-05", "01:30", "America/New_York"),
            timed("2017-03-12", "02:30", "Asia/Seoul"),
            timed("2017-03-12", "02:30", "Nowhere/Nothing"),
            timed("2017-03", "02:30", "America/New_York"),
            timed("2017-03-12", "02:30", "UTC"),
            timed("9999-12-31", "23:59", "America/New_York"),
            event(time="'02:30'", date="'2017-03-12'"),
        ),
    ),
    Case(
        "dates-are-stated",
        event(date_basis="'year-inferred'")
        + event("b", date_basis="'estimate'", date="'2017'")
        + event("c", date_basis="'unknown'"),
        (
            "4:8: events[1] 'a': date 2017-05-25 has date_basis 'year-inferred'",
            "9:8: events[2] 'b': date 2017 has date_basis 'estimate'",
            "14:8: events[3] 'c': date 2017-05-25 has date_basis 'unknown'",
        ),
        (event(date_basis="'stated'") + event("b", date_basis="'external'") + event("c"),),
    ),
]


def said_by(rule: str, text: str, folder: Path) -> list[str]:
    """Return the findings of one rule in a file, without the name of the file."""
    (folder / "x.toml").write_text(text, encoding="utf-8")
    loaded = load(["x.toml"])
    judged = loaded.check("warning", "note")
    severity = next(severity for severity in SEVERITIES if rule in rules_of(severity))
    assert {problem.severity for problem in judged if problem.check == rule} <= {severity}
    return [str(problem).removeprefix("x.toml:") for problem in judged if problem.check == rule]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{number}" for number, case in enumerate(CASES)])
def test_a_file_that_breaks_a_rule_is_told_where_and_how(case: Case, folder: Path) -> None:
    assert said_by(case.rule, case.broken, folder) == list(case.said)


@pytest.mark.parametrize(
    ("rule", "text"),
    [(case.rule, text) for case in CASES for text in case.kept],
    ids=[f"{case.rule}-{number}" for case in CASES for number in range(len(case.kept))],
)
def test_a_file_that_keeps_a_rule_is_not_told_of_it(rule: str, text: str, folder: Path) -> None:
    assert said_by(rule, text, folder) == []
    assert load(["x.toml"]).problems == ()


def test_every_rule_has_a_file_that_breaks_it_and_one_that_keeps_it() -> None:
    rules = {rule for severity in SEVERITIES for rule in rules_of(severity)}
    assert rules == {case.rule for case in CASES if case.said} == {case.rule for case in CASES if case.kept}


@pytest.mark.parametrize(("pairs", "alike"), [(PEOPLE, True), (OTHERS, False)])
def test_names_of_people_are_compared_by_their_sounds(
    pairs: list[tuple[str, str]], folder: Path, *, alike: bool
) -> None:
    for one, other in pairs:
        for names in ((one, other), (other, one)):
            text = "".join(actor(id_, name=f"'{name}'") for id_, name in zip("xy", names, strict=True))
            found = [*said_by("distinct-people", text, folder), *said_by("distinct-actors", text, folder)]
            assert len(found) == alike, names


def test_each_of_many_alike_is_listed_once_and_what_is_distinct_from_one_is_compared_with_others(folder: Path) -> None:
    text = LAUNCH + event("y", **AGAIN, distinct_from="['x']") + event("z", **AGAIN) + event("w", **AGAIN)
    found = said_by("distinct-events", text, folder)
    assert [line.rpartition("distinct_from = ")[2] for line in found] == ['["x"]', '["x"]']
    (folder / "x.toml").write_text(text.replace("['x']", "['nobody']"))
    assert "distinct_from names 'nobody', but no event has that id" in str(load(["x.toml"]).problems[0])


def test_what_is_only_named_as_distinct_is_not_used(folder: Path) -> None:
    text = source("x") + source("y", distinct_from="['x']")
    assert [line.partition("'")[0] for line in said_by("all-used", text, folder)] == [
        "1:1: sources[1] ",
        "4:1: sources[2] ",
    ]


@pytest.mark.parametrize("severity", SEVERITIES)
def test_every_rule_states_itself_in_one_sentence(severity: Severity) -> None:
    rules = rules_of(severity)
    assert rules
    for rule in rules.values():
        assert (rule.__doc__ or "").partition("\n")[0].endswith(".")


def test_rules_of_errors_look_at_broken_records_too(folder: Path) -> None:
    text = actor("x") + event(title="1", actors="['y']") + event("b", responds_to="['a']") + event(title="2")
    (folder / "x.toml").write_text(text, encoding="utf-8")
    assert [
        (problem.line, problem.check)
        for problem in load(["x.toml"]).check("warning", "note")
        if problem.severity == "error"
    ] == [
        (6, "types"),
        (8, "references"),
        (15, "unique-ids"),
        (16, "types"),
    ]


def test_two_sources_of_one_voice_are_one_voice(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(
        '[[sources]]\nid = "s"\ntitle = "S"\n'
        'container = "TASS"\n[[sources]]\nid = "t"\ntitle = "T"\noriginal = "tass"\n'
        '[[facts]]\nid = "f"\ntext = "F"\nsources = ["s", "t"]\n'
    )
    found = [problem.message for problem in load([str(path)]).check("note") if problem.check == "rests-on-one"]
    assert found == ["has only one voice (s, t)"]
