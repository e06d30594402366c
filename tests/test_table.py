"""A table is short on the page, whole in the appendix, and never changes what it was given."""

from datetime import date

import pytest

from workbook.language.catalog import load_texts
from workbook.report.table import GROUP, Table, TableColumn


def table(rows, **changes):
    given = {
        "name": "example",
        "title": "Example",
        "columns": (
            TableColumn(key="who", heading="Who"),
            TableColumn(key="share", heading="Share", fmt="pct"),
        ),
        "rows": rows,
        "texts": load_texts("common", "en"),
    }
    return Table(**given | changes)


def test_the_row_label_is_a_heading_cell_and_figures_are_right_aligned():
    html = table([{"who": "North", "share": 0.314}]).html()
    assert '<th scope="row">North</th><td class="num">31%</td>' in html


def test_text_from_a_file_is_text():
    html = table([{"who": "<script>alert(1)</script>", "share": 0}]).html()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_page_shows_the_first_rows_and_says_how_many_there_are():
    long = table([{"who": str(i), "share": 0.1} for i in range(50)], shown=10)
    assert long.html().count("<tr>") == 11
    assert "The first 10 of 50 rows" in long.html()
    assert len(long.sheet()["rows"]) == 50


def test_the_appendix_carries_raw_values_and_excel_formats():
    sheet = table([{"who": "North", "share": 0.314}, {"who": "South", "share": None}]).sheet()
    assert sheet["rows"] == [["North", 0.314], ["South", None]]
    assert sheet["columns"][1]["format"] == "0%"


def test_a_date_is_iso_in_the_appendix_and_local_on_the_page():
    columns = (TableColumn(key="d", heading="Date", fmt="day_short"),)
    dated = table([{"d": date(2025, 1, 3)}], columns=columns)
    assert "3 Jan 2025" in dated.html()
    assert dated.sheet()["rows"] == [["2025-01-03"]]


def test_a_missing_value_is_a_dash_and_a_cell_to_fill_is_empty():
    columns = (TableColumn(key="a", heading="A"), TableColumn(key="b", heading="B"))
    html = table([{"a": None, "b": ""}, {"a": "x", "b": "y"}], columns=columns).html()
    assert ">–</th>" in html
    assert "<td></td>" in html


def test_a_column_to_fill_is_in_the_appendix_and_not_on_the_page():
    columns = (TableColumn(key="a", heading="A"), TableColumn(key="b", heading="Done", fill=True))
    made = table([{"a": "Call"}], columns=columns)
    assert "Done" not in made.html()
    assert made.html().count("</th>") == 2
    assert [column["heading"] for column in made.sheet()["columns"]] == ["A", "Done"]
    assert made.sheet()["rows"] == [["Call", None]]


def test_a_page_table_of_more_than_twelve_columns_is_refused():
    columns = tuple(TableColumn(key=str(i), heading=str(i)) for i in range(13))
    with pytest.raises(ValueError, match="12 columns"):
        table([], columns=columns)


def test_a_table_for_the_appendix_only_leaves_the_page_alone():
    assert table([{"who": "x", "share": 1}], appendix_only=True).html() == ""


def test_rows_are_not_modified():
    rows = [{"who": "North", "share": 0.5}]
    made = table(rows)
    made.html(), made.sheet()
    assert rows == [{"who": "North", "share": 0.5}]


def test_a_row_may_be_the_heading_of_the_rows_under_it():
    grouped = table([{GROUP: "Large"}, {"who": "Alpha", "share": 0.5}])
    assert '<tr><th scope="rowgroup" colspan="2">Large</th></tr>' in grouped.html()
    assert grouped.sheet()["rows"] == [["Large", None], ["Alpha", 0.5]]
