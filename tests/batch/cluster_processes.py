"""A scheduler and workers of a Dask cluster as processes of their own, quick to start."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).parent.parent
LIGHT = "from workbook.batch import forked_process; forked_process._PRELOAD = 'batch.light_server'"
OF_ANOTHER_VERSION = """
from workbook.batch import on_worker
from workbook.engagement import fingerprint
fingerprint.program_hash = lambda: "another"
on_worker.in_forked_process = None  # whoever gives it work gets an error
"""
WITHOUT_OFFICE = """
from workbook.batch import office_libraries
office_libraries.lacking = lambda: ("pptx", "docx")
"""


@contextmanager
def process(program, *arguments):
    """Run a short program while the body runs."""
    started = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=TESTS,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def scheduler(file):
    """Run a scheduler that writes its address into a file."""
    program = "from distributed.cli.dask_scheduler import main; main()"
    choices = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter")
    return process(program, *choices, "--scheduler-file", str(file))


def worker(address, folder, change=""):
    """Run a worker of one thread without a nanny; ``change``: what is different about it."""
    program = f"{LIGHT}\n{change}\nfrom distributed.cli.dask_worker import main; main()"
    choices = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
    return process(program, address, *choices, "--local-directory", str(folder))
