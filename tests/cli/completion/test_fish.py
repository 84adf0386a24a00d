"""In a real fish, TAB offers what a person expects, each choice with what it means."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Korea

FISH = shutil.which("fish")


@pytest.fixture
def fish(korea: Korea, tmp_path: Path) -> Callable[..., list[str]]:
    if FISH is None:
        pytest.skip("fish is not installed; its package is called fish")

    def complete(line: str, **environment: str) -> list[str]:
        settings = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), **environment}
        done = subprocess.run(
            [FISH, "-c", "korea completion fish | source; complete -C $argv[1]", line],
            cwd=tmp_path, env={**korea.environment, **settings}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stderr == ""
        return done.stdout.splitlines()

    return complete


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("korea tim", ["timeline\tList events, oldest first."]),
        ("korea timeline actor:pu", ["actor:putin\tVladimir Putin"]),
        ("korea timeline actor:문재", ["actor:문재인\tmoon-jae-in"]),
        ('korea timeline actor:"Han S', ["actor:Han Song Ryol\than-song-ryol"]),
        (
            "true | korea timeline not:to",
            ["not:to:\tactor who was addressed", "not:topic:\ttopic, including narrower topics"],
        ),
        ("korea timeline --format=ta", ["--format=table"]),
        ("korea-cli timeline -t thaa", ["thaad\tTHAAD missile defence"]),
        ("korea nonsense x", []),
        ("korea timeline -d missing.toml actor:pu", []),
        ("korea timeline 'unclosed", []),
    ],
)
def test_fish_completes_a_line(fish: Callable[..., list[str]], line: str, expected: list[str]) -> None:
    assert fish(line) == expected


def test_fish_completes_files(fish: Callable[..., list[str]], tmp_path: Path) -> None:
    (tmp_path / "my file.toml").touch()
    assert [each.split("\t")[0] for each in fish("korea timeline -d my")] == ["my file.toml"]
    assert [each.split("\t")[0] for each in fish("korea timeline --data=my")] == ["--data=my file.toml"]
    assert [each.split("\t")[0] for each in fish("korea check bui")] == ["builtin"]


def test_fish_is_told_of_no_value_that_is_not_one_line(fish: Callable[..., list[str]], tmp_path: Path) -> None:
    (tmp_path / "data.toml").write_text(
        '[[events]]\nid = "e"\ntitle = "T"\ndate = "2017"\nplace = "Zed\\n$(touch made)"\n'
        '[[events]]\nid = "f"\ntitle = "T"\ndate = "2017"\nplace = "Zed $(touch made)"\n', "utf-8",
    )  # fmt: skip
    assert fish("korea timeline place:Ze", KOREA_DATA="data.toml") == ["place:Zed $(touch made)"]
    assert not (tmp_path / "made").exists()
