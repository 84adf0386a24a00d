"""What was withdrawn: left out of answers and counts, unless a query asks for it."""

from __future__ import annotations

from korea_cli.base.hints import TYPE_CHECKING
from korea_cli.base.tokenize import name_key
from korea_cli.model.choices import WITHDRAWN
from korea_cli.query.conditions import ALWAYS, Condition, any_of
from korea_cli.query.resolve_names import placeholders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from korea_cli.query.expression import Term
    from korea_cli.query.field import QueryContext
    from korea_cli.query.selection import Selection

_STANDING = Condition("COALESCE(entry.status, '') <> ?", (WITHDRAWN,))
_ABOUT_IT = {"status", "has"}  # the fields with whose value a query asks for all that was withdrawn
_KEYS = {WITHDRAWN, "withdrawn_reason"}


def standing(selection: Selection, terms: Sequence[Term], context: QueryContext) -> Condition:
    """Return the condition on the events and facts that a query asks for: all, or those that were not withdrawn.

    It asks for the others by an option or a term about being withdrawn, and for a single one by its whole id. terms:
    those that are not excluded.
    """
    if not context.withdrawn or context.opposed or selection.with_withdrawn or any(map(_asks, terms)):
        return ALWAYS
    ids = tuple(name_key(term.value.removeprefix("=")) for term in terms if term.field == "id")
    named = [Condition(f"entry.id IN ({placeholders(ids)})", ids)] if ids else []
    return any_of([_STANDING, *named])


def is_usual(context: QueryContext) -> bool:
    """Return whether a query asks for all that was not withdrawn, whenever it was known."""
    return context.known_by is None and (context.standing == _STANDING or not context.withdrawn)


def _asks(term: Term) -> bool:
    value = name_key(term.value.removeprefix("=")).replace("-", "_")
    return term.field in _KEYS or (term.field in _ABOUT_IT and value in _KEYS)
