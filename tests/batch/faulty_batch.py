"""A real run of engagements whose notebooks are a few cells, so that faults can be put into them.

Everything but reading, publishing and (for the engine ``bare``) the running of notebooks is what
the command uses: the session, the fresh processes, the delivery, the manifest.
"""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat
from here_and_now import HereAndNow

from workbook.batch.prepared_engagement import RunOptions
from workbook.batch.session import run_session
from workbook.batch.workers import LocalWorkers
from workbook.engagement import manifest as manifests

from .faulty_work import DIAGNOSTICS, services_of
from .notebooks import SHOW, notebook_of

TESTS = Path(__file__).parent.parent
READ = """\
from pathlib import Path
folder = Path(engagement)
answers = (folder / "data" / "survey.csv").read_text("utf-8")"""
RESULT = SHOW.format('{"engagement": folder.name, "answers": answers}')
TOML = """\
schema_version = 1
id = "{id}"
client = "{client}"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
status = "final"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Notebooks, engagements and output below one folder."""

    folder: Path
    diagnostics: int = 1

    @property
    def notebooks(self):
        return self.folder / "notebooks"

    @property
    def out(self):
        return self.folder / "out"

    def client(self, name):
        return self.folder / "clients" / name

    def root(self, name):
        """Return the folder of the engagement's reports."""
        return self.out / name / "2025"

    def write_notebook(self, *cells, tags=()):
        """Write the notebook of every diagnostic: the cells between reading and result."""
        self.notebooks.mkdir(parents=True, exist_ok=True)
        notebook = notebook_of(READ, *cells, RESULT)
        for cell in notebook.cells[2 : 2 + len(cells)]:
            cell.metadata["tags"] = list(tags)
        for diagnostic in DIAGNOSTICS[: self.diagnostics]:
            nbformat.write(notebook, self.notebooks / f"{diagnostic.name}.ipynb")

    def write_engagements(self, *names, answers="id,score\n1,9\n", client="Acme"):
        folders = [self.client(name) for name in names]
        for folder in folders:
            (folder / "data").mkdir(parents=True, exist_ok=True)
            (folder / "engagement.toml").write_text(
                TOML.format(id=folder.name, client=client), "utf-8"
            )
            (folder / "data" / "survey.csv").write_text(answers, "utf-8")
        return folders

    def services(self, engine="warm", *, seconds=60.0, here=False):
        open_workers = partial(LocalWorkers, seconds=seconds)
        if here:
            open_workers = _here
        return services_of(
            self.notebooks, engine, diagnostics=self.diagnostics, open_workers=open_workers
        )

    def run(
        self, *names, engine="warm", jobs=1, seconds=60.0, here=False, formats=("json",), **options
    ):
        """Run the engagements (all without names) in this process; return the outcomes."""
        folders = [self.client(n) for n in names] or sorted((self.folder / "clients").iterdir())
        asked = RunOptions(out=self.out, formats=formats, **options)
        services = self.services(engine, seconds=seconds, here=here)
        return run_session(folders, asked, services, jobs=jobs)

    def result(self, name, diagnostic="loyalty"):
        return json.loads((self.root(name) / "results" / f"{diagnostic}.json").read_bytes())

    def start(self, *names, engine="warm", jobs=1, **environment):
        """Start the command in a process of its own, a session leader."""
        arguments = [*map(str, map(self.client, names)), "--out", str(self.out)]
        arguments += ["--jobs", str(jobs), "--formats", "json", "--engine", engine]
        program = "from batch.light_preload import run_command; run_command()"
        return subprocess.Popen(
            [sys.executable, "-c", program, str(self.folder), "run", *arguments],
            cwd=TESTS,
            env=os.environ | {"PYTHONPATH": str(TESTS)} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def hidden(self):
        """Return what a run keeps for itself: private folders, locks, parts of files."""
        found = (p for p in self.out.glob("*/**/*") if p.name.startswith("."))
        return sorted(p.relative_to(self.out).as_posix() for p in found)

    def files(self):
        """Return the bytes of every file of the output."""
        files = (p for p in self.out.rglob("*") if p.is_file())
        return {p.relative_to(self.out).as_posix(): p.read_bytes() for p in files}

    def untold(self, name):
        """Return the files that the manifest tells of and that are not there as it says."""
        root = self.root(name)
        manifest = manifests.read(root / "manifest.json")
        entries = manifest.diagnostics.values() if manifest else ()
        made = [m for entry in entries for m in entry.made]
        return [m.file for m in made if manifests.file_hash(root / m.file) != m.sha256]


def _here(jobs):
    return nullcontext(HereAndNow())


def main():
    """Run the command line with the services of the batch in the folder named first."""
    from workbook.batch import forked_process, services
    from workbook.commands import cli

    batch = Batch(folder=Path(sys.argv.pop(1)))
    forked_process._PRELOAD = "batch.light_server"
    services.default_services = lambda engine, *others: batch.services(engine)
    cli.main()
