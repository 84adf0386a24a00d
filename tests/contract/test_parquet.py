"""A chronology as Parquet: written whole or not at all, and answered by commands that read as the data file is."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.store.parquet import ParquetFile
from law.engines import without_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea

pytest.importorskip("duckdb", reason="needs duckdb")

WRITING = [
    ("add", "event", "--id", "x", "--title", "X", "--date", "2017"), ("set", "putin", "note=more"), ("edit", "putin"),
    ("remove", "putin"), ("rename", "putin", "x"), ("fmt",), ("import", "sheet.csv"), ("check",), ("diff",),
    ("move", "putin", "other.toml"),
]  # fmt: skip
HOSTILE = ["with 'quotes'", "[a]*?", "'); INSTALL httpfs; --", "결과 ü", "a\nb", "-rf", "$HOME"]


@pytest.fixture(scope="module")
def export(korea: Korea, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the built-in record once."""
    folder = tmp_path_factory.mktemp("parquet") / "whole"
    run = korea("export", "-f", "parquet", "-o", folder)
    assert (run.code, run.out, run.err) == (0, "", f"Wrote 434 records to {folder}\n")
    return folder


@pytest.fixture
def copy(export: Path, tmp_path: Path) -> Path:
    """Return a copy of it, to be damaged."""
    return shutil.copytree(export, tmp_path / "copy")


def test_every_command_answers_as_it_does_from_the_data_file(
    asked: tuple[str, ...], korea: Korea, export: Path
) -> None:
    if asked[0] == "check":
        return  # which does not query
    plain, parquet = (korea(*asked, "--json", "-q", *of) for of in ((), ("-d", f"parquet:{export}")))
    assert (parquet.code, parquet.err) == (plain.code, plain.err)
    assert without_files(parquet.out) == without_files(plain.out)


def test_the_export_is_named_where_files_are(korea: Korea, export: Path) -> None:
    run = korea("topics", "--json", env={"KOREA_DATA": f"parquet:{export}"})
    (file,) = json.loads(run.out)["chronology"]["files"]
    assert file["path"] == f"parquet:{export}"
    assert len(file["sha256"]) == 64


def test_the_home_folder_is_known_behind_the_colon(korea: Korea, export: Path) -> None:
    run = korea("topics", "--json", "-d", f"parquet:~/{export.name}", env={"HOME": str(export.parent)})
    (file,) = json.loads(run.out)["chronology"]["files"]
    assert file["path"] == f"parquet:{export}"


def test_the_data_file_made_of_an_export_is_that_made_of_the_data_file(korea: Korea, export: Path) -> None:
    assert korea("export", "-d", f"parquet:{export}").out == korea("export").out


def test_a_part_has_all_that_it_refers_to(korea: Korea, tmp_path: Path) -> None:
    folder, file = tmp_path / "part.parquet", tmp_path / "part.toml"
    run = korea("timeline", "topic:thaad", "-o", folder)
    toml = korea("timeline", "topic:thaad", "-o", file)
    assert (run.code, run.err.splitlines()[1:]) == (0, toml.err.splitlines()[1:])
    assert korea("export", "-d", f"parquet:{folder}").out == file.read_text("utf-8")


def test_what_no_file_holds_is_refused_and_nothing_is_written(korea: Korea, tmp_path: Path) -> None:
    run = korea("stats", "-f", "parquet", "-o", tmp_path / "x")
    assert run.code == 2
    assert run.err.startswith("korea: the format 'parquet' is for ")
    for target in ((), ("-o", "-")):
        run = korea("timeline", "-f", "parquet", *target)
        assert (run.code, run.out) == (2, "")
        assert run.err == "korea: '-f parquet' writes a folder: name it with -o FOLDER\n"
    assert korea("timeline", "-f", "parquet", "--count").out == korea("timeline", "--count").out
    assert list(tmp_path.iterdir()) == []


def test_a_count_is_written_as_of_any_format(korea: Korea, tmp_path: Path) -> None:
    assert korea("timeline", "-f", "parquet", "--count", "-o", tmp_path / "x").code == 0
    assert (tmp_path / "x").read_text("utf-8") == korea("timeline", "--count").out


# ---------------------------------------------------------------- whole or not at all


def test_an_export_is_replaced_as_a_whole(korea: Korea, copy: Path) -> None:
    (copy / "entry" / "old.parquet").write_bytes(b"old")
    assert korea("topics", "-f", "parquet", "-o", copy).code == 0
    assert not (copy / "entry" / "old.parquet").exists()
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]
    assert korea("topics", "--count", "-d", f"parquet:{copy}").out == korea("topics", "--count").out


def test_an_empty_folder_is_filled(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert korea("topics", "-f", "parquet", "-o", tmp_path / "empty").code == 0
    assert korea("topics", "--count", "-d", f"parquet:{tmp_path / 'empty'}").out == korea("topics", "--count").out


def test_nothing_else_is_ever_replaced(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "manifest.json").write_text('{"name": "an extension"}', "utf-8")
    for name, reason in (("file", "a file of that name"), ("folder", "a folder of that name that korea did not write")):
        run = korea("topics", "-f", "parquet", "-o", tmp_path / name)
        assert (run.code, run.err) == (4, f"korea: cannot write {tmp_path / name}: there is {reason}\n")
    assert (tmp_path / "file").read_text("utf-8") == "mine"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


def test_the_export_that_is_read_is_not_replaced_by_a_part_of_it(korea: Korea, copy: Path) -> None:
    arguments = ("topics", "-d", f"parquet:{copy}", "-f", "parquet", "-o", copy)
    assert korea(*arguments).code == 4
    assert korea(*arguments, "--force").code == 0
    assert korea("topics", "--count", "-d", f"parquet:{copy}").out == korea("topics", "--count").out


# ---------------------------------------------------------------- what cannot be read


def refusal(korea: Korea, *names: str) -> str:
    """Return why a folder cannot be read; nothing is printed then, or written."""
    data = [part for name in names for part in ("-d", name)]
    run = korea("timeline", *data)
    assert (run.code, run.out) == (3, "")
    assert run.err.startswith(f"korea: {names[0]}: ".replace("\n", " "))
    return run.err.partition(": ")[2]


def test_what_is_no_export_is_named(korea: Korea, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "folder").mkdir()
    assert "there is no such folder" in refusal(korea, f"parquet:{tmp_path}/none")
    assert "this is not a folder that 'korea export -f parquet' wrote" in refusal(korea, f"parquet:{tmp_path}/file")
    assert "it has no manifest.json" in refusal(korea, f"parquet:{tmp_path}/folder")
    assert "name a folder after 'parquet:'" in refusal(korea, "parquet:")
    for text in ("", "[]", "{", '{"format": "other"}', "\udcff", '{"a":' * 5000):
        (tmp_path / "folder" / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
        assert "did not write its manifest.json" in refusal(korea, f"parquet:{tmp_path}/folder")


def test_an_export_is_read_alone(korea: Korea, export: Path) -> None:
    assert "cannot be combined with other data files" in refusal(korea, f"parquet:{export}", "builtin")


def edit_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = json.loads((folder / "manifest.json").read_text("utf-8"))
    change(content)
    (folder / "manifest.json").write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": 99, "program": "9.9"}, "korea 9.9 wrote it, with other tables than korea "),
        ({"shape": "0"}, "wrote it, with other tables than korea "),
        ({"header": None}, "its manifest.json is damaged; export it again"),
        ({"header": {"titel": ""}}, "its manifest.json is damaged; export it again"),
        ({"tables": []}, "its manifest.json is damaged; export it again"),
        ({"tables": {"entry": [["../../etc/passwd", 1, 1]]}}, "its manifest.json is damaged; export it again"),
        ({"tables": {}}, "its manifest.json is damaged; export it again"),
    ],
)
def test_a_manifest_that_does_not_fit_is_not_followed(
    change: dict[str, Any], reason: str, korea: Korea, copy: Path
) -> None:
    edit_manifest(copy, lambda content: content.update(change))
    assert reason in refusal(korea, f"parquet:{copy}")


def test_a_file_that_is_missing_or_was_changed_is_noticed_before_any_answer(korea: Korea, copy: Path) -> None:
    file = next((copy / "record_json").iterdir())
    whole = file.read_bytes()
    for content in (whole[:-100], b"", whole[:-100] + bytes(100)):
        file.write_bytes(content)
        assert f"record_json/{file.name} is damaged; export it again" in refusal(korea, f"parquet:{copy}")
    file.unlink()
    assert f"record_json/{file.name}: no such file or directory" in refusal(korea, f"parquet:{copy}")


def accept(folder: Path) -> None:
    """Have the manifest state the checksums of the files as they are: those of a large export are not compared."""

    def change(content: dict[str, Any]) -> None:
        tables = content["tables"]
        for table, parts in tables.items():
            tables[table] = [ParquetFile.of(folder, path, rows) for path, _, _, rows in parts]

    edit_manifest(folder, change)


@pytest.mark.parametrize(("table", "place"), [("entry", 0.02), ("entry", 0.95), ("record_json", 0.3)])
def test_a_damaged_file_ends_an_answer_with_a_message_and_no_file_is_left(
    table: str, place: float, korea: Korea, copy: Path, tmp_path: Path
) -> None:
    for file in (copy / table).iterdir():
        data = file.read_bytes()
        start, end = int(len(data) * place), int(len(data) * (place + 0.05))
        file.write_bytes(data[:start] + bytes(byte ^ 0xFF for byte in data[start:end]) + data[end:])
    accept(copy)
    run = korea("timeline", "-d", f"parquet:{copy}", "-o", tmp_path / "all.jsonl")
    assert run.code == 3, run
    assert re.fullmatch(f"korea: parquet:{re.escape(str(copy))}: cannot read it: DuckDB reports: .+\n", run.err)
    assert [each.name for each in tmp_path.iterdir()] == ["copy"]


@pytest.mark.parametrize("words", WRITING, ids=lambda words: words[0])
def test_commands_that_change_or_check_a_file_say_that_an_export_is_only_queried(
    words: tuple[str, ...], korea: Korea, export: Path
) -> None:
    run = korea(*words, "-d", f"parquet:{export}")
    assert (run.code, run.out) == (3, "")
    assert f"parquet:{export}: Parquet files can only be queried, not changed, checked or compared" in run.err


def test_a_missing_library_is_named_with_what_installs_it(korea: Korea, export: Path, tmp_path: Path) -> None:
    (tmp_path / "duckdb.py").write_text("raise ImportError", "utf-8")
    without = {"PYTHONPATH": str(tmp_path)}
    run = korea("topics", "-d", f"parquet:{export}", env=without)
    assert (run.code, run.out) == (3, "")
    assert "needs DuckDB: pip install 'korea-cli[duckdb]'" in run.err
    run = korea("topics", "-f", "parquet", "-o", tmp_path / "out", env=without)
    assert (run.code, run.err) == (2, "korea: '-f parquet' needs DuckDB: pip install 'korea-cli[duckdb]'\n")
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------- names, private records


@pytest.mark.parametrize("name", HOSTILE)
def test_a_folder_may_have_any_name(name: str, korea: Korea, tmp_path: Path) -> None:
    folder = tmp_path / name / "x"
    folder.parent.mkdir()
    assert korea("topics", "-f", "parquet", "-o", folder).code == 0
    for data in (f"parquet:{folder}", f"parquet:{name}/x"):
        run = korea("topics", "--count", "-d", data, cwd=tmp_path)
        assert (run.code, run.out, run.err) == (0, korea("topics", "--count").out, "")


def test_private_records_are_only_in_an_export_where_they_are_asked_for(korea: Korea, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[events]]\nid = "open"\ntitle = "Open"\ndate = "2017"\nactors = ["spy", "all"]\n'
        '[[events]]\nid = "zxqv"\ntitle = "Zxqv"\ndate = "2018"\nprivate = true\nactors = ["spy"]\n'
        '[[actors]]\nid = "all"\nname = "All"\n[[actors]]\nid = "spy"\nname = "Zxqv spy"\nprivate = true\n',
        "utf-8",
    )
    for_others, own = tmp_path / "others", tmp_path / "own"
    run = korea("export", "-d", file, "-f", "parquet", "-o", for_others)
    assert "korea: left out 2 private records; --with-private includes them\n" in run.err
    assert korea("export", "-d", file, "-f", "parquet", "-o", own, "--with-private").code == 0
    shown = korea("export", "-d", f"parquet:{for_others}").out
    assert shown == korea("export", "-d", file, "--public").out
    assert "Zxqv" not in shown
    assert "zxqv" in korea("timeline", "-d", f"parquet:{own}").out
    for setting in ({"KOREA_PUBLIC": "1"}, {}):
        run = korea("timeline", "-d", f"parquet:{own}", *[] if setting else ["--public"], env=setting)
        assert (run.code, run.out) == (3, "")
    assert b"zxqv" not in b"".join(each.read_bytes() for each in for_others.rglob("*") if each.is_file()).lower()


def test_the_same_records_give_the_same_bytes(korea: Korea, export: Path, tmp_path: Path) -> None:
    assert korea("export", "-f", "parquet", "-o", tmp_path / "again").code == 0
    files = [
        {each.relative_to(folder): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
        for folder in (export, tmp_path / "again")
    ]
    assert files[0] == files[1]
