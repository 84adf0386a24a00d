"""Folders in which every module is one of a kind: formats, citation styles, readers of `import`."""

from __future__ import annotations

import os
import sys

from korea_cli.base.errors import NotInListError
from korea_cli.base.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def module_names(folder: str) -> tuple[str, ...]:
    """List the modules beside a package's `__init__`, the file `folder`, with hyphens for underscores."""
    files = [name for name in os.listdir(os.path.dirname(folder)) if name.endswith(".py") and name[0].isalpha()]
    return tuple(sorted(name.removesuffix(".py").replace("_", "-") for name in files))


def load_module(package: str, folder: str, what: str, name: str) -> ModuleType:
    """Load a module of a package by its name in any case; raises NotInListError, of `what`, when there is none."""
    known = module_names(folder)
    if name.casefold() not in known:
        raise NotInListError(what, name, known)
    return import_by_name(f"{package}.{name.casefold().replace('-', '_')}")


def import_by_name(name: str) -> ModuleType:
    """Load a module by its full name; `importlib` does that too, but loads `warnings` first, at every start."""
    __import__(name)
    return sys.modules[name]
