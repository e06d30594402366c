"""What a report's own process finds ready: everything, and nothing that a fork must not share."""

import shutil
import sys
from pathlib import Path

import pytest

from workbook.batch.forked_process import ForkedProcesses
from workbook.batch.process_start import CAN_FORK
from workbook.batch.services import default_services
from workbook.batch.tasks import ReadTask, ReportTask
from workbook.engagement.fingerprint import program_hash
from workbook.engagement.kept_data import FILE_NAME
from workbook.language.package_data import templates

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs processes that fork safely")

SAMPLES = Path(__file__).parent.parent.parent / "data_samples"
FEW = 6
"""Modules that depend on the client's files: codecs, mostly."""

DICTIONARIES = ("pymorphy3", "dawg_python", "simplemma")
"""Read ahead for the languages of a run only."""


@pytest.fixture
def make(tmp_path):
    """Return a function that makes a report of an engagement through ``through(task)``."""
    services = default_services()
    processes = ForkedProcesses()

    def through(work, folder, diagnostic, formats=("html", "pdf", "xlsx", "json")):
        engagement = services.load(folder)
        processes.call(services.read, ReadTask(engagement=engagement, keep=tmp_path / FILE_NAME))
        task = ReportTask(
            engagement=engagement,
            diagnostic=diagnostic,
            notebook=services.notebooks / f"{diagnostic}.ipynb",
            folder=tmp_path,
            formats=formats,
            kept_data=tmp_path / FILE_NAME,
            cell_timeout=300,
            program=program_hash(),
        )
        return processes.call(work, task, seconds=300)

    return through


def imported_by(task):
    """Make the report and return the modules that it had to import."""
    before = set(sys.modules)
    default_services().make(task)
    return sorted(m for m in set(sys.modules) - before if not m.startswith(DICTIONARIES))


@pytest.mark.parametrize(
    ("sample", "diagnostic"),
    [
        ("ural-tekhnika", "loyalty"),
        ("ural-tekhnika", "churn_reasons"),
        ("severstroy", "financial_quartiles"),
    ],
)
def test_a_report_imports_next_to_nothing(sample, diagnostic, make):
    assert len(imported := make(imported_by, SAMPLES / sample, diagnostic)) <= FEW, imported


def threads_before_the_fork():
    from workbook.batch import preload

    return preload.THREADS


def test_the_prepared_process_has_one_thread():
    assert ForkedProcesses().call(threads_before_the_fork) == 1


def finished(task):
    return default_services().make(task)


def test_a_base_of_its_own_is_read_although_the_shipped_one_was_read_before_the_fork(
    make, tmp_path
):
    folder = tmp_path / "own"
    shutil.copytree(SAMPLES / "severstroy", folder)
    shutil.copy(templates() / "base" / "sample.parquet", folder / "data" / "base.parquet")
    made = make(finished, folder, "financial_quartiles", formats=("json",))
    assert {one.format for one in made.made} == {"json", "internal"}


def test_work_of_another_version_of_the_program_is_refused(make, monkeypatch):
    monkeypatch.setattr(f"{__name__}.program_hash", lambda: "another")
    with pytest.raises(Exception, match="another version of the program"):
        make(finished, SAMPLES / "severstroy", "financial_quartiles")
