"""What measures which lines run, where anything does."""

from __future__ import annotations

import marshal
import os
import sys
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from pathlib import Path

_EXIT = os._exit


def coverage_of_process() -> Any:  # noqa: ANN401 - a `coverage.Coverage`, which may not be installed
    """Return what measures this process; None where nothing does."""
    coverage = sys.modules.get("coverage")
    return coverage.Coverage.current() if coverage else None


class Reach:
    """What a process and its forks reach, in one file in the end: to write one for each takes longer than most runs."""

    def __init__(self, settings: Path) -> None:
        """Begin to measure this process, by the settings that a file has."""
        from coverage import Coverage

        modules = f"{settings.parent}/src/korea_cli/**/*.py"  # by its name, the package is looked through at each end
        self._coverage = Coverage(data_file=None, config_file=str(settings), source_pkgs=[], include=[modules])
        self._arcs: dict[str, set[tuple[int, int]]] = {}
        self._noted = TemporaryFile()  # noqa: SIM115 - as long as the process runs
        self._coverage.start()

    def take(self) -> None:
        """Put aside what was reached up to now: so each fork only has what it reaches itself."""
        self._put(self._taken())

    def note_at_exit(self) -> None:
        """Let a fork note what it has reached when it ends."""

        def ending(status: int) -> NoReturn:
            self._coverage.stop()
            marshal.dump(self._taken(), self._noted)
            self._noted.flush()
            _EXIT(status)

        os._exit = ending

    def take_of_fork(self) -> None:
        """Add what a fork has noted; nothing if it was killed before."""
        if self._noted.seek(0, os.SEEK_END):
            self._noted.seek(0)
            self._put(marshal.load(self._noted))  # noqa: S302 - of a fork of this process
            self._noted.seek(0)
            self._noted.truncate()

    def save(self) -> None:
        """Write a file beside those of other processes."""
        from coverage import CoverageData

        data = CoverageData(str(self._coverage.get_option("run:data_file")), suffix=True)
        data.add_arcs(self._arcs)
        data.write()

    def _taken(self) -> dict[str, list[tuple[int, int]]]:
        data = self._coverage.get_data()
        arcs = {file: data.arcs(file) or [] for file in data.measured_files()}
        data.erase()
        return arcs

    def _put(self, arcs: dict[str, list[tuple[int, int]]]) -> None:
        for file, reached in arcs.items():
            self._arcs.setdefault(file, set()).update(reached)
