"""Who said what on a subject, in time; what changed, and what was last: worked out from every entry of a data file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from questions.record import bounds, data, days_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from questions.record import Entry

KINDS = {"statement", "offer", "request", "agreement", "rejection", "accusation"}


class Said(NamedTuple):
    """Something that an actor said: its id, the ids of what it changes and how surely, how surely it is the last."""

    id: str
    changes: list[str]
    change: str | None
    last: str | None


def wholes(id_: str) -> set[str]:
    """Return an actor with all that it belongs to."""
    (entry,) = (each for each in data()["actors"] if each["id"] == id_)
    return {id_}.union(*map(wholes, entry.get("part_of", ())))


def outermost(id_: str) -> set[str]:
    return {whole for whole in wholes(id_) if wholes(whole) == {whole}}


def speakers(entry: Entry, *, roll_up: bool) -> set[str]:
    if "title" in entry and entry.get("kind") not in KINDS:
        return set()
    names = entry.get("actors" if "title" in entry else "holders", ())
    return {speaker for name in names for speaker in (outermost(name) if roll_up else {name})}


def answer(topics: set[str], *, roll_up: bool = False) -> dict[str, list[Said]]:
    """Return who said what on some topics, those with most first."""
    entries = [each for table in ("events", "facts") for each in data()[table] if topics & {*each.get("topics", ())}]
    by_speaker: dict[str, list[Entry]] = {}
    for entry in entries:
        for speaker in speakers(entry, roll_up=roll_up):
            by_speaker.setdefault(speaker, []).append(entry)
    names = {each["id"]: each["name"] for each in data()["actors"]}
    ids = sorted(by_speaker, key=lambda id_: (-len(by_speaker[id_]), names[id_], id_))
    return {id_: list(course(id_, by_speaker[id_])) for id_ in ids}


def course(speaker: str, entries: list[Entry]) -> Iterable[Said]:
    """Yield what one actor said, undated claims first, then by date; of the same date, what it gave up comes first."""
    entries = sorted(entries, key=lambda each: ("date" in each, *reach(each), each.get("time", ""), not given_up(each)))
    dated = [each for each in entries if "date" in each] or entries
    last = [each["id"] for each in dated if not any(is_surely_after(other, each) for other in dated)]
    for number, entry in enumerate(entries):
        before = [each for each in entries[:number] if takes_back(speaker, entry, each)]
        surely = all(is_surely_after(entry, each) for each in before)
        yield Said(
            entry["id"], [each["id"] for each in before],
            (("certain" if surely else "possible") if before else None),
            (("certain" if len(last) == 1 else "possible") if entry["id"] in last else None),
        )  # fmt: skip


def reach(entry: Entry) -> tuple[dt.date, dt.date]:
    return days_of(entry) if "date" in entry else bounds("[..]")[:2]


def given_up(entry: Entry) -> bool:
    return entry.get("status") in {"contradicted", "withdrawn"}


def is_surely_after(one: Entry, other: Entry) -> bool:
    same_day = reach(one) == reach(other) and reach(one)[0] == reach(one)[1]
    return reach(one)[0] > reach(other)[1] or (same_day and one.get("time", "") > other.get("time", "24") != "24")


def takes_back(speaker: str, one: Entry, other: Entry) -> bool:
    """Return whether an actor disputes its own claim, or refuses what it had conceded, or the reverse.

    What is objected to must be its own words, which only its members passed on.
    """
    for objection, against in ((one, other), (other, one)):
        kinds = {objection.get("kind"), against.get("kind")}
        if "text" in objection and "text" in against:
            objects = objection["id"] in against.get("disputed_by", ())
        else:
            turns = kinds & {"rejection", "accusation"} and kinds & {"agreement", "offer"}
            objects = bool(turns) and against["id"] in objection.get("responds_to", ())
        relays = [*against.get("via", ()), *against.get("reported_by", ())]
        if objects and all(speaker in wholes(relay) for relay in relays):
            return True
    return False
