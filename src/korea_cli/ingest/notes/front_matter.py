"""Read notes with front matter: YAML between two lines of hyphens, or TOML between two of plus signs, then text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.ingest.columns.headings import guess_key
from korea_cli.ingest.notes.structured_text import StructuredTextError, read_toml, read_yaml

if TYPE_CHECKING:
    from korea_cli.model.records import Record

_FENCE = re.compile(r"(?:\s*\n)?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TOML_FENCE = re.compile(r"(?:\s*\n)?\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)")
_DATED_NAME = re.compile(r"(\d{4}-\d\d-\d\d)[-_ ]")
_BODY = "body"


def read_note(stem: str, text: str, record: type[Record]) -> tuple[dict[str, object], str]:
    """Return the values of a note, of its front matter, its text and its name, or why they cannot be read.

    Nothing of both where it has no front matter.
    stem: the name of its file, which is its id, and may begin with its date. Raises UsageError where PyYAML is missing.
    """
    text = text.replace("\r\n", "\n")
    match = _FENCE.match(text) or _TOML_FENCE.match(text)
    if match is None:
        unended = text.lstrip().startswith("+++")
        return ({_BODY: text}, "its front matter has no end (+++)") if unended else ({}, "")
    try:
        documents: list[object] = [read_toml(match[1])] if match.re is _TOML_FENCE else read_yaml(match[1]) or [{}]
    except StructuredTextError as error:
        return {_BODY: text}, f"line {error.line + text.count(chr(10), 0, match.start(1))}: {error.reason}"
    if len(documents) > 1 or not isinstance(documents[0], dict):
        return {_BODY: text}, "its front matter has no keys"
    return _completed(documents[0], text[match.end() :], stem, record), ""


def _completed(values: dict[str, object], body: str, stem: str, record: type[Record]) -> dict[str, object]:
    """Return values with the text of a note, its heading as a title, and the id and date in its name."""
    keys = {guess_key(name, record) for name in values}
    found = dict(values)
    if "title" not in keys and (heading := _HEADING.match(body)):
        found["title"], body = heading[1], body[heading.end() :]
    if not {"date", "year"} & keys and (dated := _DATED_NAME.match(stem)):
        found["date"] = dated[1]
    if "id" not in keys:
        found["id"] = stem
    if body.strip():
        found[_BODY if _BODY not in found else f"{_BODY} of the note"] = body.strip()
    return found
