"""What is built from the sources stands on its own: it holds what it needs and runs without them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEEDED = (
    "data/events.toml",
    "py.typed",
    "__main__.py",
    "commands/timeline.py",
    "formats/json.py",
    "drawing/listings.py",
)


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, without anything that would let it find the sources."""
    hidden = {"PYTHONPATH", "KOREA_DATA", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden and "COV" not in name}
    environment["KOREA_CACHE"] = "off"
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def members(archive: Path) -> set[str]:
    """Give the names in an archive, without the folder that a source archive has around them."""
    if archive.suffix == ".whl":
        return set(zipfile.ZipFile(archive).namelist())
    with tarfile.open(archive) as opened:
        return {name.partition("/")[2] for name in opened.getnames()}


def test_what_is_built_runs_in_a_fresh_place_without_the_sources(tmp_path: Path) -> None:
    built, elsewhere, home = tmp_path / "built", tmp_path / "elsewhere", tmp_path / "fresh"
    elsewhere.mkdir()
    run(sys.executable, "-m", "build", "--outdir", built, ROOT, cwd=elsewhere)
    (wheel,), (archive,) = built.glob("*.whl"), built.glob("*.tar.gz")
    assert wheel.name.endswith("-py3-none-any.whl")

    shipped = members(wheel)
    assert {name for name in NEEDED if f"korea_cli/{name}" not in shipped} == set()
    assert any(name.endswith("/licenses/LICENSE") for name in shipped)
    assert {name for name in shipped if not name.startswith(("korea_cli/", "korea_cli-"))} == set()
    in_tree = {str(path.relative_to(ROOT / "src")) for path in (ROOT / "src").rglob("*") if path.is_file()}
    assert {name for name in in_tree if "__pycache__" not in name} - shipped == set()
    assert {"LICENSE", "README.md", "pyproject.toml", "Makefile", "data/events.toml"} <= members(archive)
    assert any(name.startswith("tests/golden/") for name in members(archive))

    venv.create(home)  # without pip, which takes as long to install as all the rest
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", home / "bin" / "python")
    run(*pip, "install", "--quiet", wheel, cwd=elsewhere)
    run(*pip, "check", cwd=elsewhere)
    document = json.loads(run(home / "bin" / "korea", "timeline", "--json", cwd=elsewhere))
    assert document["count"] == len(document["events"]) > 0
    asked = "from korea_cli import __file__, open_chronology; print(__file__, open_chronology().events().count)"
    place, count = run(home / "bin" / "python", "-c", asked, cwd=elsewhere).split()
    assert Path(place).is_relative_to(home)
    assert int(count) == document["count"]
    assert run(home / "bin" / "korea-cli", "--version", cwd=elsewhere).startswith("korea ")
    drawn = run(home / "bin" / "korea", "timeline", "-f", "table", cwd=elsewhere)
    assert len(drawn.splitlines()) > document["count"]
    for words in (
        ("timeline", "-o", "page.html"),
        ("init", "mine.toml"),
        ("set", "han-proposes-talks", "date=2018-05", "-d", "mine.toml"),
        ("check", "--strict", "mine.toml"),
    ):
        run(home / "bin" / "korea", *words, cwd=elsewhere)
    assert '<div id="drawing">' in (elsewhere / "page.html").read_text("utf-8")
    assert 'date = "2018-05"' in (elsewhere / "mine.toml").read_text("utf-8")
