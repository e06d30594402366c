"""Numbers as clients write them: under the declared locale, or refused with the address."""

import re
from collections.abc import Iterable, Sequence

from workbook.intake.cell import Cell, CellReader, Fault, Reading, fault
from workbook.intake.cell_kinds import NUMBER, TEXT
from workbook.intake.conventions import Conventions
from workbook.intake.schema import Column

_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f\u2009\u2007']\d{3})+(?!\d)")
_SPACES = re.compile(r"[ \u00a0\u202f\u2009\u2007']")
_CURRENCY = r"₽|€|\$|£|kč|руб\.?|р\.|rub|eur|usd|czk"
_DASHES = ("-", "\u2013", "\u2014", "\u2212")
_LARGEST = 1e15


class NumberSyntax:
    """The grammar of a number with one decimal sign."""

    def __init__(self, decimal: str, conventions: Conventions) -> None:
        other = "." if decimal == "," else ","
        sign, group = re.escape(decimal), re.escape(other)
        self.decimal = decimal
        self._single = conventions.language == "en" and decimal == "."
        self._simple = re.compile(rf"[+-]?\d+(?:{sign}\d+)?")
        self._grouped = re.compile(rf"[+-]?\d{{1,3}}(?:{group}\d{{3}})+(?:{sign}\d+)?")
        money = f"{_CURRENCY}|{re.escape(conventions.currency)}"
        self._money = re.compile(rf"^(?:{money})\s*|\s*(?:{money})$", re.IGNORECASE)

    def read(self, text: str) -> float | None:
        """Return the number, or None when this is not one without doubt."""
        if self._simple.fullmatch(text):
            return float(text.replace(",", "."))
        bare = self._bare(text)
        if self._simple.fullmatch(bare):
            return float(bare.replace(",", "."))
        if self._grouped.fullmatch(bare) and (self._single or self._certain(bare)):
            other = "." if self.decimal == "," else ","
            return float(bare.replace(other, "").replace(",", "."))
        return None

    def plain(self, text: str) -> str:
        """Return a number that :meth:`read` can read with a decimal point and no other sign.

        >>> from workbook.intake.conventions import Conventions
        >>> said = Conventions(
        ...     language="ru", decimal=",", decimal_declared=True, date_order="", currency="RUB"
        ... )
        >>> NumberSyntax(",", said).plain("1 234,50"), NumberSyntax(",", said).plain("(0,870)")
        ('1234.50', '-0.870')
        """
        other = "." if self.decimal == "," else ","
        return self._bare(text).replace(other, "").replace(",", ".").lstrip("+")

    def _certain(self, bare: str) -> bool:
        """Tell whether the group sign cannot be a decimal sign: 1.234.567 or 1.234,5."""
        return self.decimal in bare or len(re.findall("[.,]", bare)) > 1

    def _bare(self, text: str) -> str:
        """Return digits, signs and separators only: currency, spaces and brackets resolved."""
        text = self._money.sub("", text.strip().lstrip("'").replace("\u2212", "-"))
        if text.startswith("(") and text.endswith(")"):
            text = "-" + text[1:-1].strip()
        spaced = _SPACED.match(text)
        if spaced:
            text = _SPACES.sub("", spaced[0]) + text[spaced.end() :]
        return text.strip()


def syntax_of(cells: Iterable[Cell], conventions: Conventions) -> NumberSyntax:
    """Return the grammar of a column: the declared sign, or the one that it plainly uses."""
    decimal = conventions.decimal
    if not conventions.decimal_declared:
        other = "." if decimal == "," else ","
        signed = [c.text for c in cells if c.kind == TEXT and ("." in c.text or "," in c.text)]
        simple = re.compile(rf"[+-]?\d+{re.escape(other)}\d+\s*%?")
        thousands = re.compile(rf"[+-]?\d{{1,3}}{re.escape(other)}\d{{3}}\s*%?")
        if all(map(simple.fullmatch, signed)) and not all(map(thousands.fullmatch, signed)):
            decimal = other
    return NumberSyntax(decimal, conventions)


def number_of(cell: Cell, syntax: NumberSyntax) -> tuple[float | None, Fault | None]:
    """Return the number of a cell or why there is none."""
    if cell.kind == NUMBER:
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


def _why(cell: Cell, syntax: NumberSyntax) -> Fault:
    if cell.kind == TEXT and re.fullmatch(r"[+-]?\d{1,3}[.,]\d{3}", cell.text):
        return fault("ambiguous_number", decimal=syntax.decimal)
    if cell.kind == TEXT and re.fullmatch(r"[+-]?[\d\s]+[.,]\d+", cell.text):
        return fault("other_decimal", decimal=syntax.decimal)
    return fault("not_a_number")


def range_fault(value: float, column: Column) -> Fault | None:
    """Return the fault of a value outside the column's bounds."""
    low, high = column.low, column.high
    if low is not None and high is not None and not low <= value <= high:
        return fault("out_of_range", low=f"{low:g}", high=f"{high:g}", name=column.name)
    if low is not None and value < low:
        return fault("below_low", low=f"{low:g}", name=column.name)
    return None


def number_reader(column: Column, cells: Sequence[Cell], conventions: Conventions) -> CellReader:
    """Read numbers."""
    syntax = syntax_of(cells, conventions)

    def read(cell: Cell) -> Reading:
        if column.dash_is_nil and cell.text in _DASHES:
            return 0.0, None
        value, why = number_of(cell, syntax)
        if value is None:
            return None, why
        why = range_fault(value, column)
        return (None, why) if why else (value, None)

    return read


def integer_reader(column: Column, cells: Sequence[Cell], conventions: Conventions) -> CellReader:
    """Read whole numbers; 7.5 is refused, 7.0 is 7."""
    read_number = number_reader(column, cells, conventions)

    def read(cell: Cell) -> Reading:
        value, why = read_number(cell)
        if not isinstance(value, float):
            return None, why
        return (int(value), None) if value.is_integer() else (None, fault("not_whole"))

    return read


def decimal_reader(column: Column, cells: Sequence[Cell], conventions: Conventions) -> CellReader:
    """Read numbers and keep their decimals as they were written; Excel shows none to keep."""
    syntax = syntax_of(cells, conventions)
    read_number = number_reader(column, cells, conventions)

    def read(cell: Cell) -> Reading:
        value, why = read_number(cell)
        if not isinstance(value, float):
            return None, why
        return (repr(value) if cell.kind == NUMBER else syntax.plain(cell.text)), None

    return read
