"""What a text means as a code: the code itself if it is one, the one that it stands for, or none."""

from __future__ import annotations

import re

from korea_cli.reading.codes.tables import codes, countries, key_of, languages, other_languages, regions

LANGUAGE = (
    "(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
    "(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    "|x(?:-[a-z0-9]{1,8})+)"
)
ITEM = "Q[1-9][0-9]*"
DOI = r"10\.[0-9]+(?:\.[0-9]+)*/\S+"
ISBN = "(?:97[89]-?)?(?:[0-9]-?){9}[0-9X]"
PATH = r"(?![A-Za-z]:)(?:(?!\.{1,2}/)[^/\\\x00-\x1f\x7f]+/)*(?!\.{1,2}$)[^/\\\x00-\x1f\x7f]+"
SHA256 = "[0-9a-f]{64}"
_ITEM = rf"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/)?({ITEM})"
_DOI = rf"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)?\s*({DOI})"
_ISBN = r"(?:isbn(?:-1[03])?:?\s*)?([0-9X\s\u2010-\u2015-]+)"
_LONG, _SHORT = 13, 10  # digits of an ISBN
_SCRIPT, _REGION = 4, 2  # letters
_LONGEST = 100  # letters of a name


def country(text: str) -> str:
    """Return the code of a country of three letters, by that code in any case, the one of two, or an English name."""
    if text in codes("countries"):
        return text
    return countries().get(key_of(text), "") if len(text) <= _LONGEST else ""


def language(text: str) -> str:
    """Return a tag of BCP 47 as it is usually written; a language may be called by its English name."""
    if text in codes("languages"):
        return text
    if len(text) > _LONGEST:
        return ""
    first, *others = re.split("[-_]", text.strip())
    if code := languages().get(key_of(text)):
        return code
    low = first.lower()
    code = languages().get(low, low if low == "x" or low in other_languages() else "")
    tag = "-".join([code, *_subtags(others, private=low == "x")])
    return tag if re.fullmatch(LANGUAGE, tag) and _has_known_region(tag) else ""


def _subtags(texts: list[str], *, private: bool) -> list[str]:
    """Return the further parts of a tag: scripts begin with a capital, countries are capitals."""
    found: list[str] = []
    for text in texts:
        private = private or len(text) == 1
        if len(text) == _REGION and not private:
            found.append("GB" if text.upper() == "UK" else text.upper())
        else:
            found.append(text.title() if len(text) == _SCRIPT and text.isalpha() and not private else text.lower())
    return found


def _has_known_region(tag: str) -> bool:
    region = re.search("-([A-Z]{2})(?:-|$)", tag)
    return region is None or region[1] in regions()


def item(text: str) -> str:
    """Return the Q-number of an item of Wikidata, also from its address."""
    found = re.fullmatch(_ITEM, text.strip(), re.IGNORECASE | re.ASCII)
    return found[1].upper() if found else ""


def doi(text: str) -> str:
    """Return a DOI, also from its address."""
    found = re.fullmatch(_DOI, text.strip(), re.IGNORECASE | re.ASCII)
    return found[1] if found else ""


def isbn(text: str) -> str:
    """Return an ISBN with hyphens where it has signs between its digits."""
    return "" if isbn_problem(text) else _tidy_isbn(text)


def isbn_problem(text: str) -> str:
    """Return why a text is no ISBN; "" if it is one."""
    digits = _tidy_isbn(text).replace("-", "")
    if not re.fullmatch("[0-9]+[0-9X]", digits):
        return "it has other signs than digits, hyphens and a last X"
    if len(digits) not in {_SHORT, _LONG}:
        return f"it has {len(digits)} digits, not 10 or 13"
    if not re.fullmatch(ISBN, digits):
        return "13 digits begin with 978 or 979, and none of them is X"
    if len(digits) == _SHORT:
        fits = sum(weight * _value(digit) for weight, digit in zip(range(_SHORT, 0, -1), digits, strict=True)) % 11 == 0
    else:
        fits = sum((3 if place % 2 else 1) * _value(digit) for place, digit in enumerate(digits)) % 10 == 0
    return "" if fits else "its last digit does not fit the others, so one of them is wrong"


def path(text: str) -> str:
    """Return a path below a folder, with a slash between its parts and none that lead nowhere."""
    slashed = text.replace("\\", "/")
    tidy = "/".join(part for part in slashed.split("/") if part not in {"", "."})
    return tidy if not slashed.startswith("/") and re.fullmatch(PATH, tidy) else ""


def sha256(text: str) -> str:
    """Return a SHA-256, in small letters."""
    low = text.strip().lower()
    return low if re.fullmatch(SHA256, low) else ""


def _value(digit: str) -> int:
    return 10 if digit == "X" else int(digit)


def _tidy_isbn(text: str) -> str:
    found = re.fullmatch(_ISBN, text.strip(), re.IGNORECASE | re.ASCII)
    return "-".join(re.split("[^0-9X]+", found[1].upper())).strip("-") if found else ""
