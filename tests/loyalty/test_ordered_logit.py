"""The ordered logit with a gradient of its own is that of statsmodels."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.tools.numdiff import approx_fprime

from workbook.diagnostics.loyalty.ordered_logit import Logistic, OrderedLogit, ordered_logit


@pytest.fixture(params=[(60, 1, 3), (200, 3, 11), (400, 5, 6)], ids=str)
def cases(request):
    """Parameters and scores of a seeded sample."""
    n, p, levels = request.param
    random = np.random.default_rng(n)
    x = random.normal(size=(n, p))
    y = x @ np.linspace(0.3, 1.0, p) + random.logistic(size=n)
    cuts = np.quantile(y, np.linspace(0, 1, levels + 1)[1:-1])
    return x, np.searchsorted(cuts, y).astype(float)


def test_the_distribution_is_that_of_scipy():
    x, q = np.linspace(-30, 30, 121), np.linspace(0.0, 1.0, 21)
    assert Logistic().cdf(x) == pytest.approx(stats.logistic.cdf(x), rel=1e-13)
    assert Logistic().pdf(x) == pytest.approx(stats.logistic.pdf(x), rel=1e-13, abs=1e-15)
    assert Logistic().ppf(q) == pytest.approx(stats.logistic.ppf(q), rel=1e-13)


@pytest.mark.filterwarnings("ignore:logistic is not a scipy")
def test_the_gradient_is_the_slope_of_the_log_likelihood(cases):
    x, y = cases
    model = OrderedLogit(pd.Series(pd.Categorical(y, ordered=True)), x)
    away = model.start_params + np.linspace(-0.2, 0.3, len(model.start_params))
    for params in (model.start_params, away):
        by_differences = approx_fprime(params, model.loglike, centered=True)
        assert model.score(params) == pytest.approx(by_differences, rel=1e-5, abs=1e-5)


def test_coefficients_and_p_values_are_those_of_statsmodels(cases):
    x, y = cases
    stock = OrderedModel(pd.Series(pd.Categorical(y, ordered=True)), x, distr="logit")
    fitted = stock.fit(method="bfgs", disp=False, maxiter=500)
    p = x.shape[1]
    found = ordered_logit(x, y)
    assert [value for value, _ in found] == pytest.approx(list(fitted.params[:p]), rel=1e-4)
    assert [level for _, level in found] == pytest.approx(
        list(fitted.pvalues[:p]), rel=1e-3, abs=1e-9
    )


def test_parameters_that_tell_nothing_apart_have_no_values():
    x = np.ones((30, 2))
    y = np.arange(30) % 3
    assert ordered_logit(x, y.astype(float)) == [(None, None)] * 2
