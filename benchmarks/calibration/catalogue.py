"""All studies: the ``STUDIES`` of every module of this folder, by the module's name."""

from importlib import import_module
from pkgutil import iter_modules

import benchmarks.calibration as here
from benchmarks.calibration.study import Study

_TOOLS = ("__main__", "catalogue", "null_engagement", "picture", "study")


def studies() -> tuple[Study, ...]:
    """Return the studies in the order of the modules' names.

    Raises
    ------
    ValueError
        When two studies have the same name: they would draw the same data.
    """
    names = sorted(m.name for m in iter_modules(here.__path__) if m.name not in _TOOLS)
    found = tuple(
        study for name in names for study in import_module(f"{here.__name__}.{name}").STUDIES
    )
    if len({study.name for study in found}) < len(found):
        raise ValueError("two studies have the same name")
    return found
