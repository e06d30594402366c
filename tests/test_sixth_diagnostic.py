"""A new diagnostic is new files and one edited line; the tests of the project cover it as they are.

Its files are in ``tests/sixth_diagnostic``; they are put into a copy of the project.
"""

import html
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from project_copy import ROOT, add_name, copied, python

NAME = "complaint_response"
FILES = ("pyproject.toml", "ARCHITECTURE.md")
NEW = ROOT / "tests" / "sixth_diagnostic"
COVERING = (
    "tests/test_contract.py",
    "tests/test_layers.py",
    "tests/test_notebooks.py",
    "tests/texts/test_catalog.py",
    "tests/views/test_every_report.py",
)
"""Modules of tests that a new diagnostic must pass, as they are."""
TESTS = (
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests").glob("*.py"))),
    "tests/texts/test_catalog.py",
    "tests/views/conftest.py",
    "tests/views/shown.py",
    "tests/views/test_every_report.py",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = copied(tmp_path_factory.mktemp("project"), "data_samples", *FILES, *TESTS)
    shutil.copytree(NEW / NAME, folder / "workbook" / "diagnostics" / NAME)
    shutil.copy2(NEW / f"{NAME}.ipynb", folder / "notebooks")
    add_name(folder, NAME)
    return folder


def workbook(project: Path, *arguments) -> str:
    done = python(project, "-m", "workbook", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


ENGAGEMENTS = ("ural-tekhnika", "tatra-servis", "northbridge")
"""One of each language."""


@pytest.fixture(scope="module")
def alone(project, tmp_path_factory) -> Path:
    """Return the folder of its reports of three engagements, made by one command."""
    out = tmp_path_factory.mktemp("alone")
    samples = [project / "data_samples" / name for name in ENGAGEMENTS]
    workbook(project, "run", *samples, "--only", NAME, "--out", out, "--jobs", "1")
    return out


@pytest.mark.parametrize("engagement", ENGAGEMENTS)
def test_its_report_is_made_in_every_format_and_language(alone, engagement):
    out = alone / engagement
    made = {path.suffix for path in out.rglob(f"{NAME}*") if path.stat().st_size > 1000}
    assert made >= {".html", ".pdf", ".xlsx", ".json"}
    (file,) = out.rglob(f"results/{NAME}.json")
    result = json.loads(file.read_text("utf-8"))
    assert 0 < result["in_time"] <= result["n"]
    assert result["ci_low"] < result["share"] < result["ci_high"]


@pytest.fixture(scope="module")
def joined(project, tmp_path_factory) -> tuple[Path, Path]:
    """Return an engagement that asks for it and for another, and the folder of its reports."""
    folder = tmp_path_factory.mktemp("joined")
    sample, out = folder / "northbridge", folder / "out"
    shutil.copytree(project / "data_samples" / "northbridge", sample)
    text = (sample / "engagement.toml").read_text("utf-8").replace("previous =", "# previous =")
    asked = f'diagnostics = ["loyalty", "{NAME}"]\n\n[brand]'
    (sample / "engagement.toml").write_text(text.replace("[brand]", asked), "utf-8")
    workbook(project, "run", sample, "--out", out, "--jobs", "1")
    return sample, out / "northbridge" / "2025"


def page(reports: Path, name: str) -> str:
    return html.unescape((reports / "client" / f"{name}.html").read_text("utf-8"))


def test_the_summary_has_its_answer_findings_figures_and_exhibit(joined):
    _, reports = joined
    own = json.loads((reports / "results" / f"{NAME}.json").read_text("utf-8"))
    summary = json.loads((reports / "results" / "summary.json").read_text("utf-8"))
    told, late = page(reports, "summary").replace("\u00a0", " "), own["n"] - own["in_time"]
    words = re.sub(r"<[^>]+>", "", told)
    assert f"{own['in_time']} of {own['n']} complaints were answered within" in words
    # a finding without money follows those with it: in the result file, and its step in the plan
    found = [one["text"] for one in summary["findings"] if one["diagnostics"] == [NAME]]
    assert any(t.startswith(f"{late} of {own['n']} complaints took longer") for t in found)
    steps = [one["what"] for one in summary["actions"]]
    assert "Name one person who follows every open complaint to its end." in steps
    assert "Complaints answered in time by category" in told
    assert f"index.html#{NAME}" in told
    figures = {one["name"]: one["value"] for one in summary["key_figures"]}
    assert figures["in_time"] == own["share"]


def test_the_clients_index_and_the_pack_hold_it(project, joined, tmp_path):
    sample, reports = joined
    assert "Answers to complaints" in page(reports, "index")
    assert f"{NAME}.html" in page(reports, "index")
    pack = tmp_path / "pack.zip"
    told = workbook(
        project, "pack", sample, "--reports", reports.parents[1], "--out", pack, "--draft"
    )
    names = {Path(name).name for name in zipfile.ZipFile(pack).namelist()}
    assert {f"{NAME}.{kind}" for kind in ("html", "pdf", "xlsx")} <= names
    assert "Answers to complaints" in told


def test_the_command_line_lists_it(project):
    assert NAME in workbook(project, "list")


def test_its_options_are_read_and_checked(project, tmp_path):
    sample = tmp_path / "sample"
    shutil.copytree(project / "data_samples" / "northbridge", sample)
    text = (sample / "engagement.toml").read_text("utf-8").replace("previous =", "# previous =")
    options = f"\n[params.{NAME}]\ndays = 0\n"
    (sample / "engagement.toml").write_text(text + options, "utf-8")
    done = python(project, "-m", "workbook", "check", sample)
    assert done.returncode != 0
    assert "days" in done.stdout + done.stderr


def test_the_tests_of_the_project_cover_it_without_edits(project):
    done = python(
        project, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-k", NAME, *COVERING
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    passed = re.findall(r"(?m)^(\S+?)::.* PASSED", done.stdout)
    assert set(passed) == set(COVERING)


def test_the_rules_of_the_layers_and_of_notebooks_hold_with_it(project):
    rules = f"{NAME} or no_others or import or in_the_list or root"
    done = python(
        project, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", rules,
        "tests/test_layers.py", "tests/test_notebooks.py",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_text_left_in_english_is_found(project, tmp_path):
    """A copy of the English file passes for no other language."""
    changed = copied(tmp_path / "left", *FILES, *TESTS)
    texts = changed / "workbook" / "diagnostics" / NAME / "texts"
    shutil.copytree(NEW / NAME, texts.parent)
    shutil.copy2(texts / "en.yaml", texts / "sk.yaml")
    add_name(changed, NAME)
    done = python(
        changed, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/texts/test_catalog.py",
        "-k", f"left_in_english and {NAME} and sk",
    )  # fmt: skip
    assert "1 failed" in done.stdout
