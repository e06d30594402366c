"""The human coding of open answers: which themes people confirmed, and how two coders agree.

Themes belong to what was written, not to who wrote it: numbers of respondents begin anew in every
survey.  So a coded row counts for every answer with its text (:func:`bound`), in the period that it
was coded in and in later ones.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from workbook.errors import Location, Problem
from workbook.language.lemmas import fold

_COMPARED = 5000
"""Letters and digits of a text that count: a cell of a workbook holds no endless text."""


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

    @property
    def key(self) -> str:
        """What its text is compared by; empty where the file has no text."""
        return text_key(self.text)


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


def text_key(text: str) -> str:
    """Return what texts are compared by: case, spaces, punctuation and accents do not count.

    >>> text_key("Поздно  везут!"), text_key("поздно везут"), text_key("…")
    ('поздновезут', 'поздновезут', '')
    """
    return "".join(char for char in fold(text) if char.isalnum())[:_COMPARED]


def bound(own: Coding, earlier: Sequence[Coding], answers: Mapping[str, Collection[str]]) -> Coding:
    """Return the coding of these answers, each row under the id of every answer with its text.

    Rows without a text are bound by the id that they name, and only those of this period; what
    this period's files leave open is taken from the last period that coded the same text.

    Parameters
    ----------
    own
        Of this period's files.
    earlier
        Of the periods before, the last one first.
    answers
        Id of an answer -> its text, as written and as the sheet to be coded shows it.

    Examples
    --------
    >>> row = CodedRow(
    ...     answer_id="7/reason", question="", text="Late!", proposed="", confirmed=("delivery",),
    ...     coder="Anna", place=Location(file="coding/loyalty.csv"),
    ... )
    >>> found = bound(Coding(rows=(row,)), (), {"1/reason": ("late",), "7/reason": ("Dear",)})
    >>> list(found.first)
    ['1/reason']
    """
    if not any(one.rows for one in (own, *earlier)):
        return own
    with_text = [_by_key(one.rows) for one in (own, *earlier)]
    by_id = _by_id(_own_without_text(own, earlier))
    rows: list[CodedRow] = []
    for answer, texts in answers.items():
        keys = dict.fromkeys(filter(None, map(text_key, dict.fromkeys(texts))))
        choices = [by_id.get(answer), *(found.get(key) for found in with_text for key in keys)]
        hands = next(filter(None, choices), {})
        rows += (replace(row, answer_id=answer) for row in hands.values())
    return Coding(rows=tuple(rows), problems=own.problems)


def without_text_of_before(own: Coding, earlier: Sequence[Coding]) -> tuple[CodedRow, ...]:
    """Return rows without a text that an earlier period's files have: they mean others now."""
    before = {_said(row) for one in earlier for row in one.rows}
    return tuple(row for row in own.rows if not row.key and _said(row) in before)


def _own_without_text(own: Coding, earlier: Sequence[Coding]) -> Iterator[CodedRow]:
    refused = {_said(row) for row in without_text_of_before(own, earlier)}
    return (row for row in own.rows if not row.key and _said(row) not in refused)


def _said(row: CodedRow) -> tuple[str, tuple[str, ...] | None]:
    return row.answer_id, row.confirmed


_Hands = dict[str, CodedRow]
"""The first confirmed row of each coder."""


def _by_key(rows: Iterable[CodedRow]) -> dict[str, _Hands]:
    return _first_of_each((row.key, row) for row in rows if row.key)


def _by_id(rows: Iterable[CodedRow]) -> dict[str, _Hands]:
    return _first_of_each((row.answer_id, row) for row in rows)


def _first_of_each(rows: Iterable[tuple[str, CodedRow]]) -> dict[str, _Hands]:
    found: dict[str, _Hands] = {}
    for key, row in rows:
        if row.confirmed is not None:
            found.setdefault(key, {}).setdefault(row.hand, row)
    return found


def answer_id(respondent: object, wave: str, question: str) -> str:
    """Return the id of an answer.

    Examples
    --------
    >>> answer_id("R-017", "2025Q4", "reason"), answer_id("R-017", "", "reason")
    ('R-017/2025Q4/reason', 'R-017/reason')
    """
    return "/".join(str(part) for part in (respondent, wave, question) if part)
