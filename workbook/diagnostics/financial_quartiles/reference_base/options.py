"""How a base is to be built."""

from dataclasses import dataclass
from datetime import date

from workbook.diagnostics.financial_quartiles.industries import LEVELS
from workbook.diagnostics.financial_quartiles.sizes import (
    COUNTRY,
    CURRENCY,
    SIZE_BOUNDS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """Choices of ``workbook base build``."""

    source: str = ""
    """Where the figures come from, as reports name it; empty: the name of the file."""
    built: date | None = None
    """Date that the base carries; None: the day of the source's last change (never the clock, so
    that the same input gives the same bytes)."""
    synthetic: bool = False
    unit: int = 1000
    """Units of the currency per unit of the statements."""
    size_bounds: tuple[float, ...] = SIZE_BOUNDS
    """Highest revenue of micro, small and medium companies, in ``currency``."""
    currency: str = CURRENCY
    country: str = COUNTRY
    """Of the companies; ISO 4217 and ISO 3166 codes."""
    years: tuple[int, ...] = ()
    """Years to cut; the year before is read all the same.  Empty: every year there is."""
    levels: tuple[str, ...] = LEVELS
    """Levels of the industry to cut."""
    fewest: int = 10
    """Groups with fewer defined values of a ratio are left out: they are noise, and most of the
    file's size."""
    memory: str = "1GB"
    """What DuckDB may hold before it uses the disk."""
    threads: int | None = None
    """None: as many as cores."""
