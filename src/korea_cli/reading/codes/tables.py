"""Countries and languages by their codes, as `scripts/codes.py` writes them from CLDR and the registry of IANA."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from korea_cli.base.tokenize import words_of

_NONE = "-"


@cache
def codes(table: str) -> frozenset[str]:
    """Return the codes of a table, `countries` or `languages`; quicker than what follows, and enough for most texts."""
    return frozenset(code for code, *_ in _rows(table))


@cache
def countries() -> dict[str, str]:
    """Return the code of each country, of three letters, by that code, the one of two letters, and its names."""
    return _by_name(_rows("countries"))


@cache
def country_names() -> dict[str, str]:
    """Return the name of each country by its code of three letters."""
    return {code: name for code, _, name, *_ in _rows("countries")}


@cache
def regions() -> frozenset[str]:
    """Return the codes of countries of two letters."""
    return frozenset(two for _, two, *_ in _rows("countries") if two != _NONE)


@cache
def languages() -> dict[str, str]:
    """Return the code of each language that has an English name, by that code, others for it, and its name."""
    return _by_name(_rows("languages"))


@cache
def other_languages() -> frozenset[str]:
    """Return the codes of all other languages."""
    return frozenset(_text("languages.txt").split())


def key_of(name: str) -> str:
    """Return the form in which names of countries and languages are compared."""
    return " ".join(words_of(name))


def _by_name(rows: list[list[str]]) -> dict[str, str]:
    """Return the first code in each row by all that is in it; no name is taken for what is the code of another."""
    names = {key_of(name): code for code, *names in rows for name in names if name != _NONE}
    return names | {code.lower(): code for code, *_ in rows}


def _rows(table: str) -> list[list[str]]:
    return [line.split("\t") for line in _text(f"{table}.tsv").splitlines()]


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")
