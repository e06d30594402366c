"""Rows that may be totals: by a word in their identifier, or without any of their keys."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbook.intake.raw_table import RawTable
from workbook.intake.rows.total_words import (
    NO_TOTAL,
    Surety,
    TotalLabel,
    possible_labels,
    total_label,
)
from workbook.intake.schema import ColumnType, TableSchema

LEDGERS = "amount"
"""Tables with this column are ledgers: a word of totals beside a customer is a subtotal too."""
_NUMBERS = (
    ColumnType.NUMBER,
    ColumnType.INTEGER,
    ColumnType.MARK,
    ColumnType.SHARE,
    ColumnType.DECIMAL,
)
_FREE = frozenset({"reason", "reasons", "comment", "improvement", "competitor", "wishes", "suits"})
"""Columns of free words, in which a total word is a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCandidate:
    """A row that may be a total."""

    row: int
    text: str
    label: TotalLabel
    beside: bool = False
    """The identifier is filled in with something else; the label stands in another column."""
    bare: bool = False
    """Nothing but numbers is filled in."""

    @property
    def least(self) -> int:
        """Rows that its sum must have to be taken for a total."""
        sure = self.label.surety is Surety.SURE and not self.beside
        return 1 if sure or self.bare else 2


class CandidateRows:
    """Finds the possible totals of a table.

    ``ids`` are the columns that say whom a row is of, ``numbers`` those of numbers by our name,
    ``keys`` those that every row must fill in, ``words`` all but the numbers.
    """

    def __init__(self, raw: RawTable, positions: Mapping[str, int], schema: TableSchema) -> None:
        self.raw = raw
        self.positions = positions
        columns = {c.name: c for c in schema.columns if c.name in positions}
        self.ids = [
            positions[n] for n, c in columns.items() if c.kind is ColumnType.ID and c.required
        ]
        self.numbers = {n: positions[n] for n, c in columns.items() if c.kind in _NUMBERS}
        self.keys = [positions[n] for n, c in columns.items() if c.required and not c.blank
                     and n not in self.numbers]  # fmt: skip
        self.coded = positions.get(schema.line_code) if schema.line_code else None
        taken = set(self.numbers.values())
        self.words = [i for i in range(len(raw.headings)) if i not in taken]

    def find(self) -> dict[int, TotalCandidate]:
        """Return the possible totals by the position of their row."""
        labelled = self._labelled()
        beside = [row for row, one in labelled.items() if one.beside]
        if len(beside) * 2 > len(self.raw.rows):  # a plan of totals: each row says "Total"
            for row in beside:
                del labelled[row]
        return labelled | self._unlabelled(labelled)

    def _labelled(self) -> dict[int, TotalCandidate]:
        """Return the rows with a word of totals in their identifier or first filled cell."""
        hits: dict[int, dict[int, tuple[str, TotalLabel]]] = {}
        for index in self.words:
            column = self.raw.cells[index]
            codes, uniques = column.codes, column.distinct.tolist()
            labels = {at: total_label(uniques[at]) for at in possible_labels(uniques)}
            sure = {at: label for at, label in labels.items() if label.surety}
            if sure:
                for row in np.flatnonzero(np.isin(codes, list(sure))):
                    code = codes[row]
                    hits.setdefault(int(row), {})[index] = (uniques[code].strip(), sure[code])
        made = {row: self._candidate(row, cells) for row, cells in hits.items()}
        return {row: one for row, one in made.items() if one}

    def _candidate(
        self, row: int, hits: Mapping[int, tuple[str, TotalLabel]]
    ) -> TotalCandidate | None:
        if self.coded is not None and self.filled(self.coded, row):
            return None  # a line of a form: "Total current assets" is a figure of its own
        for index in self.ids:
            if index in hits:
                text, label = hits[index]
                return TotalCandidate(row=row, text=text, label=label)
        blank = not any(self.filled(index, row) for index in self.ids)
        if blank:
            first = next(i for i in range(len(self.raw.headings)) if self.filled(i, row))
            told = hits.get(first) or next(
                (one for one in hits.values() if one[1].surety is Surety.SURE), None
            )
            if told is None or (not self.ids and first not in hits):
                return None
            return TotalCandidate(row=row, text=told[0], label=told[1])
        if LEDGERS not in self.numbers:
            return None
        read = {i for name, i in self.positions.items() if name not in _FREE}
        sure = (one for i, one in hits.items() if i in read and one[1].surety is Surety.SURE)
        beside = next(sure, None)
        return beside and TotalCandidate(row=row, text=beside[0], label=beside[1], beside=True)

    def filled(self, index: int, row: int) -> bool:
        """Return whether a cell has more than spaces."""
        return bool(self.raw.cells[index][row].strip())

    def _unlabelled(self, known: Mapping[int, TotalCandidate]) -> dict[int, TotalCandidate]:
        """Return the rows without any of their keys but with an amount."""
        if not self.ids or not self.numbers:
            return {}
        blank = np.ones(len(self.raw.rows), dtype=bool)
        for index in self.keys:
            blank &= self.raw.is_blank(index)
            if not blank.any():
                return {}
        amounts = np.zeros(len(blank), dtype=bool)
        for index in self.numbers.values():
            amounts |= ~self.raw.is_blank(index)
        rows = [row for row in map(int, np.flatnonzero(blank & amounts)) if row not in known]
        return {row: self._nameless(row) for row in rows}

    def _nameless(self, row: int) -> TotalCandidate:
        bare = not any(self.filled(index, row) for index in self.words)
        return TotalCandidate(row=row, text=self._cells(row), label=NO_TOTAL, bare=bare)

    def _cells(self, row: int) -> str:
        cells = (column[row].strip() for column in self.raw.cells)
        return ", ".join(filter(None, cells))
