"""A name that no record has, and the command that adds one."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from korea_cli.base.errors import UnknownNameError
from korea_cli.base.slugs import is_slug
from korea_cli.model.records import RECORD_TYPES
from korea_cli.model.row import title_key

if TYPE_CHECKING:
    from collections.abc import Sequence


class UndeclaredError(UnknownNameError):
    """A name that no record of some types has; `file` is where one can be added."""

    def __init__(self, types: Sequence[str], name: str, near: Sequence[tuple[str, str]], file: str) -> None:
        super().__init__(" or ".join(types), name, near)
        self.args = (types, name, near, file)
        self.types, self.file = tuple(types), file

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what is missing, and the command that adds it."""
        return (self._message(), f"to add it, run: {self.remedy}")

    @property
    def remedy(self) -> str:
        """The command that declares it."""
        record = RECORD_TYPES[self.types[0]]
        words = self.name.replace("-", " ").title() if is_slug(self.name) else self.name
        id_ = ["--id", self.name] if is_slug(self.name) else []
        return shlex.join(["korea", "add", record.type, *id_, f"--{title_key(record)}", words, "-d", self.file])
