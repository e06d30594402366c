"""What [intake.<table>] does to one file: columns made, rows chosen, words replaced."""

from datetime import date

import pytest
from recipe_folder import ErrorsOf, Recipe

from workbook.engagement.data import EngagementData
from workbook.errors import InputError
from workbook.language.problems import line


def steps(data: EngagementData) -> dict[str, object]:
    """Return what was done to rows and cells, with its count."""
    told = {p.code: p.facts.get("count") for p in data.problems if p.is_step}
    return {
        code: n for code, n in told.items() if code not in ("columns_mapped", "options_declared")
    }


def test_one_heading_feeds_two_columns_and_a_constant_a_third(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    recipe.csv(
        "offers.csv", "Company;Deal Stage;Day\nA;Closed won;2025-01-01\nB;Talks;2025-02-01\n"
    )
    data = recipe.read(
        "[intake.offers]\n"
        'columns = {customer_id = "Company", stage = "Deal Stage", status = "Deal Stage", '
        'date = "Day", product = {value = "=1+1"}}\n'
        'values.status = {won = "Closed won", open = "*"}\n'
    )
    assert errors(data) == []
    frame = data.tables["offers"].frame
    assert frame["status"].tolist() == ["won", "open"]
    assert frame["stage"].tolist() == ["Closed won", "Talks"]
    assert frame["product"].tolist() == ["=1+1"] * 2
    assert steps(data) == {"values_mapped": 2}


def test_what_is_said_of_columns_and_cells_is_told(recipe: Recipe) -> None:
    recipe.csv("sales.csv", "Buyer;Day;Sum\nA;2025-01-01;1.5\n")
    data = recipe.read(
        '[intake.sales]\nunit = "thousand"\ndecimal = "."\n'
        'columns.customer_id = "Buyer"\ncolumns.date = "Day"\ncolumns.amount = "Sum"\n'
        'columns.product = {value = "x"}\n',
        "sk",
    )
    told = {p.code: p for p in data.problems if p.is_step}
    assert told["options_declared"].facts["options"] == 'decimal = "."; unit = "thousand"'
    columns = told["columns_mapped"].facts
    assert columns["count"] == 4
    assert "Produkt ← = “x”" in columns["mapped"]["sk"]
    assert "ID zákazníka ← “Buyer”" in line(told["columns_mapped"], "sk")


def test_words_that_no_value_names_are_refused_with_the_line_that_names_them(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    recipe.csv(
        "sales.csv", "customer_id;date;amount;kind\nA;2025-01-01;5;Акт\nA;2025-01-02;5;Возврат\n"
    )
    data = recipe.read('[intake.sales]\nvalues.kind = {return = "Возврат*"}\n')
    assert errors(data) == ["not_in_choices"]
    data = recipe.read('[intake.sales]\nvalues.kind = {return = "Возврат*", sale = "Акт"}\n')
    assert errors(data) == []
    assert data.tables["sales"].frame["kind"].tolist() == ["sale", "return"]


def test_the_rest_is_no_word_that_the_list_knows_itself(recipe: Recipe, errors: ErrorsOf) -> None:
    """``open = "*"`` alone must not make an open deal of "Closed Lost"."""
    rows = "".join(f"A;x;s;2025-01-01;{word}\n" for word in ("Closed Won", "Closed lost", "Talks"))
    recipe.csv("offers.csv", "customer_id;product;stage;date;status\n" + rows)
    data = recipe.read('[intake.offers]\nvalues.status = {open = "*"}\n')
    assert errors(data) == []
    assert data.tables["offers"].frame["status"].tolist() == ["won", "lost", "open"]


def test_a_blank_cell_is_meant_by_an_empty_text_only(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv(
        "offers.csv",
        "customer_id;product;stage;date;status\nA;x;s;2025-01-01;\nB;x;s;2025-01-01;yes\n",
    )
    rest = recipe.read('[intake.offers]\nvalues.status = {won = "*"}\n')
    assert errors(rest) == ["blank_cell"]
    both = recipe.read('[intake.offers]\nvalues.status = {won = "*", open = ""}\n')
    assert both.tables["offers"].frame["status"].tolist() == ["open", "won"]


def test_the_first_heading_that_is_there_is_taken(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv("survey.csv", "id;Day;How likely are you to recommend us?\n1;2025-01-01;9\n")
    data = recipe.read(
        "[intake.survey]\n"
        'columns = {respondent_id = "id", date = ["Date", "Day"], score = ["NPS", "*recommend*"], '
        'wave = ["Round"]}\n'
    )
    assert errors(data) == []
    assert list(data.tables["survey"].frame) == ["respondent_id", "date", "score"]


def test_a_pattern_that_fits_two_headings_is_refused(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv("survey.csv", "id;date;Recommend us?;Recommend why?\n1;2025-01-01;9;x\n")
    data = recipe.read('[intake.survey]\ncolumns = {respondent_id = "id", score = "recommend*"}\n')
    assert errors(data) == ["several_headings"]


def test_a_column_without_a_heading_is_named_by_its_letter(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    recipe.xlsx("sales.xlsx", {"S": [["customer_id", "date", None], ["A", date(2025, 1, 1), 7]]})
    data = recipe.read('[intake.sales]\ncolumns = {amount = {column = "C"}}\n')
    assert errors(data) == []
    assert data.tables["sales"].frame["amount"].tolist() == [7]
    beyond = recipe.read('[intake.sales]\ncolumns = {amount = {column = "F"}}\n')
    assert "no_such_column" in errors(beyond)


def test_needed_headings_twice_are_settled_by_a_letter(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv("sales.csv", "customer_id;date;amount;amount;x;x\nA;2025-01-01;7;8;1;2\n")
    assert errors(recipe.read("")) == ["duplicate_heading"]
    data = recipe.read('[intake.sales]\ncolumns = {amount = {column = "D"}}\n')
    assert errors(data) == []
    assert data.tables["sales"].frame["amount"].tolist() == [8]


def test_cells_are_joined_and_words_above_the_headings_taken(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    recipe.csv(
        "sales.csv",
        "Report;;;\nCustomer:;Acme;;\n;;;\nFirst;Last;Day;Sum\nAnn;Lee;2025-01-01;5\n;;2025-01-02;6\n",
    )
    data = recipe.read(
        "[intake.sales]\nheader_row = 4\n"
        'columns = {manager = {join = ["First", "Last"]}, customer_id = {above = "customer"}, '
        'date = "Day", amount = "Sum"}\n'
    )
    assert errors(data) == []
    frame = data.tables["sales"].frame
    assert frame["manager"].isna().tolist() == [False, True]
    assert frame["manager"].iloc[0] == "Ann Lee"
    assert frame["customer_id"].tolist() == ["Acme"] * 2


def test_what_is_not_there_is_refused_by_name(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv("sales.csv", "customer_id;date;amount\nA;2025-01-01;5\n")
    for said, code in [
        ('columns = {manager = {join = ["a", "b"]}}', "join_missing"),
        ('columns = {manager = {above = "Head"}}', "above_not_found"),
        ('columns = {manager = {file = "x *"}}', "name_differs"),
        ('fill_down = "Group"', "fill_down_missing"),
        ('melt = {columns = "Jan", into = ["date", "amount"]}', "melt_missing"),
        ('latest = "document_id"', "latest_missing"),
        ("header_row = 9", "header_row_empty"),
    ]:
        assert code in errors(recipe.read(f"[intake.sales]\n{said}\n")), said


def test_identifiers_are_numbers_of_rows_where_there_are_none(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    recipe.csv("survey.csv", "respondent_id;date;score\nR7;2025-01-01;9\n;2025-01-01;8\n")
    data = recipe.read('[intake.survey]\ngenerate = "respondent_id"\n')
    assert errors(data) == []
    assert data.tables["survey"].frame["respondent_id"].tolist() == ["R7", "3"]
    recipe.csv("survey.csv", "date;score\n2025-01-01;9\n2025-01-01;8\n")
    data = recipe.read('[intake.survey]\ngenerate = ["respondent_id"]\n')
    assert data.tables["survey"].frame["respondent_id"].tolist() == ["2", "3"]
    assert steps(data) == {"ids_generated": 2}


def test_the_latest_answer_of_a_respondent_counts_in_each_wave(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    rows = (
        "1;2025-03-01;9;A\n1;2025-01-01;2;A\n1;2025-05-01;3;B\n2;2025-01-01;4;A\n;2025-01-01;5;A\n"
    )
    recipe.csv("survey.csv", "respondent_id;date;score;wave\n" + rows)
    data = recipe.read(
        '[intake.survey]\nlatest = ["respondent_id", "wave"]\ngenerate = "respondent_id"\n'
    )
    assert errors(data) == []
    assert data.tables["survey"].frame["score"].tolist() == [9, 3, 4, 5]
    assert data.tables["survey"].rows_in - data.tables["survey"].rows_used == 1
    assert steps(data)["latest_kept"] == 1


def test_rows_go_by_number_by_first_words_and_by_value(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv(
        "sales.csv",
        "customer_id;date;amount;state\nText;Date;Sum;x\nA;2025-01-01;5;ok\nB;2025-01-01;6;test\n"
        "Confidential\nGenerated by: me\n",
    )
    data = recipe.read(
        '[intake.sales]\ndrop_rows = [2, "Confidential*", "generated BY*"]\n'
        'where = {state = {not = ["te*"]}}\n'
    )
    assert errors(data) == []
    assert data.tables["sales"].frame["amount"].tolist() == [5]
    assert steps(data) == {"rows_dropped": 1, "rows_dropped_by_words": 2, "rows_left_by_where": 1}
    table = data.tables["sales"]
    assert (table.rows_in, table.rows_used) == (5, 1)


def test_blank_cells_are_chosen_by_an_empty_text(recipe: Recipe) -> None:
    recipe.csv("sales.csv", "customer_id;date;amount;x\nA;2025-01-01;5;\nB;2025-01-01;6;y\n")
    for rule, kept in [('{not = ""}', [6]), ('""', [5]), ('["y", ""]', [5, 6])]:
        data = recipe.read(f"[intake.sales]\nwhere = {{x = {rule}}}\n")
        assert data.tables["sales"].frame["amount"].tolist() == kept


def test_many_rows_without_a_day_are_left_out_by_the_line_of_the_message(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    """More rows than a line can name: naming the first hundred would not mend the rest."""
    rows = "".join(f"A;{'' if n % 2 else '2025-01-01'};{n}\n" for n in range(300))
    recipe.csv("sales.csv", "customer_id;Day;amount\n" + rows)
    columns = 'columns = {date = "Day"}\n'
    data = recipe.read(f"[intake.sales]\n{columns}")
    (problem,) = [one for one in data.problems if one.is_error]
    assert problem.facts["line"] == 'where = {"Day" = {not = ""}}'
    data = recipe.read(f"[intake.sales]\n{columns}{problem.facts['line']}\n")
    assert errors(data) == []
    assert len(data.tables["sales"].frame) == 150


def test_the_total_of_the_rows_that_where_keeps_is_a_total(
    recipe: Recipe, errors: ErrorsOf
) -> None:
    recipe.csv(
        "sales.csv", "customer_id;date;amount\nA;2025-01-01;5\nContract 1;2025-01-01;5\nTotal;;5\n"
    )
    data = recipe.read('[intake.sales]\nwhere = {customer_id = {not = "Contract*"}}\n')
    assert errors(data) == []
    assert data.tables["sales"].frame["amount"].tolist() == [5]


def test_a_file_without_headings_gets_them(recipe: Recipe, errors: ErrorsOf) -> None:
    recipe.csv("sales.csv", "A;2025-01-01;5;x\nB;2025-01-02;6;y\n")
    data = recipe.read('[intake.sales]\nheadings = ["customer_id", "date", "amount", ""]\n')
    assert errors(data) == []
    assert data.tables["sales"].frame["amount"].tolist() == [5, 6]
    assert data.tables["sales"].frame.index.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('values.kind = {wonn = "x"}', "recipe_value"),
        ('values.knd = {sale = "x"}', "recipe_column"),
        ('generate = "amount"', "generate_no_id"),
        ('latest = "x"', "recipe_column"),
        ('melt = {columns = "a", into = ["date", "sum"]}', "recipe_column"),
        ('melt = {columns = "a", into = ["date"]}', "bad_melt"),
        ("values.kind = 3", "bad_values"),
        ("columns = {amount = {sheet = 3}}", "bad_columns"),
        ("columns = {amount = {vale = 'x'}}", "bad_columns"),
        ("columns = {amount = {}}", "bad_columns"),
        ("header_row = [4, 6]", "bad_header_row"),
        ("header_row = true", "bad_header_row"),
        ("drop_rows = [true]", "bad_drop_rows"),
        ("files = 3", "bad_words"),
        ("fill_down = ['']", "bad_words"),
        ("date_formats = ['%d.%m']", "bad_date_format"),
    ],
)
def test_what_no_recipe_can_mean_is_refused_with_its_key(
    recipe: Recipe, said: str, code: str
) -> None:
    recipe.csv("sales.csv", "customer_id;date;amount\nA;2025-01-01;5\n")
    with pytest.raises(InputError) as failure:
        recipe.read(f"[intake.sales]\n{said}\n")
    assert [problem.code for problem in failure.value.problems] == [code]
    assert failure.value.problems[0].place.column.startswith("intake.sales.")


@pytest.mark.parametrize(
    "key", ["files = 'a'", "where = {a = 'b'}", "generate = 'x'", "preset = 'x'"]
)
def test_what_one_file_has_is_not_said_of_all(recipe: Recipe, key: str) -> None:
    with pytest.raises(InputError) as failure:
        recipe.read(f"[intake]\n{key}\n")
    assert [problem.code for problem in failure.value.problems] == ["of_one_table"]
