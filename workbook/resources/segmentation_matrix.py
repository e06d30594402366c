"""Resources of the segmentation matrix, and what its tables say that only it can judge."""

from collections.abc import Mapping

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.resources import Resources
from workbook.engagement import Engagement
from workbook.errors import Problem
from workbook.intake.conventions import conventions_of
from workbook.intake.table import Table
from workbook.resources.prepared import Prepared
from workbook.resources.segment_checks import segment_problems
from workbook.resources.target_checks import target_problems

GLOSSARY = (
    "client",
    "segment",
    "target_product",
    "maturity",
    "white_space",
    "near_miss",
    "abc",
    "xyz",
    "lifecycle",
    "primary_sale",
    "new_direction",
    "cohort",
    "interval",
)


def check(engagement: Engagement, tables: Mapping[str, Table]) -> tuple[Problem, ...]:
    """Return what is wrong with rules, targets and the names of products."""
    problems: list[Problem] = []
    if "segments" in tables:
        problems += segment_problems(
            tables["segments"],
            tables.get("customers"),
            language=engagement.language,
            conventions=conventions_of(engagement, "customers"),
        )
    return (*problems, *target_problems(tables))


def load(engagement: Engagement, inputs: Inputs, params: Params) -> Prepared:
    """Return the resources: nothing beside the tables."""
    return Prepared(resources=Resources())
