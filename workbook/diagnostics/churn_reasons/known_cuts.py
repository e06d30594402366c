"""Of which managers, regions … enough is known to compare losses by them."""

from collections.abc import Sequence

import pandas as pd

from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import COLUMNS, Portfolio
from workbook.diagnostics.churn_reasons.portfolio_result import Dimension, Missing
from workbook.diagnostics.gates import knows_portfolio


def knowledge(losses: Losses, portfolio: Portfolio | None, params: Params) -> tuple[Dimension, ...]:
    """Return for each dimension whether the portfolio at risk is known well enough to compare."""
    return tuple(_knowledge(name, losses, portfolio, params) for name in COLUMNS)


def compared(known: Sequence[Dimension]) -> frozenset[str]:
    """Return the columns that may be compared; few losses do not make a column unknown."""
    return frozenset(d.dimension for d in known if d.missing in (None, Missing.FEW_LOSSES))


def _knowledge(name: str, losses: Losses, portfolio: Portfolio | None, params: Params) -> Dimension:
    own = losses.frame[name] if name in losses.frame else pd.Series(dtype="str")
    known_lost = int((own != "").sum())
    if portfolio is None:
        missing = Missing.PORTFOLIO if known_lost else Missing.COLUMN
        return Dimension(
            dimension=name,
            known=0,
            of=0,
            share=None,
            known_lost=known_lost,
            lost=losses.n,
            missing=missing,
        )
    frame = portfolio.frame.loc[portfolio.counted]
    filled = (frame[name] != "").to_numpy()
    lost = frame["lost"].to_numpy(dtype=bool)
    known, of = int(filled.sum()), len(frame)
    return Dimension(
        dimension=name,
        known=known,
        of=of,
        share=known / of if of else None,
        known_lost=int((filled & lost).sum()),
        lost=int(lost.sum()),
        missing=_missing(
            known,
            of,
            known_lost=int((filled & lost).sum()),
            lost=int(lost.sum()),
            params=params,
        ),
    )


def _missing(known: int, of: int, *, known_lost: int, lost: int, params: Params) -> Missing | None:
    if not known:
        return Missing.COLUMN
    if knows_portfolio(known, of, least=params.known_share) is not None:
        return Missing.PARTLY if known > known_lost else Missing.LOST_ONLY
    if lost < params.min_losses:
        return Missing.FEW_LOSSES
    return Missing.PARTLY if known_lost < params.min_losses else None
