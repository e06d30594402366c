"""What a questionnaire's report may name: places of sections, and the families behind it all."""

from collections.abc import Sequence

import numpy as np

from workbook.diagnostics.controllability.agreement_result import LevelTest, LevelVerdict
from workbook.diagnostics.controllability.answer_result import (
    AspectResult,
    ItemResult,
    RankEnd,
    SectionResult,
)
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult, leading
from workbook.diagnostics.controllability.verdicts import extremes
from workbook.diagnostics.controllability.waves_result import WaveTest
from workbook.stats import Correction, Family, Procedure, holm, seeded
from workbook.stats.places import places

ENDS = ("lowest", "highest")


def all_places(
    found: Sequence[ItemResult],
    parts: Sequence[SectionResult],
    sides: Sequence[AspectResult],
    params: Params,
) -> tuple[RankEnd, ...]:
    """Return the ends of sections and aspects with their tests, one Holm over all of them."""
    made = [
        *_ends("section", found, [i.section for i in found], params),
        *_ends("aspect", found, [i.aspect for i in found], params),
    ]
    ids = {
        ("section", end): "" if at is None else parts[at].id
        for end, at in zip(ENDS, extremes(parts), strict=True)
    } | {
        ("aspect", end): "" if at is None else sides[at].aspect
        for end, at in zip(ENDS, extremes(sides), strict=True)
    }
    # all four ends are looked at before any is named: one family, whichever the report names
    corrected = holm([p for _, _, p in made])
    return tuple(
        RankEnd(
            kind=kind,
            end=end,
            id=ids[kind, end],
            p_value=p,
            told=bool(ids[kind, end]) and p < params.level_p_value,
        )
        for (kind, end, _), p in zip(made, corrected, strict=True)
    )


def families(questionnaires: Sequence[QuestionnaireResult], params: Params) -> tuple[Family, ...]:
    """Return what was tested for the questionnaire that the report is about."""
    one = leading(questionnaires)
    if one is None:
        return ()
    made = [
        *_of_levels(one.level_test, params),
        *_of_places(one.places, params),
        *_of_waves(one.change.test if one.change else None, params),
    ]
    return tuple(made)


def _ends(
    kind: str, found: Sequence[ItemResult], groups: Sequence[str], params: Params
) -> list[tuple[str, str, float]]:
    known = [
        (i.score, group)
        for i, group in zip(found, groups, strict=True)
        if i.score is not None and group
    ]
    order = sorted({group for _, group in known})
    values = np.array([score for score, _ in known], dtype=float)
    member = np.array([order.index(group) for _, group in known], dtype=float)
    tested = places(
        values, member, seeded(values, member, seed=params.seed), draws=params.bootstrap
    )
    if tested is None:
        return []
    return [(kind, "lowest", tested.lowest_p), (kind, "highest", tested.highest_p)]


def _of_levels(test: LevelTest | None, params: Params) -> list[Family]:
    if test is None or not test.testable:
        return []
    alpha = params.level_p_value
    sign = 1 if test.verdict is LevelVerdict.HIGHER else -1
    passed = sum(test.told and i.told and sign * i.gap > 0 for i in test.items)
    return [
        Family(
            id="levels",
            procedure=Procedure.PERMUTATION,
            correction=Correction.SINGLE,
            comparisons=1,
            passed=int(test.told),
            alpha=alpha,
        ),
        Family(
            id="level_items",
            procedure=Procedure.PERMUTATION,
            correction=Correction.SIMULTANEOUS,
            comparisons=len(test.items),
            passed=passed,
            alpha=alpha,
        ),
    ]


def _of_places(found: Sequence[RankEnd], params: Params) -> list[Family]:
    if not found:
        return []
    return [
        Family(
            id="places",
            procedure=Procedure.PERMUTATION,
            correction=Correction.HOLM,
            comparisons=len(found),
            passed=sum(place.told for place in found),
            alpha=params.level_p_value,
        )
    ]


def _of_waves(test: WaveTest | None, params: Params) -> list[Family]:
    if test is None or not test.testable:
        return []
    return [
        Family(
            id="waves",
            procedure=Procedure.PERMUTATION,
            correction=Correction.SINGLE,
            comparisons=1,
            passed=int(test.told),
            alpha=params.level_p_value,
        )
    ]
