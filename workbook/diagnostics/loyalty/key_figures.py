"""The key figures of the loyalty diagnostic."""

from workbook.diagnostics.key_figure import KeyFigure
from workbook.diagnostics.loyalty.before_result import Before
from workbook.diagnostics.loyalty.result import Result


def key_figures(result: Result) -> tuple[KeyFigure, ...]:
    """Return the key figures that the result holds."""
    return (*_survey(result), *_criteria(result), *_marks(result), *_complaints(result))


def _survey(result: Result) -> tuple[KeyFigure, ...]:
    nps, change = result.nps, result.change
    if nps is None:
        return ()
    before = None
    if change is not None and change.headline:
        before = change.against_value
    return (
        KeyFigure(name="nps", value=nps.value, previous=before, unit="points"),
        KeyFigure(name="nps_answers", value=nps.n, unit="count"),
    )


def _criteria(result: Result) -> tuple[KeyFigure, ...]:
    now, before = result.criteria, result.criteria_before
    if now is None:
        return ()
    kept, earlier = result.retention, result.retention_before
    index = next((c.before for c in result.criteria_changes if c.criterion == "repeat"), None)
    return (
        KeyFigure(
            name="retention",
            value=kept.share if kept else None,
            previous=earlier.share if earlier else None,
            unit="share",
        ),
        KeyFigure(
            name="loyalty_index",
            value=now.loyalty_index,
            previous=index,
            unit="share",
        ),
        KeyFigure(
            name="existing_sales_share",
            measure="existing_sales",
            value=now.existing_sales_share,
            previous=before.existing_sales_share if before else None,
            unit="share",
        ),
    )


def _marks(result: Result) -> tuple[KeyFigure, ...]:
    told = [row for row in result.satisfaction if row.mean is not None]
    if not told:
        return ()
    lowest = min(told, key=lambda row: row.mean or 0.0)
    return (
        KeyFigure(
            name="lowest_mark",
            measure="satisfaction",
            label=lowest.parameter,
            value=lowest.mean,
            previous=result.before.lowest_mark if result.before else None,
            unit="share" if result.satisfaction_percent else "mark",
        ),
    )


def _complaints(result: Result) -> tuple[KeyFigure, ...]:
    complaints, then = result.complaints, result.before or Before()
    if complaints is None:
        return ()
    return (
        KeyFigure(name="complaints", value=complaints.n, previous=then.complaints, unit="count"),
        KeyFigure(
            name="process_mended",
            value=complaints.process_mended,
            previous=then.process_mended,
            unit="count",
        ),
    )
