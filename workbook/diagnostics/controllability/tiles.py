"""The tiles of page 2."""

from workbook.diagnostics.claims import Claim, Figure, Judged, judge
from workbook.diagnostics.controllability.page_facts import Facts, Rule


def _index_tile(facts: Facts) -> Judged:
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
    return judge(Claim(id="index", figures=figures))


def _marks_tile(facts: Facts) -> Judged:
    marks, n = facts.one.marks, facts.one.n_marks
    figures: dict[str, Figure] = {
        "k": marks["+"], "n": n, "half": marks["+/-"], "minus": marks["-"],
    }  # fmt: skip
    return judge(Claim(id="marks", figures=figures, count=marks["+"], population=n))


def _alpha_tile(facts: Facts) -> Judged:
    alpha = facts.one.alpha
    figures: dict[str, Figure] = {
        "alpha": alpha.value, "reading": alpha.reading, "low": alpha.ci_low,
        "high": alpha.ci_high, "range_low": alpha.range_low, "range_high": alpha.range_high,
        "n": facts.one.n_respondents,
    }  # fmt: skip
    return judge(Claim(id="alpha", figures=figures))


def _last_tile(facts: Facts) -> Judged:
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


TILES: tuple[Rule, ...] = (_index_tile, _marks_tile, _alpha_tile, _last_tile)
