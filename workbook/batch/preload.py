"""What the fork server imports once, so that a report's own process finds it there.

Importing this must start no thread and draw no report: only what every report needs is loaded,
and what is immutable is read (texts, schemas, fonts).  :data:`THREADS` is checked in each child.
"""

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbook.batch.fresh import LANGUAGES
from workbook.batch.standard import load_everything


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Let imports of a module fail while the body runs."""
    absent = sys.modules.setdefault(module, None)  # type: ignore[arg-type]
    try:
        yield
    finally:
        if absent is None:
            del sys.modules[module]


def _threads() -> int:
    tasks = Path("/proc/self/task")
    return len(os.listdir(tasks)) if tasks.is_dir() else 1  # noqa: PTH208 - names are enough


# jsonschema builds a grammar of web addresses where JupyterLab has installed one: two seconds
with _without("rfc3987_syntax"):
    load_everything(filter(None, os.environ.pop(LANGUAGES, "").split(",")))
gc.collect()
gc.freeze()  # what is shared stays shared: the collector does not write to it
atexit.register(gc.unfreeze)  # or libraries complain of leaks
THREADS = _threads()
"""Threads of the process that children are forked from; 1, or forking is not safe."""
