"""What XYZ classes rest on, and other ways to tell customers apart."""

from dataclasses import replace

import numpy as np

from workbook.diagnostics.segmentation_matrix.ledger import Bools, Ledger
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import (
    Alternative,
    Window,
    XyzBasis,
)
from workbook.diagnostics.segmentation_matrix.xyz import (
    CLASSES,
    DEMANDS,
    MONTHS,
    Steadiness,
    buckets,
    counts,
    demand,
    steadiness,
)
from workbook.stats.data_table import DataTable

SOURCE, WIDE = (10.0, 25.0), (50.0, 100.0)
"""Bounds of the source and of the alternative, per cent."""


def basis(
    book: Ledger,
    found: Steadiness,
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
        alternatives=_alternatives(book, found, params, new=new),
    )


def _alternatives(
    book: Ledger, found: Steadiness, params: Params, *, new: Bools
) -> tuple[Alternative, ...]:
    ways = []
    for prefix, bounds in (("", SOURCE), ("wide_", WIDE)):
        for bucket in MONTHS:
            other = replace(params, xyz_bounds=bounds)
            table = buckets(book, other, bucket=bucket)
            ways.append(_classes(prefix + bucket, steadiness(book, table, other, new=new)))
    return (*ways, _patterns(found))


def _classes(name: str, found: Steadiness) -> Alternative:
    n = counts(found)
    return Alternative(name=name, counts=(("X", n.X), ("Y", n.Y), ("Z", n.Z), ("none", n.none)))


def _patterns(found: Steadiness) -> Alternative:
    pattern = demand(found.buckets, found)
    told = np.bincount(pattern[pattern >= 0], minlength=len(DEMANDS)).tolist()
    named = tuple((str(kind), n) for kind, n in zip(DEMANDS, told, strict=True))
    none = int((found.buckets.present & (pattern < 0)).sum())
    return Alternative(name="demand", counts=(*named, ("none", none)))
