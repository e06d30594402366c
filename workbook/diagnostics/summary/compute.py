"""The summary: the results of all diagnostics in, one frozen result out."""

from workbook.diagnostics.claims import by_importance
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.summary.joined import Joined, Sources
from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.result import Result, SummaryFigure, Told


def compute(inputs: Inputs, params: Params, sources: Sources) -> Result:
    """Return the summary of what the diagnostics found."""
    told = _in_order([*_of_diagnostics(sources.joined)])
    return Result(
        joined=sources.joined,
        absent=sources.absent,
        key_figures=tuple(figure for one in sources.joined for figure in _figures(one)),
        told=told,
        findings=tuple(one.claim for one in told),
    )


def _figures(one: Joined) -> list[SummaryFigure]:
    return [
        SummaryFigure(
            diagnostic=one.name, name=f.name, value=f.value, previous=f.previous, unit=f.unit
        )
        for f in one.key_figures
    ]


def _of_diagnostics(joined: tuple[Joined, ...]) -> list[Told]:
    return [
        Told(claim=claim, diagnostics=(one.name,), own=False)
        for one in joined
        for claim in one.result.findings
    ]


def _in_order(found: list[Told]) -> tuple[Told, ...]:
    """Return findings by importance; equals in the order of the reports."""
    place = {id(one.claim): one for one in found}
    return tuple(place[id(claim)] for claim in by_importance(one.claim for one in found))
