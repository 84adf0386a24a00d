"""The sources of what was selected as a BibTeX file, which LaTeX with BibTeX or BibLaTeX reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from korea_cli.citing.cited import CITING, Cited
from korea_cli.dates.shown import show_stored
from korea_cli.safety import clean_line

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from korea_cli.reports import Report
    from korea_cli.screen import Screen

EXTENSIONS = (".bib",)
CARRIES = CITING
GIVES = "the sources of"

# Types and fields that every style of BibTeX knows, and BibLaTeX too; it prefers `date`, which BibTeX passes over.
_TYPES = {"article-magazine": "article", "article-newspaper": "article", "book": "book"}
_WITHIN = {"article": "journal", "book": "publisher"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# As babel calls them; a code would be printed as it is.
_LANGUAGES = {
    "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fa": "persian", "fr": "french",
    "id": "indonesian", "it": "italian", "ja": "japanese", "ko": "korean", "nl": "dutch", "pl": "polish",
    "pt": "portuguese", "ru": "russian", "uk": "ukrainian", "vi": "vietnamese", "zh": "chinese",
}  # fmt: skip
_SPECIAL = {
    **{each: f"\\{each}" for each in "&%$#_"},
    "{": r"\textbraceleft{}",  # BibTeX counts braces, also behind a backslash
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_LIGATURES = r"(?<=[-`',<>?!])(?=[-`',<>])"  # what TeX would run together to another sign


def render(report: Report, screen: Screen) -> Generator[str, None, Sequence[str]]:  # noqa: ARG001 - called as all are
    """Write an entry for each source, under its own id, in the order in which they are first cited."""
    from korea_cli.citing.item import item_of  # noqa: PLC0415 - wanted only when something is written

    cited, before = Cited(report), ""
    for source in cited:
        yield before + _entry(item_of(source), source)
        before = "\n"
    return cited.notes


def _entry(item: dict[str, Any], source: dict[str, Any]) -> str:
    type_ = _TYPES.get(item["type"], "misc")
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(type_, item, source))
    return f"@{type_}{{{item['id']},\n{fields}}}\n"


def _fields(type_: str, item: dict[str, Any], source: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "author" in item:
        yield "author", f"{{{' and '.join(map(_name, item['author']))}}}"
    yield "title", f"{{{{{_escaped(item['title'])}}}}}"  # the inner braces keep capitals from being lowered
    within = item.get("container-title") or item.get("publisher")
    if within:
        yield _WITHIN.get(type_, "howpublished"), f"{{{_escaped(within)}}}"
    if source["issued"]:
        yield from _dates(source["issued"], item["issued"])
    if "URL" in item:
        yield "url", f"{{{_address(item['URL'])}}}"
    if source["accessed"] and "[" not in source["accessed"]:
        yield "urldate", f"{{{source['accessed']}}}"
    if "language" in item:
        language = _LANGUAGES.get(item["language"].partition("-")[0].casefold())
        yield ("langid", f"{{{language}}}") if language else ("language", f"{{{_escaped(item['language'])}}}")
    if "note" in item:
        yield "annote", f"{{{_escaped(item['note'])}}}"  # the keeper's, who did not write it to be printed


def _dates(stored: str, issued: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give a date for BibLaTeX, which reads EDTF but no choices, and year and month for BibTeX."""
    if "[" not in stored:
        yield "date", f"{{{stored}}}"
    parts = issued.get("date-parts", [])
    if len(parts) != 1:
        yield "year", f"{{{_escaped(show_stored(stored))}}}"
        return
    year, *smaller = parts[0]
    yield "year", f"{{{year:04}}}"
    if smaller:
        yield "month", _MONTHS[smaller[0] - 1]


def _name(name: dict[str, str]) -> str:
    """Give a name; the braces around one that is not parted keep BibTeX from parting it."""
    if "literal" in name:
        return f"{{{_escaped(name['literal'])}}}"
    return f"{_escaped(name['family'])}, {_escaped(name['given'])}"


def _address(url: str) -> str:
    r"""Give an address, which `\url` takes as it stands: what would break the entry is percent-encoded."""
    return re.sub(r"[\s\\{}]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), clean_line(url))


def _escaped(text: str) -> str:
    parted = re.sub(_LIGATURES, "\0", clean_line(text))
    return "".join("{}" if each == "\0" else _SPECIAL.get(each, each) for each in parted)
