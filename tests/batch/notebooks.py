"""Small notebooks and the three ways to run them."""

import os
from pathlib import Path

import nbformat

from workbook.batch.forked_process import ForkedProcesses
from workbook.batch.notebook_engine.kernel import adopt
from workbook.batch.notebook_engine.run_notebook import Job, run_papermill, run_warm
from workbook.batch.process_start import CAN_FORK
from workbook.report.blocks import RESULT_MIME

PARAMETERS = 'engagement: str = "sample"  # folder of the engagement'
SHOW = f'display({{{{"{RESULT_MIME}": {{{{"diagnostic": "tiny", "result": {{}}}}}}}}}}, raw=True)'
RESULT = SHOW.format('{"engagement": engagement}')


def in_a_fresh_process(job):
    """As a run does it: the process was forked for this notebook."""
    return ForkedProcesses().call(run_warm, job, seconds=120)


def beside_this_process(job):
    """As ``papermill --engine workbook-warm`` does it: forked by the engine."""
    before = dict(os.environ)
    try:
        return run_warm(job)
    finally:
        adopt(before)


WAYS = {"papermill": run_papermill}
if CAN_FORK:
    WAYS |= {"fresh": in_a_fresh_process, "beside": beside_this_process}


def notebook_of(*sources, parameters=PARAMETERS):
    cells = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    spec = {"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=spec)


def job_of(notebook: Path, folder: Path, *, engagement="/clients/acme", timeout=60) -> Job:
    return Job(
        notebook=notebook,
        parameters={"engagement": engagement},
        folder=folder,
        epoch=1_767_139_200,
        cell_timeout=timeout,
    )


def result_of(notebook):
    outputs = [o for c in notebook.cells for o in c.get("outputs", [])]
    return next(o.data[RESULT_MIME]["result"] for o in outputs if RESULT_MIME in o.get("data", {}))
