"""What pip can install this program from, elsewhere too."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from json import loads
from typing import Any

_NAME = "korea-cli"


def package_to_install() -> str | None:
    """Return what pip installs this very version from; None where that is only on this machine.

    Nothing else is guessed: another package might have the name.
    """
    try:
        installed = distribution(_NAME)
    except PackageNotFoundError:
        return None
    text = installed.read_text("direct_url.json")  # by PEP 610; none if it is from an index
    return _from_url(loads(text)) if text else f"{_NAME}=={installed.version}"


def _from_url(origin: dict[str, Any]) -> str | None:
    url = str(origin.get("url", ""))
    if not url.startswith("https://") or "@" in url.removeprefix("https://").partition("/")[0]:
        return None  # a folder, or an address with a password
    version = origin.get("vcs_info", {})
    return f"{_NAME} @ {version['vcs']}+{url}@{version['commit_id']}" if version else f"{_NAME} @ {url}"
