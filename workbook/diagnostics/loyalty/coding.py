"""The human coding of open answers: which themes people confirmed, and how two coders agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook.errors import Location, Problem
from workbook.language.lemmas import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedRow:
    """One row of a coding file."""

    answer_id: str
    question: str
    text: str
    proposed: str
    """As the file has it: what the machine proposed when the sheet was made."""
    confirmed: tuple[str, ...] | None
    """Theme ids; empty: confirmed without theme; None: not confirmed yet."""
    coder: str
    place: Location

    @property
    def hand(self) -> str:
        """Who coded: the coder's name, or the file where the column is blank."""
        return fold(self.coder) or self.place.file


@dataclass(frozen=True, kw_only=True)
class Coding:
    """All human coding of an engagement, in the order of file names and rows."""

    rows: tuple[CodedRow, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def first(self) -> Mapping[str, CodedRow]:
        """The confirmed row that prevails, by answer id."""
        found: dict[str, CodedRow] = {}
        for row in self._confirmed:
            found.setdefault(row.answer_id, row)
        return found

    @cached_property
    def second(self) -> Mapping[str, CodedRow]:
        """The first confirmed row by another coder, by answer id."""
        found: dict[str, CodedRow] = {}
        for row in self._confirmed:
            if row.hand != self.first[row.answer_id].hand:
                found.setdefault(row.answer_id, row)
        return found

    @cached_property
    def _confirmed(self) -> tuple[CodedRow, ...]:
        return tuple(row for row in self.rows if row.confirmed is not None)


def answer_id(respondent: object, wave: str, question: str) -> str:
    """Return the id of an answer.

    Examples
    --------
    >>> answer_id("R-017", "2025Q4", "reason"), answer_id("R-017", "", "reason")
    ('R-017/2025Q4/reason', 'R-017/reason')
    """
    return "/".join(str(part) for part in (respondent, wave, question) if part)
