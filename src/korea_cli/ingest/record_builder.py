"""Make a record's values of the cells of a row, or say why that cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import DateError
from korea_cli.ingest.cells import Cells
from korea_cli.ingest.dated import DATED, Dating
from korea_cli.ingest.mapping import TYPE, TYPES, guessed
from korea_cli.ingest.rows import Rejected
from korea_cli.model.field_spec import once
from korea_cli.model.records import keys_of, written_keys
from korea_cli.reading.values import BadValueError, reader_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from korea_cli.ingest.dates import Rules
    from korea_cli.ingest.declaring import Declarations
    from korea_cli.ingest.rows import Given, Row
    from korea_cli.model.field_spec import Key
    from korea_cli.model.records import Record

_CHECKED = {"choice", "url", "time", "other_dates"}  # forms whose values reading may refuse
_SLIDES = {"title": None, "era": "period"}  # what TimelineJS has for a type


class Skipped(Exception):  # noqa: N818 - a value, as Rejected is
    """Why a row is passed over that is no record at all."""


class Made(NamedTuple):
    """A record that a row makes: its values by key, and the records it refers to that must be there."""

    record: type[Record]
    values: dict[str, Any]
    refers: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


class Maker:
    """Makes records of the rows of one sheet."""

    def __init__(  # noqa: PLR0913 - all of it is settled before the first row
        self, record: type[Record], columns: tuple[tuple[str, str], ...], declarations: Declarations, rules: Rules,
        *, kinds: tuple[str, ...] = (), source: str = "", separator: str = "", slides: bool = False,
    ) -> None:  # fmt: skip
        self._record, self._declarations, self._source, self._slides = record, declarations, source, slides
        self._plan = [(index, key) for index, (_, key) in enumerate(columns) if key]
        self._width, self._keys, self._kinds = len(columns), dict(columns), kinds
        self._dating = Dating(rules)
        self._cells = Cells(declarations, self._dating, separator, slides=slides)
        self.left: set[str] = set()  # names of keys that say nothing to us

    @property
    def inferred(self) -> int:
        """Count the dates whose century was inferred."""
        return self._dating.inferred

    @property
    def partial(self) -> int:
        """Count the dates that say more of the time than can be stored."""
        return self._dating.partial

    @property
    def mixed(self) -> bool:
        """Say whether a column has spans of years and months that may be such spans too."""
        return self._dating.mixed

    @property
    def cleaned(self) -> int:
        """Count the cells that had control characters in them."""
        return self._cells.cleaned

    @property
    def trimmed(self) -> int:
        """Count the cells that had blanks at their ends."""
        return self._cells.trimmed

    def made(self, row: Row) -> Made:
        """Make the record of a row; raises Rejected or Skipped."""
        if row.wrong:
            raise Rejected(row.wrong)
        record, given = self._given(row)
        refers: list[tuple[str, str, tuple[str, ...]]] = []
        values: dict[str, Any] = {}
        if DATED & given.keys():
            values |= self._dating.take(given)
        locator = self._cells.one("locator", given.pop("locator", []))
        self._note_media(given)
        forms = _forms(record)
        for key, cells in given.items():
            if key not in forms:
                raise Rejected(f"a {record.type} has no '{key}'")
            values[key] = self._cells.value(key, forms[key], cells, refers)
        self._cite(values, locator, "sources" in forms)
        self._check(record, values)
        return Made(record, values, tuple(refers))

    def _given(self, row: Row) -> tuple[type[Record], Given]:
        """Give the type of a row's record, and its cells by key."""
        given: Given = {}
        record = self._record
        if isinstance(row.cells, list):
            cells = row.cells
            if len(cells) > self._width and any(cells[self._width :]):
                raise Rejected(f"it has {len(cells)} cells, but there are {self._width} headings")
            for index, key in self._plan:
                if index < len(cells) and cells[index].strip():
                    given.setdefault(key, []).append(cells[index])
        else:
            record = TYPES.get(str(row.cells.get("type")), record)
            for heading, value in row.cells.items():
                if value not in (None, "", []):  # what is false is said
                    given.setdefault(self._key(heading, record), []).append(value)
            given.pop("", None)
        self._heed_type(record, given)
        return record, given

    def _heed_type(self, record: type[Record], given: Given) -> None:
        """Heed a column called Type: it names a type of records, a kind of events, or how TimelineJS shows a row."""
        said = str(given.pop(TYPE, [""])[0]).strip()
        if said in _SLIDES and self._slides:
            if _SLIDES[said] is None:
                raise Skipped("the title slide")
            given["kind"] = [_SLIDES[said]]
        elif said and said.casefold() not in TYPES:
            given.setdefault("kind", [said])
        elif said and TYPES[said.casefold()] is not record:
            raise Rejected(f"it is a {said}, and the sheet is read for {record.table}; see --type")

    def _key(self, heading: str, record: type[Record]) -> str:
        key = self._keys[heading] if heading in self._keys else guessed(heading, record)
        if not key:
            self.left.add(heading)
        return key

    def _note_media(self, given: Given) -> None:
        media = [
            self._cells.text(str(given.pop(key)[0]))
            for key in ("media", "media_caption", "media_credit")
            if key in given
        ]
        if media:
            given.setdefault("note", []).append(f"Media: {', '.join(media)}")

    def _cite(self, values: dict[str, Any], locator: str, cites: bool) -> None:  # noqa: FBT001 - of a record that may
        """Add the source of the whole sheet, and the place in a source that has a column of its own."""
        cited = values.get("sources", [])
        if locator:
            if len(cited) != 1 or any("#" in each for each in cited):
                raise Rejected(f"'{locator}' is a place in one source, and the row names {len(cited)}")
            cited = [f"{each}#{locator}" for each in cited]
        if self._source and cites:
            whole = self._declarations.cite(self._source)
            cited = (
                cited if any(each.partition("#")[0] == whole.partition("#")[0] for each in cited) else [*cited, whole]
            )
        if cited:
            values["sources"] = list(dict.fromkeys(cited))

    def _check(self, record: type[Record], values: dict[str, Any]) -> None:
        """Hold values to what reading will hold them to; raises Rejected."""
        for key, read in _readers(record, self._kinds):
            if key in values and values[key] != "":
                try:
                    read(values[key])
                except DateError as error:
                    raise Rejected(f"{key} {error}") from None
                except BadValueError as error:
                    hint = f". Did you mean '{error.suggestion}'?" if error.suggestion else ""
                    raise Rejected(f"{key} {error.reason}{hint}") from None
        for key, form in _forms(record).items():
            if form.required and key != "id" and not values.get(key):
                raise Rejected(f"it has no {key}")


@once
def _forms(record: type[Record]) -> Mapping[str, Key]:
    """Give the keys of a record as a file has them."""
    return {written: keys_of(record)[name] for written, name in written_keys(record).items()}


_FOUND: dict[tuple[str, tuple[str, ...]], list[tuple[str, Callable[[Any], Any]]]] = {}


def _readers(record: type[Record], kinds: tuple[str, ...]) -> list[tuple[str, Callable[[Any], Any]]]:
    """Give what reads the keys whose values it may refuse."""
    if (record.table, kinds) not in _FOUND:
        _FOUND[record.table, kinds] = [
            (key, reader_for(written_keys(record)[key], form, kinds))
            for key, form in _forms(record).items()
            if form.form in _CHECKED
        ]
    return _FOUND[record.table, kinds]
