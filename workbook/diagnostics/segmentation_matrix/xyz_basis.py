"""What XYZ classes rest on, other ways to tell customers apart, and ABC x XYZ."""

import numpy as np

from workbook.diagnostics.customer_ledger.abc_classes import CLASSES as ABC
from workbook.diagnostics.customer_ledger.abc_classes import Abc, Marks
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ledger
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import (
    Alternative,
    NineField,
    Window,
    XyzBasis,
)
from workbook.diagnostics.segmentation_matrix.xyz import (
    CLASSES,
    DEMANDS,
    MONTHS,
    DemandStability,
    at_bounds,
    buckets,
    counts,
    demand,
    demand_stability,
)
from workbook.stats.data_table import DataTable

SOURCE, WIDE = (10.0, 25.0), (50.0, 100.0)
"""Bounds of the source and of the alternative, per cent."""


def basis(
    ledger: Ledger,
    found: DemandStability,
    params: Params,
    *,
    customers: DataTable,
    new: Bools,
) -> XyzBasis:
    """Return what the classes rest on, with the alternatives worked out."""
    marks = found.marks[found.marks >= 0]
    by_class = np.bincount(marks, minlength=len(CLASSES))
    share = float(by_class.max() / len(marks)) if len(marks) else None
    table = found.buckets
    wanted = params.xyz_window_months // table.size
    return XyzBasis(
        window=Window(first=table.span.first, last=table.span.last, complete=table.n == wanted),
        bucket=params.xyz_bucket,
        buckets=table.n,
        deviation=params.xyz_deviation,
        crossing=int(customers["crosses"].sum()),
        largest_share=share,
        largest_class=CLASSES[int(by_class.argmax())] if len(marks) else None,
        discriminates=share is None or share <= params.discrimination_share,
        alternatives=_alternatives(ledger, found, params, new=new),
    )


def _alternatives(
    ledger: Ledger, found: DemandStability, params: Params, *, new: Bools
) -> tuple[Alternative, ...]:
    steady = {
        bucket: found
        if bucket == params.xyz_bucket
        else demand_stability(ledger, buckets(ledger, params, bucket=bucket), params, new=new)
        for bucket in MONTHS
    }
    ways = (
        _classes(prefix + bucket, at_bounds(stability, params, new=new, bounds=bounds))
        for prefix, bounds in (("", SOURCE), ("wide_", WIDE))
        for bucket, stability in steady.items()
    )
    return (*ways, _patterns(found))


def _classes(name: str, found: DemandStability) -> Alternative:
    n = counts(found)
    return Alternative(name=name, counts=(("X", n.X), ("Y", n.Y), ("Z", n.Z), ("none", n.none)))


def _patterns(found: DemandStability) -> Alternative:
    pattern = demand(found.buckets, found)
    told = np.bincount(pattern[pattern >= 0], minlength=len(DEMANDS)).tolist()
    named = tuple((str(kind), n) for kind, n in zip(DEMANDS, told, strict=True))
    none = int((found.buckets.present & (pattern < 0)).sum())
    return Alternative(name="demand", counts=(*named, ("none", none)))


def nine_field(ledger: Ledger, found: Abc, xyz: Marks) -> tuple[NineField, ...]:
    """Return the fields A-C by X-Z and without XYZ class, rows first.

    Raises
    ------
    ValueError
        When the fields do not hold every customer with an ABC class once.
    """
    ranked = found.marks >= 0
    fields = []
    for mark, name in enumerate(ABC):
        for place, steadiness in (*enumerate(CLASSES), (-1, None)):
            here = ranked & (found.marks == mark) & (xyz == place)
            fields.append(
                NineField(
                    abc=name,
                    xyz=steadiness,
                    n=int(here.sum()),
                    amount=ledger.money(int(found.totals[here].sum())),
                )
            )
    if sum(field.n for field in fields) != int(np.count_nonzero(ranked)):
        raise ValueError("the nine fields do not hold every customer once")
    return tuple(fields)
