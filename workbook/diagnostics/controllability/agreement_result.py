"""Records of how far respondents agree: coefficients, items they differ on, levels."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Krippendorff's alpha, ordinal, of all respondents; gaps allowed."""

    value: float | None
    ci_low: float | None
    ci_high: float | None
    """BCa bootstrap over items; None below 25 items and where nearly all marks are equal."""
    range_low: float | None
    range_high: float | None
    """Where there is no interval: lowest and highest alpha with one respondent left out; None
    of two respondents."""
    undefined: bool
    """No coefficient can be told (see ``reason``)."""
    reason: str
    """``complete_agreement``: all marks equal; ``too_few``: no item has two marks; "" else."""
    n_items: int
    """Items with at least two marks."""
    n_respondents: int
    """Respondents with a mark that counts."""
    percent: float | None
    """Mean over these items of the share of agreeing pairs."""
    reading: str
    """``low``, ``middle``, ``high`` (``alpha_tentative``, ``alpha_reliable``) where the whole
    interval, or range, lies there, else ``undecided``; ``complete`` where all marks are equal,
    ``alone`` where too few overlap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappas:
    """Other coefficients of the same marks, for comparison.  None where undefined."""

    complete_items: int
    """Items that every respondent marked: the base of Fleiss and Randolph."""
    fleiss: float | None
    randolph: float | None
    """Free-marginal kappa of three marks."""
    cohen: float | None
    """Weighted kappa (linear); only for exactly two respondents."""
    cohen_n: int
    """Items that both marked; 0 unless there are exactly two respondents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item for the consensus meeting, largest spread first."""

    item: str
    spread: float
    agreement: float
    n: int
    low: float
    high: float
    gap: float | None
    """Management - line."""


class LevelVerdict(StrEnum):
    """What may be said of management against line staff."""

    HIGHER = "higher"
    """Management marks higher: tested."""
    LOWER = "lower"
    """Management marks lower: tested."""
    ALIKE = "alike"
    """The mean difference is below ``level_difference``."""
    CHANCE = "chance"
    """A difference that chance gives as well."""
    UNTESTABLE = "untestable"
    """Too few respondents for any difference to be told from chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelItem:
    """One item of management against line staff."""

    item: str
    gap: float
    """Management - line."""
    p_value: float
    """Of the same permutation, corrected for the number of items (largest gap of all)."""
    told: bool
    """Below ``level_p_value``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelTest:
    """Management against line staff: permutation over respondents."""

    difference: float
    """Mean over the items marked by both of management - line."""
    p_value: float
    least_p_value: float
    """The smallest that so many respondents can give."""
    testable: bool
    """That one is below ``level_p_value``: a difference can be told from chance at all."""
    management_n: int
    line_n: int
    """Respondents with marks."""
    verdict: LevelVerdict
    items: tuple[LevelItem, ...] = ()
    """Items that both levels marked, largest gap first."""

    @property
    def told(self) -> bool:
        """Whether the test stands behind the difference."""
        return self.verdict in (LevelVerdict.HIGHER, LevelVerdict.LOWER)
