"""Numbers as clients write them: under the declared locale, or refused with the address."""

import re
from collections.abc import Iterable, Sequence

from workbook.intake.cells.cell import Cell, CellError, CellReader, Reading, fault
from workbook.intake.cells.cell_kinds import NUMBER, PERCENT, TEXT
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.period_cells import worded_year
from workbook.intake.cells.separators import Separators, is_doubtful, other_sign, separators_of
from workbook.intake.heading_units import MONEY
from workbook.intake.problems import shown
from workbook.intake.schema import ColumnSchema

_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f\u2009\u2007']\d{3})+(?!\d)")
_SPACES = re.compile(r"[ \u00a0\u202f\u2009\u2007']")
_BARE = re.compile(r"[+-]?[\d.,]+").fullmatch
_DASHES = ("-", "\u2013", "\u2014", "\u2212")
_LABELLED = re.compile(r"\d+\s*[-\u2013\u2014:=/()]\s*\S.*|\d+ [^\W\d].*|[^\W\d].*[^\w.,]\d+")
"""A whole number with words: "10 - certainly", "9/10", "Extremely likely - 10", "5 stars"."""
_LARGEST = 1e15
_SEVERAL, _TENTH = 3, 10
"""Different scores above the scale, and the part of all, from which they are no slips."""
_NAMED = 3
"""Examples in a message."""


class NumberSyntax:
    """The grammar of the numbers of a column.

    Parameters
    ----------
    decimal
        ``,`` or ``.``; the other sign sets thousands apart.
    conventions
        Of the table.
    signs
        What the column tells of its signs; None: the decimal sign is beyond doubt.
    """

    def __init__(
        self, decimal: str, conventions: Conventions, signs: Separators | None = None
    ) -> None:
        sign, group = re.escape(decimal), re.escape(other_sign(decimal))
        self.decimal = decimal
        self.table = conventions.table
        self.signs = signs or Separators(decimal=decimal, grouped=True)
        self._simple = re.compile(rf"[+-]?\d+(?:{sign}\d+)?")
        self._grouped = re.compile(rf"[+-]?\d{{1,3}}(?:{group}\d{{3}})+(?:{sign}\d+)?")
        self._money = money_around(conventions)

    def read(self, text: str) -> float | None:
        """Return the number, or None when this is not one without doubt."""
        bare = text if self._simple.fullmatch(text) else self.bare(text)
        if self.is_doubtful(bare):
            return None
        if self._simple.fullmatch(bare):
            return float(bare.replace(",", "."))
        if self._grouped.fullmatch(bare) and (self.signs.grouped or self._certain(bare)):
            return float(bare.replace(other_sign(self.decimal), "").replace(",", "."))
        return None

    def is_doubtful(self, bare: str) -> bool:
        """Return whether a number can be read in two ways in this column."""
        doubtful = self.signs.doubtful
        return bool(doubtful) and is_doubtful(bare) and not doubtful.isdisjoint(bare)

    def plain(self, text: str) -> str:
        """Return a number that :meth:`read` can read with a decimal point and no other sign.

        >>> from workbook.intake.cells.locale import Conventions
        >>> said = Conventions(
        ...     language="ru", decimal=",", decimal_declared=True, date_order="", currency="RUB"
        ... )
        >>> NumberSyntax(",", said).plain("1 234,50"), NumberSyntax(",", said).plain("(0,870)")
        ('1234.50', '-0.870')
        """
        return self.bare(text).replace(other_sign(self.decimal), "").replace(",", ".").lstrip("+")

    def _certain(self, bare: str) -> bool:
        """Return whether the group sign cannot be a decimal sign: 1.234.567 or 1.234,5."""
        return self.decimal in bare or len(re.findall("[.,]", bare)) > 1

    def bare(self, text: str) -> str:
        """Return digits, signs and separators only: currency, spaces and brackets resolved."""
        text = self._money.sub("", text.strip().lstrip("'").replace("\u2212", "-"))
        if text.startswith("(") and text.endswith(")"):
            text = "-" + text[1:-1].strip()
        spaced = _SPACED.match(text)
        if spaced:
            text = _SPACES.sub("", spaced[0]) + text[spaced.end() :]
        return text.strip()


def money_around(conventions: Conventions) -> re.Pattern[str]:
    """Return the pattern of a currency before or after a number."""
    money = f"{MONEY}|{re.escape(conventions.currency)}" if conventions.currency else MONEY
    return re.compile(rf"^(?:{money})\s*|\s*(?:{money})$", re.IGNORECASE)


def syntax_of(cells: Iterable[Cell], conventions: Conventions) -> NumberSyntax:
    """Return the grammar of a column: by the declared signs, or by those that it plainly uses."""
    thousands = conventions.thousands
    spaced = thousands not in ("", ",", ".")
    if conventions.decimal_declared:
        signs = Separators(decimal=conventions.decimal, grouped=not spaced)
        return NumberSyntax(conventions.decimal, conventions, signs)
    reads = NumberSyntax(conventions.decimal, conventions)
    texts = [c.text for c in cells if c.kind == TEXT and ("." in c.text or "," in c.text)]
    numbers = [
        (text if _BARE(text) else reads.bare(text.rstrip().removesuffix("%")), text)
        for text in texts
    ]
    signs = separators_of(numbers, own=conventions.decimal, spaced=spaced)
    return NumberSyntax(signs.decimal, conventions, signs)


def number_of(cell: Cell, syntax: NumberSyntax) -> tuple[float | None, CellError | None]:
    """Return the number of a cell or why there is none."""
    if cell.kind in (NUMBER, PERCENT):
        value: float | None = float(cell.text)
    elif cell.kind == TEXT:
        value = syntax.read(cell.text)
    else:
        value = None
    if value is None:
        return None, _why(cell, syntax)
    if abs(value) > _LARGEST:
        return None, fault("number_too_large")
    return value + 0.0, None  # no negative zero


def _why(cell: Cell, syntax: NumberSyntax) -> CellError:
    bare = syntax.bare(cell.text) if cell.kind == TEXT else ""
    if cell.kind == TEXT and syntax.is_doubtful(bare):
        return _doubt(bare, syntax)
    if cell.kind == TEXT and re.fullmatch(r"[+-]?\d+[.,]\d+", bare):
        sign = syntax.decimal
        other = other_sign(sign)
        return fault("other_decimal", once=True, decimal=sign, other=other, table=syntax.table)
    if cell.kind == TEXT and _LABELLED.fullmatch(cell.text):
        return fault("words_beside_number", once=True)
    return fault("not_a_number")


def _doubt(bare: str, syntax: NumberSyntax) -> CellError:
    """Return the fault of a column whose numbers can be read in two ways."""
    sign = "," if "," in bare else "."
    whole, _, rest = bare.partition(sign)
    return fault(
        "ambiguous_number",
        once=True,
        sign=sign,
        other=other_sign(sign),
        examples="; ".join(map(shown, syntax.signs.examples[:_NAMED])),
        thousands=f"{whole}\u00a0{rest}",
        decimals=f"{whole}{syntax.decimal}{rest}".rstrip("0").rstrip(syntax.decimal),
        table=syntax.table,
    )


def is_percentage(cell: Cell) -> bool:
    """Return whether a cell says of itself that it is a percentage: by its sign or its format."""
    return cell.kind == PERCENT or (cell.kind == TEXT and cell.text.endswith("%"))


def range_fault(value: float, column: ColumnSchema) -> CellError | None:
    """Return the fault of a value outside the column's bounds."""
    low, high = column.low, column.high
    if low is not None and high is not None and not low <= value <= high:
        return fault("out_of_range", low=f"{low:g}", high=f"{high:g}", name=column.name)
    if low is not None and value < low:
        return fault("below_low", low=f"{low:g}", name=column.name)
    return None


def number_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read numbers."""
    syntax = syntax_of(cells, conventions)
    heading = column.headings.get(conventions.language, column.name)

    def read(cell: Cell) -> Reading:
        if column.dash_is_nil and cell.text in _DASHES:
            return 0.0, None
        if column.money and is_percentage(cell):
            return None, fault("percent_in_money", once=True, name=heading)
        value, why = number_of(cell, syntax)
        if value is None:
            return None, why
        why = range_fault(value, column)
        return (None, why) if why else (value, None)

    return read


def integer_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read whole numbers; 7.5 is refused, 7.0 is 7."""
    read_number = number_reader(column, cells, conventions)
    beyond = _other_scale(column, cells, conventions) if column.scores else None

    def read(cell: Cell) -> Reading:
        value, why = read_number(cell)
        if column.years and why and cell.kind == TEXT and (year := worded_year(cell.text)):
            value, why = float(year), range_fault(year, column)
        if why or not isinstance(value, float):
            return None, beyond if beyond and why and why.code == "out_of_range" else why
        return (int(value), None) if value.is_integer() else (None, fault("not_whole"))

    return read


def _other_scale(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellError | None:
    """Return the fault of scores of which many are above ten: they are of another scale."""
    syntax = syntax_of(cells, conventions)
    values = [value for cell in cells if (value := number_of(cell, syntax)[0]) is not None]
    above = [value for value in values if column.high is not None and value > column.high]
    if len(above) < _SEVERAL or len(above) * _TENTH < len(values):
        return None
    return fault("scores_above_ten", once=True, high=f"{max(above):g}")


def decimal_reader(
    column: ColumnSchema, cells: Sequence[Cell], conventions: Conventions
) -> CellReader:
    """Read numbers and keep their decimals as they were written; Excel shows none to keep."""
    syntax = syntax_of(cells, conventions)
    read_number = number_reader(column, cells, conventions)

    def read(cell: Cell) -> Reading:
        value, why = read_number(cell)
        if not isinstance(value, float):
            return None, why
        return (repr(value) if cell.kind == NUMBER else syntax.plain(cell.text)), None

    return read
