"""The rows of foreign files as a table, with the texts of cells and titles that a query names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from korea_cli.store.sql import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from korea_cli.store.foreign.shape import ForeignCell, ForeignShape, TemplatePart

FILE_BITS = 40  # of the number of a record: those below are the number of its row in a file
_ROW = (1 << FILE_BITS) - 1
_SHORTER = 50  # numbers for each run of them


def _text_of(place: str) -> str:
    """Return the name of the column with the texts of a column of cells."""
    return place.replace("c", "t")


def identifier(name: str) -> str:
    """Return a name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def _is_nested(type_: str) -> bool:
    return type_.endswith("]") or type_.startswith(("STRUCT(", "MAP("))


def without_zeros(text: str) -> str:
    """Return a number without the zeros that a whole one has in a column of decimals; any other text as it is."""
    return re.sub(r"(?<=\d)\.0+$", "", text)


def _among(numbers: Iterable[int]) -> str:
    """Return the condition on the rows of some records, in any file: by runs of them, if that is shorter."""
    rows = sorted({number & _ROW for number in numbers})
    runs = [(rows[0], rows[0])]
    for row in rows[1:]:
        if row == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    if len(runs) > len(rows) // _SHORTER:
        return f"file_row_number IN ({', '.join(map(str, rows))})"
    between = " OR ".join(f"file_row_number BETWEEN {first} AND {last}" for first, last in runs)
    return f"file_row_number BETWEEN {rows[0]} AND {rows[-1]} AND ({between})"


class ForeignRows:
    """Makes the rows of foreign files as a table.

    files: their paths. shown: how they are called. types: their columns with their types. rows: the only records that
    are needed, by number. phrases: what their words are searched for, if for nothing else.
    """

    def __init__(
        self, shape: ForeignShape, files: Sequence[str], shown: Sequence[str], types: Mapping[str, str]
    ) -> None:
        self.shape, self._files, self._shown = shape, files, shown
        self._types = {name: "VARCHAR" if _is_nested(type_) else type_ for name, type_ in types.items()}
        self._nested = {name for name, type_ in types.items() if _is_nested(type_)}
        self.places = {column: f"c{number}" for number, column in enumerate(shape.columns)}
        self.rows: Collection[int] = ()
        self.phrases: Collection[str] = ()

    def raw(self, *queried: str) -> str:
        """Return the rows of all files as a table `raw`, each with the number of its record, for some SQL.

        Beside the cells that this names it has, once each, the texts of these and what titles are composed of: DuckDB
        plans a query many times as long where it sees the same long expression at each place.
        """
        title = self._title_text() if any("raw.title_text" in each for each in queried) else ""
        named = {*re.findall(r"\braw\.([ct]\d+)\b", " ".join((*queried, title)))}
        texts = "".join(
            f", stripped({place}) AS {_text_of(place)}" for place in self.places.values() if _text_of(place) in named
        )
        rows = f"{self._rows(named)} AS raw"
        if texts:
            rows = f"(SELECT *{texts} FROM {rows}) AS raw"  # noqa: S608 - as all here: names of our own, or quoted
        return f"(SELECT *, {title} AS title_text FROM {rows}) AS raw" if title else rows  # noqa: S608 - as above

    def _rows(self, named: AbstractSet[str]) -> str:
        columns = "".join(
            f", {self._read(column)} AS {place}"
            for column, place in self.places.items() if not named.isdisjoint({place, _text_of(place)})
        )  # fmt: skip
        paths = ", ".join(map(quoted, self._files))
        only = f" WHERE {_among(self.rows)}" if self.rows else ""
        number = f"((file_index + 1) << {FILE_BITS}) + file_row_number"
        return (
            f"(SELECT {number} AS seq, file_index AS file_number, file_row_number AS row_number{columns}"  # noqa: S608 - as above
            f" FROM read_parquet([{paths}], hive_partitioning = false){only})"
        )

    def _read(self, column: str) -> str:
        """Return the SQL of a cell as it is in a file; lists and objects become JSON, as a sheet would have them."""
        name = identifier(column)
        return f"CAST(to_json({name}) AS VARCHAR)" if column in self._nested else name

    def text(self, column: str) -> str:
        """Return the SQL of a cell as text, as a sheet would have it."""
        return f"raw.{_text_of(self.places[column])}"

    def cell(self, cell: ForeignCell) -> str:
        """Return the SQL of what a cell means; NULL for nothing."""
        text = self.text(cell.column)
        groups: dict[str | None, list[str]] = {}
        for code, value in cell.codes.items():
            groups.setdefault(value, []).append(quoted(code))
        cases = (
            f"WHEN {text} IN ({', '.join(codes)}) THEN {'NULL' if value is None else quoted(value)}"
            for value, codes in groups.items()
        )
        whole = f"CASE {' '.join(cases)} ELSE {text} END"
        return f"({quoted(cell.label)} || {whole})" if cell.label else f"({whole})"

    def title(self) -> str:
        """Return the SQL of a title; NULL where nothing is in it."""
        return f"NULLIF({'one_line' if self.shape.composed else 'cleaned'}(raw.title_text), '')"

    def _title_text(self) -> str:
        return " || ".join(map(self._title_part, self.shape.title))

    def _title_part(self, part: TemplatePart) -> str:
        cells = [self._first(several) for several in part.cells]
        pieces = [quoted(part.texts[0])]
        for cell, text in zip(cells, part.texts[1:], strict=True):
            pieces += [cell if part.optional else f"COALESCE({cell}, '')", quoted(text)]
        whole = " || ".join(pieces)
        return f"COALESCE({whole}, '')" if part.optional else f"({whole})"

    def _first(self, cells: Iterable[ForeignCell]) -> str:
        return f"COALESCE({', '.join(map(self.cell, cells))}, NULL)"

    def has_title(self) -> str:
        """Return the SQL of whether a row has a title; it looks at no more cells than it has to."""
        if any(text.strip() for part in self.shape.title if not part.optional for text in part.texts):
            return "TRUE"
        parts = []
        for part in self.shape.title:
            cells = [self._first(several) for several in part.cells]
            whole, some = (
                " AND ".join(f"{cell} IS NOT NULL" for cell in cells),
                [f"has_text({cell})" for cell in cells],
            )
            if any(text.strip() for text in part.texts):
                parts.append(f"({whole})")
            else:
                parts += [f"({whole} AND ({' OR '.join(some)}))"] if part.optional else some
        return f"({' OR '.join(parts)})"
