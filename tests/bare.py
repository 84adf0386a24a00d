"""What formats can look up of a report that was made by hand: the keys of the model, and no record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.model.records import role_keys
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.report.lookups import Related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from korea_cli.model.roles import RoleKey


class BareRelated(Related):
    """Knows no chronology."""

    def __init__(self) -> None:
        """Look nothing up."""

    def actor_keys(self, type_: str) -> tuple[RoleKey, ...]:
        """Return the keys of the model."""
        return tuple(key for key in role_keys() if key.type == type_ and key.role in ACTOR_ROLES)

    def records(self, type_: str, ids: Iterable[str]) -> Iterator[Any]:  # noqa: ARG002
        """Yield nothing."""
        return iter(())
