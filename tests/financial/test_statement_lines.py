"""Codes and names of lines, what follows from other lines, and what must add up."""

from fractions import Fraction

import pytest
from financial_tables import SOUND, statement, table

from workbook.diagnostics.financial_quartiles.derived_lines import complete
from workbook.diagnostics.financial_quartiles.statement import statements
from workbook.intake.schema_files import load_schema
from workbook.language.catalog import LANGUAGES


@pytest.mark.parametrize(
    ("text", "form", "year", "line"),
    [
        ("1230", "full", 2023, "receivables"),
        ("line_1230", "full", 2023, "receivables"),
        ("Стр. 1230", "full", 2025, "receivables"),
        ("1230", "simplified", 2024, "receivables"),
        ("1240", "simplified", 2025, "receivables"),
        ("1230", "simplified", 2025, None),
        ("1240", "simplified", 2024, None),
        ("2120", "full", 2023, "cost_of_sales"),
        ("2120", "simplified", 2023, "ordinary_costs"),
        ("current_assets", "full", 2023, "current_assets"),
        ("Current Assets", "simplified", 2025, "current_assets"),
        ("Оборотные активы", "full", 2023, "current_assets"),
        ("obežný majetok", "full", 2023, "current_assets"),
        ("Net income", "full", 2023, "net_profit"),
        ("9999", "full", 2023, None),
        ("goodwill", "full", 2023, None),
    ],
)
def test_a_line_is_found_by_code_of_its_form_or_by_name(lines, text, form, year, line):
    assert lines.find(text, form, year) == line


def test_names_and_codes_are_unambiguous_and_identities_speak_of_known_lines(lines):
    for form, tables in lines.forms.items():
        for year in tables:
            codes = lines.codes(form, year)
            assert set(codes.values()) <= lines.names
            assert len(set(codes.values())) == len(codes)
    assert {n for i in lines.identities for n in (i.total, *i.parts)} <= lines.names
    assert all(set(line.label) == set(LANGUAGES) for line in lines.lines.values())


def test_the_table_has_a_column_for_every_code_and_name(lines):
    columns = {column.name for column in load_schema("statements").columns}
    codes = {c for tables in lines.forms.values() for t in tables.values() for c in t}
    assert {f"line_{code}" for code in codes} <= columns
    assert lines.names <= columns


def test_both_layouts_and_both_mappings_read_alike(lines):
    codes = {"1600": 10.5, "1300": 4, "2110": 7}
    named = {"assets": 10.5, "equity": 4, "revenue": 7}
    head = {"organisation": "Acme", "year": 2023}
    amounts = {"line_1600": 10.5, "line_1300": 4.0, "line_2110": 7.0, "line_1250": None}
    wide = table([head | amounts]).astype({"line_1250": "float64"})
    found = [statements(f, lines) for f in (table(statement(codes)), table(statement(named)), wide)]
    assert all(len(one) == 1 for one in found)
    assert found[0][0].values == found[1][0].values == found[2][0].values
    assert found[0][0].values["assets"] == Fraction(21, 2)
    assert found[0][0].step == Fraction(1, 10)


def made(lines, values, form="full"):
    (one,) = statements(table(statement(values, form=form)), lines)
    return complete(one, lines, Fraction(4))


def test_the_one_unknown_of_a_sum_follows_from_the_others(lines):
    done = made(
        lines, {"assets": 100, "current_assets": 60, "equity": 30, "current_liabilities": 70}
    )
    assert done.values["non_current_assets"] == 40
    assert done.values["long_term_liabilities"] == 0
    assert {"non_current_assets", "long_term_liabilities"} <= done.derived


def test_details_are_nil_where_the_others_make_up_the_section(lines):
    done = made(lines, {"current_assets": 60, "receivables": 40, "cash": 19})
    assert done.values["short_term_investments"] == 0
    open_ = made(lines, {"current_assets": 60, "receivables": 40, "cash": 10})
    assert "short_term_investments" not in open_.values


def test_a_simplified_form_has_wider_lines_and_no_nil_details(lines):
    done = made(lines, {"1200": 60, "1230": 41, "1250": 19}, form="simplified")
    assert "short_term_investments" not in done.values


def test_nothing_follows_from_an_expense_with_the_wrong_sign(lines):
    assert "gross_profit" not in made(lines, {"revenue": 100, "cost_of_sales": 60}).values
    assert made(lines, {"revenue": 100, "cost_of_sales": -60}).values["gross_profit"] == 40


def checks(found, values, **params):
    (row,) = found(statement(values), **params).organisations
    return {c.check: (c.difference, c.closes, c.wrong_signs) for c in row.articulation}


def test_a_sound_statement_closes(found):
    (row,) = found(statement(SOUND)).organisations
    assert row.articulates
    assert {c.total for c in row.articulation} == {"assets", "current_assets"}


def test_a_break_is_told_in_currency_and_within_four_thousand_forgiven(found):
    broken = {"1600": 1000, "1100": 400, "1200": 641}
    assert checks(found, broken) == {"1600 = 1100 + 1200": (-41_000, False, ())}
    rounded = broken | {"1200": 604}
    assert checks(found, rounded) == {"1600 = 1100 + 1200": (-4_000, True, ())}
    beyond = broken | {"1200": 605}
    assert checks(found, beyond)["1600 = 1100 + 1200"][1] is False


def test_the_tolerance_follows_the_unit_and_the_digits_given(found):
    roubles = {"1600": 1_000_000, "1100": 400_000, "1200": 604_000}
    assert checks(found, roubles, unit=1)["1600 = 1100 + 1200"] == (-4000, True, ())
    millions = {"1600": 10.50, "1100": 4.25, "1200": 6.28}
    assert checks(found, millions, unit=1_000_000)["1600 = 1100 + 1200"][1] is True
    assert (
        checks(found, millions | {"1200": 6.32}, unit=1_000_000)["1600 = 1100 + 1200"][1] is False
    )


@pytest.mark.parametrize(
    ("values", "check", "signs"),
    [
        ({"2100": 40, "2110": 100, "2120": 60}, "2100 = 2110 + 2120", ("cost_of_sales",)),
        (
            {"2200": 10, "2100": 40, "2210": 12, "2220": 18},
            "2200 = 2100 + 2210 + 2220",
            ("selling_expenses", "administrative_expenses"),
        ),
        ({"2200": 22, "2100": 40, "2220": 18}, "2200 = 2100 + 2220", ("administrative_expenses",)),
        (
            {"2300": 5, "2200": 10, "2330": -3, "2350": 2},
            "2300 = 2200 + 2330 + 2350",
            ("other_expenses",),
        ),
    ],
)
def test_a_sign_mistake_is_named(found, values, check, signs):
    values = {code: 1000 * value for code, value in values.items()}
    difference, closes, wrong = checks(found, values)[check]
    assert (closes, wrong) == (False, signs)
    assert difference


def test_what_cannot_be_checked_is_not_told(found):
    assert checks(found, {"1600": 100}) == {}
    assert checks(found, {"1200": 100, "1230": 40}) == {}
