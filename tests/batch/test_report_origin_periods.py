"""Reports are never written over by another folder, another day or another period's data."""

import json
import shutil

import pytest

from workbook.batch.outcome import Status, exit_code
from workbook.batch.process_start import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs processes that fork safely")


@pytest.fixture
def made(batch):
    (outcome,) = batch.run()
    assert outcome.exit_code == 0
    return batch


def copied(batch, name="acme-2026", *, answers="id,score\n1,3\n"):
    """Copy the folder of acme with new data; id and period are as they were."""
    folder = batch.client(name)
    shutil.copytree(batch.client("acme"), folder)
    (folder / "data" / "survey.csv").write_text(answers, "utf-8")
    return folder


def change(folder, before, after):
    file = folder / "engagement.toml"
    file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")


def refused(outcome):
    assert (outcome.stopped, outcome.exit_code) == (Status.BAD_INPUT, 3)
    (problem,) = outcome.problems
    assert problem.code == "report_of_another"
    return problem


@pytest.mark.parametrize("engine", ["warm", "papermill"])
@pytest.mark.parametrize("force", [False, True])
def test_a_copied_folder_with_a_forgotten_period_is_refused_with_both_folders(made, engine, force):
    folder, before = copied(made), made.files()
    (outcome,) = made.run("acme-2026", engine=engine, force=force)
    problem = refused(outcome)
    assert problem.facts["other"] == str(made.client("acme"))
    assert problem.facts["own"] == str(folder)
    assert made.files() == before


def test_a_dry_run_tells_it_too(made):
    copied(made)
    refused(made.run("acme-2026", dry_run=True)[0])


def test_another_period_makes_its_own_reports_beside(made):
    folder, before = copied(made), made.files()
    change(folder, 'period = "2025"', 'period = "2026"')
    (outcome,) = made.run("acme-2026")
    assert outcome.exit_code == 0
    assert before.items() <= {
        name: content for name, content in made.files().items() if name != "index.html"
    }.items() | {("index.html", before["index.html"])}


def test_another_day_is_refused_even_of_the_same_folder(made):
    change(made.client("acme"), "as_of = 2025-12-31", "as_of = 2026-12-31")
    problem = refused(made.run()[0])
    assert (problem.facts["day"], problem.facts["as_of"]) == ("2025-12-31", "2026-12-31")


def test_new_data_of_the_same_folder_are_an_update(made):
    (made.client("acme") / "data" / "survey.csv").write_text("id,score\n1,3\n", "utf-8")
    assert made.run()[0].exit_code == 0
    assert made.result("acme")["answers"] == "id,score\n1,3\n"


def test_a_folder_that_was_moved_goes_on_where_it_lies_now(made):
    moved = made.client("acme").rename(made.client("elsewhere"))
    (outcome,) = made.run("elsewhere")
    assert [report.status for report in outcome.reports] == [Status.UP_TO_DATE]
    (moved / "data" / "survey.csv").write_text("id,score\n1,3\n", "utf-8")
    assert made.run("elsewhere")[0].exit_code == 0


def test_reports_of_before_this_was_kept_are_told_by_their_day(made):
    (made.root("acme") / "internal" / "made_from.json").unlink()
    change(made.client("acme"), "as_of = 2025-12-31", "as_of = 2026-12-31")
    refused(made.run()[0])


def test_of_several_engagements_only_that_one_fails(made):
    copied(made)
    made.client("acme").rename(made.folder / "acme-2025")
    made.write_engagements("bravo")
    outcomes = {outcome.folder.name: outcome for outcome in made.run()}
    refused(outcomes["acme-2026"])
    assert outcomes["bravo"].exit_code == 0
    assert exit_code(tuple(outcomes.values())) == 1


def test_the_client_s_folder_names_no_folder_of_this_machine(made):
    said = json.loads((made.root("acme") / "internal" / "made_from.json").read_bytes())
    assert said["folder"] == str(made.client("acme"))
    told = [c for name, c in made.files().items() if "/client/" in name]
    assert told
    assert all(said["folder"].encode() not in content for content in told)
