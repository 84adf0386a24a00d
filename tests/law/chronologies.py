"""Random chronologies: every key of the model, dates of every form, names in several scripts, much in common."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from korea_cli.model.choices import (
    ACTOR_KINDS,
    DATE_BASES,
    EVENT_KINDS,
    EVENT_STATUSES,
    FACT_KINDS,
    FACT_STATUSES,
    SOURCE_TYPES,
    VOICES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

Row = dict[str, Any]
Tables = dict[str, list[Row]]

FURTHER_KINDS = ("raid", "air-drop")
FURTHER_ACTORS, FURTHER_SOURCES = ("company",), ("podcast", "telegram")
# Each can be an actor only once; several share words, beginnings or a form without accents.
NAMES = (
    "North Korea", "South Korea", "Korea Society", "Moon Jae-in", "Moon Chung-in", "문재인", "문재인 정부", "북한",
    "Владимир Путин", "Путин", "Łódź Council", "Lech Wałęsa", "Ævar Æsir", "Y\u0131ld\u0131r\u0131m", "Điện Biên",
    "U.S. envoy", "US Navy", "Strauß GmbH", "習近平", "ミサイル省", "がぎ", "Émile Dupont", "Emile Dupond",
    "H.R. McMaster", "Rex Tillerson", "Russia", "Россия", "Russian Navy", "C_D 100%", "Ħal Għaxaq", "Ŧhule Œuvre",
    "Œuvre Þór",
)  # fmt: skip
WORDS = (
    "us", "U.S.", "Russia's", "russia", "talks", "talk", "missile", "missiles", "Missile-test", "the", "envoy",
    "naïve", "naive", "café", "Łódź", "lodz", "Straße", "strasse", "100%", "c_d", "'x'", "2017", "한국", "회담",
    "한국회담", "6자회담", "문재인은", "대통령", "部署THAAD系统", "THAAD", "ミサイル", "がぎ", "путин", "meeting",
    "Æsir", "H.R.McMaster", "Seoul–Moscow", "Søren", "soren", "ĦAL", "þing", "thing", "œuvre", "oeuvre", "e\u0301te",
    '"x"', 'y"', "“z”", "a\\b", "«회담»",
)  # fmt: skip
PLACES = (
    "Moscow", "Seoul", "Łódź", "서울", "서울 강남", "New York", "new york, U.N.", "Straße 7", "東京都",
    "Москва, Moscow", "Yorkshire", "",
)  # fmt: skip
# Each can be a name of one place only; some are part of another, or of a place without a list.
PLACE_NAMES = (
    "Moscow", "Москва", "mosca", "Seoul", "서울", "강남", "Сеул", "Łódź", "Łódzkie", "lodz 1", "New York", "York",
    "뉴욕", "U.N.", "UN Plaza", "Straße", "京", "東京", "ニューヨーク", "한국 서울",
)  # fmt: skip
CONTAINERS = ("Daily Post", "Post", "The Diplomat", "日報 Post", "프레스", "Press", "")
COUNTRIES = ("RUS", "KOR", "PRK", "USA", "")
LABELS = ("THAAD", "Missile tests", "Missiles", "Six Party Talks", "회담", "Talks", "Œuvre", "Sanctions", "Łódź talks")
IDS = ("a", "a1", "a17", "b", "b-1", "korea", "korea-1", "moon", "moon-1", "us", "x", "x-2", "russia", "talks", "press")
ZONES = ("Asia/Seoul", "Asia/Pyongyang", "America/New_York", "Europe/Moscow", "UTC", "Asia/Kathmandu", "")
TIMES = ("00:00", "00:40", "09:00", "09:10", "09:10:30", "12:00", "21:00", "23:59", "")
MOST = {"sources": 8, "actors": 12, "topics": 6, "events": 40, "facts": 12}


def chronology(random: Random) -> Tables:
    """Return the tables of a chronology, `chronology` (its header, in a list of one) among them."""
    few = random.random() < 0.2
    sizes = {table: random.randint(0, 3 if few else most) for table, most in MOST.items()}
    sizes["events"] = max(sizes["events"], 1)
    ids = {table: _ids(random, table, size) for table, size in sizes.items()}
    names = [name for name in random.sample(NAMES, len(NAMES)) if name.casefold() not in ids["actors"]]
    makers: dict[str, Callable[[int], Row]] = {
        "sources": lambda place: _source(random, ids["sources"][place]),
        "actors": lambda place: _actor(random, ids["actors"], place, names),
        "topics": lambda place: _topic(random, ids["topics"], place),
        "events": lambda place: _event(random, ids, place),
        "facts": lambda place: _fact(random, ids, place),
    }
    tables = {table: [make(place) for place in range(sizes[table])] for table, make in makers.items()}
    for table in ("actors", "topics"):
        random.shuffle(tables[table])
    tables = {"chronology": [_header(random)], **tables}
    return _long_ago(tables, random.choice([2016, 2060])) if random.random() < 0.15 else tables


def _long_ago(value: Any, years: int, key: str = "") -> Any:  # noqa: ANN401 - tables, or something in them
    """Return the same chronology many years earlier, before the year 1 or around it."""
    if isinstance(value, dict):
        return {name: _long_ago(each, years, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_long_ago(each, years, key) for each in value]
    if key not in {"date", "issued", "accessed", "as_of"}:
        return value
    return re.sub(r"-?\d{4}", lambda year: f"{'-' * (int(year[0]) < years)}{abs(int(year[0]) - years):04}", value)


def toml_of(tables: Tables) -> str:
    """Write tables as a data file."""
    lines: list[str] = []
    for table, rows in tables.items():
        for row in rows:
            lines.append("[chronology]" if table == "chronology" else f"[[{table}]]")
            lines += [f"{key} = {_value(value)}" for key, value in row.items()]
    return "\n".join([*lines, ""])


def _value(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_value(each)}' for key, each in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _header(random: Random) -> Row:
    days = ("2017-07-08", "2016-12-31", "2017", "2016-05", "2019-01-01")
    given = {
        "title": "Law", "as_of": random.choice(days), "place_names": _place_names(random)
    }  # fmt: skip
    words = {"kinds": FURTHER_KINDS, "actor_kinds": FURTHER_ACTORS, "source_types": FURTHER_SOURCES}
    own = {key: list(each) for key, each in words.items()}
    return own | {key: value for key, value in given.items() if random.random() < 0.5}


def _place_names(random: Random) -> list[list[str]]:
    """Return lists of two to four names, some of them with the first name of another."""
    names = random.sample(PLACE_NAMES, len(PLACE_NAMES))
    sizes = random.choices([2, 2, 3, 4], k=random.randint(0, 5))
    lists = [[names.pop() for _ in range(size) if names] for size in sizes]
    lists += [[one[0], names.pop()] for one in lists if names and random.random() < 0.2]
    return [each for each in lists if len(each) > 1]


def _ids(random: Random, table: str, size: int) -> list[str]:
    """Return ids, some of them used in other tables too, some the beginning of another."""
    numbered = [f"{table[0]}{number}" for number in range(1, size + 1)]
    ids = [*random.sample(IDS, min(size, random.randint(0, len(IDS)))), *numbered]
    return list(dict.fromkeys(ids))[:size]


def _some(random: Random, values: Sequence[str], most: int = 3) -> list[str]:
    return random.sample(values, min(random.choice([0, 1, 1, 2, most]), len(values)))


def _text(random: Random, most: int = 4) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, most)))


def _maybe(random: Random, row: Row) -> Row:
    """Leave out some of the keys that are optional; one that is empty stays now and then."""
    return {key: value for key, value in row.items() if random.random() < 0.7 and (value or random.random() < 0.2)}


def _source(random: Random, id_: str) -> Row:
    own = {"id": id_, "title": random.choice([_text(random), random.choice(LABELS)])}
    further = {
        "type": random.choice(SOURCE_TYPES + FURTHER_SOURCES), "voice": random.choice(VOICES),
        "country": random.choice(COUNTRIES),
        "authors": _some(random, NAMES), "container": random.choice(CONTAINERS),
        "publisher": random.choice(("", "", *CONTAINERS)),
        "original": random.choice(("", "", "", "Yonhap", "Post")), "issued": date(random),
        "url": "https://example.org/x", "accessed": date(random), "language": random.choice(["en", "ko"]),
        "note": _text(random),
    }  # fmt: skip
    return own | _maybe(random, further)


def _actor(random: Random, ids: list[str], place: int, names: list[str]) -> Row:
    aliases = [names.pop() for _ in range(random.choice([0, 0, 1, 1, 2])) if len(names) > len(ids)]
    own = {"id": ids[place], "name": names.pop() if names else f"Actor {place}"}
    further = {
        "kind": random.choice(ACTOR_KINDS + FURTHER_ACTORS + ("state",) * 5), "country": random.choice(COUNTRIES),
        "role": _text(random, 2), "part_of": _some(random, ids[place + 1 :], 2), "wikidata": f"Q{place + 1}",
        "affiliation": _some(random, ids, 2),
        "note": _text(random),
    }  # fmt: skip
    return own | {"aliases": aliases} | _maybe(random, further)


def _topic(random: Random, ids: list[str], place: int) -> Row:
    aliases = _some(random, (*LABELS, *WORDS), 2)
    further = {"aliases": aliases, "broader": random.choice([*ids[place + 1 :], ""]), "note": _text(random)}
    return {"id": ids[place], "label": random.choice(LABELS)} | _maybe(random, further)


def _shared(random: Random, ids: dict[str, list[str]]) -> Row:
    """Return the keys that events and facts have in common."""
    disputing = [*ids["facts"], *ids["actors"], *ids["sources"]]
    return {
        "topics": _some(random, ids["topics"]), "sources": _cited(random, ids["sources"]), "note": _text(random),
        "disputed_by": _some(random, list(dict.fromkeys(disputing)), 2),
    }  # fmt: skip


def _cited(random: Random, ids: list[str]) -> list[str]:
    return [f"{id_}{random.choice(['', '#p1', '#p2', '# p. 3'])}" for id_ in _some(random, ids)]


def _event(random: Random, ids: dict[str, list[str]], place: int) -> Row:
    roles = {role: _some(random, ids["actors"]) for role in ("actors", "recipients", "via")}
    further = {
        "date_text": "May 25", "date_basis": random.choice(DATE_BASES), "time": random.choice(TIMES),
        "timezone": random.choice(ZONES), "kind": random.choice(EVENT_KINDS[:4] + FURTHER_KINDS),
        "summary": _text(random, 6), "place": random.choice(PLACES), "status": random.choice(EVENT_STATUSES),
        "withdrawn": date(random), "withdrawn_reason": _text(random),
        "responds_to": _some(random, ids["events"][:place]), "quote": _text(random, 2),
        "other_dates": [_other_date(random, ids) for _ in range(random.choice([0, 0, 0, 1, 2]))],
    }  # fmt: skip
    own = {"id": ids["events"][place], "title": _text(random), "date": date(random)}
    return own | roles | _maybe(random, further | _shared(random, ids))


def _other_date(random: Random, ids: dict[str, list[str]]) -> Row:
    further = {"sources": _cited(random, ids["sources"]), "note": _text(random)}
    return {"date": date(random)} | _maybe(random, further)


def _fact(random: Random, ids: dict[str, list[str]], place: int) -> Row:
    roles = {role: _some(random, ids["actors"]) for role in ("holders", "reported_by", "about")}
    further = {
        "kind": random.choice(FACT_KINDS), "events": _some(random, ids["events"]), "date": date(random),
        "hedged": random.choice([True, False]), "status": random.choice(FACT_STATUSES),
        "withdrawn": date(random), "withdrawn_reason": _text(random),
        "outcome": _text(random), "outcome_sources": _cited(random, ids["sources"]),
    }  # fmt: skip
    return {"id": ids["facts"][place], "text": _text(random)} | roles | _maybe(random, further | _shared(random, ids))


# ---------------------------------------------------------------- dates


def date(random: Random) -> str:
    """Return a stored date of any form; half of them are plain days, of which there are few."""
    if random.random() < 0.5:
        return random.choice(["2016-04-30", "2017-05-24", "2017-05-25", "2017-05-25", "2017-07-04", "2016-02-29"])
    return random.choice(_FORMS)(random)


def _part(random: Random) -> str:
    """Return a year, month, other part of a year, or day, without a qualifier."""
    year = random.choice([2015, 2016, 2016, 2017, 2017, 2017, 2018])
    month = random.randint(1, 12)
    forms = [f"{year}", f"{year}-{month:02}", f"{year}-{month:02}", f"{year}-{random.randint(33, 41)}"]
    return random.choice([*forms, *[f"{year}-{month:02}-{random.randint(1, 28):02}"] * 4])


def _parts(random: Random) -> tuple[str, str]:
    """Return two parts, the earlier first."""
    years = sorted(random.sample([2014, 2015, 2016, 2017, 2018], 2))
    if random.random() < 0.5:
        days = sorted(random.sample(range(1, 29), 2))
        return f"2017-05-{days[0]:02}", f"2017-05-{days[1]:02}"
    return tuple(f"{year}{random.choice(['', '-04', '-04-30', '-35'])}" for year in years)  # type: ignore[return-value]


def _unknown_day(random: Random) -> str:
    return random.choice(["2017-05-XX", "2017-XX", "2016-04-XX", "2017-07-XX?"])


def _far(random: Random) -> str:
    if random.random() < 0.03:  # few: a chart over so many years takes long
        return random.choice(["0033", "0001-01-01", "9999-12-31", "9999", "-0752", "0000-12-31"])
    return random.choice(["1950-06-25", "1950/1953-07-27", "2030-01", "1999"])


_FORMS: list[Callable[[Random], str]] = [
    _part,
    _part,
    lambda random: _part(random) + random.choice("~?%"),
    _unknown_day,
    _far,
    lambda random: "/".join(_parts(random)),
    lambda random: "?/".join(_parts(random)),
    lambda random: f"{_part(random)}/..",
    lambda random: f"{_part(random)}/..",
    lambda random: f"{_part(random)}/",
    lambda random: f"../{_part(random)}",
    lambda random: f"/{_part(random)}",
    lambda random: f"[{','.join(_parts(random))}]",
    lambda random: f"[{'..'.join(_parts(random))}]",
    lambda random: f"[..{_part(random)}]",
    lambda random: f"[{_part(random)}..]",
]
