"""The output formats: every module here is a format, named as the module is; `page/` is what `html` renders with.

A format is a function `render(report, screen)` that yields the text piece by piece, and `EXTENSIONS`, the file
extensions that select it. The first line of the module's docstring is its help. A format for some types of records only
lists them in `CARRIES`, and gets whole records. `GIVES` is what it writes of them, where that is not the records
themselves. A format with `FOR_OTHERS = True` is made to be passed on: it gets no private records. One with `BINARY =
True` yields bytes, which are not written to a terminal; one with `FOLDER = True` yields pieces of files, each with its
path. `ALL_AT_ONCE = True` is for one that holds all records in memory, so that it is for no more than `MOST` of an
export. Further parameters of `render`, by keyword and with a default,
are its options: `options.py` has one of the same name. What `render` returns at the end are sentences for the user,
such as what it left out.
"""

from __future__ import annotations

from collections.abc import Sized

from korea_cli.base.errors import NotInListError, UsageError
from korea_cli.base.hints import TYPE_CHECKING, Any, Protocol, cast
from korea_cli.base.module_folder import load_module, module_names
from korea_cli.reading.locate import QUERIED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen


MOST = 20_000  # records of Parquet files that a format may hold in memory


class Format(Protocol):
    """The contents of a format module."""

    __name__: str
    EXTENSIONS: tuple[str, ...]
    render: Callable[..., Iterable[Any]]  # texts, or bytes


def names() -> tuple[str, ...]:
    """List the formats."""
    return module_names(__file__)


def load(name: str) -> Format:
    """Load a format by its name; raises NotInListError when there is none."""
    return cast("Format", load_module(__name__, __file__, "format", name))


def for_extension(extension: str) -> str:
    """Return the name of the format for a file extension; raises NotInListError when there is none."""
    known = {each: name for name in names() for each in load(name).EXTENSIONS}
    if extension not in known:
        raise NotInListError("file extension", extension, tuple(known))
    return known[extension]


def render(form: Format, report: Report, screen: Screen, options: Mapping[str, object]) -> Iterable[Any]:
    """Return the pieces of a report in a format; `options` are those that were set.

    Raises UsageError when the format cannot carry the report, or does not have an option.
    """
    name = _name_of(form)
    for option in options.keys() - options_of(form):
        users = [known for known in names() if option in options_of(load(known))]
        spelled = f"--{option.replace('_', '-')}"
        raise UsageError(f"'{spelled}' does not apply to the format '{name}', only to {', '.join(users)}")
    carries = getattr(form, "CARRIES", ())
    if carries and not set(carries) & set(report.types):
        *some, last = (f"{type_}s" for type_ in carries)
        listed = f"{', '.join(some)} and {last}" if some else last
        raise UsageError(
            f"the format '{name}' is for {listed}, which '{report.command}' does not list; use json or csv"
        )
    if carries and report.fields is not None:
        raise UsageError(f"'--fields' cannot be used with '-f {name}'")
    if "base_url" in options:
        from korea_cli.formats._address import require_page_address  # noqa: PLC0415 - few answers are for the web

        require_page_address(str(options["base_url"]))
    return form.render(report, screen, **options)


def require_few(form: Format, report: Report) -> None:
    """Raise UsageError when an answer of what is only queried has more records than a format can hold in memory."""
    if not (getattr(form, "ALL_AT_ONCE", False) and any(each.name.startswith(QUERIED) for each in report.documents)):
        return
    count = max((len(each.rows) for each in report.sections if isinstance(each.rows, Sized)), default=0)
    if count > MOST:
        raise UsageError(
            f"{count:,} records are too many for '-f {_name_of(form)}' (at most {MOST:,} from Parquet files). Limit"
            " them with -n N, narrow the query, or use -f jsonl or -f csv"
        )


def _name_of(form: Format) -> str:
    return form.__name__.rpartition(".")[2].replace("_", "-")


def options_of(form: Format) -> set[str]:
    """List the options of a format."""
    return set(form.render.__kwdefaults__ or ())
