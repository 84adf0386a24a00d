"""The rows of a report that a format supports, where it does not support all."""

from __future__ import annotations

from collections import Counter

from korea_cli.base.hints import TYPE_CHECKING, Any
from korea_cli.report.sections import DATA_FILE, amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.report.report import Report


class SupportedRows:
    """The rows of a report that a format supports, as JSON has them; it counts the others."""

    def __init__(self, report: Report, types: Sequence[str]) -> None:
        self.report, self.types = report, types
        self._left: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Any]:
        self._left.clear()
        for section in self.report.sections:
            for values in section.values():
                if values["type"] in self.types:
                    yield values
                else:
                    self._left[values["type"]] += 1

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence on the rows that were left out when they were last read."""
        left = [amount(count, f"{type_}s") for type_, count in self._left.items()]
        return (f"left out, as this format does not support them: {', '.join(left)}",) if left else ()


def lost_header(report: Report) -> tuple[str, ...]:
    """Return a sentence on the header of a whole chronology, for a format without one that `import` takes."""
    if report.form != DATA_FILE or report.fields is not None:
        return ()
    keys = [key for key, each in report.header.stated.items() if each]
    return (f"lost or changed when imported again: [chronology] {', '.join(keys)}",) if keys else ()
