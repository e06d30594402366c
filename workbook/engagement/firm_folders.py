"""The folders above an engagement, in which a firm keeps what holds for all its engagements.

Only the look, words and options are taken from there, never anything of a client.
"""

import os
import stat
from pathlib import Path

_MOST = 12
"""Folders that are looked into."""


def firm_folders(folder: Path) -> tuple[Path, ...]:
    """Return the engagement's own folder and those above it, the nearest first.

    The way up ends with the user's home, with the root of a repository, and before a folder that
    everybody may write into, as ``/tmp``, or the root of the disk.
    """
    here, home = Path(os.path.abspath(folder)), _home()  # noqa: PTH100 - links stay as named
    found = [here]
    for above in here.parents:
        if found[-1] == home or (found[-1] / ".git").exists() or _ends_before(above):
            break
        found.append(above)
    return tuple(found[:_MOST])


def seen_from(folder: Path, above: Path, name: str) -> str:
    """Return the path of a file as messages on an engagement have it.

    >>> seen_from(Path("/firm/acme"), Path("/firm"), "workbook.toml")
    '../workbook.toml'
    """
    way = os.path.relpath(above / name, Path(os.path.abspath(folder)))  # noqa: PTH100
    return Path(way).as_posix()


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # an account without one
        return None


def _ends_before(above: Path) -> bool:
    if above == above.parent:
        return True
    try:
        mode = above.stat().st_mode
    except OSError:
        return True
    return bool(mode & stat.S_ISVTX and mode & stat.S_IWOTH)
