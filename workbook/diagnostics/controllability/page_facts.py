"""What the rules of page 2 look at, and the figures that several of them tell."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from workbook.diagnostics.claims import WEIGHT, Claim, Confidence, Figure, Judged
from workbook.diagnostics.controllability.agreement_result import LevelTest
from workbook.diagnostics.controllability.answer_result import ItemResult
from workbook.diagnostics.controllability.checks_result import DataCheck
from workbook.diagnostics.controllability.compared_names import compared_as
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult
from workbook.diagnostics.gates import Gate, is_tested


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """What the rules look at."""

    one: QuestionnaireResult
    params: Params

    @property
    def strongest(self) -> list[DataCheck]:
        """Contradictions: what weighs most first, then those furthest beyond their bound."""
        return sorted(
            self.one.contradictions, key=lambda c: (-_weight(c), -((c.value or 0.0) / c.bound))
        )

    def item(self, name: str) -> ItemResult:
        """Return an item by its id."""
        return next(i for i in self.one.items if i.id == name)

    def label(self, name: str) -> str:
        """Return number and wording of an item."""
        return self.item(name).label


def _weight(check: DataCheck) -> float:
    return 0.0 if check.stake is None else check.stake.money * WEIGHT[check.stake.confidence]


def weighed(claim: Claim, check: DataCheck) -> Claim:
    """Return a claim on a check with the money of its records."""
    stake = check.stake
    if stake is None:
        return claim
    return replace(
        claim,
        money=stake.money,
        money_of=stake.whole,
        money_kind=stake.kind,
        confidence=stake.confidence,
        customers=len(stake.customer_ids) or claim.customers,
        customer_ids=stake.customer_ids,
        effect_low=stake.effect_low,
        effect_high=stake.effect_high,
    )


def straight_moves(facts: ClaimFacts) -> bool:
    """Return whether people with one mark for every item move the index enough to be told."""
    without = facts.one.index_without_straight
    if without is None or facts.one.index is None:
        return False
    return abs(without - facts.one.index) >= facts.params.level_difference


ClaimRule: TypeAlias = Callable[[ClaimFacts], Judged | None]


def check_figures(facts: ClaimFacts, check: DataCheck) -> dict[str, Figure]:
    """Return the figures of one check; its value is worded by its unit."""
    return {
        "check": check.check,
        "id": check.item,
        "item": facts.label(check.item),
        "mark": check.mark,
        "score": check.score,
        "unit": check.unit,
        "value": check.value,
        "against": check.n,
        "base": check.base,
        "bound": check.bound,
        "stake": "" if check.stake is None else str(check.stake.kind),
        "amount": None if check.stake is None else check.stake.amount,
        "money": None if check.stake is None else check.stake.money,
    }


def measured_as(facts: ClaimFacts, name: str, label: str = "") -> tuple[str, str]:
    """Return the measure by which a figure of the questionnaire is compared over periods."""
    return compared_as(facts.one.id, facts.one.title, name, label)


def how_many(facts: ClaimFacts) -> dict[str, Figure]:
    """Return how many of the marks checked are contradicted."""
    return {"k": len(facts.one.contradictions), "checked": facts.one.tested_checks}


def first_disputed(facts: ClaimFacts) -> str:
    """Return the item that respondents differ on most; "" without one."""
    agenda = facts.one.agenda
    return facts.label(agenda[0].item) if agenda else ""


def of_levels(key: str, test: LevelTest, figures: dict[str, Figure]) -> Claim:
    """Return the claim that sets management against line staff."""
    return Claim(
        id=key,
        figures=figures,
        singled_out=("management", "line"),
        evidence="levels",
        confidence=Confidence.TESTED if test.told else Confidence.COUNTED,
    )


def level_gate(test: LevelTest) -> Gate | None:
    """Pass a difference of levels that its permutation tells from chance."""
    return is_tested(test.told)


def named_item(test: LevelTest) -> str:
    """Return the item furthest apart in the direction of the whole; "" where none passes."""
    if not test.told:
        return ""
    same = [i for i in test.items if i.told and i.gap * test.difference > 0]
    return same[0].item if same else ""


def level_figures(facts: ClaimFacts, test: LevelTest) -> dict[str, Figure]:
    """Return the indexes of both levels and the item furthest apart, where its test names one."""
    known = {level.level: level.index for level in facts.one.levels}
    item = named_item(test)
    return {
        "management": known["management"],
        "line": known["line"],
        "above": test.management_n,
        "below": test.line_n,
        "p_value": test.p_value,
        "item": facts.label(item) if item else "",
    }
