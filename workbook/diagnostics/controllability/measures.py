"""The figures of questionnaires that are compared from period to period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.controllability.answer_sheet import read_answers
from workbook.diagnostics.controllability.checks_result import CheckStatus, DataCheck
from workbook.diagnostics.controllability.compared_names import compared_as
from workbook.diagnostics.controllability.compute import TESTED, Sources
from workbook.diagnostics.controllability.contradictions import checks
from workbook.diagnostics.controllability.lookup import Names
from workbook.diagnostics.controllability.marking import Marked, marked
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire import MAIN_QUESTIONNAIRE
from workbook.diagnostics.controllability.questionnaire_result import MarkedQuestionnaire
from workbook.diagnostics.controllability.regrouped_waves import WaveMarks, wave_test
from workbook.diagnostics.controllability.result import Result
from workbook.diagnostics.controllability.waves import marks_of
from workbook.diagnostics.controllability.waves_result import WaveChange
from workbook.diagnostics.periods.measure import Measure, Sample, Test, Tested, Unit
from workbook.diagnostics.periods.period import Period
from workbook.stats import Procedure


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Given(Sample):
    """Marks behind a mean of items' scores; a value is the mean mark of one respondent."""

    marks: WaveMarks


def measures(period: Period[Params, Result, Sources]) -> Iterator[Measure]:
    """Yield indexes, items and counts of every questionnaire that enough people answered.

    An index is compared with an index over the same items; where the items have changed, over
    those that both periods have.
    """
    frame = period.inputs.tables.get("answers")
    if frame is None:
        return
    answers = read_answers(frame, Names(questionnaires=period.sources.questionnaires))
    for found in marked(answers, period.inputs, period.params):
        if not found.rounds.is_small:
            yield from _Figures(found=found, period=period).all()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Figures:
    """The figures of one questionnaire in one period."""

    found: Marked
    period: Period[Params, Result, Sources]

    @property
    def one(self) -> MarkedQuestionnaire:
        return self.found.one

    @property
    def is_main(self) -> bool:
        """Whether it leads; others have families of their own, named after what they are."""
        return self.one.id == MAIN_QUESTIONNAIRE

    def all(self) -> Iterator[Measure]:
        scored = [item for item in self.one.items if item.score is not None]
        yield from self._index([item.id for item in scored])
        for section in self.one.sections:
            own = [item.id for item in scored if item.section == section.id]
            yield from self._mean("section", section.title, section.id, section.index, own)
        for aspect in self.one.aspects:
            own = [item.id for item in scored if item.aspect == aspect.aspect]
            yield from self._mean("aspect", aspect.name, aspect.aspect, aspect.index, own)
        for item in scored:
            yield from self._mean("item", item.label, item.id, item.score, [item.id], n=item.n)
        yield from self._counts()

    def _index(self, items: Sequence[str]) -> Iterator[Measure]:
        yield from self._mean("index", "", "", self.one.index, items, headline=self.is_main)
        change = self._change()
        if change is None or not (change.only_before or change.only_now):
            return
        newest = self.period.newest
        if newest is None or change.against_period == self.period.label:
            value = change.now if newest is None else change.before
            both = [item.item for item in change.items if item.item in items]
            # the last report could not know what both would have: it printed no such figure
            leads = self.is_main and newest is None
            yield from self._mean(
                "index_of_both", f"({change.n_items})", "both", value, both, headline=leads
            )

    def _change(self) -> WaveChange | None:
        """Return what the newest report says of this questionnaire against an earlier period."""
        result = (self.period.newest or self.period).result
        told = next((q for q in result.questionnaires if q.id == self.one.id), None)
        change = None if told is None else told.change
        return change if change is not None and change.against_period else None

    def _mean(
        self, name: str, label: str, key: str, value: float | None, items: Sequence[str], *,
        n: int | None = None, headline: bool = False,
    ) -> Iterator[Measure]:  # fmt: skip
        if value is None or not items:
            return
        over = key if name == "item" else "|".join((key, *sorted(items)))
        yield Measure(
            name=self._name(name),
            label=self._label(label),
            key=f"{self.one.id}:{over}" if name != "index_of_both" else f"{self.one.id}:{key}",
            value=value,
            unit=Unit.SHARE if name != "item" else Unit.MARK,
            n=self.one.n_respondents if n is None else n,
            sample=self._sample(items),
            test=regrouping(self.period.params),
            procedure=Procedure.PERMUTATION,
            family=self._name("index" if name == "index_of_both" else name),
            rising=1,
            headline=headline,
        )

    def _sample(self, items: Sequence[str]) -> _Given:
        marks = marks_of(self.found.rounds.latest).only(items)
        return _Given(values=np.nanmean(marks.scores, axis=0), marks=marks)

    def _counts(self) -> Iterator[Measure]:
        yield self._count("respondents", self.one.n_respondents)
        scored = sorted(item.id for item in self.one.items if item.score is not None)
        yield self._count("gaps", len(self.one.gaps), over=scored)
        inputs, params = self.period.inputs, self.period.params
        said = checks(self.one.id, self.one.items, inputs=inputs, params=params)
        if any(check.status in TESTED for check in said):
            found = sum(check.status is CheckStatus.CONTRADICTION for check in said)
            yield self._count("contradictions", found, over=_answered(said), headline=self.is_main)

    def _count(
        self, name: str, value: int, *, over: Sequence[str] = (), headline: bool = False
    ) -> Measure:
        """Return a count; of gaps and contradictions ``over`` what could have been one."""
        return Measure(
            name=self._name(name),
            label=self._label(""),
            key="|".join((self.one.id, *over)),
            value=float(value),
            unit=Unit.COUNT,
            rising=-1 if over else 0,
            headline=headline,
        )

    def _name(self, name: str) -> str:
        return compared_as(self.one.id, self.one.title, name)[0]

    def _label(self, label: str) -> str:
        return compared_as(self.one.id, self.one.title, "", label)[1]


def _answered(said: Sequence[DataCheck]) -> list[str]:
    """Return the checks that have both an answer and data."""
    without = (CheckStatus.NO_DATA, CheckStatus.NO_ANSWER)
    return sorted(check.check for check in said if check.status not in without)


def regrouping(params: Params) -> Test:
    """Return the report's own test of two waves for the change of a mean of items' scores."""

    def test(before: Sample, now: Sample, confidence: float) -> Tested:
        difference = float(np.mean(now.values) - np.mean(before.values))
        if not isinstance(before, _Given) or not isinstance(now, _Given):
            return Tested(difference=difference)
        found = wave_test(before.marks, now.marks, params)
        if found is None:
            return Tested(difference=difference)
        return Tested(difference=found.difference, p_value=found.p_value)

    return test
