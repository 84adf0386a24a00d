"""Describe the rooms of the source: what each is for, in the order of the architecture test."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from markdown import table

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOT = Path(__file__).parents[1]
_SOURCE = _ROOT / "src" / "korea_cli"


def room_table() -> str:
    """Tabulate the rooms from the command line down, each with the first sentence of its docstring."""
    rows = [(f"`{path.relative_to(_SOURCE)}{'/' * path.is_dir()}`", _sentence(path)) for path in map(_path, _layers())]
    return table(("where", "what it does"), rows)


def _layers() -> list[str]:
    """Return the layers as the test of the architecture has them, the uppermost first."""
    tree = ast.parse((_ROOT / "tests" / "test_architecture.py").read_text("utf-8"))
    assignments = [node for node in tree.body if isinstance(node, ast.Assign)]
    layers = next(each.value for each in assignments if ast.unparse(each.targets[0]) == "LAYERS")
    return list(reversed(ast.literal_eval(layers)))


def _path(room: str) -> Path:
    folder = _SOURCE / room
    return folder if folder.is_dir() else folder.with_suffix(".py")


def _sentence(path: Path) -> str:
    source = path / "__init__.py" if path.is_dir() else path
    return (ast.get_docstring(ast.parse(source.read_text("utf-8"))) or "").partition("\n\n")[0].replace("\n", " ")


BLOCKS: dict[str, Callable[[], str]] = {"rooms": room_table}
