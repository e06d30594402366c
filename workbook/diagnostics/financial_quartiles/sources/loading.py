"""Sources of the financial diagnostic: ratios, lines, the base, and what statements say wrong."""

from collections.abc import Iterable, Iterator, Mapping

from workbook.diagnostics.diagnostic import LoadedSources
from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.ratios import RatioSet
from workbook.diagnostics.financial_quartiles.scored_statement import Sources
from workbook.diagnostics.financial_quartiles.sources.engagement_base import (
    check_base,
    load_base,
    sample_base,
)
from workbook.diagnostics.financial_quartiles.sources.ratio_files import (
    RATIOS,
    load_ratios,
    shipped_lines,
)
from workbook.diagnostics.financial_quartiles.sources.statement_checks import statement_problems
from workbook.diagnostics.financial_quartiles.sources.unit_checks import revenue_apart
from workbook.diagnostics.inputs import Inputs
from workbook.engagement.settings import Engagement
from workbook.errors import InputError, Problem
from workbook.intake.files.plain_file import is_there
from workbook.intake.param_tables import build_params, checked_params
from workbook.intake.table import InputTable


def check(engagement: Engagement, tables: Mapping[str, InputTable]) -> tuple[Problem, ...]:
    """Return what is wrong with own ratios, the base and the statements."""
    lines = shipped_lines()
    problems: list[Problem] = []
    names: tuple[str, ...] = ()
    try:
        found = _ratios(engagement)
        names = tuple(ratio.id for ratio in found.ratios)
    except InputError as error:
        problems += error.problems
    if names:
        problems += check_base(engagement, tables, ratios=names)
    if "statements" in tables:
        given = engagement.params.get("financial_quartiles", {})
        params, _ = checked_params(given, "financial_quartiles", Params)
        problems += statement_problems(
            tables["statements"], lines, params=params or Params(), language=engagement.language
        )
        if "sales" in tables:
            problems += revenue_apart(
                tables["statements"], tables["sales"], lines, params=params or Params()
            )
    return tuple(problems)


def load(engagement: Engagement, inputs: Inputs, params: Params) -> LoadedSources[Sources]:
    """Return ratios, lines and the reference base.

    Raises
    ------
    InputError
        When the engagement's own ratios or base cannot be used.
    """
    lines = shipped_lines()
    ratios = _ratios(engagement)
    base = load_base(
        engagement, inputs.tables.get("base"), ratios=[ratio.id for ratio in ratios.ratios]
    )
    return LoadedSources(
        sources=Sources(
            ratios=ratios,
            line_map=lines,
            base=base,
            currency=engagement.currency,
            earlier_units=tuple(_earlier_units(engagement)),
        )
    )


def _earlier_units(engagement: Engagement) -> Iterator[int]:
    """Yield what one unit of the statements of each earlier period is worth."""
    before = engagement.before
    while before is not None:
        yield build_params(before, "financial_quartiles", Params).unit
        before = before.before


def _ratios(engagement: Engagement) -> RatioSet:
    """Return the shipped ratios and those of the engagement's own file."""
    folder = engagement.folder
    own = folder / RATIOS if is_there(folder, RATIOS) else None
    return load_ratios(own=own, folder=folder)


def read_ahead(languages: Iterable[str]) -> None:
    """Read the shipped base."""
    sample_base()
