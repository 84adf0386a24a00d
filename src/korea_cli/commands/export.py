"""All records of every type as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.report.lookups import Related
from korea_cli.report.reasons import reason_of
from korea_cli.report.report import Report, section_of

if TYPE_CHECKING:
    from korea_cli.chronology import Chronology
    from korea_cli.query.selection import Selection

GROUP = "Files"
EXAMPLES = (
    "korea export -o whole.toml",
    "korea export topic:thaad -o thaad.toml",
    "korea export -f parquet -o whole",
)


def export(chronology: Chronology, selection: Selection) -> Report:
    """Write records of every type as one data file, or as JSON.

    The file has all that the records refer to and can be read on its own. Several
    files that are read together become one. Comments are not kept, what was withdrawn is.
    """
    answers = chronology.by_type(selection._replace(with_withdrawn=True))
    known = chronology.as_known_by(next(iter(answers.values())).query.known_by)
    plain = ("type", "id", "title", "text", "name", "label")
    sections = tuple(section_of(known, answer, "records", plain) for answer in answers.values())
    query, matched = answers["event"].query, sum(each.matched for each in answers.values())
    return Report(
        command="export", header=chronology.header, documents=chronology.documents, sections=sections,
        query=query, listed=sum(each.count for each in answers.values()), matched=matched, noun="records",
        related=Related(known), form="toml", reason=reason_of(chronology, query, matched, tuple(answers)),
    )  # fmt: skip
