"""Bytes of every kind become a document or one clear problem, never a traceback."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
from pathlib import Path

import pytest

from korea_cli.base.errors import BAD_DATA, DataError
from korea_cli.checks.load import load
from korea_cli.reading.locate import MAX_SIZE, path_of
from korea_cli.reading.toml import read_document

EVENT = b'[[events]]\nid = "launch"\ntitle = "Start"\ndate = "2017-07-04"\n'


def refusal(name: str, max_size: int = MAX_SIZE) -> str:
    with pytest.raises(DataError) as caught:
        load([name], max_size=max_size)
    assert caught.value.status == BAD_DATA == 3
    return str(caught.value)


def problems(folder: Path, raw: bytes) -> list[str]:
    (folder / "x.toml").write_bytes(raw)
    return [str(problem) for problem in load(["x.toml"]).problems]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_missing_file_is_said_to_be_missing() -> None:
    assert refusal("none.toml") == "none.toml: no such file"
    assert refusal("no/such/folder.toml") == "no/such/folder.toml: no such file"


def test_a_missing_file_is_answered_with_the_nearest_one_beside_it(folder: Path) -> None:
    (folder / "mine.toml").write_bytes(EVENT)
    (folder / "mine.tomls").mkdir()
    (folder / ".mien.toml.lock").touch()  # nobody means a file that is hidden
    assert refusal("mien.toml") == "mien.toml: no such file. Did you mean 'mine.toml'?"
    assert refusal(f"{folder}/mine.tml").endswith(f"Did you mean '{folder}/mine.toml'?")


def test_a_folder_is_not_a_file(folder: Path) -> None:
    (folder / "data").mkdir()
    assert refusal("data") == "data: is a folder, not a file"
    assert refusal("") == "'': the file name is empty"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads any file, whatever its permissions")
def test_a_file_without_permission_says_so(folder: Path) -> None:
    (folder / "x.toml").write_bytes(EVENT)
    (folder / "x.toml").chmod(0)
    assert refusal("x.toml") == "x.toml: there is no permission to read it"


def test_a_refused_permission_says_so_whoever_asks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "x.toml").write_bytes(EVENT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal("x.toml") == "x.toml: there is no permission to read it"


def test_a_name_that_no_file_can_have_is_refused() -> None:
    assert refusal("a\0b") == "ab: this is not a file name"
    assert refusal("a" * 5000) == f"{'a' * 5000}: file name too long"


def test_links_in_a_circle_are_refused(folder: Path) -> None:
    (folder / "a.toml").symlink_to("b.toml")
    (folder / "b.toml").symlink_to("a.toml")
    assert refusal("a.toml") == "a.toml: too many levels of symbolic links"


def test_every_unreadable_file_is_named_beside_the_problems_of_the_others(folder: Path) -> None:
    (folder / "x.toml").write_bytes(b'[[event]]\nid = "a"\n')
    (folder / "y.toml").write_bytes(b"title\n")
    assert refusal_of(["none.toml", "x.toml", ".", "y.toml"]) == [
        "none.toml: no such file",
        ".: is a folder, not a file",
        "y.toml:1:6: TOML: expected '=' after a key in a key/value pair; write key = value",
        "x.toml:1:1: event[1]: unknown table 'event'. Did you mean 'events'?",
    ]


def refusal_of(names: list[str]) -> list[str]:
    with pytest.raises(DataError) as caught:
        load(names)
    return [str(problem) for problem in caught.value.problems]


def test_a_byte_that_is_not_utf_8_is_given_with_its_line_and_column(folder: Path) -> None:
    (folder / "x.toml").write_bytes("# één\n# ü ".encode() + b"\xe9t\xe9\n")
    assert refusal("x.toml") == "x.toml:2:5: byte 0xe9 is not UTF-8; save the file as UTF-8"
    (folder / "x.toml").write_bytes(b"\xef\xbb\xbf\n# \xff")
    assert refusal("x.toml") == "x.toml:2:3: byte 0xff is not UTF-8; save the file as UTF-8"
    (folder / "x.toml").write_bytes(b"# \xed\xa0\x80")  # half of a surrogate pair
    assert refusal("x.toml") == "x.toml:1:3: byte 0xed is not UTF-8; save the file as UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(folder: Path, encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (folder / "x.toml").write_bytes(mark + EVENT.decode().encode(encoding))
    assert refusal("x.toml") == "x.toml: the text is UTF-16; save it as UTF-8"


def test_utf_16_without_its_mark_is_guessed(folder: Path) -> None:
    (said,) = problems(folder, EVENT.decode().encode("utf-16-le"))
    assert said.startswith("x.toml:1:2: ")
    (said,) = problems(folder, b"title = 'a\0b'")
    assert said == (
        r"x.toml:1:11: TOML: found invalid character '\x00'; the file may be UTF-16 or not text; save it as UTF-8"
    )


def test_a_byte_order_mark_is_accepted_and_counted_in_the_digest(folder: Path) -> None:
    raw = b"\xef\xbb\xbf" + EVENT
    assert problems(folder, raw) == []
    document = load(["x.toml"]).documents[0]
    assert document.text == EVENT.decode()
    assert document.sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize("raw", [b"", EVENT, EVENT.replace(b"\n", b"\r\n"), "# é 한\n".encode()])
def test_the_digest_is_that_of_the_bytes(folder: Path, raw: bytes) -> None:
    assert problems(folder, raw) == []
    assert load(["x.toml"]).documents[0].sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"# nothing yet", b"\xef\xbb\xbf", b"[chronology]"])
def test_an_empty_file_is_a_chronology_with_nothing_in_it(folder: Path, raw: bytes) -> None:
    assert problems(folder, raw) == []
    assert not any(load(["x.toml"]).draft.records.values())


def test_windows_line_ends_change_no_place(folder: Path) -> None:
    broken = b'[[events]]\r\nid = "a"\r\ntitle = """b\r\nc"""\r\ndate = 5.5\r\n'
    assert [said.split(":")[1:3] for said in problems(folder, broken)] == [["5", "8"]]


@pytest.mark.parametrize("raw", [b"a = " + b"[" * 5000 + b"]" * 5000, b"a = " + b"{b=" * 5000])
def test_nesting_without_end_is_refused(folder: Path, raw: bytes) -> None:
    assert problems(folder, raw) == ["x.toml: TOML: lists or tables are nested too deeply"]


def test_a_key_of_parts_without_end_is_refused(folder: Path) -> None:
    (problem,) = problems(folder, b".".join([b"a"] * 9999))  # in words that differ between versions of tomli
    assert re.match(r"x\.toml(:1:19998)?: TOML: ", problem)


def test_a_number_of_thousands_of_digits_is_refused_at_its_place(folder: Path) -> None:
    raw = b"[chronology]\nkinds = []\nschema = " + b"1" * 4301
    assert problems(folder, raw) == ["x.toml:3:10: TOML: a number has more than 4,300 digits"]


def test_a_file_over_the_size_cap_is_refused_with_the_way_to_raise_it(folder: Path) -> None:
    (folder / "x.toml").write_bytes(EVENT)
    size = len(EVENT)
    assert load(["x.toml"], max_size=size).problems == ()
    assert refusal("x.toml", max_size=size - 1) == (
        f"x.toml: the file is larger than {size - 1} bytes; raise the limit with --max-size"
    )


def test_the_cap_is_256_mib_and_an_endless_file_is_not_read_to_the_end(folder: Path) -> None:
    assert MAX_SIZE == 256 * 1024 * 1024
    (folder / "endless.toml").symlink_to("/dev/zero")
    assert refusal("endless.toml", max_size=1024 * 1024) == (
        "endless.toml: the file is larger than 1 MiB; raise the limit with --max-size"
    )


def test_a_large_file_is_read_whole(folder: Path) -> None:
    raw = EVENT + b"# " + b"x" * 3_000_000 + b"\n[[facts]]\nid = 'f'\ntext = 'F'\n"
    assert problems(folder, raw) == []
    assert [fact.line for fact in load(["x.toml"]).draft.records["facts"]] == [6]


class _Stdin:
    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(EVENT))
    loaded = load(["-"])
    assert [event.file for event in loaded.draft.records["events"]] == ["-"]
    assert loaded.documents[0].path is None


def test_problems_of_standard_input_are_placed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(EVENT + b'acters = ["a"]\n'))
    assert [str(problem) for problem in load(["-"]).problems] == [
        "-:5:1: events[1] 'launch': unknown key 'acters'. Did you mean 'actors'?"
    ]


def test_standard_input_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(EVENT))
    assert refusal("-", max_size=10) == "-: the file is larger than 10 bytes; raise the limit with --max-size"


def test_a_closed_standard_input_is_not_an_empty_chronology(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal("-") == "-: standard input is closed"


def test_a_document_keeps_its_name_as_the_user_wrote_it(folder: Path) -> None:
    (folder / "x.toml").write_bytes(EVENT)
    document, problem = read_document("./x.toml", path_of("./x.toml"))
    assert (document.name, problem) == ("./x.toml", None)
