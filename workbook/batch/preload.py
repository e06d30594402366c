"""What the fork server imports once, so that a report's own process finds it there.

Importing this must start no thread and read no client's file: only what every report needs is
loaded, and what comes with the package is read (texts, schemas, questionnaires, fonts).
:data:`THREADS` is checked in each child.
"""

import atexit
import gc
import os
import signal
from pathlib import Path

from workbook.batch.process_start import DIAGNOSTICS_VARIABLE, LANGUAGES_VARIABLE
from workbook.batch.read_ahead import import_all, read_ahead
from workbook.diagnostics import NAMES

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked for this one
if hasattr(signal, "pthread_sigmask"):
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # see workbook.batch.process_start
_MODULES = (
    "nbconvert", "papermill", "workbook.notebook", "workbook.batch.run",
    "workbook.batch.publish", "workbook.batch.read_task", "workbook.batch.notes_judge",
    "workbook.batch.make_report", "workbook.batch.services",
    "workbook.batch.notebook_engine.warm_engine",
    "workbook.batch.notebook_engine.warm_shell", "workbook.report.record",
    # what functions import when they need it, because a command that does not would wait for it
    "IPython.core.application", "IPython.core.completerlib", "IPython.core.crashhandler",
    "IPython.core.logger", "IPython.core.oinspect", "fontTools.ttLib.tables._c_m_a_p",
    "openpyxl", "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape", "scipy.optimize",
    "statsmodels.duration.api", "workbook.diagnostics.loyalty.ordered_logit",
    "workbook.report.appendix", "workbook.report.changes_chapter", "workbook.report.pdf",
)  # fmt: skip


def _named(variable: str) -> tuple[str, ...]:
    """Return the names in a variable that is for this process alone."""
    return tuple(filter(None, os.environ.pop(variable, "").split(",")))


def _threads() -> int:
    tasks = Path("/proc/self/task")
    return len(os.listdir(tasks)) if tasks.is_dir() else 1  # noqa: PTH208 - names are enough


gc.disable()  # what is imported stays
import_all(_MODULES)
read_ahead(_named(LANGUAGES_VARIABLE), _named(DIAGNOSTICS_VARIABLE) or NAMES)
gc.freeze()  # what is shared stays shared: the collector does not write to it
atexit.register(gc.unfreeze)  # or libraries complain of leaks
THREADS = _threads()
"""Threads of the process that children are forked from; 1, or forking is not safe."""
