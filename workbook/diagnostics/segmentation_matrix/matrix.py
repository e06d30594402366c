"""Segments, targets and use joined: the matrix that the target matrix is read from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import texts
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import normalised_name, positions
from workbook.diagnostics.segmentation_matrix.assortment import (
    Assortment,
    assortment,
    product_columns,
)
from workbook.diagnostics.segmentation_matrix.matrix_result import Need
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.rules import Segmentation
from workbook.diagnostics.segmentation_matrix.usage import Usage, usage
from workbook.diagnostics.target_cells import TARGET_WORDS
from workbook.language.languages import in_all
from workbook.language.lemmas import fold

WORDS = {
    Need.TARGET: TARGET_WORDS,
    Need.OPTIONAL: (
        *(fold(word) for word in in_all(lambda language: language.deals.optional)),
        *("+/-", "+-", "±", "(x)"),
    ),
    Need.NONE: (
        *("", "-", "–", "—", "0"),
        *map(fold, in_all(lambda language: language.deals.no_target + language.cells.no)),
    ),
}
"""Accepted spellings of a cell of the targets, folded."""
CODES = {Need.NONE: 0, Need.OPTIONAL: 1, Need.TARGET: 2}
NEEDS = (Need.NONE, Need.OPTIONAL, Need.TARGET)
TARGET = 2
_BY_WORD = {word: need for need, words in WORDS.items() for word in words}


def need_of(cell: str) -> Need | None:
    """Return what a cell of the targets asks for; None when it cannot be read.

    >>> need_of("Цель"), need_of("-"), need_of("later")
    (<Need.TARGET: 'target'>, <Need.NONE: ''>, None)
    """
    return _BY_WORD.get(" ".join(fold(cell).split()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matrix:
    """Customers by segment, needs by segment and product, pairs in use."""

    ids: tuple[str, ...]
    """Customers by code."""
    segment: Ints
    """Customer code -> place in ``segments``, -1: none."""
    segments: tuple[str, ...]
    """Those of the customers, then segments that only the targets name."""
    products: Assortment
    need: npt.NDArray[np.int8]
    """Segment x product: 0 none, 1 optional, 2 target."""
    planned: Bools
    """Segments that the targets have a row for."""
    targets: bool
    """Whether there is a table of targets."""
    usage: Usage

    @property
    def sizes(self) -> Ints:
        """Customers of each segment."""
        return np.bincount(self.segment[self.segment >= 0], minlength=len(self.segments))

    def need_of_pairs(self, customer: Ints, product: Ints) -> npt.NDArray[np.int8]:
        """Return the need of pairs, 0 for customers without segment."""
        segment = self.segment[customer]
        if not len(self.segments):
            return np.zeros(len(customer), dtype=np.int8)
        return np.where(segment >= 0, self.need[segment, product], 0).astype(np.int8)

    def target_pairs(self) -> Ints:
        """Return every pair of a customer and a target product, ascending."""
        wanted = self.need == TARGET
        # A customer without segment (-1) takes the last row: nothing is wanted of it.
        count = np.append(wanted.sum(axis=1), 0)
        n = count[self.segment]
        customer = np.repeat(np.arange(len(n)), n)
        nth = np.arange(len(customer)) - np.repeat(np.cumsum(n) - n, n)
        begin = np.cumsum(count) - count  # of each segment among the products of all
        product: Ints = np.nonzero(wanted)[1][begin[self.segment[customer]] + nth]
        return np.asarray(customer * self.products.n + product, dtype=np.int64)

    def used_pairs(self) -> Ints:
        """Return every pair in use, ascending."""
        return self.usage.pair[self.usage.used]


def matrix_of(inputs: Inputs, ledger: Ledger, segmentation: Segmentation, params: Params) -> Matrix:
    """Join segments, targets and use."""
    products = assortment(inputs, ledger)
    table = inputs.tables.get("targets")
    segments = segmentation.names
    if table is not None:
        known = positions(segments)
        extra = [
            name for name in texts(table, "segment") if name and normalised_name(name) not in known
        ]
        segments = (*segments, *{normalised_name(name): name for name in extra}.values())
    need = np.zeros((len(segments), products.n), dtype=np.int8)
    planned = np.zeros(len(segments), dtype=bool)
    if table is not None:
        _fill(need, planned, table, segments, products)
    return Matrix(
        ids=ledger.customers,
        segment=segmentation.codes,
        segments=segments,
        products=products,
        need=need,
        planned=planned,
        targets=table is not None,
        usage=usage(ledger, products, params),
    )


def _fill(
    need: npt.NDArray[np.int8],
    planned: Bools,
    table: pd.DataFrame,
    segments: tuple[str, ...],
    products: Assortment,
) -> None:
    """Write the needs of a table of targets; what cannot be read asks for nothing."""
    place = positions(segments)
    columns = product_columns(table)
    codes = products.codes(columns)
    rows = [
        place.get(normalised_name(name), -1) if name else -1 for name in texts(table, "segment")
    ]
    for column, product in zip(columns, codes.tolist(), strict=True):
        for row, cell in zip(rows, texts(table, column), strict=True):
            if row >= 0:
                planned[row] = True
                wanted = CODES[need_of(cell) or Need.NONE]
                need[row, product] = max(need[row, product], wanted)
