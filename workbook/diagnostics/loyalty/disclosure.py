"""Which figures of the respondents the report may tell, all of them audited together.

Everything that is told of scores of the survey goes in as the set of answers it counts: the
whole, waves, groups of every cut, those who wrote and those who did not, weighted indices, the
change of those who answered twice, what promoters and detractors did.  Marks of satisfaction are
audited likewise, parameter by parameter: other answers to other questions, so none of them
follows from a figure of the other.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from workbook.diagnostics.cells import numbers, texts
from workbook.diagnostics.loyalty.answers import Answers, people
from workbook.diagnostics.loyalty.marks import Marks
from workbook.diagnostics.loyalty.nps import classes
from workbook.stats import Floats
from workbook.stats.clusters import Codes, cluster_codes
from workbook.stats.disclosure import Bools, Publications, publishable

Key: TypeAlias = tuple[str, str]
"""What is told (``segment``, ``comment``, ``weighted`` …) and of whom."""
Told: TypeAlias = frozenset[Key]
_KEPT = {"respondent_id", "customer_id", "score"}


@dataclass(slots=True, eq=False)
class Asked:
    """The sets of answers whose figures the report asks for, in order of importance."""

    rows: pd.Index
    """The answers."""
    _keys: list[Key] = field(default_factory=list)
    _columns: list[Any] = field(default_factory=list)
    _cuts: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many figures are asked for."""
        return len(self._keys)

    def rows_of(self, frame: pd.DataFrame) -> Floats:
        """Return 1 for the answers of a frame, 0 for all others."""
        return self.weights_of(frame, np.ones(len(frame), dtype=np.float64))

    def weights_of(self, frame: pd.DataFrame, weights: npt.ArrayLike) -> Floats:
        """Return what each answer of a frame counts for, 0 for all others."""
        found = np.zeros(len(self.rows))
        found[self.rows.get_indexer(frame.index)] = np.asarray(weights)
        return found

    def add(self, key: Key, weights: Floats, *, cut: int = -1) -> None:
        """Ask for one figure."""
        if (weights != 0).any():
            self._keys.append(key)
            self._columns.append(sparse.csc_array(weights[:, None]))
            self._cuts.append(cut)

    def add_cuts(self, cuts: "Mapping[str, pd.Series[str]]") -> None:
        """Ask for all groups of several cuts, the largest first."""
        found = []
        for number, (by, labels) in enumerate(cuts.items(), start=len(set(self._cuts))):
            codes, names = pd.factorize(labels, sort=True)
            at = self.rows.get_indexer(labels.index)
            inside = sparse.csc_array(
                (np.ones(len(at)), (at, codes)), shape=(len(self.rows), len(names))
            )
            sizes = np.bincount(codes, minlength=len(names))
            found += [
                (-int(size), number, place, (by, str(name)), inside[:, [place]])
                for place, (name, size) in enumerate(zip(names, sizes, strict=True))
            ]
        for _, number, _, key, column in sorted(found, key=lambda one: one[:3]):
            self._keys.append(key)
            self._columns.append(column)
            self._cuts.append(number)

    def told(
        self, *, whose: Codes, accounts: Codes, classes: Codes, always: int, threshold: int
    ) -> Told:
        """Return the figures that may be told together."""
        if not self._keys:
            return frozenset()
        asked = Publications(
            sets=sparse.hstack(self._columns, format="csc"),
            people=whose,
            answers=classes,
            cuts=np.array(self._cuts),
            always=always,
            guarded=sparse.csc_array(
                (np.ones(len(accounts)), (np.arange(len(accounts)), accounts))
            ),
        )
        told = publishable(asked, threshold=threshold)
        return frozenset(key for key, shown in zip(self._keys, told, strict=True) if shown)


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


def named(told: Told, kind: str) -> frozenset[str]:
    """Return the names of one kind of figure that may be told."""
    return frozenset(name for what, name in told if what == kind)


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


def apart(inside: Collection[str], whole: Collection[str], threshold: int) -> bool:
    """Tell whether a part of some people and its rest are both nobody or enough."""
    part, rest = len(set(inside)), len(set(whole) - set(inside))
    return all(n == 0 or n >= threshold for n in (part, rest))


def _accounts(survey: pd.DataFrame) -> Codes:
    named = texts(survey, "customer_id").to_numpy(dtype=object)
    return cluster_codes([name or f"\0{i}" for i, name in enumerate(named)])
