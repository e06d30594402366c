"""An engagement with ``anonymise = true``: nothing tells who somebody is, the numbers stay."""

import json
import math
import re
import shutil
import stat

import pytest

from tests.anonymity.canaries import CANARIES
from tests.anonymity.conftest import run
from tests.anonymity.output_text import texts_of
from workbook.diagnostics import all_diagnostics
from workbook.intake.schema_files import all_schemas

DRAWN = re.compile(r"p_value|_p$|\.chance$|\.p$|p_holm|low|high")
"""Figures that random draws give: groups are drawn in the order of their names."""
QUOTED = re.compile(r"\.quotes|\.verbatim|\.evidence|\.comments")


def canaries_in(path):
    found = set()
    for text in texts_of(path):
        folded = text.lower()
        found |= {canary for canary in CANARIES if canary in folded}
    return found


def outputs(period):
    """Everything that is made, but for the list of who is who."""
    return [p for p in period.rglob("*") if p.is_file() and p.name != "pseudonyms.csv"]


def test_every_report_is_made_in_every_format(unnamed):
    client = {p.name for p in (unnamed / "client").iterdir()}
    for diagnostic in all_diagnostics():
        assert {f"{diagnostic.name}.{kind}" for kind in ("html", "pdf", "xlsx")} <= client
        assert (unnamed / "results" / f"{diagnostic.name}.json").is_file()


@pytest.mark.bad_input("J12")
def test_no_canary_is_in_any_output(unnamed):
    found = {str(p.relative_to(unnamed)): canaries_in(p) for p in outputs(unnamed)}
    assert {name: said for name, said in found.items() if said} == {}


def test_with_names_the_search_finds_the_canaries(named):
    """The search itself can fail: with names every kind of file has some."""
    kinds = {".html", ".pdf", ".xlsx", ".json", ".ipynb"}
    by_kind = {kind: [p for p in outputs(named) if p.suffix == kind] for kind in kinds}
    assert {kind for kind, files in by_kind.items() if any(map(canaries_in, files))} == kinds


def test_the_summary_has_all_that_could_name_somebody(named):
    """The steps of the last plan, the consultant's page 2 and the manager who may leave."""
    (page,) = (named / "client").glob("summary.html")
    text = next(texts_of(page)).lower()
    assert text.count("brambleton") > 10
    assert canaries_in(named / "results" / "summary.json") >= {"zyxcorp", "brambleton"}


@pytest.mark.bad_input("J11", "J12")
def test_the_list_of_pseudonyms_is_the_consultants_alone(unnamed):
    (found,) = unnamed.rglob("pseudonyms.csv")
    assert found.parent == unnamed / "internal"
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    text = found.read_text("utf-8-sig")
    assert "ZYXCORP-" in text
    assert "Brambleton" in text


def pseudonyms(period):
    """Pseudonym of every customer and manager, by identifier."""
    rows = (period / "internal" / "pseudonyms.csv").read_text("utf-8-sig").splitlines()[1:]
    cells = [row.split(",") for row in rows]
    return {c[2]: c[1] for c in cells if c[0] in ("customer", "manager")}


@pytest.mark.bad_input("J12")
def test_one_customer_has_one_pseudonym_in_two_reports(unnamed):
    codes = set(pseudonyms(unnamed).values())
    told = {
        name: {code for text in texts_of(unnamed / "results" / f"{name}.json") for code in codes
               if re.search(rf"\b{code}\b", text)}
        for name in ("churn_reasons", "segmentation_matrix")
    }  # fmt: skip
    assert len(told["churn_reasons"] & told["segmentation_matrix"]) > 5


@pytest.mark.bad_input("J12")
def test_another_engagement_has_other_pseudonyms(acme, unnamed, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(acme, other, ignore=shutil.ignore_patterns(".anonymise.key"))
    done = run("run", other, "--out", tmp_path / "out", "--only", "churn_reasons")
    assert done.returncode == 0, done.stderr
    (period,) = (tmp_path / "out" / "northbridge").iterdir()
    here, there = pseudonyms(unnamed), pseudonyms(period)
    assert here.keys() == there.keys()
    assert not set(here.values()) & set(there.values())


def figures(tree, path=""):
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from figures(value, f"{path}.{key}")
    elif isinstance(tree, list):
        for value in tree:
            yield from figures(value, f"{path}[]")
    elif isinstance(tree, int | float):
        yield path, float(tree)


def by_path(period, name):
    found = {}
    content = json.loads((period / "results" / f"{name}.json").read_text("utf-8"))
    for path, value in figures(content):
        if not QUOTED.search(path) and not DRAWN.search(path):
            found.setdefault(path, []).append(value)
    return {path: sorted(values) for path, values in found.items()}


@pytest.mark.parametrize("name", [d.name for d in all_diagnostics()])
def test_the_figures_are_those_with_names(named, unnamed, name):
    with_names, without = by_path(named, name), by_path(unnamed, name)
    assert with_names.keys() == without.keys()
    apart = {
        path: (values, without[path])
        for path, values in with_names.items()
        if len(values) != len(without[path])
        or not all(map(lambda a, b: math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9),
                       values, without[path]))
    }  # fmt: skip
    assert apart == {}


@pytest.mark.bad_input("J8")
def test_check_still_shows_the_consultant_what_the_cells_say(acme):
    done = run("check", "-v", acme)
    assert "ZYXCORP-" in done.stdout + done.stderr


def test_a_second_run_finds_all_up_to_date_and_after_another_key_nothing_is(acme, unnamed):
    folder = acme.with_name("rekeyed")
    shutil.copytree(acme, folder)
    again = run("run", acme, "--out", unnamed.parents[1], "--dry-run")
    assert again.stderr.count("up to date") >= len(all_diagnostics())
    (folder / ".anonymise.key").unlink()
    other = run("run", folder, "--out", unnamed.parents[1], "--dry-run")
    assert "up to date" not in other.stderr


KNOWN = {"", "text", "words", "customer", "manager", "staff", "rater", "respondent", "recommender",
         "deal", "complaint"}  # fmt: skip
UNNAMED_THINGS = {"customer", "manager", "staff", "rater", "respondent", "recommender"}


def test_every_column_that_names_a_person_or_a_customer_says_so():
    for schema in all_schemas().values():
        for column in schema.columns:
            assert column.identifies in KNOWN
            if column.thing in UNNAMED_THINGS:
                assert column.identifies == column.thing, (schema.name, column.name)
