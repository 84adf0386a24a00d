"""Questions and answers as a person sees them: every `$` line in tests/golden runs and gives what stands below it.

With KOREA_UPDATE=1 the answers are written anew; read the difference before it is kept.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Korea

FOLDER = Path(__file__).parents[1] / "golden"
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))


def played(transcript: str, korea: Korea) -> str:
    """Give a transcript with what its commands answer now: output, then messages; its comments stay."""
    written = []
    for line in transcript.splitlines():
        if line.startswith("#"):
            written.append(f"{line}\n")
        elif line.startswith("$ "):
            run = korea.shell(line.removeprefix("$ "), env={"COLUMNS": "80"}, cwd=FOLDER)
            status = f"[exit {run.code}]\n" if run.code else ""
            written.append(f"\n{line}\n{run.out}{run.err}{status}")
    return "".join(written)


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=[file.stem for file in TRANSCRIPTS])
def test_a_transcript_shows_what_the_program_answers(file: Path, korea: Korea) -> None:
    transcript = file.read_text("utf-8")
    if "jq " in transcript and not shutil.which("jq"):
        pytest.skip("this transcript pipes to jq, which is not installed here")
    answered = played(transcript, korea)
    if os.environ.get("KOREA_UPDATE") == "1":
        file.write_text(answered, "utf-8")
    assert transcript == answered or os.environ.get("KOREA_UPDATE") == "1"


def test_there_is_a_transcript_for_every_question() -> None:
    questions = [file.read_text("utf-8").splitlines()[0] for file in TRANSCRIPTS]
    assert len(questions) >= 11
    assert [question for question in questions if not question.startswith("# ")] == []
