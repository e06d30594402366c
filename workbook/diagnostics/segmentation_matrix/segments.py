"""The segments in figures: customers, sales, maturity and white space."""

from collections import defaultdict
from collections.abc import Sequence
from math import fsum

import numpy as np

from workbook.diagnostics.segmentation_matrix.matrix import Matrix
from workbook.diagnostics.segmentation_matrix.matrix_result import Segment, WhiteSpace
from workbook.diagnostics.segmentation_matrix.targets import cover, mean_maturity
from workbook.stats import Floats


def segments(
    facts: Matrix, spaces: Sequence[WhiteSpace], turnover: Floats | None
) -> tuple[Segment, ...]:
    """Return one row per segment in order, customers without one last when there are any.

    ``turnover`` is the net amount of each customer code in the window, None without sales.
    Customers are in exactly one row.
    """
    cells: dict[str, int] = defaultdict(int)
    value: dict[str, list[float]] = defaultdict(list)
    for space in spaces:
        cells[space.segment] += 1
        if space.value is not None:
            value[space.segment].append(space.value)
    found = cover(facts)
    total = 0.0 if turnover is None else float(turnover.sum())
    rows = []
    for place, name in (*enumerate(facts.segments), (-1, None)):
        codes = np.flatnonzero(facts.segment == place)
        if name is None and not len(codes):
            continue
        mean = mean_maturity(facts, codes)
        amount = None if turnover is None else float(turnover[codes].sum())
        values = value.get(name or "", [])
        rows.append(
            Segment(
                segment=name,
                n=len(codes),
                amount=amount,
                share=amount / total if amount is not None and total > 0 else None,
                mean_maturity=mean.mean,
                pooled_maturity=mean.pooled,
                maturity_n=mean.n,
                covered=int(found.covered[codes].sum()),
                wanted=int(found.wanted[codes].sum()),
                white_space=cells.get(name or "", 0),
                white_space_value=fsum(values) if values else None,
            )
        )
    if sum(row.n for row in rows) != len(facts.ids):
        raise ValueError("customers do not fall into exactly one segment each")
    return tuple(rows)
