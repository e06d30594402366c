"""Books of the sample engagements, computed once."""

from pathlib import Path

import pytest

from workbook.notebook import open_book
from workbook.registry import DIAGNOSTICS

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
ENGAGEMENTS = sorted(p.parent for p in SAMPLES.glob("*/engagement.toml"))


@pytest.fixture(scope="session", params=ENGAGEMENTS, ids=lambda p: p.name)
def book(request):
    return open_book("loyalty", str(request.param))


@pytest.fixture(
    scope="session",
    params=[(d.name, e) for d in DIAGNOSTICS for e in ENGAGEMENTS],
    ids=lambda p: f"{p[0]}-{p[1].name}",
)
def any_book(request):
    name, folder = request.param
    return open_book(name, str(folder))
