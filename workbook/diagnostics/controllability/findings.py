"""The findings of the first questionnaire and the steps that follow, most important first."""

from workbook.diagnostics.claims import (
    Claim,
    Figure,
    Judged,
    judge,
)
from workbook.diagnostics.controllability.agreement_result import LevelVerdict
from workbook.diagnostics.controllability.answer_result import Gap
from workbook.diagnostics.controllability.page_facts import (
    ClaimFacts,
    ClaimRule,
    check_figures,
    first_disputed,
    how_many,
    level_figures,
    level_gate,
    measured_as,
    of_levels,
    straight_moves,
    weighed,
)
from workbook.diagnostics.gates import fits, has_history, is_tested, says_something

_NAMED = 3
_SOON, _LATER = 14, 60
"""Days until a step is due: what the records show today, and a process to be set up."""
_CLOSE = 1e-9


def _contradiction(facts: ClaimFacts) -> Judged | None:
    return _contradiction_at(facts, 0)


def _next_contradiction(facts: ClaimFacts) -> Judged | None:
    return _contradiction_at(facts, 1)


def _contradiction_at(facts: ClaimFacts, place: int) -> Judged | None:
    found = facts.strongest
    if place >= len(found):
        return None
    check = found[place]
    counted = check.unit == "share"
    claim = Claim(
        id="contradiction_next" if place else "contradiction",
        measure=measured_as(facts, "contradictions"),
        figures={**check_figures(facts, check), **how_many(facts)},
        count=check.n if counted else None,
        customers=check.customers,
        population=check.base if counted else None,
        evidence="contradictions",
        due_days=_SOON,
    )
    return judge(weighed(claim, check), has_history(check.base or 0, least=1))


def _straight(facts: ClaimFacts) -> Judged | None:
    one = facts.one
    if not one.straight_respondents:
        return None
    return judge(
        Claim(
            id="straight",
            figures={"k": one.straight_respondents, "n": one.n_respondents, "index": one.index,
                     "without": one.index_without_straight},
            count=one.straight_respondents,
            population=one.n_respondents,
            evidence="agreement",
        ),
        fits(straight_moves(facts)),
    )  # fmt: skip


def _levels(facts: ClaimFacts) -> Judged | None:
    """Set management against line staff where a test tells them apart."""
    test = facts.one.level_test
    if test is None or test.verdict is LevelVerdict.ALIKE:
        return None
    figures = level_figures(facts, test)
    key = "levels_lower" if test.difference < 0 else "levels_higher"
    if test.told and not figures["item"]:
        key += "_overall"
    return judge(of_levels(key, test, figures), level_gate(test))


def _agreement(facts: ClaimFacts) -> Judged:
    alpha = facts.one.alpha
    return judge(
        Claim(
            id=f"agreement_{alpha.reading}",
            figures={
                "alpha": alpha.value,
                "n": len(facts.one.agenda),
                "items": facts.one.n_items,
                "item": first_disputed(facts),
            },
            count=len(facts.one.agenda),
            population=facts.one.n_items,
            problem=alpha.reading in ("low", "middle", "undecided", "alone"),
            evidence="agreement",
        )
    )


def _disagreement(facts: ClaimFacts) -> Judged | None:
    return _agreement(facts) if facts.one.alpha.reading == "low" else None


def _other_agreement(facts: ClaimFacts) -> Judged | None:
    return None if facts.one.alpha.reading == "low" else _agreement(facts)


def _gap(facts: ClaimFacts) -> Judged | None:
    gaps = facts.one.gaps
    if not gaps:
        return judge(
            Claim(id="no_gap", problem=False, figures={"n": facts.one.n_scored}, evidence="marks")
        )
    tied = sum(abs(gap.priority - gaps[0].priority) < _CLOSE for gap in gaps)
    if tied > 1:
        return _gap_claim(facts, gaps[0], key="gap_shared", more={"n": tied})
    return _gap_claim(facts, gaps[0], key="gap")


def _next_gap(facts: ClaimFacts) -> Judged | None:
    gaps = facts.one.gaps
    return _gap_claim(facts, gaps[1], key="gap_next") if len(gaps) > 1 else None


def _gap_claim(
    facts: ClaimFacts, gap: Gap, *, key: str, more: dict[str, Figure] | None = None
) -> Judged:
    """Judge an item as a gap: one that is mostly managed is none worth telling."""
    item = facts.item(gap.item)
    return judge(
        Claim(
            id=key,
            measure=measured_as(facts, "item", item.label),
            evidence="gaps",
            due_days=_LATER,
            figures={"item": facts.label(gap.item), "score": gap.score,
                     "recommendation": item.recommendation, "metric": item.metric,
                     **(more or {})},
        ),
        says_something(by_definition=gap.score > facts.params.managed_above),
    )  # fmt: skip


def _section(facts: ClaimFacts) -> Judged | None:
    found = next((s for s in facts.one.sections if s.id == facts.one.weakest_section), None)
    if found is None:
        return None
    figures: dict[str, Figure] = {
        "section": found.title, "index": found.index, "whole": facts.one.index,
    }  # fmt: skip
    named = facts.one.named("section", "lowest")
    return judge(
        Claim(
            id="section",
            figures=figures,
            evidence="sections",
            measure=measured_as(facts, "section", found.title),
        ),
        is_tested(bool(named)),
    )


def _wave(facts: ClaimFacts, wanted: str) -> Judged | None:
    change = facts.one.change
    if change is None or change.direction != wanted:
        return None
    return judge(
        Claim(
            id=f"wave_{wanted}",
            measure=measured_as(facts, "index"),
            problem=wanted == "down",
            evidence="waves",
            figures={
                "against": change.against,
                "points": 100 * abs(change.difference),
                "improved": change.improved,
                "worsened": change.worsened,
                "both": change.both_respondents,
                "now": change.now_respondents,
            },
            count=change.both_respondents,
            population=change.now_respondents,
        ),
        is_tested(change.test is not None and change.test.told),
    )


def _fall(facts: ClaimFacts) -> Judged | None:
    return _wave(facts, "down")


def _rise(facts: ClaimFacts) -> Judged | None:
    return _wave(facts, "up")


def _unknown(facts: ClaimFacts) -> Judged | None:
    one = facts.one
    if not one.dont_know:
        return None
    asked = sorted((i for i in one.items if i.dont_know), key=lambda i: -i.dont_know)
    return judge(
        Claim(
            id="unknown",
            evidence="marks",
            figures={"n": one.dont_know, "items": ", ".join(i.id for i in asked[:_NAMED])},
            count=one.dont_know,
            population=one.n_items * one.n_respondents,
        )
    )


FINDINGS: tuple[ClaimRule, ...] = (
    _contradiction, _next_contradiction, _levels, _straight, _disagreement, _fall,
    _gap, _section, _unknown, _other_agreement, _rise, _next_gap,
)  # fmt: skip
OF_DATA = frozenset({"unknown", "agreement_alone", "agreement_complete"})
"""What is about the answers themselves: told last."""
