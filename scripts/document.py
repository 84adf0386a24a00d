"""Fill the generated parts of the pages, between `<!-- generated: NAME -->` and `<!-- end -->`, from the code.

`python scripts/document.py` writes them; with `--check` it only says which page differs, and exits 1.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import describe_files
import describe_json
import describe_questions

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/data-format.md", "docs/json.md")
BLOCKS = describe_files.BLOCKS | describe_questions.BLOCKS | describe_json.BLOCKS
_BLOCK = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str) -> str:
    """Give a page with its generated blocks made anew; raises KeyError for a block that is not known."""
    return _BLOCK.sub(lambda block: f"{block[1]}\n{BLOCKS[block[2]]()}\n{block[3]}", text)


def stale_pages() -> dict[Path, str]:
    """Give the pages that differ from what the code says, each with its right text."""
    texts = {ROOT / page: (ROOT / page).read_text("utf-8") for page in PAGES}
    return {page: right for page, text in texts.items() if (right := filled(text)) != text}


def main(arguments: list[str]) -> int:
    """Write the pages that differ, or with `--check` only name them; give the exit status."""
    stale, checking = stale_pages(), arguments == ["--check"]
    for page, text in stale.items():
        name = page.relative_to(ROOT)
        if checking:
            print(f"{name} is not what the code says; run 'make docs'")
        else:
            page.write_text(text, "utf-8")
            print(f"wrote {name}")
    return 1 if checking and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
