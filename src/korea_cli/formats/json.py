"""One JSON document: the query as it was understood, and the records, one per line."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.sanitize import ascii_json, escape_json
from korea_cli.report.report import head_of
from korea_cli.report.sections import REFERRED, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen

EXTENSIONS = (".json",)


def render(report: Report, screen: Screen) -> Iterator[str]:
    """Write the document; it is valid also when nothing matched."""
    text = _document(report)
    return text if screen.unicode else map(ascii_json, text)


def _document(report: Report) -> Iterator[str]:
    from json import dumps  # noqa: PLC0415 - help needs none

    head = (f'\n"{key}": {dumps(value, ensure_ascii=False)}' for key, value in head_of(report).items())
    yield escape_json("{" + ",".join(head))
    referred = _Referred(report) if _is_to_be_added(report) else None
    for section in report.sections:
        yield f',\n"{section.key}": '
        texts = referred.noting(section.texts()) if referred else section.texts()
        yield from pieces(next(texts, "null")) if section.single else json_list(texts)
    if referred:
        yield f',\n"{REFERRED}": '
        yield from json_list(referred.texts())
    yield "\n}\n"


def _is_to_be_added(report: Report) -> bool:
    """Return whether events are of a table of somebody else: nobody has declared whom and what these refer to."""
    return (
        report.fields is None
        and "event" in report.types
        and any(getattr(each, "mapped", False) for each in report.documents)
    )


class _Referred:
    """What the records of a report refer to, and what that refers to, each record once and whole."""

    def __init__(self, report: Report) -> None:
        from korea_cli.editing.referred import RowsWithReferred  # noqa: PLC0415 - most documents have none

        self._rows = RowsWithReferred(report, counted=False)

    def noting(self, texts: Iterable[str | Iterator[str]]) -> Iterator[str]:
        """Yield the texts of rows, and note what these refer to."""
        from json import loads  # noqa: PLC0415 - help needs none

        for text in texts:
            whole = "".join(pieces(text))
            self._rows.note(loads(whole))
            yield whole

    def texts(self) -> Iterator[str]:
        """Yield what the rows refer to that were noted by then."""
        from json import dumps  # noqa: PLC0415 - help needs none

        from korea_cli.model.records import RECORD_TYPES, keys_of  # noqa: PLC0415 - most documents have none

        for row in self._rows.referred():
            found = {name for name, key in keys_of(RECORD_TYPES[row["type"]]).items() if key.form == "found"}
            yield escape_json(dumps({key: row[key] for key in row if key not in found}, ensure_ascii=False))


def json_list(texts: Iterable[str | Iterator[str]]) -> Iterator[str]:
    """Yield a list, one item a line."""
    before = "[\n  "
    for text in texts:
        yield before
        yield from pieces(text)
        before = ",\n  "
    yield "[]" if before == "[\n  " else "\n]"
