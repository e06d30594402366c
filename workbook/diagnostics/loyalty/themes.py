"""What the open answers say: themes by class of the score, revenue of those who ask, quotes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from workbook.diagnostics.loyalty.code_frame import CodeFrame
from workbook.diagnostics.loyalty.coding import Coding
from workbook.diagnostics.loyalty.open_answers import QUESTIONS
from workbook.diagnostics.loyalty.open_answers_result import CoderAgreement, OpenAnswers, Theme
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.quotes import QuoteCandidate, best, shown
from workbook.diagnostics.score_classes import DETRACTORS_TO, PROMOTERS_FROM
from workbook.stats.agreement import cohen_kappa, krippendorff_alpha
from workbook.stats.data_table import DataTable

VERBATIM_LIMIT = 500
"""Characters of an answer that is printed instead of counted."""
_ENOUGH_CODED = 0.5
"""Below ``min_comments``, people's coding counts when it covers this share of the answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSummary:
    """The coded open answers of one survey.

    The theme counts of a question sum to more than its answers, since an answer may carry
    several themes.
    """

    open_answers: OpenAnswers | None = None
    """None when nobody wrote a word."""
    themes: tuple[Theme, ...] = ()
    """Most frequent first within a question; ``reason`` before ``improvement``."""
    uncoded_share: float | None = None
    """Answers with words but without a theme / answers with words; None when not counted."""


def summarise_themes(
    answers: DataTable, *, coding: Coding | None, frame: CodeFrame, language: str, params: Params
) -> ThemeSummary:
    """Return the themes of the open answers of one survey.

    An answer without a score counts in ``n`` of its themes only, never among detractors,
    passives or promoters, nor as a quote.  Fewer than ``params.min_comments`` answers are
    printed, not counted, unless people coded at least half of them; then only their coding
    counts and the rest is uncoded.

    Parameters
    ----------
    answers
        From :func:`workbook.diagnostics.loyalty.open_answers.coded_answers`; those whose text is
        blank are counted like the others and not quoted.
    """
    n = len(answers)
    if not n:
        return ThemeSummary()
    by_people = int(answers["coded"].sum())
    few, counted = _few(answers, params), _counted(answers, params)
    rows = answers.frame.assign(theme=_themes_of(answers, machine=not few))
    return ThemeSummary(
        open_answers=OpenAnswers(
            n=n,
            coded_by_people=by_people,
            machine=counted,
            verbatim=() if counted else _verbatim(rows),
            agreement=None if coding is None else coder_agreement(coding, frame, language),
        ),
        themes=_themes(rows, frame, language) if counted else (),
        uncoded_share=sum(not found for found in rows["theme"]) / n if counted else None,
    )


def themed(answers: DataTable, params: Params) -> pd.DataFrame:
    """Return the coded answers with their themes (``theme``), as the report counts them.

    Of few answers those that people coded; none where they are too few to be counted.
    """
    few = _few(answers, params)
    rows = answers.frame.assign(theme=_themes_of(answers, machine=not few))
    if not _counted(answers, params):
        return rows.iloc[:0]
    return rows.loc[rows["coded"]] if few else rows


def _few(answers: DataTable, params: Params) -> bool:
    """Return whether the machine's guess would be a large part of every count."""
    return len(answers) < params.min_comments


def _counted(answers: DataTable, params: Params) -> bool:
    by_people = int(answers["coded"].sum())
    return not _few(answers, params) or by_people >= _ENOUGH_CODED * max(len(answers), 1)


def _themes_of(answers: DataTable, *, machine: bool) -> "pd.Series[Any]":
    """Return the themes of each answer: the confirmed ones, else those proposed."""
    rows = zip(answers["coded"], answers["confirmed"], answers["proposed"], strict=True)
    found = [people if coded else (read if machine else ()) for coded, people, read in rows]
    return pd.Series(found, dtype=object)


def coder_agreement(coding: Coding, frame: CodeFrame, language: str) -> CoderAgreement | None:
    """Return how far the second coder agrees with the first; None without a second."""
    pairs = [(coding.first[key], second) for key, second in sorted(coding.second.items())]
    if not pairs:
        return None
    sets = [(frozenset(a.confirmed or ()), frozenset(b.confirmed or ())) for a, b in pairs]
    named = frame.in_order(theme for a, b in sets for theme in a | b)
    return CoderAgreement(
        n=len(pairs),
        alpha=krippendorff_alpha(sets, "masi"),
        kappas=tuple(
            (
                frame.label(theme, language),
                cohen_kappa([theme in a for a, _ in sets], [theme in b for _, b in sets]),
            )
            for theme in named
        ),
    )


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


def _verbatim(rows: pd.DataFrame) -> tuple[tuple[str, str, int], ...]:
    """Return what was written, question by question, in an order that tells nobody."""
    scored = rows.dropna(subset="score")
    found = [
        (str(question), shown(written, VERBATIM_LIMIT), int(score))
        for question, written, score in zip(
            scored["question"], scored["text"], scored["score"], strict=True
        )
        if written
    ]
    return tuple(sorted(found, key=lambda one: (QUESTIONS.index(one[0]), one[1:])))


def _themes(rows: pd.DataFrame, frame: CodeFrame, language: str) -> tuple[Theme, ...]:
    """Return the themes that occur, most frequent first within a question."""
    rows = rows.assign(themes=rows["theme"].map(len)).explode("theme")
    named = dict(list(rows.groupby(["question", "theme"], observed=True, sort=False)))
    return tuple(
        theme
        for question in QUESTIONS
        for theme in sorted(
            (
                _theme(named[question, one.id], question, one.id, one.label[language])
                for one in frame.themes
                if (question, one.id) in named
            ),
            key=lambda theme: -theme.n,
        )
    )


def _theme(rows: pd.DataFrame, question: str, theme: str, label: str) -> Theme:
    """Return one theme of one question from the answers that name it."""
    scored = rows.dropna(subset="score")
    low, high = scored["score"] <= DETRACTORS_TO, scored["score"] >= PROMOTERS_FROM
    # Several answers of one customer repeat its revenue.
    known = rows.dropna(subset="revenue").drop_duplicates("customer")["revenue"].tolist()
    candidates = zip(
        scored["text"], scored["score"], scored["themes"], scored["coded"], strict=True
    )
    return Theme(
        theme=theme,
        label=label,
        question=question,
        n=len(rows),
        detractors=int(low.sum()),
        passives=int((~low & ~high).sum()),
        promoters=int(high.sum()),
        revenue=sum(known) if known else None,
        customers=rows["customer"].nunique(),
        detractor_customers=scored.loc[low, "customer"].nunique(),
        quotes=best(
            QuoteCandidate(text=written, score=int(score), themes=themes, confirmed=coded)
            for written, score, themes, coded in candidates
            if written
        ),
    )
