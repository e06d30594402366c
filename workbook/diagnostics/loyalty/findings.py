"""Page 2 of the loyalty report: headline, tiles and findings as claims that passed their gates.

Each rule looks at one part of the result and makes a claim or none.  The order of :data:`RULES`
is the order of importance among findings without money; those with money come first, the dearest
first.  Words are the view's.
"""

from dataclasses import replace

from workbook.diagnostics.claims import (
    sorted_out,
    told_findings,
)
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.practice_claims import (
    complaints_tile,
    low_marks,
    marks_tile,
    register,
    retention,
    retention_tile,
    touchpoint,
    unheard,
)
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.survey_claims import (
    Facts,
    Rule,
    alone,
    changed,
    driver,
    fell,
    group,
    improvement,
    no_survey,
    nps_tile,
    revenue_disagrees,
    rose,
    theme,
    too_few,
    uncertain,
)

HEADS: tuple[Rule, ...] = (changed, alone, too_few, no_survey)
TILES: tuple[Rule, ...] = (nps_tile, retention_tile, marks_tile, complaints_tile)
RULES: tuple[Rule, ...] = (
    fell,
    rose,
    retention,
    revenue_disagrees,
    group,
    theme,
    driver,
    low_marks,
    unheard,
    register,
    improvement,
    touchpoint,
    uncertain,
)


def page_two(result: Result, params: Params) -> Result:
    """Return the result with its headline, tiles and findings."""
    facts = Facts(result=result, params=params)
    heads, no_heads = sorted_out(rule(facts) for rule in HEADS)
    tiles, no_tiles = sorted_out(rule(facts) for rule in TILES)
    told, refused = told_findings(rule(facts) for rule in RULES)
    return replace(
        result,
        answer=heads[0] if heads else None,
        tiles=tiles,
        findings=told,
        refused_findings=(*refused, *no_tiles, *no_heads),
    )
