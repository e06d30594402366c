"""The sections of the result on sources, competitors, contribution and customers' next dates."""

from dataclasses import replace

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import words_at
from workbook.diagnostics.segmentation_matrix.competitors import competitors
from workbook.diagnostics.segmentation_matrix.contribution import contribution
from workbook.diagnostics.segmentation_matrix.control_points import points
from workbook.diagnostics.segmentation_matrix.next_dates import manager_dates, next_dates
from workbook.diagnostics.segmentation_matrix.offer_sources import (
    offer_sources,
    source_difference,
)
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.plan_sections import Targets
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.stats import Procedure
from workbook.stats.families import holm_family


def with_further(result: Result, found: Targets, *, inputs: Inputs, params: Params) -> Result:
    """Return the result with offers by source and competitor, contribution and next dates."""
    sources = offer_sources(found.recent, params)
    rivals, basis = competitors(found.recent)
    segmentation = found.segmentation
    dates = next_dates(
        inputs,
        found.ledger,
        params,
        events=found.events,
        points=points(inputs, found.ledger),
    )
    return replace(
        result,
        sources=sources,
        source_difference=source_difference(sources, alpha=1 - params.confidence),
        competitors=rivals,
        competitor_basis=basis,
        contribution=contribution(
            inputs,
            found.ledger,
            params,
            segment=words_at(segmentation.names, segmentation.codes),
        ),
        next_dates=dates,
        next_dates_managers=manager_dates(dates, params),
    )


def with_source_family(result: Result, params: Params) -> Result:
    """Return the result with the family of sources: what a heading could have named."""
    alpha = 1 - params.confidence
    p_values = [row.p_value for row in result.sources if row.p_value is not None]
    family = holm_family(
        "sources", Procedure.PERMUTATION, [p < alpha for p in p_values], alpha=alpha
    )
    return result if family is None else replace(result, families=(*result.families, family))
