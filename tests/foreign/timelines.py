"""Random timelines of TimelineJS: slides, eras, media, in version 3 and 2, and as sheets."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from foreign.values import ForeignFile

if TYPE_CHECKING:
    from foreign.values import Scribe

    Object = dict[str, object]

_TITLE = "title slide"


def version_3(scribe: Scribe) -> ForeignFile:
    """Return a document of version 3."""
    slides = [_slide(scribe) for _ in range(scribe.dice.randint(1, 4))]
    eras = [_slide(scribe) for _ in range(scribe.dice.randint(0, 2))]
    scribe.row = ""
    document: Object = {"events": slides, "eras": eras}
    rows = len(slides) + len(eras)
    if scribe.chance():
        scribe.row = "title slide"
        document["title"] = {"text": {"headline": "Title slide"}}
        rows += 1
    scribe.row = ""
    if scribe.chance():
        document |= {"scale": scribe.word("scale"), "more": scribe.tree("more")}
    return ForeignFile("x.json", json.dumps(document).encode(), rows, scribe.values)


def _date(scribe: Scribe, name: str) -> Object:
    day = scribe.day()
    found: Object = {"year": day.year, "month": str(day.month), "day": day.day}
    scribe.note(name, day.isoformat())
    if scribe.chance(0.3):
        found["format"] = scribe.word(f"{name}.format")
    return found


def _slide(scribe: Scribe) -> Object:
    title = scribe.begin_row()
    found: Object = {"start_date": _date(scribe, "start_date"), "text": {"headline": f"<b>{title}</b> happens"}}
    text = found["text"]
    if scribe.chance() and isinstance(text, dict):
        link = f'<a href="{scribe.address("text")}">A link to {scribe.word("text")}</a>'
        quote = f"<blockquote>{scribe.word('text')}</blockquote>" if scribe.chance() else ""
        image = f'<img src="{scribe.address("text")}">' if scribe.chance() else ""
        text["text"] = f"<p>{scribe.word('text')} &amp; {link}</p>{quote}{image}"
        text["odd"] = scribe.tree("text.odd")
    if scribe.chance():
        found["end_date"] = _date(scribe, "end_date")
    if scribe.chance(0.3):
        found["display_date"] = scribe.word("display_date")
        start = found["start_date"]
        if isinstance(start, dict) and scribe.chance():
            start["display_date"] = scribe.word("start_date.display_date")
    if scribe.chance():
        found["media"] = _media(scribe)
    if scribe.chance():
        found["group"] = scribe.word("group")
    if scribe.chance(0.3):
        found["unique_id"] = scribe.word("unique_id")
    if scribe.chance(0.3):
        found["background"] = {"url": scribe.word("background.url"), "color": scribe.scalar("background.color")}
    if scribe.chance(0.3):
        found["extra"] = scribe.tree("extra")
    return found


def _media(scribe: Scribe) -> Object:
    url = scribe.dice.choice(
        (
            lambda: scribe.address("media.url"),
            lambda: f'<iframe src="{scribe.address("media.url")}"></iframe>',
            lambda: f"<blockquote>{scribe.word('media.url')}</blockquote>",
            lambda: scribe.word("media.url"),
        )
    )()
    found: Object = {"url": url, "thumbnail": scribe.scalar("media.thumbnail")}
    image = f' <img src="{scribe.address("media.caption")}">' if scribe.chance(0.2) else ""
    others = {
        "caption": lambda: f"<i>{scribe.word('media.caption')}</i>{image}",
        "credit": lambda: scribe.word("media.credit"),
        "link": lambda: scribe.address("media.link"), "alt": lambda: scribe.word("media.alt"),
    }  # fmt: skip
    if image:
        found["caption"] = others["caption"]()
    return found | {key: others[key]() for key in scribe.dice.sample([*others], 2) if key not in found}


def version_2(scribe: Scribe) -> ForeignFile:
    """Return a document of version 2."""
    slides = [_old_slide(scribe) for _ in range(scribe.dice.randint(1, 4))]
    scribe.row = "title slide"
    whole = {"headline": "Title slide", "type": "default", "date": slides}
    scribe.row = ""
    document = {"timeline": whole, "more": scribe.tree("more")}
    return ForeignFile("x.json", json.dumps(document).encode(), len(slides) + 1, scribe.values)


def _old_slide(scribe: Scribe) -> Object:
    title, day = scribe.begin_row(), scribe.day()
    scribe.note("startDate", day.isoformat())
    found: Object = {"startDate": f"{day.year},{day.month},{day.day}", "headline": title}
    if scribe.chance():
        found["text"] = f"<p>{scribe.word('text')}</p>"
    if scribe.chance():
        found["tag"] = scribe.word("tag")
        if scribe.chance(0.3):
            found["group"] = scribe.word("group")
    if scribe.chance():
        found["asset"] = {
            "media": scribe.address("media.url"), "credit": scribe.word("media.credit"),
            "caption": scribe.word("media.caption"), "thumbnail": scribe.scalar("media.thumbnail"),
        }  # fmt: skip
    if scribe.chance():
        found["classname"] = scribe.tree("classname")
    return found


_COLUMNS = (
    "End Year", "Time", "Display Date", "Text", "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Type",
    "Group", "Background", "Colour",
)  # fmt: skip


def sheet(scribe: Scribe) -> ForeignFile:
    """Return a sheet of TimelineJS."""
    columns = scribe.dice.sample(_COLUMNS, scribe.dice.randint(0, len(_COLUMNS)))
    rows = []
    for _ in range(scribe.dice.randint(1, 4)):
        title, day = scribe.begin_row(), scribe.day()
        scribe.note("date", day.isoformat())
        row = {"Year": day.year, "Month": day.month, "Day": day.day, "Headline": title}
        rows.append(row | {name: _cell(scribe, name) for name in columns if scribe.chance(0.7)})
    text = io.StringIO()
    writer = csv.DictWriter(text, ["Year", "Month", "Day", "Headline", *columns])
    writer.writeheader()
    writer.writerows(rows)
    return ForeignFile("x.csv", text.getvalue().encode(), len(rows), scribe.values)


def _cell(scribe: Scribe, name: str) -> object:
    if name == "End Year":
        scribe.note(name, f"/{(year := scribe.next() + 5000)}")
        return year
    if name == "Type":
        return "era"
    return "09:10" if name == "Time" else scribe.address(name) if name == "Media" else scribe.word(name)
