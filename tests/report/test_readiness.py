import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.report.exporter import exporter
from workbook.report.readiness import warm_up

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_COUNT = """
import os
from workbook.report.readiness import warm_up
before = len(os.listdir("/proc/self/task"))
warm_up()
print(len(os.listdir("/proc/self/task")) - before)
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the system does not list threads")
def test_warming_up_starts_no_thread():
    # as in every process that makes reports, linear algebra has one thread
    done = subprocess.run(
        [sys.executable, "-c", _COUNT],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **dict.fromkeys(ONE_THREAD, "1")},
    )
    assert done.stdout.strip() == "0"


def test_the_exporter_is_built_once_per_process():
    warm_up()
    assert exporter() is exporter()
    assert "index.html.j2" in {name for _, name in exporter().environment.cache}
