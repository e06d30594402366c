"""Hashes of files that need not be read again: their facts are what they were.

What is noted of a file is its size, times and number on the disk beside the hash of its content.
While these are the same, so is the content, but for a change within one tick of the file system's
clock after the file was hashed: it may leave the times as they are.  So a file is noted only once
its last change lies further back than a tick (Git calls younger ones "racily clean" and hashes
them again, too).
"""

import json
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from workbook.engagement.file_hash import file_hash
from workbook.report.whole_file import write_whole

_FORM = 1
_FINE, _COARSE = 50_000_000, 2_000_000_000
"""Nanoseconds of the longest tick: of a file system that keeps parts of a millisecond, and of one
that keeps less (FAT: two seconds)."""
_MILLISECOND = 1_000_000

Facts = tuple[int, ...]
"""Size, time of change of content and of entry in nanoseconds, number of the file, its disk."""


class SeenFiles:
    """What is known of the files of one engagement and of its reports."""

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._known: dict[str, tuple[Facts, str]] = {}
        self._asked: set[str] = set()
        self._changed = False

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return what was noted in a file; nothing where it is not there or not understood."""
        seen = cls()
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            content = json.loads(path.read_bytes())
            if content["form"] == _FORM:
                files = content["files"].items()
                seen._known = {name: _entry(*noted) for name, noted in files}
        return seen

    def hash(self, path: Path) -> str:
        """Return the SHA-256 of a file, or why it has none; it is read if anything is new of it."""
        name = str(path)
        self._asked.add(name)
        facts = _facts(path)
        known = self._known.get(name)
        if known is not None and facts == known[0]:
            return known[1]
        begun = self._clock()
        told = file_hash(path)
        if facts is not None and facts == _facts(path):
            self._note(name, facts, told, begun, last=max(facts[1], facts[2]))
        elif known is not None:
            self._forget(name)
        return told

    def put(self, path: Path, sha256: str) -> None:
        """Note a file that was just put there, whose content is known to have this hash."""
        facts = _facts(path)
        if facts is not None:
            self._asked.add(str(path))
            self._note(str(path), facts, sha256, self._clock(), last=facts[1])

    def write(self, path: Path) -> None:
        """Keep what is known, if it is not kept already; where that is not allowed, do not.

        Only this user may read it: it names folders of this machine.
        """
        if not self._changed:
            return
        files = {
            name: [*facts, told]
            for name, (facts, told) in self._known.items()
            if name in self._asked or os.path.lexists(name)
        }
        text = json.dumps({"form": _FORM, "files": files}, ensure_ascii=True, sort_keys=True)
        with suppress(OSError):
            write_whole(path, text.encode() + b"\n", private=True)
            self._changed = False

    def _note(self, name: str, facts: Facts, told: str, now: int, *, last: int) -> None:
        if now - last > _tick(last):
            self._known[name] = (facts, told)
            self._changed = True
        else:
            self._forget(name)

    def _forget(self, name: str) -> None:
        self._changed |= self._known.pop(name, None) is not None


def _tick(stamp: int) -> int:
    """Return the longest time in which two changes may have one time stamp.

    >>> _tick(1_700_000_000_123_456_789), _tick(1_700_000_000_000_000_000)
    (50000000, 2000000000)
    """
    return _FINE if stamp % _MILLISECOND else _COARSE


def _facts(path: Path) -> Facts | None:
    """Return the facts of a plain file; of anything else there are none."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    mode = found.st_mode  # a right that was taken away is another answer
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev, mode)


def _entry(*noted: Any) -> tuple[Facts, str]:
    *facts, told = noted
    if not isinstance(told, str) or len(facts) != 6 or not all(isinstance(n, int) for n in facts):
        raise ValueError("not what was written")
    return tuple(facts), told
