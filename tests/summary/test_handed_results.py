"""A summary made of results that its run has computed is the one that computes them itself."""

import pickle
from pathlib import Path

import pytest

from workbook.diagnostics import all_diagnostics, diagnostic_named
from workbook.diagnostics.diagnostic import Computed, LoadedSources
from workbook.engagement.data import open_engagement
from workbook.notebook import book_of
from workbook.report.blocks import ResultData
from workbook.report.plain_data import plain_data

SAMPLE = Path(__file__).resolve().parents[2] / "data_samples" / "vektor-it"


@pytest.fixture(scope="module")
def data():
    return open_engagement(SAMPLE)


@pytest.fixture(scope="module")
def computed(data):
    """Results of the other reports, as another process leaves them."""
    made = {}
    for found in all_diagnostics():
        if found.joins or not set(found.needs_any) & set(data.tables):
            continue
        view = book_of(found, data).view
        own = Computed(
            params=view.params,
            loaded=LoadedSources(sources=None),
            result=view.result,
            changed=view.changed,
        )
        made[found.name] = pickle.loads(pickle.dumps(own))
    return made


def _shown(data):
    book = book_of(diagnostic_named("summary"), data)
    report = book.diagnostic.report()
    parts = (report.summary, *report.chapters.values(), report.actions, report.method)
    blocks = [block for part in parts for block in part(book.view)]
    told = [b._repr_mimebundle_() for b in blocks if not isinstance(b, ResultData)]
    return plain_data(book.view.result), told


def test_a_summary_of_handed_results_shows_the_same(data, computed):
    by_itself = _shown(data)
    data.inputs.hand_on(computed)
    try:
        assert _shown(data) == by_itself
    finally:
        data.inputs.hand_on({})


def test_what_was_handed_on_is_not_computed_again(data, computed):
    data.inputs.hand_on({"controllability": computed["controllability"]})
    try:
        joined = {j.name: j for j in book_of(diagnostic_named("summary"), data).view.result.joined}
    finally:
        data.inputs.hand_on({})
    assert joined["controllability"].result is computed["controllability"].result
    matrix = joined["segmentation_matrix"].result
    assert matrix is not computed["segmentation_matrix"].result
