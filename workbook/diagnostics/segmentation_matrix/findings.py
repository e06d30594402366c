"""Page 2 as claims: what is told of the findings, in which order, and what fails a gate."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from workbook.diagnostics.claims import (
    Claim,
    Judged,
    Refusal,
    sorted_out,
    told_findings,
)
from workbook.diagnostics.segmentation_matrix.customer_claims import (
    ended,
    lapsed,
    lost,
    quiet,
    turnover,
)
from workbook.diagnostics.segmentation_matrix.deal_claims import control_points, offers, stage
from workbook.diagnostics.segmentation_matrix.differences import (
    fewer_new,
    segment_chances,
    weak_segment,
)
from workbook.diagnostics.segmentation_matrix.headline import answers
from workbook.diagnostics.segmentation_matrix.limits import limitation
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.range_claims import (
    concentration,
    neighbour,
    only_repeat,
    rules,
    segment,
    single,
)
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.diagnostics.segmentation_matrix.tiles import tiles
from workbook.stats import Family, Procedure
from workbook.stats.families import holm_family

Rule = Callable[[Result, Params], Judged | None]


def with_page_two(result: Result, params: Params) -> Result:
    """Return the result with its headline, tiles and findings, and what is refused."""
    alpha = 1 - params.confidence
    chances = segment_chances(result.maturity)
    weak = weak_segment(result.maturity, chances, alpha=alpha)
    result = replace(
        result, weak_segment=weak, families=_families(result, chances.values(), alpha=alpha)
    )
    found, refused = told_findings(rule(result, params) for rule in RULES)
    told = tuple(sorted(found, key=lambda claim: claim.id in _OF_DATA))
    heads, no_heads = sorted_out(answers(result, told, params))
    answer = heads[0] if heads else None
    figures, no_tiles = sorted_out(tiles(result, params))
    return replace(
        result,
        answer=answer,
        tiles=figures[:4],
        findings=told,
        refused_findings=_refused((*refused, *no_heads, *no_tiles), told),
        limitation=limitation(result, params, answer=answer, findings=told),
    )


def _families(result: Result, segments: Collection[float], *, alpha: float) -> tuple[Family, ...]:
    """Return what was tested together: only what a finding or a heading could have named."""
    grows = {row.manager for row in result.only_repeat}
    few = fewer_new(result.customers) if grows else {}
    # A manager who does not grow by repeat sales alone was compared too, but is named nowhere.
    new = [p if name in grows else 1.0 for name, p in few.items()]
    late = [row.p_value for row in result.manager_points if row.p_value is not None]
    tested = (
        ("segments", Procedure.PERMUTATION, segments),
        ("managers_new", Procedure.EXACT, new),
        ("managers_overdue", Procedure.PERMUTATION, late),
    )
    families = (
        holm_family(name, procedure, [p < alpha for p in p_values], alpha=alpha)
        for name, procedure, p_values in tested
    )
    return tuple(one for one in families if one is not None)


def _refused(refused: Iterable[Refusal], told: Iterable[Claim]) -> tuple[Refusal, ...]:
    """Return each refusal once; what is told as a finding was refused as something else only."""
    ids = {claim.id for claim in told}
    return tuple(dict.fromkeys(r for r in refused if r.id not in ids))


RULES: Iterable[Rule] = (
    turnover, neighbour, lapsed, only_repeat, offers, stage, control_points, segment, lost,
    quiet, ended, single, concentration, rules,
)  # fmt: skip
"""What may be found, in the order in which equals are told."""
_OF_DATA = frozenset({"rules"})
"""What is about the data: told last."""
