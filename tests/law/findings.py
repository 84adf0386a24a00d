"""Pairs, silences and positions by brute force: who dealt with whom, when nothing was said, who said what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from korea_cli.base.errors import USAGE
from korea_cli.dates.edtf import read_stored
from korea_cli.dates.spans import OPEN_END, OPEN_START
from law.counting import bounded
from law.expressions import MARKS, SIGNS, Group, tokens_of, unquoted
from law.oracle import dates_of, references
from law.reading import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from korea_cli.dates.edtf import StoredDate
    from korea_cli.dates.spans import Span
    from law.oracle import Asked, Oracle, Term

Row = dict[str, Any]
MOST_SIDES = 2
SAYING = {"statement", "offer", "request", "agreement", "rejection", "accusation"}
REFUSING, CONCEDING = {"rejection", "accusation"}, {"agreement", "offer"}
LONGEST = 31  # days: what lasts longer ends no silence
_LAST = 10_000_000  # a day after all others, for what has none


# ---------------------------------------------------------------- pairs


def split_names(terms: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the one or two words without a field that a query begins with, and the rest; raises Wrong for OR after."""
    names: list[str] = []
    tokens = tokens_of(terms)
    while tokens and len(names) < MOST_SIDES and tokens[0] not in SIGNS and _is_word(tokens[0]):
        names.append(unquoted(tokens[0]))
        if tokens[1:2] == ["OR"]:
            raise Wrong(USAGE)
        tokens = tokens[2:] if tokens[1:2] == ["AND"] and tokens[2:] else tokens[1:]
    return (names, tokens) if names else (names, [*terms])


def _is_word(token: str) -> bool:
    field, colon, _ = token.partition(":")
    is_text = not colon or " " in field.strip() or token[:1] in MARKS
    return is_text and not token.casefold().startswith("not:")


def pairs(
    oracle: Oracle, events: Iterable[Any], sides: Sequence[str], doubtful: list[Any], *, roll_up: bool
) -> list[Row]:
    """Return who dealt with whom: of two actors, one acted, and the other acted too or was addressed.

    An actor of a side counts as that when it is rolled up; two of one side did not deal with another. doubtful: the
    events that are only possible.
    """
    found: dict[tuple[str, str], list[Any]] = {}
    within = [oracle.parts("actor", side) for side in sides]

    def counted(ids: set[str]) -> set[str]:
        if not roll_up:
            return ids
        own = {id_: side for side, members in zip(sides, within, strict=True) for id_ in ids & members}
        return _as_counted(oracle, ids - own.keys(), roll_up) | {*own.values()}

    for event in events:
        acting, addressed = (counted(references(event, [role])) for role in ("actors", "recipients"))
        for pair in {
            (min(one, other), max(one, other)) for one in acting for other in acting | addressed if one != other
        }:
            found.setdefault(pair, []).append(event)
    names = {each.id: each.name for each in oracle.of["actor"]}
    rows = []
    for pair, having in found.items():
        ordered = next((each for each in (pair, pair[::-1]) if _is_of(each, within)), None)
        if ordered:
            possible = sum(each in doubtful for each in having)
            rows.append(_pair(ordered, names, having) | {"possible_event_count": possible})
    return sorted(rows, key=lambda row: (-row["event_count"], row["actor"]["id"], row["other"]["id"]))


def _as_counted(oracle: Oracle, ids: set[str], roll_up: bool) -> set[str]:  # noqa: FBT001 - as in the option
    """Return actors, or the outermost that they belong to."""
    if not roll_up:
        return ids
    return {whole for id_ in ids for whole in oracle.wholes("actor", id_) if oracle.wholes("actor", whole) == {whole}}


def _is_of(pair: tuple[str, str], within: list[set[str]]) -> bool:
    if len(within) == 1:
        return pair[0] in within[0] and pair[1] not in within[0]
    return all(id_ in side for id_, side in zip(pair, within, strict=False))


def _pair(ids: tuple[str, str], names: dict[str, str], events: list[Any]) -> Row:
    kinds = sorted(Counter(event.kind for event in events).items(), key=lambda each: (-each[1], each[0]))
    dates = [event.date for event in events]
    return {
        "actor": {"id": ids[0], "name": names[ids[0]]}, "other": {"id": ids[1], "name": names[ids[1]]},
        "event_count": len(events), "kinds": [{"kind": kind or None, "event_count": number} for kind, number in kinds],
        "first": bounded([date.start_min for date in dates], [date.start_max for date in dates], min),
        "last": bounded([date.end_min for date in dates], [date.end_max for date in dates], max),
    }  # fmt: skip


# ---------------------------------------------------------------- silences


class _Dated(NamedTuple):
    """A date of an event, with its place in the file; `is_main` if it is no rival of another."""

    event: Any
    date: StoredDate
    place: int
    is_main: bool

    @property
    def is_longer(self) -> bool:
        """Whether it takes, or may be on any of, too many days to end a silence."""
        return self.date.end_max - self.date.start_min + 1 > LONGEST


def _days(date: StoredDate) -> tuple[int, ...]:
    return date.start_min, date.start_max, date.end_max


def gaps(oracle: Oracle, events: Sequence[Any], window: Span | None) -> list[Row]:
    """Return the silences: from each day after an event on which nothing may happen to the day before the next."""
    first, last = _covered(oracle, window)
    dated = [
        _Dated(event, date, oracle.place(event), _days(date) == _days(event.date))
        for event in events for date in dates_of(event)
    ]  # fmt: skip
    longer = [each for each in dated if each.is_longer]
    short = [
        each for each in dated if not each.is_longer and each.date.end_max >= first and each.date.start_min <= last
    ]
    begins = {each.date.end_max + 1 for each in short} | ({first} if first > OPEN_START else set())
    rows = []
    for day in begins:
        following = [each.date.start_min for each in short if each.date.start_min > day]
        following += [last + 1] if last < OPEN_END else []
        is_silent = not any(each.date.start_min <= day <= each.date.end_max for each in short)
        if is_silent and following and day <= last and day < min(following):
            rows.append(_gap(day, min(following) - 1, (first, last), short, longer))
    rows.sort(key=lambda row: (-row["day_count"], row["from"]))
    end = _end(oracle)
    return [row | {"ongoing": row["to"] == end} for row in rows]


def _gap(since: int, until: int, ends: tuple[int, int], short: list[_Dated], longer: list[_Dated]) -> Row:
    before = [each for each in short if each.date.end_max < since]
    after = [each for each in short if each.date.start_min > until]
    ended = [each.date.end_min for each in before if each.is_main]
    begun = [each.date.start_max for each in after if each.is_main]
    ended += [ends[0] - 1] if ends[0] > OPEN_START else []
    begun += [ends[1] + 1] if ends[1] < OPEN_END else []
    touching = {each.event.id for each in longer if each.date.start_min <= until and each.date.end_max >= since}
    previous = [each for each in before if each.date.end_max == since - 1 and since != ends[0]]
    following = [each for each in after if each.date.start_min == until + 1 and until != ends[1]]
    return {
        "from": since, "to": until, "day_count": until - since + 1,
        "possible_day_count": min(begun, default=until + 1) - max(ended, default=since - 1) - 1,
        "longer_event_count": len(touching), "previous": _neighbour(previous), "next": _neighbour(following),
    }  # fmt: skip


def _neighbour(found: list[_Dated]) -> Row | None:
    """Return the first of the events beside a silence: that which begins first, of several the first in the file."""
    if not found:
        return None
    first = min(found, key=lambda each: (each.date.start_min, each.place))
    return {"id": first.event.id, "title": first.event.title}


def _covered(oracle: Oracle, window: Span | None) -> tuple[int, int]:
    """Return the first and last day that a record speaks of: up to its end, if it states that or the range has one."""
    first = OPEN_START if window is None or window.first is None else window.first
    last = OPEN_END if window is None or window.last is None else window.last
    is_closed = oracle.header.as_of is not None and oracle.header.as_of.latest is not None
    return first, min(last, _end(oracle)) if is_closed or last < OPEN_END else last


def _end(oracle: Oracle) -> int:
    as_of = oracle.header.as_of
    if as_of and as_of.latest:
        end = as_of.end_max
    else:
        events = oracle.whole.of["event"]
        lasts = [each.date.end_max if each.date.end_max < OPEN_END else each.date.start_min for each in events]
        end = max([oracle.clock_day.ordinal, *lasts])
    return end if oracle.day is None else min(end, oracle.day)


# ---------------------------------------------------------------- positions


def speakers(
    oracle: Oracle, found: Sequence[Any], required: set[str] | None, asked: Asked, *, roll_up: bool
) -> list[Row]:
    """Return the positions of each actor, those with most first; `required` are the only actors that may be listed."""
    rows, listed = [], None if required is None else _as_counted(oracle, required, roll_up)
    for actor in oracle.of["actor"]:
        said = [
            each for each in found
            if actor.id in _as_counted(oracle, references(each, ["holders", "actors"]), roll_up)
            and (each.type == "fact" or each.kind in SAYING)
        ]  # fmt: skip
        if said and (listed is None or actor.id in listed):
            rows.append(_course(oracle, actor, sorted(said, key=lambda each: _order(oracle, each)), asked))
    return sorted(rows, key=lambda row: (-row["position_count"], row["name"], row["id"]))


def required_speakers(oracle: Oracle, groups: Iterable[Group], terms: dict[str, Term]) -> set[str] | None:
    """Return the actors of whom one must have spoken, by terms that all records that match have; None for any."""
    ids: set[str] | None = None
    for group in groups:
        found = [terms[text] for text in group.terms()]
        if not _has_not(group) and all(each.field in {"by", "holder"} and not each.negated for each in found):
            ids = (ids or set()).union(*(oracle.members(each.value, "actor") for each in found))
    return ids


def _has_not(group: Group) -> bool:
    return group.joint == "NOT" or any(_has_not(part) for part in group.parts if isinstance(part, Group))


def sorted_speakers(rows: list[Row], key: str) -> list[Row]:
    """Return actors sorted by a key as it is typed."""
    key = "position_count" if key == "positions" else key
    keys = {
        "name": lambda row: row["name"].lower(),
        "first": lambda row: row["days"][0],
        "last": lambda row: row["days"][1],
    }
    return sorted(rows, key=keys.get(key, lambda row: row[key]))


def _order(oracle: Oracle, said: Any) -> tuple[bool, int, int, float, bool, int]:  # noqa: ANN401 - an event or fact
    """Return where something said comes: what has no date first, then by day, time and place in the file.

    Of what is not parted by dates and times, what was contradicted or withdrawn comes first.
    """
    stands, place = said.status not in {"contradicted", "withdrawn"}, oracle.place(said)
    if said.date is None:
        return False, 0, 0, 0, stands, place
    return True, said.date.order[0], said.date.end_max, oracle.clock(said), stands, place


def _is_after(oracle: Oracle, one: Any, other: Any) -> bool:  # noqa: ANN401 - an event or fact
    """Whether one was surely said after another: on a later day, or at a later time of the same."""
    if one.date is None or other.date is None:
        return False
    if one.date.start_min > other.date.end_max:
        return True
    days = {one.date.start_min, one.date.end_max, other.date.start_min, other.date.end_max}
    return len(days) == 1 and oracle.clock(one) > oracle.clock(other) > float("-inf")


def _course(oracle: Oracle, actor: Any, said: list[Any], asked: Asked) -> Row:  # noqa: ANN401 - an actor
    dated = [each for each in said if each.date] or said
    last = [each for each in dated if not any(_is_after(oracle, other, each) for other in dated)]
    positions = []
    for number, each in enumerate(said):
        before = [other for other in said[:number] if _changes(oracle, actor.id, each, other)]
        surely = all(_is_after(oracle, each, other) for other in before)
        positions.append({
            "record": each.type, "id": each.id, "changes": [(other.type, other.id) for other in before],
            "change": ("certain" if surely else "possible") if before else None,
            "last": ("certain" if len(last) == 1 else "possible") if each in last else None,
            "match": oracle.match(each, asked.window, asked.sure),
        })  # fmt: skip
    days = [each.date.order[0] if each.date else _LAST for each in said]
    dates = [each.date.text for each in said if each.date]
    return {
        "id": actor.id, "name": actor.name, "position_count": len(said),
        "change_count": sum(bool(each["changes"]) for each in positions), "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None, "positions": positions, "days": (min(days), max(days)),
    }  # fmt: skip


def _changes(oracle: Oracle, actor: str, one: Any, other: Any) -> bool:  # noqa: ANN401 - an event or fact
    """Whether one of two positions objects to the other, which nobody but the actor and its members passed on."""
    return any(
        _objects(each, to) and references(to, ["via", "reported_by"]) <= oracle.parts("actor", actor)
        for each, to in ((one, other), (other, one))
    )


def _objects(one: Any, to: Any) -> bool:  # noqa: ANN401 - an event or fact
    """Whether a claim disputes another, or an event answers another and turns from refusing to conceding, or back."""
    if one.type == to.type == "fact":
        return one is not to and one.id in to.disputed_by
    kinds = {one.kind, to.kind}
    turns = bool(kinds & REFUSING and kinds & CONCEDING)
    return one.type == to.type == "event" and to.id in one.responds_to and turns


# ---------------------------------------------------------------- what the program gives


def as_compared(key: str, row: Row) -> Row:
    """Return a row of a section as the program gives it in the form in which brute force has it."""
    if key == "pairs":
        return row | {end: row[end] and _ends(read_stored(row[end])) for end in ("first", "last")}
    if key == "gaps":
        return row | {end: read_stored(row[end]).start_min for end in ("from", "to")}
    if key == "speakers":
        return row | {"positions": [_remark(each) for each in row["positions"]]}
    if key == "disputes":
        positions = [(each["side"], each["record"], each["id"]) for each in row["positions"]]
        return row | {"event": row["event"] and row["event"]["id"], "positions": positions}
    return row


def _ends(date: StoredDate) -> tuple[int, int]:
    return date.start_min, date.end_max


def _remark(position: Row) -> Row:
    own = {key: position[key] for key in ("record", "id", "change", "last", "match")}
    return own | {"changes": [(each["type"], each["id"]) for each in position["changes"]]}
