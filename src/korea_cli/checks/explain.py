"""Explain a check: the rule, an example that breaks it, how to fix that."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING, get_args

from korea_cli.base.errors import NotInListError
from korea_cli.base.problems import Severity
from korea_cli.checks import rules_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# The checks that are part of reading, before there are records to check; written like the docstrings of rules.
READING: Mapping[str, str] = {
    "readable": """Every file exists, can be opened, is text in UTF-8 and not larger than `--max-size`.

    Correct the name, the permissions or the encoding; an editor's 'save as' offers UTF-8.
    """,
    "toml": """Every file is valid TOML.

        [[events]]
        id = "launch"
        title = A missile is launched

    The message says what is expected where; most often a quotation mark or a bracket is missing.
    """,
    "schema": """Every file is of a version that this program can read.

        [chronology]
        schema = 2

    Write schema = 1, or install a newer korea if the file was made for one.
    """,
    "include": """Included files exist, are in the folder of the file or below it, and do not include it in turn.

        [chronology]
        include = ["nowhere.toml"]

    Correct the pattern, which is relative to the file. To read a file that lies elsewhere, or behind a link that leaves
    the folder, name it with -d instead. A name with brackets is tried as it is before it is read as a pattern.
    """,
    "keys": """Every table and key is known, so that a typo never becomes missing data.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        acters = ["north-korea"]

    Correct the key, or put the text in `note`. With 'korea schema' an editor can offer the keys.
    """,
    "types": """Every value has the form that its key requires.

        [[events]]
        id = "launch"
        title = "A missile is launched"
        date = "2017-07-04"
        actors = "north-korea"

    Write a text in quotation marks, a list in brackets, a choice as one of the words that the message lists.
    """,
    "required": """No required key is missing.

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

    Write 2017, 2017-07 or 2017-07-04, followed by ~ if it is approximate or ? if it is uncertain; a period as
    2017-07-07/2017-07-08, one day of several as [2017-07-03,2017-07-04].
    """,
    "extends": """A record that extends one of another file names an existing record, and contradicts nothing in it.

        [[events]]
        extends = "launch"
        note = "Seen from Japan too."

    Name the other file before this one with -d, or include it. To change a value, change it in the other file.
    """,
}


def explanation_of(check: str) -> str:
    """Explain a check by its name; raises NotInListError, which lists them."""
    checks: dict[str, tuple[Severity, str]] = {name: ("error", text) for name, text in READING.items()}
    for severity in get_args(Severity):
        checks |= {name: (severity, rule.__doc__ or "") for name, rule in rules_of(severity).items()}
    if check not in checks:
        raise NotInListError("check", check, tuple(checks))
    severity, text = checks[check]
    rule, *parts = cleandoc(text).split("\n\n")
    example = "\n\n".join(part for part in parts if part.startswith(" "))
    fix = "\n\n".join(part for part in parts if not part.startswith(" "))
    broken = f"This fails the check:\n\n{example}" if example else ""
    return "\n\n".join(filter(None, (f"{check} ({severity})", rule, broken, fix))) + "\n"
