"""The key figures of the summary."""

from workbook.diagnostics.key_figure import KeyFigure
from workbook.diagnostics.summary.result import Result


def key_figures(result: Result) -> tuple[KeyFigure, ...]:
    """Return the number of findings that it tells, and of diagnostics that it joins."""
    return (
        KeyFigure(name="diagnostics", value=len(result.joined), unit="count"),
        KeyFigure(name="findings", value=len(result.findings), unit="count"),
    )
