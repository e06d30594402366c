"""The results of a run and the states of reports, as other programs read them."""

import json
import stat

import pytest

from workbook.errors import RunError

from .conftest import diagnostic


@pytest.fixture
def three(fake, make_engagement):
    """Return the folder of three engagements: one good, one with bad input, one that fails."""
    parent = make_engagement("good", id="good").parent
    make_engagement("bad", id="bad", scores=(11, 3, 11))
    make_engagement("unlucky", id="unlucky")
    fake.failing["unlucky"] = RunError("cell 3 failed")
    return parent


def by_id(content):
    return {entry["id"]: entry for entry in content}


def test_run_as_json_tells_every_report_with_its_status_and_reason(command, three, out):
    code, shown, _ = command("run", three, "--out", out, "--format", "json")
    told = json.loads(shown)
    assert (code, told["exit_code"], told["stopped"]) == (1, 1, False)
    assert told["counts"] == {"made": 1, "bad input": 1, "failed": 1}
    results = by_id(told["results"])
    assert list(results) == ["bad/2025-Q4", "good/2025-Q4/loyalty", "unlucky/2025-Q4/loyalty"]
    good = results["good/2025-Q4/loyalty"]
    assert (good["status"], good["message"]) == ("made", None)
    assert 0 < good["seconds"] < told["seconds"]
    bad = results["bad/2025-Q4"]
    assert bad["diagnostic"] is None
    assert "line 2" in bad["message"]
    assert "line 2" in bad["errors"][0]
    assert len(bad["errors"]) == 2
    assert "cell 3 failed" in results["unlucky/2025-Q4/loyalty"]["message"]


def test_run_json_is_what_was_printed_and_private(command, three, out):
    shown = command("run", three, "--out", out, "--format", "json")[1]
    kept = out / "run.json"
    assert kept.read_text("utf-8") == shown
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_run_json_is_of_the_last_run_in_text_form_too(command, three, out):
    command("run", three, "--out", out)
    command("run", three / "good", "--out", out)
    told = json.loads((out / "run.json").read_bytes())
    assert told["counts"] == {"up to date": 1}


def test_a_dry_run_keeps_no_results_but_prints_them(command, three, out):
    shown = command("run", three / "good", "--out", out, "--dry-run", "--format", "json")[1]
    assert json.loads(shown)["counts"] == {"would be made": 1}
    assert not out.exists()


def test_an_engagement_without_the_tables_is_passed_over(command, fake, three, out):
    fake.diagnostics += (diagnostic("churn_reasons", needs_any=("lost",)),)
    shown = command(
        "run", three, "--only", "churn_reasons", "--out", out, "--format", "json"
    )[1]  # fmt: skip
    assert json.loads(shown)["counts"] == {"bad input": 1, "passed over": 2}


def test_a_run_that_is_broken_off_keeps_what_had_come(command, fake, three, out, monkeypatch):
    def run_session(folders, options, services, display, jobs):
        real(folders[:2], options, services, display, jobs)
        raise KeyboardInterrupt

    from workbook.commands import run

    real = run.run_session
    monkeypatch.setattr(run, "run_session", run_session)
    assert command("run", three, "--out", out)[0] == 130
    told = json.loads((out / "run.json").read_bytes())
    assert (told["stopped"], told["exit_code"]) == (True, 130)
    assert told["counts"] == {"made": 1, "bad input": 1}


def test_without_a_terminal_lines_tell_how_many_have_ended(command, three, out):
    told = command("run", three, "--out", out)[2]
    places = [line.split("] ")[0] for line in told.splitlines() if line.startswith("[")]
    assert sorted(place.split(" ")[0] for place in places) == ["[1/3", "[2/3", "[3/3"]
    assert "] good/2025-Q4 loyalty: made (" in told


def test_one_engagement_needs_no_count(command, three, out):
    assert (
        "\ngood/2025-Q4 loyalty: made (" in "\n" + command("run", three / "good", "--out", out)[2]
    )


def test_what_went_wrong_stands_last_with_its_reason(command, three, out):
    lines = command("run", three, "--out", out)[2].splitlines()
    at = lines.index("2 went wrong:")
    assert lines[at - 1].startswith("1 made, 1 failed, 1 bad input in ")
    assert lines[at + 1].startswith("  bad/2025-Q4: bad input: data/survey.csv, line 2")
    assert lines[at + 1].endswith("(and 1 more)")
    assert lines[at + 2].startswith("  unlucky/2025-Q4 loyalty: failed: loyalty: cell 3 failed")
    assert len(lines) == at + 3


def test_of_several_engagements_what_is_up_to_date_is_counted_only(command, three, out):
    command("run", three, "--out", out)
    told = command("run", three, "--out", out)[2]
    table = told[told.index("Engagement") : told.index("went wrong")]
    assert "good/2025-Q4" not in table
    assert "1 up to date" in table


def test_status_as_json_names_reports_as_the_run_does(command, three, out):
    command("run", three, "--out", out)
    told = json.loads(command("status", three, "--out", out, "--format", "json")[1])
    states = by_id(told["reports"])
    assert states["good/2025-Q4/loyalty"]["status"] == "made"
    assert states["bad/2025-Q4"]["status"] == "bad input"
    assert states["unlucky/2025-Q4/loyalty"]["message"].startswith("loyalty: cell 3 failed")
    assert json.loads(command("status", "--out", out / "no", "--format", "json")[1]) == {
        "schema_version": 1,
        "reports": [],
    }


def test_a_misspelt_command_gets_the_nearest(command):
    assert "No such command 'chekc'. Did you mean 'check'?" in command("chekc")[2]
    assert "Did you mean" not in command("xyz")[2]
