"""What the table of plans must hold beyond its cells: no sale is planned twice."""

from workbook.diagnostics.plans import overlaps
from workbook.errors import Location, Problem
from workbook.intake.problems import cut, shown
from workbook.intake.table import InputTable


def check_plans(table: InputTable) -> list[Problem]:
    """Return plans of one customer whose periods overlap: they would count the same sales twice."""
    frame = table.frame
    found = [
        Problem(
            code="plans_overlap",
            place=Location(
                file=table.file,
                sheet=table.sheet,
                row=second,
                column=table.columns.get("period", "period"),
            ),
            found=shown(frame.at[second, "period"]),
            facts={"other": first, "period": frame.at[first, "period"]},
        )
        for first, second in overlaps(frame.loc[frame["period"].notna()])
    ]
    return cut(found, count=len(found)) if found else []
