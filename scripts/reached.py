"""Which tests run which lines, so that mutants.py shows a change only to the tests that can notice it."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

    Marks = frozenset[str]


def mark_lines(text: str, lines: Mapping[str, int], folder: Path) -> tuple[str, set[str]]:
    """Have the code of a file leave a mark in a folder whenever it comes to one of some lines, each with a name.

    Also returns the names of the lines that run only once, when the file is imported: they get no mark.
    """
    tree, once = ast.parse(text), set()
    for name, line in lines.items():
        parents = _parents(tree, line)
        body, statement = _innermost(parents)
        if not any(isinstance(parent, ast.FunctionDef) and parent is not statement for parent in parents):
            once.add(name)
            continue
        mark = ast.parse(f"open({str(folder / name)!r}, 'w').close()").body
        body[body.index(statement) : body.index(statement)] = mark
    return ast.unparse(ast.fix_missing_locations(tree)), once


def _parents(tree: ast.Module, line: int) -> list[ast.AST]:
    """Return the nodes that contain a line, the outermost first."""
    nodes: list[ast.AST] = [tree]
    while within := [node for node in ast.iter_child_nodes(nodes[-1]) if _contains(node, line)]:
        nodes.append(within[-1])
    return nodes


def _contains(node: ast.AST, line: int) -> bool:
    """Whether a node, or what stands within one that has no place of its own, contains a line."""
    first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
    if first is None or last is None:
        return any(_contains(child, line) for child in ast.iter_child_nodes(node))
    decorators = (decorator.lineno for decorator in getattr(node, "decorator_list", ()))
    return bool(min(first, *decorators, first) <= line <= last)


def _innermost(nodes: list[ast.AST]) -> tuple[list[ast.stmt], ast.stmt]:
    """Return the innermost statement of some nodes, and the statements among which it stands."""
    for parent, node in reversed(list(pairwise(nodes))):
        for _, among in ast.iter_fields(parent):
            if isinstance(node, ast.stmt) and isinstance(among, list) and node in among:
                return among, node
    raise ValueError("no statement has this line")


class Reached(NamedTuple):
    """What a test reached: the names of the marks, and how many seconds it took."""

    marks: Marks
    seconds: float


class Recorder:
    """A plugin of pytest that writes down which marks each test leaves.

    What a fixture of several tests reaches counts for all tests of its file: any of them may look at what it made.
    """

    def __init__(self, marks: Path, record: Path) -> None:
        """Watch a folder for marks, and write what was found to a file."""
        self._marks, self._record = marks, record
        self._tests: dict[str, tuple[str, Marks, float]] = {}
        self._shared: defaultdict[str, set[str]] = defaultdict(set)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Write down what a test reached."""
        self._collect()
        began = perf_counter()
        done = yield
        self._tests[item.nodeid] = str(item.path), self._collect(), perf_counter() - began
        return done

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, object, object]:
        """Write down what a fixture of several tests reached."""
        before = {mark.name for mark in self._marks.iterdir()}
        done = yield
        if fixturedef.scope != "function":
            self._shared[str(request.node.path)] |= {mark.name for mark in self._marks.iterdir()} - before
        return done

    def pytest_sessionfinish(self) -> None:
        """Write the record."""
        found = {
            test: [sorted(marks | self._shared[path]), seconds] for test, (path, marks, seconds) in self._tests.items()
        }
        self._record.write_text(json.dumps(found), "utf-8")

    def _collect(self) -> Marks:
        """Take the marks that lie there."""
        found = list(self._marks.iterdir())
        for mark in found:
            mark.unlink()
        return frozenset(mark.name for mark in found)


def read_record(record: Path) -> dict[str, Reached]:
    """Return what a recorder wrote, by the names of the tests."""
    found = json.loads(record.read_text("utf-8"))
    return {test: Reached(frozenset(marks), seconds) for test, (marks, seconds) in found.items()}


class Chooser:
    """A plugin of pytest that runs only some tests."""

    def __init__(self, tests: set[str]) -> None:
        """Choose tests by name."""
        self._tests = tests

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out all others."""
        items[:] = [item for item in items if item.nodeid in self._tests]
