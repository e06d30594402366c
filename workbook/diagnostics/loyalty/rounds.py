"""The rounds of all periods in order of time, and which answers of earlier ones this one meets.

Every row belongs to one period (:mod:`workbook.diagnostics.periods.rows`), so no answer is in two
rounds, and a round of an earlier period lies before those of a later one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import (
    Headline,
    answers,
    headline,
    in_order_of_time,
    people,
)
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.wave_changes import Round
from workbook.stats.clusters import cluster_count

BESIDE = " · "
"""Between a label that stands for two rounds and the period of one of them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """The answers of one round, or of several together, with the rows that have no score."""

    label: str
    rows: pd.DataFrame
    """Rows of earlier periods are numbered below those of this one."""

    def round(self, params: Params) -> Round:
        """Return its answers."""
        return Round(label=self.label, given=answers(self.rows, params))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rounds:
    """All rounds, oldest first."""

    earlier: tuple[Round, ...] = ()
    own: tuple[Round, ...] = ()
    now: Round
    """The headline answers: the only round of this period where it has one."""
    before: Round | None = None
    """What they are compared with; None where no earlier period carries an index."""

    @property
    def all(self) -> tuple[Round, ...]:
        """Every round."""
        return (*self.earlier, *self.own)


def rounds(inputs: Inputs, params: Params, *, head: Headline) -> Rounds:
    """Return the rounds of all periods, and what the headline is compared with.

    An earlier period that has no waves is one round under its label.  A label that stands for
    rounds of two periods is told apart by these (``1 · 2025-H2``).
    """
    earlier = _earlier(inputs, params)
    own = _rounds_of(inputs.tables["survey"])
    every = [(period.label, parts) for period, parts in earlier] + [(inputs.label, own)]
    renamed = _told_apart(every)
    past = [(p, parts) for (p, _), parts in zip(earlier, renamed[:-1], strict=True)]
    own, single = renamed[-1], len(own) < 2
    made = [part.round(params) for part in own]
    now = Round(label=_label_of(head, renamed, inputs), given=head.given)
    if single and past:
        made = [now]
    elif head.wave is not None:
        now = next((one for one in made if one.label == now.label), now)
    # What is compared is a round of the list, so that it is known for the neighbour it may be.
    known = [(part, part.round(params)) for _, parts in past for part in parts]
    before = _before(past, params, whole=not single and head.wave is None)
    return Rounds(
        earlier=tuple(one for _, one in known),
        own=tuple(made),
        now=now,
        before=next((one for part, one in known if part is before), None)
        or (before.round(params) if before else None),
    )


def met_in(period: Inputs, newest: Inputs, params: Params) -> Headline | None:
    """Return the answers of an earlier period that the newest one is compared with.

    Of the newest itself those of its headline; None where a period has none that may be told.

    Parameters
    ----------
    period
        One of ``newest.periods``.
    """
    survey = period.tables.get("survey")
    if survey is None:
        return None
    head = headline(survey, params)
    if period is newest:
        return head
    own = newest.tables.get("survey")
    whole = own is not None and compares_whole(newest, headline(own, params))
    parts = _told_rounds(period, survey, params)
    found = _before([(period, parts)], params, whole=whole)
    if found is None:
        return None
    return Headline(rows=found.rows, given=answers(found.rows, params), wave=found.label)


def compares_whole(inputs: Inputs, head: Headline) -> bool:
    """Return whether the headline is of several waves of a period together."""
    waves = _rounds_of(inputs.tables["survey"])
    return head.wave is None and len(waves) > 1


def carries(part: Round, params: Params) -> bool:
    """Return whether a round has enough answers for an index."""
    return part.given.n >= max(1, params.min_n)


def _earlier(inputs: Inputs, params: Params) -> list[tuple[Inputs, list[Part]]]:
    """Return the rounds of each earlier period with a survey that may be told, oldest first."""
    own = inputs.tables["survey"]
    below = int(min(own.index.min(), 0)) if len(own) else 0
    found: list[tuple[Inputs, list[Part]]] = []
    for period in reversed(inputs.periods[:-1]):
        survey = period.tables.get("survey")
        if survey is None:
            continue
        numbered = survey.set_axis(below - 1 - np.arange(len(survey)))
        below -= len(survey)
        parts = _told_rounds(period, numbered, params)
        found += [(period, parts)] if parts else []
    return found[::-1]


def _told_rounds(period: Inputs, survey: pd.DataFrame, params: Params) -> list[Part]:
    """Return the rounds of an earlier period in which enough people gave a score.

    Parameters
    ----------
    survey
        Its table, however the rows are numbered.
    """
    own_file = period.tables["survey"].index >= 0
    named = bool((texts(survey, "wave")[own_file] != "").any())
    return [
        part
        for part in _rounds_of(survey, unnamed=None if named else period.label)
        if _people(part, params) >= max(1, period.anonymity_threshold)
    ]


def _people(part: Part, params: Params) -> int:
    return cluster_count(people(answers(part.rows, params).frame))


def _rounds_of(survey: pd.DataFrame, *, unnamed: str | None = None) -> list[Part]:
    """Return the rows of each round of one period, oldest first.

    Parameters
    ----------
    unnamed
        What the rows without a wave are called, where the file of their period names no wave at
        all; None: they are in no round.
    """
    labels = texts(survey, "wave")
    counts = labels != ""
    if unnamed is not None:
        labels, counts = labels.mask(~counts, unnamed), counts | True
    order = in_order_of_time(labels[counts], dates(survey, "date")[counts])
    return [Part(label=label, rows=survey.loc[counts & (labels == label)]) for label in order]


def _told_apart(periods: Sequence[tuple[str, Sequence[Part]]]) -> list[list[Part]]:
    """Return the rounds under labels that each stand for one."""
    times = Counter(part.label for _, parts in periods for part in parts)
    return [
        [
            part
            if times[part.label] < 2 or part.label == label
            else replace(part, label=f"{part.label}{BESIDE}{label}")
            for part in parts
        ]
        for label, parts in periods
    ]


def _label_of(head: Headline, renamed: Sequence[Sequence[Part]], inputs: Inputs) -> str:
    """Return what the headline answers are called."""
    own = renamed[-1]
    if len(own) == 1:
        return own[0].label
    if head.wave is None:
        return inputs.label
    apart = f"{head.wave}{BESIDE}{inputs.label}"
    return apart if any(part.label == apart for part in own) else head.wave


def _before(
    periods: Sequence[tuple[Inputs, Sequence[Part]]], params: Params, *, whole: bool
) -> Part | None:
    """Return what the headline is compared with: of the last earlier period that carries an index.

    Parameters
    ----------
    whole
        The headline is of several rounds: it meets the rounds that ended within the window of
        the earlier period; else, and where none did, it meets its latest round.
    """
    for period, parts in reversed(periods):
        carrying = [part for part in parts if carries(part.round(params), params)]
        together = _within(period, parts) if whole else None
        if together is not None and carries(together.round(params), params):
            return together
        if carrying:
            return carrying[-1]
    return None


def _within(period: Inputs, parts: Sequence[Part]) -> Part | None:
    """Return the rounds that ended in the window of a period, taken together."""
    window = period.window
    inside = [
        part
        for part in parts
        if window is None
        or pd.Timestamp(window.first) <= dates(part.rows, "date").max() <= pd.Timestamp(window.last)
    ]
    if len(inside) < 2:
        return inside[0] if inside else None
    return Part(label=period.label, rows=pd.concat([part.rows for part in inside]))
