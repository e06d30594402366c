"""Large data travel compressed through the notebook and come out as they were."""

import nbformat

from workbook.language.catalog import load_texts
from workbook.report.blocks import ResultData
from workbook.report.document import MAX_OUTPUT, result_of, tables_of
from workbook.report.json_bundle import packed, unpacked
from workbook.report.table import Table, TableColumn

ROWS = [{"id": f"C{i:06d}", "amount": i / 3} for i in range(100_000)]


def notebook_of(*blocks):
    outputs = [
        nbformat.v4.new_output("display_data", data=block._repr_mimebundle_()[0])
        for block in blocks
    ]
    cell = nbformat.v4.new_code_cell("show()", outputs=outputs, execution_count=1)
    return nbformat.v4.new_notebook(cells=[cell])


def large_table():
    columns = (
        TableColumn(key="id", heading="ID"),
        TableColumn(key="amount", heading="Amount", fmt="money"),
    )
    return Table(
        name="all", title="All", columns=columns, rows=ROWS, texts=load_texts("common", "en"),
        appendix_only=True,
    )  # fmt: skip


def test_small_data_stay_readable():
    assert packed({"a": [1, None, "ж"]}) == {"a": [1, None, "ж"]}
    assert unpacked({"a": 1}) == {"a": 1}


def test_large_data_are_compressed_and_come_back_the_same():
    content = {"rows": [[row["id"], row["amount"], None, "ž"] for row in ROWS]}
    small = packed(content)
    assert set(small) == {"packed"}
    assert len(small["packed"]) < 3_000_000
    assert unpacked(small) == content


def test_a_hundred_thousand_customers_fit_into_a_notebook():
    result = ResultData(diagnostic="x", data={"customers": ROWS, "again": ROWS, "more": ROWS})
    table = large_table()
    notebook = notebook_of(table, table, result)
    nbformat.validate(notebook)
    assert len(nbformat.writes(notebook)) < MAX_OUTPUT
    assert result_of(notebook) == ("x", {"customers": ROWS, "again": ROWS, "more": ROWS})
    assert [len(sheet["rows"]) for sheet in tables_of(notebook)] == [100_000, 100_000]
