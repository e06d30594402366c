"""Headings, rows and tables against each other (cases B13, C14, D2, D8)."""

import pytest
from intake_folder import Folder, errors, only, warnings

from workbook.engagement.settings import TableOptions
from workbook.intake.heading_lookup import accepted
from workbook.intake.recipe.recipe_shapes import columns
from workbook.intake.schema import ColumnType, TableSchema
from workbook.intake.schema_files import all_schemas
from workbook.language.catalog import LANGUAGES
from workbook.language.nearest import plain
from workbook.language.problems import line

HEAD = "respondent_id;date;score\n"


@pytest.mark.parametrize("schema", all_schemas().values(), ids=lambda schema: schema.name)
class TestEveryTable:
    def test_no_heading_means_two_columns(self, schema: TableSchema) -> None:
        owner: dict[str, str] = {}
        for column in schema.columns:
            for form in accepted(column):
                assert owner.setdefault(plain(form), column.name) == column.name, form

    def test_headings_are_in_every_language(self, schema: TableSchema) -> None:
        assert set(schema.headings) == set(LANGUAGES)
        assert all(set(column.headings) == set(LANGUAGES) for column in schema.columns)

    def test_only_lists_have_choices_and_defaults_are_on_them(self, schema: TableSchema) -> None:
        for column in schema.columns:
            assert bool(column.choices) == (column.kind is ColumnType.CHOICE)
            assert not column.default or column.default in (column.choices or {})

    def test_required_columns_come_first_and_keys_exist(self, schema: TableSchema) -> None:
        required = [column.required for column in schema.columns]
        assert required == sorted(required, reverse=True)
        assert set(schema.unique) <= {column.name for column in schema.columns}


@pytest.mark.bad_input("C14")
@pytest.mark.parametrize(
    "header",
    [
        "respondent_id;date;score",
        "Respondent ID;DATE; Score ",
        "Респондент;Дата ответа;Оценка 0-10",
        "№ анкеты;Дата;Балл",
        "Číslo dotazníka;Dátum;Hodnotenie",
        "score;date;respondent_id",
        "\u200bRespondent\u00a0ID*;Date:;NPS",
    ],
)
def test_columns_are_found_by_name_in_any_language_and_order(folder: Folder, header: str) -> None:
    cells = "9;2025-01-01;7" if header.startswith("score") else "7;2025-01-01;9"
    folder.write("survey.csv", f"{header}\n{cells}\n")
    intake = folder.read()
    assert intake.problems == ()
    assert intake.tables["survey"].frame["score"].item() == 9


@pytest.mark.bad_input("C14")
def test_a_missing_column_names_the_nearest_heading(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;scroe\n1;2025-01-01;9\n")
    problem = only(folder.read(), "missing_column")
    assert (problem.facts["name"], problem.facts["nearest"]) == ("score", "scroe")


def test_a_file_with_no_known_heading_names_every_missing_column(folder: Folder) -> None:
    folder.write("survey.csv", "a;b;c\n1;2;3\n")
    problem = only(folder.read(), "missing_columns")
    assert problem.facts["names"] == ["respondent_id", "date", "score"]


@pytest.mark.bad_input("C14")
def test_two_columns_of_one_meaning_are_refused_naming_both(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;score;Оценка\n1;2025-01-01;9;8\n")
    problem = only(folder.read(), "two_columns")
    assert (problem.place.column, problem.facts["other"]) == ("Оценка", "score")


def test_an_own_mapping_wins_over_known_headings(folder: Folder) -> None:
    folder.write("survey.csv", "id;date;score;Ball\n1;2025-01-01;x;8\n")
    own = {"survey": TableOptions(columns=columns({"respondent_id": "ID", "score": "ball"}))}
    intake = folder.read(tables=own)
    assert intake.tables["survey"].frame["score"].item() == 8
    assert warnings(intake) == ["unknown_column"]


def test_a_mapped_heading_that_is_not_there_is_refused(folder: Folder) -> None:
    folder.write("survey.csv", HEAD + "1;2025-01-01;9\n")
    problem = only(
        folder.read(tables={"survey": TableOptions(columns=columns({"wave": "Kolo 2"}))}),
        "missing_column",
    )
    assert problem.facts["heading"] == "Kolo 2"


def test_an_unknown_column_is_warned_of_and_left_out(folder: Folder) -> None:
    folder.write("survey.csv", "respondent_id;date;score;Prodct\n1;2025-01-01;9;x\n")
    intake = folder.read()
    assert only(intake, "unknown_column").facts["name"] == "product"
    assert list(intake.tables["survey"].frame) == ["respondent_id", "date", "score"]


def test_columns_of_the_clients_own_are_kept_where_the_table_is_open(folder: Folder) -> None:
    folder.write("customers.csv", "customer_id;Город доставки;name\nA; Пермь ;Акме\nB;;\n")
    intake = folder.read("ru")
    frame = intake.tables["customers"].frame
    assert intake.problems == ()
    assert list(frame) == ["customer_id", "name", "Город доставки"]
    assert frame["Город доставки"].fillna("-").tolist() == ["Пермь", "-"]


@pytest.mark.bad_input("D2")
def test_identical_rows_are_counted_once_with_a_warning(folder: Folder) -> None:
    folder.write("survey.csv", HEAD + "1;2025-01-01;9\n2;2025-01-01;9\n1;2025-01-01;9 \n")
    intake = folder.read()
    table = intake.tables["survey"]
    assert (table.rows_in, table.rows_used) == (3, 2)
    assert only(intake, "identical_rows").facts == {"count": 1, "rows": "4"}


def test_identical_sales_are_all_counted_with_a_warning(folder: Folder) -> None:
    folder.write("sales.csv", "customer_id;date;amount\n" + "A;2025-01-01;5\n" * 3)
    intake = folder.read()
    assert len(intake.tables["sales"].frame) == 3
    assert only(intake, "identical_rows_kept").facts["count"] == 2


def test_equal_marks_of_nameless_raters_are_ordinary(folder: Folder) -> None:
    folder.write("touchpoints.csv", "category;touchpoint;mark\n" + "service;phone;wow\n" * 3)
    intake = folder.read()
    assert len(intake.tables["touchpoints"].frame) == 3
    assert intake.problems == ()


@pytest.mark.bad_input("D2")
def test_one_key_with_two_contents_is_refused_with_both_rows(folder: Folder) -> None:
    folder.write("survey.csv", HEAD + "1;2025-01-01;9\n2;2025-01-01;9\n1;2025-01-02;3\n")
    problem = only(folder.read(), "key_twice_different")
    assert (problem.place.row, problem.facts["other"], problem.found) == (4, 2, "1")


def test_one_respondent_in_two_waves_is_two_rows(folder: Folder) -> None:
    folder.write(
        "survey.csv", "respondent_id;date;score;wave\n1;2025-01-01;9;W1\n1;2025-06-01;3;W2\n"
    )
    assert folder.read().problems == ()


@pytest.mark.bad_input("D2")
@pytest.mark.parametrize(("first", "second"), [("acme", "ACME"), ("A 1", "A1")])
def test_ids_equal_but_for_case_and_spaces_are_refused(
    folder: Folder, first: str, second: str
) -> None:
    folder.write(
        "sales.csv", f"customer_id;date;amount\n{first};2025-01-01;1\n{second};2025-01-02;2\n"
    )
    problem = only(folder.read(), "ids_spelt_twice")
    assert (problem.place.row, problem.facts["count"]) == (3, 1)
    assert problem.facts["ids"] == f"{first} (2) = {second} (3)"


def test_ids_that_differ_by_more_are_different(folder: Folder) -> None:
    folder.write("sales.csv", "customer_id;date;amount\n1_2;2025-01-01;1\n12;2025-01-02;2\n")
    assert folder.read().problems == ()


@pytest.mark.bad_input("D2")
def test_ids_equal_but_for_unicode_form_are_one_id(folder: Folder) -> None:
    folder.write("sales.csv", "customer_id;date;amount\nЁж;2025-01-01;1\nЕ\u0308ж;2025-01-02;2\n")
    assert folder.read().tables["sales"].frame["customer_id"].nunique() == 1


@pytest.mark.bad_input("D8")
def test_days_after_the_as_of_date_are_warned_of(folder: Folder) -> None:
    folder.write("survey.csv", HEAD + "1;2025-12-31;9\n2;2026-01-01;9\n")
    problem = only(folder.read(), "future_days")
    assert (problem.place.row, problem.facts["count"]) == (3, 1)


def test_a_contract_may_end_after_the_as_of_date(folder: Folder) -> None:
    folder.write("customers.csv", "customer_id;contract_end\nA;2030-01-01\n")
    assert folder.read().problems == ()


@pytest.mark.bad_input("D12")
def test_customers_unknown_to_the_customer_table_are_warned_of(folder: Folder) -> None:
    folder.write("customers.csv", "customer_id\nA\nB\n")
    folder.write(
        "sales.csv", "customer_id;date;amount\nA;2025-01-01;1\nZ;2025-01-02;2\nZ;2025-01-03;2\n"
    )
    folder.write("survey.csv", "respondent_id;date;score;customer_id\n1;2025-01-01;9;\n")
    problem = only(folder.read(), "unknown_customers")
    assert (problem.place.file, problem.place.row, problem.found) == ("data/sales.csv", 3, "Z")
    assert (problem.facts["count"], problem.facts["rows"]) == (1, 2)


def test_all_files_report_at_once(folder: Folder) -> None:
    folder.write("survey.csv", HEAD + "1;2025-01-01;11\n")
    folder.write("sales.csv", "customer_id;date;amount\nA;2025-01-01;x\n")
    folder.write("customers.csv", b"")
    assert [p.place.file for p in folder.read().problems] == [
        "data/customers.csv",
        "data/sales.csv",
        "data/survey.csv",
    ]


def test_a_folder_without_data_is_a_problem(folder: Folder) -> None:
    (folder.path / "data").rmdir()
    assert errors(folder.read()) == [("no_data_folder", None, "")]


@pytest.mark.bad_input("G4")
def test_file_names_with_braces_are_literal(folder: Folder) -> None:
    folder.write("{client}%s{0}.csv", "x")
    problem = only(folder.read(), "files_not_tables")
    assert "there are: {client}%s{0}.csv. Fix: Name each" in line(problem, "en")


def test_many_rows_are_read_all(folder: Folder) -> None:
    rows = "".join(f"C{n % 5000};2025-{n % 12 + 1:02}-01;{n},5;P\n" for n in range(200_000))
    folder.write("sales.csv", "customer_id;date;amount;product\n" + rows)
    sales = folder.read("ru").tables["sales"].frame
    assert len(sales) == 200_000
    assert sales["amount"].sum() == sum(n + 0.5 for n in range(200_000))
