"""What a process loads before its work is known: modules, and what comes with the package."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path

_ENGINE = (
    "papermill", "workbook.batch.notebook_engine.warm_engine",
    "workbook.batch.notebook_engine.warm_shell", "workbook.notebook",
)  # fmt: skip
_LATE = (
    "IPython.core.application", "IPython.core.completerlib", "IPython.core.crashhandler",
    "IPython.core.logger", "IPython.core.oinspect", "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape", "scipy.optimize",
)  # fmt: skip
"""What functions import when they need it, because a command that does not would wait for it."""
_DRAWING = ("matplotlib.backends.backend_svg", "seaborn")
_MAKING = ("workbook.batch.make_report", "workbook.batch.publish", "workbook.report.record")
_READING = ("workbook.batch.make_report", "workbook.batch.read_task", "workbook.engagement.data")


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Let imports of a module fail while the body runs."""
    absent = sys.modules.setdefault(module, None)  # type: ignore[arg-type]
    try:
        yield
    finally:
        if absent is None:
            del sys.modules[module]


def import_all(modules: Iterable[str]) -> None:
    """Import the modules."""
    # jsonschema builds a grammar of web addresses where JupyterLab has installed one: two seconds
    with _without("rfc3987_syntax"):
        for name in modules:
            import_module(name)


def read_ahead(languages: Sequence[str], diagnostics: Sequence[str]) -> None:
    """Read what comes with the package and reports look up, and draw a first chart.

    Parameters
    ----------
    languages
        Codes of the languages of the reports; dictionaries are read for these only.
    diagnostics
        Their names.
    """
    from workbook.charts import chart
    from workbook.diagnostics import diagnostic_named
    from workbook.engagement.fingerprint import program_hash
    from workbook.engagement.settings import Engagement
    from workbook.intake.schema_files import all_schemas
    from workbook.language import catalog
    from workbook.report import readiness

    nobody = Engagement(
        folder=Path(os.devnull), id="nobody", client="", language="en", currency="EUR",
        period="none", as_of=date(2000, 1, 1),
    )  # fmt: skip
    for diagnostic in map(diagnostic_named, diagnostics):
        diagnostic.report()
        diagnostic.check(nobody, {})
        diagnostic.read_ahead(languages)
        for language in languages or catalog.LANGUAGES:
            catalog.load_texts(diagnostic.name, language)
    program_hash()
    all_schemas()
    readiness.warm_up()
    chart.warm_up()


def steps_to_read(languages: Sequence[str], diagnostics: Sequence[str]) -> Iterator[None]:
    """Load what reads and checks an engagement for these diagnostics; none: for all."""
    from workbook.diagnostics import NAMES, diagnostic_named

    import_all(("pandas",))
    yield
    import_all(_READING)
    yield
    for name in diagnostics or NAMES:
        diagnostic_named(name)
        yield


def steps_to_report(languages: Sequence[str], diagnostic: str) -> Iterator[None]:
    """Load what makes a report of a diagnostic, what every report needs first.

    The dictionaries of the languages are left to who needs them: mostly the result is there.
    """
    from workbook.diagnostics import diagnostic_named
    from workbook.language.catalog import load_texts

    import_all(_ENGINE)
    yield
    diagnostic_named(diagnostic).report()
    yield
    import_all(_MAKING)
    for language in languages:
        load_texts(diagnostic, language)
    yield
    import_all(_LATE)
    yield
    import_all(_DRAWING)
