"""A small run of every study of calibration: limits that a few data sets already refute fail.

The full run is ``make calibration``.
"""

import pytest

from benchmarks.calibration.catalogue import studies
from benchmarks.calibration.study import Kind, Measured, Study, measure, refuted


@pytest.mark.parametrize("study", studies(), ids=lambda study: study.name)
def test_study_is_not_refuted(study):
    assert not refuted(study, measure(study, study.small))


def _coin(rng):
    return bool(rng.random() < 0.3)


def _study(**changes):
    given = {
        "report": "none", "quantity": "coin", "n": "1", "truth": "0.3", "kind": Kind.POWER,
        "one": _coin,
    }  # fmt: skip
    return Study(**(given | changes))


def test_the_same_data_sets_are_drawn_again():
    assert measure(_study(), 50) == measure(_study(), 50)
    assert measure(_study(), 50) != measure(_study(truth="other data"), 50)


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.0, 0.05, "at most 5%"), (0.93, 0.98, "at least 93%"), (0, 1, "")]
)
def test_a_study_that_misses_its_limits_is_told(low, high, said):
    study = _study(low=low, high=high)
    assert said in refuted(study, measure(study, 60))


def test_a_study_that_never_says_anything_is_not_refuted():
    nothing = Measured(share=float("nan"), said=0, drawn=9, error=float("nan"))
    assert not refuted(_study(low=0.93), nothing)
