"""The command as a consultant meets it: exit codes, messages, what goes where."""

import json
import os
import signal
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from workbook import __version__
from workbook.commands.cli import cli, guarded
from workbook.errors import RunError

from .conftest import diagnostic

HEAVY = ("pandas", "matplotlib", "papermill", "nbconvert", "jinja2", "rich", "typst")
NOTED = "internal/last_read.json"
"""What is kept of an engagement of which nothing could be made: it need not be read again."""
ARITHMETIC = ("numpy", "pandas", "scipy", "statsmodels", "matplotlib", "IPython", "duckdb")


def test_help_names_every_command_and_loads_nothing_heavy():
    look = (
        "import sys, workbook.commands.cli; "
        "from click.testing import CliRunner; "
        "print(CliRunner().invoke(workbook.commands.cli.cli, ['--help']).output); "
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    ).stdout
    assert shown.splitlines()[-1] == "[]"
    assert all(f"\n  {name} " in shown for name in ("run", "check", "status", "list", "doctor"))


def test_what_reads_no_table_loads_no_arithmetic():
    looks = "import workbook.batch.session, workbook.commands.status, workbook.commands.console"
    listed = "from click.testing import CliRunner; from workbook.commands.cli import cli"
    look = (
        f"import sys; {looks}; {listed}; "
        "assert CliRunner().invoke(cli, ['list']).exit_code == 0; "
        "from workbook.batch.services import default_services; default_services(); "
        f"print([m for m in {ARITHMETIC!r} if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    ).stdout
    assert shown == "[]\n"


def test_the_version_is_told():
    assert CliRunner().invoke(cli, ["--version"]).output == f"workbook, version {__version__}\n"


def test_a_run_ends_on_the_path_of_the_index_page(command, make_engagement, out):
    code, shown, told = command("run", make_engagement(), "--out", out)
    assert (code, shown) == (0, f"{out / 'index.html'}\n")
    assert "acme/2025-Q4 loyalty: made" in told
    assert "\x1b" not in told


def test_several_engagements_of_which_one_has_bad_input(command, make_engagement, out):
    parent = make_engagement("good").parent
    make_engagement("bad", id="bad", scores=(9, 11, 11))
    code, shown, told = command("run", parent, "--out", out)
    assert code == 1
    assert told.count("error: ") == 2
    assert "acme/2025-Q4 loyalty: made" in told
    assert shown


def test_one_engagement_with_bad_input_is_code_3_and_one_line_per_problem(
    command, make_engagement, out
):
    folder = make_engagement(scores=(11, 3, 11))
    code, shown, told = command("run", folder, "--out", out)
    assert (code, shown) == (3, f"{out / 'index.html'}\n")
    lines = [line for line in told.splitlines() if line.startswith("error: ")]
    assert len(lines) == 2
    assert all("data/survey.csv" in line for line in lines)
    assert files_of(out / "acme") == ["internal/failed.json", NOTED]
    status = command("status", folder, "--out", out)[1]
    assert status.startswith("acme/2025-Q4 all reports: bad input: data/survey.csv, line 2")
    assert "(and 1 more)" in status


def test_a_failed_report_is_code_4(command, fake, make_engagement, out):
    fake.failing["loyalty"] = RunError("loyalty: cell 3 failed: ValueError: no")
    code, _, told = command("run", make_engagement(), "--out", out)
    assert code == 4
    assert "cell 3 failed: ValueError: no (log: " in told
    assert "Traceback" not in told


def test_fail_fast_does_not_start_the_rest(command, fake, make_engagement, out):
    parent = make_engagement("a").parent
    make_engagement("b", id="b")
    fake.failing["a"] = RunError("no")
    code, _, told = command("run", parent, "--out", out, "--fail-fast")
    assert code == 1
    assert "b/2025-Q4 loyalty: not started" in told


def test_a_report_named_for_a_folder_passes_over_those_without_its_tables(
    command, fake, make_engagement, out
):
    fake.diagnostics += (diagnostic("churn_reasons", needs_any=("lost",)),)
    left = make_engagement("left")
    (left / "data" / "lost.csv").write_text("id\n1", "utf-8")
    stayed = make_engagement("stayed", id="stayed")
    code, _, told = command("run", left.parent, "--only", "churn_reasons", "--out", out)
    assert code == 0
    assert "1 made, 1 passed over in " in told
    assert "stayed/2025-Q4: passed over, no tables" in told
    assert files_of(out / "stayed") == [NOTED]
    assert "stayed" not in (out / "index.html").read_text("utf-8")
    assert command("run", stayed, "--only", "churn_reasons", "--out", out)[0] == 3


def test_a_dry_run_says_what_would_be_made(command, make_engagement, out):
    code, shown, told = command("run", make_engagement(), "--out", out, "--dry-run")
    assert (code, shown) == (0, "")
    assert "acme/2025-Q4 loyalty: would be made" in told
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run"], "Missing argument"),
        (["run", "nowhere"], "no such folder"),
        (["run", "{}", "--formats", "html,pfd"], "did you mean 'pdf'?"),
        (["run", "{}", "--formats", ","], "at least one format"),
        (["run", "{}", "--only", "loyalti"], "did you mean 'loyalty'?"),
        (["run", "{}", "--engine", "wrm"], "'warm', 'papermill'"),
        (["run", "{}", "--jobs", "0"], "1<=x<=256"),
        (["run", "{}", "--out", "{}"], "inside the engagement folder"),
        (["runn"], "No such command"),
    ],
)
def test_wrong_usage_is_code_2_with_a_hint(arguments, message, command, make_engagement):
    folder = str(make_engagement())
    code, _, told = command(*(a.replace("{}", folder) for a in arguments))
    assert code == 2
    assert message in told


def test_check_tells_every_problem_and_makes_nothing(command, make_engagement, out):
    code, shown, _ = command("check", make_engagement(scores=(11, 3, 11)))
    assert code == 3
    assert shown.count("error: ") == 2
    assert not out.exists()


def test_check_as_json_is_for_programs(command, make_engagement):
    code, shown, _ = command("check", make_engagement(scores=(3, 11)), "--format", "json")
    (one,) = json.loads(shown)["engagements"]
    (problem,) = one["problems"]
    assert (code, one["ok"], problem["row"]) == (3, False, 3)
    assert problem["code"] == "out_of_range"


def test_check_of_a_good_engagement_says_what_it_is_ready_for(command, make_engagement):
    assert command("check", make_engagement())[:2] == (0, "acme: ready for loyalty\n")


def test_status_tells_made_stale_failed_and_not_made(command, fake, make_engagement, out):
    folder = make_engagement()
    assert "not made" in command("status", folder, "--out", out)[1]
    command("run", folder, "--out", out)
    assert command("status", folder, "--out", out)[1] == "acme/2025-Q4 loyalty: made\n"
    (folder / "data" / "survey.csv").write_text("id,score\n1,9")
    assert "stale" in command("status", folder, "--out", out)[1]
    fake.failing["loyalty"] = RunError("the reason")
    command("run", folder, "--out", out)
    assert "failed: loyalty: the reason" in command("status", folder, "--out", out)[1]


def test_status_without_folders_looks_at_the_output(command, make_engagement, out):
    command("run", make_engagement(), "--out", out)
    assert command("status", "--out", out)[1].startswith("acme/2025-Q4 loyalty: made")


def test_status_of_an_unusable_configuration_names_it(command, make_engagement, out):
    folder = make_engagement(id="../x")
    assert "acme all reports: bad input" in command("status", folder, "--out", out)[1]


def files_of(folder):
    """Return what lies there, but for the notes on files, which leave out those just written."""
    files = (p.relative_to(folder / "2025-Q4").as_posix() for p in folder.rglob("*.*"))
    return sorted(name for name in files if name != "internal/seen_files.json")


def raising(error):
    def command():
        raise error

    return command


def test_nothing_ends_in_a_traceback(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert guarded(raising(ZeroDivisionError("secret"))) == 4
    told = capsys.readouterr().err
    (log,) = tmp_path.iterdir()
    assert str(log) in told
    assert "ZeroDivisionError" in log.read_text()
    assert "Traceback" not in told


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_a_sentence_and_130(error, capsys):
    assert guarded(raising(error)) == 130
    assert "stopped" in capsys.readouterr().err


def test_a_failure_that_an_interruption_made_is_an_interruption(monkeypatch) -> None:
    assert guarded(raising(SystemExit(1))) == 1
    monkeypatch.setattr("workbook.batch.interruption.has_come", lambda: True)
    assert [guarded(raising(SystemExit(code))) for code in (1, 4, 0)] == [130, 130, 0]


SLOW = """
import sys, time
from pathlib import Path
from workbook.commands import cli
from workbook.batch import services
sys.path[:0] = [{tests!r}, {above!r}]
from conftest import FakeServices

fake = FakeServices(Path({notebooks!r}))
fake.during = lambda job: (print("running", flush=True), time.sleep(60))
services.default_services = lambda *options: fake.build()
sys.argv = ["workbook", "run", {folder!r}, "--out", {out!r}]
cli.main()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_half_made(sent, fake, make_engagement, out, request):
    script = SLOW.format(
        tests=str(request.path.parent),
        above=str(request.path.parent.parent),
        notebooks=str(fake.notebooks),
        folder=str(make_engagement()),
        out=str(out),
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        began = process.stdout.readline()
        process.send_signal(sent)
        _, told = process.communicate(timeout=30)
    assert began == "running\n", told
    assert process.returncode == 130
    assert "stopped" in told
    assert "Traceback" not in told
    assert not (out / "acme").exists()
