"""The headline of page 2: the first of several that passes its gates."""

from workbook.diagnostics.claims import Claim, Figure, Judged, judge
from workbook.diagnostics.controllability.page_facts import (
    Facts,
    Rule,
    check_figures,
    how_many,
    level_figures,
    level_gate,
    of_levels,
)
from workbook.diagnostics.controllability.result import LevelVerdict, QuestionnaireResult
from workbook.diagnostics.gates import fits, has_history


def _contradicted(facts: Facts) -> Judged | None:
    if not facts.strongest:
        return None
    first = facts.strongest[0]
    figures = {**_whole(facts), **check_figures(facts, first), **how_many(facts)}
    return judge(
        Claim(
            id="contradicted",
            figures=figures,
            count=len(facts.one.contradictions),
            population=facts.one.tested_checks,
        ),
        has_history(first.base or 0, least=1),
    )


def _levels_apart(facts: Facts) -> Judged | None:
    test = facts.one.level_test
    if test is None or test.verdict is LevelVerdict.ALIKE:
        return None
    figures = {**_whole(facts), **level_figures(facts, test)}
    return judge(of_levels("levels", test, figures), level_gate(test))


def _differing(facts: Facts) -> Judged | None:
    if facts.one.alpha.reading != "low":
        return None
    return judge(Claim(id="differing", figures=_whole(facts)))


def _standing(facts: Facts) -> Judged | None:
    """Put the index into words where it is more than one person's and one view."""
    shared = facts.one.alpha.reading not in ("low", "alone")
    return judge(
        Claim(id=facts.one.standing, figures=_whole(facts), problem=False),
        has_history(facts.one.n_respondents, least=2),
        fits(shared),
    )


def _index_alone(facts: Facts) -> Judged:
    return judge(Claim(id="index_alone", figures=_whole(facts), problem=False))


ANSWERS: tuple[Rule, ...] = (_contradicted, _levels_apart, _differing, _standing, _index_alone)


def _whole(facts: Facts) -> dict[str, Figure]:
    """Return the figures that every headline and the line below it may write."""
    one = facts.one
    return {
        "title": one.title,
        "index": one.index,
        "basis": _basis(one),
        "alpha": one.alpha.value,
        "n": one.n_respondents,
        "items": one.n_items,
    }


def _basis(one: QuestionnaireResult) -> str:
    """Return what the index rests on: ``differing`` views, one person ``alone``, or its words."""
    if one.n_respondents < 2:
        return "alone"
    return "differing" if one.alpha.reading == "low" else one.standing
