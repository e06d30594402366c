"""What the fork server imports once, so that a report's own process finds it there.

Importing this must start no thread and read no client's file: only what every report needs is
loaded, and what comes with the package is read (texts, schemas, questionnaires, fonts).
:data:`THREADS` is checked in each child.
"""

import atexit
import gc
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path

from workbook.batch.process_start import LANGUAGES_VARIABLE

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked for this one
if hasattr(signal, "pthread_sigmask"):
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # see workbook.batch.process_start
_MODULES = (
    "nbconvert", "papermill", "workbook.notebook", "workbook.batch.run",
    "workbook.batch.publish", "workbook.batch.read_task", "workbook.batch.make_report",
    "workbook.batch.services", "workbook.batch.notebook_engine.warm_engine",
    "workbook.batch.notebook_engine.warm_shell", "workbook.report.record",
    # what functions import when they need it, because a command that does not would wait for it
    "IPython.core.application", "IPython.core.completerlib", "IPython.core.crashhandler",
    "IPython.core.logger", "IPython.core.oinspect", "openpyxl", "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape", "statsmodels.duration.api",
    "workbook.diagnostics.loyalty.ordered_logit",
)  # fmt: skip


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Let imports of a module fail while the body runs."""
    absent = sys.modules.setdefault(module, None)  # type: ignore[arg-type]
    try:
        yield
    finally:
        if absent is None:
            del sys.modules[module]


def read_ahead(languages: Iterable[str]) -> None:
    """Read what comes with the package and every report looks up, and draw a first chart.

    Parameters
    ----------
    languages
        Codes of languages whose dictionaries are read, too.
    """
    from workbook.charts import chart
    from workbook.diagnostics import all_diagnostics
    from workbook.engagement.fingerprint import program_hash
    from workbook.engagement.settings import Engagement
    from workbook.intake.schema_files import all_schemas
    from workbook.language import catalog
    from workbook.report import readiness

    nobody = Engagement(
        folder=Path(os.devnull), id="nobody", client="", language="en", currency="EUR",
        period="none", as_of=date(2000, 1, 1),
    )  # fmt: skip
    for diagnostic in all_diagnostics():
        diagnostic.report()
        diagnostic.check(nobody, {})
        diagnostic.read_ahead(languages)
        for language in catalog.LANGUAGES:
            catalog.load_texts(diagnostic.name, language)
    program_hash()
    all_schemas()
    readiness.warm_up()
    chart.warm_up()


def _threads() -> int:
    tasks = Path("/proc/self/task")
    return len(os.listdir(tasks)) if tasks.is_dir() else 1  # noqa: PTH208 - names are enough


# jsonschema builds a grammar of web addresses where JupyterLab has installed one: two seconds
with _without("rfc3987_syntax"):
    for _name in _MODULES:
        import_module(_name)
read_ahead(tuple(filter(None, os.environ.pop(LANGUAGES_VARIABLE, "").split(","))))
gc.collect()
gc.freeze()  # what is shared stays shared: the collector does not write to it
atexit.register(gc.unfreeze)  # or libraries complain of leaks
THREADS = _threads()
"""Threads of the process that children are forked from; 1, or forking is not safe."""
