"""An answer puts few questions to the store, however many records it lists: on another machine each one takes time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.cli.main import main
from korea_cli.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST = 5
FORMS = ("plain", "json", "jsonl", "csv", "tsv")
LINES = {
    **dict.fromkeys((
        "timeline", "timeline thaad", "timeline --period 2017", "timeline --known-by 2017-06-30",
        "timeline --around hwasong-14-launch", "timeline actor:putin", "timeline --from hwasong-14-launch",
        "timeline by:putin topic:thaad", "timeline -n 5", "timeline --sort title --reverse", "timeline --count",
        "facts", "facts --known-by 2017-06-30", "actors", "actors -n 3", "actors topic:thaad", "actors --period 2017",
        "actors --known-by 2017-06-30", "topics", "topics thaad", "sources", "sources --known-by 2017-06-30",
        "search missile", "show hwasong-14-launch", "show putin", "show thaad", "show icbm-us", "show ramani-2017",
        "cite hwasong-14-launch", "cite ramani-2017", "actor putin", "stats", "stats --period 2017", "stats thaad",
        "stats --known-by 2017-06-30", "stats --by actor", "stats --by month --lanes topic", "chart",
        "chart --period 2017", "chart --lanes actor", "chart --by kind", "chart --by kind --lanes actor",
        "pairs", "pairs --roll-up", "pairs putin", "pairs --period 2017", "gaps", "gaps --period 2017",
        "gaps by:putin",
    ), MOST),
    # How many of what it counts are only possible is one more question.
    **dict.fromkeys(("actor putin --period 2017", "actor putin --known-by 2017-06-30"), 6),
    "show hwasong-14-launch putin": 7,  # records are read by type, and several are found by name before
    "disputes": 12,  # who disputes whom is followed step by step
    "positions": 10,  # what each actor said, what of it changes what, and which is last are questions about each other
    "export": 17,  # five lists one after another
}  # fmt: skip
DOCUMENTS = {  # these look up all that their records refer to, and what that refers to
    "html": 40, "toml": 30, "xlsx": 32, "markdown": 8, "table": 10, "ics": 8, "timelinejs": 8,
    "bibtex": 6, "csl-json": 6,
}  # fmt: skip


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Return the SQL statements that are run, by any store, of a chronology that has an index."""
    ran: list[str] = []
    rows = Store.rows

    def noted(store: Store, sql: str, values: Sequence[str | int] = ()) -> Iterator[tuple[Any, ...]]:
        ran.append(sql)
        return rows(store, sql, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOREA_CACHE", str(tmp_path_factory.mktemp("cache")))
        assert main(["timeline", "--quiet"]) == 0
        patch.setattr(Store, "rows", noted)
        yield ran


@pytest.mark.parametrize("line", LINES)
def test_an_answer_makes_few_round_trips(line: str, statements: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    for form in FORMS:
        statements.clear()
        assert main([*line.split(), "-f", form]) == 0
        assert capfd.readouterr().out
        assert len(statements) <= LINES[line], (form, *statements)


@pytest.mark.parametrize("form", DOCUMENTS)
def test_a_document_makes_no_more_for_more_records(
    form: str, statements: list[str], capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for line in ("timeline", "timeline topic:thaad"):
        statements.clear()
        assert main([*line.split(), "-f", form, "-o", str(tmp_path / f"answer-{len(line)}")]) == 0
        capfd.readouterr()
        assert len(statements) <= DOCUMENTS[form], statements
