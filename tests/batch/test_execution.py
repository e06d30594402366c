"""A notebook is finished only when every cell ran and left a result, whatever runs it."""

import json
import sys
import warnings
from dataclasses import replace

import nbformat
import pytest

from workbook.batch.notebook_engine.run_notebook import (
    Job,
    check_finished,
    check_parameters,
    streams,
)
from workbook.errors import RunError
from workbook.report.blocks import RESULT_MIME

from .notebooks import RESULT, SHOW, WAYS, job_of, notebook_of, result_of


@pytest.fixture(params=WAYS)
def execute(request, tmp_path):
    """Return a function that runs a notebook of the given cells."""

    def run(*sources, folder=None, parameters=None, timeout=60):
        folder = folder or tmp_path / "work"
        folder.mkdir(exist_ok=True)
        path = tmp_path / "tiny.ipynb"
        nbformat.write(notebook_of(*sources), path)
        job = job_of(path, folder, timeout=timeout)
        job = replace(job, parameters=parameters or job.parameters)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries around the kernel
            return WAYS[request.param](job)

    return run


@pytest.mark.bad_input("H3")
def test_a_value_arrives_as_it_was_given_even_in_a_folder_with_braces(execute, tmp_path):
    folder = tmp_path / "{client} Ёж %s"
    value = "C:\\Ёж\"'{0}\n\u2028 #"
    executed = execute(RESULT, folder=folder, parameters={"engagement": value})
    assert result_of(executed) == {"engagement": value}


def test_the_kernel_is_this_interpreter_with_an_environment_of_its_own(
    execute, monkeypatch, tmp_path
):
    monkeypatch.setenv("CLIENT_API_TOKEN", "s3cret")
    monkeypatch.setenv("TZ", "Asia/Vladivostok")
    monkeypatch.setenv("OMP_NUM_THREADS", "64")
    facts = (
        '{"env": dict(os.environ), "python": sys.executable, "cwd": os.getcwd(),'
        ' "temporary": tempfile.gettempdir()}'
    )
    look = "import os, sys, tempfile\n" + SHOW.format(facts)
    seen = result_of(execute(look))
    assert seen["python"] == sys.executable
    assert seen["cwd"] == str(tmp_path / "work")
    assert seen["temporary"].startswith(seen["cwd"])
    assert "s3cret" not in json.dumps(seen["env"])
    wanted = {"TZ": "UTC", "OMP_NUM_THREADS": "1", "SOURCE_DATE_EPOCH": "1767139200"}
    assert {name: seen["env"][name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("import sys; sys.exit(0)", "cell 3 failed: SystemExit"),
        ("1 / 0", "cell 3 failed: ZeroDivisionError: division by zero"),
        ("import os; os._exit(0)", "process ended"),
        ("pass", "0 results instead of one"),
    ],
)
def test_a_notebook_that_does_not_reach_its_end_fails(cell, message, execute):
    with pytest.raises(RunError, match=message):
        execute(cell, "after = 1")


def test_a_cell_that_takes_too_long_fails(execute):
    with pytest.raises(RunError, match="longer than 1 seconds"):
        execute("import time; time.sleep(60)", timeout=1)


@pytest.mark.bad_input("H2")
@pytest.mark.parametrize(
    "name", ["engagment", "import os; os.system('x')", "engagement = 1; x", "", "class"]
)
def test_parameters_that_the_notebook_does_not_declare_are_refused(name, tmp_path):
    job = Job(notebook=tmp_path / "n.ipynb", parameters={name: "x"}, folder=tmp_path, epoch=0)
    with pytest.raises(RunError, match="has no parameter"):
        check_parameters(notebook_of(), job)


@pytest.mark.bad_input("H9")
@pytest.mark.parametrize("count", [0, 2])
def test_a_notebook_has_exactly_one_parameters_cell(count, tmp_path):
    notebook = notebook_of()
    notebook.cells = notebook.cells * count
    job = Job(notebook=tmp_path / "n.ipynb", parameters={}, folder=tmp_path, epoch=0)
    with pytest.raises(RunError, match=f"{count} cells have the tag"):
        check_parameters(notebook, job)


def finished_notebook():
    notebook = notebook_of("1", "2")
    for number, cell in enumerate(notebook.cells, start=1):
        cell.execution_count = number
    data = {RESULT_MIME: {"diagnostic": "n", "result": {}}}
    notebook.cells[-1].outputs = [nbformat.v4.new_output("display_data", data=data)]
    return notebook


def test_a_cell_that_was_never_run_is_noticed():
    notebook = finished_notebook()
    check_finished(notebook, "n")
    notebook.cells[1].execution_count = None
    with pytest.raises(RunError, match="n: cell 2 was not run"):
        check_finished(notebook, "n")


def test_what_code_prints_is_for_the_log_and_cut_when_endless():
    notebook = finished_notebook()
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="x" * 50)]
    assert streams(notebook) == "x" * 50
    assert streams(notebook, longest=10) == "x" * 10 + "\n… (cut)\n"


@pytest.mark.bad_input("J9")
def test_no_socket_folder_is_left(execute, tmp_path, monkeypatch):
    short = tmp_path / "s"
    short.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(short))
    execute(RESULT)
    assert list(short.iterdir()) == []
