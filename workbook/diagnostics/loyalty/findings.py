"""Page 2 of the loyalty report: answer, tiles and findings as claims that passed their gates.

Each rule looks at one part of the result and makes a claim or none.  The order of :data:`RULES`
is the order of importance among findings without money; those with money come first, the dearest
first.  Words are the view's.
"""

from dataclasses import replace

from workbook.diagnostics.claims import sorted_out, told_findings
from workbook.diagnostics.loyalty.headline import answers
from workbook.diagnostics.loyalty.limits import limitation
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
    waiting,
)
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.survey_claims import (
    Facts,
    Rule,
    detractors,
    driver,
    fell,
    group,
    improvement,
    nps_tile,
    revenue_disagrees,
    rose,
    theme,
)

TILES: tuple[Rule, ...] = (nps_tile, retention_tile, marks_tile, complaints_tile)
RULES: tuple[Rule, ...] = (
    revenue_disagrees,
    group,
    driver,
    waiting,
    unheard,
    retention,
    detractors,
    fell,
    rose,
    theme,
    register,
    low_marks,
    improvement,
    touchpoint,
)


def page_two(result: Result, params: Params) -> Result:
    """Return the result with its answer, tiles, findings and limitation."""
    facts = Facts(result=result, params=params)
    tiles, no_tiles = sorted_out(rule(facts) for rule in TILES)
    told, refused = told_findings(rule(facts) for rule in RULES)
    heads, _ = sorted_out(answers(facts, told))
    result = replace(
        result,
        answer=heads[0],
        tiles=tiles,
        findings=told,
        refused_findings=(*refused, *no_tiles),
    )
    return replace(result, limitation=limitation(Facts(result=result, params=params)))
