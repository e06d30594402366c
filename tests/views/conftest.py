"""Books of the sample engagements, each computed once."""

import pytest
from opened_samples import opened
from shown import ASKED, asked


@pytest.fixture(params=asked("loyalty"), ids=lambda p: p.name)
def book(request):
    return opened("loyalty", request.param)


@pytest.fixture(params=asked("churn_reasons"), ids=lambda p: p.name)
def churn_book(request):
    return opened("churn_reasons", request.param)


@pytest.fixture(params=asked("segmentation_matrix"), ids=lambda p: p.name)
def matrix_book(request):
    return opened("segmentation_matrix", request.param)


@pytest.fixture(params=ASKED, ids=lambda p: f"{p[0]}-{p[1].name}")
def any_book(request):
    return opened(*request.param)
