"""What a stamp can tell, and what only the content can."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from korea_cli.cache import index
from korea_cli.cache.catalog import Catalog
from korea_cli.cache.place import IndexKey
from korea_cli.cache.stamp import IndexedFile, Stamp, resolve_paths, same_content, size_of, stamp_of
from korea_cli.store.header import StoredHeader

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Korea

SECOND = 10**9
READ_AT = 1_500_000_000 * SECOND
LONG_AGO = READ_AT - 10**6 * SECOND
EVENT = '[[events]]\\nid = "one"\\ntitle = "One"\\ndate = "2017"\\n'


def said(monkeypatch: pytest.MonkeyPatch, now: Stamp | None, then: Stamp) -> bool | None:
    """Return whether a file with one stamp now and another then counts as unchanged; None if its content is read."""
    looked: list[IndexedFile] = []
    monkeypatch.setattr(index, "stamp_of", lambda _: now)
    monkeypatch.setattr(index, "same_content", looked.append)
    file = IndexedFile("a.toml", "/a.toml", then, "")
    catalog = Catalog(IndexKey((), (), ()), READ_AT, (file,), {}, (), StoredHeader())
    found = index.revalidate(catalog)
    return None if looked else found is catalog


def stamp(**further: int) -> Stamp:
    return Stamp(size=10, modified=LONG_AGO, changed=LONG_AGO, inode=1, device=1)._replace(**further)


def test_the_stamp_of_a_file_left_alone_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, stamp(), stamp()) is True


@pytest.mark.parametrize("part", ["size", "modified", "changed", "inode", "device"])
@pytest.mark.parametrize("by", [1, -1])
def test_a_stamp_that_differs_in_any_part_leaves_it_to_the_content(
    part: str, by: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(monkeypatch, stamp(**{part: getattr(stamp(), part) + by}), stamp()) is None


def test_a_file_that_is_gone_tells_without_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, None, stamp()) is False


@pytest.mark.parametrize("part", ["modified", "changed"])
@pytest.mark.parametrize("seconds", [0, 1.999, 2, -1, -(10**9)])
def test_the_stamp_of_a_file_changed_within_two_seconds_before_it_was_read_or_later_is_not_trusted(
    part: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    racy = stamp(**{part: READ_AT - int(seconds * SECOND)})
    assert said(monkeypatch, racy, racy) is None


@pytest.mark.parametrize("part", ["modified", "changed"])
def test_the_stamp_of_a_file_changed_more_than_two_seconds_before_is_trusted(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = stamp(**{part: READ_AT - 2 * SECOND - 1})
    assert said(monkeypatch, settled, settled) is True


def test_only_an_ordinary_file_has_a_stamp(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("abc")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "nowhere").symlink_to("nothing")
    os.mkfifo(tmp_path / "pipe")
    assert stamp_of(str(tmp_path / "file")) == stamp_of(str(tmp_path / "link"))
    assert size_of(str(tmp_path / "link")) == 3
    for name in ("", "pipe", "nowhere", "none", "file/below", "x" * 300, "a\0b"):
        assert stamp_of(f"{tmp_path}/{name}") is None
        assert size_of(f"{tmp_path}/{name}") == 0


@pytest.mark.parametrize(
    ("digest", "same"),
    [
        ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", True),
        ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ac", False),
        ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ae", False),
        ("", False),
    ],
)
def test_a_file_with_any_other_digest_is_another_one(digest: str, same: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    (tmp_path / "a.toml").write_bytes(b"abc")
    assert same_content(IndexedFile("a.toml", str(tmp_path / "a.toml"), stamp(), digest)) is same


@pytest.mark.parametrize("name", ["none", "file/below", "folder"])
def test_what_cannot_be_read_any_more_is_another_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    assert not same_content(IndexedFile(name, f"{tmp_path}/{name}", stamp(), ""))


@pytest.mark.parametrize(("before", "after"), [("a", "b"), ("b", "a"), ("a", "none")])
def test_a_link_that_leads_elsewhere_by_now_is_seen_wherever_it_leads(before: str, after: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).touch()
    link = tmp_path / "link"
    link.symlink_to(before)
    paths = resolve_paths([str(link)])
    assert resolve_paths([str(link)]) == paths
    link.unlink()
    link.symlink_to(after)
    assert resolve_paths([str(link)]) != paths


def test_a_named_pipe_is_read_once_and_not_waited_for_again(korea: Korea, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    cache = {"KOREA_CACHE": str(tmp_path / "indexes")}
    for _ in range(2):
        run = korea.shell(f"printf '{EVENT}' > {tmp_path}/pipe & korea timeline -d {tmp_path}/pipe; wait", env=cache)
        assert run == (0, "2017\tone\tOne\t\n", "")
    assert not (tmp_path / "indexes").exists()
