"""What a spreadsheet means (section C): what other tests of the intake do not show."""

from datetime import date

import binary_books
import pytest
from binary_books import Formula, Plan, Shown
from intake_folder import Folder, errors, only, warnings

HEAD = ["respondent_id", "date", "score"]
DAY = date(2025, 3, 1)
WRITERS = {"xls": binary_books.xls, "xlsb": binary_books.xlsb, "ods": binary_books.ods}
EVERY = pytest.mark.parametrize("kind", WRITERS)


def written(folder: Folder, kind: str, name: str, plan: Plan) -> None:
    WRITERS[kind](folder.path / "data" / f"{name}.{kind}", [plan])


@pytest.mark.bad_input("C2")
@pytest.mark.parametrize("kind", ["xls", "xlsb"])
@pytest.mark.parametrize("serial", [0.5, 59, 60])
def test_days_before_march_1900_are_doubted_in_every_format(
    serial: int, kind: str, folder: Folder
) -> None:
    written(folder, kind, "survey", Plan("S", [HEAD, ["1", Shown(serial, "dd.mm.yyyy"), 9]]))
    (problem,) = (p for p in folder.read().problems if p.place.column == "B (date)")
    assert (problem.place.row, problem.is_error) == (2, serial < 1)


@pytest.mark.bad_input("C3")
def test_days_written_in_several_ways_are_never_guessed_one_by_one(folder: Folder) -> None:
    days = ["31.12.2025", "12/31/2025", "2025-12-31", DAY]
    rows = [[str(number), day, 9] for number, day in enumerate(days)]
    folder.write_xlsx("survey.xlsx", {"S": [HEAD, *rows]})
    facts = only(folder.read(), "mixed_dates").facts
    assert facts["examples"] == "31.12.2025; 12/31/2025"


AMOUNTS = [
    ("1 000,50", 1000.5),
    ("1\u00a0000,50", 1000.5),
    ("1\u202f000,50", 1000.5),
    ("1\u2009000,50", 1000.5),
    ("(1000)", -1000),
    ("\u22121000", -1000),
    ("1000 €", 1000),
    ("'1000", 1000),
]


@pytest.mark.bad_input("C4")
@EVERY
def test_numbers_stored_as_text_are_read_by_the_language(kind: str, folder: Folder) -> None:
    rows = [[f"C{n}", DAY, text] for n, (text, _) in enumerate(AMOUNTS)]
    written(folder, kind, "sales", Plan("S", [["customer_id", "date", "amount"], *rows]))
    intake = folder.read("ru")
    assert not errors(intake)
    assert intake.tables["sales"].frame["amount"].tolist() == [value for _, value in AMOUNTS]


@pytest.mark.bad_input("C4")
def test_a_percentage_among_amounts_is_refused_by_its_cell(folder: Folder) -> None:
    rows = [["customer_id", "date", "amount"], ["a", DAY, 25], ["b", DAY, "25%"]]
    folder.write_xlsx("sales.xlsx", {"S": rows})
    problem = only(folder.read(), "percent_in_money")
    assert (problem.place.row, problem.place.column) == (3, "C (amount)")


@pytest.mark.bad_input("C6")
def test_a_zero_that_only_looks_calculated_is_refused(folder: Folder) -> None:
    """A program wrote the formula; Excel calculates it when it opens the workbook."""

    def change(book) -> None:
        book.set_calc_mode("auto")
        book.worksheets()[0].write_formula(1, 2, "=4+5", None, 0)

    folder.write_xlsx("survey.xlsx", {"S": [HEAD, ["1", DAY, None]]}, change)
    assert [code for code, _, _ in errors(folder.read())] == ["formula_not_calculated"]


@pytest.mark.bad_input("C7")
@EVERY
def test_formulas_beside_typed_numbers_are_counted(kind: str, folder: Folder) -> None:
    rows = [["customer_id", "date", "amount"], ["a", DAY, 1], ["b", DAY, Formula(2)]]
    written(folder, kind, "sales", Plan("S", rows))
    problem = only(folder.read(), "formulas")
    assert (problem.facts["count"], problem.place.row) == (1, 3)


@pytest.mark.bad_input("C8")
@EVERY
def test_merged_labels_of_rows_are_refused(kind: str, folder: Folder) -> None:
    rows = [["customer_id", "date", "amount"], ["a", DAY, 1], [None, DAY, 2]]
    written(folder, kind, "sales", Plan("S", rows, merged=((1, 2, 0, 0),)))
    assert ("merged_cells", 2, "A2:A3") in errors(folder.read())


@pytest.mark.bad_input("C9")
def test_a_filter_hides_rows_and_they_are_counted(folder: Folder) -> None:
    def filtered(book) -> None:
        sheet = book.worksheets()[0]
        sheet.autofilter(0, 0, 20, 2)
        for row in range(2, 19):
            sheet.set_row(row, options={"hidden": True})

    rows = [[str(number), DAY, 9] for number in range(20)]
    folder.write_xlsx("survey.xlsx", {"S": [HEAD, *rows]}, filtered)
    intake = folder.read()
    assert len(intake.tables["survey"].frame) == 20
    assert only(intake, "hidden_rows").facts["count"] == 17


@pytest.mark.bad_input("C10")
def test_formats_down_to_the_last_row_make_no_rows_in_an_ods(folder: Folder) -> None:
    ghost = (
        '<table:table-row table:number-rows-repeated="1048500"><table:table-cell '
        'table:style-name="ce1" table:number-columns-repeated="16384"/></table:table-row>'
    )
    rows = "".join(
        "<table:table-row>" + "".join(map(binary_books.ods_cell, cells)) + "</table:table-row>"
        for cells in [HEAD, ["1", DAY, 9]]
    )
    body = f'<table:table table:name="S">{rows}{ghost}</table:table>'
    binary_books.ods(folder.path / "data" / "survey.ods", [], body=body)
    intake = folder.read()
    assert intake.problems == ()
    assert len(intake.tables["survey"].frame) == 1


@pytest.mark.bad_input("C11")
@EVERY
def test_ids_of_sixteen_digits_are_rounded_already_in_every_format(
    kind: str, folder: Folder
) -> None:
    rows = [["customer_id", "date", "amount"], [1234567890123456, DAY, 1]]
    written(folder, kind, "sales", Plan("S", rows))
    assert ("id_rounded", 2) in [(code, row) for code, row, _ in errors(folder.read())]


@pytest.mark.bad_input("C12")
@EVERY
def test_truth_values_are_read_by_the_words_of_the_languages(kind: str, folder: Folder) -> None:
    cells = [True, "ИСТИНА", "да", "áno", 1, False, "ЛОЖЬ", "nie", 0]
    head = ["complaint_id", "customer_id", "date", "registered"]
    rows = [[f"c{n}", "A", DAY, cell] for n, cell in enumerate(cells)]
    written(folder, kind, "complaints", Plan("S", [head, *rows]))
    truths = folder.read().tables["complaints"].frame["registered"].tolist()
    assert truths == [True] * 5 + [False] * 4


@pytest.mark.bad_input("C13")
@EVERY
def test_line_breaks_and_outer_spaces_of_a_cell(kind: str, folder: Folder) -> None:
    rows = [[*HEAD, "reason"], ["1", DAY, 9, " slow "]]
    written(folder, kind, "survey", Plan("S", rows))
    assert folder.read().tables["survey"].frame["reason"].tolist() == ["slow"]


@pytest.mark.bad_input("C14")
def test_two_columns_of_one_label_are_refused_with_both_positions(folder: Folder) -> None:
    folder.write_xlsx("survey.xlsx", {"S": [[*HEAD, "score"], ["1", DAY, 9, 8]]})
    facts = only(folder.read(), "duplicate_heading").facts
    assert (facts["first"], facts["second"]) == (3, 4)


@pytest.mark.bad_input("C14")
@EVERY
def test_columns_are_found_in_any_order_on_a_sheet_of_any_name(kind: str, folder: Folder) -> None:
    written(folder, kind, "survey", Plan("Лист1", [HEAD[::-1], [9, DAY, "1"]]))
    intake = folder.read()
    assert intake.problems == ()
    assert intake.tables["survey"].frame["score"].tolist() == [9]


@pytest.mark.bad_input("C15")
def test_a_word_of_another_alphabet_in_a_list_is_told(folder: Folder) -> None:
    rows = [["respondent_id", "date", "product", "parameter", "mark"]]
    folder.write_xlsx("satisfaction.xlsx", {"S": [*rows, ["1", DAY, "P", "price", 5]]})
    assert not errors(folder.read())
    rows = [["customer_id", "date", "amount", "kind"], ["a", DAY, 1, "sаle"]]  # Cyrillic а
    folder.write_xlsx("sales.xlsx", {"S": rows})
    problem = next(p for p in folder.read().problems if p.is_error)
    assert (problem.place.row, problem.found) == (2, "sаle")
    assert "sale" in str(problem.facts)


@pytest.mark.bad_input("C17")
@EVERY
def test_a_quarter_written_in_three_ways_is_refused(kind: str, folder: Folder) -> None:
    marks = [Shown(0.25, "0%"), 25, "25%"]
    head = ["respondent_id", "date", "product", "parameter", "mark"]
    rows = [[str(n), DAY, "P", "price", mark] for n, mark in enumerate(marks)]
    written(folder, kind, "satisfaction", Plan("S", [head, *rows]))
    assert [code for code, _, _ in errors(folder.read())] == ["mixed_percent"]


@pytest.mark.bad_input("C17")
@EVERY
def test_percentages_by_format_are_percentages(kind: str, folder: Folder) -> None:
    head = ["respondent_id", "date", "product", "parameter", "mark"]
    rows = [[str(n), DAY, "P", "price", Shown(mark, "0%")] for n, mark in enumerate([0.25, 1, 0.9])]
    written(folder, kind, "satisfaction", Plan("S", [head, *rows]))
    intake = folder.read()
    assert intake.tables["satisfaction"].frame.attrs["scale"] == "percent"
    assert intake.tables["satisfaction"].frame["mark"].tolist() == [0.25, 1, 0.9]
    assert warnings(intake) == ["marks_scale_found"]
