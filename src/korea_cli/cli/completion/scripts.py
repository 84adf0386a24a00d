"""The completion script of each shell."""

from __future__ import annotations

from pathlib import Path


def shells() -> tuple[str, ...]:
    """List the shells that have a script in this folder."""
    return tuple(sorted(path.suffix[1:] for path in Path(__file__).parent.glob("korea.*")))


def script(shell: str) -> str:
    """Return the script for a shell; raises NotInListError when there is none."""
    names = shells()
    if shell not in names:
        from korea_cli.base.errors import NotInListError  # noqa: PLC0415 - only when something is wrong

        raise NotInListError("shell", shell, names)
    return Path(__file__).with_name(f"korea.{shell}").read_text(encoding="utf-8")
