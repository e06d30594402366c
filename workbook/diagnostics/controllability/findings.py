"""Page 2 of the controllability report as claims: what is told of the first questionnaire."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbook.diagnostics.claims import (
    Claim,
    Confidence,
    Figure,
    Judged,
    Refusal,
    judge,
    sorted_out,
)
from workbook.diagnostics.controllability.judgement_result import LevelTest
from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.result import (
    Check,
    Gap,
    Item,
    LevelVerdict,
    QuestionnaireResult,
)
from workbook.diagnostics.gates import Gate, fits, has_history, is_tested, says_something

MOST = 8
"""Steps of the action plan."""
_NAMED = 3
_CLOSE = 1e-9
_TOLD = (LevelVerdict.HIGHER, LevelVerdict.LOWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTwo:
    """The claims of page 2."""

    answer: Claim | None
    tiles: tuple[Claim, ...]
    findings: tuple[Claim, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the rules look at."""

    one: QuestionnaireResult
    params: Params

    @property
    def strongest(self) -> list[Check]:
        """The contradictions, furthest beyond their bound first."""
        return sorted(self.one.contradictions, key=lambda c: -((c.value or 0.0) / c.bound))

    def item(self, name: str) -> Item:
        return next(i for i in self.one.items if i.id == name)

    def label(self, name: str) -> str:
        return f"{name} {self.item(name).wording}"


_Rule = Callable[[_Facts], "Judged | None"]


def lead(questionnaires: Sequence[QuestionnaireResult]) -> QuestionnaireResult | None:
    """Return the questionnaire that the report is about: the first with an index."""
    return next((q for q in questionnaires if q.index is not None), None)


def page_two(questionnaires: Sequence[QuestionnaireResult], params: Params) -> PageTwo:
    """Return what page 2 tells; nothing without an index."""
    one = lead(questionnaires)
    if one is None:
        return PageTwo(answer=None, tiles=(), findings=(), refused=())
    facts = _Facts(one=one, params=params)
    heads, no_heads = sorted_out(rule(facts) for rule in _ANSWERS)
    told, refused = sorted_out(rule(facts) for rule in _FINDINGS)
    tiles, no_tiles = sorted_out(rule(facts) for rule in _TILES)
    every = dict.fromkeys((*refused, *no_heads, *no_tiles))
    return PageTwo(
        answer=heads[0] if heads else None,
        tiles=tiles[:4],
        findings=told[:MOST],
        refused=tuple(every),
    )


# the headline: the first of these that passes


def _contradicted(facts: _Facts) -> Judged | None:
    if not facts.strongest:
        return None
    first = facts.strongest[0]
    figures = {**_whole(facts), **_check(facts, first), **_how_many(facts)}
    return judge(
        Claim(
            id="contradicted",
            figures=figures,
            count=len(facts.one.contradictions),
            population=facts.one.tested_checks,
        ),
        has_history(first.base or 0, least=1),
    )


def _levels_apart(facts: _Facts) -> Judged | None:
    test = facts.one.level_test
    if test is None or test.verdict is LevelVerdict.ALIKE:
        return None
    figures = {**_whole(facts), **_level_figures(facts, test)}
    return judge(_of_levels("levels", test, figures), _level_gate(test))


def _differing(facts: _Facts) -> Judged | None:
    if facts.one.alpha.reading != "low":
        return None
    return judge(Claim(id="differing", figures=_whole(facts)))


def _standing(facts: _Facts) -> Judged | None:
    """Put the index into words where it is more than one person's and one view."""
    shared = facts.one.alpha.reading not in ("low", "alone")
    return judge(
        Claim(id=facts.one.standing, figures=_whole(facts), problem=False),
        has_history(facts.one.n_respondents, least=2),
        fits(shared),
    )


def _index_alone(facts: _Facts) -> Judged:
    return judge(Claim(id="index_alone", figures=_whole(facts), problem=False))


_ANSWERS: tuple[_Rule, ...] = (_contradicted, _levels_apart, _differing, _standing, _index_alone)


def _whole(facts: _Facts) -> dict[str, Figure]:
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


# findings, most important first


def _contradiction(facts: _Facts) -> Judged | None:
    return _contradiction_at(facts, 0)


def _next_contradiction(facts: _Facts) -> Judged | None:
    return _contradiction_at(facts, 1)


def _contradiction_at(facts: _Facts, place: int) -> Judged | None:
    found = facts.strongest
    if place >= len(found):
        return None
    check = found[place]
    counted = check.unit == "share"
    return judge(
        Claim(
            id="contradiction_next" if place else "contradiction",
            figures={**_check(facts, check), **_how_many(facts)},
            count=check.n if counted else None,
            population=check.base if counted else None,
        ),
        has_history(check.base or 0, least=1),
    )


def _check(facts: _Facts, check: Check) -> dict[str, Figure]:
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


def _how_many(facts: _Facts) -> dict[str, Figure]:
    return {"k": len(facts.one.contradictions), "checked": facts.one.tested_checks}


def _straight(facts: _Facts) -> Judged | None:
    one = facts.one
    if not one.straight_respondents:
        return None
    without = one.index_without_straight
    moved = None if without is None or one.index is None else abs(without - one.index)
    return judge(
        Claim(
            id="straight",
            figures={"k": one.straight_respondents, "n": one.n_respondents, "index": one.index,
                     "without": without},
            count=one.straight_respondents,
            population=one.n_respondents,
        ),
        fits(moved is not None and moved >= facts.params.level_difference),
    )  # fmt: skip


def _levels(facts: _Facts) -> Judged | None:
    """Set management against line staff where a test tells them apart."""
    test = facts.one.level_test
    if test is None or test.verdict is LevelVerdict.ALIKE:
        return None
    key = "levels_lower" if test.difference < 0 else "levels_higher"
    return judge(_of_levels(key, test, _level_figures(facts, test)), _level_gate(test))


def _levels_seen(facts: _Facts) -> Judged | None:
    """Say what is seen where no test can be made, and set nobody apart."""
    test = facts.one.level_test
    if test is None or test.verdict is not LevelVerdict.UNTESTABLE:
        return None
    large = abs(test.difference) >= facts.params.level_seen_difference
    return judge(
        Claim(id="levels_seen", figures=_level_figures(facts, test)),
        None if large else Gate.CHANCE,
    )


def _of_levels(key: str, test: LevelTest, figures: dict[str, Figure]) -> Claim:
    tested = test.verdict in _TOLD
    return Claim(
        id=key,
        figures=figures,
        singled_out=("management", "line"),
        confidence=Confidence.TESTED if tested else Confidence.COUNTED,
    )


def _level_gate(test: LevelTest) -> Gate | None:
    return is_tested(test.verdict in _TOLD)


def _level_figures(facts: _Facts, test: LevelTest) -> dict[str, Figure]:
    known = {level.level: level.index for level in facts.one.levels}
    sign = 1 if test.difference > 0 else -1
    apart = max(facts.one.items, key=lambda i: -2 if i.gap is None else round(sign * i.gap, 9))
    return {
        "management": known["management"],
        "line": known["line"],
        "above": test.management_n,
        "below": test.line_n,
        "p_value": test.p_value,
        "item": facts.label(apart.id),
    }


def _agreement(facts: _Facts) -> Judged:
    alpha = facts.one.alpha
    return judge(
        Claim(
            id=f"agreement_{alpha.reading}",
            figures={"alpha": alpha.value, "n": len(facts.one.agenda)},
            count=len(facts.one.agenda),
            population=facts.one.n_items,
            problem=alpha.reading in ("low", "middle", "alone"),
        )
    )


def _disagreement(facts: _Facts) -> Judged | None:
    return _agreement(facts) if facts.one.alpha.reading == "low" else None


def _other_agreement(facts: _Facts) -> Judged | None:
    return None if facts.one.alpha.reading == "low" else _agreement(facts)


def _gap(facts: _Facts) -> Judged | None:
    gaps = facts.one.gaps
    if not gaps:
        return judge(Claim(id="no_gap", problem=False, figures={"n": facts.one.n_scored}))
    tied = sum(abs(gap.priority - gaps[0].priority) < _CLOSE for gap in gaps)
    if tied > 1:
        return _gap_claim(facts, gaps[0], key="gap_shared", more={"n": tied})
    return _gap_claim(facts, gaps[0], key="gap")


def _next_gap(facts: _Facts) -> Judged | None:
    gaps = facts.one.gaps
    return _gap_claim(facts, gaps[1], key="gap_next") if len(gaps) > 1 else None


def _gap_claim(
    facts: _Facts, gap: Gap, *, key: str, more: dict[str, Figure] | None = None
) -> Judged:
    """Judge an item as a gap: one that is mostly managed is none worth telling."""
    item = facts.item(gap.item)
    return judge(
        Claim(
            id=key,
            figures={"item": facts.label(gap.item), "score": gap.score,
                     "recommendation": item.recommendation, "metric": item.metric,
                     **(more or {})},
        ),
        says_something(by_definition=gap.score > facts.params.managed_above),
    )  # fmt: skip


def _section(facts: _Facts) -> Judged | None:
    found = next((s for s in facts.one.sections if s.id == facts.one.weakest_section), None)
    if found is None:
        return None
    figures: dict[str, Figure] = {
        "section": found.title, "index": found.index, "whole": facts.one.index,
    }  # fmt: skip
    return judge(Claim(id="section", figures=figures))


def _wave(facts: _Facts, wanted: str) -> Judged | None:
    change = facts.one.change
    if change is None or change.direction != wanted:
        return None
    return judge(
        Claim(
            id=f"wave_{wanted}",
            problem=wanted == "down",
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
        fits(change.both_respondents > 0),
    )


def _fall(facts: _Facts) -> Judged | None:
    return _wave(facts, "down")


def _rise(facts: _Facts) -> Judged | None:
    return _wave(facts, "up")


def _unknown(facts: _Facts) -> Judged | None:
    one = facts.one
    if not one.dont_know:
        return None
    asked = sorted((i for i in one.items if i.dont_know), key=lambda i: -i.dont_know)
    return judge(
        Claim(
            id="unknown",
            figures={"n": one.dont_know, "items": ", ".join(i.id for i in asked[:_NAMED])},
            count=one.dont_know,
            population=one.n_items * one.n_respondents,
        )
    )


_FINDINGS: tuple[_Rule, ...] = (
    _contradiction, _next_contradiction, _levels, _straight, _levels_seen, _disagreement, _fall,
    _gap, _section, _unknown, _other_agreement, _rise, _next_gap,
)  # fmt: skip


# tiles


def _index_tile(facts: _Facts) -> Judged:
    change = facts.one.change
    known: dict[str, Figure] = {"course": ""}
    if change is not None:
        known = {
            "course": change.direction,
            "points": 100 * abs(change.difference),
            "against": change.against,
        }
    figures = {"index": facts.one.index, "by_sections": facts.one.index_sections, **known}
    return judge(Claim(id="index", figures=figures))


def _marks_tile(facts: _Facts) -> Judged:
    marks, n = facts.one.marks, facts.one.n_marks
    figures: dict[str, Figure] = {
        "k": marks["+"], "n": n, "half": marks["+/-"], "minus": marks["-"],
    }  # fmt: skip
    return judge(Claim(id="marks", figures=figures, count=marks["+"], population=n))


def _alpha_tile(facts: _Facts) -> Judged:
    alpha = facts.one.alpha
    figures: dict[str, Figure] = {
        "alpha": alpha.value, "reading": alpha.reading, "low": alpha.ci_low,
        "high": alpha.ci_high, "n": facts.one.n_respondents,
    }  # fmt: skip
    return judge(Claim(id="alpha", figures=figures))


def _last_tile(facts: _Facts) -> Judged:
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


_TILES: tuple[_Rule, ...] = (_index_tile, _marks_tile, _alpha_tile, _last_tile)
