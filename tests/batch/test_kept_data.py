"""What a run has read reaches the notebooks of that run and of that engagement, and no other."""

import os
import pickle
import stat
import warnings
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from workbook.engagement import kept_data

from .notebooks import SHOW, WAYS, job_of, notebook_of, result_of

LOOK = """\
from pathlib import Path
from workbook.engagement.kept_data import kept_of
kept = kept_of(Path(engagement))"""
SEEN = SHOW.format('{"mark": kept.mark if kept else None}')


@pytest.fixture(autouse=True)
def _told_of_nothing():
    yield
    kept_data.use(None)


@pytest.fixture
def kept(tmp_path):
    """Keep what stands for the data of the engagement in ``acme``; return the file."""
    path = tmp_path / kept_data.FILE_NAME
    folder = tmp_path / "acme"
    folder.mkdir()
    engagement = SimpleNamespace(folder=folder)
    kept_data.keep(SimpleNamespace(engagement=engagement, mark="of this run"), path)
    return path


@pytest.fixture
def mark_seen(tmp_path):
    """Return a function that runs a notebook one way and returns the mark that it was handed."""

    def run(way, *, engagement, kept):
        work = tmp_path / "work"
        work.mkdir()
        path = tmp_path / "tiny.ipynb"
        nbformat.write(notebook_of(LOOK, SEEN), path)
        job = job_of(path, work, engagement=str(engagement))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries around the kernel
            return result_of(WAYS[way](replace(job, kept_data=kept)))["mark"]

    return run


@pytest.mark.parametrize("way", [name for name in WAYS if name != "beside"])
def test_the_notebook_of_a_run_takes_what_the_run_has_read(way, kept, mark_seen):
    assert mark_seen(way, engagement=kept.parent / "acme", kept=kept) == "of this run"


@pytest.mark.parametrize("way", WAYS)
def test_a_notebook_that_was_told_of_no_file_reads_by_itself(way, kept, mark_seen):
    assert mark_seen(way, engagement=kept.parent / "acme", kept=None) is None


@pytest.mark.parametrize("way", WAYS)
def test_a_notebook_of_another_engagement_is_handed_nothing(way, kept, mark_seen):
    other = kept.parent / "other"
    other.mkdir()
    assert mark_seen(way, engagement=other, kept=kept) is None


def test_what_was_computed_is_handed_on_of_this_engagement_and_this_diagnostic_only(kept):
    here, other = (SimpleNamespace(folder=kept.parent / name) for name in ("acme", "other"))
    kept_data.keep_result({"answer": 42}, "loyalty", here, kept)
    assert kept_data.kept_result_of(here, "loyalty") is None  # nobody was told of the file
    kept_data.use(kept)
    assert kept_data.kept_result_of(here, "loyalty") == {"answer": 42}
    assert kept_data.kept_result_of(here, "churn_reasons") is None
    assert kept_data.kept_result_of(other, "loyalty") is None
    modes = {stat.S_IMODE(p.stat().st_mode) for p in kept.parent.iterdir() if p.is_file()}
    assert modes == {0o600}


def test_the_file_is_for_this_user_only_and_written_whole(kept):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [p.name for p in kept.parent.iterdir() if p.is_file()] == [kept_data.FILE_NAME]


class Trap:
    """Leaves a trace when it is unpickled."""

    def __reduce__(self):
        return (os.mkdir, ("trace",))


def test_a_file_that_nobody_named_is_never_opened(tmp_path, monkeypatch):
    """Neither one beside the notebook, nor one that the environment names."""
    trap = tmp_path / kept_data.FILE_NAME
    trap.write_bytes(pickle.dumps(Trap()))
    monkeypatch.chdir(tmp_path)
    for name in ("WORKBOOK_KEPT_CASE", "WORKBOOK_KEPT_DATA"):
        monkeypatch.setenv(name, str(trap))
    assert kept_data.kept_of(tmp_path) is None
    assert not Path("trace").exists()


def test_the_kernel_of_a_report_is_otherwise_the_usual_one(kept, tmp_path):
    """Of the same module search path and the same names."""
    path = tmp_path / "tiny.ipynb"
    facts = '{"path": sys.path, "main": __name__, "arguments": len(sys.argv)}'
    nbformat.write(notebook_of("import sys", SHOW.format(facts)), path)
    seen = []
    for number, file in enumerate((None, kept)):
        work = tmp_path / f"work{number}"
        work.mkdir()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries around the kernel
            job = replace(job_of(path, work), kept_data=file)
            seen.append(result_of(WAYS["papermill"](job)))
    assert seen[0] == seen[1]


@pytest.fixture
def opened(kept):
    """Take what was kept as the notebook of a report does."""
    kept_data.use(kept)
    return kept_data.kept_of(kept.parent / "acme")


def test_a_result_is_handed_on_where_a_report_joins_others(kept, opened):
    kept_data.expect_results(kept.parent)
    kept_data.hand_on("what loyalty found", "loyalty", opened.engagement)
    assert kept_data.handed_on(opened.engagement, "loyalty") == "what loyalty found"
    assert kept_data.handed_on(opened.engagement, "churn_reasons") is None
    assert kept_data.kept_result_of(opened.engagement, "loyalty") is None, "its own report computes"
    files = [path for path in kept.parent.iterdir() if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_no_result_is_left_where_nobody_waits_for_it(kept, opened):
    kept_data.hand_on("what loyalty found", "loyalty", opened.engagement)
    assert kept_data.handed_on(opened.engagement, "loyalty") is None
    assert [path.name for path in kept.parent.iterdir() if path.is_file()] == [kept_data.FILE_NAME]


def test_no_result_of_another_engagement_is_left_or_taken(kept, opened, tmp_path):
    kept_data.expect_results(kept.parent)
    other = SimpleNamespace(folder=tmp_path / "other")
    kept_data.hand_on("what loyalty found", "loyalty", other)
    assert kept_data.handed_on(opened.engagement, "loyalty") is None
    kept_data.hand_on("what loyalty found", "loyalty", opened.engagement)
    assert kept_data.handed_on(other, "loyalty") is None
    kept_data.use(None)
    assert kept_data.handed_on(opened.engagement, "loyalty") is None
