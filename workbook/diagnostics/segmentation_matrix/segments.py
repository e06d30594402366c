"""The segments in figures: customers, sales, maturity and white space."""

import numpy as np
import pandas as pd

from workbook.diagnostics.customer_ledger.sales_ledger import Bools
from workbook.diagnostics.segmentation_matrix.matrix import Matrix
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    PartTotal,
    Segment,
    WhiteSpacePart,
)
from workbook.diagnostics.segmentation_matrix.targets import cover, mean_maturity
from workbook.diagnostics.segmentation_matrix.white_space import Totals, totals
from workbook.stats import Floats
from workbook.stats.data_table import DataTable


def segments(
    matrix: Matrix,
    spaces: DataTable,
    turnover: Floats | None,
    *,
    active: Bools,
    sums: Totals | None = None,
) -> tuple[Segment, ...]:
    """Return one row per segment in order, customers without one last when there are any.

    ``turnover`` is the net amount of each customer code in the window, None without sales;
    ``active`` are the customers whose maturity counts; ``sums`` are the totals of ``spaces``, where
    they are known.  Customers are in exactly one row.
    """
    sums, can_be_sold = sums or totals(spaces), (spaces["part"] == WhiteSpacePart.OPEN).to_numpy()
    whose = pd.Categorical(spaces["segment"], categories=list(matrix.segments)).codes
    white = {
        name: sums(can_be_sold & (whose == place)) for place, name in enumerate(matrix.segments)
    }
    nothing = PartTotal(cells=0, customers=0, value=0.0, valued=0)
    found = cover(matrix)
    whole = 0.0 if turnover is None else float(turnover.sum())
    rows = []
    for place, name in (*enumerate(matrix.segments), (-1, None)):
        codes = np.flatnonzero(matrix.segment == place)
        if name is None and not len(codes):
            continue
        ripe = codes[active[codes]]
        mean = mean_maturity(matrix, ripe, found=found)
        amount = None if turnover is None else float(turnover[codes].sum())
        own = nothing if name is None else white[name]
        rows.append(
            Segment(
                segment=name,
                n=len(codes),
                amount=amount,
                share=amount / whole if amount is not None and whole > 0 else None,
                mean_maturity=mean.mean,
                pooled_maturity=mean.pooled,
                maturity_n=mean.n,
                covered=int(found.covered[ripe].sum()),
                wanted=int(found.wanted[ripe].sum()),
                white_space=own.cells,
                white_space_value=own.value,
            )
        )
    if sum(row.n for row in rows) != len(matrix.ids):
        raise ValueError("customers do not fall into exactly one segment each")
    return tuple(rows)
