"""The work of a faulty batch: reading, notebooks and publishing, at next to no cost.

The functions belong to a module of their own, so that they are found in the processes that do
the work.
"""

import json
import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import nbformat

from workbook.batch.make_report import PRINTED, make_report, printing_into
from workbook.batch.notebook_engine.run_notebook import ENGINES
from workbook.batch.read_task import read_task
from workbook.batch.services import Services
from workbook.batch.tasks import Published
from workbook.batch.workers import LocalWorkers
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.fingerprint import program_hash
from workbook.report.blocks import RESULT_MIME
from workbook.report.document import result_json, result_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options of the fake diagnostics."""

    min_n: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeDiagnostic:
    """What a run needs of a diagnostic.

    The class of the package imports pandas, for which the processes of these tests do not wait.
    """

    name: str
    tables: tuple[str, ...] = ("survey",)
    needs_any: tuple[str, ...] = ("survey",)
    joins: bool = False
    params: type = Params


DIAGNOSTICS = tuple(FakeDiagnostic(name=name) for name in ("loyalty", "churn_reasons"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeTable:
    """As many rows as lines."""

    rows_in: int
    rows_used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeFile:
    """How a file was read."""

    file: str
    rows: int
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeData:
    """An engagement that was read."""

    engagement: object
    tables: dict
    files: tuple
    problems: tuple = ()
    anonymity: None = None

    def problems_of(self, diagnostic):
        return ()


def read_tables(engagement, only):
    rows = len((engagement.folder / "data" / "survey.csv").read_text("utf-8").splitlines())
    return FakeData(
        engagement=engagement,
        tables={"survey": FakeTable(rows_in=rows, rows_used=rows)},
        files=(FakeFile(file="data/survey.csv", rows=rows),),
    )


def read(task):
    with printing_into(None):
        return read_task(task, read_tables, DIAGNOSTICS)


def make(engine, task):
    """Make a report; others may be changing the program while a test runs."""
    task = replace(task, program=program_hash())
    if engine == "bare":
        return make_report(task, bare, publish_plainly, engine)
    with printing_into(task.folder / PRINTED):
        return make_report(task, ENGINES[engine], publish, engine)


def bare(job):
    """Return the notebook as if its cells had been run."""
    folder = Path(job.parameters["engagement"])
    answers = (folder / "data" / "survey.csv").read_text("utf-8")
    content = {"diagnostic": "tiny", "result": {"engagement": folder.name, "answers": answers}}
    output = nbformat.v4.new_output("display_data", data={RESULT_MIME: content})
    cell = nbformat.v4.new_code_cell("show()", outputs=[output], execution_count=1, id="a")
    return nbformat.v4.new_notebook(cells=[cell])


def publish_plainly(notebook, *, engagement, name, formats):
    result = notebook.cells[0].outputs[0].data[RESULT_MIME]["result"]
    files = {
        f"{'results' if fmt == 'json' else 'client'}/{name}.{fmt}": (
            fmt,
            json.dumps({"format": fmt, "diagnostic": name} | result).encode(),
        )
        for fmt in formats
    }
    return Published(title=f"The {name}", files=files)


def publish(notebook, *, engagement, name, formats):
    if formats == ("json",):  # without what pages need
        content = result_json(result_of(notebook)[1])
        return Published(title=name, files={f"results/{name}.json": ("json", content)})
    from workbook.batch.publish import publish

    return publish(notebook, engagement=engagement, name=name, formats=formats)


def look_around():
    """Return the environment here and of the processes from here to the fork server."""
    import psutil

    above = [psutil.Process(), *psutil.Process().parents()]
    last = next(n for n, p in enumerate(above) if "forkserver" in " ".join(p.cmdline()[:4]))
    while last + 1 < len(above) and above[last].cmdline() == above[last + 1].cmdline():
        last += 1
    own = [Path(f"/proc/{p.pid}/environ").read_bytes() for p in above[: last + 1]]
    return {
        "here": dict(os.environ),
        "environments": [one.decode("utf-8", "replace") for one in own],
    }


def load(folder):
    return load_engagement(folder, {d.name: d.params for d in DIAGNOSTICS})


def services_of(notebooks, engine, *, diagnostics=1, open_workers=LocalWorkers):
    return Services(
        diagnostics=DIAGNOSTICS[:diagnostics],
        load=load,
        read=read,
        make=partial(make, engine),
        open_workers=open_workers,
        notebooks=notebooks,
    )
