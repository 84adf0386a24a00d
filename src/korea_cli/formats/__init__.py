"""The output formats: every module here is a format, named as the module is.

A format is a function `render(report, screen)` that gives the text piece by piece, and `EXTENSIONS`, the endings of
file names that mean it. Its module's docstring is its help. Where it has no place for every type of record, `CARRIES`
names those it has one for, and it is given whole records only. `GIVES` says what it writes of them, where that is not
themselves. Further parameters of `render`, by keyword and with a
default, are its options: `options.py` has one of the same name. What `render` returns in the end are sentences for the
user, such as what it had to leave out.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from korea_cli.base.errors import NotInListError, UnfitFormatError, UnusedOptionError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from korea_cli.report.report import Report
    from korea_cli.report.screen import Screen


class Format(Protocol):
    """What a format module offers."""

    __name__: str
    EXTENSIONS: tuple[str, ...]
    render: Callable[..., Iterable[str]]


def names() -> tuple[str, ...]:
    """List the formats."""
    return tuple(sorted(path.stem.replace("_", "-") for path in Path(__file__).parent.glob("[a-z]*.py")))


def load(name: str) -> Format:
    """Load the format of a name; raises NotInListError when there is none."""
    known = names()
    if name.casefold() not in known:
        raise NotInListError("format", name, known)
    return cast("Format", import_module(f"korea_cli.formats.{name.casefold().replace('-', '_')}"))


def for_ending(ending: str) -> str:
    """Give the name of the format that a file's ending means; raises NotInListError when it means none."""
    endings = {each: name for name in names() for each in load(name).EXTENSIONS}
    if ending not in endings:
        raise NotInListError("ending of a file", ending, tuple(endings))
    return endings[ending]


def rendered(form: Format, report: Report, screen: Screen, options: Mapping[str, object]) -> Iterable[str]:
    """Give a report in a format, as text piece by piece; `options` are those that were set.

    Raises UsageError when the format cannot carry the report, or has no use for an option.
    """
    name = _name_of(form)
    for option in options.keys() - _options(form):
        users = [known for known in names() if option in _options(load(known))]
        raise UnusedOptionError(f"--{option.replace('_', '-')}", name, users)
    carries = getattr(form, "CARRIES", ())
    if carries and not set(carries) & set(report.types):
        raise UnfitFormatError(name, report.command, carries)
    if carries and report.fields is not None:
        raise UsageError(f"'{name}' takes whole records; leave out '--fields'")
    return form.render(report, screen, **options)


def _name_of(form: Format) -> str:
    return form.__name__.rpartition(".")[2].replace("_", "-")


def _options(form: Format) -> set[str]:
    return set(form.render.__kwdefaults__ or ())
