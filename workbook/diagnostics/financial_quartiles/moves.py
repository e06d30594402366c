"""What moves a statement's standing, in money: towards another verdict, towards the median."""

from collections.abc import Mapping

from workbook.diagnostics.financial_quartiles.comparison import BASES
from workbook.diagnostics.financial_quartiles.flip import Sheet, smallest_turn
from workbook.diagnostics.financial_quartiles.organisation_result import Verdict
from workbook.diagnostics.financial_quartiles.peer_money import money_to_median
from workbook.diagnostics.financial_quartiles.scored_statement import Scores, Setting
from workbook.diagnostics.financial_quartiles.standing_result import Flip, PeerMoney


def flips(made: Scores, verdicts: Mapping[str, Verdict | None], setting: Setting) -> list[Flip]:
    """Return the smallest change against each base that has a verdict, the industry last."""
    found: list[Flip] = []
    unit = setting.params.unit
    for name in BASES:
        if verdicts[name] is None:
            continue
        sheet = Sheet(
            amounts=made.amounts,
            step=made.step,
            scored=made.pairs(name),
            band=setting.params.band,
            limits=setting.limits,
        )
        turn = smallest_turn(sheet, setting.sources.line_map)
        if turn is not None:
            value = made.amounts.end[turn.line]
            found.append(
                Flip(
                    base=name,
                    line=turn.line,
                    label=setting.label(turn.line),
                    change=float(turn.change * unit),
                    value=float(value * unit),
                    relative=float(turn.change / abs(value)) if value else None,
                    verdict=turn.before,
                    to=turn.after,
                )
            )
    return found


def peer_money(made: Scores, setting: Setting) -> tuple[PeerMoney, ...]:
    """Return what the medians of the leading base would mean, ratio by ratio."""
    return tuple(
        row
        for one, stick in made.pairs(made.main)
        for row in money_to_median(
            one,
            stick,
            base=made.main,
            amounts=made.amounts,
            step=made.step,
            unit=setting.params.unit,
            lines=setting.sources.line_map,
            language=setting.language,
        )
    )
