"""Every preset reads the export that it is named after, in the layout that the program writes."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import book_exports
import crm_exports
import pytest
import survey_exports
from exports import Export

from workbook.diagnostics import param_types
from workbook.diagnostics.financial_quartiles.derived_lines import complete
from workbook.diagnostics.financial_quartiles.sources.ratio_files import shipped_lines
from workbook.diagnostics.financial_quartiles.statement import statements
from workbook.engagement.engagement_file import load_engagement
from workbook.errors import Problem
from workbook.intake.recipe.presets import recognised, shipped_presets
from workbook.intake.tables import Intake, read_tables
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

EVERY = [
    pytest.param(one, id=one.name)
    for one in (*survey_exports.EXPORTS, *crm_exports.EXPORTS, *book_exports.EXPORTS)
]


def read(folder: Path, export: Export) -> Intake:
    export.write(folder)
    return read_tables(load_engagement(folder, param_types()))


def told(problems: tuple[Problem, ...], *, errors: bool) -> list[str]:
    return [f"{p.code}: {line(p, 'en')}" for p in problems if p.is_error is errors]


@pytest.mark.parametrize("export", EVERY)
def test_it_becomes_the_table_expected(tmp_path: Path, export: Export) -> None:
    intake = read(tmp_path / "acme", export)
    assert told(intake.problems, errors=True) == []
    frame = intake.tables[export.table].frame
    assert len(frame) == export.count
    assert {name: shown(frame.iloc[0][name]) for name in export.first} == export.first
    assert {name: frame[name].sum() for name in export.totals} == pytest.approx(export.totals)
    assert set(export.told) <= {p.code for p in intake.problems if not p.is_error}
    for language in LANGUAGES:
        assert all(line(problem, language) for problem in intake.problems)


def shown(value: object) -> object:
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else value


@pytest.mark.parametrize("export", [one for one in EVERY if one.values[0].heads])
def test_it_is_recognised_as_itself_and_no_other(export: Export) -> None:
    assert (export.preset, export.table) in recognised(export.headings())
    assert {name for name, _ in recognised(export.headings())} == {export.preset}


def test_every_preset_has_an_export_for_every_table() -> None:
    made = {(one.values[0].preset, one.values[0].table) for one in EVERY}
    assert made == {(p.name, table) for p in shipped_presets().values() for table in p.tables}


def changed(export: Export, **facts: object) -> Export:
    return replace(export, **facts)  # type: ignore[arg-type]


def of_name(name: str) -> Export:
    return next(one.values[0] for one in EVERY if one.values[0].name == name)


MISSING = [
    # export, its heading that is renamed, how the message calls what is missing
    ("surveymonkey-csv", "End Date", "End Date"),
    ("typeform", "#", "#"),
    ("hubspot", "Deal Stage", "Deal Stage"),
    ("amocrm", "Дата создания сделки", "Дата создания сделки"),
    ("1c_journal-csv", "Контрагент", "Контрагент"),
]


@pytest.mark.parametrize(("name", "heading", "told_as"), MISSING)
def test_a_heading_that_the_export_lacks_is_told_by_name(
    tmp_path: Path, name: str, heading: str, told_as: str
) -> None:
    export = of_name(name)
    head, *rows = export.rows
    renamed = ["Other" if cell == heading else cell for cell in head]
    intake = read(tmp_path / "acme", changed(export, rows=[renamed, *rows]))
    errors = " ".join(told(intake.problems, errors=True))
    assert "missing" in errors
    assert told_as in errors


def test_a_score_of_another_wording_is_named_in_one_line(tmp_path: Path) -> None:
    export = of_name("surveymonkey-csv")
    head, *rows = export.rows
    renamed = ["Overall mark (0-10)" if "recommend" in str(cell) else cell for cell in head]
    intake = read(tmp_path / "one", changed(export, rows=[renamed, *rows]))
    (problem,) = (p for p in intake.problems if p.is_error)
    assert (problem.code, problem.facts["line"]) == ("missing_column", 'columns = {score = "?"}')
    assert "*" not in line(problem, "en")
    lines = 'columns = {score = "Overall mark*"}\n'
    intake = read(tmp_path / "two", changed(export, rows=[renamed, *rows], lines=lines))
    assert intake.usable
    assert intake.tables["survey"].frame["score"].sum() == export.totals["score"]


def test_deals_in_several_currencies_are_not_summed(tmp_path: Path) -> None:
    export = of_name("pipedrive")
    head, first, *rows = export.rows
    foreign = ["EUR" if cell == "USD" else cell for cell in first]
    intake = read(tmp_path / "one", changed(export, rows=[head, foreign, *rows]))
    assert [p.code for p in intake.problems if p.is_error] == ["several_currencies"]
    lines = 'where = {"Deal - Currency of Value" = "USD"}\n'
    intake = read(tmp_path / "two", changed(export, rows=[head, foreign, *rows], lines=lines))
    assert intake.usable
    assert intake.tables["offers"].frame["amount"].sum() == 6000


def test_a_stage_of_the_clients_own_ends_a_deal_where_a_line_says_so(tmp_path: Path) -> None:
    lines = 'values.status = {lost = ["Contract sent"]}\n'
    intake = read(tmp_path / "acme", changed(of_name("hubspot"), lines=lines))
    assert intake.tables["offers"].frame["status"].tolist() == ["won", "lost", "lost"]


def test_contracts_that_no_pattern_names_are_found_by_the_total(tmp_path: Path) -> None:
    export = of_name("1c_turnover_62-contracts")
    rows = export.rows["TDSheet"]  # type: ignore[call-overload]
    renamed = [["№ 5 от 01.02.2024", *row[1:]] if "№ 5" in str(row[:1]) else row for row in rows]
    intake = read(tmp_path / "acme", changed(export, rows={"TDSheet": renamed}))
    assert [p.code for p in intake.problems if p.is_error] == ["total_differs"]


def test_slovak_rows_make_a_whole_balance_sheet_in_euros(tmp_path: Path) -> None:
    frame = read(tmp_path / "acme", of_name("registeruz")).tables["statements"].frame
    assert frame.attrs["unit"] == "one"
    assert load_engagement(tmp_path / "acme", param_types()).params["financial_quartiles"] == {
        "unit": 1
    }
    lines = shipped_lines()
    (statement,) = statements(frame, lines)
    values = complete(statement, lines, Fraction(0)).values
    assert values["current_assets"] == 78000 + 2000
    assert values["current_liabilities"] == 48000 + 1500 + 0 + 0 + 500
    assert values["long_term_liabilities"] == 150000 - 60000 - 50000
    assert values["profit_from_sales"] == 15000
    assert values["net_profit"] == 9000


def test_nil_of_rosstat_is_nothing_known(tmp_path: Path) -> None:
    table = read(tmp_path / "acme", of_name("rosstat")).tables["statements"]
    given = table.frame.iloc[0].dropna()
    lines = {name: value for name, value in given.items() if str(name).startswith("line_")}
    assert lines == {"line_1100": 70, "line_1600": 150, "line_2110": 300}
    assert table.frame.attrs["unit"] == "thousand"


def test_an_anonymous_survey_without_days_is_told_with_the_line_that_gives_one(
    tmp_path: Path,
) -> None:
    intake = read(tmp_path / "acme", changed(of_name("limesurvey-anonymous"), lines=""))
    (problem,) = (p for p in intake.problems if p.is_error)
    assert problem.code == "empty_days_all"
    assert problem.facts["line"] == 'columns = {date = {value = "2025-12-31"}}'


def test_a_question_of_which_there_are_two_is_left_out_and_told(tmp_path: Path) -> None:
    export = of_name("typeform")
    head, *rows = export.rows
    twice = [[*head, "Why that score for delivery?"], *([*row, "x"] for row in rows)]
    intake = read(tmp_path / "acme", changed(export, rows=twice))
    assert intake.usable
    assert "reason" not in intake.tables["survey"].frame
    (problem,) = (p for p in intake.problems if p.code == "several_headings")
    assert not problem.is_error
    assert problem.facts["line"] == 'columns = {reason = "Why that score?"}'
