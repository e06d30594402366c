"""Which items may be told by level, so that no few respondents can be worked out."""

from dataclasses import replace

import numpy as np
import pandas as pd

from workbook.diagnostics.controllability.answer_sheet import AnswerSheet
from workbook.diagnostics.told_figures import Asked
from workbook.stats.clusters import cluster_codes


def by_level(sheet: AnswerSheet, threshold: int) -> AnswerSheet:
    """Return the sheet with the marks that may be told by level; the others are left blank.

    All items are told over all respondents.  What is told of an item by level is audited with it
    and with all other items: a level of fewer people than ``threshold``, and what it leaves of
    the item, stay hidden.  An item of which one level is hidden is told of none.
    """
    item, person = np.nonzero(~np.isnan(sheet.scores))
    level = np.array([one.level for one in sheet.people], dtype=object)[person]
    rows = pd.RangeIndex(len(item))
    asked = Asked(rows=rows)
    for number in np.unique(item):
        asked.add(("", str(number)), (item == number).astype(float))
    asked.add_cuts(
        {str(number): pd.Series(level[item == number], index=rows[item == number], dtype="str")
         for number in np.unique(item)}
    )  # fmt: skip
    told = asked.told(
        whose=person.astype(np.intp),
        accounts=person.astype(np.intp),
        classes=cluster_codes(sheet.scores[item, person].tolist()),
        always=len(np.unique(item)),
        threshold=threshold,
    )
    # to tell one level of an item and hide the other would tell the other by subtraction
    marked = {(str(i), str(name)) for i, name in zip(item, level, strict=True) if name}
    hidden_items = {int(i) for i, _ in marked - told}
    shown = np.array([i not in hidden_items for i in range(len(sheet.items))])
    hidden = ~shown[:, None] | np.zeros(sheet.scores.shape, dtype=bool)
    return replace(
        sheet,
        scores=np.where(hidden, np.nan, sheet.scores),
        given=np.where(hidden, "", sheet.given),
    )
