"""For whom an answer is: what others will read has nothing in it that is private or under embargo."""

from __future__ import annotations

import os

from korea_cli import formats
from korea_cli.base.errors import ConflictError, DataError, NotInListError, UsageError
from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.named_tuple import NamedTuple
from korea_cli.dates.days import Day
from korea_cli.reading.locate import PARQUET, data_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from korea_cli.chronology import Chronology

VARIABLE = "KOREA_PUBLIC"


def is_public(environment: Mapping[str, str]) -> bool:
    """Return whether the environment has everything be for others."""
    return environment.get(VARIABLE, "") not in {"", "0"}


def is_for_others(form: str | None, output: str | None) -> bool:
    """Return whether a format, or that of a file by its extension, is made for others; an unknown one is not."""
    extension = os.path.splitext(output or "")[1].casefold()  # noqa: PTH122 - pathlib for one extension
    try:
        name = form if form is not None or not extension else formats.for_extension(extension)
        return name is not None and getattr(formats.load(name), "FOR_OTHERS", False)
    except NotInListError:  # it is reported when the answer is written
        return False


class UnpublishedDataError(DataError):
    """Errors in data files of which others will read: what is wrong in them may quote what is private."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the number of the errors, and what is wrong with whole files."""
        within = sum(each.line is not None for each in self.problems)
        errors = "an error, which is" if within == 1 else f"{within:,} errors, which are"
        about = f"the data has {errors} not shown to others; 'korea check' lists what is wrong"
        return (*(str(each) for each in self.problems if each.line is None), *[about][:within])


class Audience(NamedTuple):
    """For whom an answer is: whether for others, and whether the user knows of a format alone that it is."""

    others: bool
    by_format: bool = False

    @classmethod
    def of(cls, form: str | None, output: str | None, *, public: bool, with_private: bool) -> Audience:
        """Return for whom an answer is; raises a UsageError where one setting asks for what another forbids."""
        if with_private and public:
            raise ConflictError(("public", ""), ("with_private", ""))
        if with_private and is_public(os.environ):
            raise UsageError(f"'--with-private' cannot be used while ${VARIABLE} is set")
        if public or is_public(os.environ):
            return cls(others=True)
        by_format = not with_private and is_for_others(form, output)
        return cls(by_format, by_format)

    def open(self, names: Iterable[str], max_size: int, today: str | None, *, cache: bool, quiet: bool) -> Chronology:
        """Open data files as this audience may see them; note what is left out where only the format says so.

        Raises DataError like `open_chronology`, which shows others none of what is wrong.
        """
        from korea_cli.chronology.opening import open_chronology  # noqa: PLC0415 - completion opens none
        from korea_cli.cli.notices import StderrNotices  # noqa: PLC0415 - as above

        day, notices = day_meant(today) if self.others else False, StderrNotices(quiet)
        try:
            with notices.progress() as watch:
                chronology = open_chronology(*names, max_size=max_size, cache=cache, public=day, watch=watch)
        except DataError as error:
            if not self.others or self.by_format:
                raise
            raise UnpublishedDataError(error.problems) from None
        if chronology.left_out and self.by_format:
            records = "1 private record" if chronology.left_out == 1 else f"{chronology.left_out:,} private records"
            them = "it" if chronology.left_out == 1 else "them"
            notices.note(f"left out {records}; --with-private includes {them}")
        return chronology


def open_foreign(
    names: Iterable[str], today: str | None, mapping: str | None, *, cache: bool, quiet: bool
) -> Chronology | None:
    """Open a table of somebody else, in which nothing is private; None if the data files are none.

    Raises DataError where the table or its mapping cannot be read, ConflictError where a mapping is of no use.
    """
    files = data_files(tuple(names), os.environ)
    if mapping is None and not any(each.startswith(PARQUET) for each in files):
        return None
    from korea_cli.cli.notices import StderrNotices  # noqa: PLC0415 - as above
    from korea_cli.ingest.foreign.opening import is_table, open_table  # noqa: PLC0415 - few files are such tables

    if not is_table(files, mapping):
        return None
    return open_table(files[0], mapping, today=day_meant(today), cache=cache, watch=StderrNotices(quiet).querying())


def day_meant(today: str | None) -> Day:
    """Return today's date, by which embargoes end: that of `--today`, else of the clock."""
    import datetime as dt  # noqa: PLC0415 - few answers are for others

    clock = Day.of(dt.date.today())  # noqa: DTZ011 - the user's own day
    if today is None:
        return clock
    from korea_cli.query.windows import last_day  # noqa: PLC0415 - as above

    return last_day(today, clock)
