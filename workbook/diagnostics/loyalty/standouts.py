"""What stands out of a result: chosen once, for claims and for the chapters alike."""

from workbook.diagnostics.loyalty.marks_result import Driver, Satisfaction, Touchpoint
from workbook.diagnostics.loyalty.open_answers_result import Theme
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.survey_result import Group, Verdict, Weighted


def told_marks(result: Result) -> list[Satisfaction]:
    """Return the parameters whose marks are told, over all products."""
    return [s for s in result.satisfaction if isinstance(s, Satisfaction)]


def lowest_mark(result: Result) -> Satisfaction | None:
    """Return the parameter of the lowest mean, where its test tells it from each other one."""
    told = told_marks(result)
    if len(result.lowest_marks) != 1 or len(told) < 2:
        return None
    return next(s for s in told if s.parameter == result.lowest_marks[0])


def weakest_touchpoint(result: Result) -> Touchpoint | None:
    """Return the touchpoint of the lowest balance, where its test tells it from each other one."""
    told = touchpoints_by_balance(result)
    return told[0] if len(result.weakest_touchpoints) == 1 and len(told) > 1 else None


def group_below(result: Result) -> Group | None:
    """Return the group that is most surely below all others.

    One whose answers all lie in a group that differs the same way repeats what that one tells.
    """
    below = [g for g in result.groups if g.differs is Verdict.DOWN and not g.repeats]
    return min(below, key=lambda g: g.p_holm or 0.0, default=None)


def themes_of(result: Result, question: str) -> list[Theme]:
    """Return the themes of a question, most often named first."""
    found = [t for t in result.themes if t.question == question]
    return sorted(found, key=lambda t: (-t.n, t.label))


def leading(result: Result, question: str) -> list[Theme]:
    """Return the themes that lead: one, or several that cannot be told apart; none where few.

    ``reason``: among detractors; ``improvement``: among all wishes.
    """
    lead = result.leading_themes
    if lead is None:
        return []
    ids = lead.detractors if question == "reason" else lead.improvement
    by_id = {t.theme: t for t in themes_of(result, question)}
    return [by_id[theme] for theme in ids]


def weighs(index: Weighted, params: Params) -> bool:
    """Return whether the index of an account has to do with its weight beyond chance."""
    return index.p_value is not None and index.p_value < 1 - params.confidence


def first_driver(result: Result) -> str | None:
    """Return the parameter that goes with the score beyond chance and more than any other."""
    test = result.driver_test
    if test is None or not test.beyond_chance or len(result.driver_leaders) != 1:
        return None
    return result.driver_leaders[0] if len(result.drivers) > 1 else None


def drivers_by_importance(result: Result) -> list[Driver]:
    """Return the drivers, most important first."""
    return sorted(result.drivers, key=lambda d: (-d.lmg, d.parameter))


def touchpoints_by_balance(result: Result) -> list[Touchpoint]:
    """Return the touchpoints that are told, lowest balance first."""
    told = [t for t in result.touchpoints if isinstance(t, Touchpoint)]
    return sorted(told, key=lambda t: (t.balance, t.category, t.touchpoint))
