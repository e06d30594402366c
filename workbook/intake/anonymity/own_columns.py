"""Columns of the client's own (telephones, contact persons) in an engagement under pseudonyms.

Nobody has said what they hold, so only those stay that a rule of the segments asks for.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from workbook.intake.table import InputTable
from workbook.language.lemmas import bare
from workbook.language.masking import NameMask

_CUSTOMERS, _RULES = "customers", "segments"


def without_own_columns(tables: Mapping[str, InputTable], names: NameMask) -> dict[str, InputTable]:
    """Return the tables without own columns that no rule names; names in the others are masked."""
    made = dict(tables)
    rules = tables.get(_RULES)
    asked = set() if rules is None else {_key(name) for name in rules.frame}
    for table in (tables[name] for name in (_CUSTOMERS, _RULES) if name in tables):
        known = {column.name for column in table.schema.columns}
        own = [name for name in table.frame if name not in known]
        gone = [name for name in own if table.name == _CUSTOMERS and _key(name) not in asked]
        frame = table.frame.drop(columns=gone)
        for name in own:
            if name in frame:
                frame[name] = _masked(frame[name], names)
        made[table.name] = replace(table, frame=frame)
    return made


def _key(name: object) -> str:
    return bare(str(name)).replace(" ", "")


def _masked(cells: "pd.Series[str]", names: NameMask) -> "pd.Series[str]":
    said = {text: names.without_names(str(text)) for text in cells.dropna().unique()}
    return cells.map(said).astype("str")
