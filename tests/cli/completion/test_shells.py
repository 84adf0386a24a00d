"""In real shells, at a prompt on a terminal, TAB does what a person expects."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from korea_cli.commands.completion import SHELLS, completion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Korea

    Open = Callable[..., "Prompt"]

SHOW = "\x18b"  # a key that shows the line as it stands, and empties it
START = {
    "bash": r"""PS1='$ '
bind 'set enable-bracketed-paste off'
bind 'set bell-style none'
set -u
eval "$(korea completion bash)"
bind -x '"\C-xb": printf "<<%s>>\n" "$READLINE_LINE"; READLINE_LINE='
printf 'rea''dy\n'
""",
    "zsh": r"""PROMPT='$ '
unsetopt beep prompt_sp prompt_cr zle_bracketed_paste
autoload -Uz compinit && compinit -u -D
eval "$(korea completion zsh)"
show() { zle -I; print -r -- "<<$BUFFER>>"; BUFFER= }
zle -N show
bindkey '^Xb' show
print 'rea''dy'
""",
}
HOSTILE = "Zed 'q' \"d\" $(touch made) `touch made`; touch made & | < > * ? [a] {b,c} \\ # ~ $HOME %1 !!"


class Prompt:
    """A shell at its prompt."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        """Start a shell with a terminal of its own, and wait until it is ready."""
        self._terminal, self._other = pty.openpty()
        on_it = ["sh", "-c", 'exec "$@" <"$0" >"$0" 2>&1', os.ttyname(self._other), *command]
        self._process = subprocess.Popen(on_it, cwd=folder, env=environment, start_new_session=True)
        self._read(r"ready[\s\S]*\$ ")

    def type(self, keys: str) -> str:
        """Type something; give the line as it then stands."""
        return self.see(keys)[0]

    def see(self, keys: str) -> tuple[str, str]:
        """Type something; give the line as it then stands, and all that was shown meanwhile."""
        os.write(self._terminal, f"{keys}{SHOW}".encode())
        shown = self._read(r"<<[^\n]*>>[\s\S]*\$ ")
        line = re.search(r"<<([^\n]*)>>", shown)
        assert line, shown
        return line[1], shown[: line.start()]

    def _read(self, until: str) -> str:
        seen = b""
        while not re.search(until, seen.decode(errors="replace")):
            seen += os.read(self._terminal, 1 << 16)
        return seen.decode(errors="replace")

    def close(self) -> None:
        """End the shell."""
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)
        os.close(self._other)


def installed(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed; its package is called {shell}")
    return found


@pytest.fixture(params=list(START))
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def prompt(korea: Korea, tmp_path: Path) -> Iterator[Open]:
    opened: list[Prompt] = []

    def start(shell: str, **environment: str) -> Prompt:
        names = {"bash": ["--rcfile", "start", "-i"], "zsh": ["-i"]}
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        for name in ("start", "home/.zshrc"):
            (tmp_path / name).write_text(START[shell], "utf-8")
        settings = {"ZDOTDIR": str(home), "HOME": str(home), "TERM": "dumb", **environment}
        opened.append(Prompt([installed(shell), *names[shell]], tmp_path, {**korea.environment, **settings}))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def test_a_line_is_completed(prompt: Open, shell: str) -> None:
    at = prompt(shell)
    for typed, expected in {
        "korea tim\t": "korea timeline ",
        "korea timeline --forc\t": "korea timeline --force ",
        "korea timeline ac\tpu\t": "korea timeline actor:putin ",
        "korea timeline not:by:=pu\t": "korea timeline not:by:=putin ",
        "korea timeline actor:문재\t": "korea timeline actor:moon-jae-in ",
        'korea timeline actor:"Han S\t': "korea timeline actor:han-song-ryol ",
        'korea timeline "actor:Han S\t': 'korea timeline "actor:han-song-ryol" ',
        "korea timeline 'actor:pu\t": "korea timeline 'actor:putin' ",
        "korea timeline -a Han\\ S\t": "korea timeline -a han-song-ryol ",
        "korea timeline place:St\\ P\t": "korea timeline place:St\\ Petersburg ",
        "korea timeline --format=ta\t": "korea timeline --format=table ",
        "korea timeline --fields id,tit\t": "korea timeline --fields id,title ",
        "korea show hwasong-14-l\t": "korea show hwasong-14-launch ",
        "true; korea timeline -t thaa\t": "true; korea timeline -t thaad ",
        "korea-cli tim\t": "korea-cli timeline ",
        "korea nonsense x\t": "korea nonsense x",
    }.items():
        line = at.type(typed)
        assert line.replace('actor:"han-song-ryol"', "actor:han-song-ryol") == expected, typed


def test_several_choices_are_listed_and_what_is_typed_stays(prompt: Open, shell: str) -> None:
    at = prompt(shell)
    line, shown = at.see("korea timeline actor:문\t\t")
    assert line == "korea timeline actor:문"
    assert "moon-jae-in" in shown
    assert "moon-chung-in" in shown
    line, shown = at.see("korea timeline --format=json\t\t")
    assert line == "korea timeline --format=json"
    assert "jsonl" in shown


def test_zsh_says_what_a_choice_means(prompt: Open) -> None:
    _, shown = prompt("zsh").see("korea \t")
    assert re.search(r"timeline +-- List events, oldest first\.", shown)


def test_files_are_completed_as_the_shell_does(prompt: Open, shell: str, tmp_path: Path) -> None:
    (tmp_path / "my file.toml").touch()
    (tmp_path / "folder").mkdir()
    at = prompt(shell)
    assert at.type("korea timeline --json -d my\t") == "korea timeline --json -d my\\ file.toml "
    assert at.type("korea timeline --data=my\t") == "korea timeline --data=my\\ file.toml "
    assert at.type("korea timeline -o fol\t") == "korea timeline -o folder/"
    assert at.type("korea check bui\t") == "korea check builtin "


def test_data_cannot_drive_the_shell(prompt: Open, shell: str, tmp_path: Path) -> None:
    (tmp_path / "data.toml").write_text(
        f"[[events]]\nid = 'e'\ntitle = 'T'\ndate = '2017'\nplace = '''{HOSTILE}'''\n"
        "[[topics]]\nid = 'zed'\nlabel = '''$(touch made) `touch made` %F{red} \\'''\n"
        '[[events]]\nid = "f"\ntitle = "T"\ndate = "2017"\nplace = "Zedd\\n$(touch made)\\u001b[31m"\n', "utf-8",
    )  # fmt: skip
    at = prompt(shell, KOREA_DATA="data.toml")
    line = at.type("korea timeline place:Ze\t")
    said = subprocess.run(
        [installed(shell), "-c", line.replace("korea timeline ", "printf %s ")],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert said.stdout == f"place:{HOSTILE}"
    assert at.type("korea timeline topic:z\t") == "korea timeline topic:zed "
    assert not (tmp_path / "made").exists()


def test_nothing_is_printed_when_the_data_is_broken(prompt: Open, shell: str, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[[actors]]\nid = ", "utf-8")
    at = prompt(shell)
    for typed in ("korea timeline -d broken.toml actor:pu", "korea show -d missing.toml pu"):
        line, shown = at.see(f"{typed}\t\t")
        assert line == typed
        assert "rror" not in shown
        assert "korea:" not in shown


def test_a_program_that_is_gone_completes_nothing(prompt: Open, shell: str) -> None:
    line, shown = prompt(shell).see("PATH=/nowhere\r/nowhere/korea tim\t")
    assert line == "/nowhere/korea tim"
    assert "such file" not in shown
    assert "not found" not in shown


def test_bash_may_not_split_words_at_colons(prompt: Open) -> None:
    at = prompt("bash")
    line, _ = at.see("COMP_WORDBREAKS=${COMP_WORDBREAKS//:}\rkorea timeline actor:문재\t")
    assert line == "korea timeline actor:moon-jae-in "


def test_bash_functions_of_others_may_call_ours(korea: Korea) -> None:
    called = (
        'set -euo pipefail; eval "$(korea completion bash)"; COMP_WORDS=(korea timeline actor : pu) COMP_CWORD=4'
        " COMP_LINE='korea timeline actor:pu' COMP_POINT=23 COMP_TYPE=9; _korea korea pu :;"
        " printf '<%s>' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(
        [installed("bash"), "-c", called], env=korea.environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("<putin>", "")


def test_the_script_is_printed_for_each_shell_and_no_other(korea: Korea) -> None:
    assert SHELLS == ("bash", "fish", "zsh")
    for each in SHELLS:
        assert korea("completion", each) == (0, completion(each), "")
    refused = korea("completion", "tcsh")
    assert refused == (2, "", "korea: unknown shell 'tcsh'. Allowed values: bash, fish, zsh\n")
    assert korea("completion").code == 2


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_a_shell_finds_no_fault_in_its_script(shell: str) -> None:
    done = subprocess.run(
        [installed(shell), "-n"], input=completion(shell), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
