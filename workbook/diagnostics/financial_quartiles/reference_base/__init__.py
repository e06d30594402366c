"""The reference base: quartiles of financial ratios by year, industry and size of the company."""

from workbook.diagnostics.financial_quartiles.reference_base.base import Base, Quartiles, Row
from workbook.diagnostics.financial_quartiles.reference_base.industry import (
    Peers,
    is_okved,
    path_of,
    sections,
)
from workbook.diagnostics.financial_quartiles.reference_base.sizes import (
    ALL_SIZES,
    SIZE_BOUNDS,
    size_of,
)

__all__ = [
    "ALL_SIZES",
    "SIZE_BOUNDS",
    "Base",
    "Peers",
    "Quartiles",
    "Row",
    "is_okved",
    "path_of",
    "sections",
    "size_of",
]
