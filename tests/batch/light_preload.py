"""Stands for ``workbook.batch.preload`` in a fork server that has to start at once.

What small notebooks need is imported; tables, charts and dictionaries are not.
"""

import sys
from importlib import import_module
from types import ModuleType

SLOW = "rfc3987_syntax"
"""Checks addresses for jsonschema, which does without; takes two seconds to import."""


def hurry():
    sys.modules.setdefault(SLOW, None)


def preload():
    hurry()
    import_module("numpy")
    import_module("papermill")
    for name in ("read_task", "make_report"):
        import_module(f"workbook.batch.{name}")
    for name in ("warm_engine", "warm_shell"):
        import_module(f"workbook.batch.notebook_engine.{name}")
    import_module("batch.faulty_batch")
    import_module("workbook.engagement.fingerprint").program_hash()
    stand_in = ModuleType("workbook.batch.preload")
    stand_in.THREADS = 1
    sys.modules["workbook.batch.preload"] = stand_in


def run_command():
    """Run the command line on a batch (see :func:`batch.faulty_batch.main`)."""
    hurry()
    import_module("batch.faulty_batch").main()
