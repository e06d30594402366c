"""Records of accounts that read otherwise than in an earlier engagement's file."""

from dataclasses import dataclass

from workbook.diagnostics.financial_quartiles.organisation_result import ByBase
from workbook.diagnostics.financial_quartiles.verdicts import ScoreVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RestatedLine:
    """One line of a year that both files have; money in the engagement's currency."""

    organisation: str
    year: int
    line: str
    label: str
    period: str
    """The earlier engagement's."""
    before: float
    """As its file has it."""
    now: float
    difference: float
    """Now less before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestatedYear:
    """One year of an organisation that reads otherwise than in an earlier engagement's file."""

    organisation: str
    year: int
    period: str
    """The earlier engagement's."""
    lines: tuple[RestatedLine, ...]
    """Empty where only the year before was restated, and the score with it."""
    total_before: ByBase[int | None]
    """Sum of the scores by the earlier file, against today's base; None without a verdict."""
    total_now: ByBase[int | None]
    verdict_before: ByBase[ScoreVerdict | None]
    verdict_now: ByBase[ScoreVerdict | None]

    @property
    def score_changed(self) -> bool:
        """Whether the sum of the scores, or the verdict, is another one."""
        before = (self.total_before, self.verdict_before)
        return before != (self.total_now, self.verdict_now)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierYear:
    """A year of an organisation that only an earlier engagement's file has."""

    organisation: str
    year: int
    period: str
    """That engagement's."""
    used: bool
    """False: the organisation's accounts were restated since, and the year is not comparable."""
