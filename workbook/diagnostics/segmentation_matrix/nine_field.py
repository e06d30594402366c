"""ABC x XYZ in customers and money."""

import numpy as np

from workbook.diagnostics.segmentation_matrix.abc import CLASSES as ABC
from workbook.diagnostics.segmentation_matrix.abc import Abc, Marks
from workbook.diagnostics.segmentation_matrix.ledger import Ledger
from workbook.diagnostics.segmentation_matrix.value_result import NineField
from workbook.diagnostics.segmentation_matrix.xyz import CLASSES as XYZ


def nine_field(book: Ledger, found: Abc, xyz: Marks) -> tuple[NineField, ...]:
    """Return the fields A-C by X-Z and without XYZ class, rows first.

    Raises
    ------
    ValueError
        When the fields do not hold every customer with an ABC class once.
    """
    ranked = found.marks >= 0
    fields = []
    for mark, name in enumerate(ABC):
        for place, steadiness in (*enumerate(XYZ), (-1, None)):
            here = ranked & (found.marks == mark) & (xyz == place)
            fields.append(
                NineField(
                    abc=name,
                    xyz=steadiness,
                    n=int(here.sum()),
                    amount=book.money(int(found.totals[here].sum())),
                )
            )
    if sum(field.n for field in fields) != int(np.count_nonzero(ranked)):
        raise ValueError("the nine fields do not hold every customer once")
    return tuple(fields)
