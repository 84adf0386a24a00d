"""The JSON Schemas of values that several rows have, and of the positions in disputes and of actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from korea_cli.analysis.dispute_cases import CONTESTED
from korea_cli.cli.schemas.data import TEXT, Schema, list_of
from korea_cli.model.choices import DISPUTE_STATES
from korea_cli.model.records import Match

if TYPE_CHECKING:
    from collections.abc import Mapping


def object_of(**properties: Schema) -> Schema:
    """Return the schema of an object that has all of some properties."""
    return {"type": "object", "required": list(properties), "properties": properties}


def titled(title: str, /, **properties: Schema) -> Schema:
    """Return the schema of an object that has a name, also as a type in Python."""
    return {"title": title, **object_of(**properties)}


TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer"}
NUMBER_OR_NULL: Schema = {"type": ["integer", "null"]}
YES_OR_NO: Schema = {"type": "boolean"}
TEXTS = list_of(TEXT)
CITATION = titled("source citation", id=TEXT, locator=TEXT_OR_NULL, title=TEXT, url=TEXT_OR_NULL)
OTHER_DATE = titled(
    "alternative date", date=TEXT, earliest=TEXT_OR_NULL, latest=TEXT_OR_NULL, note=TEXT_OR_NULL,
    sources=list_of(CITATION),
)  # fmt: skip
RECORD = titled("record reference", type=TEXT, id=TEXT, title=TEXT)
ACTORS = list_of(titled("actor reference", id=TEXT, name=TEXT))
OPPONENT = titled("opponent reference", type=TEXT, id=TEXT, title=TEXT, holders=ACTORS)
CLAIM = titled(
    "claim about event",
    id=TEXT,
    text=TEXT,
    holders=ACTORS,
    reported_by=ACTORS,
    status=TEXT_OR_NULL,
    sources=list_of(CITATION),
)
MATCH: Schema = {"enum": [*get_args(Match), None]}
_POSITION: Mapping[str, Schema] = {
    "side": NUMBER, "record": {"enum": ["event", "fact", "actor", "source"]}, "id": TEXT, "who": TEXT_OR_NULL,
    "holders": ACTORS, "reported_by": ACTORS, "says": TEXT_OR_NULL, "date": TEXT_OR_NULL, "status": TEXT_OR_NULL,
    "hedged": YES_OR_NO, "sources": list_of(CITATION), "note": TEXT_OR_NULL,
}  # fmt: skip
_DISPUTE: Schema = {"title": TEXT, "state": {"enum": [*DISPUTE_STATES]}, "contested": {"enum": [*CONTESTED]}}
OF_DISPUTES: Mapping[str, Mapping[str, Schema]] = {
    "dispute": {
        **_DISPUTE, "id": TEXT, "date": TEXT_OR_NULL, "side_count": NUMBER, "position_count": NUMBER,
        "event": {"anyOf": [RECORD, {"type": "null"}]},
        "match": MATCH, "positions": list_of(titled("dispute position", **_POSITION)),
    },
    "position": {**_DISPUTE, **_POSITION, "dispute": TEXT, "match": MATCH},
}  # fmt: skip
_REMARK: Mapping[str, Schema] = {
    "record": {"enum": ["event", "fact"]}, "id": TEXT, "date": TEXT_OR_NULL, "kind": TEXT_OR_NULL, "says": TEXT,
    "actors": ACTORS, "recipients": ACTORS, "via": ACTORS, "status": TEXT_OR_NULL, "hedged": YES_OR_NO,
    "change": MATCH, "changes": list_of(RECORD), "last": MATCH, "match": MATCH, "sources": list_of(CITATION),
}  # fmt: skip
OF_SPEAKERS: Mapping[str, Mapping[str, Schema]] = {
    "speaker": {
        "id": TEXT, "name": TEXT, "position_count": NUMBER, "change_count": NUMBER, "first": TEXT_OR_NULL,
        "last": TEXT_OR_NULL, "positions": list_of(titled("actor position", **_REMARK)),
    },
    "remark": {**_REMARK, "speaker": TEXT, "name": TEXT},
}  # fmt: skip
