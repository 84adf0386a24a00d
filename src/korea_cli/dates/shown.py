"""Stored dates in words: as much as is known and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.dates.parts import parse_part

if TYPE_CHECKING:
    from korea_cli.dates.parts import Part

_UNITS_OF_ONE_WORD = ("early", "mid", "late")  # "early – late 2016" would leave "early" without its year


def show_stored(text: str) -> str:
    """Say a valid stored date in words: `7–8 Jul 2017`, `since Apr 2016`, `c. 2016`."""
    if text.startswith("["):
        return _one_of(text[1:-1].split(","))
    if "/" in text:
        return _interval(*text.split("/"))
    return _qualified(parse_part(text))


def _interval(start: str, end: str) -> str:
    if end in ("", ".."):
        return f"since {show_stored(start)}" if end else f"from {show_stored(start)}, end unknown"
    if start in ("", ".."):
        return f"until {show_stored(end)}" if start else f"until {show_stored(end)}, start unknown"
    if start == end:
        return show_stored(start)
    parts = parse_part(start), parse_part(end)
    names, tail = _shared([*parts])
    tight = all(" " not in name for name in names)
    return _around(parts, ("–" if tight else " – ").join(names) + tail)


def _one_of(choices: list[str]) -> str:
    if any(".." in choice for choice in choices):
        return _listed([_choice(choice) for choice in choices])
    parts = tuple(parse_part(choice) for choice in choices)
    names, tail = _shared([*parts])
    return _around(parts, _listed(names) + tail)


def _choice(text: str) -> str:
    start, dots, end = text.partition("..")
    if not dots:
        return show_stored(start)
    if not start:
        return f"by {show_stored(end)}"
    if not end:
        return f"{show_stored(start)} or later"
    parts = parse_part(start), parse_part(end)
    names, tail = _shared([*parts])
    return _around(parts, f"between {names[0]} and {names[1]}{tail}")


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _shared(parts: list[Part]) -> tuple[list[str], str]:
    """Name the parts without the month and year they share, and that shared ending."""
    if len({(part.approximate, part.uncertain) for part in parts}) > 1:
        return [_qualified(part) for part in parts], ""
    spare = 0 if any(part.precision == "third" for part in parts) else min(len(part.words) for part in parts) - 1
    while spare and len({part.words[-spare:] for part in parts}) > 1:
        spare -= 1
    names = [" ".join(part.words[: len(part.words) - spare]) for part in parts]
    return names, "".join(f" {word}" for word in parts[0].words[len(parts[0].words) - spare :])


def _around(parts: tuple[Part, ...], text: str) -> str:
    """Put a qualifier that all parts carry around the whole; the others already stand at their part."""
    approximate = all(part.approximate for part in parts)
    uncertain = all(part.uncertain for part in parts)
    same = len({(part.approximate, part.uncertain) for part in parts}) == 1
    return f"{'c. ' if approximate and same else ''}{text}{'?' if uncertain and same else ''}"


def _qualified(part: Part) -> str:
    return _around((part,), " ".join(part.words))
