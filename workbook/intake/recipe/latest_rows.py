"""Of several answers of one respondent the latest."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from workbook.errors import Location, Problem
from workbook.intake.problems import error, step
from workbook.intake.schema import ColumnType, TableSchema


def latest_only(
    frame: pd.DataFrame, keys: Sequence[str], schema: TableSchema, place: Location
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the newest row of every key; of rows of one day the last in the file.

    Rows whose first key is blank are all kept: nobody knows whose they are.
    """
    if not keys:
        return frame, []
    missing = [key for key in keys if key not in frame]
    days = [c.name for c in schema.columns if c.kind is ColumnType.DATE and c.name in frame]
    if missing or not days:
        return frame, [error("latest_missing", place, ", ".join(missing or ["date"]))]
    order = frame.reset_index(drop=True).sort_values(days[0], kind="stable", na_position="first")
    known = order[keys[0]].notna()
    older = order[known].duplicated(subset=list(keys), keep="last")
    gone = older.index[older.to_numpy()]
    kept = frame.iloc[sorted(set(range(len(frame))) - set(gone.tolist()))]
    if not len(gone):
        return frame, []
    facts = {"count": len(gone), "of": len(frame), "keys": ", ".join(keys)}
    return kept, [step("latest_kept", replace(place, row=None), **facts)]
