"""Files written whole or not at all."""

import os
from pathlib import Path


def write_whole(
    path: Path, content: bytes, *, aside: Path | None = None, private: bool = False
) -> None:
    """Write a file so that at any moment either the old or the new content is there.

    Until it is whole it lies in the folder ``aside`` (of the same file system), or beside.
    ``private``: only this user may read it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = (aside or path.parent) / f".{path.name}.{os.getpid()}.part"
    try:
        with part.open("wb") as file:
            if private:
                part.chmod(0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
