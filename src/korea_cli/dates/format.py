"""Stored dates in words, which the reader of typed dates reads as the same dates: all that is known and no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.dates.parts import parse_part

if TYPE_CHECKING:
    from korea_cli.dates.parts import Part

_JOINTS = re.compile(r"[\[\],/]|\.\.")
_MARKS = re.compile("[~?%]")
_FRAMES = {  # what may stand around one date
    "{}": "{}",
    "{}/{}": "{}",
    "{}/..": "since {}, ongoing",
    "{}/": "from {}, end unknown",
    "../{}": "until {}",
    "/{}": "until {}, start unknown",
    "..{}": "by {}",
    "{}..": "{} or later",
}


def show_stored(text: str) -> str:
    """Return a valid stored date in words: `7–8 Jul 2017`, `since Apr 2016, ongoing`, `c. 2016`."""
    texts = [part for part in _JOINTS.split(text) if part]
    if frame := _FRAMES.get(text.strip("[]").replace(texts[0], "{}")):
        return frame.format(_qualified(parse_part(texts[0])))
    marks = {part[-1] if _MARKS.search(part) else "" for part in texts}
    if len(marks) > 1:
        return _words(text)
    return _around(parse_part(texts[0]), _words(_MARKS.sub("", text)))


def _words(text: str) -> str:
    """Name several dates; those with a mark that the others lack stand in parentheses."""
    if "/" in text:
        names, tail = _shared(text.split("/"))
        loose = any(" " in name or name[0] == "(" for name in names)
        return (" – " if loose else "–").join(names) + tail
    choices = text[1:-1].split(",")
    if ".." in text:
        return _listed([_choice(choice) for choice in choices])
    names, tail = _shared(choices)
    return _listed(names) + tail


def _choice(text: str) -> str:
    texts = [part for part in text.split("..") if part]
    names, tail = _shared(texts)
    if len(names) > 1:
        return f"between {names[0]} and {names[1]}{tail}"
    return _FRAMES[text.replace(texts[0], "{}")].format(names[0] + tail)


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _shared(texts: list[str]) -> tuple[list[str], str]:
    """Name dates without the month and year they share, and return that shared ending."""
    parts = [parse_part(text) for text in texts]
    if any(part.marked for part in parts):
        return [f"({_qualified(part)})" if part.marked else " ".join(part.words) for part in parts], ""
    # "early – late 2016" would leave "early" without its year
    spare = 0 if any(part.precision == "third" for part in parts) else min(len(part.words) for part in parts) - 1
    while spare and len({part.words[-spare:] for part in parts}) > 1:
        spare -= 1
    names = [" ".join(part.words[: len(part.words) - spare]) for part in parts]
    return names, "".join(f" {word}" for word in parts[0].words[len(parts[0].words) - spare :])


def _around(part: Part, text: str) -> str:
    return f"{'c. ' if part.approximate else ''}{text}{'?' if part.uncertain else ''}"


def _qualified(part: Part) -> str:
    return _around(part, " ".join(part.words))
