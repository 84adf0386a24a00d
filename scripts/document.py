"""Write the generated parts of the docs, between `<!-- generated: NAME -->` and `<!-- end -->`, from the code.

`python scripts/document.py` updates the pages. With `--check` it only lists those that are out of date, and exits 1.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import describe_commands
import describe_files
import describe_json
import describe_rooms
import describe_rows

ROOT = Path(__file__).parents[1]
MODULES = {
    "src/korea_cli/rows/types.py": describe_rows.types,
    "src/korea_cli/rows/positions.py": describe_rows.types_with_positions,
}  # generated as a whole
BLOCKS = describe_commands.BLOCKS | describe_files.BLOCKS | describe_json.BLOCKS | describe_rooms.BLOCKS
_BLOCK = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def updated(text: str) -> str:
    """Return a page with its generated blocks up to date. Raises KeyError for an unknown block."""
    return _BLOCK.sub(lambda block: f"{block[1]}\n{BLOCKS[block[2]]()}\n{block[3]}", text)


def outdated_pages() -> dict[Path, str]:
    """Return the pages and modules that differ from the code, each with its new text."""
    pages = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))
    texts = {page: updated(page.read_text("utf-8")) for page in pages}
    texts |= {ROOT / module: generate() for module, generate in MODULES.items()}
    return {path: new for path, new in texts.items() if path.read_text("utf-8") != new}


def main(arguments: list[str]) -> int:
    """Update the pages, or with `--check` list those that are out of date; return the exit status."""
    pages, check_only = outdated_pages(), arguments == ["--check"]
    for page, text in pages.items():
        name = page.relative_to(ROOT)
        if check_only:
            print(f"{name} is out of date. Run 'make docs'.")
        else:
            page.write_text(text, "utf-8")
            print(f"Updated {name}")
    return 1 if check_only and pages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
