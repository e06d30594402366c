"""The run of one engagement: what is made, what is passed over, what stays as it was."""

import json
import os
import stat
from pathlib import Path

import pytest

from workbook.batch.lock import held
from workbook.batch.outcome import Status
from workbook.batch.prepared_engagement import RunContext, RunOptions
from workbook.commands.status import State, status_of
from workbook.engagement import manifest as manifests
from workbook.engagement import seen_files
from workbook.engagement.fingerprint import configuration_digest
from workbook.errors import RunError, UsageError

from .conftest import diagnostic, run_engagement

TWO = (diagnostic("loyalty"), diagnostic("churn_reasons"))


def statuses(outcome):
    return [report.status for report in outcome.reports]


def test_a_run_leaves_the_files_of_the_contract(fake, make_engagement, out):
    outcome = run_engagement(make_engagement(), RunOptions(out=out), fake.build())
    root = out / "acme" / "2025-Q4"
    files = sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    assert [name for name in files if name != "internal/seen_files.json"] == [
        "client/index.html",
        "client/loyalty.html",
        "client/loyalty.pdf",
        "client/loyalty.xlsx",
        "internal/logs/loyalty.log",
        "internal/loyalty.ipynb",
        "internal/made_from.json",
        "manifest.json",
        "results/loyalty.json",
    ]
    assert (outcome.exit_code, statuses(outcome)) == (0, [Status.MADE])


def test_the_manifest_says_what_was_made_from_what(fake, make_engagement, out):
    run_engagement(make_engagement(), RunOptions(out=out), fake.build())
    written = json.loads((out / "acme" / "2025-Q4" / "manifest.json").read_bytes())
    assert written["status"] == "final"
    assert written["as_of"] == "2025-12-31"
    listed = {entry["file"]: entry for entry in written["inputs"]}
    assert listed["data/survey.csv"]["rows"] == 1
    assert len(listed["engagement.toml"]["sha256"]) == 64
    entry = written["diagnostics"]["loyalty"]
    assert entry["rows"] == {"survey": {"in": 3, "used": 2}}
    assert entry["seconds"].keys() == {"notebook", "files"}
    assert {made["file"] for made in entry["made"]} >= {"client/loyalty.pdf"}
    assert list(written) == sorted(written)


def test_what_is_up_to_date_is_neither_read_nor_run_again(fake, make_engagement, out):
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    outcome = run_engagement(folder, RunOptions(out=out), services)
    assert statuses(outcome) == [Status.UP_TO_DATE]
    assert (len(fake.reads), len(fake.runs)) == (1, 1)


def test_force_makes_it_again(fake, make_engagement, out):
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    assert statuses(run_engagement(folder, RunOptions(out=out, force=True), services)) == [
        Status.MADE
    ]


def change_configuration(folder, fake, root):
    path = folder / "engagement.toml"
    path.write_text(path.read_text("utf-8") + "\nanonymity_threshold = 7\n", "utf-8")


def change_note(folder, fake, root):
    (folder / "notes").mkdir()
    (folder / "notes" / "loyalty.md").write_text("Seen.", "utf-8")


def change_coding(folder, fake, root):
    (folder / "coding").mkdir()
    (folder / "coding" / "loyalty.xlsx").write_bytes(b"coded")


CHANGES = {
    "data": lambda folder, fake, root: (folder / "data" / "survey.csv").write_text("id,score\n1,9"),
    "a new table": lambda folder, fake, root: (folder / "data" / "customers.csv").write_text("id"),
    "configuration": change_configuration,
    "a note": change_note,
    "human coding": change_coding,
    "a taxonomy of its own": lambda folder, fake, root: (folder / "reasons.yaml").write_text("{}"),
    "the notebook": lambda folder, fake, root: (fake.notebooks / "loyalty.ipynb").write_text("{ }"),
    "a deleted product": lambda folder, fake, root: (root / "client" / "loyalty.pdf").unlink(),
    "a changed product": lambda folder, fake, root: (root / "client" / "loyalty.html").write_text(
        "?"
    ),
    "a torn manifest": lambda folder, fake, root: (root / "manifest.json").write_text("{"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_anything_it_is_made_from_makes_it_again(change, fake, make_engagement, out):
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    CHANGES[change](folder, fake, out / "acme" / "2025-Q4")
    assert statuses(run_engagement(folder, RunOptions(out=out), services)) == [Status.MADE]


def test_files_that_systems_leave_behind_change_nothing(fake, make_engagement, out):
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    for name in ("~$survey.xlsx", ".DS_Store", "Thumbs.db"):
        (folder / "data" / name).write_text("x")
    assert statuses(run_engagement(folder, RunOptions(out=out), services)) == [Status.UP_TO_DATE]


def test_the_previous_engagement_counts_too(fake, make_engagement, out):
    before = make_engagement("before", period="2025-Q3")
    folder, services = make_engagement(previous="../before"), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    (before / "data" / "survey.csv").write_text("id,score\n1,9")
    assert statuses(run_engagement(folder, RunOptions(out=out), services)) == [Status.MADE]


def test_fewer_formats_than_made_are_up_to_date_and_more_are_not(fake, make_engagement, out):
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out, formats=("html", "json")), services)
    fewer = run_engagement(folder, RunOptions(out=out, formats=("html",)), services)
    more = run_engagement(folder, RunOptions(out=out, formats=("html", "pdf")), services)
    assert (statuses(fewer), statuses(more)) == ([Status.UP_TO_DATE], [Status.MADE])


def test_an_old_pdf_never_lies_beside_a_new_page(fake, make_engagement, out):
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    (folder / "data" / "survey.csv").write_text("id,score\n1,9")
    run_engagement(folder, RunOptions(out=out, formats=("html",)), services)
    client = out / "acme" / "2025-Q4" / "client"
    assert sorted(p.name for p in client.iterdir()) == ["index.html", "loyalty.html"]


@pytest.mark.bad_input("J13", "J2")
def test_bad_input_leaves_earlier_output_byte_for_byte(fake, make_engagement, out, snapshot):
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    before = snapshot(out)
    (folder / "data" / "survey.csv").write_text("id,score\n1,11\n2,11")
    outcome = run_engagement(folder, RunOptions(out=out), services)
    assert (outcome.exit_code, len(outcome.problems)) == (3, 2)
    after = snapshot(out)
    assert "line 2" in json.loads(after.pop("acme/2025-Q4/internal/failed.json"))["input"]
    assert "acme/2025-Q4/internal/last_read.json" in after
    assert without_notes(after) == without_notes(before)


def without_notes(files):
    """Return the files of an output without what a run notes for the next one."""
    notes = ("seen_files.json", "last_read.json")
    return {name: content for name, content in files.items() if not name.endswith(notes)}


@pytest.mark.bad_input("J2")
def test_a_failed_run_leaves_the_last_good_report(fake, make_engagement, out, snapshot):
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    root = out / "acme" / "2025-Q4"
    before = without_notes(snapshot(root))
    (folder / "data" / "survey.csv").write_text("id,score\n1,9")
    fake.failing["loyalty"] = RunError("loyalty: cell 3 failed")
    outcome = run_engagement(folder, RunOptions(out=out), services)
    after = without_notes(snapshot(root))
    assert outcome.exit_code == 4
    assert "cell 3 failed" in outcome.reports[0].reason
    assert {name: after[name] for name in before} == before
    new = {"internal/failed.json", "internal/logs/loyalty.failed.log"}
    assert set(after) - set(before) == new
    fake.failing.clear()
    run_engagement(folder, RunOptions(out=out), services)
    assert not new & set(snapshot(root))


def test_a_failure_is_forgotten_when_the_report_is_well_again(fake, make_engagement, out):
    folder, services = make_engagement(), fake.build()
    fake.failing["loyalty"] = RunError("no")
    run_engagement(folder, RunOptions(out=out), services)
    failed = out / "acme" / "2025-Q4" / "internal" / "failed.json"
    assert failed.is_file()
    fake.failing.clear()
    run_engagement(folder, RunOptions(out=out), services)
    assert not failed.exists()


def test_an_error_of_the_program_becomes_one_sentence_and_a_log(fake, make_engagement, out):
    fake.failing["loyalty"] = ZeroDivisionError("secret value")
    outcome = run_engagement(make_engagement(), RunOptions(out=out), fake.build())
    log = out / "acme" / "2025-Q4" / "internal" / "logs" / "loyalty.failed.log"
    assert (
        outcome.reports[0].reason
        == f"loyalty: an error of the program: ZeroDivisionError (log: {log})"
    )
    assert "Traceback" in log.read_text("utf-8")


def test_one_failing_diagnostic_does_not_stop_the_others(fake, make_engagement, out):
    fake.diagnostics = TWO
    fake.failing["loyalty"] = RunError("no")
    outcome = run_engagement(make_engagement(), RunOptions(out=out), fake.build())
    assert statuses(outcome) == [Status.FAILED, Status.MADE]
    manifest = manifests.read(out / "acme" / "2025-Q4" / "manifest.json")
    assert list(manifest.diagnostics) == ["churn_reasons"]


def test_the_next_run_makes_only_what_failed(fake, make_engagement, out):
    fake.diagnostics = TWO
    folder, services = make_engagement(), fake.build()
    fake.failing["loyalty"] = RunError("no")
    run_engagement(folder, RunOptions(out=out), services)
    fake.failing.clear()
    outcome = run_engagement(folder, RunOptions(out=out), services)
    assert statuses(outcome) == [Status.MADE, Status.UP_TO_DATE]


def test_only_keeps_the_other_reports_in_the_manifest(fake, make_engagement, out):
    fake.diagnostics = TWO
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out, only=("loyalty",)), services)
    run_engagement(folder, RunOptions(out=out, only=("churn_reasons",)), services)
    outcome = run_engagement(folder, RunOptions(out=out), services)
    assert statuses(outcome) == [Status.UP_TO_DATE, Status.UP_TO_DATE]


def test_the_reading_hears_which_diagnostics_are_asked_for(fake, make_engagement, out):
    fake.diagnostics = TWO
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out, only=("loyalty",)), services)
    run_engagement(folder, RunOptions(out=out), services)
    assert fake.asked == [("loyalty",), ()]


def test_after_only_a_full_run_still_makes_the_rest(fake, make_engagement, out):
    fake.diagnostics = TWO
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out, only=("loyalty",)), services)
    outcome = run_engagement(folder, RunOptions(out=out), services)
    assert statuses(outcome) == [Status.UP_TO_DATE, Status.MADE]


def test_a_diagnostic_without_its_tables_is_bad_input_when_asked_for(fake, make_engagement, out):
    fake.diagnostics = (*TWO[:1], diagnostic("churn_reasons", needs_any=("lost",)))
    folder, services = make_engagement(), fake.build()
    assert len(run_engagement(folder, RunOptions(out=out), services).reports) == 1
    asked = run_engagement(folder, RunOptions(out=out, only=("churn_reasons",)), services)
    assert [p.code for p in asked.problems] == ["only_without_tables"]
    assert asked.exit_code == 3


def test_what_only_asks_for_in_vain_is_no_fault_of_the_engagement(fake, make_engagement, out):
    fake.diagnostics = (*TWO[:1], diagnostic("churn_reasons", needs_any=("lost",)))
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    run_engagement(folder, RunOptions(out=out, only=("churn_reasons",)), services)
    states = status_of([folder], out, services)
    assert [(s.diagnostic, s.state) for s in states] == [("loyalty", State.MADE)]
    assert statuses(run_engagement(folder, RunOptions(out=out), services)) == [Status.UP_TO_DATE]


def test_a_diagnostic_that_engagement_toml_asks_for_in_vain_stays_bad_input(
    fake, make_engagement, out
):
    fake.diagnostics = (*TWO[:1], diagnostic("churn_reasons", needs_any=("lost",)))
    folder, services = make_engagement(diagnostics=["loyalty", "churn_reasons"]), fake.build()
    asked = run_engagement(folder, RunOptions(out=out), services)
    assert [p.code for p in asked.problems] == ["diagnostic_without_tables"]
    assert State.BAD_INPUT in [s.state for s in status_of([folder], out, services)]


def test_a_dry_run_writes_nothing(fake, make_engagement, out):
    outcome = run_engagement(make_engagement(), RunOptions(out=out, dry_run=True), fake.build())
    assert statuses(outcome) == [Status.PLANNED]
    assert not out.exists()


def test_fail_fast_leaves_the_rest_alone(fake, make_engagement, out):
    fake.diagnostics = TWO
    fake.failing["loyalty"] = RunError("no")
    options = RunOptions(out=out, fail_fast=True)
    assert statuses(run_engagement(make_engagement(), options, fake.build())) == [
        Status.FAILED,
        Status.NOT_STARTED,
    ]


def test_the_private_folder_is_private_and_gone_afterwards(fake, make_engagement, out):
    modes = []
    fake.during = lambda job: modes.append(stat.S_IMODE(job.folder.stat().st_mode))
    fake.failing["loyalty"] = RunError("no")
    run_engagement(make_engagement(), RunOptions(out=out), fake.build())
    assert modes == [0o700]
    assert [p.name for p in (out / "acme").iterdir()] == ["2025-Q4"]


def test_what_a_killed_run_left_is_swept_away(fake, make_engagement, out):
    left = out / "acme" / ".2025-Q4.work-abc"
    left.mkdir(parents=True)
    run_engagement(make_engagement(), RunOptions(out=out), fake.build())
    assert not left.exists()


def test_an_input_that_changes_meanwhile_fails_the_run(fake, make_engagement, out):
    folder = make_engagement()
    fake.during = lambda job: (folder / "data" / "survey.csv").write_text("id,score\n1,9")
    outcome = run_engagement(folder, RunOptions(out=out), fake.build())
    assert "changed while" in outcome.reports[0].reason
    assert not (out / "acme" / "2025-Q4" / "client").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_an_output_that_cannot_be_written_is_one_sentence(fake, make_engagement, out):
    out.mkdir(mode=0o500)
    outcome = run_engagement(make_engagement(), RunOptions(out=out), fake.build())
    assert outcome.exit_code == 4
    assert "Permission denied" in outcome.reason


def test_two_runs_on_one_engagement_do_not_mix(fake, make_engagement, out):
    with held(out / "acme" / ".2025-Q4.lock"):
        outcome = run_engagement(make_engagement(), RunOptions(out=out), fake.build())
    assert outcome.exit_code == 4
    assert f"process {os.getpid()}" in outcome.reason


@pytest.mark.bad_input("G4")
@pytest.mark.parametrize("name", ["{client}", "50 %s", "Ёж и К°", "a'b\"c", "{0}"])
def test_folder_names_are_taken_literally(name, fake, make_engagement, tmp_path):
    out = tmp_path / name / "reports"
    folder = make_engagement(name)
    assert statuses(run_engagement(folder, RunOptions(out=out), fake.build())) == [Status.MADE]


@pytest.mark.bad_input("G6")
def test_output_never_goes_into_the_input(fake, make_engagement):
    folder = make_engagement()
    for place in (folder, folder / "reports", folder / "data" / "x"):
        with pytest.raises(UsageError, match="inside the engagement folder"):
            run_engagement(folder, RunOptions(out=place), fake.build())


@pytest.mark.bad_input("G6")
def test_output_never_goes_into_the_folder_of_another_client(fake, make_engagement):
    other = make_engagement("other")
    with pytest.raises(UsageError, match="inside an engagement folder"):
        run_engagement(make_engagement(), RunOptions(out=other / "out"), fake.build())


@pytest.mark.bad_input("G6")
def test_output_never_follows_a_link(fake, make_engagement, out, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    out.mkdir()
    (out / "acme").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="symbolic link"):
        run_engagement(make_engagement(), RunOptions(out=out), fake.build())


def test_an_engagement_that_changed_before_its_turn_is_read_anew(fake, make_engagement, out):
    folder, services = make_engagement(), fake.build()
    early = services.load(folder)
    loaded = {folder: (early, configuration_digest(early))}
    context = RunContext(services=services, workers=None, loaded=dict(loaded))
    assert context.load(folder) is early
    again = RunContext(services=services, workers=None, loaded=dict(loaded))
    file = folder / "engagement.toml"
    file.write_text(file.read_text("utf-8").replace("acme", "other"), "utf-8")
    assert again.load(folder).id == "other"


def test_what_is_up_to_date_is_told_without_reading_a_file_of_it(
    fake, make_engagement, out, monkeypatch
):
    monkeypatch.setattr(seen_files, "_tick", lambda stamp: -1)
    folder, services = make_engagement(), fake.build()
    run_engagement(folder, RunOptions(out=out), services)
    run_engagement(folder, RunOptions(out=out), services)
    read: list[Path] = []
    monkeypatch.setattr(seen_files, "file_hash", read.append)
    assert statuses(run_engagement(folder, RunOptions(out=out), services)) == [Status.UP_TO_DATE]
    assert read == []
