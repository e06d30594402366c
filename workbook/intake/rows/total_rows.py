"""Totals and subtotals among the rows: left out when their sum shows it, else refused by row."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from workbook.errors import Problem
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.typed_column import type_column
from workbook.intake.problems import error, listed, shown, warning
from workbook.intake.raw_table import RawTable
from workbook.intake.rows.total_candidates import LEDGERS, CandidateRows, TotalCandidate
from workbook.intake.rows.total_sums import Sums
from workbook.intake.rows.total_words import Surety
from workbook.intake.schema import ColumnSchema, ColumnType, TableSchema
from workbook.intake.toml_line import drop_line, where_line

Mask: TypeAlias = npt.NDArray[np.bool_]
_NET = "amount, net"
_ROUNDS = 3
_MOST_ROWS = 50


class TotalRows:
    """Finds the totals of one table.

    Parameters
    ----------
    raw
        The table, with the rows that other options will leave out.
    positions
        Our column name -> index of its raw column.
    schema
        The table's definition.
    conventions
        How its numbers are written.
    """

    def __init__(
        self,
        raw: RawTable,
        positions: Mapping[str, int],
        *,
        schema: TableSchema,
        conventions: Conventions,
    ) -> None:
        self.raw = raw
        self.schema = schema
        self.conventions = conventions
        self.positions = positions
        self.candidates = CandidateRows(raw, positions, schema)
        self.numbers, self.words = self.candidates.numbers, self.candidates.words
        self.unreadable = False
        self._common: set[str] = set()
        self.totals: list[TotalCandidate] = []
        self.doubtful: list[tuple[TotalCandidate, str]] = []
        self.perhaps: list[TotalCandidate] = []

    def find(self, kept: Mask) -> Mask:
        """Return the rows that are or look like totals; ``kept``: what ``where`` leaves."""
        candidates = self.candidates.find()
        found = np.zeros(len(self.raw.rows), dtype=bool)
        if candidates:
            values = self._values(candidates, kept)
            self._judge([candidates[row] for row in sorted(candidates)], values)
        if self.doubtful and not kept.all():  # totals of the rows that are read
            self._judge_again([one for one, _ in self.doubtful], values, kept)
        for one in self.totals:
            found[one.row] = True
        for one, _ in self.doubtful:  # refused: nothing more is said of these rows
            found[one.row] = True
        if self.unreadable:  # the numbers themselves are refused: their sums say nothing yet
            self.doubtful = []
        self.doubtful = [(one, text) for one, text in self.doubtful if kept[one.row]]
        return found

    def problems(
        self, *, table: str, drop: Sequence[int | str], where: Mapping[str, object]
    ) -> list[Problem]:
        """Return what is to be said of the rows found."""
        said: list[Problem] = []
        rows = self.raw.rows
        if self.totals:
            at = [int(rows[one.row]) for one in self.totals]
            place = replace(self.raw.place, row=at[0])
            facts = {"count": len(at), "rows": listed(at, most=10)}
            said.append(warning("total_row", place, self.totals[0].text, **facts))
        if self.doubtful:
            said.append(self._refusal(table, drop, where))
        if self.perhaps:
            at = [int(rows[one.row]) for one in self.perhaps]
            place = replace(self.raw.place, row=at[0])
            line = drop_line(at[:_MOST_ROWS], drop)
            kept = {"count": len(at), "rows": listed(at), "table": table, "line": line}
            said.append(warning("total_word_kept", place, self.perhaps[0].text, **kept))
        return said

    def _refusal(
        self, table: str, drop: Sequence[int | str], where: Mapping[str, object]
    ) -> Problem:
        first, nearest_sum = self.doubtful[0]
        at = [int(self.raw.rows[one.row]) for one, _ in self.doubtful]
        line = drop_line(at, drop)
        labels = list(dict.fromkeys(one.text for one, _ in self.doubtful))
        column = self._label_column(first)
        heading = self.raw.headings[column] if column is not None else ""
        if len(at) > _MOST_ROWS and len(labels) <= _MOST_ROWS and heading:
            line = where_line({**where, heading: {"not": labels}})
        amounts = ", ".join(
            self.raw.cells[i][first.row].strip()
            for i in self.numbers.values()
            if self.raw.cells[i][first.row].strip()
        )
        place = replace(self.raw.place, row=at[0])
        facts = {
            "count": len(at),
            "rows": listed(at, most=10),
            "amount": shown(amounts) or "–",
            "sum": nearest_sum or "–",
            "table": table,
            "line": line,
        }
        return error("total_differs", place, first.text, **facts)

    def _label_column(self, one: TotalCandidate) -> int | None:
        cells = ((i, self.raw.cells[i][one.row].strip()) for i in self.words)
        return next((i for i, cell in cells if cell == one.text), None)

    def _values(
        self, candidates: Mapping[int, TotalCandidate], kept: Mask
    ) -> dict[str, npt.NDArray[np.float64]]:
        """Return the numbers of each column, read as the table's own are but without bounds."""
        made: dict[str, npt.NDArray[np.float64]] = {}
        others = kept.copy()
        others[list(candidates)] = False
        for name, index in self.numbers.items():
            column = any_number(self.schema.column(name))
            values = np.asarray(
                type_column(self.raw, index, column, self.conventions).values, dtype=np.float64
            )
            made[name] = values
            if self.schema.column(name).kind in (ColumnType.NUMBER, ColumnType.INTEGER):
                strange = others & ~np.isfinite(values) & ~self.raw.is_blank(index)
                self.unreadable |= bool(strange.any())
        if LEDGERS in made and "kind" in self.positions:
            made[_NET] = self._net(made[LEDGERS])
        return made

    def _net(self, amounts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the amounts as a ledger nets them: returns taken off, cancelled sales left out."""
        column = self.schema.column("kind")
        kinds = type_column(self.raw, self.positions["kind"], column, self.conventions).values
        back = np.asarray(kinds == "return", dtype=bool)
        gone = np.asarray(kinds == "cancelled", dtype=bool)
        return np.where(gone, np.nan, np.where(back, -np.abs(amounts), amounts))

    def _judge(
        self,
        candidates: Sequence[TotalCandidate],
        values: Mapping[str, npt.NDArray[np.float64]],
    ) -> None:
        """Sort the candidates into totals, doubtful ones and customers with such a name."""
        firms: set[int] = {one.row for one in candidates if one.label.surety is Surety.PERHAPS}
        firms |= {one.row for one in candidates if one.beside}
        for _ in range(_ROUNDS):
            sums = self._sums(candidates, values, firms)
            matched = self._matched(candidates, sums)
            names = self._repeated_firms(candidates, firms, matched)
            still = {row for row in firms if row not in matched or row in names}
            if still == firms:
                break
            firms = still
        else:
            sums = self._sums(candidates, values, firms)
            matched = self._matched(candidates, sums)
        for one in candidates:
            if one.row in matched and one.row not in firms:
                self.totals.append(one)
            else:
                self._unmatched(one, sums, many=one.text in self._common)

    def _judge_again(
        self,
        doubtful: Sequence[TotalCandidate],
        values: Mapping[str, npt.NDArray[np.float64]],
        kept: Mask,
    ) -> None:
        """Take for totals what sums up the rows that ``where`` keeps."""
        sums = self._sums(doubtful, values, set(), kept)
        matched = self._matched(doubtful, sums)
        self.totals += [one for one in doubtful if one.row in matched]
        self.doubtful = [(one, text) for one, text in self.doubtful if one.row not in matched]

    def _repeated_firms(
        self, candidates: Sequence[TotalCandidate], firms: set[int], matched: set[int]
    ) -> set[int]:
        """Return the rows of names that stand in other rows too, where they are no totals."""
        texts = Counter(one.text for one in candidates if one.row in firms)
        self._common = {text for text, count in texts.items() if count > 1}
        unmet = {one.text for one in candidates if one.row in firms and one.row not in matched}
        return {
            one.row
            for one in candidates
            if one.row in firms and one.text in unmet & self._common and not one.beside
        }

    def _sums(
        self,
        candidates: Sequence[TotalCandidate],
        values: Mapping[str, npt.NDArray[np.float64]],
        firms: set[int],
        kept: Mask | None = None,
    ) -> dict[str, Sums]:
        rows = [one.row for one in candidates if one.row not in firms]
        details = np.ones(len(self.raw.rows), dtype=bool) if kept is None else kept.copy()
        details[rows] = False
        texts = [self.raw.texts[index] for index in self.words]
        return {name: Sums(of, details, rows, texts) for name, of in values.items()}

    def _matched(self, candidates: Sequence[TotalCandidate], sums: Mapping[str, Sums]) -> set[int]:
        matched: set[int] = set()
        for one in candidates:
            filled = [name for name, of in sums.items() if of.filled[one.row]]
            told = [name for name in filled if self._is_amount(name)] or filled
            if self._is_empty(one, filled) or any(
                self._is_total(one, sums[name], means=not self._is_amount(name)) for name in told
            ):
                matched.add(one.row)
                for of in sums.values():
                    of.passed(one.row)
        return matched

    def _is_total(self, one: TotalCandidate, sums: Sums, *, means: bool) -> bool:
        least = 1 if one.label.of and sums.has_group(one.label.of) else one.least
        return sums.is_total(one.row, one.label, least=least, means=means)

    def _is_amount(self, name: str) -> bool:
        return name in (LEDGERS, _NET) or self.schema.column(name).money

    def _is_empty(self, one: TotalCandidate, filled: Sequence[str]) -> bool:
        """Return whether a labelled row has no number at all, and nothing else that would count."""
        if one.label.surety is not Surety.SURE or one.beside or filled:
            return False
        if any(self.candidates.filled(index, one.row) for index in self.numbers.values()):
            return False
        others = [i for i in self.positions.values() if i not in self.candidates.ids]
        needed = [n for n in self.numbers if self.schema.column(n).required]
        return bool(needed) or not any(
            self.candidates.filled(i, one.row) and self.raw.cells[i][one.row].strip() != one.text
            for i in others
        )

    def _unmatched(self, one: TotalCandidate, sums: Mapping[str, Sums], *, many: bool) -> None:
        label = one.label
        named = any(of.has_group(label.of) for of in sums.values())
        if label.surety is Surety.SURE or (label.surety and named):
            self._doubt(one, sums)
        elif label.surety and not many:
            large = any(of.is_most(one.row) for of in sums.values())
            if large:
                self._doubt(one, sums)
            else:
                self.perhaps.append(one)
        elif one.bare:
            self._doubt(one, sums)

    def _doubt(self, one: TotalCandidate, sums: Mapping[str, Sums]) -> None:
        """Note a row that looks like a total, with the sum that it should have."""
        amounts = [of for name, of in sums.items() if self._is_amount(name)] or [*sums.values()]
        of = next((of for of in amounts if of.filled[one.row]), None)
        self.doubtful.append((one, f"{of.nearest_sum(one.row):.10g}" if of else ""))


def any_number(column: ColumnSchema) -> ColumnSchema:
    """Return a column whose every number is read, whatever the table demands of it."""
    return replace(column, kind=ColumnType.NUMBER, low=None, high=None, blank=True, default="")
