"""The hash of a file's content."""

import hashlib
import stat
from pathlib import Path


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, or why it has none."""
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            return f"not a regular file ({stat.filemode(mode)})"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"not readable ({type(error).__name__})"
