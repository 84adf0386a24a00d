"""What formats can look up of a report that was made by hand: the keys of the model, and no record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from korea_cli.model.role_keys import role_keys
from korea_cli.model.roles import ACTOR_ROLES
from korea_cli.report.lookups import Related

if TYPE_CHECKING:
    from korea_cli.model.roles import RoleKey


class BareRelated(Related):
    """Knows no chronology."""

    def actor_keys(self, type_: str) -> tuple[RoleKey, ...]:
        """Return the keys of the model."""
        return tuple(key for key in role_keys() if key.type == type_ and key.role in ACTOR_ROLES)
