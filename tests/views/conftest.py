"""Books of the sample engagements, computed once."""

from pathlib import Path

import pytest

from workbook.notebook import open_book

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
ENGAGEMENTS = sorted(p.parent for p in SAMPLES.glob("*/engagement.toml"))


@pytest.fixture(scope="session", params=ENGAGEMENTS, ids=lambda p: p.name)
def book(request):
    return open_book("loyalty", str(request.param))
