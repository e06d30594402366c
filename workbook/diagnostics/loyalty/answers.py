"""The answers of the survey: which rows count, in which wave, from whom."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, has, natural, numbers, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.nps import Counts, classes, count
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.score_classes import score_classes
from workbook.stats import Floats
from workbook.stats.clusters import Codes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """Rows of the survey that have a score, and how many have none."""

    frame: pd.DataFrame
    """Columns as in ``survey``; every row has a score."""
    missing: int

    @property
    def n(self) -> int:
        """Number of scores."""
        return len(self.frame)

    @property
    def scores(self) -> Floats:
        """Scores in row order."""
        return numbers(self.frame, "score")

    @property
    def values(self) -> Floats:
        """Class values -1, 0, 1 in row order."""
        return classes(self.scores)

    @property
    def counts(self) -> Counts:
        """Answers by class."""
        return count(self.scores)


def answers(survey: pd.DataFrame, params: Params) -> Answers:
    """Return the rows with a score.

    Raises
    ------
    ValueError
        When a score is not a whole number of the scale: the intake refuses such files.
    """
    scores = numbers(survey, "score")
    known = ~np.isnan(scores)
    given, scale = scores[known], score_classes(params.scale).scores
    wrong = given[(given < scale[0]) | (given > scale[-1]) | (given % 1 != 0)]
    if len(wrong):
        raise ValueError(f"{len(wrong)} scores outside {params.scale}, the first is {wrong[0]:g}")
    return Answers(frame=survey.loc[known], missing=int((~known).sum()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Headline:
    """The rows of the survey that the headline index covers (``Params.headline``)."""

    rows: pd.DataFrame
    """With or without a score."""
    given: Answers
    """Those with a score."""
    wave: str | None
    """The wave that they are; None where they are all rows."""


def headline(survey: pd.DataFrame, params: Params) -> Headline:
    """Return what the headline index covers."""
    wave = headline_wave(survey, params)
    rows = survey if wave is None else survey.loc[texts(survey, "wave") == wave]
    return Headline(rows=rows, given=answers(rows, params), wave=wave)


def headline_wave(survey: pd.DataFrame, params: Params) -> str | None:
    """Return the wave that the headline index covers; None where it covers all answers.

    A wave that has just begun says nothing yet: the latest one that carries an index is taken.
    """
    order = wave_order(survey)
    if params.headline == "all" or not order:
        return None
    scored = texts(survey, "wave").loc[~np.isnan(numbers(survey, "score"))].value_counts()
    carrying = [wave for wave in order if scored.get(wave, 0) >= max(1, params.min_n)]
    return carrying[-1] if carrying else order[-1]


def wave_order(survey: pd.DataFrame) -> list[str]:
    """Return the labels of the waves, oldest first: by first date, then by natural order.

    Rows without a label belong to no wave.
    """
    if not has(survey, "wave"):
        return []
    labels = texts(survey, "wave")
    named = labels != ""
    return in_order_of_time(labels[named], dates(survey, "date")[named])


def in_order_of_time(labels: "pd.Series[str]", days: "pd.Series[pd.Timestamp]") -> list[str]:
    """Return each label once: by its first day, then by natural order; without days last."""
    starts = days.groupby(labels).min()
    latest = pd.Timestamp.max
    return sorted(
        (str(label) for label in starts.index),
        key=lambda w: (latest if pd.isna(starts[w]) else starts[w], natural(w)),
    )


def people(frame: pd.DataFrame) -> Codes:
    """Return the number of the person behind each row: the respondent, else the row itself."""
    named = texts(frame, "respondent_id")
    rows = pd.Series([f"\0{i}" for i in range(len(frame))], index=frame.index, dtype="str")
    return np.asarray(pd.factorize(named.where(named != "", rows))[0], dtype=np.intp)


def small_waves(survey: pd.DataFrame, threshold: int) -> tuple[str, ...]:
    """Return the labels of waves in which fewer people than ``threshold`` gave a score.

    Rows without a label are a wave, too, where others have one: they could be told from the
    whole and the waves.  Where every wave is small none is left out; then waves are not told.
    """
    labels = wave_labels(survey)
    if labels is None:
        return ()
    scored = ~np.isnan(numbers(survey, "score"))
    who = pd.Series(people(survey), index=survey.index)
    sizes = who[scored].groupby(labels[scored]).nunique()
    small = [str(label) for label in dict.fromkeys(labels) if sizes.get(label, 0) < threshold]
    return tuple(small)


def small_waves_in_whole(survey: pd.DataFrame, threshold: int) -> bool:
    """Return whether the small waves stay in the figures of the whole.

    Whoever takes the told waves from the whole is left with the small ones together: these must
    be ``threshold`` people, or have given no score at all.
    """
    labels = wave_labels(survey)
    if labels is None:
        return True
    few = labels.isin(small_waves(survey, threshold)).to_numpy()
    scored = ~np.isnan(numbers(survey, "score"))
    together = len(set(people(survey)[few & scored].tolist()))
    return together == 0 or together >= threshold


def wave_labels(survey: pd.DataFrame) -> "pd.Series[str] | None":
    """Return the wave of each row; None of a survey without waves."""
    return texts(survey, "wave") if has(survey, "wave") else None


def without_small_waves(survey: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Return the survey with no small wave; as one round where all its waves are small.

    The answers of small waves stay, without a wave, where they are enough people together.
    """
    labels, small = wave_labels(survey), small_waves(survey, threshold)
    if labels is None or not small:
        return survey
    if set(small) == set(labels):
        return survey.drop(columns="wave")
    few = labels.isin(small)
    if small_waves_in_whole(survey, threshold):
        return survey.assign(wave=labels.mask(few, ""))
    return survey.loc[~few]


def guarded(inputs: Inputs) -> Inputs:
    """Return the inputs without waves of few people, here and in the previous engagement."""
    if inputs.previous is not None:
        alike = replace(inputs.previous, anonymity_threshold=inputs.anonymity_threshold)
        inputs = replace(inputs, previous=guarded(alike))
    survey = inputs.tables.get("survey")
    if survey is None:
        return inputs
    kept = without_small_waves(survey, inputs.anonymity_threshold)
    return replace(inputs, tables={**inputs.tables, "survey": kept})


def givers(frame: pd.DataFrame) -> "pd.Series[str]":
    """Return whom each row stands for: the customer, else the respondent, else the row itself.

    Keys that are no customer start with NUL, so that none of the three is taken for another.
    """
    customer, respondent = texts(frame, "customer_id"), texts(frame, "respondent_id")
    rows = pd.Series([f"\0\0{i}" for i in frame.index], index=frame.index, dtype="str")
    named = ("\0" + respondent).where(respondent != "", rows)
    return customer.where(customer != "", named)
