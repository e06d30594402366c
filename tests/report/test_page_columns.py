"""The page keeps the columns that say something and fit at 8 points; the rest is told or left."""

import re

from workbook.language.catalog import load_texts
from workbook.report.cells import Interval, Written
from workbook.report.table import Table, TableColumn


def table(rows, *columns, language="en", currency="GBP", **changes):
    given = {
        "name": "example",
        "title": "Example",
        "columns": (TableColumn(key="who", heading="Who"), *columns),
        "rows": rows,
        "texts": load_texts("common", language, currency),
    }
    return Table(**given | changes)


def heads(html):
    return re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html)


def more(html):
    return "".join(re.findall(r'<p class="wb-more">(.*?)</p>', html))


def rows(*values):
    return [{"who": f"Name {i}", "a": a, "b": b} for i, (a, b) in enumerate(values)]


A = TableColumn(key="a", heading="Entries", fmt="count")
B = TableColumn(key="b", heading="Won", fmt="count")
C = TableColumn(key="c", heading="Lost", fmt="count")


def test_a_column_without_a_value_is_left_out_and_stays_in_the_xlsx():
    made = table(rows((1, None), (2, None)), A, B)
    assert heads(made.html()) == ["Who", "Entries"]
    assert [c["heading"] for c in made.sheet()["columns"]] == ["Who", "Entries", "Won"]


def test_a_column_that_says_the_same_in_every_row_is_told_once_under_the_table():
    html = table(rows((1, 0), (2, 0), (3, 0)), A, B, C).html()
    assert heads(html) == ["Who", "Entries", "Won"]  # three columns are always kept
    several = [{**row, "c": i} for i, row in enumerate(rows((1, 0), (2, 0), (3, 0)))]
    html = table(several, A, B, C).html()
    assert heads(html) == ["Who", "Entries", "Lost"]
    assert more(html) == "The same in every row: Won – 0."


def test_a_column_that_repeats_another_row_by_row_is_told_once_under_the_table():
    several = [{**row, "c": i} for i, row in enumerate(rows((5, 5), (7, 7), (6, 6)))]
    html = table(several, A, B, C).html()
    assert heads(html) == ["Who", "Entries", "Lost"]
    assert "Won – as “Entries”" in more(html)


def test_nothing_is_said_of_every_row_where_the_page_shows_only_the_first_ones():
    several = [{**row, "c": i} for i, row in enumerate(rows(*[(1, 0)] * 3, (2, 9)))]
    assert heads(table(several, A, B, C, shown=3).html()) == ["Who", "Entries", "Won", "Lost"]


def test_columns_that_do_not_fit_at_8_points_are_left_to_the_xlsx_the_spare_ones_first():
    wide = [
        TableColumn(key=f"k{i}", heading=f"Verantwortlichkeit{i}", fmt="count", spare=int(i == 2))
        for i in range(8)
    ]
    made = table([{f"k{i}": i for i in range(8)} | {"who": "x"}], *wide)
    html = made.html()
    assert "Verantwortlichkeit2" not in heads(html)
    assert heads(html)[:3] == ["Who", "Verantwortlichkeit0", "Verantwortlichkeit1"]
    assert "In the XLSX appendix only: " in more(html)
    assert "Verantwortlichkeit2" in more(html)
    assert len(made.sheet()["columns"]) == 9


def test_amounts_of_a_table_have_one_unit_which_stands_in_the_heading():
    money = [TableColumn(key=k, heading=h, fmt="money") for k, h in (("a", "Sales"), ("b", "Cost"))]
    html = table(rows((1_006_030, 8_000), (342_000, 77_900)), *money).html()
    assert heads(html) == ["Who", "Sales, £K", "Cost, £K"]
    assert re.findall(r'<td class="num">(.*?)</td>', html) == ["1,006", "8.0", "342", "77.9"]


def test_amounts_told_in_full_are_in_thousands_only_where_nothing_is_lost():
    full = TableColumn(key="a", heading="Запасы", fmt="money_full")
    given = {"language": "ru", "currency": "RUB"}
    whole = table(rows((445_418_000, 0), (142_618_000, 0)), full, **given).html()
    assert heads(whole)[1] == "Запасы, тыс.\u00a0₽"
    assert "445\u00a0418" in whole
    odd = table(rows((445_418_001, 0), (142_618_000, 0)), full, **given).html()
    assert heads(odd)[1] == "Запасы, ₽"


def test_an_interval_is_one_text_on_the_page_and_two_numbers_in_the_xlsx():
    column = TableColumn(key="a", heading="Interval", fmt="pct", interval=True)
    made = table(rows((Interval(0.25, 0.5), 0), (Interval(None, None), 0)), column)
    assert '<td class="num">25% to 50%</td>' in made.html()
    sheet = made.sheet()
    assert [c["heading"] for c in sheet["columns"][1:]] == ["Interval: from", "Interval: to"]
    assert [c["format"] for c in sheet["columns"][1:]] == ["0%", "0%"]
    assert [row[1:] for row in sheet["rows"]] == [[0.25, 0.5], [None, None]]


def test_words_in_the_place_of_an_interval_stay_words():
    column = TableColumn(key="a", heading="Interval", fmt="pct", interval=True)
    made = table(rows(("not shown", 0), (Interval(0.25, 0.5), 0)), column)
    assert "not shown" in made.html()
    assert made.sheet()["rows"][0] == ["Name 0", "not shown", None]


def test_a_figure_with_a_format_of_its_own_is_a_number_in_the_xlsx():
    column = TableColumn(key="a", heading="Value", fmt="text")
    made = table(rows((Written(0.265, "dec3"), 0), (Written(4, "count", "4 (40%)"), 0)), column)
    assert re.findall(r'<td class="num">(.*?)</td>', made.html()) == ["0.265", "4 (40%)"]
    assert [row[1] for row in made.sheet()["rows"]] == [
        {"value": 0.265, "format": "#,##0.000"},
        {"value": 4, "format": "#,##0"},
    ]


def test_a_step_of_a_plan_stands_over_the_cells_of_its_row():
    made = table(
        [{"who": "Call the ten", "a": "Head of sales", "b": "They stay"}],
        TableColumn(key="a", heading="By"),
        TableColumn(key="b", heading="Effect"),
        over="who",
    )
    html = made.html()
    assert heads(html) == ["By", "Effect"]
    assert '<tr><th scope="rowgroup" colspan="2">Call the ten</th></tr><tr>' in html
    assert made.sheet()["rows"] == [["Call the ten", "Head of sales", "They stay"]]
