"""Years before and after Christ, as people write them: `44 BC`, `AD 79`, `100-50 BC`."""

from __future__ import annotations

import re

from korea_cli.dates.days import FIRST_YEAR, LAST_YEAR, iso_year
from korea_cli.dates.months import LETTERS

# In English, German, French, Italian, Spanish, Portuguese and Russian, as the names of months.
_DOT = r"(?:\.(?!\.))?"  # but not the first of two
_BC = rf"b{_DOT} ?c{_DOT}(?: ?e{_DOT})?|v\. ?chr\.|av\. ?j\.-?c\.|a\. ?c\.|(?:г\.?|года?)? ?до н\. ?э\."
_AD = rf"a{_DOT} ?d{_DOT}|c{_DOT} ?e{_DOT}|n\. ?chr\.|d\. ?c\.|apr?\. ?j\.-?c\.|(?:г\.?|года?)? ?н\. ?э\."
_BEHIND = re.compile(rf"(?<=[\ds]) ?(?:(?P<bc>{_BC})|{_AD})(?!\w)")
_JOINT = r"(?: ?[-/] ?| ?\.\. ?| (?:to|until|through|and) )"
_LISTED = r"(?:, | or )"
_OTHERS = rf"(?<![\d/-])(?<!\d )(?:(?:\d{{1,5}}{_LISTED})+|\d{{1,5}}{_JOINT})"
_BEFORE = re.compile(rf"\ba\.? ?d\.? ?(\d{{1,4}}(?:{_JOINT}\d{{1,4}})?)(?!\d)", re.ASCII)
_YEARS = re.compile(
    rf"(?:(?P<word>{LETTERS}+)\.? )?(?P<others>{_OTHERS})?(?<!\d)(?P<last>\d{{1,5}}) (?P<era>bc|ad)(?!\w)", re.ASCII
)
_WORDS = "between from since or to c ca circa about around approx approximately roughly"  # before a bare year
_DAY = rf"\d{{1,2}} {LETTERS}{{3,10}}\.? "
_FIRST_OF_TWO_DAYS = re.compile(rf"({_DAY}\d{{1,5}})(?={_JOINT}{_DAY}\d{{1,5}} (bc|ad)(?!\w))", re.ASCII)


def with_stored_years(text: str) -> str:
    """Return a normalised text with each year of an era as it is stored; an era applies to all years of a list."""
    text = _BEHIND.sub(lambda match: " bc" if match["bc"] else " ad", _BEFORE.sub(r"\1 ad", text))
    return _YEARS.sub(_stored, _FIRST_OF_TWO_DAYS.sub(r"\1 \2", text))


def _stored(match: re.Match[str]) -> str:
    last = _year(match["last"], match["era"])
    if last is None:
        return match[0]
    others = match["others"] or ""
    if (match["word"] or "or") in _WORDS.split():  # "mar 15, 44 bc" is one day
        others = re.sub(r"\d+", lambda number: _year(number[0], match["era"]) or number[0], others)
    word = match[0][: match.start("last") - match.start() - len(match["others"] or "")]
    return f"{word}{others}{last}"


def _year(digits: str, era: str) -> str | None:
    year = int(digits) if era == "ad" else 1 - int(digits)
    return iso_year(year) if int(digits) and FIRST_YEAR <= year <= LAST_YEAR else None
