"""What the open answers say: themes by class of the score, revenue of those who ask, quotes."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.diagnostics.loyalty.result import HiddenTheme, OpenAnswers, Theme


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


def told_themes(themes: Sequence[Theme], threshold: int) -> tuple[Theme | HiddenTheme, ...]:
    """Return the themes without what would tie a score, revenue or a quote to few customers."""
    return tuple(theme if _customers(theme) >= threshold else _hidden(theme) for theme in themes)


def _customers(theme: Theme) -> int:
    return theme.n if theme.customers is None else theme.customers


def _hidden(theme: Theme) -> HiddenTheme:
    return HiddenTheme(theme=theme.theme, label=theme.label, question=theme.question, n=theme.n)
