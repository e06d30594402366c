"""Services with a diagnostic that takes no time, and engagement folders for it."""

import asyncio
import hashlib
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from here_and_now import HereAndNow

from workbook.batch import run
from workbook.batch.make_report import make_report
from workbook.batch.prepared_engagement import RunContext
from workbook.batch.read_task import read_task
from workbook.batch.services import Services
from workbook.batch.tasks import Published
from workbook.commands.cli import cli, guarded
from workbook.diagnostics.diagnostic import Diagnostic
from workbook.diagnostics.outline import Outline
from workbook.engagement.engagement_file import load_engagement
from workbook.errors import Location, Problem
from workbook.report.blocks import RESULT_MIME


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Options of the fake diagnostics."""

    min_n: int = 10
    scale: str = "0-10"


def diagnostic(name, *, needs_any=("survey",), params=Params, joins=False):
    """Return a diagnostic of which a run needs no more than what it says of itself."""
    return Diagnostic(
        outline=Outline(
            name=name,
            tables=("survey", "customers"),
            needs_any=needs_any,
            params=params,
            joins=joins,
        ),
        compute=not_called,
        key_figures=not_called,
        report=not_called,
    )


def not_called(*given):
    raise AssertionError("the notebook of a fake diagnostic is not run")


@dataclass(slots=True)
class FakeServices:
    """Builds services and counts what they are asked."""

    notebooks: Path
    reads: list[str] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    """For each reading, the diagnostics that the command named."""
    runs: list[str] = field(default_factory=list)
    failing: dict[str, Exception] = field(default_factory=dict)
    """Diagnostic or engagement id -> what its engine raises."""
    diagnostics: tuple[Diagnostic, ...] = (diagnostic("loyalty"),)
    during: object = None
    """Called with the job while the notebook 'runs'."""
    publish: object = None
    """Makes the files of a report; None: :func:`publish`."""

    def build(self) -> Services:
        types = {d.name: d.params for d in self.diagnostics}
        return Services(
            diagnostics=self.diagnostics,
            load=lambda folder: load_engagement(folder, types),
            read=lambda task: read_task(replace(task, keep=None), self.read, self.diagnostics),
            make=lambda task: make_report(task, self.engine, self.publish or publish, "fake"),
            open_workers=lambda jobs: nullcontext(HereAndNow()),
            notebooks=self.notebooks,
        )

    def read(self, engagement, only):
        self.reads.append(engagement.id)
        self.asked.append(only)
        files = sorted((engagement.folder / "data").glob("*.csv"))
        problems = [bad for f in files for bad in bad_scores(f)]
        tables = {f.stem: table_of(f) for f in files}
        listed = [SimpleNamespace(file=f"data/{f.name}", rows=1, encoding="utf-8") for f in files]
        return SimpleNamespace(
            tables=tables,
            problems=tuple(problems),
            problems_of=lambda diagnostic: tuple(problems),
            files=tuple(listed),
            anonymity=None,
            engagement=SimpleNamespace(before=None),
        )

    def engine(self, job):
        name = job.notebook.stem
        self.runs.append(name)
        if self.during:
            self.during(job)
        for key in (name, Path(job.parameters["engagement"]).name):
            if key in self.failing:
                raise self.failing[key]
        return executed_notebook(Path(job.parameters["engagement"]))


def table_of(file: Path):
    rows = file.read_text("utf-8").splitlines()[1:]
    return SimpleNamespace(rows_in=len(rows), rows_used=len(rows) - 1)


def bad_scores(file: Path) -> list[Problem]:
    return [
        Problem(
            code="out_of_range",
            place=Location(file=f"data/{file.name}", row=n),
            found=line,
            facts={"name": "score", "low": 0, "high": 10},
        )
        for n, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if line.endswith(",11")
    ]


def executed_notebook(folder: Path):
    digest = hashlib.sha256((folder / "data" / "survey.csv").read_bytes()).hexdigest()
    result = nbformat.v4.new_output("display_data", data={RESULT_MIME: {"digest": digest}})
    cell = nbformat.v4.new_code_cell("show()", outputs=[result], execution_count=1, id="a")
    return nbformat.v4.new_notebook(cells=[cell])


def run_engagement(folder, options, services):
    """Run one engagement here and now."""
    context = RunContext(services=services, workers=HereAndNow())
    return asyncio.run(run.run_engagement(folder, options, context))


def publish(notebook, *, engagement, name, formats):
    digest = notebook.cells[0].outputs[0].data[RESULT_MIME]["digest"]
    folders = {fmt: "results" if fmt == "json" else "client" for fmt in formats}
    files = {f"{folders[fmt]}/{name}.{fmt}": (fmt, f"{fmt} {digest}".encode()) for fmt in formats}
    figures = ({"label": "NPS", "value": "+12.5", "change": "up by 3"},)
    return Published(
        title=f"The {name}", files=files, figures=figures, answer=f"The {name} is <so>"
    )


@pytest.fixture
def fake(tmp_path):
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    for name in ("loyalty", "churn_reasons", "toy", "summary"):
        (notebooks / f"{name}.ipynb").write_text("{}", "utf-8")
    return FakeServices(notebooks)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "reports"


@pytest.fixture
def make_engagement(tmp_path):
    """Return a function that writes an engagement folder."""

    def make(name="acme", *, parent=None, scores=(9, 10, 3), **configuration):
        folder = (parent or tmp_path / "clients") / name
        (folder / "data").mkdir(parents=True)
        facts = {
            "schema_version": 1,
            "id": "acme",
            "client": "Acme & Sons",
            "language": "en",
            "currency": "EUR",
            "period": "2025-Q4",
            "status": "final",
        } | configuration
        lines = [f"{key} = {value!r}" for key, value in facts.items()]
        lines.append("as_of = 2025-12-31")
        (folder / "engagement.toml").write_text("\n".join(lines), "utf-8")
        rows = [f"{i},{score}" for i, score in enumerate(scores)]
        (folder / "data" / "survey.csv").write_text("\n".join(["id,score", *rows]), "utf-8")
        return folder

    return make


@pytest.fixture
def snapshot():
    """Return a function that gives every file of a folder with its bytes."""

    def take(folder: Path) -> dict[str, bytes]:
        files = (p for p in folder.rglob("*") if p.is_file())
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}

    return take


@pytest.fixture
def command(fake, monkeypatch, capfd):
    """Return a function that runs the command with the fake services."""
    monkeypatch.setattr("workbook.batch.services.default_services", lambda *options: fake.build())

    def run(*arguments):
        code = guarded(lambda: cli([str(a) for a in arguments], standalone_mode=False))
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run
