"""An answer puts few questions to the store, however many records it lists: on another machine each one takes time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from korea_cli.cli.main import main
from korea_cli.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = 5
# What cannot do with so few, and how many more it may make; docs/decisions.md says why.
MORE_OF_FORMS = {"html": 11, "toml": 3, "xlsx": 3, "table": 2, "markdown": 1, "ics": 1, "timelinejs": 1}
LINES = {
    "timeline": (
        "", "thaad", "--period 2017", "--known-by 2017-06-30", "--around hwasong-14-launch", "actor:putin",
        "--from hwasong-14-launch", "by:putin topic:thaad", "-n 5", "--period 2017 -n 5", "--sort title --reverse",
        "--count", "--fields all", "--with-withdrawn",
    ),
    "facts": ("--known-by 2017-06-30", "holder:putin --period 2017"),
    "actors": ("-n 3", "topic:thaad", "--period 2017", "--known-by 2017-06-30"), "topics": ("thaad",),
    "sources": ("--known-by 2017-06-30",), "search": ("missile --known-by 2017-06-30", "missile --period 2017 -n 5"),
    "show": (
        "hwasong-14-launch", "putin", "thaad", "ramani-2017", "hwasong-14-launch putin thaad icbm-us ramani-2017",
        "hwasong-14-launch --known-by 2017-08-30",
    ),
    "cite": ("ramani-2017 hwasong-14-launch",), "actor": ("putin --period 2017", "putin --known-by 2017-06-30"),
    "stats": ("--period 2017", "thaad", "--known-by 2017-06-30", "--by actor", "--by month --lanes topic"),
    "chart": ("--period 2017", "--lanes actor", "--by kind", "--by kind --lanes actor"),
    "disputes": ("--known-by 2017-06-30", "--state open", "--period 2017", "thaad"),
    "positions": ("--roll-up", "by:putin", "by:putin --roll-up", "--period 2017", "--known-by 2017-06-30"),
    "export": ("topic:thaad", "--period 2017", "--known-by 2017-06-30", "-n 3"),
    "pairs": ("--roll-up", "putin", "--period 2017"), "gaps": ("--period 2017", "by:putin"),
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


def limit_of(form: str) -> int:
    return MOST + MORE_OF_FORMS.get(form, 0)


def test_every_command_makes_few_round_trips_in_every_format(
    asked: tuple[str, ...], form: str, statements: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    statements.clear()
    assert main([*asked, "-f", form, "-q"]) in {0, 2}  # some formats are not for every command
    capfd.readouterr()
    assert len(statements) <= limit_of(form), statements


@pytest.mark.parametrize("command", LINES)
def test_options_need_no_more(command: str, statements: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    for options in LINES[command]:
        for form in ("json", "csv"):
            statements.clear()
            assert main([command, *options.split(), "-f", form]) == 0
            assert capfd.readouterr().out
            assert len(statements) <= limit_of(form), (options, form, *statements)
