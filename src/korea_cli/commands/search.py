"""Records of every kind that have some words, best first."""

from __future__ import annotations

from korea_cli.base.errors import UsageError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.report.report import listing

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection
    from korea_cli.report.report import Report

EXAMPLES = ("korea search emissary", "korea search 문재인", "korea search 'six party' country:CHN")


def search(chronology: Chronology, selection: Selection) -> Report:
    """Search all records; matches in titles and names come first."""
    if not selection.all_terms:
        raise UsageError("nothing to search for; give a word, as in 'korea search emissary'")
    plain = ("type", "id", "title", "name", "label", "text")
    return listing("search", chronology, chronology.search(selection), "records", plain)
