"""What the loyalty diagnostic needs beside the client's tables."""

from dataclasses import dataclass

from workbook.diagnostics.loyalty.result import Benchmark
from workbook.diagnostics.loyalty.theme_summary import ThemeSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Ready-made parts of the result: coded open answers and published indices."""

    theme_summary: ThemeSummary | None = None
    """None when the open answers were not read."""
    benchmarks: tuple[Benchmark, ...] = ()
