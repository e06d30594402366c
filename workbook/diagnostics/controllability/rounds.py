"""The waves of one questionnaire over all periods, in order of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbook.diagnostics.controllability.answer_sheet import (
    AnswerSheet,
    QuestionnaireAnswers,
    read_answers,
)
from workbook.diagnostics.controllability.disclosure import by_level
from workbook.diagnostics.controllability.questionnaire import Questionnaire
from workbook.diagnostics.inputs import Inputs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rounds:
    """The answers to one questionnaire, wave by wave; waves are named apart."""

    earlier: tuple[AnswerSheet, ...]
    """Those of earlier periods that enough people answered, oldest first."""
    before: str
    """Label of the period of the last of them; "" without any."""
    waves: tuple[AnswerSheet, ...]
    """Those of this period that enough people answered, oldest first; at least the latest."""
    left_out: tuple[str, ...]
    """Labels of the others, of all periods."""
    by_level: AnswerSheet
    """The latest wave with the marks that may be told by level."""
    is_small: bool
    """Every wave of this period is small: the latest is told as a whole, and compared with none
    but in its own chapter."""

    @property
    def latest(self) -> AnswerSheet:
        """The wave that is reported."""
        return self.waves[-1]

    @property
    def every(self) -> tuple[AnswerSheet, ...]:
        """All that may be told, in order of time."""
        return (*self.earlier, *self.waves)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Wave:
    """One wave of one period."""

    period: str
    label: str
    sheet: AnswerSheet | None
    """None: fewer people than the threshold answered."""
    own: bool
    """Of this period."""

    @property
    def called(self) -> str:
        return self.label or self.period


def rounds(asked: Questionnaire, answers: QuestionnaireAnswers, inputs: Inputs) -> Rounds:
    """Return the waves of a questionnaire that this period's file has answers to.

    A wave without a label is called by its period; where two periods use one label, each has its
    period beside it.

    Parameters
    ----------
    asked
        With the items that are on: earlier waves are read by it too.
    answers
        Of this period.
    """
    found = _named_apart(tuple(_every(asked, answers, inputs)))
    own = [wave for wave in found if wave.own]
    told = [wave for wave in found if wave.sheet is not None]
    earlier = [wave for wave in told if not wave.own]
    sheets = tuple(wave.sheet for wave in own if wave.sheet is not None)
    # where every wave is small, the latest is told as a whole: there is nothing else to tell
    alone = () if sheets else (answers.sheet(asked, answers.waves(asked.id)[-1]),)
    hidden = [wave for wave in found if wave.sheet is None and not (alone and wave is own[-1])]
    return Rounds(
        earlier=tuple(wave.sheet for wave in earlier if wave.sheet is not None),
        before=earlier[-1].period if earlier else "",
        waves=sheets or alone,
        left_out=tuple(wave.called for wave in hidden),
        by_level=by_level((sheets or alone)[-1], inputs.anonymity_threshold),
        is_small=bool(alone),
    )


def _every(asked: Questionnaire, answers: QuestionnaireAnswers, inputs: Inputs) -> Iterator[_Wave]:
    for one in inputs.periods:
        if one is inputs:
            yield from _of_period(asked, answers, one, inputs)
        elif "answers" in one.tables:
            read = read_answers(one.tables["answers"], answers.names)
            yield from _of_period(asked, read, one, inputs)


def _of_period(
    asked: Questionnaire, answers: QuestionnaireAnswers, one: Inputs, newest: Inputs
) -> Iterator[_Wave]:
    small = answers.small_waves(asked.id, newest.anonymity_threshold)
    for label in answers.waves(asked.id):
        sheet = None if label in small else answers.sheet(asked, label)
        yield _Wave(period=one.label, label=label, sheet=sheet, own=one is newest)


def _named_apart(found: Sequence[_Wave]) -> tuple[_Wave, ...]:
    called = [wave.called for wave in found]
    return tuple(
        _renamed(wave, f"{name} ({wave.period})" if called.count(name) > 1 else _name(wave))
        for wave, name in zip(found, called, strict=True)
    )


def _name(wave: _Wave) -> str:
    """Return the label of a wave; this period's only one may have none."""
    return wave.label if wave.own else wave.called


def _renamed(wave: _Wave, name: str) -> _Wave:
    sheet = None if wave.sheet is None else replace(wave.sheet, wave=name)
    return replace(wave, label=name, sheet=sheet)
