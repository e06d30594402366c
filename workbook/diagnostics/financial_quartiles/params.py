"""What a consultant may tune in the financial diagnostic ([params.financial_quartiles])."""

from dataclasses import dataclass
from typing import Literal, get_args

from workbook.base.industry import is_okved, sections

Band = Literal["rounded", "strict"]
Unit = Literal[1, 1000, 1_000_000]
Liabilities = Literal["gross", "net_1530"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options of the financial diagnostic with their defaults and where these come from."""

    band: Band = "rounded"
    """``rounded``: a mean is "about the same" when its two printed digits say at most 0.11, as the
    source prints it (1/9 is 0.11); ``strict``: when the mean itself is at most 0.11."""
    min_peers: int = 30
    """Fewest companies of an industry before a wider one is taken (the method)."""
    okved: str = ""
    """Industry of every organisation; empty: what ``statements`` says of each."""
    size_bounds: tuple[int, ...] = ()
    """Highest yearly revenue of micro, small and medium companies, in the engagement's currency;
    empty: those of the reference base."""
    unit: Unit = 1000
    """What one unit of the statements is worth (statutory forms: thousands)."""
    current_liabilities: Liabilities = "gross"
    """``gross``, or ``net_1530``: deferred income is taken off short-term liabilities in every
    ratio over them.  A blank line 1530 is nil."""
    min_ratios: int = 6
    """Fewer scored ratios give no verdict (the method)."""
    tolerance: int = 4000
    """What the two sides of an articulation check may differ by, in the engagement's currency
    (4 thousand, the method); never less than four units of the last digit that is given."""
    times_from: float = 1.5
    """From so many times on a growth is told as "in 1.56 times": the source tells 49.72 % in per
    cent and 1.56 in times."""

    def __post_init__(self) -> None:
        for name, allowed in (
            ("band", get_args(Band)),
            ("unit", get_args(Unit)),
            ("current_liabilities", get_args(Liabilities)),
        ):
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(map(str, allowed))}")
        for name in ("min_peers", "min_ratios"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        if self.tolerance < 0:
            raise ValueError("tolerance must not be negative")
        if self.times_from <= 1:
            raise ValueError("times_from must be above 1")
        if self.okved and not is_okved(self.okved) and self.okved not in sections():
            raise ValueError("okved must be a code such as 68.20.2, or the letter of a section")
        _check_bounds(self.size_bounds)


def _check_bounds(bounds: tuple[int, ...]) -> None:
    if bounds and (len(bounds) != 3 or not 0 < bounds[0] < bounds[1] < bounds[2]):
        raise ValueError("size_bounds must be three rising amounts")
