"""What the open answers say: themes by class of the score, revenue of those who ask, quotes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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


def told_themes(themes: Sequence[Theme], threshold: int) -> tuple[Theme, ...]:
    """Return the themes without revenue of so few customers that it would tell who they are.

    Who names a theme is an answer, too, known to nobody; revenue would tie score and quote to an
    account.
    """
    return tuple(
        theme
        if (theme.n if theme.customers is None else theme.customers) >= threshold
        else replace(theme, revenue=None)
        for theme in themes
    )
