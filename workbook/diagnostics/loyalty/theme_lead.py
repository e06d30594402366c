"""Which theme leads, where one does: near ties are told as ties."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.diagnostics.loyalty.open_answers_result import LeadingThemes, Theme
from workbook.diagnostics.loyalty.params import Params
from workbook.stats import Correction, Family, Procedure, holm_of
from workbook.stats.sign_test import sign_p

SEVERAL = 3
"""From so many themes on the first one is chosen from several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How often a theme was named."""

    theme: str
    answers: int
    customers: int
    """Of a customer whose people wrote several answers one counts."""


def leading_themes(themes: Sequence[Theme], params: Params) -> LeadingThemes:
    """Return the themes that lead among detractors and among wishes.

    That a theme leads all others is tested for both questions with Holm's correction.
    """
    asked = {
        "detractors": _ranked(
            [
                Count(
                    theme=t.theme,
                    answers=t.detractors,
                    customers=_known(t.detractor_customers, t.detractors),
                )
                for t in themes
                if t.question == "reason"
            ],
            params,
        ),
        "improvement": _ranked(
            [
                Count(theme=t.theme, answers=t.n, customers=_known(t.customers, t.n))
                for t in themes
                if t.question == "improvement"
            ],
            params,
        ),
    }
    p_values = holm_of({q: _lead_p(ranked) for q, ranked in asked.items() if len(ranked) > 1})
    leaders = {
        question: _leaders(ranked, p_values, question=question, params=params)
        for question, ranked in asked.items()
    }
    return LeadingThemes(
        detractors=leaders["detractors"],
        improvement=leaders["improvement"],
        detractors_p=p_values.get("detractors"),
        improvement_p=p_values.get("improvement"),
    )


def theme_family(lead: LeadingThemes | None, params: Params) -> tuple[Family, ...]:
    """Return the test behind the leading themes; none where nothing was compared."""
    known = [lead.detractors_p, lead.improvement_p] if lead else []
    tested = [p for p in known if p is not None]
    alpha = 1 - params.confidence
    if not tested:
        return ()
    family = Family(
        id="themes",
        procedure=Procedure.EXACT,
        correction=Correction.HOLM,
        comparisons=len(tested),
        passed=sum(p < alpha for p in tested),
        alpha=alpha,
    )
    return (family,)


def _known(customers: int | None, answers: int) -> int:
    return answers if customers is None else customers


def _ranked(counts: Sequence[Count], params: Params) -> list[Count]:
    """Return what was named, most often first; nothing where the first has too few answers."""
    ranked = sorted((c for c in counts if c.answers > 0), key=lambda c: -c.answers)
    return ranked if ranked and ranked[0].answers >= params.min_theme else []


def _lead_p(ranked: Sequence[Count]) -> float:
    """Return the p value that the first leads every other one.

    Of the customers who name one of two themes half would name each if both were alike: the
    exact sign test.  Customers who name both count on both sides, which only makes it more
    careful.  That the first of several equal themes leads the second is rare enough for a
    one-sided test (simulated with 3 to 10 equal themes: in 0-3 % of surveys); of two themes
    either may come first, so that the test has two sides.
    """
    sides = 2 if len(ranked) == SEVERAL - 1 else 1
    first = ranked[0].customers
    return min(1.0, sides * max(sign_p(first, other.customers) for other in ranked[1:]))


def _leaders(
    ranked: Sequence[Count], p_values: dict[str, float], *, question: str, params: Params
) -> tuple[str, ...]:
    """Return the first theme alone where it leads, else with those it cannot be told from.

    That it comes before a certain other one is one of many such claims: the sign test with
    Bonferroni over all pairs of themes of all questions.
    """
    alpha = 1 - params.confidence
    if question in p_values and p_values[question] < alpha:
        return (ranked[0].theme,)
    claims = len(ranked) * (len(ranked) - 1) * len(p_values)
    return tuple(
        other.theme
        for i, other in enumerate(ranked)
        if i == 0 or claims * sign_p(ranked[0].customers, other.customers) >= alpha
    )
