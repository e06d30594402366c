"""The command line as a user calls it."""

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from workbook.commands.cli import cli, guarded

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data_samples" / "northbridge"


def workbook(*arguments):
    """Run the command line and return the finished process."""
    return subprocess.run(
        [sys.executable, "-m", "workbook", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )


def here(*arguments):
    """Run a command that makes no reports in this process, as if one had finished with it."""
    said, told = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(told):
        code = guarded(lambda: cli([str(a) for a in arguments], standalone_mode=False))
    return subprocess.CompletedProcess(arguments, code, said.getvalue(), told.getvalue())
