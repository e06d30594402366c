"""The complaint iceberg: how many of the lost had complained before they left."""

import numpy as np

from workbook.diagnostics.churn_reasons.history import history_of
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.prevention_result import Iceberg
from workbook.diagnostics.inputs import Inputs
from workbook.stats import Floats, wilson


def iceberg(losses: Losses, inputs: Inputs, params: Params) -> Iceberg | None:
    """Return who had complained; None where neither table says.

    The register's own column where it is filled, else complaints dated before the loss.
    """
    own = losses.frame["complained"].to_numpy(dtype=float)
    if losses.n and not np.isnan(own).all():
        return _iceberg(own, "lost_customers", params)
    table = inputs.tables.get("complaints")
    if table is None or not losses.n:
        return None
    codes = losses.frame["code"].to_numpy(dtype=np.int64)
    lost = losses.frame["lost"].to_numpy(dtype=float)
    before = history_of(table, losses.ids).count(codes, np.full(len(codes), -np.inf), lost)
    return _iceberg((before > 0).astype(float), "complaints", params)


def _iceberg(flags: Floats, source: str, params: Params) -> Iceberg:
    base, n = int((~np.isnan(flags)).sum()), int((flags == 1).sum())
    interval = wilson(n, base, confidence=params.confidence)
    return Iceberg(
        complained=n,
        base=base,
        share=n / base if base else None,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        assumed=params.complaint_share,
        source=source,
    )
