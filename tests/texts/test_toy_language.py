"""A language is its data file, its texts and its entries in templates: nothing else names it.

A toy Czech (Slovak words under another code, a few of its own) is added to a copy of the project.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from project_copy import copied, python

CODE = "cs"
FACTS = {
    "name: Slovenčina": "name: Čeština",
    "locale: sk": "locale: cs",
    "letters: áäčďéíĺľňóôŕšťúýž": "letters: áčďéěíňóřšťúůýž",
    '"yes": [áno, ano, pravda]': '"yes": [jo, jistě]',
    '"no": [nie, nepravda]': '"no": [houby]',
    "totals: [z toho,": "totals: [dohromady toho máme,",
}
TOML = """schema_version = 1
id = "toy"
client = "Dvořák a syn"
language = "cs"
currency = "CZK"
period = "2025"
as_of = 2025-12-31
"""


def with_toy_entries(tree: Any) -> Any:
    """Return a template's tree with a Czech entry beside every Slovak one."""
    if isinstance(tree, dict):
        found = {key: with_toy_entries(value) for key, value in tree.items()}
        return found | {CODE: found["sk"]} if "sk" in found else found
    return [with_toy_entries(one) for one in tree] if isinstance(tree, list) else tree


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = copied(tmp_path_factory.mktemp("toy"), "pyproject.toml", "tests/texts/test_catalog.py")
    language = folder / "workbook" / "language"
    text = (language / "sk.yaml").read_text("utf-8")
    for sk, toy in FACTS.items():
        assert sk in text
        text = text.replace(sk, toy)
    (language / f"{CODE}.yaml").write_text(text, "utf-8")
    for path in [*language.glob("texts/*.sk.yaml"), *folder.glob("workbook/*/*/texts/sk.yaml")]:
        words = path.read_text("utf-8").replace('summary: "Zhrnutie"', 'summary: "Shrnutí"')
        path.with_name(path.name.replace("sk.", f"{CODE}.")).write_text(words, "utf-8")
    for path in (folder / "templates").rglob("*.yaml"):
        tree = with_toy_entries(yaml.safe_load(path.read_text("utf-8")))
        words = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=1000)
        path.write_text(words, "utf-8")
    return folder


@pytest.fixture(scope="module")
def engagement(tmp_path_factory) -> Path:
    """Write an engagement as a Czech firm's files are: code page, commas, dotted days."""
    folder = tmp_path_factory.mktemp("engagement")
    (folder / "data").mkdir()
    (folder / "engagement.toml").write_text(TOML, "utf-8")
    header = "respondent_id;date;score;reason;revenue"
    rows = [
        f"r{i};{1 + i % 28}.11.2025;{10 if i % 3 else 5};příliš žluťoučký kůň;{i}00,50"
        for i in range(60)
    ]
    survey = "\r\n".join([header, *rows, "dohromady toho máme: 60;;;;", ""])
    (folder / "data" / "survey.csv").write_bytes(survey.encode("cp1250"))
    answers = ["jo" if i % 2 else "houby" for i in range(10)]
    complaints = [f"c{i};k{i};1.{1 + i}.2025;{word}" for i, word in enumerate(answers)]
    text = "\n".join(["complaint_id;customer_id;date;registered", *complaints, ""])
    (folder / "data" / "complaints.csv").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def made(project, engagement, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("out")
    done = python(
        project, "-m", "workbook", "run", engagement, "--only", "loyalty", "--formats",
        "html,json", "--out", out, "--jobs", "1",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_its_report_is_made_in_its_words(made):
    (page,) = made.rglob("loyalty.html")
    html = page.read_text("utf-8")
    assert f'lang="{CODE}"' in html
    assert "Shrnutí" in html
    assert "Zhrnutie" not in html
    assert "Dvořák a syn" in html


def test_its_files_are_read_by_its_facts(made):
    """Code page, decimal comma, dotted days, words of yes and no, words of totals."""
    (file,) = made.rglob("results/loyalty.json")
    result = json.loads(file.read_text("utf-8"))
    assert (result["nps"]["n"], result["nps"]["promoters"]) == (60, 40)
    assert (result["complaints"]["n"], result["complaints"]["registered"]) == (10, 5)


def test_the_command_line_offers_it(project, tmp_path):
    done = python(
        project, "-m", "workbook", "form", "controllability", "--language", CODE,
        "--out", tmp_path / "form.xlsx",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_engagement_is_made_in_it(project, tmp_path):
    done = python(project, "-m", "workbook", "init", tmp_path / "nova", "--language", CODE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "nova" / f"intake.{CODE}.xlsx").is_file()
    done = python(project, "-m", "workbook", "check", tmp_path / "nova")
    assert done.returncode == 3
    assert done.stdout.count("\n") == 2  # no tables yet, and the verdict


def test_engagement_toml_names_it_among_the_languages(project, engagement, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "survey.csv").write_bytes(
        (engagement / "data" / "survey.csv").read_bytes()
    )
    (tmp_path / "engagement.toml").write_text(TOML.replace('"cs"', '"xx"'), "utf-8")
    done = python(project, "-m", "workbook", "check", tmp_path)
    assert done.returncode != 0
    assert "cs" in (done.stdout + done.stderr).replace("'", "")


def test_the_tests_of_texts_cover_it_without_edits(project):
    done = python(
        project, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/texts/test_catalog.py",
        "-k", CODE,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_data_file_with_a_field_missing_or_mistaken_is_refused(tmp_path):
    """YAML reads a bare ``no`` as false; the message says which field, and to quote it."""
    folder = copied(tmp_path)
    path = folder / "workbook" / "language" / "sk.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('alebo, "no",', "alebo, no,"), "utf-8")
    done = python(folder, "-c", "from workbook.language.languages import *; language_of('sk')")
    assert "sk.text.conjunctions: False is no str" in done.stderr
    path.write_text(text.replace("script: latin\n", ""), "utf-8")
    done = python(folder, "-c", "from workbook.language.languages import *; language_of('sk')")
    assert "too many or too few fields: script" in done.stderr
