"""The diagnostics: one tuple, edited by one line for each new one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from workbook.diagnostics import (
    churn_reasons,
    controllability,
    financial_quartiles,
    loyalty,
    segmentation_matrix,
)
from workbook.diagnostics.key_figure import KeyFigure
from workbook.engagement import Engagement
from workbook.errors import Problem
from workbook.intake.table import Table
from workbook.resources import churn_reasons as churn_resources
from workbook.resources import controllability as control_resources
from workbook.resources import financial_quartiles as financial_resources
from workbook.resources import loyalty as loyalty_resources
from workbook.resources import segmentation_matrix as segmentation_resources
from workbook.resources.prepared import Prepared

if TYPE_CHECKING:
    from workbook.views.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """What the program needs to know of one diagnostic."""

    name: str
    """Also the name of its notebook, texts, notes and result files."""
    tables: tuple[str, ...]
    """Input tables it reads."""
    needs_any: tuple[str, ...]
    """At least one of these must be there for a report."""
    params: type
    """Its frozen Params dataclass."""
    check: Callable[[Engagement, Mapping[str, Table]], tuple[Problem, ...]]
    """Finds what is wrong with files that are neither table nor option."""
    load: Callable[..., Prepared]
    """Reads those files (code frames, codings)."""
    compute: Callable[..., Any]
    key_figures: Callable[[Any], tuple[KeyFigure, ...]]
    views: str
    """Module whose ``REPORT`` shows the result; imported when a report is shown, for drawing
    takes a second to import and most commands draw nothing."""
    glossary: tuple[str, ...]
    """Terms that its report explains."""

    @property
    def report(self) -> "Report":
        """The parts of its report."""
        report: Report = import_module(self.views).REPORT
        return report


DIAGNOSTICS: tuple[Diagnostic, ...] = (
    Diagnostic(
        name="loyalty",
        tables=("survey", "satisfaction", "touchpoints", "complaints", "customers", "sales"),
        needs_any=("survey", "satisfaction", "touchpoints", "complaints"),
        params=loyalty.Params,
        check=loyalty_resources.check,
        load=loyalty_resources.load,
        compute=loyalty.compute,
        key_figures=loyalty.key_figures,
        views="workbook.views.loyalty",
        glossary=loyalty_resources.GLOSSARY,
    ),
    Diagnostic(
        name="churn_reasons",
        tables=(
            "lost_customers",
            "customers",
            "sales",
            "complaints",
            "satisfaction",
            "survey",
            "offers",
            "control_points",
            "plans",
        ),
        needs_any=("lost_customers",),
        params=churn_reasons.Params,
        check=churn_resources.check,
        load=churn_resources.load,
        compute=churn_reasons.compute,
        key_figures=churn_reasons.key_figures,
        views="workbook.views.churn_reasons",
        glossary=churn_resources.GLOSSARY,
    ),
    Diagnostic(
        name="segmentation_matrix",
        tables=(
            "customers",
            "segments",
            "targets",
            "sales",
            "offers",
            "control_points",
            "complaints",
            "satisfaction",
            "plans",
        ),
        needs_any=("sales", "segments", "targets", "offers", "control_points"),
        params=segmentation_matrix.Params,
        check=segmentation_resources.check,
        load=segmentation_resources.load,
        compute=segmentation_matrix.compute,
        key_figures=segmentation_matrix.key_figures,
        views="workbook.views.segmentation_matrix",
        glossary=segmentation_resources.GLOSSARY,
    ),
    Diagnostic(
        name="controllability",
        tables=control_resources.TABLES,
        needs_any=("answers",),
        params=controllability.Params,
        check=control_resources.check,
        load=control_resources.load,
        compute=controllability.compute,
        key_figures=controllability.key_figures,
        views="workbook.views.controllability",
        glossary=control_resources.GLOSSARY,
    ),
    Diagnostic(
        name="financial_quartiles",
        tables=("statements", "base"),
        needs_any=("statements",),
        params=financial_quartiles.Params,
        check=financial_resources.check,
        load=financial_resources.load,
        compute=financial_quartiles.compute,
        key_figures=financial_quartiles.key_figures,
        views="workbook.views.financial_quartiles",
        glossary=financial_resources.GLOSSARY,
    ),
)


def diagnostic(name: str) -> Diagnostic:
    """Return the diagnostic called ``name``.

    Raises
    ------
    KeyError
        When there is none of that name.
    """
    for found in DIAGNOSTICS:
        if found.name == name:
            return found
    raise KeyError(name)


def param_types() -> dict[str, type]:
    """Return the Params class of every diagnostic by name."""
    return {d.name: d.params for d in DIAGNOSTICS}
