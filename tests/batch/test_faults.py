"""Faults I1-I6 and I14-I16: whatever a notebook does, its report fails or is whole.

That pages need no network (I17) is in tests/report: no external address is in them.
"""

import json
import os
import subprocess
import sys
import time

import pytest

import workbook
from workbook.batch.notebook_engine.kernel import fixed_environment
from workbook.batch.outcome import Status, exit_code
from workbook.batch.process_start import CAN_FORK
from workbook.commands import doctor

from .processes import PATIENCE, at_work, until

pytestmark = [
    pytest.mark.skipif(not CAN_FORK, reason="needs processes that fork safely"),
    pytest.mark.filterwarnings("ignore"),  # of the libraries around the kernel
]

ENGINES = ["warm", "papermill"]


def statuses(outcomes):
    return {outcome.id: [report.status for report in outcome.reports] for outcome in outcomes}


def the_reason(outcomes):
    """Return why the only report failed; nothing of it may be there, nor anything at work."""
    (outcome,) = outcomes
    (report,) = outcome.reports
    assert (report.status, outcome.exit_code) == (Status.FAILED, 4)
    return report.reason


def check_nothing_made(batch):
    kept = [name for name in batch.files() if name.startswith("acme/")]
    assert sorted(kept) == [
        "acme/2025/internal/failed.json",
        "acme/2025/internal/logs/loyalty.failed.log",
    ]
    assert batch.hidden() == []
    assert until(lambda: not at_work(), PATIENCE)


def test_a_notebook_without_faults_is_made(batch):
    outcomes = batch.run()
    assert statuses(outcomes) == {"acme": [Status.MADE]}
    assert batch.result("acme") == {"answers": "id,score\n1,9\n", "engagement": "acme"}
    assert batch.hidden() == []


def test_i1_an_exception_in_a_cell_fails_the_report_and_its_traceback_is_in_the_log(batch):
    batch.write_notebook("1 / 0")
    reason = the_reason(batch.run())
    assert "loyalty: cell 4 failed: ZeroDivisionError: division by zero" in reason
    check_nothing_made(batch)
    assert (
        "ZeroDivisionError" in (batch.root("acme") / "internal/logs/loyalty.failed.log").read_text()
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_i1_a_tag_does_not_make_a_success_of_an_exception(engine, batch):
    batch.write_notebook("1 / 0", tags=("raises-exception",))
    assert "cell 4 failed: ZeroDivisionError" in the_reason(batch.run(engine=engine))
    check_nothing_made(batch)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("import sys; sys.exit(0)", "cell 4 failed: SystemExit"),
        ("raise SystemExit", "cell 4 failed: SystemExit"),
        ("import os; os._exit(0)", "process ended before the work was done (exit code 0)"),
        ("exit()", "process ended"),
    ],
)
def test_i2_a_notebook_that_leaves_early_fails(cell, told, batch):
    batch.write_notebook(cell)
    assert told in the_reason(batch.run())
    check_nothing_made(batch)


@pytest.mark.parametrize("cell", ["raise SystemExit", "exit()"])
def test_i2_so_it_does_in_a_kernel(cell, batch):
    """A kernel that was asked to leave goes a moment later."""
    batch.write_notebook(cell, "import time; time.sleep(1)")
    the_reason(batch.run(engine="papermill"))
    check_nothing_made(batch)


DEATHS = """\
import ctypes, os, resource, signal
if folder.name == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
if folder.name == "crashed":
    ctypes.string_at(0)
if folder.name == "hungry":
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    bytearray(5 << 30)"""


def test_i3_the_death_of_a_report_is_told_and_the_next_client_goes_on(batch):
    batch.write_notebook(DEATHS)
    batch.write_engagements("killed", "crashed", "hungry", "well")
    outcomes = batch.run("killed", "crashed", "hungry", "well")
    told = {outcome.id: outcome.reports[0].reason for outcome in outcomes}
    assert "ended by SIGKILL (out of memory?)" in told["killed"]
    assert "ended by SIGSEGV" in told["crashed"]
    assert "cell 4 failed: MemoryError" in told["hungry"]
    assert statuses(outcomes)["well"] == [Status.MADE]
    assert exit_code(outcomes) == 1
    assert until(lambda: not at_work(), PATIENCE)
    assert batch.hidden() == []


def test_i3_so_it_is_of_a_kernel(batch):
    batch.write_notebook("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert "the Python process ended (out of memory?)" in the_reason(batch.run(engine="papermill"))
    check_nothing_made(batch)


DEAF = """\
import time
while True:
    try:
        time.sleep(60)
    except BaseException:
        pass"""


@pytest.mark.parametrize("engine", ENGINES)
def test_i4_a_cell_that_takes_too_long_fails(engine, batch, monkeypatch):
    monkeypatch.setattr("workbook.batch.report_batch.CELL_SECONDS", 1)
    batch.write_notebook("import time; time.sleep(60)")
    assert "a cell took longer than 1 seconds" in the_reason(batch.run(engine=engine))
    check_nothing_made(batch)


def test_i4_a_cell_that_does_not_listen_is_ended_by_the_limit_of_the_report(batch, monkeypatch):
    monkeypatch.setattr("workbook.batch.report_batch.CELL_SECONDS", 1)
    batch.write_notebook(DEAF)
    begun = time.monotonic()
    assert "it took longer than 2 seconds" in the_reason(batch.run(seconds=2))
    assert time.monotonic() - begun < 30
    check_nothing_made(batch)


def test_i4_a_kernel_that_does_not_listen_is_ended(batch, monkeypatch):
    monkeypatch.setattr("workbook.batch.report_batch.CELL_SECONDS", 1)
    batch.write_notebook(DEAF)
    assert "a cell took longer than 1 seconds" in the_reason(batch.run(engine="papermill"))
    check_nothing_made(batch)


@pytest.mark.parametrize("engine", ENGINES)
def test_i5_a_question_is_refused_at_once(engine, batch):
    batch.write_notebook("input('Continue? ')")
    assert "StdinNotImplementedError" in the_reason(batch.run(engine=engine))
    check_nothing_made(batch)


def test_i5_a_window_and_a_pager_do_not_wait(batch):
    batch.write_notebook(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show(block=True)",
        "help(len)",
        "len?",
    )
    assert statuses(batch.run(seconds=60)) == {"acme": [Status.MADE]}


@pytest.mark.parametrize("engine", ENGINES)
def test_i6_kernels_that_the_machine_has_do_not_matter(engine, batch, tmp_path, monkeypatch):
    spec = tmp_path / "share" / "kernels" / "python3"
    spec.mkdir(parents=True)
    foreign = {"argv": ["/bin/false"], "display_name": "Foreign", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(foreign))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    batch.write_notebook("import sys; answers = sys.executable")
    assert statuses(batch.run(engine=engine)) == {"acme": [Status.MADE]}
    assert batch.result("acme")["answers"] == sys.executable


def test_i6_the_doctor_asks_the_interpreter_of_the_kernel(monkeypatch, tmp_path):
    (here,) = doctor._kernel()
    assert (here.good, here.found) == (True, workbook.__file__)
    other = tmp_path / "python"
    other.write_text("#!/bin/sh\necho 'No module named workbook' >&2\nexit 1\n")
    other.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(other))
    (there,) = doctor._kernel()
    assert (there.good, there.found) == (False, "No module named workbook")
    assert str(other) in there.remedy


LOOK = """\
import os, psutil, time
time.sleep(0.3)
above = [psutil.Process(), *psutil.Process().parents()]
tree = above[: [p.pid for p in above].index({parent})]
answers = {{
    "processes": len(tree),
    "ports": [(c.status, c.laddr.ip) for p in tree for c in p.net_connections(kind="inet")],
    "threads": [v for k, v in sorted(os.environ.items()) if k.endswith("_NUM_THREADS")],
}}"""


OF_IPYKERNEL = ["LISTEN", "127.0.0.1"]
"""Where a kernel takes what processes print that a cell forks; its channels are Unix sockets."""


@pytest.mark.parametrize(
    ("engine", "processes", "ports"), [("warm", 2, []), ("papermill", 3, [OF_IPYKERNEL])]
)
def test_i14_four_at_once_open_no_port_and_compute_in_one_thread(engine, processes, ports, batch):
    batch.write_notebook(LOOK.format(parent=os.getpid()))
    names = ["one", "two", "three", "four"]
    batch.write_engagements(*names)
    assert exit_code(batch.run(*names, engine=engine, jobs=4)) == 0
    seen = [batch.result(name)["answers"] for name in names]
    assert seen == [{"processes": processes, "ports": ports, "threads": ["1"] * 4}] * 4


def test_i14_two_first_runs_make_the_list_of_fonts_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    look = "import matplotlib.font_manager as f; print(len(f.fontManager.ttflist))"
    command = [sys.executable, "-c", look]
    environment = fixed_environment()
    assert environment["MPLCONFIGDIR"].startswith(str(tmp_path))
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in "12"]
    found = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert int(found[0]) == int(found[1]) > 0


@pytest.mark.parametrize(
    "cell",
    [
        "for _ in range(300): print('x' * 100_000)",
        "for n in range(3000): display({'text/html': f'<p>{n}' + 'x' * 10_000}, raw=True)",
    ],
    ids=["printed", "shown"],
)
def test_i15_thirty_megabytes_of_output_are_refused_with_a_message(cell, batch):
    batch.write_notebook(cell)
    assert "cell 4: more than 20 MB of output; show less" in the_reason(batch.run())
    check_nothing_made(batch)


def test_i15_the_log_of_what_is_printed_is_cut(batch):
    batch.write_notebook("print('x' * 3_000_000)", "import os; os.system('yes | head -c 30000000')")
    assert statuses(batch.run()) == {"acme": [Status.MADE]}
    assert (batch.root("acme") / "internal/logs/loyalty.log").stat().st_size < 2_100_000
    assert all(len(content) < 7_000_000 for content in batch.files().values())


def test_i16_what_a_library_says_is_in_the_log_and_not_in_the_report(batch):
    batch.write_notebook(
        "import os, warnings\n"
        "print('said by a library')\n"
        "warnings.warn('will change', FutureWarning)\n"
        "os.write(2, b'said beside Python');"
    )
    assert statuses(batch.run(formats=("html", "json"))) == {"acme": [Status.MADE]}
    files = batch.files()
    log = files.pop("acme/2025/internal/logs/loyalty.log").decode()
    said = ["said by a library", "FutureWarning: will change", "said beside Python"]
    assert [words in log for words in said] == [True] * 3
    del files["acme/2025/internal/loyalty.ipynb"]
    assert not [n for n, f in files.items() if any(words.encode() in f for words in said)]
