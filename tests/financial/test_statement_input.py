"""From a client's files to problems and a result: bad rows, one message each."""

import re
from datetime import date
from fractions import Fraction

import pytest
import xlsxwriter

from workbook.diagnostics.financial_quartiles.compute import compute
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.sources.loading import check, load
from workbook.diagnostics.financial_quartiles.sources.ratio_files import shipped_lines
from workbook.diagnostics.financial_quartiles.statement import statements
from workbook.diagnostics.inputs import Inputs
from workbook.engagement.settings import Engagement
from workbook.intake.param_tables import build_params, checked_params
from workbook.intake.tables import read_tables
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

LONG = "organisation,year,line,value,prior_value,okved,form\n"
WIDE = "organisation,year,okved,line_1600,line_1300,line_2110\n"


@pytest.fixture
def folder(tmp_path):
    """Write files of an engagement and return it; texts are named by their path."""

    def write(files, **options):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return engagement(tmp_path, **options)

    return write


def engagement(path, **options):
    facts = {"id": "acme", "client": "Acme", "language": "en", "currency": "RUB"}
    facts |= {"period": "2025", "as_of": date(2025, 12, 31), **options}
    return Engagement(folder=path, **facts)


def read(engagement):
    """Return tables and problems; every problem has its sentence in every language."""
    intake = read_tables(engagement)
    problems = (*intake.problems, *check(engagement, intake.tables))
    for problem in problems:
        for language in LANGUAGES:
            assert not re.search(r"\{\w*\}", line(problem, language))
    return intake, problems


def long(*rows, header=LONG, **options):
    return {"data/statements.csv": header + "".join(row + "\n" for row in rows)}


def codes(problems):
    return [(p.code, p.place.row) for p in problems]


GOOD = ("Acme,2023,1600,100,90,46.90,", "Acme,2023,1300,(40),,46.90,full")


def test_a_good_table_is_read_without_a_word(folder):
    intake, problems = read(folder(long(*GOOD)))
    assert problems == ()
    assert intake.tables["statements"].frame["value"].tolist() == [100, -40]


def test_a_letter_in_a_number_is_refused_with_its_cell(folder, tmp_path):
    _, problems = read(folder(long(GOOD[0], "Acme,2023,1300,4O,,46.90,")))
    assert [(p.code, p.place.row, p.place.column, p.found) for p in problems] == [
        ("not_a_number", 3, "value", "4O")
    ]
    path = tmp_path / "data" / "statements.xlsx"
    (tmp_path / "data" / "statements.csv").unlink()
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Отчётность")
        for at, cells in enumerate([["Организация", "Год", "line_1600"], ["Acme", 2023, "1О0"]]):
            sheet.write_row(at, 0, cells)
    _, problems = read(engagement(tmp_path))
    (problem,) = problems
    place = problem.place
    assert (problem.code, place.sheet, place.row, place.column) == (
        "not_a_number", "Отчётность", 2, "C (line_1600)",
    )  # fmt: skip


def test_a_line_given_twice_is_refused(folder):
    rows = (*GOOD, "Acme,2023,1600,101,,46.90,")
    assert codes(read(folder(long(*rows)))[1]) == [("key_twice_different", 4)]


def test_a_line_given_by_code_and_by_name_is_refused(folder):
    _, problems = read(folder(long(*GOOD, "Acme,2023,Total assets,100,,46.90,")))
    assert codes(problems) == [("statement_line_twice", 4)]
    assert "also given as 1600 in row 2" in line(problems[0], "en")


@pytest.mark.bad_input("D5")
@pytest.mark.parametrize("value", ["inf", "-inf", "nan", "1e308", "#DIV/0!"])
def test_what_is_no_finite_number_is_refused(folder, value):
    _, problems = read(folder(long(GOOD[0], f"Acme,2023,1300,{value},,46.90,")))
    assert [(p.is_error, p.place.row) for p in problems] == [(True, 3)]


def test_names_of_lines_may_be_spelt_in_more_than_one_way(folder):
    rows = ("Acme,2022,Выручка,5,,,", "Acme,2023,выручка,6,,,", "Acme,2023,  1600 ,9,,,")
    assert read(folder(long(*rows)))[1] == ()


def test_codes_may_be_numbers_in_a_workbook(tmp_path):
    (tmp_path / "data").mkdir()
    with xlsxwriter.Workbook(tmp_path / "data" / "statements.xlsx") as book:
        sheet = book.add_worksheet("statements")
        rows = [["organisation", "year", "line", "value"], ["Acme", 2023, 1600, 100.5]]
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
    intake, problems = read(engagement(tmp_path))
    assert problems == ()
    (one,) = statements(intake.tables["statements"].frame, shipped_lines())
    assert one.values == {"assets": Fraction(201, 2)}


@pytest.mark.parametrize("code", ["2110", "1600", "1500", "1200"])
def test_a_negative_that_cannot_be_is_named_and_the_statement_not_scored(folder, code):
    rows = [row for row in GOOD if f",{code}," not in row]
    given = folder(long(*rows, f"Acme,2023,{code},(5),,46.90,"))
    intake, problems = read(given)
    assert ("statement_negative", len(rows) + 2) in codes(problems)
    assert not any(p.is_error for p in problems)
    inputs = Inputs(tables={n: t.frame for n, t in intake.tables.items()}, as_of=given.as_of)
    sources = load_without_base(given, inputs)
    (row,) = compute(inputs, Params(), sources).organisations
    assert (row.no_verdict.all, row.ratios) == ("refused", ())


def load_without_base(engagement, inputs):
    """Return the sources with the base of the engagement's own table."""
    text = "year,level,code,size,ratio,n,q1,median,q3\n2023,all,,all,autonomy,99,0.1,0.2,0.3\n"
    (engagement.folder / "data" / "base.csv").write_text(text, encoding="utf-8")
    own = read_tables(engagement, ["base"]).tables["base"].frame
    given = Inputs(tables={**inputs.tables, "base": own}, as_of=inputs.as_of)
    return load(engagement, given, Params()).sources


def test_a_base_typed_by_hand_is_read_with_its_rounding(folder):
    given = folder(long(*GOOD))
    base = load_without_base(given, Inputs(tables={}, as_of=given.as_of)).base
    found = base.quartiles(okved="", year=2023, ratio="autonomy")
    assert (found.median, found.decimals) == (0.2, (1, 1, 1))


def test_an_empty_base_is_refused(folder):
    files = long(*GOOD) | {"data/base.csv": "year,level,code,size,ratio,n,q1,median,q3\n"}
    assert [p.code for p in read(folder(files))[1]] == ["no_rows"]


@pytest.mark.parametrize(
    ("okved", "known"),
    [
        ("68.20.2", True), ("L", True), ("01", True), ("04.10", False), ("68,20", False),
        ("6820", False),
    ],
)  # fmt: skip
def test_an_unknown_industry_is_a_warning(folder, okved, known):
    _, problems = read(folder(long(f'Acme,2023,1600,100,,"{okved}",')))
    expected = [] if known else [("statement_okved_unknown", 2)]
    assert codes(problems) == expected
    assert not any(p.is_error for p in problems)


@pytest.mark.parametrize(
    ("rows", "near"),
    [
        (("Acme,2023,9999,1,,,",), "Write the code"),
        (("Acme,2023,recievables,1,,,",), 'Did you mean "Receivables"?'),
        (("Acme,2025,1230,1,,,simplified",), "Did you mean"),
    ],
)
def test_an_unknown_line_is_a_warning_with_the_nearest(folder, rows, near):
    _, problems = read(folder(long(GOOD[0], *rows)))
    assert codes(problems) == [("statement_line_unknown", 3)]
    assert near in line(problems[0], "en")


def test_an_unknown_column_of_the_wide_layout_is_a_warning_with_the_nearest(folder):
    header = WIDE.replace("line_1300", "lnie_1300")
    _, problems = read(folder(long("Acme,2023,46.90,100,40,200", header=header)))
    assert [p.code for p in problems] == ["unknown_column"]
    assert "line_1300" in line(problems[0], "en")


def test_a_year_given_twice_in_the_wide_layout_is_refused(folder):
    rows = ("Acme,2023,46.90,100,40,200", "Acme,2023,46.90,100,41,200")
    assert codes(read(folder(long(*rows, header=WIDE)))[1]) == [("key_twice_different", 3)]


@pytest.mark.parametrize(
    ("header", "row", "code"),
    [
        ("organisation,year\n", "Acme,2023", "statement_no_lines"),
        ("organisation,year,line\n", "Acme,2023,1600", "statement_no_lines"),
        ("organisation,year,line,value,line_1600\n", "Acme,2023,1300,1,2", "statement_two_layouts"),
        ("organisation,year,line,value,assets\n", "Acme,2023,1300,1,2", "statement_two_layouts"),
    ],
)
def test_a_table_is_of_one_layout(folder, header, row, code):
    _, problems = read(folder(long(row, header=header)))
    assert [p.code for p in problems] == [code]


def test_two_forms_in_one_statement_are_refused(folder):
    rows = ("Acme,2023,1600,100,,,full", "Acme,2023,1300,40,,,simplified")
    assert codes(read(folder(long(*rows)))[1]) == [("statement_two_forms", 3)]


@pytest.mark.bad_input("D6")
def test_a_thousandfold_jump_between_years_is_flagged(folder):
    rows = (
        "Acme,2022,46.90,120.5,44,230", "Acme,2023,46.90,118000,51000,250000",
        "Acme,2024,46.90,130000,55000,260000",
    )  # fmt: skip
    _, problems = read(folder(long(*rows, header=WIDE)))
    assert codes(problems) == [("statement_unit_years", 3)]
    assert (problems[0].facts["other"], problems[0].facts["year"]) == (2022, 2023)


def test_a_thousandfold_jump_from_the_prior_column_is_flagged(folder):
    rows = ("Acme,2023,1600,118000,120.5,,", "Acme,2023,1300,51000,44,,")
    assert codes(read(folder(long(*rows)))[1]) == [("statement_unit_years", 2)]


@pytest.mark.bad_input("D6")
def test_a_thousandfold_jump_between_lines_is_flagged(folder):
    rows = ("Acme,2023,1600,118,,,", "Acme,2023,1200,62000,,,", "Acme,2023,1230,31000,,,")
    _, problems = read(folder(long(*rows)))
    assert codes(problems) == [("statement_unit_lines", 2)]


def test_ordinary_growth_and_large_sections_are_no_jump(folder):
    rows = ("Acme,2022,46.90,1000,40,230", "Acme,2023,46.90,30000,1100,7000")
    assert read(folder(long(*rows, header=WIDE)))[1] == ()


def test_a_sum_that_does_not_hold_is_told_with_the_sign(folder):
    rows = ("Acme,2023,2110,100000,,,", "Acme,2023,2120,60000,,,", "Acme,2023,2100,40000,,,")
    _, problems = read(folder(long(*rows)))
    assert codes(problems) == [("statement_not_adding_up", 3)]
    text = line(problems[0], "en")
    assert "2100 = 2110 + 2120 does not hold; the difference is −120\u00a0000\u00a0000" in text
    assert "write Cost of sales in parentheses" in text


def test_a_faulty_file_of_ratios_is_told_beside_the_rest(folder):
    files = long(*GOOD) | {"ratios.yaml": "ratios: [{id: X}]"}
    _, problems = read(folder(files))
    assert {p.code for p in problems} == {
        "ratios_id", "ratios_choice", "ratios_label", "ratios_formula",
    }  # fmt: skip


def test_an_engagement_without_statements_has_nothing_to_say(folder):
    given = folder({"data/readme.md": ""})
    assert check(given, {}) == ()
    result = compute(
        Inputs(tables={}, as_of=given.as_of),
        Params(),
        load_without_base(given, Inputs(tables={}, as_of=given.as_of)),
    )
    assert result.organisations == ()
    assert "statements" in result.absent


@pytest.mark.parametrize(
    "wrong",
    [
        {"band": "loose"}, {"unit": 100}, {"current_liabilities": "net"}, {"min_peers": 0},
        {"size_bounds": (1, 2)}, {"size_bounds": (3, 2, 4)}, {"okved": "6820"}, {"times_from": 1},
        {"tolerance": -1}, {"okved": "Z"}, {"country": "sk"}, {"median_zone": 1},
        {"much_from": 0.11}, {"same_within": 0}, {"material_change": 0}, {"base_rate": -1},
        {"base_rate_source": "", "base_rate": 2, "base_rate_date": "1 May 2024"},
    ],
)  # fmt: skip
def test_options_outside_their_range_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Params(**wrong)


@pytest.mark.parametrize(
    ("given", "code", "key"),
    [
        ({"okved": "6820"}, "not_in_list", "okved"),
        ({"country": "sk"}, "not_in_list", "country"),
        ({"size_bounds": [3, 2, 4]}, "not_in_list", "size_bounds"),
        ({"base_rate": 2, "base_rate_date": "1 May"}, "missing_key", "base_rate_source"),
        ({"same_within": 1.5}, "option_out_of_range", "much_from"),
        ({"min_peers": 0}, "option_out_of_range", "min_peers"),
    ],
)
def test_an_option_outside_its_range_is_told_at_its_key(given, code, key):
    made, problems = checked_params(given, "financial_quartiles", Params)
    assert made is None
    assert [(p.code, p.place.column) for p in problems] == [
        (code, f"params.financial_quartiles.{key}")
    ]


def test_options_are_read_from_the_engagement(folder):
    given = folder(
        {}, params={"financial_quartiles": {"size_bounds": [1000, 2000, 3000], "unit": 1_000_000}}
    )
    params = build_params(given, "financial_quartiles", Params)
    assert (params.size_bounds, params.unit, params.band) == (
        (1000, 2000, 3000),
        1_000_000,
        "rounded",
    )


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_lone_dash_is_nil_as_in_the_statutory_form(folder, dash):
    intake, problems = read(folder(long(f"Acme,2024,1410,{dash},500,41.20,full")))
    assert codes(problems) == []
    row = intake.tables["statements"].frame.iloc[0]
    assert (row["value"], row["prior_value"]) == (0.0, 500.0)
