"""Exit interviews: the customer's row in the list of lost ones is completed, or a row is added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from workbook.errors import Problem
from workbook.forms.table_sheet import TableRow, TableSheet
from workbook.intake.cells.typed_column import typed_values
from workbook.intake.problems import shown, warning
from workbook.intake.table import InputTable
from workbook.language.nearest import plain
from workbook.language.spelling import id_keys

_COMPLETED = ("stated_reasons", "destination", "competitor", "complained", "return_condition")
"""Columns whose blank cells an interview fills."""
_REASONS, _VERIFIED, _INTERVIEW = "reasons", "verified", "exit_interview"


def with_interviews(
    table: InputTable, sheets: Sequence[TableSheet]
) -> tuple[InputTable, list[TableSheet], list[Problem]]:
    """Return the list of lost customers with what interviews say of them.

    Returns
    -------
    table
        Blank cells are filled.  Where both say something, the table is kept and a remark tells
        of it; but reasons that the customer has confirmed take the place of reasons that nobody
        had verified.
    sheets
        The interviews with customers whom the table does not have: rows to be added.
    problems
        Remarks.
    """
    merging = _Merging(table, table.frame.copy())
    left: list[TableSheet] = []
    for sheet in sheets:
        rows = tuple(row for row in sheet.rows if not merging.take(sheet, row))
        left.append(replace(sheet, rows=rows))
    return replace(table, frame=merging.frame), left, merging.problems


@dataclass(slots=True)
class _Merging:
    """A table into which interviews are written."""

    table: InputTable
    frame: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    _rows: Mapping[str, Sequence[int]] | None = None

    def take(self, sheet: TableSheet, row: TableRow) -> bool:
        """Write an interview into the customer's row; False where there is none."""
        at = self._row_of(sheet, row)
        if at is None:
            return False
        for name in _COMPLETED:
            self._complete(sheet, row, name, at)
        self._reasons(sheet, row, at)
        self._set(at, _INTERVIEW, value=True)
        return True

    def _row_of(self, sheet: TableSheet, row: TableRow) -> int | None:
        """Return the row of the loss: of the same day, else the one open loss of the customer."""
        customer, day = row.values["customer_id"], row.values["lost_date"]
        if customer is None or day is None:
            return None
        rows = self._of_customers().get(id_keys([str(customer)])[0], ())
        days = {at: self.frame.at[at, "lost_date"] for at in rows}
        same = [at for at, lost in days.items() if lost == pd.Timestamp(str(day))]
        if same:
            return same[0]
        open_ones = [at for at in rows if self._get(at, "returned_date") is None]
        if len(open_ones) != 1:
            return None
        at = open_ones[0]
        if self._get(at, "lost_date") is not None:
            self._remark("interview_other_day", sheet, row, "lost_date", at, said=day)
        return at

    def _of_customers(self) -> Mapping[str, Sequence[int]]:
        if self._rows is None:
            known = self.frame["customer_id"].dropna()
            found: dict[str, list[int]] = {}
            for at, key in zip(known.index, id_keys(known.tolist()), strict=True):
                found.setdefault(key, []).append(int(at))
            self._rows = found
        return self._rows

    def _complete(self, sheet: TableSheet, row: TableRow, name: str, at: int) -> None:
        said, there = row.values.get(name), self._get(at, name)
        if said is None:
            return
        if there is None:
            self._set(at, name, value=said)
        elif plain(str(said)) != plain(str(there)):
            self._remark("interview_differs", sheet, row, name, at, said=said)

    def _reasons(self, sheet: TableSheet, row: TableRow, at: int) -> None:
        """Take the reasons that the customer has confirmed, unless the table's own are verified."""
        said, there = row.values.get(_REASONS), self._get(at, _REASONS)
        confirmed, known = bool(row.values.get(_VERIFIED)), bool(self._get(at, _VERIFIED))
        differ = None not in (said, there) and plain(str(said)) != plain(str(there))
        taken = confirmed and not known
        if differ:
            code = "interview_reasons" if taken else "interview_differs"
            self._remark(code, sheet, row, _REASONS, at, said=said)
        if said is not None and (there is None or taken):
            self._set(at, _REASONS, value=said)
        if confirmed and not (differ and known):
            self._set(at, _VERIFIED, value=True)

    def _get(self, at: int, name: str) -> Any:
        """Return a cell of the table; None where it is blank."""
        value: Any = self.frame.at[at, name] if name in self.frame else None
        return None if pd.isna(value) else value

    def _set(self, at: int, name: str, *, value: Any) -> None:
        if name not in self.frame:
            schema = self.table.schema
            blank = typed_values([None] * len(self.frame), schema.column(name).kind)
            known = [c.name for c in schema.columns if c.name == name or c.name in self.frame]
            self.frame = self.frame.assign(**{name: blank})[known]
        self.frame.loc[at, name] = value

    def _remark(
        self, code: str, sheet: TableSheet, row: TableRow, name: str, at: int, *, said: object
    ) -> None:
        place = replace(row.place, column=sheet.columns[name])
        there, found = self._get(at, name), self.table.place_of(at, name)
        facts = {"file": found.file, "other": found.row, "there": _told(there)}
        self.problems.append(warning(code, place, _told(said), **facts))


def _told(value: object) -> str:
    return shown(str(value)[:10] if hasattr(value, "isoformat") else value)
