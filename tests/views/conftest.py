"""Books of the sample engagements, each computed once."""

import pytest
from shown import ENGAGEMENTS, opened

from workbook.registry import DIAGNOSTICS


@pytest.fixture(params=ENGAGEMENTS, ids=lambda p: p.name)
def book(request):
    return opened("loyalty", request.param)


@pytest.fixture(params=ENGAGEMENTS, ids=lambda p: p.name)
def churn_book(request):
    return opened("churn_reasons", request.param)


@pytest.fixture(
    params=[(d.name, e) for d in DIAGNOSTICS for e in ENGAGEMENTS],
    ids=lambda p: f"{p[0]}-{p[1].name}",
)
def any_book(request):
    return opened(*request.param)
