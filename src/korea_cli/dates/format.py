"""Stored dates in words, no more precise than known; the parser of typed dates reads the words as the same dates."""

from __future__ import annotations

import re

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.dates.days import iso_day
from korea_cli.dates.parts import parse_part

if TYPE_CHECKING:
    from korea_cli.dates.parts import Part

_JOINTS = r"[\[\],/]|\.\."
_MARKS = "[~?%]"
_BEFORE_CHRIST = ("-", "0000")
_FRAMES = {  # what may enclose one date
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
    texts = [part for part in re.split(_JOINTS, text) if part]
    if frame := _FRAMES.get(text.strip("[]").replace(texts[0], "{}")):
        part = parse_part(texts[0])
        return frame.format(_with_qualifier(part, " ".join(part.words())))
    # "2016 or 44 BC" would be two years before Christ.
    era = any(part.startswith(_BEFORE_CHRIST) for part in texts)
    if len({part[-1] if re.search(_MARKS, part) else "" for part in texts}) > 1:
        return _words(text, era=era)
    return _with_qualifier(parse_part(texts[0]), _words(re.sub(_MARKS, "", text), era=era))


def _words(text: str, *, era: bool) -> str:
    """Return several dates in words; those with a qualifier that the others lack are in parentheses."""
    if "/" in text:
        names, tail = _names(text.split("/"), era=era)
        loose = any(" " in name or name[0] == "(" for name in names)
        return (" – " if loose else "–").join(names) + tail
    choices = text[1:-1].split(",")
    if ".." in text:
        return _joined([_choice(choice, era=era) for choice in choices])
    names, tail = _names(choices, era=era)
    return _joined(names) + tail


def _choice(text: str, *, era: bool) -> str:
    texts = [part for part in text.split("..") if part]
    names, tail = _names(texts, era=era)
    if len(names) > 1:
        return f"between {names[0]} and {names[1]}{tail}"
    return _FRAMES[text.replace(texts[0], "{}")].format(names[0] + tail)


def _joined(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _names(texts: list[str], *, era: bool) -> tuple[list[str], str]:
    """Return the names of dates without the month and year that they share, and that shared ending."""
    parts = [parse_part(text) for text in texts]
    words = [part.words(era=era) for part in parts]
    if any(part.qualifier for part in parts):
        whole = [_with_qualifier(part, " ".join(each)) for part, each in zip(parts, words, strict=True)]
        return [f"({name})" if part.qualifier else name for part, name in zip(parts, whole, strict=True)], ""
    # "early – late 2016" would leave "early" without its year
    spare = 0 if any(part.precision == "third" for part in parts) else min(map(len, words)) - 1
    while spare and len({each[-spare:] for each in words}) > 1:
        spare -= 1
    tail = words[0][len(words[0]) - spare :]
    return [" ".join(each[: len(each) - spare]) for each in words], "".join(f" {word}" for word in tail)


def _with_qualifier(part: Part, text: str) -> str:
    return f"{'c. ' if part.qualifier in {'~', '%'} else ''}{text}{'?' if part.qualifier in {'?', '%'} else ''}"


def span_text(first: int | None, last: int | None) -> str:
    """Return a window in words: `1 Jan 2015 to 31 Dec 2015`, `since 1 May 2017`, `25 May 2017`; None is an open end."""
    start, end = ("" if day is None else show_stored(iso_day(day)) for day in (first, last))
    if start and end:
        return start if start == end else f"{start} to {end}"
    return f"since {start}" if start else f"until {end}" if end else "any day"
