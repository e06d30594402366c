"""Which figures of the respondents the report may tell, all of them audited together.

Everything that is told of scores of the survey goes in as the set of answers it counts: the
whole, waves, groups of every cut, those who wrote and those who did not, weighted indices, the
change of those who answered twice, what promoters and detractors did.  Marks of satisfaction are
audited likewise, parameter by parameter: other answers to other questions, so none of them
follows from a figure of the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import numbers, texts
from workbook.diagnostics.loyalty.answers import Answers, people
from workbook.diagnostics.loyalty.marks import Marks
from workbook.diagnostics.loyalty.nps import classes
from workbook.diagnostics.told_figures import Asked, Key, Told
from workbook.stats import Floats
from workbook.stats.clusters import Codes, cluster_codes
from workbook.stats.disclosure import Bools

_KEPT = {"respondent_id", "customer_id", "score"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SurveyFigures:
    """What the report would like to tell of the scores of the survey."""

    given: Answers
    """The answers of the headline."""
    rounds: Sequence[Answers]
    """The answers of each wave, newest first; with those of the headline all that count."""
    cuts: "Mapping[str, pd.Series[str]]"
    wrote: Bools | None = None
    """Of the headline, who wrote a comment."""
    weights: Mapping[str, Floats] = field(default_factory=dict)
    """What each answer of the headline counts for, by the way of weighting."""
    twice: "Sequence[pd.Series[float]]" = ()
    """Changes of those who answered twice: what each answer counts for."""
    deeds: Mapping[str, pd.Index] = field(default_factory=dict)
    """Rows of customers who did something, by what they did."""


def told_of_scores(asked: SurveyFigures, *, threshold: int) -> Told:
    """Return which figures of the scores may be told together.

    Groups are ``(cut, group)``; the others ``("comment", "commented" or "silent")``,
    ``("weighted", way)``, ``("twice", place)`` and ``("deed", name)``.
    """
    frames = [part.frame for part in (asked.given, *asked.rounds)]
    survey = pd.concat([frame[sorted(_KEPT & {*frame})] for frame in frames])
    survey = survey.loc[~survey.index.duplicated()]
    found = Asked(rows=survey.index)
    # The whole and the waves are told whatever follows: all other figures are held against them.
    found.add(("whole", ""), found.rows_of(asked.given.frame))
    for number, part in enumerate(asked.rounds):
        found.add(("wave", str(number)), found.rows_of(part.frame))
    always = len(found)
    found.add_cuts(asked.cuts)
    for key, weights in _others(asked, found):
        found.add(key, weights)
    return found.told(
        whose=people(survey),
        accounts=_accounts(survey),
        classes=np.asarray(classes(numbers(survey, "score")) + 1, dtype=np.intp),
        always=always,
        threshold=threshold,
    )


def _others(asked: SurveyFigures, found: Asked) -> Iterator[tuple[Key, Floats]]:
    frame = asked.given.frame
    if asked.wrote is not None:
        yield ("comment", "commented"), found.rows_of(frame.loc[asked.wrote])
        yield ("comment", "silent"), found.rows_of(frame.loc[~asked.wrote])
    for by, weights in asked.weights.items():
        yield ("weighted", by), found.weights_of(frame, weights)
    for place, changes in enumerate(asked.twice):
        yield ("twice", str(place)), found.weights_of(changes.to_frame(), changes.to_list())
    for name, rows in asked.deeds.items():
        yield ("deed", name), found.rows_of(pd.DataFrame(index=rows))


def told_of_marks(given: Marks, threshold: int, *, whole: bool = True) -> Told:
    """Return which parameters (``("", parameter)``) and which of their products may be told.

    Parameters
    ----------
    whole
        The marks are a survey of their own, which is told parameter by parameter even where fewer
        people than the threshold answered it at all.
    """
    frame = given.frame
    parameters = sorted(set(frame["parameter"]))
    if whole and frame["giver"].nunique() < threshold:
        return frozenset(("", parameter) for parameter in parameters)
    found = Asked(rows=frame.index)
    found.add_cuts({"": frame["parameter"]})
    found.add_cuts({name: frame.loc[frame["parameter"] == name, "product"] for name in parameters})
    told = found.told(
        whose=cluster_codes(frame["giver"]),
        accounts=cluster_codes(frame["cluster"]),
        classes=cluster_codes(frame["mark"]),
        always=0,
        threshold=threshold,
    )
    return frozenset(key for key in told if key[0] == "" or ("", key[0]) in told)


def _accounts(survey: pd.DataFrame) -> Codes:
    named = texts(survey, "customer_id").to_numpy(dtype=object)
    return cluster_codes([name or f"\0{i}" for i, name in enumerate(named)])
