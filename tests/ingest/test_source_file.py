"""A packed file is read through, and one that cannot be read is called by its name, as its first bytes tell."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from functools import partial
from typing import TYPE_CHECKING

import pytest

from korea_cli.base.errors import DataError
from korea_cli.ingest import readers
from korea_cli.ingest.files import source_file
from korea_cli.ingest.files.source_file import about_size, opened

if TYPE_CHECKING:
    from pathlib import Path

SHEET = b"Date,Title\n2031,A\n"
AS_CSV = "Save it as CSV to import it."


# Without the time of day, which would make the names of tests differ between processes.
gzipped = partial(gzip.compress, mtime=0)


def zipped(*files: str, data: bytes = SHEET) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def tar() -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    return raw.getvalue()


def read(folder: Path, raw: bytes, name: str = "x", form: str | None = None) -> tuple[str, list[object]]:
    """Return the format of a file, and the cells of its rows."""
    file = folder / name
    file.write_bytes(raw)
    with opened(str(file), form) as (sheet, source):
        return source.form, [row.cells for row in sheet.rows]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (gzipped(SHEET), "x.csv.gz"), (gzipped(SHEET), "x"), (gzipped(SHEET), "x.CSV.GZ"),
        (gzipped(SHEET[:9]) + gzipped(SHEET[9:]), "x.gz"), (zipped("a.csv"), "x.zip"),
        (zipped("folder/", "folder/a.csv", "__MACOSX/._a.csv", ".DS_Store"), "x"),
    ],
)  # fmt: skip
def test_the_only_file_in_a_packed_one_is_read(raw: bytes, name: str, tmp_path: Path) -> None:
    assert read(tmp_path, raw, name) == ("csv", [["2031", "A"]])


def test_a_packed_file_has_the_format_that_it_has_unpacked(tmp_path: Path) -> None:
    event = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20310101\nEND:VEVENT\nEND:VCALENDAR\n"
    assert read(tmp_path, gzipped(event), "x.gz")[0] == "ics"
    assert read(tmp_path, zipped("a.json", data=b'[{"title": "A"}]'), "x.zip") == ("json", [{"title": "A"}])
    assert read(tmp_path, gzipped(SHEET), "x.csv.gz", "csv") == ("csv", [["2031", "A"]])
    chronology = b'[chronology]\n\n[[events]]\nid = "a"\ntitle = "A"\ndate = "2031"\n'
    form, rows = read(tmp_path, gzipped(chronology), "x.toml.gz")
    assert form == "toml"
    assert [row["title"] for row in rows if isinstance(row, dict)] == ["A"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (zipped("a.csv", "b.csv"), r"this zip has 2 files: a\.csv, b\.csv\. Unpack it, and import one of them\."),
        (zipped(*"abcde"), r"this zip has 5 files: a, b, c, d, e\. Unpack it"),
        (zipped(*"abcdefg"), r"this zip has 7 files: a, b, c, d, e and 2 more\. Unpack it"),
        (zipped(), "this zip has no files"), (zipped("a/"), "this zip has no files"),
        (zipped("a.csv")[:-30], "it cannot be unpacked: file is not a zip file"),
        (gzipped(SHEET)[:-9], "it cannot be unpacked: compressed file ended"),
        (gzipped(SHEET)[:-8] + b"12345678", "it cannot be unpacked: crc check failed"),
        (b"\x1f\x8b nonsense", "it cannot be unpacked: unknown compression method"),
        (zipped("word/document.xml", "docProps/app.xml"), rf"this is a Word document\. {AS_CSV}"),
        (zipped("doc.kml"), r"this is a map of Google Earth\."),
        (b"%PDF-1.7\n%\xe2", r"this is a PDF file\. Copy its table to a spreadsheet"),
        (b"SQLite format 3\0\x10", r"this is an SQLite database\. Export a table: sqlite3 -header -csv"),
        (bz2.compress(SHEET), r"this is compressed with bzip2\. Unpack it first\."),
        (lzma.compress(SHEET), r"this is compressed with xz\. Unpack it first\."),
        (tar(), r"this is a tar archive\. Unpack it first\."), (gzipped(tar()), r"this is a tar archive\."),
        (b"PAR1\x15\x04", r"this is a Parquet file\."), (b"\x89PNG\r\n\x1a\n", r"this is a picture\.$"),
        (b'<?xml version="1.0"?>\n<events/>', r"this is XML\. Export it as CSV or JSON"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html>\n<html>", r"this is a web page\. Download the data itself"),
        (gzipped(b"<html>"), r"this is a web page\."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_called_by_name_with_what_to_do(raw: bytes, message: str, tmp_path: Path) -> None:
    for name in ("x", "x.csv"):
        with pytest.raises(DataError, match=message):
            read(tmp_path, raw, name)


def test_a_sheet_may_begin_with_a_tag_or_have_anything_if_its_format_is_requested(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="this is XML"):
        read(tmp_path, b"<gpx>", "x.gpx")
    assert read(tmp_path, b"<Date>,Title\n2031,A\n", "x.csv") == ("csv", [["2031", "A"]])
    assert read(tmp_path, b"<Date>,Title\n2031,A\n", "x", "csv") == ("csv", [["2031", "A"]])
    assert read(tmp_path, b"PARTY,Title\n2031,A\n", "x.csv") == ("csv", [["2031", "A"]])


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    raw = bytearray(zipped("a.csv"))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    with pytest.raises(DataError, match=r"this zip is encrypted\. Unpack it first\."):
        read(tmp_path, bytes(raw))


@pytest.mark.parametrize("pack", [gzipped, lambda data: zipped("a.csv", data=data)])
def test_a_file_that_unpacks_to_far_too_much_is_refused(
    pack: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(pack)
    monkeypatch.setattr(source_file, "_ALLOWED", 100_000)
    rows = SHEET + b"2031,A\n" * 50_000
    with pytest.raises(DataError, match="it unpacks to more than 200 times its size"):
        read(tmp_path, pack(rows))
    monkeypatch.setattr(source_file, "_ALLOWED", 100_000_000)
    assert len(read(tmp_path, pack(rows))[1]) == 50_001


def test_a_file_larger_than_a_chronology_should_be_is_announced(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as stream:
        stream.truncate(64 * 1024 * 1024 - 1)
    assert about_size(str(file)) == []
    with file.open("ab") as stream:
        stream.truncate(250 * 1024 * 1024)
    (sentence,) = about_size(str(file))
    assert sentence.startswith(f"{file} has 250 MiB, which takes some 2 min. A data file suits 100,000 events: ")
    assert about_size("-") == []


def test_what_is_clearly_of_a_format_is_read_so_whatever_it_is_called() -> None:
    for start, form in ((b"BEGIN:VCALENDAR", "ics"), (b'{"a": 1}\n{"a": 2}', "jsonl"), (b"TY  - BOOK", "ris")):
        assert readers.recognize(".csv", start) == form
    assert readers.recognize(".csv", b'{"a": 1}') == "csv"
    assert readers.recognize(".txt", b'{"a": 1}') == "json"
