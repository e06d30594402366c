"""Statistics shared by the diagnostics: intervals, tests, families of claims.

Nothing here knows about customers or scores.  What cannot be told (no data, one value, no
spread) is None, never NaN.
"""

from workbook.stats.chance import permutation_p, seeded
from workbook.stats.families import Correction, Family, Procedure, holm, holm_of
from workbook.stats.intervals import (
    Difference,
    Floats,
    Interval,
    clustered_difference,
    effective_n,
    mean_interval,
    normal_p,
    normal_quantile,
    t_p,
    t_quantile,
    welch,
    wilson,
)

__all__ = [
    "Correction",
    "Difference",
    "Family",
    "Floats",
    "Interval",
    "Procedure",
    "clustered_difference",
    "effective_n",
    "holm",
    "holm_of",
    "mean_interval",
    "normal_p",
    "normal_quantile",
    "permutation_p",
    "seeded",
    "t_p",
    "t_quantile",
    "welch",
    "wilson",
]
