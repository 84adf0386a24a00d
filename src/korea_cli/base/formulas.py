"""Text in a spreadsheet's cells: what would be read as a formula gets an apostrophe, which can be taken away again."""

from __future__ import annotations

import re

from korea_cli.base.sanitize import INVISIBLE

MARK = "\ufeff"
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
_SEPARATORS = r";,\t\n"
# What may stand before a sign and is not seen: quotation marks, blanks of any width, marks of no width.
_PASSED_OVER = rf'" \xa0\u1680\u2000-\u200d\u202f\u205f\u3000{INVISIBLE}'
_FORMULA, _BROKEN = rf"'*[{_PASSED_OVER}]*[{_SIGNS}]", r"'*[\t\n]"
# Apostrophes count too: a text that looks guarded gets one more, so that taking one away gives any text again.
START = "\0"  # put in front of a text, so that each place to look at comes behind one of a few letters; none has it
HARMFUL = rf"([{START}{_SEPARATORS}])(?={_FORMULA}|(?<={START}){_BROKEN})"
_GUARD = rf"([{START}{_SEPARATORS}])'(?={_FORMULA}|(?<={START}'){_BROKEN})"
_DATE = r"[\d./\[][\d./:~?%X,\[\]-]*"  # or a time; in whatever form, a spreadsheet has its own idea of it
_AS_TEXT = r'="([^"]*)"'


def guarded(text: str) -> str:
    """Return a text so that no spreadsheet runs it."""
    return re.sub(HARMFUL, r"\1'", START + text)[1:]


def for_excel(text: str) -> str:
    """Return a text so that Excel neither runs it nor turns it into another date."""
    return f'="{text}"' if re.fullmatch(_DATE, text) else guarded(text)


def unguarded(cell: str) -> str:
    """Return the text that `guarded` or `for_excel` was given."""
    as_text = re.fullmatch(_AS_TEXT, cell)
    return as_text[1] if as_text else re.sub(_GUARD, r"\1", START + cell)[1:]
