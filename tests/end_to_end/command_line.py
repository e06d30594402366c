"""The command line as a user calls it."""

import subprocess
import sys
from pathlib import Path

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
