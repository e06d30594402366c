"""What the open answers say: themes by class of the score, revenue of those who ask, quotes."""

from dataclasses import dataclass

from workbook.diagnostics.loyalty.result import OpenAnswers, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSummary:
    """The coded open answers of one survey.

    The theme counts of a question sum to more than its answers, since an answer may carry
    several themes.
    """

    open_answers: OpenAnswers | None
    """None when nobody wrote a word."""
    themes: tuple[Theme, ...]
    """Most frequent first within a question; ``reason`` before ``improvement``."""
    uncoded_share: float | None
    """Answers with words but without a theme / answers with words; None when not counted."""


NOTHING = ThemeSummary(open_answers=None, themes=(), uncoded_share=None)
"""The summary of a survey without open answers."""
