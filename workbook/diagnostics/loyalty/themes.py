"""The open answers by theme: proposals of the machine, people's coding preferred.

No sentiment is guessed: whether a theme is praise or blame is told by the score beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from workbook.diagnostics.loyalty.code_frame import CodeFrame
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.phrases import Matcher, matcher
from workbook.diagnostics.loyalty.quotes import Candidate, best, shown
from workbook.diagnostics.loyalty.result import CoderAgreement, OpenAnswers, Theme
from workbook.diagnostics.loyalty.score_classes import DETRACTORS_TO, PROMOTERS_FROM
from workbook.diagnostics.loyalty.sources.coding_file import Coding, answer_id
from workbook.diagnostics.loyalty.theme_summary import NOTHING, ThemeSummary
from workbook.language.catalog import LANGUAGES
from workbook.language.lemmas import bare, has_letters, written_in
from workbook.stats.agreement import cohen_kappa, krippendorff_alpha

QUESTIONS = ("reason", "improvement")
"""Columns of the survey with open answers, in the order of the report."""
VERBATIM_LIMIT = 500
"""Characters of an answer that is printed instead of counted."""
_READ = 5000
"""Characters of an answer that the machine reads."""
_ENOUGH_CODED = 0.5
"""Below ``min_comments``, people's coding counts when it covers this share of the answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One open answer with its themes."""

    answer_id: str
    question: str
    text: str
    score: int | None
    customer: str
    """customer_id, or respondent_id where there is none."""
    revenue: float | None
    proposed: tuple[str, ...]
    """Themes the machine found, in the order of the frame."""
    confirmed: tuple[str, ...] | None
    """Themes a person confirmed; None while nobody has."""
    coder: str = ""

    @property
    def themes(self) -> tuple[str, ...]:
        """The confirmed themes, or the proposed ones."""
        return self.proposed if self.confirmed is None else self.confirmed


def propose(texts: Iterable[str], frame: CodeFrame, language: str) -> list[tuple[str, ...]]:
    """Return the themes that the words of each text name, in the order of the frame.

    The engagement's language is tried first.  An answer in another of the three languages is
    read by that one: where the script does not fit, and where another language with the same
    script recognises more of its words.
    """
    order = (language, *(other for other in LANGUAGES if other != language))
    return [_recognised(text[:_READ], order, frame) for text in texts]


@lru_cache(maxsize=16)
def _matcher(frame: CodeFrame, language: str) -> Matcher:
    words = [(theme.id, theme.words[language]) for theme in frame.themes]
    return matcher(words, frame.neutral.get(language, ()), language=language, window=frame.window)


@lru_cache(maxsize=20_000)
def _recognised(text: str, order: tuple[str, ...], frame: CodeFrame) -> tuple[str, ...]:
    readings = [_matcher(frame, of).themes(text) for of in order if written_in(text, of)]
    themes = max(readings, key=lambda reading: reading[1], default=(frozenset[str](), 0))[0]
    return frame.in_order(themes)


def has_words(text: object, frame: CodeFrame) -> bool:
    """Tell whether a cell holds an answer: "-", "n/a" or "nothing" alone say nothing."""
    if not isinstance(text, str) or not has_letters(text):
        return False
    return bare(text[:_READ]) not in frame.nothing


def coded_answers(
    survey: pd.DataFrame,
    *,
    coding: Coding | None,
    frame: CodeFrame,
    language: str,
    revenue: "Mapping[str, float] | pd.Series[float] | None" = None,
) -> tuple[Answer, ...]:
    """Return every open answer with words, in the order of the survey, question by question.

    Parameters
    ----------
    survey
        Table ``survey``; columns ``reason`` and ``improvement`` may be absent.
    revenue
        Yearly revenue by customer_id (by respondent_id where the survey has no customers);
        None: the survey's own column ``revenue`` where it has one.
    """
    rows = [
        (question, row)
        for question in QUESTIONS
        if question in survey
        for row in survey.to_dict("records")
        if has_words(row[question], frame)
    ]
    proposals = propose((row[question] for question, row in rows), frame, language)
    coded = {} if coding is None else coding.first
    known = _revenues(survey, revenue)
    return tuple(
        _answer(row, question, proposed, coded=coded, known=known)
        for (question, row), proposed in zip(rows, proposals, strict=True)
    )


def _answer(
    row: Mapping[Any, Any],
    question: str,
    proposed: tuple[str, ...],
    *,
    coded: Mapping[str, Any],
    known: Mapping[str, float],
) -> Answer:
    wave = row.get("wave")
    key = answer_id(row["respondent_id"], wave if isinstance(wave, str) else "", question)
    found = coded.get(key)
    customer = _customer(row)
    return Answer(
        answer_id=key,
        question=question,
        text=row[question],
        score=None if pd.isna(row["score"]) else int(row["score"]),
        customer=customer,
        revenue=known.get(customer),
        proposed=proposed,
        confirmed=None if found is None else found.confirmed,
        coder="" if found is None else found.coder,
    )


def _customer(row: Mapping[Any, Any]) -> str:
    customer = row.get("customer_id")
    return customer if isinstance(customer, str) else str(row["respondent_id"])


def _revenues(
    survey: pd.DataFrame, revenue: "Mapping[str, float] | pd.Series[float] | None"
) -> dict[str, float]:
    """Return known revenue by customer; rows of one customer repeat it, they do not add up."""
    if revenue is not None:
        return {str(k): float(v) for k, v in revenue.items() if not pd.isna(v)}
    found: dict[str, float] = {}
    if "revenue" in survey:
        for row in survey.to_dict("records"):
            if not pd.isna(row["revenue"]):
                customer = _customer(row)
                found[customer] = max(found.get(customer, 0.0), float(row["revenue"]))
    return found


def summarise_themes(
    survey: pd.DataFrame,
    *,
    coding: Coding | None,
    frame: CodeFrame,
    language: str,
    params: Params,
    revenue: "Mapping[str, float] | pd.Series[float] | None" = None,
) -> ThemeSummary:
    """Return the themes of the open answers of one survey.

    An answer without a score counts in ``n`` of its themes only, never among detractors,
    passives or promoters, nor as a quote.  Fewer than ``params.min_comments`` answers are
    printed, not counted, unless people coded at least half of them; then only their coding
    counts and the rest is uncoded.

    See :func:`coded_answers` for the parameters.
    """
    answers = coded_answers(survey, coding=coding, frame=frame, language=language, revenue=revenue)
    if not answers:
        return NOTHING
    by_people = sum(a.confirmed is not None for a in answers)
    few = len(answers) < params.min_comments
    counted = not few or by_people >= _ENOUGH_CODED * len(answers)
    if few:
        answers = tuple(replace(a, proposed=()) for a in answers)
    return ThemeSummary(
        open_answers=OpenAnswers(
            n=len(answers),
            coded_by_people=by_people,
            machine=counted,
            verbatim=() if counted else _verbatim(answers),
            agreement=None if coding is None else coder_agreement(coding, frame, language),
        ),
        themes=_themes(answers, frame, language) if counted else (),
        uncoded_share=sum(not a.themes for a in answers) / len(answers) if counted else None,
    )


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


def _verbatim(answers: Sequence[Answer]) -> tuple[tuple[str, str, int], ...]:
    """Return what was written, question by question, in an order that tells nobody."""
    found = [
        (a.question, shown(a.text, VERBATIM_LIMIT), a.score) for a in answers if a.score is not None
    ]
    return tuple(sorted(found, key=lambda one: (QUESTIONS.index(one[0]), one[1:])))


def _themes(answers: Sequence[Answer], frame: CodeFrame, language: str) -> tuple[Theme, ...]:
    """Return the themes that occur, most frequent first within a question."""
    found = [
        _theme(
            [a for a in asked if theme.id in a.themes], question, theme.id, theme.label[language]
        )
        for question in QUESTIONS
        for asked in [[a for a in answers if a.question == question]]
        for theme in frame.themes
    ]
    order = {question: i for i, question in enumerate(QUESTIONS)}
    return tuple(sorted((t for t in found if t.n), key=lambda t: (order[t.question], -t.n)))


def _theme(answers: Sequence[Answer], question: str, theme: str, label: str) -> Theme:
    scores = [a.score for a in answers if a.score is not None]
    known = {a.customer: a.revenue for a in answers if a.revenue is not None}
    return Theme(
        theme=theme,
        label=label,
        question=question,
        n=len(answers),
        detractors=sum(score <= DETRACTORS_TO for score in scores),
        passives=sum(DETRACTORS_TO < score < PROMOTERS_FROM for score in scores),
        promoters=sum(score >= PROMOTERS_FROM for score in scores),
        revenue=sum(known.values()) if known else None,
        customers=len({a.customer for a in answers}),
        detractor_customers=len(
            {a.customer for a in answers if a.score is not None and a.score <= DETRACTORS_TO}
        ),
        quotes=best(
            Candidate(
                text=a.text,
                score=a.score,
                themes=len(a.themes),
                confirmed=a.confirmed is not None,
            )
            for a in answers
            if a.score is not None
        ),
    )
