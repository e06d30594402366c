"""What the tables of the segmentation matrix say that only it can judge."""

from collections.abc import Mapping

from workbook.diagnostics.segmentation_matrix.sources.segment_checks import segment_problems
from workbook.diagnostics.segmentation_matrix.sources.service_cost_checks import (
    service_cost_problems,
)
from workbook.diagnostics.segmentation_matrix.sources.target_checks import target_problems
from workbook.engagement.settings import Engagement
from workbook.errors import Problem
from workbook.intake.cells.locale import conventions_of
from workbook.intake.table import InputTable


def check(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    """Return what is wrong with rules, targets, names of products and costs to serve."""
    problems: list[Problem] = []
    if "segments" in tables:
        problems += segment_problems(
            tables["segments"],
            tables.get("customers"),
            language=engagement.language,
            conventions=conventions_of(engagement, "customers"),
        )
    return (*problems, *target_problems(tables), *service_cost_problems(tables))
