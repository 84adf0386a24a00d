"""What the store keeps of what it counted is what counting finds, for random chronologies."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from korea_cli import Selection, commands, formats, open_chronology
from korea_cli.report.screen import Screen
from korea_cli.store.database import Store
from law.chronologies import chronology, toml_of
from law.comparing import TODAY, drawn

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli import Chronology

SEED = int(os.environ.get("KOREA_SEED") or 1)
CHRONOLOGIES = 25
NAMES = ("actors", "topics", "sources", "stats")
SELECTIONS = (
    Selection(), Selection(limit=2, reverse=True), Selection(with_withdrawn=True), Selection(sort="last"),
    Selection(terms=("id:a",)), Selection(known_by="2017"), Selection(period="2000..2020"),
)  # fmt: skip
ARGUMENTS: dict[str, dict[str, Any]] = {"stats": {"by": None, "lanes": None}}


def answers(known: Chronology) -> dict[tuple[str, int], str]:
    """Answer all questions as JSON."""
    found = {}
    for name in NAMES:
        for number, selection in enumerate(SELECTIONS):
            if name == "stats" and selection.sort:
                continue
            try:
                arguments = ARGUMENTS.get(name, {})
                report: Any = commands.load(name).answer(chronology=known, selection=selection, **arguments)
                found[name, number] = "".join(formats.render(formats.load("json"), report, Screen(), {}))
            except Exception as error:  # noqa: BLE001 - both ways raise the same
                found[name, number] = repr(error)
    return found


@pytest.mark.random
def test_kept_tallies_are_what_counting_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOREA_CACHE", str(tmp_path / "cache"))
    asked = Counter[str]()
    keeps = Store.keeps

    def noted(store: Store, table: str, *, making: bool) -> bool:
        asked[table] += keeps(store, table, making=making)
        return keeps(store, table, making=making)

    for number in range(CHRONOLOGIES):
        path = tmp_path / f"{number}.toml"
        path.write_text(toml_of(chronology(drawn(SEED, number))), "utf-8")
        with open_chronology(path, today=TODAY) as known:
            monkeypatch.setattr(Store, "keeps", noted)
            kept = answers(known)
            monkeypatch.setattr(Store, "keeps", lambda *_, **__: False)
            assert answers(known) == kept
            monkeypatch.setattr(Store, "keeps", keeps)
    assert asked["tally"] > CHRONOLOGIES
    assert asked["total"] > CHRONOLOGIES


def test_what_is_kept_is_looked_up_and_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOREA_CACHE", str(tmp_path))
    statements: list[str] = []
    rows = Store.rows

    def noted(store: Store, sql: str, values: Any = ()) -> Any:  # noqa: ANN401 - as of the method
        statements.append(sql)
        return rows(store, sql, values)

    with open_chronology("builtin") as known:
        monkeypatch.setattr(Store, "rows", noted)
        answers(known)
    counting = [sql for sql in statements if "COUNT(" in sql and "FROM link" in sql]
    assert counting  # with a range, and what was known by a day
    statements.clear()
    with open_chronology("builtin") as known:
        for name in NAMES:
            report: Any = commands.load(name).answer(chronology=known, selection=Selection(), **ARGUMENTS.get(name, {}))
            assert "".join(formats.render(formats.load("json"), report, Screen(), {}))
    assert [sql for sql in statements if "COUNT(" in sql and "FROM entry WHERE entry.type IN" not in sql] == []
