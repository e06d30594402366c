"""The segments in figures: customers, sales, maturity and white space."""

from collections import defaultdict
from collections.abc import Sequence
from math import fsum

import numpy as np

from workbook.diagnostics.segmentation_matrix.ledger import Bools
from workbook.diagnostics.segmentation_matrix.matrix import Matrix
from workbook.diagnostics.segmentation_matrix.matrix_result import Part, Segment, WhiteSpace
from workbook.diagnostics.segmentation_matrix.targets import cover, mean_maturity
from workbook.stats import Floats


def segments(
    facts: Matrix, spaces: Sequence[WhiteSpace], turnover: Floats | None, *, active: Bools
) -> tuple[Segment, ...]:
    """Return one row per segment in order, customers without one last when there are any.

    ``turnover`` is the net amount of each customer code in the window, None without sales;
    ``active`` are the customers whose maturity counts.  Customers are in exactly one row.
    """
    cells: dict[str, int] = defaultdict(int)
    value: dict[str, list[float]] = defaultdict(list)
    for space in (space for space in spaces if space.part is Part.OPEN):
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
        ripe = codes[active[codes]]
        mean = mean_maturity(facts, ripe)
        amount = None if turnover is None else float(turnover[codes].sum())
        values, open_cells = value.get(name or "", []), cells.get(name or "", 0)
        rows.append(
            Segment(
                segment=name,
                n=len(codes),
                amount=amount,
                share=amount / total if amount is not None and total > 0 else None,
                mean_maturity=mean.mean,
                pooled_maturity=mean.pooled,
                maturity_n=mean.n,
                covered=int(found.covered[ripe].sum()),
                wanted=int(found.wanted[ripe].sum()),
                white_space=open_cells,
                white_space_value=fsum(values) if values or not open_cells else None,
            )
        )
    if sum(row.n for row in rows) != len(facts.ids):
        raise ValueError("customers do not fall into exactly one segment each")
    return tuple(rows)
