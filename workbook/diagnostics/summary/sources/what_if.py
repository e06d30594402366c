"""What [whatif] of engagement.toml asks for, computed from the tables and the churn report."""

from collections.abc import Sequence

import pandas as pd

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.summary.joined import Joined, result_of
from workbook.diagnostics.summary.what_if_pages import WhatIfPages
from workbook.diagnostics.what_if.discount_scale import DiscountScale, discount_scale
from workbook.diagnostics.what_if.last_year import last_year
from workbook.diagnostics.what_if.leaving_manager import (
    ManagerLeaves,
    manager_leaves,
    told_flags,
)
from workbook.diagnostics.what_if.mended_reason import (
    MendedReason,
    Returns,
    members,
    mended_reason,
    named_reason,
    still_away,
)
from workbook.engagement.settings import (
    Engagement,
    WhatIfDiscount,
    WhatIfManager,
    WhatIfReason,
)


def what_if_pages(engagement: Engagement, inputs: Inputs, joined: Sequence[Joined]) -> WhatIfPages:
    """Return the pages that were asked for; nothing is computed of the others."""
    asked = engagement.whatif
    parts = {"reason": asked.reason, "discount": asked.discount, "manager": asked.manager}
    return WhatIfPages(
        asked=tuple(name for name, part in parts.items() if part is not None),
        reason=_reason(asked.reason, joined) if asked.reason else None,
        discount=_discount(asked.discount, inputs) if asked.discount else None,
        manager=_manager(asked.manager, inputs) if asked.manager else None,
    )


def _reason(asked: WhatIfReason, joined: Sequence[Joined]) -> MendedReason | None:
    churn = result_of(joined, "churn_reasons")
    if churn is None:
        return None
    row = named_reason(asked.reason, churn.groups, churn.reasons)
    if row is None:
        return None
    returns, lost = churn.winback, churn.base
    away = churn.candidates
    if churn.told_apart:  # they are of all losses on record, the reason of fewer
        away = away.where(away["lost_date"] >= pd.Timestamp(lost.since))
    return mended_reason(
        row,
        of_losses=lost.n,
        of_revenue=lost.revenue,
        revenue_known=lost.revenue_known,
        away=still_away(away, members(row, churn.reasons)),
        returns=Returns(n=returns.n, returned=returns.returned) if returns else None,
        win_back=asked.win_back,
    )


def _discount(asked: WhatIfDiscount, inputs: Inputs) -> DiscountScale | None:
    year = last_year(inputs)
    return None if year is None else discount_scale(year, asked.steps, margin=asked.margin)


def _manager(asked: WhatIfManager, inputs: Inputs) -> ManagerLeaves | None:
    year, customers = last_year(inputs), inputs.ledger.customers
    if year is None:
        return None
    return manager_leaves(
        year,
        single_contact=told_flags(customers, "single_contact"),
        single_product=told_flags(customers, "single_product"),
        manager=asked.manager,
    )
