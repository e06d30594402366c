"""The other diagnostics of an engagement, computed for the summary; the last action plan."""

from collections.abc import Mapping
from typing import Any

from workbook.diagnostics import all_diagnostics
from workbook.diagnostics.compared import changes_of
from workbook.diagnostics.diagnostic import AnyDiagnostic, Computed, LoadedSources
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.summary.joined import Joined, Sources
from workbook.diagnostics.summary.params import Params
from workbook.diagnostics.summary.sources.actions_file import read_actions
from workbook.diagnostics.summary.sources.links_file import load_links
from workbook.diagnostics.summary.sources.what_if import what_if_pages
from workbook.engagement.settings import Engagement
from workbook.errors import Problem
from workbook.intake.param_tables import build_params
from workbook.intake.table import InputTable


def check(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    """Return what is wrong with the file of the last action plan."""
    return read_actions(engagement.folder, language=engagement.language).problems


def load(engagement: Engagement, inputs: Inputs, params: Params) -> LoadedSources[Sources]:
    """Return what the other diagnostics find, as their own reports say it.

    What their reports have computed of the same tables is taken (``inputs.computed``), the rest
    is computed.
    """
    asked = [
        d
        for d in all_diagnostics()
        if not d.joins and (d.name in engagement.diagnostics or not engagement.diagnostics)
    ]
    able = [d for d in asked if set(d.needs_any) & set(inputs.tables)]
    joined = tuple(_joined(d, engagement, inputs) for d in able)
    sources = Sources(
        joined=joined,
        what_if=what_if_pages(engagement, inputs, joined),
        links=load_links(),
        earlier_actions=read_actions(engagement.folder, inputs.verbatims.masked).actions,
        absent=tuple(d.name for d in all_diagnostics() if not d.joins and d not in able),
    )
    return LoadedSources(sources=sources)


def _joined(found: AnyDiagnostic, engagement: Engagement, inputs: Inputs) -> Joined:
    made: Computed[Any, Any, Any] = inputs.computed.get(found.name) or _computed(
        found, engagement, inputs
    )
    return Joined(
        name=found.name,
        result=made.result,
        params=made.params,
        key_figures=found.key_figures(made.result),
        changed=made.changed,
    )


def _computed(
    found: AnyDiagnostic, engagement: Engagement, inputs: Inputs
) -> Computed[Any, Any, Any]:
    params = build_params(engagement, found.name, found.params)
    loaded = found.sources(engagement, inputs, params)
    result = found.compute(inputs, params, loaded.sources)
    changed = changes_of(
        found, engagement, inputs, params=params, sources=loaded.sources, result=result
    )
    return Computed(params=params, loaded=loaded, result=result, changed=changed)
