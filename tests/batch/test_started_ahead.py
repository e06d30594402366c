"""Processes for few reports: started before their work is known, as safe as forked ones."""

import atexit
import json
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from workbook.batch import forked_process
from workbook.batch.find_engagements import expected
from workbook.batch.forked_process import EndedError, ForkedProcesses, TooLongError
from workbook.batch.process_start import CAN_FORK
from workbook.batch.started_ahead import Ahead, StartedAhead

from .faulty_batch import TESTS
from .processes import PATIENCE, of_session, until

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="needs processes that fork safely")

SAMPLE = TESTS.parent / "data_samples" / "tatra-servis"
ONE = Ahead(reports=("loyalty",))
SECRET = "s3cret-of-the-consultant"
HEAVY = {
    *("pandas", "scipy", "statsmodels", "matplotlib", "seaborn", "duckdb", "openpyxl"),
    *("papermill", "nbconvert", "nbclient", "IPython", "xlsxwriter", "workbook.notebook"),
}
"""What the process of the command itself never needs for a report."""
RUN = """\
import json, sys
from workbook.commands import cli
try:
    cli.main()
finally:
    from multiprocessing import forkserver
    told = [sorted(sys.modules), forkserver._forkserver._forkserver_pid]
    open({path!r}, "w").write(json.dumps(told))
"""


def nothing():
    """Prepare for nothing."""
    yield from ()


def slowly(path):
    """Prepare in two steps, of which the second waits to be told of the work."""
    yield
    path.touch()
    while True:
        time.sleep(0.01)
        yield


def refused():
    """Fail while preparing."""
    raise OSError("no such library")
    yield


@pytest.fixture
def prepared(monkeypatch):
    """Return a function that starts a process ahead, prepared as told, and who knows of it."""
    many = []

    def start(prepare=nothing, *arguments):
        started = [StartedAhead("loyalty", prepare, arguments)]
        monkeypatch.setattr(forked_process, "of_command", lambda ahead: iter(started))
        processes = ForkedProcesses()
        many.append(processes)
        processes.start_ahead(ONE)
        return processes, started[0].process.pid

    yield start
    for processes in many:
        processes.end_waiting()


def call(processes, work, *arguments, **options):
    return processes.call(work, *arguments, needs="loyalty", **options)


def test_the_work_is_done_by_the_process_that_waits_for_it(prepared):
    processes, pid = prepared()
    assert call(processes, os.getpid) == pid
    assert call(processes, os.getpid) not in (pid, os.getpid())  # it is used up


def test_other_work_is_done_by_others(prepared):
    processes, pid = prepared()
    assert processes.call(os.getpid, needs="churn_reasons") != pid
    assert call(processes, os.getpid) == pid


def test_preparing_ends_when_there_is_work(prepared, tmp_path):
    processes, pid = prepared(slowly, tmp_path / "begun")
    assert until((tmp_path / "begun").exists)
    assert call(processes, os.getpid, seconds=60) == pid


def test_what_cannot_be_prepared_is_left_to_the_work(prepared):
    processes, pid = prepared(refused)
    assert call(processes, os.getpid) == pid


def test_one_that_was_killed_while_it_waited_is_replaced(prepared):
    processes, pid = prepared()
    os.kill(pid, signal.SIGKILL)
    assert until(lambda: not alive(pid))
    assert call(processes, os.getpid) != pid


def end_itself():
    os.kill(os.getpid(), signal.SIGKILL)


def test_one_that_is_killed_at_work_fails_the_work_alone(prepared):
    processes, _ = prepared()
    with pytest.raises(EndedError, match="SIGKILL"):
        call(processes, end_itself)
    assert call(processes, os.getpid)


def test_one_that_hangs_is_ended(prepared):
    processes, pid = prepared()
    with pytest.raises(TooLongError):
        call(processes, time.sleep, 60, seconds=1)
    assert not alive(pid)


def test_what_has_got_no_work_is_ended(prepared):
    processes, pid = prepared()
    processes.end_waiting()
    assert not alive(pid)


def environment():
    return dict(os.environ)


def at_the_end_of_the_interpreter(path):
    atexit.register(path.touch)


def test_it_ends_without_being_taken_apart(prepared, tmp_path):
    processes, pid = prepared()
    call(processes, at_the_end_of_the_interpreter, tmp_path / "taken-apart")
    assert not alive(pid)
    assert not (tmp_path / "taken-apart").exists()


def test_it_has_an_environment_of_its_own(monkeypatch):
    monkeypatch.setenv("CLIENT_API_TOKEN", SECRET)
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    processes = ForkedProcesses()
    processes.start_ahead(ONE)
    seen = call(processes, environment)
    processes.end_waiting()
    assert SECRET not in json.dumps(seen)
    assert seen["PYTHONHASHSEED"] == "0"


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def start_run(out, program="from workbook.commands.cli import main; main()"):
    arguments = ["run", str(SAMPLE), "--only", "loyalty", "--formats", "html", "--out", str(out)]
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_one_report_starts_no_fork_server_and_imports_nothing_heavy_itself(tmp_path):
    told = tmp_path / "told.json"
    run = start_run(tmp_path / "out", RUN.format(path=str(told)))
    _, said = run.communicate()
    assert run.returncode == 0, said
    assert (tmp_path / "out" / "tatra-servis" / "2025-H2" / "client" / "loyalty.html").exists()
    modules, server = json.loads(told.read_text())
    assert server is None
    assert HEAVY & {*modules, *(name.partition(".")[0] for name in modules)} == set()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
@pytest.mark.parametrize("moment", ["as they prepare", "as the report is made"])
def test_a_run_that_is_ended_takes_its_processes_with_it(name, moment, tmp_path):
    run = start_run(tmp_path / "out")
    assert until(lambda: len(of_session(run.pid)) >= 3)  # two that prepare, one that tidies up
    if moment == "as the report is made":
        assert until(lambda: list((tmp_path / "out").rglob("engagement.pickle")))
    run.send_signal(getattr(signal, name))
    run.communicate(timeout=60)
    assert until(lambda: not of_session(run.pid), PATIENCE)
    assert not list((tmp_path / "out").rglob("*.html"))
    assert name == "SIGKILL" or not list((tmp_path / "out").rglob(".work-*"))


def test_what_a_command_will_make_is_told_from_its_configuration(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    (one / "engagement.toml").write_text('language = "sk"\ndiagnostics = ["loyalty", 3]\n')
    (other / "engagement.toml").write_text('language = "xx"\n')
    asked = ("loyalty",)
    assert expected([one]) == Ahead(languages=("sk",), reports=asked, diagnostics=asked)
    assert expected([other]) == Ahead()
    assert expected([other], asked) == Ahead(reports=asked, diagnostics=asked)
    assert expected([one, other], asked) == Ahead(languages=("sk",), diagnostics=asked)
    many = ("loyalty", "churn_reasons")
    assert expected([one], many) == Ahead(languages=("sk",), diagnostics=many)


@pytest.mark.parametrize(
    ("id_", "there", "sure"),
    [
        ('"acme"', (), True),
        ('"acme"', ("acme/2024",), True),
        ('"acme"', ("acme/2025",), False),
        ('"../acme"', (), False),
        ("3", (), False),
    ],
)
def test_work_is_sure_where_nothing_is_there_yet(tmp_path, id_, there, sure):
    folder, out = tmp_path / "client", tmp_path / "out"
    folder.mkdir()
    (folder / "engagement.toml").write_text(f'id = {id_}\nperiod = "2025"\n')
    for name in there:
        (out / name).mkdir(parents=True)
    assert expected([folder], out=out).is_sure == sure
    assert not expected([folder]).is_sure


def test_what_was_started_is_not_started_again(prepared):
    processes, pid = prepared()
    processes.start_ahead(ONE)
    assert call(processes, os.getpid) == pid
    assert call(processes, os.getpid) != pid
