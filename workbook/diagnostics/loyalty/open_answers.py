"""The open answers of a survey, one row each: what was written, by whom, and what it is about.

The machine proposes themes; what people coded is preferred.  No sentiment is guessed: whether a
theme is praise or blame is told by the score beside it.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import pandas as pd

from workbook.diagnostics.cells import numbers
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.code_frame import CodeFrame
from workbook.diagnostics.loyalty.coding import Coding, answer_id
from workbook.diagnostics.loyalty.phrases import Matcher, matcher
from workbook.diagnostics.loyalty.sales import yearly_revenue
from workbook.language.catalog import LANGUAGES
from workbook.language.lemmas import bare, has_letters, written_in
from workbook.stats.data_table import DataTable, choice, flag, number, parts, text, whole

QUESTIONS = ("reason", "improvement")
"""Columns of the survey with open answers, in the order of the report."""
_READ = 5000
"""Characters of an answer that the machine reads."""

Revenue = Mapping[str, float]
ANSWERS = (
    text("answer_id", "Respondent, wave and question: what a coding file names."),
    choice("question", "The column of the survey.", QUESTIONS),
    text("text", "What was written, as it was written."),
    whole("score", "The score beside it.", optional=True),
    text("customer", "The customer, or the respondent where there is none."),
    number("revenue", "Yearly revenue of that customer.", unit="money", optional=True),
    parts("proposed", "Themes that the machine found, in the order of the frame."),
    flag("coded", "A person confirmed its themes."),
    parts("confirmed", "These themes; empty where nobody has, or where it is about none."),
    text("coder", "Who confirmed them; empty where nobody has."),
)


def propose(texts: Iterable[str], frame: CodeFrame, language: str) -> list[tuple[str, ...]]:
    """Return the themes that the words of each text name, in the order of the frame.

    The engagement's language is tried first.  An answer in another of the three languages is
    read by that one: where the script does not fit, and where another language with the same
    script recognises more of its words.
    """
    order = (language, *(other for other in LANGUAGES if other != language))
    return [_recognised(written[:_READ], order, frame) for written in texts]


@lru_cache(maxsize=16)
def _matcher(frame: CodeFrame, language: str) -> Matcher:
    words = [(theme.id, theme.words[language]) for theme in frame.themes]
    return matcher(words, frame.neutral.get(language, ()), language=language, window=frame.window)


# The sheet for people to code and the themes of the report read the same answers: the second
# reading of even a very long survey costs nothing.
@lru_cache(maxsize=200_000)
def _recognised(written: str, order: tuple[str, ...], frame: CodeFrame) -> tuple[str, ...]:
    readings = [_matcher(frame, of).themes(written) for of in order if written_in(written, of)]
    themes = max(readings, key=lambda reading: reading[1], default=(frozenset[str](), 0))[0]
    return frame.in_order(themes)


def has_words(cell: object, frame: CodeFrame) -> bool:
    """Return whether a cell holds an answer: "-", "n/a" or "nothing" alone say nothing."""
    if not isinstance(cell, str) or not has_letters(cell):  # a smile is no answer
        return False
    return bare(cell[:_READ]) not in frame.nothing


def open_answers(
    rows: pd.DataFrame, inputs: Inputs, *, frame: CodeFrame, coding: Coding | None
) -> DataTable:
    """Return the open answers of these rows of the survey (see :func:`coded_answers`)."""
    return coded_answers(
        rows, coding=coding, frame=frame, language=inputs.language, revenue=yearly_revenue(inputs)
    )


def told_answers(
    rows: pd.DataFrame, inputs: Inputs, *, frame: CodeFrame, coding: Coding | None
) -> DataTable:
    """Return the open answers with their text as reports show it: blank where they do not."""
    return _with_text(
        open_answers(rows, inputs, frame=frame, coding=coding), inputs.verbatims.shown
    )


def answers_to_code(
    rows: pd.DataFrame, inputs: Inputs, *, frame: CodeFrame, coding: Coding | None
) -> DataTable:
    """Return the open answers as the people see them who code them."""
    return _with_text(
        open_answers(rows, inputs, frame=frame, coding=coding), inputs.verbatims.masked
    )


def _with_text(answers: DataTable, written: Callable[[str], str]) -> DataTable:
    return DataTable(ANSWERS, answers.frame.assign(text=answers.frame["text"].map(written)))


def coded_answers(
    survey: pd.DataFrame,
    *,
    coding: Coding | None,
    frame: CodeFrame,
    language: str,
    revenue: "Revenue | pd.Series[float] | None" = None,
) -> DataTable:
    """Return every open answer with words (:data:`ANSWERS`), question by question.

    Within a question they are in the order of the survey.

    Parameters
    ----------
    survey
        Table ``survey``; columns ``reason`` and ``improvement`` may be absent.
    revenue
        Yearly revenue by customer_id (by respondent_id where the survey has no customers);
        None: the survey's own column ``revenue`` where it has one.
    """
    asked = [_written(survey, question, frame) for question in QUESTIONS if question in survey]
    if not asked or not any(map(len, asked)):
        return DataTable.empty(ANSWERS)
    rows = pd.concat(asked, ignore_index=True)
    first = {} if coding is None else coding.first
    coded = [first.get(key) for key in rows["answer_id"]]
    proposals = propose(rows["text"], frame, language)
    made = rows.assign(
        revenue=rows["customer"].map(_revenues(survey, revenue)).astype(float),
        proposed=pd.Series(proposals, dtype=object),
        coded=[row is not None for row in coded],
        confirmed=pd.Series([(row.confirmed or ()) if row else () for row in coded], dtype=object),
        coder=["" if row is None else row.coder for row in coded],
    )
    return DataTable(ANSWERS, made)


def _written(survey: pd.DataFrame, question: str, frame: CodeFrame) -> pd.DataFrame:
    """Return the answers to one question that say something: the first columns of the table."""
    rows = survey.loc[[has_words(cell, frame) for cell in survey[question]]]
    waves = rows["wave"] if "wave" in rows else [""] * len(rows)
    keys = [
        answer_id(respondent, wave if isinstance(wave, str) else "", question)
        for respondent, wave in zip(rows["respondent_id"], waves, strict=True)
    ]
    return pd.DataFrame(
        {
            "answer_id": keys,
            "question": question,
            "text": rows[question].astype(object).to_numpy(),
            "score": pd.array(numbers(rows, "score"), dtype="Float64").astype("Int64"),
            "customer": _customers(rows).to_numpy(),
        }
    )


def _customers(survey: pd.DataFrame) -> "pd.Series[str]":
    """Return the customer of each row, or the respondent where there is none."""
    respondents = survey["respondent_id"].astype("str")
    if "customer_id" not in survey:
        return respondents
    return survey["customer_id"].astype("str").fillna(respondents)


def _revenues(
    survey: pd.DataFrame, revenue: "Revenue | pd.Series[float] | None"
) -> "pd.Series[float]":
    """Return known revenue by customer; rows of one customer repeat it, they do not add up."""
    if revenue is not None:
        return pd.Series(revenue, dtype=float).dropna()
    if "revenue" not in survey:
        return pd.Series(dtype=float)
    own = pd.Series(numbers(survey, "revenue"), index=survey.index).dropna()
    return own.groupby(_customers(survey).loc[own.index]).max().clip(lower=0)
