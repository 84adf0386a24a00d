"""Records written as they come, and the proof of what the file then says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from korea_cli.base.errors import OutputError
from korea_cli.editing.errors import UnsafeChangeError
from korea_cli.editing.files import Editable
from korea_cli.ingest.building.spool import RecordSpool
from korea_cli.ingest.import_notes import ImportNotes
from korea_cli.ingest.pipeline import run
from korea_cli.ingest.request import ImportRequest
from korea_cli.model.records import Actor, Event, Topic

if TYPE_CHECKING:
    from pathlib import Path

    from korea_cli.cache.progress import Progress

BEFORE = '# Mine.\n[[events]]\nid = "a" # here\n\n[[actors]]\nid = "b"\n# end'
texts = st.text(st.characters(codec="utf-8"), max_size=20)


@given(
    st.lists(st.fixed_dictionaries({"id": texts, "title": texts, "actors": st.lists(texts, max_size=2)}), max_size=4)
)
def test_what_was_added_is_what_the_text_then_says_and_nothing_before_it_moves(rows: list[dict[str, Any]]) -> None:
    with RecordSpool(tomli.loads(BEFORE)) as spool:
        written = [{key: value for key, value in values.items() if value} for values in rows]
        for values in rows:
            spool.add(Event, values)
            assert [spool.read("events", number) for number in range(spool.counts["events"])] == written[
                : spool.counts["events"]
            ]
        text = spool.insert_into(BEFORE)
        spool.verify(tomli.loads(text))
    assert tomli.loads(text) == {"events": [{"id": "a"}, *written], "actors": [{"id": "b"}]}
    assert text.startswith(BEFORE[: BEFORE.index("\n[[actors]]")])
    assert text.endswith(BEFORE[BEFORE.index("[[actors]]") :])


@pytest.mark.parametrize(
    "text",
    [
        BEFORE,
        f'{BEFORE}\n[[actors]]\nid = "d"\n',
        BEFORE.replace('"a"', '"e"') + '\n[[actors]]\nid = "c"\n',
        f'{BEFORE}\n[[actors]]\nid = "c"\n[[topics]]\nid = "c"\n',
    ],
)
def test_a_text_that_says_anything_else_is_no_proof(text: str) -> None:
    with RecordSpool(tomli.loads(BEFORE)) as spool:
        spool.add(Actor, {"id": "c"})
        with pytest.raises(UnsafeChangeError):
            spool.verify(tomli.loads(text))


def test_records_are_counted_and_each_table_has_its_own_behind_its_last() -> None:
    with RecordSpool(tomli.loads(BEFORE)) as spool:
        for record, id_ in ((Actor, "c"), (Event, "d"), (Actor, "e"), (Topic, "f")):
            spool.add(record, {"id": id_})
        assert spool.counts == {"actors": 2, "events": 1, "topics": 1}
        text = spool.insert_into(BEFORE)
    assert [line for line in text.splitlines() if line.startswith(("[", "id"))] == [
        "[[events]]", 'id = "a" # here', "[[events]]", 'id = "d"', "[[actors]]", 'id = "b"', "[[actors]]", 'id = "c"',
        "[[actors]]", 'id = "e"', "[[topics]]", 'id = "f"',
    ]  # fmt: skip


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "wb", 0) as full:  # noqa: PTH123 - each record is written at once
        monkeypatch.setattr("korea_cli.ingest.building.spool._temporary_file", lambda: full)
        with RecordSpool({}) as spool, pytest.raises(OutputError, match="no space left on device"):
            spool.add(Event, {"id": "a"})
        monkeypatch.undo()


def test_how_far_it_is_is_told_and_only_goes_up(tmp_path: Path) -> None:
    file, sheet = tmp_path / "mine.toml", tmp_path / "sheet.csv"
    file.write_text("", "utf-8")
    sheet.write_text("Date,Title\n" + "".join(f"1950,Event {n}\n" for n in range(5000)), "utf-8")
    told: list[Progress] = []
    run(ImportRequest(str(sheet)), Editable((str(file),), 1 << 20), told.append, ImportNotes(lambda _: None))
    told = [each for each in told if each.stage]
    shares = [each.share for each in told]
    assert len(shares) == 11
    assert shares == sorted(shares)
    assert [each.stage for each in told[-2:]] == ["importing", "checking"]
    assert 0 < shares[0] < shares[-2] <= 0.6
