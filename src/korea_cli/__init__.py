"""Record and query a chronology: what happened, when, who says so, and who disagrees.

The front door of the library: `open_chronology(*files)` returns a Chronology, to be queried by a Selection. Its answers
are of Event, Fact, Actor, Topic and Source, frozen and typed. A mistake in a request or in the data is a KoreaError.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than `--version` may
if TYPE_CHECKING:
    from korea_cli.base.errors import (
        AmbiguousNameError,
        ArgumentError,
        ClosedError,
        ConflictError,
        DataError,
        DateError,
        DetachedRecordError,
        KoreaError,
        NotInListError,
        UnknownFieldError,
        UnknownNameError,
        UsageError,
    )
    from korea_cli.base.problems import Problem
    from korea_cli.chronology import Chronology
    from korea_cli.chronology.opening import open_chronology
    from korea_cli.dates.days import Day
    from korea_cli.dates.edtf import StoredDate
    from korea_cli.ingest.foreign.opening import open_table
    from korea_cli.model.citation import Citation, OtherDate
    from korea_cli.model.records import Actor, Event, Fact, Source, Topic
    from korea_cli.query.expression import ExpressionError
    from korea_cli.query.results import Answer
    from korea_cli.query.selection import Selection
    from korea_cli.query.windows import DateOrEventError

__version__ = "0.1.0"
__all__ = [
    "Actor", "AmbiguousNameError", "Answer", "ArgumentError", "Chronology", "Citation", "ClosedError",
    "ConflictError", "DataError", "DateError", "DateOrEventError", "Day", "DetachedRecordError", "Event",
    "ExpressionError", "Fact", "KoreaError", "NotInListError", "OtherDate", "Problem", "Selection", "Source",
    "StoredDate", "Topic", "UnknownFieldError", "UnknownNameError", "UsageError", "open_chronology",
    "open_table",
]  # fmt: skip

_HOMES = {
    "chronology": ("Chronology",),
    "dates.days": ("Day",),
    "dates.edtf": ("StoredDate",),
    "base.errors": (
        "AmbiguousNameError", "ArgumentError", "ClosedError", "ConflictError", "DataError", "DateError",
        "DetachedRecordError", "KoreaError", "NotInListError", "UnknownFieldError", "UnknownNameError", "UsageError",
    ),
    "model.citation": ("Citation", "OtherDate"),
    "model.records": ("Actor", "Event", "Fact", "Source", "Topic"),
    "chronology.opening": ("open_chronology",),
    "ingest.foreign.opening": ("open_table",),
    "base.problems": ("Problem",),
    "query.expression": ("ExpressionError",),
    "query.results": ("Answer",),
    "query.selection": ("Selection",),
    "query.windows": ("DateOrEventError",),
}  # fmt: skip


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> object:
    """Import a name when it is first used: the command line starts here too, and needs none of them."""
    for module, names in _HOMES.items():
        if name in names:
            from importlib import import_module  # noqa: PLC0415 - not where a part of the package is imported from it

            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
