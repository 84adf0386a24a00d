"""Draw terminal output as pictures for the README, in a light and a dark theme."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
WIDTH = 100
SHOWN = {"timeline": ("timeline", "topic:icbm")}

_HUES = {
    "light": ["24292f", "b42318", "1a7f37", "8a5a00", "0550ae", "8250df", "1b7c83", "57606a"],
    "dark": ["e6edf3", "ff7b72", "56d364", "e3b341", "79c0ff", "d2a8ff", "56d4dd", "9aa4af"],
}
_GROUNDS = {"light": "f6f8fa", "dark": "0d1117"}


def main() -> int:
    """Write every picture; return the exit status."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, arguments in SHOWN.items():
        output = at_terminal(*arguments)
        for theme, ending in (("light", ""), ("dark", "-dark")):
            picture = PICTURES / f"{name}{ending}.svg"
            picture.write_text(svg_of(output, f"korea {' '.join(arguments)}", theme), "utf-8")
            print(f"Updated {picture.relative_to(PICTURES.parents[1])}")
    return 0


def at_terminal(*arguments: str) -> str:
    """Return the output of a command at a terminal of that width, without links."""
    korea = Path(sys.executable).parent / "korea"
    basics = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**basics, "COLUMNS": str(WIDTH), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
    command = [str(korea), *arguments, "-f", "table", "--color", "always"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True)
    return re.sub(r"\x1b\]8;[^\x1b]*\x1b\\", "", done.stdout)


def svg_of(output: str, title: str, theme: str) -> str:
    """Render terminal output as an SVG that loads nothing from the network."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(output.rstrip("\n")))
    svg = console.export_svg(title=title, theme=_theme(theme), unique_id=f"korea-{theme}")
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(
        r"font-family: [^;]+;", "font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace;", svg
    )
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def _theme(theme: str) -> TerminalTheme:
    colors = [_rgb(hue) for hue in _HUES[theme]]
    return TerminalTheme(_rgb(_GROUNDS[theme]), colors[0], colors, colors)


def _rgb(hue: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(hue)
    return red, green, blue


if __name__ == "__main__":
    sys.exit(main())
