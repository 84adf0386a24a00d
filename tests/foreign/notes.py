"""Random notes with front matter, YAML and Markwhen: keys that no record has, lines that are no events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from foreign import objects
from foreign.values import ForeignFile

if TYPE_CHECKING:
    from foreign.values import Scribe


def yaml(scribe: Scribe) -> ForeignFile:
    """Return a list of records; JSON is YAML."""
    return objects.plain(scribe)._replace(name="x.yaml")


def note(scribe: Scribe) -> ForeignFile:
    """Return a note."""
    word = scribe.begin_row()
    keys: dict[str, object] = {"date": scribe.date("date"), "tags": scribe.words("tags"), "id": word}
    if titled := scribe.chance():
        keys["title"] = word
    for name in scribe.dice.sample(("place", "odd", "layout", "note", "weather"), 3):
        keys[name] = scribe.tree(name, 2) if name in {"odd", "weather"} else scribe.word(name)
    front = "".join(f"{key}: {json.dumps(each)}\n" for key, each in keys.items())
    heading = "" if titled else f"# {word}\n\n"
    body = f"{heading}{scribe.word('body')}: a *text*\n\n- {scribe.word('body')}\n"
    return ForeignFile("x.md", f"---\n{front}---\n{body}".encode(), 1, scribe.values)


def markwhen(scribe: Scribe) -> ForeignFile:
    """Return a timeline."""
    lines = [
        f"{name}: {scribe.word(f'{name} (header)')}" for name in ("title", "#war", "description") if scribe.chance()
    ]
    number = scribe.dice.randint(1, 5)
    for _ in range(number):
        scribe.row = ""
        if scribe.chance(0.3):
            lines.append(f"// {scribe.word('comments')}")
        if scribe.chance(0.3):
            lines.append("end group" if scribe.chance() else "section Wars #war")
        lines += _event(scribe)
    return ForeignFile("x.mw", "\n".join(lines).encode(), number, scribe.values)


def _event(scribe: Scribe) -> list[str]:
    word = scribe.begin_row()
    relative = scribe.chance(0.2)
    date = "after !x 3 days" if relative else scribe.date("date")
    tags = "".join(f" #{tag}" for tag in scribe.words("tags")) if scribe.chance() else ""
    lines = [f"{date}: {word} {scribe.text('title').split('#')[0].strip()}{tags}"]
    if scribe.chance():
        lines.append(f"[{scribe.word('place')}](location) [{scribe.word('label')}]({scribe.address('sources')})")
    if scribe.chance():
        lines += ["", f"Note: {scribe.word('summary')} {scribe.address('sources')}"]
    return lines
