"""Ctrl-C at any moment and any number of times: no traceback, nothing left, exit code 130."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile_engagement import engagement

from workbook.batch import interruption

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
PATIENCE = 120


def started(*arguments: object) -> "subprocess.Popen[str]":
    """Start the command as a terminal does: in a group that gets the signals together."""
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from workbook.commands.start import main; main()",
            *map(str, arguments),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def pressed(process: "subprocess.Popen[str]", times: int) -> None:
    for _ in range(times):
        try:
            os.killpg(process.pid, signal.SIGINT)
        except ProcessLookupError:
            return
        time.sleep(0.02)


@pytest.mark.parametrize(("after", "times"), [(0.3, 1), (0.6, 1), (1.0, 5), (2.0, 5), (6.0, 5)])
def test_a_run_is_interrupted_without_a_trace(after: float, times: int, tmp_path: Path) -> None:
    folder, out = engagement(tmp_path / "acme"), tmp_path / "out"
    process = started("run", folder, "--out", out)
    time.sleep(after)
    pressed(process, times)
    _, said = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in said
    assert "rror" not in said
    # it died while importing, was told to end, or had ended
    assert process.returncode in (-signal.SIGINT, interruption.EXIT_CODE, 0)
    assert [path for path in out.rglob(".*") if path.name.startswith(".")] == []


@pytest.mark.parametrize("after", [0.4, 1.0, 1.8])
def test_a_check_is_interrupted_without_a_trace(after: float, tmp_path: Path) -> None:
    for number in range(30):
        engagement(tmp_path / f"acme{number}")
    process = started("check", tmp_path)
    time.sleep(after)
    pressed(process, 5)
    _, said = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in said
    assert process.returncode in (-signal.SIGINT, interruption.EXIT_CODE, 1, 0)


SWALLOWED = """
import gc, os, signal, sys, time
from workbook.batch import interruption

class Finaliser:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)

def command():
    one = Finaliser()
    del one
    time.sleep(60)

interruption.watch()
try:
    command()
except KeyboardInterrupt:
    print("interrupted")
"""


def test_an_interruption_inside_a_finaliser_comes_again() -> None:
    """Python prints and forgets what is raised there."""
    done = subprocess.run(
        [sys.executable, "-c", SWALLOWED], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.stdout, done.stderr) == ("interrupted\n", "")


BUSY = """
import os, signal, time
from workbook.batch import interruption

interruption.watch()
calls = []
try:
    with interruption.cancelling(lambda: calls.append(1)):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(60)
except KeyboardInterrupt:
    print("cancelled", calls)
"""


def test_what_does_not_let_go_when_cancelled_is_interrupted() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUSY], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.stdout, done.stderr) == ("cancelled [1]\n", "")
