"""The one limitation of the answer: the first rule that applies to the questionnaire."""

from collections.abc import Callable

from workbook.diagnostics.controllability.page_facts import ClaimFacts, straight_moves
from workbook.diagnostics.limitation import Limitation, first_of

_FEW = 5
"""Respondents below which one person more may change the index: the project's own."""


def limitation(facts: ClaimFacts) -> Limitation | None:
    """Return the limitation that could change the decision; None without one."""
    return first_of(RULES, facts)


def _alone(facts: ClaimFacts) -> Limitation | None:
    return None if facts.one.n_respondents > 1 else Limitation(id="alone")


def _straight(facts: ClaimFacts) -> Limitation | None:
    """Tell that people with one mark for every item move the index."""
    one = facts.one
    if not one.straight_respondents or not straight_moves(facts):
        return None
    return Limitation(
        id="straight",
        figures={"k": one.straight_respondents, "n": one.n_respondents,
                 "index": one.index, "without": one.index_without_straight},
    )  # fmt: skip


def _differing(facts: ClaimFacts) -> Limitation | None:
    if facts.one.alpha.reading != "low":
        return None
    figures = {"n": facts.one.n_respondents, "k": len(facts.one.agenda), "items": facts.one.n_items}
    return Limitation(id="differing", figures=figures)


def _few(facts: ClaimFacts) -> Limitation | None:
    n = facts.one.n_respondents
    return Limitation(id="few", figures={"n": n}) if n < _FEW else None


RULES: tuple[Callable[[ClaimFacts], Limitation | None], ...] = (
    _alone, _straight, _differing, _few,
)  # fmt: skip
