"""Page 2 of the report: headline (the first that passes its gates), tiles and findings."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.diagnostics.claims import (
    Claim,
    Figure,
    Judged,
    Refusal,
    judge,
    sorted_out,
    told_findings,
)
from workbook.diagnostics.controllability.agreement_result import LevelVerdict
from workbook.diagnostics.controllability.findings import FINDINGS, OF_DATA
from workbook.diagnostics.controllability.limits import limitation
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
    weighed,
)
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.questionnaire_result import QuestionnaireResult, leading
from workbook.diagnostics.gates import fits, has_history
from workbook.diagnostics.limitation import Limitation

MOST = 8
"""Steps of the action plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTwo:
    """The claims of page 2."""

    answer: Claim | None
    tiles: tuple[Claim, ...]
    findings: tuple[Claim, ...]
    refused: tuple[Refusal, ...]
    limitation: Limitation | None


def page_two(questionnaires: Sequence[QuestionnaireResult], params: Params) -> PageTwo:
    """Return what page 2 tells; nothing without an index."""
    one = leading(questionnaires)
    if one is None:
        return PageTwo(answer=None, tiles=(), findings=(), refused=(), limitation=None)
    facts = ClaimFacts(one=one, params=params)
    heads, no_heads = sorted_out(rule(facts) for rule in ANSWERS)
    found, refused = told_findings(rule(facts) for rule in FINDINGS)
    told = sorted(found, key=lambda claim: claim.id in OF_DATA)
    tiles, no_tiles = sorted_out(rule(facts) for rule in TILES)
    every = dict.fromkeys((*refused, *no_heads, *no_tiles))
    return PageTwo(
        answer=heads[0] if heads else None,
        tiles=tiles[:4],
        findings=tuple(told[:MOST]),
        refused=tuple(every),
        limitation=limitation(facts),
    )


def _contradicted(facts: ClaimFacts) -> Judged | None:
    if not facts.strongest:
        return None
    first = facts.strongest[0]
    figures = {**_whole(facts, "contradicted"), **check_figures(facts, first), **how_many(facts)}
    claim = Claim(
        id="contradicted",
        measure=measured_as(facts, "contradictions"),
        figures=figures,
        count=len(facts.one.contradictions),
        population=facts.one.tested_checks,
    )
    return judge(weighed(claim, first), has_history(first.base or 0, least=1))


def _levels_apart(facts: ClaimFacts) -> Judged | None:
    test = facts.one.level_test
    if test is None or test.verdict is LevelVerdict.ALIKE:
        return None
    figures = {**_whole(facts, "levels"), **level_figures(facts, test)}
    key = "levels" if figures["item"] else "levels_overall"
    return judge(of_levels(key, test, figures), level_gate(test))


def _differing(facts: ClaimFacts) -> Judged | None:
    if facts.one.alpha.reading != "low":
        return None
    figures = {**_whole(facts, "differing"), "k": len(facts.one.agenda),
               "item": first_disputed(facts)}  # fmt: skip
    return judge(Claim(id="differing", figures=figures, measure=measured_as(facts, "index")))


def _standing(facts: ClaimFacts) -> Judged | None:
    """Put the index into words where it is more than one person's and one view."""
    standing, shared = facts.one.standing, facts.one.alpha.reading not in ("low", "alone")
    return judge(
        Claim(
            id=_then(facts, standing),
            figures=_whole(facts, standing),
            problem=False,
            measure=measured_as(facts, "index"),
        ),
        has_history(facts.one.n_respondents, least=2),
        fits(shared),
    )


def _index_alone(facts: ClaimFacts) -> Judged:
    figures = _whole(facts, "index_alone")
    return judge(
        Claim(
            id=_then(facts, "index_alone"),
            figures=figures,
            problem=False,
            measure=measured_as(facts, "index"),
        )
    )


def _then(facts: ClaimFacts, name: str) -> str:
    """Return the headline of an index, ``_kept`` where no gap is left to begin with."""
    return name if facts.one.gaps else f"{name}_kept"


ANSWERS: tuple[ClaimRule, ...] = (_contradicted, _levels_apart, _differing, _standing, _index_alone)


def _whole(facts: ClaimFacts, headline: str) -> dict[str, Figure]:
    """Return the figures that every headline and the line below it may write."""
    one = facts.one
    gap = one.gaps[0] if one.gaps else None
    return {
        "first": "" if gap is None else facts.item(gap.item).recommendation,
        "title": one.title,
        "index": one.index,
        "basis": _basis(one, headline),
        "alpha": one.alpha.value,
        "n": one.n_respondents,
        "items": one.n_items,
    }


def _basis(one: QuestionnaireResult, headline: str) -> str:
    """Return what the line below a headline says the index rests on.

    ``differing`` views, one person ``alone``, the standing of the index, or only how many
    ``people`` where the headline says it or knows no better.
    """
    if one.n_respondents < 2:
        basis = "alone"
    else:
        basis = "differing" if one.alpha.reading == "low" else one.standing
    return "people" if headline in (basis, "index_alone") else basis


def _index_tile(facts: ClaimFacts) -> Judged:
    change = facts.one.change
    known: dict[str, Figure] = {"course": ""}
    if change is not None:
        known = {
            "course": change.direction if change.test and change.test.told else "counted",
            "before": change.before,
            "now": change.now,
            "points": 100 * abs(change.difference),
            "against": change.against,
        }
    figures = {"index": facts.one.index, "by_sections": facts.one.index_sections, **known}
    return judge(Claim(id="index", figures=figures, measure=measured_as(facts, "index")))


def _marks_tile(facts: ClaimFacts) -> Judged:
    marks, n = facts.one.marks, facts.one.n_marks
    figures: dict[str, Figure] = {
        "k": marks["+"], "n": n, "half": marks["+/-"], "minus": marks["-"],
    }  # fmt: skip
    return judge(Claim(id="marks", figures=figures, count=marks["+"], population=n))


def _alpha_tile(facts: ClaimFacts) -> Judged:
    alpha = facts.one.alpha
    figures: dict[str, Figure] = {
        "alpha": alpha.value, "reading": alpha.reading, "low": alpha.ci_low,
        "high": alpha.ci_high, "range_low": alpha.range_low, "range_high": alpha.range_high,
        "n": facts.one.n_respondents,
    }  # fmt: skip
    return judge(Claim(id="alpha", figures=figures))


def _last_tile(facts: ClaimFacts) -> Judged:
    """Count marks at odds with the data; without a check, items that are not managed."""
    one = facts.one
    if one.tested_checks:
        key, count, of = "contradictions", len(one.contradictions), one.tested_checks
    else:
        key, count, of = "low_items", one.low_items, one.n_scored
    figures: dict[str, Figure] = {
        "k": count, "n": of, "bound": facts.params.unmanaged_below,
    }  # fmt: skip
    return judge(Claim(id=key, figures=figures, count=count, population=of))


TILES: tuple[ClaimRule, ...] = (_index_tile, _marks_tile, _alpha_tile, _last_tile)
