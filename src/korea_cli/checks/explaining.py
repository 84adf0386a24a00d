"""Explain a check: the rule, an example that breaks it, how to mend that; each rule's docstring has all three."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING, get_args

from korea_cli.base.errors import NotInListError
from korea_cli.base.problems import Severity
from korea_cli.checks import rules_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# What reading itself finds, before there are records to hold to a rule; written as the docstrings of rules are.
READING: Mapping[str, str] = {
    "unreadable": """The file is there, can be opened, is text in UTF-8 and not larger than `--max-size`.

    Correct the name, the permissions or the encoding; an editor's 'save as' has UTF-8 to choose.
    """,
    "toml": """It is TOML.

        [[events]]
        id = "launch"
        title = A missile is launched

    The message says what is expected where; most often a quotation mark or a bracket is missing.
    """,
    "schema": """It is of a version that this program reads.

        [chronology]
        schema = 2

    Write schema = 1, or get a newer korea if the file was made for one.
    """,
    "include": """What it includes is there, in its own folder or below, and no file includes itself.

        [chronology]
        include = ["nowhere.toml"]

    Correct the pattern, which is relative to the file. Name a file that lies elsewhere, also one that only a link leads
    to, with -d instead. A name with brackets is tried as it is before it is taken for a pattern.
    """,
    "keys": """Every table and key is known: a slip of the pen never becomes missing data.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        acters = ["north-korea"]

    Correct the key, or put what it says in `note`. 'korea schema' gives editors the keys to offer.
    """,
    "types": """Every value is of the form its key has.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        actors = "north-korea"

    Write a text in quotation marks, a list in brackets, a choice as one of the words that the message lists.
    """,
    "required": """The keys that are required are there.

        [[events]]
        id = "launch"
        date = "2017-07-04"

    Add the key that is named. Sources need id and title, actors id and name, topics id and label, events id, title and
    date, facts id and text.
    """,
    "dates": """Every date can be read.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "4 July 2017"

    Write what is known as 2017, 2017-07 or 2017-07-04, with ~ behind it for about, ? for perhaps; a stretch as
    2017-07-07/2017-07-08, one day of several as [2017-07-03,2017-07-04].
    """,
    "extends": """What adds to a record of another file names one that is there, and contradicts nothing in it.

        [[events]]
        extends = "launch"
        note = "Seen from Japan too."

    Name the other file before this one with -d, or include it; what shall be changed is changed there.
    """,
}


def explanation_of(check: str) -> str:
    """Explain a check by its name; raises NotInListError, which lists them."""
    known = _known()
    if check not in known:
        raise NotInListError("check", check, tuple(known))
    severity, text = known[check]
    rule, *parts = cleandoc(text).split("\n\n")
    example = "\n\n".join(part for part in parts if part.startswith(" "))
    mending = "\n\n".join(part for part in parts if not part.startswith(" "))
    broken = f"This breaks it:\n\n{example}" if example else ""
    return "\n\n".join(filter(None, (f"{check} ({severity})", rule, broken, mending))) + "\n"


def _known() -> dict[str, tuple[Severity, str]]:
    """Give the severity and the docstring of every check, by its name."""
    known: dict[str, tuple[Severity, str]] = {name: ("error", text) for name, text in READING.items()}
    for severity in get_args(Severity):
        known |= {name: (severity, rule.explained) for name, rule in rules_of(severity).items()}
    return known
