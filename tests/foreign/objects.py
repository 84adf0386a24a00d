"""Random JSON: records with others spelled out in them, unknown keys at any depth, in all wrappings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from foreign.values import ForeignFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from foreign.values import Scribe

    Object = dict[str, object]
    Part = Callable[[Scribe, str], object]

_XML = "http://www.w3.org/2001/XMLSchema"


def _authors(scribe: Scribe, path: str) -> object:
    kind = scribe.dice.randrange(3)
    if kind == 0:
        return scribe.word(path)
    if kind == 1:
        return scribe.words(path)
    return [{"name": scribe.word(f"{path}[].name"), "orcid": scribe.scalar(f"{path}[].orcid")}]


def _place(scribe: Scribe, path: str) -> object:
    if scribe.chance():
        return scribe.word(path)
    return {
        "name": scribe.word(f"{path}.name"), "lat": scribe.number(f"{path}.lat"), "geo": scribe.tree(f"{path}.geo"),
    }  # fmt: skip


def _listed(scribe: Scribe, path: str, parts: dict[str, Part]) -> object:
    """Return records that are named, or spelled out."""
    kind = scribe.dice.randrange(4)
    if kind == 0:
        return scribe.word(path)
    if kind == 1:
        return scribe.words(path)
    if kind == 2:
        return _spelled_out(scribe, path, parts)
    return [_spelled_out(scribe, f"{path}[]", parts) for _ in range(scribe.dice.randint(1, 3))]


def _spelled_out(scribe: Scribe, path: str, parts: dict[str, Part]) -> Object:
    first, *others = parts
    chosen = [first, *scribe.dice.sample(others, scribe.dice.randint(0, 3))]
    return {key: parts[key](scribe, f"{path}.{key}") for key in chosen}


def _other_dates(scribe: Scribe, path: str) -> object:
    if scribe.chance():
        return [scribe.date(path)]
    return [{"date": scribe.date(path), "note": scribe.word(path), "odd": scribe.tree(f"{path}[].odd", 1)}]


_SOURCE: dict[str, Part] = {
    "title": lambda scribe, path: scribe.word(path),
    "outlet": lambda scribe, path: scribe.word(path),
    "author": _authors,
    "published": lambda scribe, path: scribe.date(path),
    "pages": lambda scribe, path: scribe.word(path),
    "link": lambda scribe, path: scribe.address(path),
    "comment": lambda scribe, path: scribe.text(path),
    "foo": lambda scribe, path: scribe.tree(path),
    "type": lambda scribe, path: scribe.word(path),
}
_ACTOR: dict[str, Part] = {
    "name": lambda scribe, path: scribe.word(path),
    "nationality": lambda scribe, path: scribe.word(path),
    "office": lambda scribe, path: scribe.word(path),
    "aliases": lambda scribe, path: scribe.words(path),
    "born": lambda scribe, path: scribe.tree(path),
    "type": lambda scribe, path: scribe.word(path),
    "note": lambda scribe, path: scribe.words(path),
}
_TOPIC: dict[str, Part] = {
    "label": lambda scribe, path: scribe.word(path),
    "note": lambda scribe, path: scribe.word(path),
    "parent": lambda scribe, path: scribe.word(path),
    "weight": lambda scribe, path: scribe.tree(path),
}
_EVENT: dict[str, Part] = {
    "summary": lambda scribe, path: scribe.text(path),
    "notes": lambda scribe, path: scribe.words(path),
    "location": _place,
    "actors": lambda scribe, path: _listed(scribe, path, _ACTOR),
    "target": lambda scribe, path: _listed(scribe, path, _ACTOR),
    "sources": lambda scribe, path: _listed(scribe, path, _SOURCE),
    "links": lambda scribe, path: [scribe.address(path)],
    "tags": lambda scribe, path: _listed(scribe, path, _TOPIC),
    "kind": lambda scribe, path: scribe.word(path),
    "end_date": lambda scribe, path: scribe.date(path),
    "quote": lambda scribe, path: scribe.word(path),
    "responds_to": lambda scribe, _: scribe.words("references"),
    "other_dates": _other_dates,
    "date_text": lambda scribe, path: scribe.word(path),
    "file": lambda scribe, path: scribe.tree(path),
    "line": lambda scribe, path: scribe.tree(path),
    "rejected": lambda scribe, path: scribe.tree(path),
    "media": lambda scribe, path: scribe.words(path),
    "colour": lambda scribe, path: scribe.tree(path),
    "more": lambda scribe, path: scribe.tree(path),
    "earliest": lambda scribe, path: scribe.scalar(path),
    "place": lambda scribe, path: scribe.missing(path),
    "distance": lambda scribe, path: scribe.missing(path),
}


def record(scribe: Scribe, before: str = "", most: int = 9) -> Object:
    """Return an event; `before`: its path."""
    found: Object = {"title": scribe.begin_row()}
    found["date"] = scribe.word("date") if scribe.chance(0.1) else scribe.date("date")
    for key in scribe.dice.sample([*_EVENT], scribe.dice.randint(0, most)):
        found[key] = _EVENT[key](scribe, f"{before}{key}")
    if scribe.chance(0.2):
        found["type"] = "event"
    if scribe.chance(0.2):
        found["id"] = scribe.word("id")
    return dict(scribe.dice.sample([*found.items()], len(found)))


def records(scribe: Scribe) -> list[Object]:
    """Return some events."""
    return [record(scribe) for _ in range(scribe.dice.randint(1, 5))]


def _file(scribe: Scribe, document: object, count: int, name: str = "x.json") -> ForeignFile:
    text = json.dumps(document, ensure_ascii=scribe.chance(), indent=scribe.dice.choice((None, 1)))
    return ForeignFile(name, text.encode(), count, scribe.values)


def _beside(scribe: Scribe, before: str = "", *, most: int = 3) -> Object:
    """Return what a document has beside its records."""
    scribe.row = ""
    names = scribe.dice.sample(("count", "meta", "comments", "schema_version", "query"), scribe.dice.randint(0, most))
    return {name: scribe.tree(before + name) for name in names}


def plain(scribe: Scribe) -> ForeignFile:
    """Return a list of records, or a document with one."""
    found = records(scribe)
    if scribe.chance(0.2):
        return _file(scribe, [*found, scribe.alone("not an object")], len(found) + 1)
    if scribe.chance(0.3):
        return _file(scribe, found, len(found))
    key = scribe.dice.choice(("events", "entries", "items"))
    return _file(scribe, _beside(scribe) | {key: found}, len(found))


def nested(scribe: Scribe) -> ForeignFile:
    """Return a document whose records are deep in it, or in the objects of a list."""
    if scribe.chance():
        found = records(scribe)
        inner = _beside(scribe, "data.") | {"entries": found}
        return _file(scribe, {"data": inner} | _beside(scribe), len(found))
    days: list[Object] = []
    number = 0
    for _ in range(2):
        found = records(scribe)
        scribe.row = ""
        days.append({"day": scribe.scalar("days[].day"), "events": found})
        number += len(found)
    return _file(scribe, {"days": days}, number)


def by_id(scribe: Scribe) -> ForeignFile:
    """Return records by id."""
    found = {}
    for each in (record(scribe, most=3) for _ in range(3)):
        each.pop("id", None)
        scribe.values = [value for value in scribe.values if value.name != "id" or value.row != scribe.row]
        found[scribe.word("id")] = each
    return _file(scribe, found, len(found))


def features(scribe: Scribe) -> ForeignFile:
    """Return GeoJSON."""
    found = []
    for _ in range(3):
        properties = record(scribe)
        properties.pop("id", None)
        properties.pop("type", None)
        scribe.values = [value for value in scribe.values if value.name != "id" or value.row != scribe.row]
        for name in ("geometry.type", "object type"):
            scribe.note(name)
        place = {"type": "Point", "coordinates": [scribe.number("geometry.coordinates") for _ in "xy"]}
        found.append({"type": "Feature", "geometry": place, "properties": properties})
    scribe.row = ""
    scribe.note("type")
    return _file(scribe, {"type": "FeatureCollection", "features": found, **_beside(scribe)}, len(found), "x.geojson")


def tables(scribe: Scribe) -> ForeignFile:
    """Return a table, as rows or as columns."""
    rows = [[scribe.begin_row(), scribe.date("date"), scribe.word("place"), scribe.number("colour")] for _ in range(3)]
    names = ["title", "date", "place", "colour"]
    if scribe.chance(0.3):
        return _file(scribe, [names, *rows], len(rows))
    if scribe.chance(0.3):
        return _file(scribe, {name: [row[place] for row in rows] for place, name in enumerate(names)}, len(rows))
    return _file(scribe, {"columns": names, "data": rows} | _beside(scribe), len(rows))


def results(scribe: Scribe) -> ForeignFile:
    """Return the results of a query of Wikidata."""
    rows = []
    for _ in range(3):
        title, date = scribe.begin_row(), scribe.date("date")
        row = {
            "itemLabel": {"type": "literal", "value": title, "xml:lang": "en"},
            "date": {"type": "literal", "datatype": f"{_XML}#dateTime", "value": f"{date}T00:00:00Z"},
            "colour": {"type": "uri", "value": scribe.word("colour")},
        }  # fmt: skip
        scribe.note("itemLabel.xml:lang")
        rows.append(row)
    scribe.row = ""
    names = scribe.words("head.vars")
    return _file(scribe, {"head": {"vars": names}, "results": {"bindings": rows}}, len(rows))


def script(scribe: Scribe) -> ForeignFile:
    """Return JSON in a script."""
    found = records(scribe)
    return ForeignFile("x.json", f"var x = {json.dumps(found)};\n".encode(), len(found), scribe.values)


def lines(scribe: Scribe) -> ForeignFile:
    """Return JSON lines, of which one may be broken."""
    found = [json.dumps(each) for each in records(scribe)]
    if scribe.chance(0.3):
        word = scribe.alone("broken line")
        found.append(scribe.dice.choice((f'{{"title": "{word}', f'["{word}"]', f'{{"a": 1, "a": "{word}"}}')))
    return ForeignFile("x.jsonl", "\n".join(found).encode(), len(found), scribe.values)
