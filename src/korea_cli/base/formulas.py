"""Text in cells of spreadsheets: what would be read as a formula is prefixed with an apostrophe, reversibly."""

from __future__ import annotations

import re

from korea_cli.base.sanitize import INVISIBLE

MARK = "\ufeff"
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
_SEPARATORS = r";,\t\n"
# What may precede a sign unseen: quotation marks, spaces of any width, marks of no width.
_PASSED_OVER = rf'" \xa0\u1680\u2000-\u200d\u202f\u205f\u3000{INVISIBLE}'
_FORMULA, _BROKEN = rf"'*[{_PASSED_OVER}]*[{_SIGNS}]", r"'*[\t\n]"
# Apostrophes count too: a text that looks escaped gets one more, so that removing one restores any text.
START = "\0"  # put before a text, so that every place to check follows one of a few characters; no text has it
HARMFUL = rf"([{START}{_SEPARATORS}])(?={_FORMULA}|(?<={START}){_BROKEN})"
_GUARD = rf"([{START}{_SEPARATORS}])'(?={_FORMULA}|(?<={START}'){_BROKEN})"
_DATE = r"-?[\d./\[][\d./:~?%X,\[\]-]*"  # or a time; a spreadsheet would reformat it
_AS_TEXT = r'="([^"]*)"'


def escape_formula(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula."""
    return re.sub(HARMFUL, r"\1'", START + text)[1:]


def for_excel(text: str) -> str:
    """Return a text that Excel neither runs nor turns into another date."""
    return f'="{text}"' if re.fullmatch(_DATE, text) else escape_formula(text)


def unescape_formula(cell: str) -> str:
    """Return the original of a text from `escape_formula` or `for_excel`."""
    if "'" not in cell and not cell.startswith("="):  # nearly always
        return cell
    as_text = re.fullmatch(_AS_TEXT, cell)
    return as_text[1] if as_text else re.sub(_GUARD, r"\1", START + cell)[1:]
