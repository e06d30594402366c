"""Filled forms in an engagement under pseudonyms: who filled in what is told to nobody."""

from datetime import datetime
from pathlib import Path

from table_engagement import DAY, opened, put

from workbook.diagnostics import all_diagnostics
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

NAME = "Berg"


def test_neither_tables_nor_remarks_name_whoever_filled_in(acme: Path) -> None:
    settings = acme / "engagement.toml"
    settings.write_text(settings.read_text("utf-8").replace("as_of", "anonymise = true\nas_of"))
    (acme / "data" / "survey.csv").write_text("Respondent,Date,Score\nR1,2025-10-01,10\n", "utf-8")
    late = {"date": datetime(2026, 2, 1), "score": 1}
    put(acme, "nps", {0: {**late, "customer_id": NAME}, 1: {**late, "manager": NAME}},
        name=f"{NAME}.xlsx")  # fmt: skip
    put(acme, "touchpoints", {0: {"mark": "poor"}}, name=f"{NAME} 2.xlsx")
    put(acme, "satisfaction", {0: {"mark": 9}}, name=f"{NAME} 3.xlsx", respondent_id=NAME, date=DAY)
    case = opened(acme)
    for table in case.inputs.tables.values():
        assert NAME not in table.to_csv()
    told = [p for d in all_diagnostics() for p in case.problems_of(d)]
    assert {"future_days", "form_no_name", "out_of_range"} <= {p.code for p in told}
    for problem in told:
        for language in LANGUAGES:
            assert NAME not in line(problem, language), problem
    for table in case.tables.values():
        assert all(NAME not in case.file_name(file) for file, *_ in table.rows_by_file)
