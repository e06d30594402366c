"""What the financial diagnostic needs beside the client's tables."""

from dataclasses import dataclass

from workbook.base.base import Base
from workbook.diagnostics.financial_quartiles.lines import LineMap
from workbook.diagnostics.financial_quartiles.ratios import RatioSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The ratios, the lines they are made of, and what they are compared with."""

    ratios: RatioSet
    line_map: LineMap
    currency: str = ""
    """The engagement's; empty: that of the base."""
    base: Base | None = None
    """None: ratios and growth without scores."""
