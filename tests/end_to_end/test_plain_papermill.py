"""Every notebook runs by plain Papermill, without our command line."""

import nbformat
import papermill
import pytest
from command_line import SAMPLE

from workbook.diagnostics import all_diagnostics
from workbook.language.package_data import notebooks
from workbook.report.document import result_of, tables_of


@pytest.mark.parametrize("name", [d.name for d in all_diagnostics()])
@pytest.mark.filterwarnings("ignore")  # of Papermill and its kernel client, not ours
def test_papermill_runs_the_notebook_and_the_output_is_valid(name, tmp_path):
    out = tmp_path / "out.ipynb"
    papermill.execute_notebook(
        str(notebooks() / f"{name}.ipynb"),
        str(out),
        parameters={"engagement": str(SAMPLE)},
        progress_bar=False,
    )
    notebook = nbformat.read(out, as_version=4)
    nbformat.validate(notebook)
    assert result_of(notebook)[0] == name
    assert tables_of(notebook)
