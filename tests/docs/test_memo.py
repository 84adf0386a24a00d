"""The recipes of docs/formats.md make documents of Word with a table, footnotes and a bibliography, and a PDF."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from without import program

if TYPE_CHECKING:
    from conftest import Korea

FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"
RECIPES: list[str] = re.findall(r"^```sh\n(.*?)^```$", FORMATS.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def pandoc() -> str:
    return program("pandoc", "pandoc")


def back(pandoc: str, document: Path) -> Any:  # noqa: ANN401 - the document as pandoc has it
    """Read a document as pandoc does."""
    run = subprocess.run([pandoc, "-f", "docx", "-t", "json", document], check=True, capture_output=True)
    return json.loads(run.stdout)


def parts(value: Any, name: str) -> list[Any]:  # noqa: ANN401 - any part of such a document
    """List the parts of a document that are of one kind."""
    if isinstance(value, list):
        return [each for item in value for each in parts(item, name)]
    if not isinstance(value, dict):
        return []
    return [*([value] if value.get("t") == name else []), *parts([*value.values()], name)]


def words(value: Any) -> str:  # noqa: ANN401 - as above
    """Return the text of a part of a document."""
    if isinstance(value, dict):
        return (
            str(value["c"]) if value.get("t") == "Str" else " " if value.get("t") == "Space" else words(value.get("c"))
        )
    return "".join(map(words, value)) if isinstance(value, list) else ""


def without_notes(value: Any) -> Any:  # noqa: ANN401 - as above
    """Return a part of a document without its footnotes."""
    if isinstance(value, list):
        return [without_notes(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {} if value.get("t") == "Note" else {key: without_notes(each) for key, each in value.items()}


@pytest.mark.parametrize("recipe", [each for each in RECIPES if "memo.docx" in each])
def test_the_recipe_makes_a_memo_with_footnotes_and_a_bibliography(
    recipe: str, pandoc: str, korea: Korea, tmp_path: Path
) -> None:
    run = korea.shell(f"set -e\n{recipe}", cwd=tmp_path)
    assert (run.code, run.out) == (0, ""), run.err
    memo = back(pandoc, tmp_path / "memo.docx")
    events = json.loads(korea("timeline", "topic:icbm", "--json", "-q").out)["events"]
    (table,) = parts(memo, "Table")
    assert [event["title"] for event in events if event["title"] not in words(table)] == []
    notes = parts(memo, "Note")
    assert len(notes) >= sum(len(event["sources"]) for event in events)
    assert any("Business Standard" in words(note) for note in notes)
    listed = "".join(words(without_notes(block)) for block in memo["blocks"] if block["t"] != "Table")
    sources = json.loads(korea("timeline", "topic:icbm", "-f", "csl-json", "-q").out)
    assert len(sources) > 15
    for address in {each["URL"] for each in sources if "URL" in each}:
        assert (address in listed) is ("csljson" in recipe)


@pytest.mark.usefixtures("pandoc")
def test_the_recipe_makes_a_pdf_with_all_events_claims_and_notes(korea: Korea, tmp_path: Path) -> None:
    program("weasyprint", "weasyprint")
    pdftotext = program("pdftotext", "poppler-utils")
    (recipe,) = (each for each in RECIPES if "memo.pdf" in each)
    run = korea.shell(f"set -e\n{recipe}", cwd=tmp_path)
    assert (run.code, run.out) == (0, ""), run.err
    done = subprocess.run([pdftotext, "-layout", tmp_path / "memo.pdf", "-"], check=True, capture_output=True)
    text = re.sub(r"\s+", "", done.stdout.decode())
    events = json.loads(korea("timeline", "topic:icbm", "--json", "-q").out)["events"]
    claims = [claim["text"] for event in events for claim in event["claims"]]
    assert claims
    for words_ in (*(event["title"] for event in events), "BusinessStandard"):
        assert re.sub(r"\s+", "", words_) in text
    assert sum(re.sub(r"\s+", "", claim) in text for claim in claims) > len(claims) // 2  # no page breaks within
    assert "DateEventWho→whomSources" in text


def test_nothing_in_the_data_is_markup_for_pandoc(pandoc: str, korea: Korea, tmp_path: Path) -> None:
    texts = ("@x [@y]", "a $b$ c", "H~2~O x^2^", "<b>x</b>", "![](x.png)", "{.c #d}", "\\newpage", "[x]{.y}", "| x |")
    file, document = tmp_path / "mine.toml", tmp_path / "memo.docx"
    file.write_text(
        "\n".join(
            f'[[events]]\nid = "e{n}"\ndate = "2017"\ntitle = {json.dumps(text)}' for n, text in enumerate(texts)
        ),
        "utf-8",
    )
    memo = korea("timeline", "-d", file, "-f", "markdown").out
    subprocess.run([pandoc, "-f", "gfm", "--citeproc", "-o", document], input=memo.encode(), check=True)
    (table,) = parts(back(pandoc, document), "Table")
    shown = re.sub(r"\s", "", words(table) + "".join(each["c"][1] for each in parts(table, "Code")))
    assert [text for text in texts if "@" not in text and re.sub(r"\s", "", text) not in shown] == []
    assert not any(parts(table, kind) for kind in ("Cite", "Math", "Superscript", "Subscript", "Image", "RawInline"))
    with ZipFile(document) as archive:
        assert not [name for name in archive.namelist() if "media" in name]
