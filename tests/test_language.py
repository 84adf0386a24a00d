"""The English of the project: words that no user-visible text may use, and how no docstring may begin."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from korea_cli import commands
from korea_cli.cli import topics

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "korea_cli"
AVOIDED = re.compile(
    r"\b(anew|besides|wanting|shall|nobody need|slip of the pen|thereof|of ours|told)\b", re.IGNORECASE
)
NOT_SO = re.compile(r"(Give|Say|Tell|Take)s?\b")
MODULES = sorted(SOURCE.rglob("*.py"))
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def docstrings(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Yield every docstring of a module, with its node."""
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node) and isinstance(node.body[0], ast.Expr):
            yield node.body[0].value, ast.get_docstring(node) or ""


def literals(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the text of every string in a module but its docstrings, with its place."""
    tree = ast.parse(path.read_text("utf-8"))
    described = {id(node) for node, _ in docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def pages() -> Iterator[tuple[str, str]]:
    """Yield every page that a user reads, with its name."""
    history = {"decisions.md", "CHANGELOG.md"}
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        if path.name not in history:
            yield path.name, path.read_text("utf-8")
    for path in SOURCE.rglob("*"):
        if path.suffix in {".toml", ".html", ".jinja", ".js", ".bash", ".fish", ".zsh"}:
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")
    yield "korea help", topics.help_page(())
    for name in (*commands.names(), *topics.names()):
        yield f"korea help {name}", topics.help_page([name])


def test_no_page_and_no_help_uses_a_word_that_no_tool_uses() -> None:
    found = [f"{name}: {match[0]!r} in {match.string[max(match.start() - 30, 0) : match.end() + 30]!r}"
             for name, text in pages() for match in AVOIDED.finditer(text)]  # fmt: skip
    assert found == []


def test_no_message_uses_a_word_that_no_tool_uses() -> None:
    found = [f"{place}: {match[0]!r} in {text!r}" for path in MODULES for place, text in literals(path)
             for match in AVOIDED.finditer(text)]  # fmt: skip
    assert found == []


def test_no_docstring_begins_with_give_say_tell_or_take() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {text.splitlines()[0]}"
        for path in MODULES
        for node, text in docstrings(ast.parse(path.read_text("utf-8")))
        if NOT_SO.match(text)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["Read anew.", "It was told", "There shall be"])
def test_the_words_are_found(text: str) -> None:
    assert AVOIDED.search(text)
