"""What changed: every measure of a diagnostic now and in the periods before, with its test.

A difference that nobody can test is shown and called neither up nor down.  All comparisons of one
kind are one family (the method: periods, 2).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar

import numpy as np

from workbook.diagnostics.periods.measure import Measure, Sample, Unit, test_of
from workbook.stats import Family, Procedure, holm
from workbook.stats.families import holm_family

FAMILIES = "periods."
"""What the ids of the families of these tests begin with; the kind of figure follows."""
FEWEST_OF_A_TREND = 3
"""Periods that make a trend."""
_SAME = 1e-9


class Course(StrEnum):
    """What may be said of a change."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    CANNOT_TELL = "cannot_tell"
    """Tested, and it may be chance."""
    NOT_TESTED = "not_tested"
    """Counted before and now; no test stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A measure in one period."""

    period: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure now and before."""

    APART: ClassVar[frozenset[str]] = frozenset({"key", "of_person"})
    """Fields that the result file does not have."""

    name: str
    """Of the measure (``measures.<name>``)."""
    label: str = ""
    """What it is of."""
    key: str = ""
    """What it is matched by from period to period."""
    unit: Unit
    before: float | None
    now: float | None
    before_n: int | None = None
    now_n: int | None = None
    difference: float | None = None
    """Now less before, in the unit."""
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    p_holm: float | None = None
    exact: bool = False
    """Tested by the exact distribution of counts."""
    course: Course
    rising: int = 0
    """1: a rise is good, -1: bad, 0: neither."""
    headline: bool = False
    of_person: bool = False
    """Its label is the name of somebody who is judged by it."""
    since_first: float | None = None
    """Now less the first period; None where that is the one before."""
    since_first_course: Course | None = None
    series: tuple[Point, ...] = ()
    """In order of time, from three periods on."""

    @property
    def is_shown(self) -> bool:
        """A page may show it: chance alone puts nobody's name beside a fall."""
        return self.is_told or not self.of_person

    @property
    def is_told(self) -> bool:
        """A test says that it rose or fell."""
        return self.course in (Course.UP, Course.DOWN)

    @property
    def is_better(self) -> bool | None:
        """Whether a told change is good news; None where it is neither."""
        if not self.is_told or not self.rising:
            return None
        return (self.course is Course.UP) == (self.rising > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """A figure of the last period that reads otherwise now than when its report was made."""

    name: str
    label: str = ""
    unit: Unit
    printed: float | None
    """Of the last period's own files and settings."""
    now: float | None
    """Of the same period as it is compared with now."""
    options: tuple[str, ...] = ()
    """Options that differ and make the difference."""
    tables: tuple[str, ...] = ()
    """Tables whose rows are others today and make the difference."""
    newer: bool = False
    """This period's files say otherwise, or only what both periods have is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since the last period; empty in a first one."""

    against: str = ""
    """The period before."""
    periods: tuple[str, ...] = ()
    """All periods in order of time, this one last."""
    changes: tuple[Change, ...] = ()
    """Told ones first, then headline figures, then the rest: the least likely to be chance first,
    those without a test as given."""
    only_now: int = 0
    """Figures that the last period did not have."""
    only_before: int = 0
    """Figures of the last period that this one does not have."""
    families: tuple[Family, ...] = ()
    confidence: float = 0.95
    """Of the intervals and tests."""
    restated: tuple[Restated, ...] = ()
    unusable: tuple[str, ...] = ()
    """Earlier periods whose figures could not be computed."""

    @property
    def told(self) -> tuple[Change, ...]:
        """Those that a test tells."""
        return tuple(c for c in self.changes if c.is_told)

    def of(self, name: str, label: str = "") -> Change | None:
        """Return the change of one figure by its label or key.

        None where it is not compared, and where several are called so.
        """
        named = [c for c in self.changes if c.name == name]
        found = [c for c in named if c.label == label] or [c for c in named if c.key == label]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodMeasures:
    """The measures of one period."""

    label: str
    measures: tuple[Measure, ...] = field(default_factory=tuple)

    def by_place(self) -> Mapping[tuple[str, str], Measure]:
        """Return measures by what they are matched by."""
        return {m.at: m for m in self.measures}

    def base_of(self, family: str) -> Measure | None:
        """Return some measure of a family with its sample: how many could have had a figure."""
        return next((m for m in self.measures if _family(m) == family and m.sample), None)


def changes(periods: Sequence[PeriodMeasures], *, confidence: float) -> Changes:
    """Return what changed from the last period to this one, and over all.

    Parameters
    ----------
    periods
        In order of time, this one last; without an earlier one nothing changed.

    Examples
    --------
    >>> from workbook.diagnostics.periods.measure import share
    >>> then = PeriodMeasures(label="H1", measures=(share("kept", 10, 100),))
    >>> now = PeriodMeasures(label="H2", measures=(share("kept", 90, 100),))
    >>> changes([then, now], confidence=0.95).changes[0].course
    <Course.UP: 'up'>
    """
    if len(periods) < 2:
        return Changes()
    now, before, first = periods[-1], periods[-2], periods[0]
    pairs = _pairs(before, now)
    made = _judged([(old, new, _change(old, new, confidence)) for old, new in pairs], confidence)
    if len(periods) >= FEWEST_OF_A_TREND:
        made = [_with_series(one, periods, first, confidence) for one in made]
    there, was = now.by_place(), before.by_place()
    return Changes(
        against=before.label,
        periods=tuple(p.label for p in periods),
        changes=tuple(sorted((change for _, _, change in made), key=_importance)),
        confidence=confidence,
        only_now=sum(m.at not in was and not m.absent_is_zero for m in there.values()),
        only_before=sum(m.at not in there and not m.absent_is_zero for m in was.values()),
        families=_families([change for _, _, change in made], [m for _, m, _ in made], confidence),
    )


def _importance(change: Change) -> tuple[bool, bool, float]:
    chance = 1.0 if change.p_value is None else change.p_value
    return not change.is_told, not change.headline, 0.0 if change.headline else chance


_Made = tuple[Measure, Measure, Change]


def _pairs(before: PeriodMeasures, now: PeriodMeasures) -> list[tuple[Measure, Measure]]:
    """Return each measure of both periods, in the order of this one."""
    was, there = before.by_place(), now.by_place()
    pairs: list[tuple[Measure, Measure]] = []
    for place, new in there.items():
        old = was.get(place) or (_zero(new, before) if new.absent_is_zero else None)
        if old is not None:
            pairs.append((old, new))
    for place, old in was.items():
        if place not in there and old.absent_is_zero and (zero := _zero(old, now)):
            pairs.append((old, zero))
    return [(old, new) for old, new in pairs if old.value is not None and new.value is not None]


def _zero(like: Measure, period: PeriodMeasures) -> Measure | None:
    """Return that a period has none of what the other has; None where nobody could have had it."""
    base = period.base_of(_family(like))
    if base is None or base.sample is None:
        return None
    nothing = Sample(values=np.zeros(base.sample.n), givers=base.sample.givers)
    return replace(like, value=0.0, n=base.n, low=None, high=None, sample=nothing)


def _family(measure: Measure) -> str:
    return measure.family or measure.name


def _change(old: Measure, new: Measure, confidence: float) -> Change:
    made = Change(
        name=new.name, label=new.label, key=new.at[1], unit=new.unit,
        before=old.value, now=new.value, before_n=old.n, now_n=new.n,
        difference=_minus(new.value, old.value), course=Course.NOT_TESTED, rising=new.rising,
        headline=new.headline, of_person=new.of_person,
    )  # fmt: skip
    test = test_of(new)
    if test is None or old.sample is None or new.sample is None:
        return _counted(made)
    found = test(old.sample, new.sample, confidence)
    return replace(
        _counted(made), low=found.low, high=found.high, p_value=found.p_value, exact=found.exact
    )


def _counted(change: Change) -> Change:
    same = change.difference is not None and abs(change.difference) <= _SAME
    return replace(change, course=Course.SAME) if same else change


def _minus(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before


def _judged(made: Sequence[_Made], confidence: float) -> list[_Made]:
    """Return the changes with the verdicts that hold for their whole family."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, (_, new, change) in enumerate(made):
        if change.p_value is not None:
            groups[_family(new)].append(place)
    judged = list(made)
    for places in groups.values():
        together = holm([p for i in places if (p := made[i][2].p_value) is not None])
        for i, p_holm in zip(places, together, strict=True):
            old, new, change = made[i]
            judged[i] = (old, new, _with_course(change, p_holm, confidence))
    return judged


def _with_course(change: Change, p_holm: float, confidence: float) -> Change:
    course = Course.SAME if change.course is Course.SAME else Course.CANNOT_TELL
    if p_holm < 1 - confidence and change.difference:
        course = Course.UP if change.difference > 0 else Course.DOWN
    return replace(change, p_holm=p_holm, course=course)


def _with_series(
    one: _Made, periods: Sequence[PeriodMeasures], first: PeriodMeasures, confidence: float
) -> _Made:
    """Return a change with the figure of every period, and what it is against the first."""
    old, new, change = one
    points = []
    for period in periods:
        found = period.by_place().get(new.at)
        if found is None and new.absent_is_zero:
            found = _zero(new, period)
        points.append(
            Point(period=period.label, value=None)
            if found is None
            else Point(
                period=period.label, value=found.value, low=found.low, high=found.high, n=found.n
            )
        )
    began = first.by_place().get(new.at) or (_zero(new, first) if new.absent_is_zero else None)
    change = replace(change, series=tuple(points))
    if began is None or began.value is None:
        return old, new, change
    whole = _change(began, new, confidence)
    course = whole.course
    if whole.p_value is not None:
        course = _with_course(whole, whole.p_value, confidence).course
    return old, new, replace(change, since_first=whole.difference, since_first_course=course)


def _families(
    made: Iterable[Change], measures: Iterable[Measure], confidence: float
) -> tuple[Family, ...]:
    """Return one family for each kind of figure (``periods.<kind>``)."""
    kinds: dict[str, list[Change]] = defaultdict(list)
    tests: dict[str, Procedure] = {}
    for change, measure in zip(made, measures, strict=True):
        if change.p_value is not None:
            kinds[_family(measure)].append(change)
            tests[_family(measure)] = _procedure(measure, change)
    found = (
        holm_family(
            f"{FAMILIES}{kind}", tests[kind], [c.is_told for c in told], alpha=1 - confidence
        )
        for kind, told in kinds.items()
    )
    return tuple(family for family in found if family)


def _procedure(measure: Measure, change: Change) -> Procedure:
    """Return how a kind of figure is tested, as the appendix names it."""
    if measure.procedure is not None:
        return measure.procedure
    if change.exact or measure.unit is Unit.COUNT:
        return Procedure.EXACT
    return Procedure.SCORE if measure.unit in (Unit.SHARE, Unit.POINTS) else Procedure.MEANS
