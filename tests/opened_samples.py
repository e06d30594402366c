"""Books of the sample engagements as they are, each computed once in a process."""

from functools import cache
from pathlib import Path

from workbook.notebook import Book, open_book

SAMPLES = Path(__file__).resolve().parents[1] / "data_samples"
ENGAGEMENTS = sorted(p.parent for p in SAMPLES.glob("*/engagement.toml"))


@cache
def opened(name: str, folder: Path) -> Book:
    """Return a diagnostic of a sample engagement; whoever changes a book takes a copy of it."""
    return open_book(name, str(folder))
