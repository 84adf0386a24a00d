"""Sources from the tags of a reference in RIS."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from korea_cli.ingest.bibliographies.bibliography import SourceFields

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    Tags = list[tuple[str, str]]

_SOURCE_TYPES = {
    "JOUR": "article", "JFULL": "article", "EJOUR": "article", "MGZN": "article", "NEWS": "article",
    "CONF": "article", "CPAPER": "article", "INPR": "article", "BOOK": "book", "CHAP": "book", "EBOOK": "book",
    "ECHAP": "book", "EDBOOK": "book", "RPRT": "report", "GOVDOC": "report", "CASE": "judgment", "HEAR": "hearing",
    "DATA": "dataset", "AGGR": "dataset", "ELEC": "web", "WEB": "web", "BLOG": "web", "VIDEO": "video",
    "MPCT": "video", "ADVS": "video",
}  # fmt: skip
_UNTYPED = "GEN"
_KEYS = (
    ("id", ("ID",)), ("title", ("TI", "T1", "CT", "BT")), ("container", ("T2", "JO", "JF", "JA", "J1", "J2")),
    ("publisher", ("PB",)), ("url", ("UR",)), ("doi", ("DO",)), ("isbn", ("SN",)), ("language", ("LA",)),
    ("note", ("N1",)),
)  # fmt: skip
_AUTHORS = ("AU", "A1")
_REPORTS = ("RPRT", "GOVDOC")
_DATE = re.compile(r"(\d{4})/(\d{0,2})/?(\d{0,2})/?(?:(?<=/)(?P<words>[^/].*))?", re.ASCII)
_DATES = {"DA", "PY", "Y1", "Y2"}


def source_cells(tags: Tags, mapped: Collection[str] = ()) -> dict[str, object]:
    """Return the cells of a reference, by key, and what has none, under its tag; the first tag is its type."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in tags:
        date, words = _plain_date(value) if name in _DATES else (value, "")
        if date:
            values[name].append(date)
        if words:
            values["N1"].append(f"{name}: {words}")
    type_ = values.pop("TY", [""])[0]
    found = SourceFields({name: _single(name, each) for name, each in values.items()}, mapped)
    found.add({} if type_ == _UNTYPED else {"TY": type_})
    found.put("source_type", _SOURCE_TYPES.get(type_, ""), "TY")
    found.put("authors", [each for name in _AUTHORS if name not in mapped for each in values[name]], *_AUTHORS)
    for key, names in _KEYS:
        found.take(key, *names)
        found.add({f"further {name}": more for name in names if key != "note" and (more := values[name][1:])})
    if type_ in _REPORTS:
        found.take("number", "M1", "IS")
    for name in ("PY", "Y1"):
        found.take_date("issued", "DA" if found.peek("DA") else name, (name,) if found.peek("DA") else ())
        if "issued" in found.cells:
            break
    found.take_date("accessed", "Y2")
    return found.all()


def _single(name: str, values: Sequence[str]) -> object:
    """Return the value of a tag: all notes, and of others that have one key the first."""
    if name == "N1":
        return "\n".join(values)
    return values[0] if len(values) == 1 or any(name in names for _, names in _KEYS) else [*values]


def _plain_date(text: str) -> tuple[str, str]:
    """Return a date of RIS, `2017/05/25/`, as it is stored, and the words after it: each of its parts may be empty."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return text, ""
    return "-".join(part.zfill(2) for part in match.groups()[:3] if part), match["words"] or ""
