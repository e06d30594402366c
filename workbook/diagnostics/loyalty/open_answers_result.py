"""What the open answers say: themes, who coded them, how those who write differ.

Units as in :mod:`workbook.diagnostics.loyalty.result`.
"""

from dataclasses import dataclass

from workbook.diagnostics.loyalty.survey_result import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One theme of the open answers; an answer may carry several."""

    theme: str
    """Id in the code frame."""
    label: str
    """Its name in the report's language."""
    question: str
    """``reason`` (why this score) or ``improvement`` (what would make it 10)."""
    n: int
    """Answers that name it."""
    detractors: int
    passives: int
    promoters: int
    revenue: float | None
    """Yearly revenue of those who name it; None when it is not known, and of so few customers that
    it would tell who they are."""
    quotes: tuple[tuple[str, int], ...]
    """Up to three answers with their score, shortest complete ones first."""
    customers: int | None = None
    """Customers (respondents where they have none) who name it: the people of one customer count
    once.  None where not known."""
    detractor_customers: int | None = None
    """Those whose answer comes with a detractor's score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingThemes:
    """Ids of the themes that lead: one, several that cannot be told apart, or none."""

    detractors: tuple[str, ...]
    """Among the reasons of detractors."""
    improvement: tuple[str, ...]
    """Among what would make it a 10."""
    detractors_p: float | None = None
    """Exact sign test that the first leads each other one, Holm over both questions; None where
    there is nothing to compare."""
    improvement_p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderAgreement:
    """Second coder against the first."""

    n: int
    alpha: float | None
    """Krippendorff's alpha with MASI distance; None when undefined."""
    kappas: tuple[tuple[str, float | None], ...]
    """Cohen's kappa per theme label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswers:
    """The two open questions."""

    n: int
    """Answers with words."""
    coded_by_people: int
    """Answers whose themes a person confirmed."""
    machine: bool
    """False below 30 comments without human coding: they are printed, not counted."""
    verbatim: tuple[tuple[str, str, int], ...]
    """(question, words, score) when ``machine`` is False."""
    agreement: CoderAgreement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subset:
    """NPS of the answers with or without a comment."""

    n: int | None
    """None when suppressed."""
    value: float | None
    ci_low: float | None
    ci_high: float | None
    suppressed: bool = False
    """Few wrote or few did not, so that they could be worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBias:
    """How those who write differ from those who do not."""

    commented: Subset
    silent: Subset
    difference: float | None
    p_value: float | None
    verdict: Verdict
