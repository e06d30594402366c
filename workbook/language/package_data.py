"""Where the files that come with the package are: templates, notebooks, sample data.

In a checkout they are the top-level folders; in an installed wheel they lie inside the
package under ``_shipped`` (see ``pyproject.toml``).
"""

import os
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

_PACKAGE = Path(__file__).resolve().parents[1]
_Reader = TypeVar("_Reader", bound=Callable[..., Any])


def _folder(name: str) -> Path:
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def templates() -> Path:
    """Return the folder of templates, code frames, table definitions and fonts."""
    return _folder("templates")


def notebooks() -> Path:
    """Return the folder of the parameterised notebooks."""
    return _folder("notebooks")


def cache_folder() -> Path | None:
    """Return the user's folder of what programs may make anew at any time; None without one."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "consulting-workbook"
    except RuntimeError:  # no home
        return None


def read_once(read: _Reader) -> _Reader:
    """Keep what a function of a path gives for the files that come with the package.

    A client's file is read anew each time.  What is kept is shared: it must not be changed.
    """
    kept = cache(read)

    @wraps(read)
    def reading(path: Path, *options: Any, **named: Any) -> Any:
        ours = path.is_relative_to(templates())
        return (kept if ours else read)(path, *options, **named)

    return cast(_Reader, reading)
