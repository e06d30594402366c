"""What several diagnostics use: intervals of shares."""

from functools import partial

import numpy as np

from benchmarks.calibration.study import Kind, Study
from workbook.stats import wilson


def share_covered(rng: np.random.Generator, *, n: int, p: float) -> bool | None:
    """Draw a share of n; tell whether Wilson's interval holds p."""
    found = wilson(float(rng.binomial(n, p)), n)
    return None if found is None else found.low <= p <= found.high


STUDIES = tuple(
    Study(
        report="common",
        quantity="share (Wilson)",
        n=str(n),
        truth=f"p {p}",
        kind=Kind.COVERAGE,
        one=partial(share_covered, n=n, p=p),
        low=0.92,
        high=0.99,
        draws=4000,
        small=200,
    )
    for n in (30, 100, 400)
    for p in (0.1, 0.31, 0.5)
)
