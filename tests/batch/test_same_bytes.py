"""Fault I13: the same bytes for the client, whatever server makes the report."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.batch.process_start import CAN_FORK

from .faulty_batch import TESTS

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="the clock is set for forked processes")

CLOCK = """\
import time
shift = {shift}
for name in ("time", "gmtime", "localtime"):
    def moved(*given, real=getattr(time, name), name=name):
        if name == "time":
            return real() + shift
        return real(*given) if given else real(moment() + shift)
    if name == "time":
        moment = getattr(time, name)
    setattr(time, name, moved)
"""
SERVERS = {
    "here": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "there": {
        "TZ": "Pacific/Midway",
        "LC_ALL": "POSIX",
        "LANG": "sk_SK.ISO-8859-2",
        "LC_NUMERIC": "de_DE.UTF-8",
        "PYTHONHASHSEED": "2",
        "SOURCE_DATE_EPOCH": "1",
    },
}
SAMPLE = TESTS.parent / "data_samples" / "severstroy"


def test_i13_clock_time_zone_locale_and_seed_of_the_server_leave_no_trace(tmp_path):
    """The local dates of the two servers always differ; the other clock is a year ahead, too."""
    late = tmp_path / "late"
    late.mkdir()
    (late / "sitecustomize.py").write_text(CLOCK.format(shift=365 * 86400))
    servers = SERVERS | {"there": SERVERS["there"] | {"PYTHONPATH": str(late)}}
    assert year_of(servers["there"]) == year_of(servers["here"]) + 1
    running = [started(tmp_path / name, server) for name, server in servers.items()]
    said = [process.communicate(timeout=180)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    here, there = (for_the_client(tmp_path / name) for name in SERVERS)
    assert here == there
    assert {Path(name).suffix for name in here} == {".html", ".json", ".xlsx"}


def year_of(environment):
    command = [sys.executable, "-c", "import time; print(time.gmtime(time.time()).tm_year)"]
    return int(subprocess.check_output(command, env=os.environ | environment))


def started(out, environment):
    command = [sys.executable, "-m", "workbook", "run", str(SAMPLE), "--out", str(out)]
    return subprocess.Popen(
        [*command, "--formats", "html,xlsx,json", "--jobs", "1"],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def for_the_client(out):
    found = [p for kind in ("client", "results") for p in out.glob(f"*/*/{kind}/*")]
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in found}
