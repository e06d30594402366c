"""Which ratio is the weakest, and what can be done about it."""

from workbook.diagnostics.financial_quartiles.comparison import position
from workbook.diagnostics.financial_quartiles.levers import levers
from workbook.diagnostics.financial_quartiles.organisation_result import BaseName
from workbook.diagnostics.financial_quartiles.scored_statement import Scores, Setting
from workbook.diagnostics.financial_quartiles.standing_result import Lever

AT_THE_QUARTILE = -1.0
"""Where a ratio stands whose worse quartile is the median itself: it is in the worst quarter."""


def weakest(made: Scores, base: BaseName) -> tuple[str, ...]:
    """Return the ratios farthest below the median among those that score below zero.

    The distance is told in units of the gap between the median and the quartile of that side,
    so that ratios of different units compare; those that tie are all returned, in the order of
    the file.
    """
    below: dict[str, float] = {}
    for one, stick in made.pairs(base):
        if one.value is None or stick.scale.score(one.value) >= 0:
            continue
        off = position(one.value, stick.found, higher=one.ratio.higher)
        below[one.ratio.id] = AT_THE_QUARTILE if off is None else off
    least = min(below.values(), default=None)
    return tuple(ratio for ratio, off in below.items() if off == least)


def weakest_levers(
    made: Scores, base: BaseName, ratios: tuple[str, ...], setting: Setting
) -> tuple[Lever, ...]:
    """Return what can be done about ratios, one after another."""
    return tuple(
        lever
        for one, stick in made.pairs(base)
        if one.ratio.id in ratios
        for lever in levers(
            one,
            stick,
            amounts=made.amounts,
            step=made.step,
            unit=setting.params.unit,
            lines=setting.sources.line_map,
            language=setting.language,
        )
    )
