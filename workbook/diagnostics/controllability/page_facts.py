"""What the rules of page 2 look at, and the figures that several of them tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workbook.diagnostics.claims import Claim, Confidence, Figure, Judged
from workbook.diagnostics.controllability.agreement_result import LevelTest, LevelVerdict
from workbook.diagnostics.controllability.answer_result import ItemResult
from workbook.diagnostics.controllability.checks_result import Check
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.result import QuestionnaireResult
from workbook.diagnostics.gates import Gate, is_tested

TOLD = (LevelVerdict.HIGHER, LevelVerdict.LOWER)
"""Verdicts that a test stands behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at."""

    one: QuestionnaireResult
    params: Params

    @property
    def strongest(self) -> list[Check]:
        """Contradictions, furthest beyond their bound first."""
        return sorted(self.one.contradictions, key=lambda c: -((c.value or 0.0) / c.bound))

    def item(self, name: str) -> ItemResult:
        """Return an item by its id."""
        return next(i for i in self.one.items if i.id == name)

    def label(self, name: str) -> str:
        """Return number and wording of an item."""
        return f"{name} {self.item(name).wording}"


ClaimRule: TypeAlias = Callable[[Facts], Judged | None]


def lead(questionnaires: Sequence[QuestionnaireResult]) -> QuestionnaireResult | None:
    """Return the questionnaire that the report is about: the first with an index."""
    return next((q for q in questionnaires if q.index is not None), None)


def check_figures(facts: Facts, check: Check) -> dict[str, Figure]:
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
    }


def how_many(facts: Facts) -> dict[str, Figure]:
    """Return how many of the marks checked are contradicted."""
    return {"k": len(facts.one.contradictions), "checked": facts.one.tested_checks}


def of_levels(key: str, test: LevelTest, figures: dict[str, Figure]) -> Claim:
    """Return the claim that sets management against line staff."""
    tested = test.verdict in TOLD
    return Claim(
        id=key,
        figures=figures,
        singled_out=("management", "line"),
        confidence=Confidence.TESTED if tested else Confidence.COUNTED,
    )


def level_gate(test: LevelTest) -> Gate | None:
    """Pass a difference of levels that its permutation tells from chance."""
    return is_tested(test.verdict in TOLD)


def named_item(test: LevelTest, *, alpha: float) -> str:
    """Return the item furthest apart in the direction of the whole; "" where none passes."""
    if test.verdict not in TOLD:
        return ""
    same = [i for i in test.items if i.p_value < alpha and i.gap * test.difference > 0]
    return same[0].item if same else ""


def level_figures(facts: Facts, test: LevelTest) -> dict[str, Figure]:
    """Return the indexes of both levels and the item furthest apart, where its test names one."""
    known = {level.level: level.index for level in facts.one.levels}
    item = named_item(test, alpha=facts.params.level_p_value)
    return {
        "management": known["management"],
        "line": known["line"],
        "above": test.management_n,
        "below": test.line_n,
        "p_value": test.p_value,
        "item": facts.label(item) if item else "",
    }


def place_told(one: QuestionnaireResult, kind: str, end: str) -> str:
    """Return the section or aspect that stands at one end; "" where no test sets it apart."""
    return next((p.id for p in one.places if p.told and (p.kind, p.end) == (kind, end)), "")
