"""The closed set of roles: the part that a record has in the one that names it under a key."""

from __future__ import annotations

from korea_cli.base.hints import Literal, get_args
from korea_cli.base.named_tuple import NamedTuple

# agent: who acted. recipient: who was addressed. relay: who passed it on. holder: whose claim it is. subject: whom it
# is about. party: any other part.
ActorRole = Literal["agent", "recipient", "relay", "holder", "subject", "party"]
# whole: what a record belongs to, and is counted with. Other references have no role.
Role = Literal["", ActorRole, "topic", "source", "whole"]

# The key that names records without making anything of them.
DISTINCT_FROM = "distinct_from"

ACTOR_ROLES: tuple[ActorRole, ...] = get_args(ActorRole)
ROLES_BY_TYPE: dict[str, tuple[str, ...]] = {"actor": ACTOR_ROLES, "topic": ("topic",), "source": ("source",)}


class RoleKey(NamedTuple):
    """A key of a type of record, the role of what it names, and the words for that.

    label: printed before the names, such as `via`. verb: what the actors did, such as `relayed`.
    """

    type: str
    key: str
    role: str
    label: str
    verb: str
