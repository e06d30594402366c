"""The t interval of Fisher's z by leaving one out."""

import math

import numpy as np
import pytest
from scipy.stats import t

from workbook.stats.jackknife import jackknife_t


def test_it_is_the_formula_on_fishers_z():
    left = np.array([0.45, 0.5, 0.55, 0.52])
    z = np.arctanh(left)
    error = math.sqrt(3 / 4 * ((z - z.mean()) ** 2).sum())
    half = t.ppf(0.975, 3) * error
    found = jackknife_t(0.5, left, confidence=0.95)
    assert found.low == pytest.approx(math.tanh(math.atanh(0.5) - half))
    assert found.high == pytest.approx(math.tanh(math.atanh(0.5) + half))


@pytest.mark.parametrize("left", [[0.5, 0.6], [0.5, np.nan, 0.6], [0.5, 0.5, 0.5]])
def test_what_does_not_vary_or_is_missing_has_no_interval(left):
    assert jackknife_t(0.5, np.array(left), confidence=0.95) is None


def test_full_agreement_stays_within_one():
    found = jackknife_t(1.0, np.array([1.0, 1.0, 0.9]), confidence=0.95)
    assert -1 <= found.low < found.high <= 1
