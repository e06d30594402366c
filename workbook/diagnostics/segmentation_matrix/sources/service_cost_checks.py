"""Costs to serve that may have been written down twice: a year beside one of its months."""

from collections.abc import Mapping

from workbook.diagnostics.plans import overlaps
from workbook.errors import Problem, Severity
from workbook.intake.problems import cut, shown
from workbook.intake.table import InputTable


def service_cost_problems(tables: Mapping[str, InputTable]) -> list[Problem]:
    """Return a warning for each cost whose period overlaps another one of the same customer.

    Rows of one period are several costs and are added up; they are no doubt.
    """
    table = tables.get("service_costs")
    if table is None:
        return []
    frame = table.frame.loc[table.frame["period"].notna()]
    periods = frame["period"].to_dict()
    alone = frame.drop_duplicates(["customer_id", "period"])
    found = [
        Problem(
            code="costs_overlap",
            place=table.place_of(second, "period"),
            found=shown(periods[second]),
            facts={"other": first, "period": shown(periods[first])},
            severity=Severity.WARNING,
        )
        for first, second in overlaps(alone)
    ]
    return cut(found, count=len(found)) if found else []
