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

ROOT = Path(__file__).parents[1]
BLOCKS = describe_commands.BLOCKS | describe_files.BLOCKS | describe_json.BLOCKS
_BLOCK = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def updated(text: str) -> str:
    """Return a page with its generated blocks up to date. Raises KeyError for an unknown block."""
    return _BLOCK.sub(lambda block: f"{block[1]}\n{BLOCKS[block[2]]()}\n{block[3]}", text)


def outdated_pages() -> dict[Path, str]:
    """Return the pages that differ from the code, each with its new text."""
    texts = {page: page.read_text("utf-8") for page in sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))}
    return {page: new for page, text in texts.items() if (new := updated(text)) != text}


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
