"""The house rules that a reader relies on: what may import what, who alone uses a library, how long things are."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from korea_cli.cache.catalog import ROOMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1] / "src" / "korea_cli"
PACKAGE = "korea_cli"
# From the ground up: a room imports from itself and from those before it, never from those after it.
LAYERS = (
    "base", "dates", "model", "rows", "reading", "checks", "store", "query", "cache", "chronology", "report",
    "analysis", "citing", "comparing", "editing", "versioning", "ingest", "drawing", "formats", "commands", "cli",
)  # fmt: skip
# Common answers load these, and whatever they import at their top.
STARTED = (
    "cli.main", "cli.program", "cli.output", "cli.completion.offers", "cli.completion.contents",
    "cli.completion.values", "chronology.opening", "chronology.titles", "store.decode_rows", "rows.columns",
    "rows.json_rows", "model.support", "analysis.aggregates", "analysis.counting", "analysis.dimensions",
    "analysis.corroboration", "formats.json", "formats.jsonl", "formats.plain", "formats.csv", "commands.timeline",
    "commands.facts", "commands.search", "commands.show", "commands.actor", "commands.actors", "commands.topics",
    "commands.sources", "commands.stats",
)  # fmt: skip
DOORS = {"__init__", "__main__"}  # of the library and of the program: they may import anything
FENCES = {
    "typer": {"cli.parsing"},
    "rich": {"drawing", "formats.table"},
    "tomli": {"reading.toml", "reading.pieces"},
    "tomllib": set(),
    "sqlite3": {"store.database", "cache.index"},
    "duckdb": {"store.duck", "store.parquet_writer", "store.remote"},
    "pyspark": {"store.spark.engine"},
    "grpc": {"store.spark.engine"},
    "sqlglot": {"store.spark.sql", "store.spark.lists", "store.spark.plans"},
    "dateutil": {"dates"},
    "filelock": {"editing.saving"},
    "anyascii": {"base.slugs"},
    "icalendar": {"formats.ics"},
    "xlsxwriter": {"formats._workbook"},
    "python_calamine": {"ingest.workbooks.workbook"},
    "xml": {"ingest.workbooks.safe_xml"},
    "bibtexparser": {"ingest.bibliographies.bibtex_entries"},
    "yaml": {"ingest.notes.structured_text"},
    "jinja2": {"formats.page"},
    "click": set(),
    "pydantic": set(),
}
MOST_LINES, MOST_LINES_OF_FUNCTION = 250, 25


class Module(NamedTuple):
    """A module of the program: its name within the package and what it says."""

    name: str
    text: str
    tree: ast.Module


@cache
def modules() -> tuple[Module, ...]:
    paths = sorted(ROOT.rglob("*.py"))
    return tuple(Module(_name(path), path.read_text("utf-8"), ast.parse(path.read_text("utf-8"))) for path in paths)


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def every_module(rule: Callable[[Module], None]) -> Callable[[], None]:
    """Make one test of a rule for every module: a test for each module would take longer than the rule itself."""

    def test() -> None:
        broken = []
        for module in modules():
            try:
                rule(module)
            except AssertionError as error:
                broken.append(f"{module.name}: {str(error).splitlines()[0]}")
        if broken:
            pytest.fail("\n".join(broken))

    return test


@cache
def imports(module: Module) -> frozenset[str]:
    """Return the full name of everything a module imports: at its top, within a function, or for type checkers."""
    return frozenset(_imports(ast.walk(module.tree)))


def _imports(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def own_imports(module: Module) -> set[str]:
    """Return the modules of the program that a module imports, by their names within the package."""
    names = {module.name for module in modules()}
    found = (name.removeprefix(f"{PACKAGE}.") for name in imports(module) if name.startswith(f"{PACKAGE}."))
    return {name if name in names else name.rpartition(".")[0] for name in found} - {""}


def part(name: str) -> str:
    return name.partition(".")[0]


def layer(name: str) -> int:
    assert part(name) in LAYERS, f"'{part(name)}' has no place in LAYERS yet"
    return LAYERS.index(part(name))


@every_module
def test_a_part_imports_only_what_lies_below_it(module: Module) -> None:
    if module.name not in DOORS:
        assert {name for name in own_imports(module) if layer(name) > layer(module.name)} == set()


def test_every_part_has_a_place_and_every_place_a_part() -> None:
    assert len(set(LAYERS)) == len(LAYERS)
    assert set(LAYERS) == {part(module.name) for module in modules()} - DOORS


def test_an_index_is_of_another_program_when_anything_that_it_depends_on_changes() -> None:
    assert LAYERS[: LAYERS.index("chronology") + 1] == ROOMS


def test_what_common_answers_load_does_without_typing() -> None:
    """It takes as long to load as a fifth of Python; `base/hints` has the same names for type checkers."""
    by_name = {module.name: module for module in modules()}
    loaded, found = set[str](), list(STARTED)
    while found:
        if (name := found.pop()) not in loaded:
            loaded.add(name)
            top = frozenset(_imports(iter(by_name[name].tree.body)))
            assert not any(each.startswith("typing.") for each in top), f"{name} imports typing, not base/hints"
            own = {each.removeprefix(f"{PACKAGE}.") for each in top}
            found += {part for each in own for part in (each, each.rpartition(".")[0])} & by_name.keys()


def test_no_module_imports_itself_through_others() -> None:
    order = TopologicalSorter({each.name: own_imports(each) for each in modules() if each.name not in DOORS})
    try:
        order.prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_no_folder_uses_itself_through_others() -> None:
    rooms: dict[str, set[str]] = {}
    for module in modules():
        if module.name not in DOORS:
            rooms.setdefault(room(module.name), set()).update(map(room, own_imports(module)))
    try:
        TopologicalSorter({name: used - {name} for name, used in rooms.items()}).prepare()
    except CycleError as error:
        pytest.fail(" uses ".join(reversed(error.args[1])))


def room(name: str) -> str:
    """Return the folder within a part that a module is in; a module outside such a folder is a room of its own."""
    return ".".join(name.split(".")[:2])


@every_module
def test_a_library_is_used_where_it_belongs_and_nowhere_else(module: Module) -> None:
    used = {part(name) for name in imports(module)} & set(FENCES)
    rooms = {module.name.rsplit(".", drop)[0] for drop in range(3)}
    assert {library for library in used if not rooms & FENCES[library]} == set()


@every_module
def test_commands_know_no_formats_and_formats_no_commands(module: Module) -> None:
    forbidden = {
        "commands": {"formats", "drawing"},
        "formats": {"commands", "cli", "chronology"},
        "drawing": {"commands", "formats", "cli", "chronology"},
    }.get(part(module.name), set())
    assert {name for name in own_imports(module) if part(name) in forbidden} == set()


@every_module
def test_no_command_imports_another(module: Module) -> None:
    if part(module.name) == "commands":
        assert {
            name for name in own_imports(module) if name.startswith("commands.") and not name.startswith("commands._")
        } == set()


@every_module
def test_only_one_place_writes_and_nothing_ends_the_program_but_its_entrance(module: Module) -> None:
    called = {ast.unparse(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call)}
    ends = {"os._exit"} if module.name == "__main__" else set()
    assert called & {"print", "sys.exit", "exit", "quit", "os._exit", "breakpoint"} == ends
    if module.name not in {"cli.output", "cli.terminal", "base.streams"}:
        names = {ast.unparse(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
        assert names & {"sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__"} == set()


@every_module
def test_a_module_is_short_and_begins_by_saying_what_it_is(module: Module) -> None:
    assert module.text.count("\n") <= MOST_LINES
    said = ast.get_docstring(module.tree) or ""
    first, _, _ = said.partition("\n\n")
    assert first.endswith((".", ":"))


@every_module
def test_a_function_is_short(module: Module) -> None:
    functions = [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [each.name for each in functions if _lines(each) > MOST_LINES_OF_FUNCTION] == []


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function's body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@every_module
def test_every_dataclass_is_frozen_slotted_and_made_by_keywords(module: Module) -> None:
    classes = [node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    made_so = "dataclass(frozen=True, slots=True, kw_only=True"
    made = [ast.unparse(each) for node in classes for each in node.decorator_list if "dataclass" in ast.unparse(each)]
    assert [each for each in made if each.removesuffix(", repr=False)").rstrip(")") != made_so] == []


@every_module
def test_an_error_composes_its_message_and_leaves_it_to_the_base_class_to_make_it_safe(module: Module) -> None:
    classes = [each for each in ast.walk(module.tree) if isinstance(each, ast.ClassDef) and each.name.endswith("Error")]
    composing = [
        each.name
        for each in classes
        for part in each.body
        if isinstance(part, ast.FunctionDef) and part.name == "__str__"
    ]
    assert set(composing) <= {"KoreaError"}, "define _message() or sentences, not __str__()"


def test_every_class_name_is_used_once() -> None:
    classes = [node for module in modules() for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    names = Counter(each.name.lstrip("_") for each in classes)
    assert [name for name, number in names.items() if number > 1] == []


def test_nothing_is_called_utils_or_helpers() -> None:
    names = {word for module in modules() for word in module.name.split(".")}
    assert names & {"utils", "util", "helpers", "helper", "common", "misc"} == set()


CLOCKS = {"time.sleep", "time.monotonic", "time.perf_counter", "time.process_time", "time.time"}


def test_no_test_knows_a_clock() -> None:
    """A test waits for what happens, by `Korea.wait_until` or by reading; a limit of time would fail a slow machine."""
    found = []
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        limits = {"timeout", "deadline"} if path != Path(__file__).with_name("conftest.py") else set()
        for call in calls:
            limited = [each for each in call.keywords if each.arg in limits and ast.unparse(each.value) != "0"]
            if limited or (limits and ast.unparse(call.func) in CLOCKS):
                found.append(f"{path.name}:{call.lineno}: {ast.unparse(call)}")
    assert found == []
