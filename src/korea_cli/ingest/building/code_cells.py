"""Read codes of countries and languages, and identifiers, as sheets have them: by name, in other case, as addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.reading.codes.forms import code_meant, same_code

if TYPE_CHECKING:
    from korea_cli.ingest.sheet import Counts

_SHOWN = 40  # letters of a value


def read_code(form: str, text: str, heading: str, counts: Counts) -> str:
    """Return the code that a cell means; "" for none.

    counts: what stands for another code is `coded`, what means none is `unread`, each with the heading of its column.
    """
    code = code_meant(form, text.strip())
    if not code:
        counts["unread", f"{heading} '{text[:_SHOWN]}'"] += bool(text)
    elif same_code(form, text) != code:
        counts["coded", f"{heading} '{text[:_SHOWN]}' as {code}"] += 1
    return code
