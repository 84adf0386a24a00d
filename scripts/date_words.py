"""Write the names of months and weekdays in other languages, from CLDR: `python scripts/date_words.py`.

It needs Babel 2.19, which the program does not: `pip install 'babel==2.19.*'`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from unicodedata import combining, normalize

TABLE = Path(__file__).parents[1] / "src/korea_cli/dates/words.py"
# Austria and Peru have names of their own; Korean, Japanese and Chinese number their months.
LOCALES = ("de", "de_AT", "fr", "ru", "es", "es_PE", "it", "pt", "nl", "ko", "ja", "zh")
_SHORTEST = 3  # letters of a month, as in `dates/months.py`
_EAST_ASIA = "\u1100"
_WIDTH = 100
_START = '''"""Months and weekdays in other languages, without accents (CLDR; scripts/date_words.py writes it)."""

from __future__ import annotations

# German, French, Russian, Spanish, Italian, Portuguese, Dutch
'''
_BETWEEN = """
# These and Korean, Japanese and Chinese, from Monday on
"""


def text() -> str:
    """Return the module with both tables."""
    months, days = _names("months", range(1, 13)), _names("days", range(7))
    months = [[word for word in words if len(word) >= _SHORTEST and "9" < word[0] < _EAST_ASIA] for words in months]
    return f"{_START}{_table('MONTHS', months)}{_BETWEEN}{_table('WEEKDAYS', days)}"


def _names(kind: str, numbers: range) -> list[list[str]]:
    """Return the names with each number, wide and short; not those that another one has in another language."""
    from babel import Locale  # noqa: PLC0415 - the test of this script also runs without it

    found: defaultdict[str, set[int]] = defaultdict(set)
    for code in LOCALES:
        contexts = getattr(Locale.parse(code), kind)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number in numbers:
                    found[_plain(str(contexts[context][width][number]))].add(number)
    return [[word for word, named in found.items() if named == {number}] for number in numbers]


def _plain(word: str) -> str:
    """Return a word as the parser of dates sees it."""
    bare = normalize("NFC", "".join(each for each in normalize("NFKD", word) if not combining(each)))
    return bare.casefold().rstrip(".")


def _table(name: str, rows: list[list[str]]) -> str:
    lines = [f"{name} = ("]
    for words in rows:
        line = " ".join(words)
        whole = f'    "{line}",'
        lines.append(whole if len(whole) <= _WIDTH else _wrapped(words))
    return "\n".join([*lines, ")  # fmt: skip", ""])


def _wrapped(words: list[str]) -> str:
    half = len(words) // 2
    return f'    (\n        "{" ".join(words[:half])} "\n        "{" ".join(words[half:])}"\n    ),'


if __name__ == "__main__":
    TABLE.write_text(text(), "utf-8")
    sys.exit(0)
