"""The diagnostics, each in a folder of its own; a new one is that folder and a line here."""

from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.diagnostics.diagnostic import AnyDiagnostic
    from workbook.diagnostics.outline import AnyOutline

NAMES = (
    "loyalty",
    "churn_reasons",
    "segmentation_matrix",
    "controllability",
    "financial_quartiles",
    "summary",
)
"""Folders of the diagnostics in the order of their reports; what joins the others comes last."""


@cache
def outlines() -> "tuple[AnyOutline, ...]":
    """Return what can be told of each diagnostic without importing its arithmetic."""
    found: list[AnyOutline] = [
        import_module(f"{__name__}.{name}.outline").OUTLINE for name in NAMES
    ]
    return tuple(one.joining(found) if one.joins else one for one in found)


def all_diagnostics() -> "tuple[AnyDiagnostic, ...]":
    """Return the diagnostics; each is imported when this is first called."""
    return tuple(map(diagnostic_named, NAMES))


@cache
def diagnostic_named(name: str) -> "AnyDiagnostic":
    """Return the diagnostic called ``name``; no other is imported.

    Raises
    ------
    KeyError
        When there is none of that name.
    """
    outline = {one.name: one for one in outlines()}[name]
    found: AnyDiagnostic = import_module(f"{__name__}.{name}.diagnostic").DIAGNOSTIC
    return replace(found, outline=outline)


def param_types() -> dict[str, type]:
    """Return the class of options of every diagnostic by name."""
    return {found.name: found.params for found in outlines()}
