"""What other programs read of the page: its description for previews, its data for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from korea_cli.dates.days import iso_day
from korea_cli.dates.spans import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from korea_cli.formats.page.entries import Entry

_LONGEST = 200  # characters of a description
_MOST = 300  # events that are described each
_REFUTED = "contradicted"


def description(about: str, counted: str) -> str:
    """Return a page in a sentence or two: the beginning of the abstract, else how much it has."""
    text = " ".join(about.split()) or counted
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"


def linked_data(title: str, summary: str, url: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return a page as schema.org describes it: events with dates, and reviews of claims that are contradicted."""
    events = [_event(each, url) for each in entries[:_MOST] if each.row["type"] == "event" and each.date]
    claims = (claim for each in entries[:_MOST] for claim in (each, *each.claims) if claim.row["status"] == _REFUTED)
    reviews = {claim.row["id"]: _review(claim, title) for claim in claims if claim.row["type"] == "fact"}
    page = {"@type": "WebPage", "name": title, "description": summary, "url": url, "hasPart": events}
    return {"@context": "https://schema.org", "@graph": [_filled(page), *reviews.values()]}


def _event(entry: Entry, url: str) -> dict[str, Any]:
    return _filled({
        "@type": "Event", "name": entry.title, **dict(_days(entry)),
        "location": {"@type": "Place", "name": entry.place} if entry.place else None,
        "url": f"{url}#{entry.anchor}" if url else None,
    })  # fmt: skip


def _days(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the first and the last day where they are certain: a month or a guess is no day."""
    date = entry.date
    if date is None or date.qualified:
        return
    if date.start_min == date.start_max > 0 and date.start_min != OPEN_START:
        yield "startDate", iso_day(date.start_min)
    if date.end_min == date.end_max > 0 and date.end_max != OPEN_END:
        yield "endDate", iso_day(date.end_max)


def _review(claim: Entry, title: str) -> dict[str, Any]:
    """Return the verdict of the chronology on a claim."""
    row: Any = claim.row
    holders = [{"@type": "Thing", "name": each["name"]} for each in row["holders"]]
    return {
        "@type": "ClaimReview", "claimReviewed": claim.title, "author": {"@type": "Organization", "name": title},
        "itemReviewed": _filled({"@type": "Claim", "author": holders, "appearance": _urls(claim)}),
        "reviewRating": {"@type": "Rating", "alternateName": _REFUTED},
    }  # fmt: skip


def _urls(claim: Entry) -> list[str]:
    return [line.plain.url for line in claim.sources if line.plain.url]


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
