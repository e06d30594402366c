"""All products of an engagement in one order: of the targets, of sales, of offers."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import texts
from workbook.diagnostics.customer_ledger.sales_ledger import Ints, Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import normalised_name, positions


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assortment:
    """Products by code: first the columns of the targets, then the others in order of text."""

    names: tuple[str, ...]
    targeted: int
    """How many of them are columns of the targets."""
    sold: Ints
    """Code of a product of the ledger -> code here."""

    @property
    def n(self) -> int:
        """Number of products."""
        return len(self.names)

    def codes(self, names: Iterable[str]) -> Ints:
        """Return the code of each name, -1 where blank or not there."""
        place = positions(self.names)
        words = pd.Series(list(names), dtype="str")
        codes, distinct = pd.factorize(words)
        found = np.array(
            [*(place.get(normalised_name(str(w)), -1) for w in distinct), -1], dtype=np.int64
        )
        return found[codes]


def product_columns(targets: pd.DataFrame) -> list[str]:
    """Return the columns of the targets that are products."""
    return [str(column) for column in targets if column != "segment"]


def assortment(inputs: Inputs, ledger: Ledger) -> Assortment:
    """Return the products of targets, sales and offers; one spelt in two ways is one."""
    targets, offers = inputs.tables.get("targets"), inputs.tables.get("offers")
    wanted = [] if targets is None else product_columns(targets)
    offered = [] if offers is None else [str(w) for w in texts(offers, "product").unique() if w]
    names: dict[str, str] = {}
    for name in (*wanted, *sorted({*ledger.products, *offered})):
        names.setdefault(normalised_name(name), name)
    place = {folded: code for code, folded in enumerate(names)}
    return Assortment(
        names=tuple(names.values()),
        targeted=len({normalised_name(name) for name in wanted}),
        sold=np.array([place[normalised_name(name)] for name in ledger.products], dtype=np.int64),
    )
