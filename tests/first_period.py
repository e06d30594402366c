"""A sample as a client's first engagement: what its own files plant, without those of before."""

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "data_samples"
_MADE = tempfile.TemporaryDirectory(prefix="first-period-")


@cache
def first_period(name: str) -> Path:
    """Return a copy of a sample that names no earlier engagement."""
    folder = Path(_MADE.name) / name
    shutil.copytree(SAMPLES / name, folder)
    path = folder / "engagement.toml"
    path.write_text(re.sub(r"(?m)^previous = .*\n", "", path.read_text("utf-8")), "utf-8")
    return folder
