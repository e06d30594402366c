import json

import nbformat
import pytest
from report_samples import cell, every_block, notebook_of, shown, table

from workbook.errors import RunError
from workbook.report import document
from workbook.report.blocks import ResultData, Text
from workbook.report.document import result_json, result_of, tables_of

END = ResultData(diagnostic="loyalty", data={"n": 1})


def test_tables_come_in_reading_order_with_all_rows() -> None:
    (found,) = tables_of(notebook_of(*every_block()))
    assert found["name"] == "segments"
    assert len(found["rows"]) == 70


def test_the_result_is_the_sentinel_of_a_finished_notebook() -> None:
    assert result_of(notebook_of(Text(("a",)))) == ("loyalty", {"n": 1})


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([cell(shown(Text(("a",))))], "left 0 results"),
        ([cell(shown(END)), cell(shown(END))], "left 2 results"),
        ([cell(shown(END)), cell(count=None)], "cell 2 was not run"),
        (
            [cell(nbformat.v4.new_output("error", ename="ValueError")), cell(shown(END))],
            "cell 1 failed: ValueError",
        ),
    ],
)
def test_a_notebook_that_did_not_finish_has_no_result(
    cells: list[nbformat.NotebookNode], message: str
) -> None:
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["papermill"] = {"exception": None, "end_time": "2025-12-31"}
    with pytest.raises(RunError, match=message):
        result_of(notebook)


def test_an_empty_cell_need_not_have_run() -> None:
    notebook = notebook_of(Text(("a",)))
    notebook.cells.append(nbformat.v4.new_code_cell(""))
    assert result_of(notebook)[0] == "loyalty"


def test_too_much_output_names_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_OUTPUT", 1_000)
    stream = nbformat.v4.new_output("stream", text="x" * 2_000)
    with pytest.raises(RunError, match="cell 2: more than"):
        result_of(nbformat.v4.new_notebook(cells=[cell(), cell(stream), cell(shown(END))]))


def test_the_result_file_is_sorted_utf_8_with_a_final_newline() -> None:
    data = result_json({"я": None, "a": 0.5})
    assert data == '{\n  "a": 0.5,\n  "я": null\n}\n'.encode()
    assert json.loads(data) == {"я": None, "a": 0.5}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused_in_the_result_file(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        result_json({"a": value})


def test_appendix_only_tables_are_in_the_appendix_and_not_on_the_page() -> None:
    from dataclasses import replace

    hidden = replace(table(5), appendix_only=True)
    assert hidden.html() == ""
    assert len(tables_of(notebook_of(hidden))) == 1
