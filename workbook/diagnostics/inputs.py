"""What every diagnostic computes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

import pandas as pd

from workbook.diagnostics.verbatims import AS_WRITTEN, Verbatims


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Checked tables and the facts of the engagement that computations need.

    ``tables`` maps a table's name to its typed frame (dtypes of
    :class:`workbook.intake.schema.ColumnType`; optional columns that the client left out are
    absent; the index is the row number in the client's file).  A table that is not there is not a
    key.
    Frames are never modified.
    """

    tables: Mapping[str, pd.DataFrame]
    as_of: date
    language: str = "en"
    anonymity_threshold: int = 5
    label: str = ""
    """The engagement's period (``2025-Q4``), as its wave is called where it has no own name."""
    verbatims: Verbatims = AS_WRITTEN
    """Whether and how free text may be shown."""
    previous: Self | None = None
    """The engagement to compare with."""

    @property
    def answers_by_name(self) -> bool:
        """Whether what one customer answered may be told beside its name: a threshold of 1."""
        return self.anonymity_threshold <= 1
