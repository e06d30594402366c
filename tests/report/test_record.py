import copy

import nbformat
import pytest
from report_samples import cell, every_block, notebook_of

from workbook.report.record import notebook_json


def written(notebook: nbformat.NotebookNode) -> bytes:
    return (nbformat.writes(notebook) + "\n").encode("utf-8", "backslashreplace")


def odd_notebook(value: object = 1) -> nbformat.NotebookNode:
    stream = nbformat.v4.new_output("stream", name="stdout", text="a\nb\n\ud800")
    data = {"application/json": {"a": ["x\n", value]}, "text/plain": "1\n2"}
    result = nbformat.v4.new_output("execute_result", data=data, execution_count=1)
    note = nbformat.v4.new_markdown_cell("# A\n\nb", attachments={"p": {"text/plain": "a\nb"}})
    note.metadata["trusted"] = True
    notebook = nbformat.v4.new_notebook(cells=[note, cell(stream, result)])
    notebook.metadata["papermill"] = {"parameters": {}, "duration": 1.5, "version": None}
    return notebook


@pytest.mark.parametrize("notebook", [notebook_of(*every_block()), odd_notebook()])
def test_the_file_is_what_nbformat_writes_and_the_notebook_stays(notebook):
    before = copy.deepcopy(notebook)
    assert notebook_json(notebook) == written(notebook)
    assert notebook == before


def test_a_number_that_json_has_not_does_not_cost_the_record():
    notebook = odd_notebook(float("nan"))
    assert notebook_json(notebook) == written(notebook)
